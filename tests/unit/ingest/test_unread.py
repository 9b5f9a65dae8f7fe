"""What ``geoapp check`` passes ``geoapp build`` builds: files nobody reads, references to nothing, rasters."""

import shutil

import pytest
from click.testing import CliRunner

from geoapp.cli.main import main
from geoapp.settings import Settings
from tests.unit.ingest.conftest import Layers

PLAN = "wuwei-2021-2025"


@pytest.fixture
def check(settings: Settings, layers: Layers, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner that checks the copy of ``layers/``."""
    monkeypatch.setenv("GEOAPP_BUILD_DIR", str(settings.build_dir))
    monkeypatch.setenv("GEOAPP_LAYERS_DIR", str(layers.folder))
    return CliRunner()


def faults(runner: CliRunner, *more: str) -> list[str]:
    """Return the faults, a line each."""
    result = runner.invoke(main, ["check", "--lang", "en", *more])
    assert result.exit_code == 1
    return [line.strip() for line in result.output.splitlines() if line.startswith("  ")]


def test_files_that_nobody_reads_are_named_with_what_they_may_be(check: CliRunner, layers: Layers) -> None:
    folder = layers.folder / "plans" / PLAN
    copied = ("parks - 副本.csv", "park.csv", "~$parks.xlsx", ".DS_Store", "notes.md", "原文.pdf", "targets.xlsx")
    for name in copied:
        shutil.copy(folder / "parks.csv", folder / name)
    shutil.copy(folder / "parks.csv", layers.folder / "place.csv")
    shutil.copy(folder / "parks.csv", layers.folder / "plans" / "parks.csv")
    (layers.folder / "rasters" / "dem.tif").write_bytes(b"II*")
    (layers.folder / "rasters" / "old").mkdir()
    kept = "its rows belong into {}; move it out of layers/, or delete it"
    assert sorted(faults(check)) == sorted(
        [
            f"{layers.folder}/place.csv: nobody reads this file ({kept.format('places.csv')})",
            f"{layers.folder}/plans/parks.csv: nobody reads this file (move it out of layers/)",
            f"{layers.folder}/rasters/dem.tif: nobody reads this file (move it out of layers/)",
            f"{layers.folder}/rasters/old: nobody reads this folder (move it out of layers/)",
            f"{folder}/park.csv: nobody reads this file ({kept.format('parks.csv')})",
            f"{folder}/parks - 副本.csv: nobody reads this file ({kept.format('parks.csv')})",
            f"{folder}/targets.xlsx: nobody reads this file ({kept.format('targets.csv')})",
        ]
    )
    assert len(faults(check, "--plan", PLAN)) == 6  # its own three, and those beside the common files
    in_chinese = check.invoke(main, ["check", "--lang", "zh"]).output
    assert "没有程序读这个文件（内容应写进 parks.csv；把它移出 layers/，或删去）" in in_chinese


def test_a_misspelt_table_is_known_by_its_name(check: CliRunner, layers: Layers) -> None:
    folder = layers.folder / "plans" / PLAN
    (folder / "parks.csv").rename(folder / "park.csv")
    found = faults(check, "--plan", PLAN)
    assert f"{folder}/park.csv: nobody reads this file (did you mean parks.csv? rename it)" in found
    assert any("parks.csv: the file is missing" in line for line in found)


def test_references_to_nothing_are_named(check: CliRunner, layers: Layers) -> None:
    toml = layers.path(f"{PLAN}/plan.toml")
    toml.write_text(toml.read_text().replace('indicators = ["ei_gdp_cut"]', 'indicators = ["ei_gdp_cutt"]'))
    place, before = layers.put("places.csv", "name", "没有这个开发区", name=layers.rows("places.csv")[1][0])
    unit, _ = layers.put("indicators.csv", "unit", "百斤", id="cut_cod")
    found = faults(check)
    assert any(
        line.startswith(f"{toml} unpublished.0.indicators: 'ei_gdp_cutt' is not in layers/indicators.csv (did you mean")
        for line in found
    )
    where = f"{layers.folder}/places.csv row {place}, column name"
    assert any(line.startswith(f"{where}: no park and no project is called '没有这个开发区'") for line in found)
    where = f"{layers.folder}/indicators.csv row {unit}, column unit"
    assert any(line.startswith(f"{where}: '百斤' is not a unit of layers/vocabulary.csv") for line in found)
    assert before


def test_a_layer_that_is_none_is_named(check: CliRunner, layers: Layers) -> None:
    catalog = layers.path("catalog.toml")
    catalog.write_text(catalog.read_text().replace('id = "parks"', 'id = "parkz"'))
    (fault,) = faults(check)
    assert fault.startswith(f"{catalog} layer.")
    assert fault.endswith("'parkz' is no layer that the atlas serves (did you mean parks? or remove the row)")


def test_a_raster_description_that_no_build_takes_is_no_check_s_secret(check: CliRunner, layers: Layers) -> None:
    toml = layers.folder / "rasters" / "elevation-5min.toml"
    toml.write_text(toml.read_text().replace("unit =", "unitt ="))
    assert any(line.startswith(f"{toml}: unit: Field required") for line in faults(check))
