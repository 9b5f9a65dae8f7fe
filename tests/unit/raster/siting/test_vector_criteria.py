"""A published vector layer in a screen: inside and outside its areas, near and far from its points and lines."""

from pathlib import Path
from typing import Any

import pytest
import shapely

from geoapp.atlas import Atlas
from geoapp.errors import InvalidData
from geoapp.raster.library import RasterLibrary
from geoapp.raster.siting.result import report
from geoapp.raster.siting.screen import ScreenResult, run_screen
from geoapp.raster.siting.spec import check_spec
from geoapp.raster.siting.surroundings import gather
from tests.data.world_layers import RED
from tests.data.world_map import DONGHE

CELL = 1_000.0


def screen(atlas: Atlas, tmp_path: Path, **criterion: object) -> ScreenResult:
    spec = check_spec({"regions": [DONGHE], "resolution_m": CELL, "criterion": [criterion]}, "spec")
    library = RasterLibrary(tmp_path, atlas.dataset.edition.id)
    around = gather(spec, library, atlas.dataset, atlas.gazetteer, atlas.store, atlas.vectors)
    return run_screen(spec, around, lambda _: None)


def share(atlas: Atlas, tmp_path: Path, **criterion: object) -> float:
    """Return the part of the county that is left."""
    whole, left = screen(atlas, tmp_path, **criterion).funnel
    return left.km2 / whole.km2


def test_inside_and_outside_an_area_are_the_two_parts_of_the_county(listed_atlas: Atlas, tmp_path: Path) -> None:
    inside = share(listed_atlas, tmp_path, inside_layer="redline")
    assert inside == pytest.approx(RED.area, rel=0.03)  # the county is one degree by one
    assert share(listed_atlas, tmp_path, outside_layer="redline") == pytest.approx(1 - inside)


def test_farther_than_some_kilometres_from_an_area_keeps_clear_of_its_edge(listed_atlas: Atlas, tmp_path: Path) -> None:
    far = share(listed_atlas, tmp_path, distance_to_layer="redline", at_least_km=10)
    near = share(listed_atlas, tmp_path, distance_to_layer="redline", at_most_km=10)
    assert far + near == pytest.approx(1, abs=0.001)
    wide, high = 0.2 * 111.32 * 0.7954, 0.2 * 110.98  # km along 37.3 N
    expected = wide * high + 2 * 10 * (wide + high) + 3.1416 * 100
    whole = screen(listed_atlas, tmp_path, outside_layer="redline").funnel[0].km2
    assert near * whole == pytest.approx(expected, rel=0.03)


def test_distance_is_measured_to_points_of_the_kinds_asked_and_to_lines(listed_atlas: Atlas, tmp_path: Path) -> None:
    everything = share(listed_atlas, tmp_path, distance_to_layer="stations", at_most_km=15)
    hydro = share(listed_atlas, tmp_path, distance_to_layer="stations", kinds=["hydro"], at_most_km=15)
    assert 0 < hydro < everything < 1
    whole = screen(listed_atlas, tmp_path, outside_layer="redline").funnel[0].km2
    assert hydro * whole == pytest.approx(3.1416 * 15**2, rel=0.03)
    assert 0 < share(listed_atlas, tmp_path, distance_to_layer="lines", at_most_km=5) < 1


def test_a_screen_says_what_it_asked_and_whose_layer_it_is(listed_atlas: Atlas, tmp_path: Path) -> None:
    found = screen(listed_atlas, tmp_path, distance_to_layer="stations", kinds=["hydro"], at_least_km=2)
    assert found.funnel[1].label.zh == "距电站（水电） ≥ 2 km"
    assert screen(listed_atlas, tmp_path, inside_layer="redline").funnel[1].label.zh == "在红线之内"
    assert report(found, "zh")["layers"] == [
        {"id": "stations", "title": "电站", "cited": "测试名录，2021，CC BY 4.0", "licence": "CC BY 4.0"}
    ]


@pytest.mark.parametrize(
    ("criterion", "fault"),
    [
        (
            {"inside_layer": "red"},
            "criterion 1: no vector layer has the id 'red' (published are lines, redline, stations)",
        ),
        ({"inside_layer": "lines"}, "criterion 1: lines holds lines: nothing lies inside one (use distance_to_layer)"),
        (
            {"distance_to_layer": "stations", "kinds": ["tide"], "at_most_km": 1},
            "criterion 1: stations has no kind 'tide' (it has: hydro, wind)",
        ),
    ],
)
def test_what_cannot_be_asked_is_said(
    listed_atlas: Atlas, tmp_path: Path, criterion: dict[str, Any], fault: str
) -> None:
    with pytest.raises(InvalidData) as caught:
        screen(listed_atlas, tmp_path, **criterion)
    assert [str(issue) for issue in caught.value.issues] == [fault]


@pytest.mark.parametrize(
    ("criterion", "fault"),
    [
        ({"distance_to_layer": "stations"}, "give at_most_km and/or at_least_km"),
        ({"inside": ["910121"], "kinds": ["hydro"]}, "kinds belongs to a criterion of a vector layer"),
    ],
)
def test_criteria_that_say_too_little_or_too_much_are_refused(criterion: dict[str, Any], fault: str) -> None:
    with pytest.raises(InvalidData) as caught:
        check_spec({"regions": ["910121"], "criterion": [criterion]}, "spec")
    assert fault in str(caught.value)


def test_the_red_line_lies_in_the_county() -> None:
    assert shapely.box(102, 37, 103, 38).contains(RED)
