"""The check finds each kind of fault in a built folder, and all of them at once."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from geoapp.boundaries.build import build_shapes
from geoapp.boundaries.check import check_shapes, inspect_shapes
from geoapp.boundaries.coverage import geometries
from geoapp.boundaries.shapes import load_level, load_lines
from geoapp.model.region import Level
from tests.data.shapes_builders import Package

Edit = Callable[[geopandas.GeoDataFrame], geopandas.GeoDataFrame]


@pytest.fixture
def built(package: Package, tmp_path: Path) -> Path:
    """The small grid built into a folder."""
    build_shapes(package.source, tmp_path / "shapes")
    return tmp_path / "shapes"


def edit_counties(folder: Path, edit: Edit) -> None:
    frame = edit(load_level(folder, Level.COUNTY, "full"))
    frame.to_file(folder / "counties.fgb", driver="FlatGeobuf")


def put(code: str, column: str, value: Any) -> Edit:
    """An edit that puts a value into the row of a code."""

    def edit(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
        if column != "geometry":
            frame.loc[frame["adcode"] == code, column] = value
            return frame
        shapes = geometries(frame)
        shapes[frame.index[frame["adcode"] == code][0]] = value
        return frame.set_geometry(shapes, crs=frame.crs)

    return edit


def problems(folder: Path) -> list[str]:
    return [f"{issue.where}: {issue.problem}" for issue in check_shapes(folder)]


def test_a_good_build_has_no_issues_and_is_counted(built: Path) -> None:
    report = inspect_shapes(built)
    assert report.issues == ()
    assert report.rows == {
        "province full": 3,
        "province lo": 3,
        "prefecture full": 5,
        "prefecture lo": 5,
        "county full": 12,
        "county lo": 12,
    }
    assert report.vertices["county full"] == 12 * 9
    assert report.dash_segments == 3
    assert report.edition.startswith("grid-2025-01-")


def test_nothing_built_is_one_issue(tmp_path: Path) -> None:
    assert [issue.hint for issue in check_shapes(tmp_path)] == ["run: geoapp shapes build"]


def test_a_lost_row_breaks_the_count_and_the_nesting(built: Path) -> None:
    edit_counties(built, lambda frame: frame[frame["adcode"] != "654201"])
    assert problems(built) == [
        "county full: 11 rows, edition.json says 12",
        "prefecture full, 654200 塔城地区: its county polygons do not fill it",
    ]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (put("654201", "adcode", "654202"), "county full, 654202: the code stands twice"),
        (
            put("654201", "adcode", "65420"),
            "county full, 65420: '65420' is not a division code; expected six digits such as 150600",
        ),
        (put("654201", "parent", "654000"), "county full, 654201: its parent 654000 is no division"),
        (put("654201", "parent", "654201"), "county full, 654201: its parent 654201 is no division"),
        (put("654201", "label_lon", 80.0), "county full, 654201 塔城市: the label lies outside"),
        (
            put("654201", "geometry", shapely.Polygon([(84, 45), (85, 46), (85, 45), (84, 46)])),
            "county full, 654201 塔城市: unusable polygon: Self-intersection[84.5 45.5]",
        ),
        (
            put("654201", "geometry", shapely.box(84, 45, 85.2, 46)),
            "county full: neighbours overlap or do not share their border, among them",
        ),
        (
            put("654201", "geometry", shapely.box(84.1, 45.1, 84.9, 45.9)),
            "prefecture full, 654200 塔城地区: its county polygons do not fill it",
        ),
    ],
    ids=["twice", "five digits", "orphan", "own parent", "label", "bow tie", "overlap", "gap"],
)
def test_a_fault_in_one_county_is_found(built: Path, edit: Edit, expected: str) -> None:
    edit_counties(built, edit)
    assert any(problem.startswith(expected) for problem in problems(built)), problems(built)


def test_a_lost_dash_is_found(built: Path) -> None:
    lines = load_lines(built)
    lines[lines["kind"] != "dash"].to_file(built / "lines.fgb", driver="FlatGeobuf")
    assert problems(built) == ["lines: the dash line has 0 segments, edition.json says 3"]


def test_unreadable_files_are_all_named(built: Path) -> None:
    for name in ("provinces.fgb", "counties_lo.fgb", "lines.fgb"):
        (built / name).write_bytes(b"torn")
    assert [issue.where for issue in check_shapes(built)] == ["province full", "county lo", "lines"]


def test_an_edition_of_other_rows_is_found_in_every_file(built: Path) -> None:
    path = built / "edition.json"
    edition = json.loads(path.read_text(encoding="utf-8"))
    edition["rows"]["province"] = 34
    path.write_text(json.dumps(edition), encoding="utf-8")
    assert problems(built) == [
        "province full: 3 rows, edition.json says 34",
        "province lo: 3 rows, edition.json says 34",
    ]
