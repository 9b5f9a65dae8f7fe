"""Every way an answer comes about, in the made-up world: own, lent, withheld, none; and what is said of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.analysis.resolution.resolve import Resolution
from geoapp.model.plan import Target
from geoapp.model.region import CHINA, Adcode, Level
from geoapp.model.vocabulary import Tier
from tests.data.world import World, build_world, changed, goal
from tests.data.world_map import (
    CHENGBEI,
    CHENGZHONG,
    DONGHE,
    DONGJI,
    JIA,
    JIADONG,
    JIAXI,
    JILIN,
    REGION_CODES,
    SHIZI,
    XIHE,
    YI,
)
from tests.data.world_rows import DONGHE25, JIA25, JIADONG25, JIAXI25

WORLD = build_world()
SILENT = ("none", "not_collected")


def said(answer: Resolution) -> list[str]:
    return [step.say("zh") for step in answer.path]


def own(code: Adcode, indicator: str, year: int, tier: Tier) -> list[Target]:
    """The goals a document prints for a region, found by looking through all of them."""
    wanted = ("incentive",) if tier == "incentive" else ("basic", None)
    return [
        each
        for each in (*WORLD.dataset.targets, *WORLD.dataset.derived)
        if (each.adcode, each.indicator, each.target_year) == (code, indicator, year) and each.tier in wanted
    ]


@pytest.mark.parametrize(
    ("code", "tier", "status", "value", "giver"),
    [
        (JIA, "basic", "own", 14, JIA),
        (JIA, "incentive", "own", 15, JIA),
        (JIADONG, "basic", "own", 16, JIADONG),
        (CHENGZHONG, "basic", "own", 0, CHENGZHONG),
        (CHENGBEI, "basic", "own", 20, CHENGBEI),
        (CHENGBEI, "incentive", "own", 22.6, CHENGBEI),
        (SHIZI, "basic", "own", 12, SHIZI),
        (SHIZI, "incentive", "parent", 15, JIA),
        (JILIN, "basic", "parent", 16, JIADONG),
        (JILIN, "incentive", "parent", 18, JIADONG),
        (JIAXI, "basic", "own", 13, JIAXI),
        (JIAXI, "incentive", "parent", 15, JIA),
    ],
)
def test_who_gives_the_goal(world: World, code: Adcode, tier: Tier, status: str, value: float, giver: Adcode) -> None:
    answer = world.resolve(code, tier=tier)
    assert answer.target is not None
    assert answer.from_region is not None
    assert (answer.status, answer.target.value, answer.from_region.adcode) == (status, value, giver)
    assert answer.target.adcode == giver
    assert answer.plan is not None
    assert (answer.plan.id, answer.section) == (answer.target.plan, answer.target.section)
    assert (answer.year, answer.tier, answer.region.adcode) == (2025, tier, code)


def test_the_nearest_of_two_lenders_lends(world: World) -> None:
    answer = world.resolve(JILIN)
    assert said(answer) == ["𠮷林县：文件未列本级目标", "甲东市：本级目标，未分解到𠮷林县"]
    without = changed(
        world.dataset,
        targets=tuple(t for t in world.dataset.targets if not (t.adcode == JIADONG and t.indicator == "ei_gdp_cut")),
    )
    farther = without.resolve(JILIN)
    assert farther.from_region is not None
    assert (farther.status, farther.from_region.adcode) == ("parent", JIA)


def test_a_parent_that_prints_a_slash_lends_nothing_and_the_next_one_does(world: World) -> None:
    answer = world.resolve(JILIN, "coal_share")
    assert answer.target is not None
    assert (answer.status, answer.target.value, answer.target.adcode) == ("parent", 55, JIA)
    slash = world.resolve(JIADONG, "coal_share")
    assert (slash.status, slash.from_region) == ("none", None)
    assert said(slash)[-1] == "附件1印“/”：不设此目标"


def test_a_slash_of_the_higher_tier_is_none_and_names_its_plan(world: World) -> None:
    answer = world.resolve(CHENGZHONG, tier="incentive")
    assert answer.status == "none"
    assert answer.target is not None
    assert (answer.target.value_text, answer.plan and answer.plan.id) == ("/", JIADONG25)


def test_only_the_level_of_the_annex_is_withheld(world: World) -> None:
    hidden = world.resolve(XIHE)
    assert (hidden.status, hidden.target, hidden.alternatives) == ("not_published", None, ())
    assert hidden.from_region is not None
    assert hidden.plan is not None
    assert (hidden.from_region.adcode, hidden.plan.id, hidden.section) == (JIAXI, JIAXI25, "附件1")
    assert said(hidden) == ["西河县：文件未列本级目标", "附件1《各县降幅》未公开", "甲西地区目标 13%，仅供参照"]
    # 附件2 holds goals of prefectures: nothing of a county is withheld in it, so the prefecture lends.
    lent = world.resolve(XIHE, "coal_share")
    assert lent.target is not None
    assert (lent.status, lent.target.value) == ("parent", 50)


def test_what_is_withheld_in_one_plan_is_not_withheld_elsewhere_or_in_another_period(world: World) -> None:
    assert world.resolve(JILIN).status == "parent"
    assert world.resolve(XIHE, year=2015).status == "parent"
    assert world.resolve(XIHE, year=2030).status == "parent"
    assert world.resolve(JIAXI, "coal_share").status == "own"


def test_the_region_of_the_plan_itself_is_never_withheld(world: World) -> None:
    plans = tuple(
        replace(plan, unpublished=tuple(replace(annex, level=Level.PREFECTURE) for annex in plan.unpublished))
        for plan in world.dataset.plans
    )
    targets = tuple(t for t in world.dataset.targets if t.plan != JIAXI25)
    answer = changed(world.dataset, plans=plans, targets=targets).resolve(JIAXI)
    assert (answer.status, answer.from_region and answer.from_region.adcode) == ("parent", JIA)


def test_two_documents_both_stand_and_the_table_comes_first(world: World) -> None:
    answer = world.resolve(DONGHE)
    assert answer.target is not None
    assert (answer.target.plan, answer.target.value) == (JIADONG25, 18)
    assert [(each.plan, each.value) for each in answer.alternatives] == [(DONGHE25, 18.5)]
    assert said(answer)[-1] == "另有文件数值不同：18.5%左右（二）"


def test_a_value_printed_twice_is_no_other_value(world: World) -> None:
    answer = world.resolve(JIADONG)
    assert answer.alternatives == ()
    assert answer.section == "附件1"


@pytest.mark.parametrize("indicator", ["energy_saving", "wind_capacity", "green_factories"])
def test_sums_are_never_lent_and_it_is_said_why(world: World, indicator: str) -> None:
    answer = world.resolve(JILIN if indicator != "wind_capacity" else XIHE, indicator)
    assert (answer.status, answer.target, answer.from_region, answer.plan) == ("none", None, None, None)
    lends = any(own(code, indicator, 2025, "basic") for code in (JIADONG, JIA) if answer.region.adcode == JILIN)
    assert (said(answer)[-1] == "上级目标为总量或个数，不向下沿用") is lends


def test_what_only_a_part_has_is_not_lent_and_it_is_said_why(world: World) -> None:
    answer = world.resolve(JILIN, "uec_steel_change")
    assert said(answer) == ["𠮷林县：文件未列本级目标", "上级目标只属于上级或只涉及部分区域，不向下沿用"]


def test_where_no_document_speaks_nothing_is_said_of_parents(world: World) -> None:
    for code in (YI, DONGJI, CHINA):
        answer = world.resolve(code)
        assert answer.status in ("none", "not_collected")
        assert (answer.target, len(answer.path)) == (None, 1)


def test_a_former_name_is_said_for_the_years_it_was_in_use(world: World) -> None:
    def carried(year: int | None) -> list[str]:
        return [each.say("zh") for each in world.resolver.carried(world.gazetteer[XIHE], year, None)]

    was = "{year}年时为旧河县，2018-06-30起为西河县，目标按今天的区划沿用"
    assert carried(2015) == [was.format(year=2015)]
    assert carried(2018) == [was.format(year=2018)]
    assert carried(2019) == carried(None) == []
    assert was.format(year=2015) in said(world.resolve(XIHE, year=2015))
    assert not any("旧河县" in step for step in said(world.resolve(XIHE, year=2030)))


def test_periods_never_meet(world: World) -> None:
    values = {year: world.resolve(JIA, year=year).target for year in (2015, 2025, 2030)}
    assert {year: each and each.value for year, each in values.items()} == {2015: 10, 2025: 14, 2030: 11}
    assert world.resolve(JIADONG, year=2020).status == "none"


def test_years_tiers_and_counts(world: World) -> None:
    resolver = world.resolver
    assert resolver.years("ei_gdp_cut") == [2015, 2025, 2030]
    assert resolver.years("nothing") == []
    assert resolver.tiers("ei_gdp_cut", 2025) == {"basic", "incentive"}
    assert resolver.tiers("ei_gdp_cut", 2015) == {"basic"}
    assert resolver.tiers("ei_gdp_cut", 1999) == set()
    assert resolver.goal_counts("ei_gdp_cut", 2015) == {JIA: 1, JIADONG: 1}
    assert resolver.goal_counts("ei_gdp_cut", 1999) == {}


@given(
    st.sampled_from(REGION_CODES),
    st.sampled_from([each.id for each in WORLD.dataset.indicators]),
    st.sampled_from([2015, 2025, 2030]),
    st.sampled_from(["basic", "incentive"]),
)
def test_every_question_has_one_answer_by_the_rules(code: Adcode, indicator: str, year: int, tier: Tier) -> None:
    """The rules once more, written down plainly, against the resolver."""
    answer, known = WORLD.resolve(code, indicator, year, tier), WORLD.resolver.indicators[indicator]
    above = [each.adcode for each in WORLD.gazetteer.parents(code) if each.adcode != CHINA]
    mine = own(code, indicator, year, tier)
    lending = [each for each in above if (found := own(each, indicator, year, tier)) and found[0].value_text != "/"]
    withheld = [
        plan.id
        for plan in WORLD.dataset.plans
        for annex in plan.unpublished
        if plan.end_year == year
        and plan.region in above
        and indicator in annex.indicators
        and annex.level in WORLD.gazetteer[code].levels
    ]
    if mine:
        expected = "none" if all(each.value_text == "/" for each in mine) else "own"
    elif withheld:
        expected = "not_published"
    else:
        expected = "parent" if known.inherit and lending else "none"
    if answer.status == "not_collected":
        covered = {plan.region for plan in WORLD.dataset.plans}
        assert expected == "none"
        assert not covered & {code, *above}, "a document speaks of it"
    else:
        assert answer.status == expected
    if expected == "parent":
        assert answer.target is not None
        assert answer.target.adcode == lending[0]


def test_a_goal_without_a_number_beside_one_with_a_number_is_another_value(world: World) -> None:
    worded = goal(JIA25, JIA, "ei_gdp_cut", None, "明显下降", id="worded", tier="basic")
    answer = changed(world.dataset, targets=(*world.dataset.targets, worded)).resolve(JIA)
    assert [each.value_text for each in answer.alternatives] == ["明显下降"]


def test_choices_hold_exactly_what_has_an_answer(world: World) -> None:
    for code in REGION_CODES:
        choices = world.show(f"region={code}").choices
        inside = [each for each in REGION_CODES if world.gazetteer.is_within(each, code)]
        for indicator in (each for each in world.dataset.indicators if each.draw != "none"):
            for year in (2015, 2025, 2030):
                for tier in ("basic", "incentive"):
                    there = any(
                        world.resolver.shown(each, indicator.id, year, tier).status not in SILENT for each in inside
                    )
                    offered = tier in choices.get(indicator.id, {}).get(year, ())
                    assert offered is there, (code, indicator.id, year, tier)


def test_choices_come_in_the_order_of_the_vocabulary_and_of_years(world: World) -> None:
    choices = world.show(f"region={JIA}").choices
    order = [each.id for each in world.dataset.indicators]
    assert list(choices) == sorted(choices, key=order.index)
    assert list(choices["ei_gdp_cut"]) == [
        2015,
        2020,
        2023,
        2024,
        2025,
        2030,
    ]  # the published figures of 2020, 2023, 2024 too
    assert choices["ei_gdp_cut"][2025] == ("basic", "incentive")
    assert "coal_words" not in choices
