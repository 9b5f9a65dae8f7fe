"""The wheel is whole: installed alone, it makes a project, builds and serves it, and writes nothing beside itself."""

import os
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Server

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("geoapp-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it; what it depends on is lent by the one that runs the tests."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = str(folder / "bin" / "python")
    install = ["install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", python, *install], check=True, capture_output=True)
    (site,) = folder.glob("lib/python3*/site-packages")
    lent = [path for path in sys.path if path.endswith("site-packages")]
    (site / "lent.pth").write_text("\n".join(lent) + "\n")  # lines of paths: the .pth files in there are not read
    return folder


@pytest.fixture(scope="module")
def run(installed: Path) -> Run:
    """Run the installed command in a folder, without this checkout in sight."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("GEOAPP_", "PYTHON"))}

    def command(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        geoapp = str(installed / "bin" / "geoapp")
        return subprocess.run([geoapp, *args], cwd=cwd, env=environ, capture_output=True, text=True, check=False)

    return command


@pytest.fixture(scope="module")
def project(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project made and built by the installed command; the boundaries are those that ``make build`` made."""
    folder = tmp_path_factory.mktemp("somewhere")
    made = run("init", "atlas", cwd=folder)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.strip().endswith("next: cd atlas && geoapp build && geoapp serve")
    atlas = folder / "atlas"
    assert sorted(path.name for path in atlas.iterdir()) == [".gitignore", "geoapp.toml", "layers", "shapes"]
    if (ROOT / "build" / "shapes").is_dir():
        (atlas / "build").mkdir()
        (atlas / "build" / "shapes").symlink_to(ROOT / "build" / "shapes")
    built = run("build", cwd=atlas / "layers")  # from any folder of the project
    assert built.returncode == 0, built.stderr
    return atlas


def _files(installed: Path) -> dict[str, int]:
    return {
        str(path): path.stat().st_mtime_ns
        for path in installed.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def served(installed: Path, project: Path) -> Iterator[str]:
    """The address of the installed server."""

    class Installed(Server):
        program = (str(installed / "bin" / "geoapp"),)
        folder = project

    with Installed(project / "build") as running:
        yield running.url


def test_the_wheel_carries_licences_and_words(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "vendor/fonts/NotoSansSC-OFL.txt",
        "vendor/licences/leaflet.txt",
        "bundled/js/explorer.js",
        "translations/en/LC_MESSAGES/messages.mo",
        "seed/shapes/manifest.json",
        "templates/explorer.html",
    ):
        assert f"geoapp/{name}" in names
    assert not [
        name for name in names if name.startswith("geoapp/seed/") and "/plans/" in name and name.endswith(".md")
    ]


def test_it_says_its_version(run: Run, tmp_path: Path, wheel: Path) -> None:
    told = run("--version", cwd=tmp_path)
    assert told.stdout.strip() == f"geoapp, version {wheel.name.split('-')[1]}"


@pytest.mark.parametrize("command", ["build", "check", "serve", "settings"])
def test_without_a_project_it_says_how_to_make_one(run: Run, tmp_path: Path, command: str) -> None:
    told = run(command, cwd=tmp_path)
    assert told.returncode == 1
    assert f"there is no geoapp.toml in {tmp_path} or above it; make a project with `geoapp init FOLDER`" in told.stderr
    assert list(tmp_path.iterdir()) == []


def test_it_serves_pages_in_both_languages_and_pictures(served: str) -> None:
    def get(path: str) -> bytes:
        with urllib.request.urlopen(served + path, timeout=60) as answer:
            return bytes(answer.read())

    page = get("/?region=150600").decode()
    assert "鄂尔多斯" in page
    assert "Targets" in get("/?region=150600&lang=en").decode()
    script = next(part for part in page.split('"') if part.endswith("/js/explorer.js"))
    assert b"leaflet" in get(script)
    assert get("/view.png?region=150600").startswith(b"\x89PNG")
    assert get("/view.pdf?region=150600").startswith(b"%PDF")
    assert get("/view.docx?region=150600").startswith(b"PK")


def test_nothing_is_written_beside_the_package(installed: Path, run: Run, project: Path, tmp_path: Path) -> None:
    before = _files(installed)
    for command in (["check"], ["build"], ["snapshot", "region=640200", "-o", str(tmp_path / "a.png")], ["doctor"]):
        done = run(*command, cwd=project)
        assert done.returncode == 0, done.stdout + done.stderr
    assert _files(installed) == before


def test_settings_say_where_they_came_from(run: Run, project: Path) -> None:
    told = run("--set", "workers=3", "settings", cwd=project / "layers").stdout.splitlines()
    rows = {line.split()[0]: line for line in told}
    assert rows["workers"].split() == ["workers", "3", "[option]"]
    assert rows["maker"].split() == ["maker", "[default]"]
    assert rows["build_dir"].split() == ["build_dir", str(project / "build"), "[default]"]
