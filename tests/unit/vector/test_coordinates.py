"""Coordinates as people write them are read, and slips are noticed, never mended by guess."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.boundaries.datum import wgs84_to_gcj02
from geoapp.vector.coordinates import Found, Place, find_columns, read_degrees, read_places


@pytest.mark.parametrize(
    ("cell", "degrees"),
    [
        ("116.3913", 116.3913),
        (116, 116.0),
        ("１１６．５", 116.5),
        ("116.5°", 116.5),
        ("116°30′", 116.5),
        ("116°30′36″", 116.51),
        ("116度30分36秒", 116.51),
        ("东经116度30分36秒", 116.51),
        ("E116°30'36\"", 116.51),
        ("116°30'36\"E", 116.51),
        ("116-30-36", 116.51),
        ("116:30:36", 116.51),
        ("116 30 36", 116.51),
        ("W1.5", -1.5),
        ("−33.25", -33.25),
        ("南纬33.25", -33.25),
    ],
)
def test_degrees_are_read_as_people_write_them(cell: str | int, degrees: float) -> None:
    assert read_degrees(cell) == pytest.approx(degrees)


@pytest.mark.parametrize("cell", ["", "约116", "116°75′", "116°30′80″", "S-33", "116.3.9", "一百一十六", None])
def test_what_is_no_number_of_degrees_is_none(cell: str | None) -> None:
    assert read_degrees(cell) is None


@given(st.floats(-179.9, 179.9), st.sampled_from(["{d}°{m}′{s:.6f}″", "{d}度{m}分{s:.6f}秒", "{d}:{m}:{s:.6f}"]))
def test_degrees_minutes_seconds_are_the_degrees_they_were_made_of(degrees: float, form: str) -> None:
    minutes, seconds = divmod(round(abs(degrees) * 3600, 6), 60)
    whole, minutes = divmod(int(minutes), 60)
    written = form.format(d=whole, m=minutes, s=min(seconds, 59.999999))
    assert read_degrees(written) == pytest.approx(abs(degrees), abs=1e-8)


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (["名称", "经度", "纬度"], Found("经度", "纬度")),
        (["Name", "Longitude (°)", "LAT"], Found("Longitude (°)", "LAT")),
        (["名称", "经度（°）", "北纬"], Found("经度（°）", "北纬")),
        (["名称", "经纬度"], Found("经纬度", "")),
        (["名称", "经度", "经度", "纬度"], Found("经度", "纬度")),
        (["名称", "起点经度", "终点经度", "纬度"], None),
        (["lon", "lng", "lat"], None),
        (["名称"], None),
    ],
)
def test_columns_of_coordinates_are_found_by_their_names_and_never_guessed(
    headers: list[str], found: Found | None
) -> None:
    assert find_columns(headers) == found


def test_swapped_and_impossible_places_are_noticed() -> None:
    found = read_places(["39.9", "116.4", "200", "", "x", "2.35"], ["116.4", "39.9", "39", "", "39", "48.85"], "wgs84")
    assert [place.slip for place in found] == ["swapped", None, "out_of_range", "empty", "unreadable", None]
    assert found[1] == Place(116.4, 39.9)


def test_one_column_may_hold_both() -> None:
    cells = ["116.4,39.9", "116.4，39.9", "E116°24′ N39°54′", "116.4"]
    assert [(place.lon, place.lat, place.slip) for place in read_places(cells, [], "cgcs2000")] == [
        (116.4, 39.9, None),
        (116.4, 39.9, None),
        (pytest.approx(116.4), pytest.approx(39.9), None),
        (0.0, 0.0, "unreadable"),
    ]


def test_gcj02_is_undone_to_less_than_a_metre() -> None:
    lon, lat = wgs84_to_gcj02(np.array([116.391, 87.6]), np.array([39.907, 43.8]))
    found = read_places(lon.tolist(), lat.tolist(), "gcj02")
    assert [(place.lon, place.lat) for place in found] == [
        (pytest.approx(116.391, abs=5e-6), pytest.approx(39.907, abs=5e-6)),
        (pytest.approx(87.6, abs=5e-6), pytest.approx(43.8, abs=5e-6)),
    ]
