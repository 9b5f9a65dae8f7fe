"""Own polygons judged: overlaps, gaps, and datum shifts against real borders."""

from collections.abc import Callable
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from geoapp.boundaries.datum import Array, LonLat, gcj02_to_bd09, wgs84_to_gcj02
from geoapp.boundaries.fit import find_shift, gap_km2, overlap_issues
from geoapp.boundaries.shapes import load_level
from geoapp.model.region import Level


def frame(*shapes: shapely.Geometry) -> geopandas.GeoDataFrame:
    codes = [f"65420{n + 1}" for n in range(len(shapes))]
    names = [f"{n + 1}县" for n in range(len(shapes))]
    return geopandas.GeoDataFrame({"adcode": codes, "name": names}, geometry=list(shapes), crs=4326)


def moved(counties: geopandas.GeoDataFrame, move: Callable[[Array, Array], LonLat]) -> geopandas.GeoDataFrame:
    shapes = shapely.transform(np.array(counties.geometry), lambda xy: np.column_stack(move(xy[:, 0], xy[:, 1])))
    return counties.set_geometry(shapes, crs=counties.crs)


@pytest.fixture(scope="module")
def xinjiang(real_build: Path) -> geopandas.GeoDataFrame:
    """The real counties whose code begins with 65."""
    counties = load_level(real_build, Level.COUNTY, "full")
    return counties[counties["adcode"].str.startswith("65")].reset_index(drop=True)


def test_polygons_that_only_touch_do_not_overlap() -> None:
    assert list(overlap_issues(frame(shapely.box(85, 44, 86, 45), shapely.box(86, 44, 87, 45)))) == []


def test_an_overlap_names_both_and_its_area() -> None:
    issues = list(overlap_issues(frame(shapely.box(85, 44, 86.1, 45), shapely.box(86, 44, 87, 45))))
    assert [(issue.where, issue.problem) for issue in issues] == [
        ("654201 1县", "shares 883.7 km2 with 654202 2县"),
    ]


def test_a_polygon_drawn_over_another_is_found() -> None:
    prefecture, county = shapely.box(85, 44, 87, 46), shapely.box(85.5, 44.5, 86, 45)
    assert [issue.where for issue in overlap_issues(frame(prefecture, county))] == ["654201 1县"]


def test_the_same_polygon_twice_is_found_once() -> None:
    square = shapely.box(85, 44, 86, 45)
    assert len(list(overlap_issues(frame(square, square)))) == 1


def test_a_drawing_slip_is_left_to_the_cleaning() -> None:
    assert list(overlap_issues(frame(shapely.box(85, 44, 86.0001, 45), shapely.box(86, 44, 87, 45)))) == []


def test_an_enclosed_gap_is_measured() -> None:
    ring = shapely.box(85, 44, 86, 45) - shapely.box(85.4, 44.4, 85.5, 44.5)
    assert gap_km2(frame(ring)) == pytest.approx(88.5, abs=0.5)
    assert gap_km2(frame(shapely.box(85, 44, 86, 45))) == 0


def test_unshifted_borders_have_no_shift(xinjiang: geopandas.GeoDataFrame) -> None:
    assert find_shift(xinjiang, xinjiang) is None


def test_gcj02_is_named_with_its_size(xinjiang: geopandas.GeoDataFrame) -> None:
    shift = find_shift(moved(xinjiang, wgs84_to_gcj02), xinjiang)
    assert shift is not None
    assert shift.datum == "GCJ-02"
    assert 150 < shift.size < 400
    assert shift.undone < 1 < shift.as_is


def test_bd09_is_told_from_gcj02(xinjiang: geopandas.GeoDataFrame) -> None:
    shift = find_shift(moved(xinjiang, lambda x, y: gcj02_to_bd09(*wgs84_to_gcj02(x, y))), xinjiang)
    assert shift is not None
    assert shift.datum == "BD-09"
    assert shift.size > 900


def test_another_honest_drawing_is_not_taken_for_a_shift(xinjiang: geopandas.GeoDataFrame) -> None:
    def redrawn(lon: Array, lat: Array) -> LonLat:
        return lon + 0.002 * np.sin(lat * 9000), lat + 0.002 * np.sin(lon * 9000)

    assert find_shift(moved(xinjiang, redrawn), xinjiang) is None


def test_a_frame_half_way_to_gcj02_is_not_called_gcj02(xinjiang: geopandas.GeoDataFrame) -> None:
    def half_way(lon: Array, lat: Array) -> LonLat:
        shifted_lon, shifted_lat = wgs84_to_gcj02(lon, lat)
        return lon + 0.55 * (shifted_lon - lon), lat + 0.55 * (shifted_lat - lat)

    assert find_shift(moved(xinjiang, half_way), xinjiang) is None


def test_a_file_without_common_counties_is_not_judged(xinjiang: geopandas.GeoDataFrame) -> None:
    assert find_shift(xinjiang.assign(adcode="999999"), xinjiang) is None
