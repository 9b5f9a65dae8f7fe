"""What a view shows, counted and compared in the made-up world: areas, classes, points, sources, words."""

import math
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.analysis.resolution.labels import MINUS, format_number
from geoapp.analysis.titles import period
from geoapp.model.region import CHINA, Level
from geoapp.model.view import BBox, boxes_meet
from tests.data.world import World
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIA, JIADONG, JILIN, SHIZI
from tests.data.world_rows import DONGHE25, HOSTILE, JIA25, JIADONG25, JIAXI25

LONGITUDES = st.floats(-180, 180, allow_nan=False)
LATITUDES = st.floats(-90, 90, allow_nan=False)


@st.composite
def boxes(draw: st.DrawFn, crossing: bool | None = None) -> BBox:
    """Boxes in degrees; west > east crosses the antimeridian."""
    west, east = draw(LONGITUDES), draw(LONGITUDES)
    if crossing is False:
        west, east = sorted((west, east))
    south, north = sorted((draw(LATITUDES), draw(LATITUDES)))
    return west, south, east, north


def on_the_circle(box: BBox) -> list[tuple[float, float]]:
    """The longitudes of a box as spans that do not cross."""
    return [(box[0], box[2])] if box[0] <= box[2] else [(box[0], 180.0), (-180.0, box[2])]


@given(boxes(crossing=False), boxes())
def test_boxes_meet_where_their_spans_do(one: BBox, other: BBox) -> None:
    heights = one[1] <= other[3] and other[1] <= one[3]
    spans = any(west <= b[1] and b[0] <= east for west, east in on_the_circle(one) for b in on_the_circle(other))
    assert boxes_meet(one, other) is (heights and spans)


@pytest.mark.parametrize(
    ("box", "meets"),
    [
        ((170, 30, -170, 40), True),
        ((179, 30, -179, 40), True),
        ((179.9, 37.5, -179, 40), True),
        ((179.95, 30, -170, 40), False),
        ((170, 30, 178, 40), True),
        ((-180, 30, -170, 40), False),
        ((-170, 30, 177.9, 40), False),
        ((-170, 30, 178, 40), True),
        ((170, 38.1, -170, 40), False),
        ((170, 30, -170, 37), True),
    ],
)
def test_a_neighbour_of_the_antimeridian_is_seen_from_both_sides(world: World, box: BBox, meets: bool) -> None:
    query = f"level=county&bbox={','.join(map(str, box))}"
    names = {area.region.name for area in world.show(query).areas}
    assert ("东极县" in names) is meets


def test_a_box_keeps_the_classes_of_the_whole_view(world: World) -> None:
    whole, part = world.show(f"region={JIADONG}"), world.show(f"region={JIADONG}&bbox=100.2,37.2,100.8,37.8")
    assert [area.region.adcode for area in part.areas] == [CHENGZHONG]
    assert part.classes == whole.classes
    assert part.frame == (100.2, 37.2, 100.8, 37.8)
    assert whole.frame == world.gazetteer[JIADONG].bbox


def test_areas_are_the_divisions_of_the_level_in_order_of_code(world: World) -> None:
    shown = world.show(f"region={JIA}&level=prefecture")
    assert [area.region.adcode for area in shown.areas] == ["910100", "910200", "919001"]
    counties = world.show(f"region={JIA}&level=county").areas
    codes = [area.region.adcode for area in counties]
    assert codes == sorted(codes)
    assert len(codes) == 10
    assert SHIZI in codes
    assert world.show(f"region={JIADONG}").levels == (Level.PREFECTURE, Level.COUNTY)
    assert world.show("region=920000").levels == (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)
    assert world.show(f"region={DONGHE}").levels == (Level.COUNTY,)


def test_the_rank_of_an_area_is_the_class_of_its_number(world: World) -> None:
    shown = world.show(f"region={JIADONG}")
    ranks = {area.region.adcode: area.rank for area in shown.areas}
    assert ranks == {CHENGZHONG: -1, CHENGBEI: 2, DONGHE: 1, JILIN: 0}
    assert [(each.low, each.high) for each in shown.classes.intervals] == [(16, 16), (18, 18), (20, 20)]
    worded = world.show(f"region={JIADONG}&indicator=water_grade")
    assert [area.rank for area in worded.areas] == [None] * 4
    assert [area.label for area in worded.areas] == ["Ⅱ类", "Ⅲ类", "", ""]


