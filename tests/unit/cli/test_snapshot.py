"""``geoapp snapshot``, and what it and ``geoapp doctor`` say where the font or a library is missing."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from geoapp.cli import doctor
from geoapp.cli.main import main
from geoapp.settings import Settings
from geoapp.sheets import font_files


@pytest.fixture
def run(settings, atlas, monkeypatch):
    """Run a command on the session's build."""
    monkeypatch.setenv("GEOAPP_BUILD_DIR", str(settings.build_dir))
    return lambda *args: CliRunner().invoke(main, args)


@pytest.mark.parametrize(("name", "start"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("A.PDF", b"%PDF")])
def test_the_suffix_chooses_the_format(run, tmp_path, name, start):
    result = run("snapshot", "region=640200", "-o", str(tmp_path / name), "--paper", "a4", "--dpi", "72")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_sheet_parameters_may_stand_in_the_view(run, tmp_path, atlas):
    from geoapp.sheets.paper import read_sheet

    result = run("snapshot", "?region=640200&paper=16x9&dpi=72&title=标题", "-o", str(tmp_path / "a.png"))
    assert result.exit_code == 0
    sheet = read_sheet({"paper": "16x9", "dpi": "72", "title": "标题"}, "png")
    assert (tmp_path / "a.png").read_bytes() == atlas.snapshot(atlas.view([("region", "640200")]), sheet)


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("region=640200", "-o", "a.gif"), 2, "a.gif has none of the suffixes .png, .svg, .pdf"),
        (("region=640200", "-o", "a.png", "--paper", "a9"), 1, "paper: 'a9' is not a known paper (use a4, a3, 16x9)"),
        (("region=1", "-o", "a.png"), 1, "region: '1' is not the code of a division"),
        (
            ("region=640200", "-o", "nowhere/a.svg"),
            1,
            "nowhere/a.svg cannot be written: there is no folder nowhere; make it, or name another file with -o",
        ),
        (
            ("region=640200", "-o", "/dev/null/a.svg"),
            1,
            "/dev/null/a.svg cannot be written: Not a directory; name a file in a folder that you may write to",
        ),
    ],
)
def test_faults_are_sentences(run, tmp_path, monkeypatch, args, code, words):
    monkeypatch.chdir(tmp_path)
    result = run("snapshot", *args)
    assert result.exit_code == code
    assert words in result.output
    assert not list(tmp_path.iterdir())


def test_the_doctor_says_what_brings_missing_fonts(monkeypatch, tmp_path):
    before = doctor.examine(Settings())
    monkeypatch.setattr(font_files, "FOLDER", tmp_path)
    turned = [now for was, now in zip(before, doctor.examine(Settings()), strict=True) if was.good and not now.good]
    assert [finding.mend for finding in turned] == ["make setup assets"]


@pytest.mark.parametrize(
    ("module", "fault", "mend"),
    [
        ("skia", 'ImportError("libEGL.so.1: cannot open shared object file")', "apt-get install libegl1 libgl1"),
        ("skia", 'ModuleNotFoundError("No module named skia")', "make setup"),
        ("cairocffi", "OSError('no library called \"cairo-2\" was found')", "apt-get install libcairo2"),
    ],
)
def test_a_library_that_cannot_be_loaded_is_named(settings, atlas, tmp_path, module, fault, mend):
    """In a process of its own, in which the import itself fails."""
    (tmp_path / f"{module}.py").write_text(f"raise {fault}\n")
    environ = {**os.environ, "PYTHONPATH": str(tmp_path), "GEOAPP_BUILD_DIR": str(settings.build_dir), "COLUMNS": "400"}

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "geoapp", *args]
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

    drawn = run("snapshot", "region=640200", "-o", str(tmp_path / "a.pdf"))
    assert (drawn.returncode, drawn.stdout) == (1, "")
    assert drawn.stderr.strip().endswith(f"so no sheet can be drawn; run: {mend}")
    assert "Traceback" not in drawn.stderr
    assert not (tmp_path / "a.pdf").exists()
    told = run("doctor")
    assert told.returncode == 1
    what = {"skia": "pictures", "cairocffi": "PDF"}[module]
    assert [mend in line for line in told.stdout.splitlines() if line.strip().startswith(what)] == [True]


PEAK = """
import sys
from pathlib import Path
from geoapp.cli.main import main
main(sys.argv[1:], standalone_mode=False)
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(status["VmHWM"].split()[0]) // 1024)
"""


@pytest.mark.parametrize(("name", "more"), [("a.png", ["--paper", "a4", "--dpi", "600"]), ("a.pdf", [])])
def test_a_sheet_takes_less_than_200_megabytes(settings, atlas, tmp_path, name, more):
    """In a process of its own: 150 and 184 MB; a sheet of 35 million pixels is painted strip by strip."""
    command = [sys.executable, "-c", PEAK, "snapshot", "region=150600", "-o", str(tmp_path / name), *more]
    environ = {**os.environ, "GEOAPP_BUILD_DIR": str(settings.build_dir)}
    drawn = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert (tmp_path / name).stat().st_size > 100_000
    assert int(drawn.stdout) < 200
