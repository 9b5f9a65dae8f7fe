"""Datum shifts: the known offsets, exact inverses, nothing outside China."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geoapp.boundaries.datum import bd09_to_gcj02, bd09_to_wgs84, gcj02_to_bd09, gcj02_to_wgs84, wgs84_to_gcj02

GEOD = Geod(ellps="WGS84")


def metres(a: tuple[np.ndarray, np.ndarray], b: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    return np.asarray(GEOD.inv(*a, *b)[2])


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [(82.98, 46.75, 254), (106.38, 38.98, 418), (102.64, 37.93, 155), (109.78, 39.6, 504), (116.4, 39.9, 556)],
    ids=["塔城", "石嘴山", "武威", "鄂尔多斯", "北京"],
)
def test_the_offset_is_the_published_one(lon: float, lat: float, expected: float) -> None:
    point = np.array([lon]), np.array([lat])
    assert metres(wgs84_to_gcj02(*point), point)[0] == pytest.approx(expected, abs=2)


def test_the_offset_points_east_north_east_in_beijing() -> None:
    lon, lat = wgs84_to_gcj02(np.array([116.377817]), np.array([39.911954]))
    # The pair published with the eviltransform library.
    assert lon[0] == pytest.approx(116.38404722455657, abs=1e-5)
    assert lat[0] == pytest.approx(39.91334545536069, abs=1e-5)


def test_baidus_second_offset_is_the_published_one() -> None:
    lon, lat = gcj02_to_bd09(np.array([116.404]), np.array([39.915]))
    # The pair published with the coordtransform library.
    assert lon[0] == pytest.approx(116.41036949371029, abs=1e-6)
    assert lat[0] == pytest.approx(39.92133699351021, abs=1e-6)


places = st.lists(st.tuples(st.floats(73.5, 135), st.floats(3.5, 53.5)), min_size=1, max_size=20)


@given(places)
def test_undoing_gcj02_leaves_less_than_half_a_metre(points: list[tuple[float, float]]) -> None:
    lon, lat = np.array(points).T
    assert metres(gcj02_to_wgs84(*wgs84_to_gcj02(lon, lat)), (lon, lat)).max() < 0.5


@given(places)
def test_undoing_bd09_leaves_less_than_half_a_metre(points: list[tuple[float, float]]) -> None:
    lon, lat = np.array(points).T
    gcj = wgs84_to_gcj02(lon, lat)
    assert metres(bd09_to_gcj02(*gcj02_to_bd09(*gcj)), gcj).max() < 0.5
    assert metres(bd09_to_wgs84(*gcj02_to_bd09(*gcj)), (lon, lat)).max() < 0.5


def test_points_outside_china_stay() -> None:
    lon, lat = np.array([2.35, -74.0, 151.2]), np.array([48.85, 40.7, -33.9])
    assert np.array_equal(wgs84_to_gcj02(lon, lat), (lon, lat))
    assert np.array_equal(gcj02_to_wgs84(lon, lat), (lon, lat))


def test_the_input_arrays_are_not_changed() -> None:
    lon, lat = np.array([116.4]), np.array([39.9])
    gcj02_to_wgs84(lon, lat)
    assert (lon[0], lat[0]) == (116.4, 39.9)
