"""What the set-up leans on: lock files that every package manager of the README can install."""

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

from geoapp import __version__
from tests.conftest import ROOT

RANGE = re.compile(r"[\d^~<>=*xX. |-]+|npm:.*")


def test_no_web_library_asks_for_a_tag() -> None:
    """Debian 12's npm 9.2 refuses a whole lock file for one dependency on ``latest``."""
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    asked = {
        f"{name} → {wanted}@{version}"
        for name, package in packages.items()
        for kind in ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")
        for wanted, version in package.get(kind, {}).items()
        if not RANGE.fullmatch(version)
    }
    assert asked == set()


def test_every_web_library_is_pinned_by_a_hash_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    del packages[""]
    assert [name for name, package in packages.items() if "integrity" not in package or "resolved" in package] == []


def test_the_standard_installation_has_what_every_format_needs() -> None:
    """The share box offers every format of the registry: none may wait for an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    standard = {re.split(r"[<>=\[]", each)[0] for each in project["dependencies"]}
    assert {"pyarrow", "pyogrio", "openpyxl", "python-docx", "python-pptx"} <= standard
    assert "parquet" not in project["optional-dependencies"]


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == __version__
    assert f"\n## {__version__}\n" in (ROOT / "CHANGELOG.md").read_text()
    assert f"geoapp-{__version__}-py3-none-any.whl" in (ROOT / "docs" / "operations.md").read_text()


def _stand_ins(folder: Path, **scripts: str) -> dict[str, str]:
    """Return an environment whose PATH begins with small programs in place of the machine's."""
    for name, body in scripts.items():
        path = folder / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}


def _run(*command: str, environ: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)


def test_noise_goes_to_a_log_that_a_failure_names(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "pip.log"
    fine = _run("scripts/quietly", str(log), "sh", "-c", "seq 400; seq 400 >&2")
    assert (fine.returncode, fine.stdout, fine.stderr) == (0, "", "")
    assert len(log.read_text().splitlines()) == 800
    bad = _run("scripts/quietly", str(log), "sh", "-c", "seq 400; echo no space left; exit 3")
    assert (bad.returncode, bad.stdout) == (3, "")
    assert len(bad.stderr.splitlines()) < 20
    assert "  no space left\n" in bad.stderr
    assert bad.stderr.endswith(f"all of it is in {log}\n")


def test_who_may_not_install_libraries_reads_one_line_and_goes_on(tmp_path: Path) -> None:
    environ = _stand_ins(tmp_path, python="exit 1", id="echo 1000", sudo="exit 1", apt_get="echo called; exit 1")
    told = _run("scripts/install-drawing-libraries", str(tmp_path / "python"), environ=environ)
    assert told.returncode == 0
    (line,) = told.stdout.splitlines()
    assert line.startswith("! pictures (.png, .svg, .pdf) and briefings (.docx, .pptx) will not work")
    assert line.endswith("as root: apt-get install libegl1 libgl1 libcairo2")


def test_who_may_installs_them(tmp_path: Path) -> None:
    done = tmp_path / "done"
    apt = f'case "$*" in *"install"*libcairo2*) touch {done} ;; esac'
    environ = _stand_ins(tmp_path, python=f"test -e {done}", id="echo 0", apt_get=apt)
    told = _run("scripts/install-drawing-libraries", str(tmp_path / "python"), environ=environ)
    assert (told.returncode, told.stdout) == (0, "· installing what draws pictures: libegl1 libgl1 libcairo2\n")
