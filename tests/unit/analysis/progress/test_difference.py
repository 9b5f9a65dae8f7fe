"""Difference maps: what both years have is subtracted, and nothing else."""

from urllib.parse import parse_qsl

import pytest

from geoapp.analysis.side_by_side import show_together
from geoapp.errors import InvalidView
from geoapp.portrayal.alt_text import alt_text
from geoapp.portrayal.legend import entries
from geoapp.portrayal.view_pair import view_pair
from tests.data.world import World, changed, goal
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIA, JIADONG, JILIN

TIERS = f"region={JIADONG}&indicator=ei_gdp_cut&year=2025&tier=incentive&level=county&against=2025.basic"


def numbers(world: World, query: str) -> dict[str, float | None]:
    return {area.region.adcode: area.resolution.number for area in world.show(query).areas}


def test_two_tiers_are_subtracted_where_a_region_has_both(world: World) -> None:
    found = numbers(world, TIERS)
    assert found[CHENGBEI] == 2.6
    assert found[CHENGZHONG] is None, "its incentive goal is a slash"
    assert found[JILIN] is None, "what is lent is not compared"
    assert found[DONGHE] == 0.0, "a difference of 0 is a value"
    whole = world.show(TIERS).whole
    assert (whole.resolution.number, whole.label) == (2.0, "+2个百分点")


def test_two_periods_are_subtracted_in_percentage_points(world: World) -> None:
    shown = world.show(f"region={JIA}&indicator=ei_gdp_cut&year=2025&against=2015.basic&level=prefecture")
    found = {area.region.adcode: area.resolution.number for area in shown.areas}
    assert found[JIADONG] == 8.0
    assert shown.unit == "个百分点"
    assert shown.whole.resolution.number == 4.0
    assert {"jia-2015", "jiadong-2021-2025"} <= {plan.id for plan in shown.plans}
    assert shown.title.say("zh") == "甲省单位GDP能耗累计降低率：2025年减2015年"


def test_amounts_differ_by_a_share_of_the_value_taken_away(world: World) -> None:
    more = goal(
        "jia-2026-2030",
        CHENGBEI,
        "wind_capacity",
        60,
        "60",
        id="more",
        unit="万千瓦",
        target_year=2030,
        direction="reach",
    )
    zero = goal(
        "jia-2026-2030",
        CHENGZHONG,
        "wind_capacity",
        5,
        "5",
        id="zero",
        unit="万千瓦",
        target_year=2030,
        direction="reach",
    )
    other = changed(world.dataset, targets=(*world.dataset.targets, more, zero))
    query = f"region={JIADONG}&indicator=wind_capacity&year=2030&against=2025.basic&level=county"
    found = numbers(other, query)
    assert found[CHENGBEI] == 20.0, "60 against 50"
    assert found[CHENGZHONG] is None, "nothing is a share of 0"
    assert other.show(query).indicator.draw == "fill"


def test_no_face_calls_a_difference_a_target(world: World) -> None:
    shown = world.show(f"region={JIA}&indicator=ei_gdp_cut&year=2025&against=2015.basic&level=prefecture")
    texts = [alt_text(shown), shown.subtitle.say("zh"), *(line.label.say("zh") for line in entries(shown))]
    assert not [text for text in texts if "本级目标" in text or "未设此目标" in text or "未收录规划" in text]


@pytest.mark.parametrize(
    "more",
    ["against=2025.basic", "against=2015.basic&measure=gap", "against=2015.basic&fill=none", "against=2015"],
)
def test_what_cannot_be_subtracted_is_named(world: World, more: str) -> None:
    query = f"region={JIA}&indicator=ei_gdp_cut&year=2025&{more}"
    with pytest.raises(InvalidView) as caught:
        world.view(query)
    assert "against" in [issue.where for issue in caught.value.issues]
    assert world.reader.read_leniently(parse_qsl(query))[0].against == ""


def test_a_link_to_a_difference_is_read_back(world: World) -> None:
    view = world.view(TIERS)
    assert world.view(view.query()) == view
    assert view.stem.endswith("-2025-2025-basic")


def test_goals_and_their_differences_do_not_share_a_scale(world: World) -> None:
    views = [world.view(TIERS), world.view(TIERS.partition("&against")[0])]
    difference, goals = show_together(world.views, views)
    assert not difference.scale.shared
    assert difference.scale != goals.scale


def test_one_table_holds_both_views_and_their_difference(world: World) -> None:
    base = f"region={JIADONG}&indicator=ei_gdp_cut&year=2025&level=county"
    one, two = show_together(world.views, [world.view(base), world.view(f"{base}&tier=incentive")])
    pair = view_pair(one, two)
    rows = {row["adcode"]: row for row in pair["rows"]}
    assert next(iter(rows)) == JIADONG, "the region as a whole comes first"
    assert (rows[CHENGBEI]["a"]["value"], rows[CHENGBEI]["b"]["value"]) == (20.0, 22.6)
    assert rows[CHENGBEI]["difference"] == 2.6
    assert rows[CHENGBEI]["difference_label"] == "+2.6个百分点"
    assert rows[CHENGZHONG]["difference"] is None
    assert rows[JILIN]["a"]["value"] is None
    assert "甲东市目标" in rows[JILIN]["a"]["words"]
    unlike = view_pair(one, world.show(f"region={JIADONG}&indicator=coal_share&year=2025&level=county"))
    assert unlike["comparable"] is False
    assert {row["difference"] for row in unlike["rows"]} == {None}