def test_states_are_counted(world: World) -> None:
    assert world.show(f"region={JIADONG}").counts == {"own": 3, "parent": 1}
    assert world.show("region=910200&year=2025").counts == {"not_published": 5}
    assert world.show("region=920000&level=county").counts == {"not_collected": 2}


def test_sources_are_the_plans_of_areas_and_of_points(world: World) -> None:
    def plans(query: str) -> list[str]:
        return [plan.id for plan in world.show(f"{query}&year=2025").plans]

    assert plans(f"region={DONGHE}&layers=none") == [JIADONG25]
    assert plans(f"region={DONGHE}&layers=projects") == [JIA25, JIADONG25]
    assert plans(f"region={DONGHE}&layers=parks") == [JIADONG25]
    assert plans("region=910200&layers=none") == [JIAXI25]
    assert plans("region=920000&layers=none") == []
    assert plans(f"region={DONGHE}&layers=projects&type=gas") == [JIADONG25]
    assert plans(f"region={DONGHE}&indicator=water_grade&layers=none") == []
    assert plans(f"region={DONGHE}&indicator=water_grade") == [JIA25, JIADONG25]


def test_points_are_filtered_by_place_type_programme_and_box(world: World) -> None:
    def names(query: str) -> tuple[list[str], list[str]]:
        shown = world.show(f"{query}&year=2025")
        return [park.name for park in shown.parks], [work.name for work in shown.projects]

    assert names(f"region={DONGHE}") == ([HOSTILE], ["东河水电站"])
    assert names(f"region={DONGHE}&layers=none") == ([], [])
    assert names(f"region={DONGHE}&layers=parks") == ([HOSTILE], [])
    assert names(f"region={JIADONG}&layers=projects&type=heating,wind_solar_base")[1] == [
        "@SUM(A1)",
        "甲东供热联网",
        "甲东供热联网",
        "𠮷林wind_solar_base",
        "𠮷林heating",
    ]
    assert names(f"region={JIADONG}&layers=parks&programme=circular")[0] == ["城北工业园区"]
    assert names(f"region={JIADONG}&layers=parks&programme=circular,zero_carbon")[0] == ["城北工业园区", HOSTILE]
    assert names(f"region={JIADONG}&layers=parks&bbox=101.2,37.2,101.3,37.3")[0] == ["城北工业园区"]
    assert names(f"region={JIADONG}&layers=parks&bbox=101.26,37.2,101.3,37.3")[0] == []


def test_facets_count_before_the_filters_of_kind_but_within_the_box(world: World) -> None:
    facets = world.show(f"region={JIADONG}&layers=none&type=gas&programme=circular").facets
    assert (facets.parks, facets.programmes) == (2, {"zero_carbon": 2, "circular": 1})
    inside = [each for each in world.dataset.projects if world.gazetteer.is_within(each.adcode, JIADONG)]
    works, actions = ({each.name for each in inside if each.nature == nature} for nature in ("work", "action"))
    assert (facets.projects, facets.actions) == (len(works), len(actions))
    assert facets.types["heating"] == 2, "one stands in two counties"
    assert facets.types["pollution_control"] == 1, "the types of projects, where the view shows no actions"
    assert sum(facets.types.values()) == len(works)
    both = world.show(f"region={JIADONG}&layers=actions").facets
    assert both.types["pollution_control"] == 2
    assert sum(both.types.values()) == len(works) + len(actions)
    assert world.show(f"region={JIADONG}&bbox=101.2,37.2,101.3,37.3").facets.parks == 1


