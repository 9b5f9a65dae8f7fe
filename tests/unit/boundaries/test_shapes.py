"""Reading what was built, and saying so when it is missing or broken."""

import json
from pathlib import Path

import pytest

from geoapp.boundaries.build import build_shapes
from geoapp.boundaries.shapes import COLUMNS, load_edition, load_level, load_lines
from geoapp.errors import BoundaryError
from geoapp.model.region import Level
from tests.data.shapes_builders import Package


@pytest.fixture
def built(package: Package, tmp_path: Path) -> Path:
    """The small grid built into a folder."""
    build_shapes(package.source, tmp_path / "shapes")
    return tmp_path / "shapes"


@pytest.mark.parametrize("detail", ["full", "lo"])
@pytest.mark.parametrize(("level", "rows"), [(Level.PROVINCE, 3), (Level.PREFECTURE, 5), (Level.COUNTY, 12)])
def test_a_level_comes_sorted_with_its_columns(built: Path, level: Level, rows: int, detail: str) -> None:
    frame = load_level(built, level, detail)
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == rows
    assert frame["adcode"].is_monotonic_increasing
    assert frame.crs == "EPSG:4326"


def test_lines_come_one_row_a_kind(built: Path) -> None:
    assert load_lines(built)["kind"].tolist() == ["coast_province", "dash", "sar", "undetermined"]


def test_the_edition_carries_the_words_to_show(built: Path) -> None:
    edition = load_edition(built)
    assert edition.attribution_zh == "attribution_zh of the grid"
    assert edition.review_no == "review_no of the grid"
    assert edition.usage_notice == "usage_notice_zh of the grid"
    assert edition.dash_segments == 3


def test_nothing_built_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError) as caught:
        load_edition(tmp_path)
    assert str(caught.value) == f"{tmp_path}: there are no built boundaries here; run: geoapp shapes build"


def test_every_missing_file_is_named(built: Path) -> None:
    (built / "counties_lo.fgb").unlink()
    (built / "lines.fgb").unlink()
    with pytest.raises(BoundaryError, match=r"counties_lo\.fgb, lines\.fgb of the built boundaries is missing"):
        load_edition(built)


@pytest.mark.parametrize("text", ["{", "[]", json.dumps({"id": "x", "notes": []})], ids=["torn", "list", "short"])
def test_a_broken_edition_says_what_to_run(built: Path, text: str) -> None:
    (built / "edition.json").write_text(text, encoding="utf-8")
    with pytest.raises(
        BoundaryError, match=r"the record of the built boundaries is broken .* run: geoapp shapes build"
    ):
        load_edition(built)


def test_a_missing_level_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"counties\.fgb: this file of the built boundaries is missing; run"):
        load_level(tmp_path, Level.COUNTY, "full")


@pytest.mark.parametrize("keep", [0, 100, 3000])
def test_a_level_cut_short_says_what_to_run(built: Path, keep: int) -> None:
    path = built / "counties.fgb"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(BoundaryError, match=r"counties\.fgb: this file of the built boundaries is broken; run"):
        load_level(built, Level.COUNTY, "full")


def test_a_level_of_other_columns_names_them(built: Path) -> None:
    frame = load_level(built, Level.COUNTY, "full").drop(columns=["parent", "area_km2"])
    frame.to_file(built / "counties.fgb", driver="FlatGeobuf")
    with pytest.raises(BoundaryError, match=r"counties\.fgb: column parent, area_km2 is missing; run"):
        load_level(built, Level.COUNTY, "full")
