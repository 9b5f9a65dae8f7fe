"""The examples in deploy/ are what systemd and the Makefile take."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = (DEPLOY / "geoapp.service").read_text()
    program = tmp_path / "geoapp"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert unit.count("/opt/geoapp/bin/geoapp") == 1
    (tmp_path / "geoapp.service").write_text(unit.replace("/opt/geoapp/bin/geoapp", str(program)))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / "geoapp.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_container_repeats_the_steps_of_the_readme() -> None:
    file = (DEPLOY / "Containerfile").read_text()
    steps = re.search(r"^run: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert steps is not None
    assert f"RUN make {steps[1]}\n" in file
    assert file.endswith('CMD ["make", "run"]\n')
    assert "make run " in (ROOT / "README.md").read_text()