Kept = Callable[[Any], bool]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("status=starting,building", lambda p: getattr(p, "status", "building") in ("starting", "building")),
        ("precision=site,town", lambda p: p.precision in ("site", "town")),
        ("plan=jia-2021-2025", lambda p: p.plan == "jia-2021-2025"),
        ("plan=jia-2021-2025&precision=town", lambda p: p.name == "东河水电站"),
    ],
)
def test_points_are_narrowed_by_status_precision_and_plan(
    world: World, asked: str, kept: Callable[[Any], bool]
) -> None:
    every = world.show(f"region={JIA}&year=2025&layers=parks,projects,actions")
    shown = world.show(f"region={JIA}&year=2025&layers=parks,projects,actions&{asked}")
    assert {point.id for point in shown.points} == {point.id for point in every.points if kept(point)} != set()
    assert [area.resolution for area in shown.areas] == [area.resolution for area in every.areas], "goals stay"
    assert parse_qsl(asked)[0] in parse_qsl(shown.view.query())


def test_each_point_is_held_by_the_area_it_lies_in(world: World) -> None:
    shown = world.show(f"region={JIA}&level=prefecture")
    held = {code: region.adcode for code, region in shown.holders.items()}
    assert held[DONGHE] == held[CHENGBEI] == JIADONG
    assert held[SHIZI] == SHIZI
    assert JIA not in held, "what is only known to lie in the province lies in no area"
    counties = world.show(f"region={JIA}&level=county").holders
    assert counties[DONGHE].adcode == DONGHE
    assert "910200" not in counties


def test_the_trail_leads_down_from_the_country(world: World) -> None:
    assert [each.adcode for each in world.show(f"region={DONGHE}").trail] == [CHINA, JIA, JIADONG, DONGHE]
    assert [each.adcode for each in world.show("").trail] == [CHINA]


def test_tiers_on_offer_are_those_of_the_year(world: World) -> None:
    assert world.show(f"region={JIADONG}&year=2025").tiers == ("basic", "incentive")
    assert world.show(f"region={JIADONG}&year=2015").tiers == ("basic",)


def test_the_title_names_region_period_and_indicator(world: World) -> None:
    assert world.show(f"region={JIADONG}").title.say("zh") == "甲东市“十四五”单位GDP能耗累计降低率"
    assert world.show("level=prefecture&year=2025").title.say("zh").startswith("各地")
    assert world.show(f"region={JIA}&year=2030").title.say("zh") == "甲省“十五五”单位GDP能耗累计降低率"
    assert "ei gdp cut" in world.show(f"region={JIADONG}&lang=en").title.say("en")
    assert [period(year).say("zh") for year in (2010, 2015, 2020, 2025, 2030, 2027)] == [
        "“十一五”",
        "“十二五”",
        "“十三五”",
        "“十四五”",
        "“十五五”",
        "2027年",
    ]


def test_the_subtitle_says_base_tier_unit_and_the_goal_of_the_whole(world: World) -> None:
    whole = world.show(f"region={JIADONG}").subtitle.say("zh")
    assert whole.startswith("2025年比2020年，基本目标")
    assert "单位：%" in whole
    assert "甲东市" in whole
    assert "激励目标" in world.show(f"region={JIADONG}&tier=incentive").subtitle.say("zh")
    # Of a county nothing is said twice, and where nothing is set there is no base to speak of.
    assert "东河县" not in world.show(f"region={DONGHE}").subtitle.say("zh")
    assert "比" not in world.show("region=920000").subtitle.say("zh")
    counted = world.show(f"region={JIADONG}&indicator=d_project_count").subtitle.say("zh")
    assert "目标" not in counted


def test_goals_of_several_base_years_have_no_common_base(world: World) -> None:
    assert world.show("level=province&year=2030").subtitle.say("zh").startswith("2030年比2025年")
    assert DONGHE25 in {plan.id for plan in world.dataset.plans}


@given(st.floats(-1e9, 1e9, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-9))
def test_a_number_is_printed_with_all_its_digits(value: float) -> None:
    text = format_number(value)
    assert re.fullmatch(rf"{MINUS}?\d{{1,3}}(,\d{{3}})*(\.\d*[1-9])?", text)
    assert math.isclose(float(text.replace(",", "").replace(MINUS, "-")), value, rel_tol=1e-9)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (100.0, "100"), (1234567.5, "1,234,567.5"), (-20.40, "−20.4"), (0.00004, "0.00004"), (10.0, "10")],
)
def test_numbers_as_tables_print_them(value: float, text: str) -> None:
    assert format_number(value) == text
