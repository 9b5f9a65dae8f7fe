"""`geoapp raster` and `geoapp screen` as a planner types them."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geoapp.atlas import Atlas
from geoapp.cli.main import main
from geoapp.settings import Settings
from tests.data.raster_builders import ramp, write_raster


class Shell:
    """The command line on the shared build and layers of its own."""

    def __init__(self, build: Path, layers: Path) -> None:
        self.environ = {"GEOAPP_BUILD_DIR": str(build), "GEOAPP_LAYERS_DIR": str(layers)}

    def run(self, *args: str) -> Result:
        return CliRunner().invoke(main, list(args), env=self.environ)


@pytest.fixture
def shell(settings: Settings, atlas: Atlas, tmp_path: Path) -> Shell:
    build, layers = tmp_path / "build", tmp_path / "layers"
    build.mkdir()
    layers.mkdir()
    (build / "atlas").symlink_to(settings.build_dir / "atlas")
    return Shell(build, layers)


def test_a_raster_is_added_listed_screened_and_removed(shell: Shell, tmp_path: Path):
    path = write_raster(tmp_path / "GHI.tif", ramp(80, 100, 1300, 1900), nodata=-9999)
    asked = shell.run("raster", "add", str(path), "--id", "ghi", "--title", "总辐照量", "--unit", "kWh/m²")
    assert asked.exit_code == 1
    assert "--per: is kWh/m² an amount per day or per year? (the median is 1600: that looks like a year)" in (
        asked.stderr.replace("\n", " ")
    )
    added = shell.run(
        "raster", "add", str(path), "--id", "ghi", "--title", "总辐照量", "--unit", "kWh/m²", "--per", "year"
    )
    assert added.exit_code == 0, added.stderr
    assert added.stdout.startswith("raster ghi is published (ghi.")
    assert "values of every region from raster ghi" in added.stderr
    listed = shell.run("raster", "list").stdout.split("\t")
    assert listed[:3] == ["ghi", "总辐照量", "kWh/(m²·a)"]

    spec = tmp_path / "spec.toml"
    spec.write_text(
        'regions = ["150602"]\nresolution_m = 500\n[[criterion]]\nraster = "ghi"\nat_least = 1500\nnodata = "exclude"\n'
    )
    screened = shell.run("screen", str(spec), "-o", str(tmp_path / "out"))
    assert screened.exit_code == 0, screened.stderr
    assert "总辐照量 ≥ 1500 kWh/(m²·a)" in screened.stdout
    told = json.loads((tmp_path / "out" / "report.json").read_bytes())
    assert told["counties"][0]["name"] == "东胜区"

    assert shell.run("raster", "remove", "ghi").exit_code == 0
    assert shell.run("raster", "list").stdout == ""


def test_what_only_the_owner_knows_is_asked_on_a_terminal(shell: Shell, tmp_path: Path):
    path = write_raster(tmp_path / "GHI.tif", ramp(80, 100, 3.5, 6.0), nodata=-9999)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "geoapp", "raster", "add", str(path), "--id", "ghi", "--title", "总辐照量"]
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **shell.environ}
    ) as adding:
        os.close(theirs)
        os.write(ours, "kWh/m²\nday\n".encode())
        wording, trouble = adding.communicate(timeout=60)
    os.close(ours)
    assert adding.returncode == 0, trouble.decode()
    for question in ("--unit", "--per", "is kWh/m² an amount per day or per year?", "that looks like a day"):
        assert question in wording.decode()
    assert shell.run("raster", "list").stdout.split("\t")[2] == "kWh/(m²·d)"


def test_faults_of_a_spec_end_with_code_1(shell: Shell, tmp_path: Path):
    spec = tmp_path / "spec.toml"
    spec.write_text('regions = ["15060x"]\n[[criterion]]\ninside = ["150600"]\n')
    done = shell.run("screen", str(spec), "-o", str(tmp_path / "out"))
    assert done.exit_code == 1
    assert "no division has the code '15060x'" in done.stderr
    assert not (tmp_path / "out").exists()
    missing = shell.run("screen", str(tmp_path / "none.toml"), "-o", str(tmp_path / "out"))
    assert (missing.exit_code, "does not exist" in missing.stderr) == (1, True)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--nodata", "nix"], "--nodata 'nix' is not a number"),
        (["--class", "10"], "--class '10': write number=name"),
    ],
)
def test_options_that_make_no_sense_are_sentences(shell: Shell, tmp_path: Path, options: list[str], sentence: str):
    path = write_raster(tmp_path / "dem.tif", ramp())
    done = shell.run("raster", "add", str(path), "--id", "dem", "--title", "高程", "--unit", "m", *options)
    assert done.exit_code == 1
    assert sentence in done.stderr
