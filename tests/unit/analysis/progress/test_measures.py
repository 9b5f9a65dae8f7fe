"""A view of a measure: what is drawn, in which unit and class, and that a view of goals is left as it was."""

import pytest

from geoapp.errors import InvalidView
from geoapp.portrayal import legend, palette
from tests.data.world import World
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIA, JILIN, SHIZI

QUERY = f"region={JIA}&level=county&indicator=ei_gdp_cut&year=2025"


def test_without_a_measure_nothing_is_measured(world: World) -> None:
    resolved = world.show(QUERY)
    assert "measure" not in resolved.view.query()
    assert all(area.progress is None and area.drawn is area.resolution for area in resolved.areas)
    assert world.show(f"{QUERY}&measure=target") == resolved


@pytest.mark.parametrize(
    ("measure", "labels"),
    [
        ("achieved", {CHENGZHONG: "1.2%", CHENGBEI: "19.9%", DONGHE: "12.5%", SHIZI: "5%"}),
        (
            "gap",
            {CHENGZHONG: "+1.2个百分点", CHENGBEI: "−0.1个百分点", DONGHE: "+1.7个百分点", SHIZI: "−4.6个百分点"},
        ),
        ("status", {CHENGZHONG: "完成", CHENGBEI: "未完成", DONGHE: "进度达标", SHIZI: "进度滞后"}),
    ],
)
def test_what_is_drawn(world: World, measure: str, labels: dict[str, str]) -> None:
    resolved = world.show(f"{QUERY}&measure={measure}")
    assert f"measure={measure}" in resolved.view.query()
    assert {area.region.adcode: area.label for area in resolved.areas if area.label} == labels
    lent = next(area for area in resolved.areas if area.region.adcode == JILIN)
    assert (lent.resolution.status, lent.progress, lent.label, lent.rank) == ("parent", None, "", None)
    goal = next(area for area in resolved.areas if area.region.adcode == CHENGBEI).resolution
    assert goal.number == 20, "the goal stays the goal: files and citations speak of it"


def test_a_gap_parts_at_as_planned(world: World) -> None:
    resolved = world.show(f"{QUERY}&measure=gap")
    assert resolved.classes.below == 2
    ramps = {line.label.say("zh"): line.colour for line in legend.entries(resolved) if line.key.startswith("class")}
    assert set(ramps.values()) <= {*palette.RAMPS["ochre"], *palette.RAMPS["green"]}
    assert all((colour in palette.RAMPS["ochre"]) == label.startswith("−") for label, colour in ramps.items())


def test_every_area_is_in_the_legend_and_has_its_colour(world: World) -> None:
    for measure in ("achieved", "gap", "status"):
        for indicator in ("ei_gdp_cut", "wind_capacity", "coal_share", "nonfossil_share"):
            resolved = world.show(f"region={JIA}&level=county&indicator={indicator}&year=2025&measure={measure}")
            lines = {line.key: line for line in legend.entries(resolved)}
            for area in resolved.areas:
                if resolved.indicator.draw == "symbol" and area.rank is not None:
                    continue
                line = lines[legend.area_key(area, resolved)]
                look, colour = legend.area_fill(area, resolved)
                if resolved.indicator.draw != "symbol":
                    assert (look, colour) == (line.look, line.colour), (measure, indicator, area.region.name)


def test_the_documents_of_results_are_sources(world: World) -> None:
    assert "jia-results" not in [plan.id for plan in world.show(QUERY).plans]
    assert "jia-results" in [plan.id for plan in world.show(f"{QUERY}&measure=status").plans]


def test_measures_are_offered_where_something_was_judged(world: World) -> None:
    assert world.show(QUERY).measurable
    assert not world.show(f"region={JIA}&indicator=reuse_rate&year=2025").measurable
    assert not world.show(f"{QUERY}&fill=none").measurable


@pytest.mark.parametrize("more", ["measure=progress", "measure=", "measure=gap&fill=none&layers=parks"])
def test_a_measure_that_cannot_be_is_named(world: World, more: str) -> None:
    with pytest.raises(InvalidView) as caught:
        world.view(f"{QUERY}&{more}")
    assert [issue.where for issue in caught.value.issues] == ["measure"]


def test_what_the_atlas_computes_has_no_measure(world: World) -> None:
    with pytest.raises(InvalidView) as caught:
        world.view(f"region={JIA}&indicator=d_park_count&year=2025&measure=status")
    assert "computed by the atlas" in str(caught.value)


def test_two_years_of_a_measure_share_a_scale(world: World) -> None:
    resolved = world.show(f"{QUERY}&measure=achieved&scale=2025.incentive")
    assert resolved.scale.shared
