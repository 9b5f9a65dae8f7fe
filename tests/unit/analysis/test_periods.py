"""Five-year periods: what a region has of each and which one opens. A pack of two rows pushes nothing aside."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from geoapp.analysis.nearest import settle
from geoapp.analysis.periods import five_years, within
from geoapp.model.region import CHINA
from geoapp.model.view import View
from tests.data.world import World, changed, goal
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIA, JIADONG, JILIN, YI

PACK = "jiadong-2026-2030"


@pytest.fixture(scope="module")
def with_two_rows(world: World) -> World:
    """The world after 甲东市 published its next plan, of which two rows are transcribed."""
    plan = next(each for each in world.dataset.plans if each.id == "jiadong-2021-2025")
    new = replace(plan, id=PACK, start_year=2026, end_year=2030, base_year=2025)
    rows = [
        goal(PACK, JIADONG, "ei_gdp_cut_annual", 3, "3%", id=f"{PACK}-t01", target_year=2030, base_year=2025),
        goal(PACK, JIADONG, "reuse_rate", 40, "40%", id=f"{PACK}-t02", target_year=2030, base_year=None),
        goal(PACK, CHENGBEI, "reuse_rate", 45, "45%", id=f"{PACK}-t03", target_year=2030, base_year=None),
    ]
    return changed(world.dataset, plans=(*world.dataset.plans, new), targets=(*world.dataset.targets, *rows))


@pytest.mark.parametrize(("year", "period"), [(2020, (2016, 2020)), (2021, (2021, 2025)), (2025, (2021, 2025))])
def test_a_five_year_plan_ends_in_a_year_that_five_divides(year: int, period: tuple[int, int]) -> None:
    assert five_years(year) == period


def test_years_inside_a_period() -> None:
    assert within([2015, 2020, 2025], (2016, 2025)) == [2020, 2025]
    assert within([2015], None) == [2015]


def test_periods_count_goals_by_their_year_and_works_by_their_plan(world: World) -> None:
    held = world.reader.periods.inside(DONGHE)
    goals = [each for each in world.dataset.targets if each.adcode == DONGHE]
    points = [each for each in world.dataset.points if each.adcode == DONGHE]
    assert held[2021, 2025] == len(goals) + len(points) > len(goals) > 0
    assert held[2026, 2030] == 0, "only the province has data of it"
    assert list(held) == sorted(held)
    assert world.reader.periods.inside(YI) == {}
    assert world.reader.periods.usual(YI) is None


def test_a_new_pack_of_two_rows_does_not_push_the_fuller_period_aside(with_two_rows: World) -> None:
    periods = with_two_rows.reader.periods
    for code in (JIADONG, JIA, CHINA):
        assert periods.usual(code) == (2021, 2025)
        assert (2026, 2030) in periods.inside(code)
    for query in ("", f"region={JIADONG}", f"region={JIADONG}&indicator=ei_gdp_cut_annual", f"region={JIA}"):
        assert with_two_rows.view(query).year == 2025, query


def test_an_indicator_with_as_many_goals_in_the_new_period_stays_in_the_usual_one(with_two_rows: World) -> None:
    assert with_two_rows.view(f"region={JIADONG}&indicator=reuse_rate").year == 2025
    assert with_two_rows.view(f"region={JIADONG}&indicator=reuse_rate&period=2026-2030").year == 2030


def test_a_year_with_many_more_goals_opens_whatever_the_usual_period(world: World) -> None:
    more = [
        goal(PACK, code, "forest_rise", 1, "1", id=f"{PACK}-{code}", target_year=2030, direction="increase")
        for code in (CHENGZHONG, CHENGBEI, DONGHE, JILIN)
    ]
    plan = replace(next(each for each in world.dataset.plans if each.id == "jiadong-2021-2025"), id=PACK)
    fuller = changed(world.dataset, plans=(*world.dataset.plans, plan), targets=(*world.dataset.targets, *more))
    assert fuller.view(f"region={JIADONG}&indicator=forest_rise").year == 2030


def settled(world: World, query: str) -> View:
    view = world.view(query)
    return settle(view, world.views.show(view).choices, parse_qsl(query))[0]


def test_a_link_to_a_period_opens_an_indicator_that_has_data_then(with_two_rows: World) -> None:
    view = settled(with_two_rows, f"region={JIADONG}&period=2026-2030")
    assert (view.indicator, view.year, view.period) == ("ei_gdp_cut", 2030, (2026, 2030)), "lent by the province"
    view = settled(with_two_rows, f"region={CHENGBEI}&period=2011-2015")
    assert (view.indicator, view.year) == ("ei_gdp_cut", 2015)
    asked = settled(with_two_rows, f"region={JIADONG}&period=2026-2030&indicator=coal_share")
    assert asked.indicator == "coal_share"


def test_parks_and_projects_follow_their_plan_s_period(with_two_rows: World) -> None:
    now = with_two_rows.show(f"region={JIADONG}&period=2021-2025")
    assert now.parks
    assert now.projects
    later = with_two_rows.show(f"region={JIADONG}&period=2026-2030")
    assert not later.parks
    assert not later.projects
