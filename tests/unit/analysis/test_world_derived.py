"""What the atlas computes in the made-up world, against the formulas written down once more."""

import math
from collections import Counter

import pytest

from geoapp.analysis.derived import COMPUTED, INDICATORS
from geoapp.analysis.undertakings import distinct
from geoapp.model.region import CHINA
from tests.data.world import World, changed
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIA, JIADONG, JILIN, SHIZI, XIHE
from tests.data.world_rows import DONGHE25, JIA25, JIADONG25

CUT = "ei_gdp_cut"


def values(world: World, indicator: str, plan: str, year: int = 2025, tier: str = "basic") -> dict[str, float | None]:
    return {
        each.adcode: each.value
        for each in world.dataset.derived
        if (each.indicator, each.plan, each.target_year) == (indicator, plan, year) and (each.tier or "basic") == tier
    }


def test_a_yearly_cut_is_the_cumulative_one_compounded(world: World) -> None:
    found = values(world, "d_annual", JIADONG25)
    for code, cut in ((JIADONG, 16), (CHENGZHONG, 0), (CHENGBEI, 20), (DONGHE, 18)):
        assert found[code] == pytest.approx(100 * (1 - math.pow(1 - cut / 100, 1 / 5)), abs=0.005)
    assert set(found) == {JIADONG, CHENGZHONG, CHENGBEI, DONGHE}
    assert values(world, "d_annual", JIADONG25, tier="incentive")[CHENGBEI] == pytest.approx(5.0, abs=0.02)
    assert values(world, "d_annual", DONGHE25)[DONGHE] == pytest.approx(4.01, abs=0.005)


def test_a_gap_is_to_the_nearest_goal_above_in_the_same_document(world: World) -> None:
    assert values(world, "d_gap", JIADONG25) == {CHENGZHONG: -16, CHENGBEI: 4, DONGHE: 2}
    assert values(world, "d_gap", JIA25) == {SHIZI: -2}
    assert values(world, "d_gap", JIADONG25, tier="incentive") == {CHENGBEI: pytest.approx(4.6), DONGHE: 0}
    assert values(world, "d_gap", DONGHE25) == {}


def test_a_level_is_the_base_years_less_its_cut(world: World) -> None:
    assert values(world, "d_level_2025", JIADONG25) == {JIADONG: 0.84}
    assert values(world, "d_level_2025", DONGHE25) == {DONGHE: 0.652}
    assert values(world, "d_level_2025", JIADONG25, tier="incentive") == {JIADONG: 0.82}


@pytest.mark.parametrize(("indicator", "kind"), [("d_park_count", "parks"), ("d_project_count", "projects")])
def test_what_a_document_names_is_counted_in_its_region_and_each_part(world: World, indicator: str, kind: str) -> None:
    for plan in world.dataset.plans:
        points = [point for point in getattr(world.dataset, kind) if point.plan == plan.id]
        points = [point for point in points if kind == "parks" or point.nature == "work"]
        wanted = {}
        for code in world.gazetteer.regions:
            inside = [p for p in points if world.gazetteer.is_within(p.adcode, code)]
            if inside and world.gazetteer.is_within(code, plan.region):
                shared = {p.name for p in inside if "shared_across_regions" in p.caveats}
                wanted[code] = len([p for p in inside if p.name not in shared]) + len(shared)
        assert values(world, indicator, plan.id, plan.end_year) == wanted
        assert CHINA not in wanted


def test_a_project_of_two_counties_stands_once(world: World) -> None:
    groups = distinct([work for work in world.dataset.projects if work.plan == JIADONG25])
    sizes = Counter(len(group) for group in groups)
    assert sizes[2] == 2
    work, action = (group for group in groups if len(group) == 2)
    assert [(group[0].nature, {each.adcode for each in group}) for group in (work, action)] == [
        ("work", {CHENGZHONG, CHENGBEI}),
        ("action", {CHENGZHONG, CHENGBEI}),
    ]


def test_what_is_computed_says_so_and_from_what(world: World) -> None:
    for each in world.dataset.derived:
        assert each.caveats[0] == COMPUTED
        assert each.section
        assert each.value_text
        assert each.id.startswith(f"{each.plan}-{each.indicator}-{each.adcode}")
    level = next(t for t in world.dataset.derived if t.indicator == "d_level_2025" and t.plan == JIADONG25)
    assert level.section == "一;附件1"
    assert (level.base_year, level.target_year, level.direction) == (2020, 2025, "reach")
    annual = next(t for t in world.dataset.derived if t.indicator == "d_annual" and t.plan == JIADONG25)
    assert (annual.direction, annual.unit) == ("reduce", "%")


def test_what_is_computed_is_own_or_none_and_never_lent(world: World) -> None:
    for indicator in INDICATORS:
        assert not indicator.inherit
        assert indicator.derived
        statuses = {world.resolve(code, indicator.id).status for code in (JIA, JIADONG, DONGHE, JILIN, XIHE, SHIZI)}
        assert statuses <= {"own", "none"}
    lent = world.resolve(JILIN, "d_level_2025")
    assert (lent.status, [step.say("zh") for step in lent.path]) == ("none", ["𠮷林县：文件没有可供计算的数值"])


def test_nothing_is_computed_without_its_inputs(world: World) -> None:
    bare = changed(world.dataset, targets=(), statistics=(), parks=(), projects=())
    assert bare.dataset.derived == ()
    no_base = tuple(s for s in world.dataset.statistics if s.indicator != "ei_gdp_level")
    assert not [t for t in changed(world.dataset, statistics=no_base).dataset.derived if t.indicator == "d_level_2025"]


def test_a_tables_cut_goes_before_the_proses(world: World) -> None:
    targets = tuple(t for t in world.dataset.targets if t.indicator == CUT and t.plan == JIADONG25)
    assert {t.section for t in targets if t.adcode == JIADONG} == {"二", "附件1"}
    found = changed(world.dataset, targets=targets).dataset.derived
    assert {t.section for t in found if t.indicator == "d_annual" and t.adcode == JIADONG} == {"附件1"}
