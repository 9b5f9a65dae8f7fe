"""The file of a layer in docs/vectors.md is one that is read, and its criteria are ones a screen takes."""

import re
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from geoapp.cli.layer import layer
from geoapp.raster.siting.spec import check_spec
from geoapp.vector.description import VectorFile

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "vectors.md").read_text(encoding="utf-8")
DESCRIPTION, CRITERIA = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


def test_the_description_is_read_and_names_every_line_there_is() -> None:
    values = tomllib.loads(DESCRIPTION)
    assert VectorFile.model_validate(values).id == "sites-2024"
    unsaid = set(VectorFile.model_fields) - set(values)
    assert unsaid == {"layer", "crs", "encoding", "licence_url", "url"}


def test_the_criteria_are_ones_a_screen_takes() -> None:
    spec = check_spec({"regions": ["150600"], **tomllib.loads(CRITERIA)}, "docs")
    assert [criterion.layer for criterion in spec.criterion] == ["red-line-2024", "power-plants-2021"]


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("geoapp layer add")])
def test_the_commands_have_the_options_they_are_given(line: str) -> None:
    options = set(re.findall(r"--[a-z-]+", line))
    command = layer.commands["add"]
    known = {name for each in command.params if isinstance(each, click.Option) for name in each.opts}
    assert options <= known


def test_a_table_without_its_datum_is_asked_for_it(tmp_path: Path) -> None:
    table = tmp_path / "sites.csv"
    table.write_text("name,lon,lat\na,102.5,37.5\n", encoding="utf-8")
    answer = CliRunner().invoke(layer, ["add", str(table), "--id", "sites", "--title", "站"])
    assert answer.exit_code == 2
    assert "--datum is not given: wgs84 (GPS), cgcs2000 (surveys) or gcj02 (Amap, Tencent)" in answer.output
