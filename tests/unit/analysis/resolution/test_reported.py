"""Published figures as views: shown where no plan sets the year, called figures, never lent and never targets."""

from urllib.parse import parse_qsl

import pytest

from geoapp.errors import InvalidView
from geoapp.model.region import Level
from geoapp.office.findings import told
from geoapp.portrayal.alt_text import alt_text
from geoapp.portrayal.legend import entries, method
from geoapp.portrayal.view_content import view_json
from tests.data.world import World, changed, figure
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIA, JIADONG, JIAXI

USE = f"region={JIA}&indicator=elec_use&year=2023&level=prefecture"


def test_a_year_of_figures_is_a_view_of_its_own(world: World) -> None:
    shown = world.show(USE)
    own = {area.region.adcode: area.resolution for area in shown.areas if area.resolution.status == "own"}
    assert {code: answer.number for code, answer in own.items()} == {JIADONG: 68.0}
    assert own[JIADONG].plan is not None
    assert own[JIADONG].plan.id == "jia-results"
    assert own[JIADONG].tier is None
    assert shown.counts == {"own": 1, "not_collected": len(shown.areas) - 1}
    assert [plan.id for plan in shown.plans if plan.kind == "results"] == ["jia-results"]


def test_no_face_calls_a_figure_a_target(world: World) -> None:
    shown = world.show(USE)
    json = view_json(shown, world.dataset)
    texts = [shown.subtitle.say("zh"), shown.title.say("zh"), alt_text(shown), json["words"]["value"]]
    texts += [line.label.say("zh") for line in entries(shown)]
    texts += [phrase.say("zh") for phrase in told(shown, world.resolver)]
    assert not [text for text in texts if "目标" in text or "规划文件" in text]
    assert "公布的统计值" in shown.subtitle.say("zh")
    assert shown.title.say("zh") == "甲省2023年用电量"
    assert json["reported"] is True
    assert json["tier"] is None


def test_a_year_that_a_plan_sets_shows_the_goals(world: World) -> None:
    shown = world.show(f"region={JIADONG}&indicator=ei_gdp_cut&year=2025")
    assert not shown.indicator.reported
    assert world.resolver.shown(JIADONG, "ei_gdp_cut", 2025) == world.resolve(JIADONG)


def test_nothing_is_lent_and_no_tier_is_made_up(world: World) -> None:
    assert world.resolver.shown(CHENGZHONG, "ei_gdp_cut", 2020).status == "not_collected"
    assert world.resolver.shown(JIADONG, "ei_gdp_cut", 2020).status == "own"
    assert world.resolver.shown(JIADONG, "ei_gdp_cut", 2020, "incentive").status == "not_collected"
    assert world.resolve(JIADONG, "ei_gdp_cut", 2020).status == "none", "/resolve answers with targets only"


def test_figures_share_one_scale_over_the_years(world: World) -> None:
    query = f"region={JIADONG}&indicator=gas_share&level=county"
    more = figure("jia-results", CHENGBEI, "gas_share", 2023, 30, "30%", "%")
    other = changed(world.dataset, statistics=(*world.dataset.statistics, more))
    one, two = (other.show(f"{query}&year={year}") for year in (2023, 2024))
    assert one.scale == two.scale
    assert one.scale.shared
    assert "各年共用" in method(one).say("zh")
    assert one.reported_years == (2020, 2023, 2024)


def test_two_documents_that_differ_both_stay(world: World) -> None:
    more = figure("jiadong-results", CHENGBEI, "elec_use", 2023, 9.7, "9.7", "亿千瓦时")
    answer = changed(world.dataset, statistics=(*world.dataset.statistics, more)).resolver.shown(
        CHENGBEI, "elec_use", 2023
    )
    assert answer.target is not None
    assert {answer.target.value, *(each.value for each in answer.alternatives)} == {9.5, 9.7}


@pytest.mark.parametrize(
    ("printed", "label"), [("68左右", "≈68 亿千瓦时"), ("68以上", "≥68 亿千瓦时"), ("68", "68 亿千瓦时")]
)
def test_a_figure_keeps_its_printed_qualifier(world: World, printed: str, label: str) -> None:
    more = figure("jia-results", DONGHE, "elec_use", 2023, 68, printed, "亿千瓦时")
    shown = changed(world.dataset, statistics=(*world.dataset.statistics, more)).show(
        f"region={JIADONG}&indicator=elec_use&year=2023&level=county"
    )
    assert next(area.label for area in shown.areas if area.region.adcode == DONGHE) == label


@pytest.mark.parametrize(("given", "where"), [("measure=gap", "measure"), ("tier=incentive", "tier")])
def test_what_figures_do_not_have_is_named_to_programs(world: World, given: str, where: str) -> None:
    query = f"{USE}&{given}"
    with pytest.raises(InvalidView) as caught:
        world.view(query)
    assert [issue.where for issue in caught.value.issues] == [where]
    assert "published figures" in str(caught.value.issues[0])
    view, _ = world.reader.read_leniently(parse_qsl(query))
    assert (view.measure, view.tier) == ("target", "basic")


def test_a_link_without_a_level_opens_where_the_figures_are(world: World) -> None:
    assert world.view(f"region={JIA}&indicator=ei_gdp_level&year=2024").level is Level.PREFECTURE
    assert world.view(f"region={JIADONG}&indicator=gas_share&year=2024").level is Level.COUNTY
    more = [figure("jia-results", JIA, "oil_share", 2024, 1, "1%", "%")]
    other = changed(world.dataset, statistics=(*world.dataset.statistics, *more))
    assert other.view("indicator=oil_share&year=2024").level is Level.PROVINCE


def test_an_indicator_without_goals_opens_on_the_year_of_most_figures(world: World) -> None:
    assert world.view(f"region={JIA}&indicator=elec_use").year == 2023, "two regions have it then"
    assert world.view(f"region={JIAXI}&indicator=ei_gdp_level").year == 2024, "the later of equals"
