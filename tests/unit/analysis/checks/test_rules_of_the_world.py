"""Each consistency rule at its own limits: what it must flag, what it must leave alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.analysis.checks import changes, pairs, places, rates, sums
from geoapp.analysis.checks.finding import RuleResult, half_step, in_table, is_exact
from geoapp.analysis.checks.rates import annual_from_cumulative, cumulative_from_annual
from geoapp.analysis.consistency import RULES, Consistency
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.dataset import Dataset
from geoapp.model.plan import Statistic, Target
from geoapp.model.region import Adcode
from tests.data.world import World, build_world, figure, goal
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIA, JIADONG, JIAXI, JILIN, YI
from tests.data.world_rows import JIADONG25, JIAXI25

Severities = list[tuple[str, tuple[str, ...]]]
DATA = build_world().dataset


def flagged(result: RuleResult, severity: str = "contradiction") -> list[tuple[str, ...]]:
    """The records of the findings of a severity."""
    return [each.records for each in result.findings if each.severity == severity]


def with_goals(*goals: Target, keep: Callable[[Target], bool] = lambda _: False) -> Dataset:
    """The world with these goals, and of its own only those that ``keep`` takes."""
    return replace(DATA, targets=(*(t for t in DATA.targets if keep(t)), *goals))


def with_figures(*figures: Statistic) -> Dataset:
    return replace(DATA, statistics=figures)


def cut(value: float | None, text: str, code: Adcode = CHENGBEI, **differs: Any) -> Target:
    return goal(JIADONG25, code, "ei_gdp_cut", value, text, **{"section": "附件1", **differs})


def test_the_world_contradicts_itself_where_it_was_made_to(world: World) -> None:
    found = Consistency(world.dataset, world.gazetteer)
    rules = {each.rule for each in found.findings if each.severity == "contradiction"}
    assert rules == set()
    assert set(found.rule_results) == {*RULES, "marked"}
    assert {each.rule for each in found.findings} == {"cumulative_annual", "stretch_ratio", "results"}
    compared = {name: result.compared for name, result in found.rule_results.items()}
    assert compared["shares"] == compared["counts"] == compared["growth"] == compared["base_to_target"] == 1
    assert compared["stretch"] == 4
    assert compared["outside_plan"] == sum(
        len(getattr(world.dataset, kind)) for kind in ("targets", "statistics", "parks", "projects")
    )


# Two tiers


@pytest.mark.parametrize(
    ("basic", "incentive", "wrong"), [(18, 18, False), (18, 18.1, False), (18, 17.9, True), (0, 0, False)]
)
def test_an_incentive_may_equal_the_basic_goal_but_not_ask_for_less(
    basic: float, incentive: float, wrong: bool
) -> None:
    one = cut(basic, str(basic), id="one", tier="basic")
    two = cut(incentive, str(incentive), id="two", tier="incentive")
    result = pairs.stretch(with_goals(one, two))
    assert result.compared == 1
    assert flagged(result) == ([("one", "two")] if wrong else [])


def test_tiers_of_other_regions_years_or_without_numbers_are_no_pair() -> None:
    one = cut(18, "18", id="one", tier="basic")
    others = (
        cut(1, "1", id="a", tier="incentive", code=CHENGZHONG),
        cut(1, "1", id="b", tier="incentive", target_year=2030),
        cut(None, "/", id="c", tier="incentive"),
        cut(1, "1", id="d", tier="incentive", direction="at_most"),
    )
    assert pairs.stretch(with_goals(one, *others)).compared == 0


def test_a_goal_without_a_tier_is_the_basic_one_and_a_table_goes_before_prose() -> None:
    prose = cut(10, "10%", id="prose", section="二")
    table = cut(18, "18", id="table")
    high = cut(15, "15", id="high", tier="incentive")
    assert flagged(pairs.stretch(with_goals(prose, table, high))) == [("table", "high")]


def ratios(*values: tuple[float, float]) -> RuleResult:
    codes = (CHENGBEI, CHENGZHONG, DONGHE, JILIN, JIADONG)
    made = [
        each
        for code, (basic, incentive) in zip(codes, values, strict=False)
        for each in (
            cut(basic, f"{basic:g}", code, id=f"{code}-basic", tier="basic"),
            cut(incentive, f"{incentive:g}", code, id=f"{code}-incentive", tier="incentive"),
        )
    ]
    return pairs.stretch_ratio(with_goals(*made))


def test_a_common_ratio_is_said_from_three_pairs_on() -> None:
    assert ratios((10, 12), (20, 24)).findings == ()
    (common,) = ratios((10, 12), (20, 24), (15, 18)).findings
    assert (common.sentence.values["ratio"], common.sentence.values["count"]) == ("6/5", 3)
    assert common.scope == "document"
    assert len(common.records) == 6


def test_the_pair_that_misses_the_ratio_is_named_and_a_zero_is_none() -> None:
    common, odd = ratios((10, 12), (20, 24), (15, 18), (30, 45)).findings
    assert common.sentence.values["count"] == 3
    assert odd.records == (f"{JILIN}-basic", f"{JILIN}-incentive")
    assert ratios((10, 12), (20, 24), (0, 0)).findings == ()


# One thing said twice


def test_two_values_of_one_key_contradict_and_equal_ones_do_not() -> None:
    same = (cut(16, "16", id="a"), cut(16, "16.0%", id="b", section="二"))
    assert flagged(pairs.two_values(with_goals(*same))) == []
    other = (cut(16, "16", id="a"), cut(16.5, "16.5%", id="b", section="二"))
    result = pairs.two_values(with_goals(*other))
    assert flagged(result) == [("a", "b")]
    assert result.findings[0].rule == "table_and_prose"
    prose = tuple(replace(each, section="二") for each in other)
    assert pairs.two_values(with_goals(*prose)).findings[0].rule == "two_values"


@pytest.mark.parametrize(
    "differs",
    [
        {"adcode": CHENGZHONG},
        {"target_year": 2030},
        {"tier": "incentive"},
        {"plan": JIAXI25},
        {"unit": "‰"},
        {"indicator": "reuse_rate"},
        {"value": None},
    ],
)
def test_what_differs_in_its_key_is_not_compared(differs: dict[str, Any]) -> None:
    other = replace(cut(18, "18", id="b"), **differs)
    assert flagged(pairs.two_values(with_goals(cut(16, "16", id="a"), other))) == []


def test_figures_are_held_against_each_other_only_where_exact() -> None:
    one = figure(JIADONG25, JIADONG, "coal_share", 2020, 60, "60%", "%")
    two = replace(one, id="two", value=61.0, value_text="61%", section="附件1")
    assert flagged(pairs.two_values(with_figures(one, two))) == [(one.id, "two")]
    about = replace(two, value_text="61%左右")
    period = replace(two, caveats=("period_value",))
    later = replace(two, year=2021)
    for other in (about, period, later):
        assert flagged(pairs.two_values(with_figures(one, other))) == []


def test_units_of_one_indicator() -> None:
    def unit(*units: str) -> RuleResult:
        goals = (cut(1, "1", id=f"t{n}", unit=each) for n, each in enumerate(units))
        return pairs.units(replace(with_goals(*goals), statistics=()))

    assert flagged(unit("%", "%")) == []
    assert flagged(unit("%", "个百分点")) == [("t0", "t1")]
    assert flagged(unit("%", "‰")) == [("t0", "t1")]
    assert flagged(unit("%", "万吨"), "note") == [("t1",)]
    assert unit("%", "").findings == ()
    assert unit("%", "%", "").compared == 3
    assert pairs.units(DATA).findings == ()  # 亿吨, 万吨 and 吨标准煤 of energy saved are one measure


# Rates


@given(st.floats(0.01, 80), st.integers(1, 10))
def test_a_yearly_and_a_cumulative_cut_are_inverse(value: float, years: int) -> None:
    assert cumulative_from_annual(annual_from_cumulative(value, years), years) == pytest.approx(value)
    assert annual_from_cumulative(value, 1) == pytest.approx(value)
    assert annual_from_cumulative(value, years) <= value * (1 + 1e-12)


def yearly(total: float, annual: float, text: str, **differs: Any) -> RuleResult:
    one = cut(total, f"{total:g}", id="total")
    two = replace(one, id="annual", indicator="ei_gdp_cut_annual", value=annual, value_text=text, **differs)
    return rates.cumulative_annual(with_goals(one, two))


@pytest.mark.parametrize(
    ("total", "annual", "text", "agrees"),
    [
        (16, 3.43, "3.43%", True),
        (16, 3.4, "3.4%", True),
        (16, 3.2, "3.2%", False),
        (16, 3, "3%", True),
        (14, 3, "3%", True),
        (16.2, 3.43, "3.43%", False),
        (15.8, 3.43, "3.43%", False),
    ],
)
def test_a_yearly_rate_stands_for_what_its_print_rounds(total: float, annual: float, text: str, agrees: bool) -> None:
    result = yearly(total, annual, text)
    assert result.compared == 1
    assert (flagged(result) == []) is agrees
    assert (flagged(result, "note") == [("total", "annual")]) is agrees


def test_rates_of_other_years_regions_or_plans_are_not_compared() -> None:
    for differs in ({"target_year": 2030}, {"adcode": CHENGZHONG}, {"plan": JIAXI25}, {"tier": "incentive"}):
        assert yearly(16, 1, "1%", **differs).compared == 0
    assert yearly(16, 1, "1%", base_year=None).compared == 1, "the base of one stands for both"


def levels(first: float, last: float, cut_said: float | None, annual: float | None, year: int = 2020) -> RuleResult:
    def said(name: str, year: int, value: float, text: str) -> Statistic:
        return figure(JIADONG25, JIADONG, name, year, value, text, "%")

    made = [said("ei_gdp_level", 2015, first, f"{first:g}"), said("ei_gdp_level", 2020, last, f"{last:g}")]
    if cut_said is not None:
        made.append(said("ei_gdp_cut", year, cut_said, f"{cut_said:g}%"))
    if annual is not None:
        made.append(said("ei_gdp_cut_annual", year, annual, f"{annual:g}%"))
    return rates.levels_and_rates(with_figures(*made))


@pytest.mark.parametrize(
    ("cut_said", "annual", "wrong"),
    [(20, None, 0), (20.6, None, 1), (20, 4.36, 0), (20, 4.5, 1), (19, 3, 2), (None, 4.36, 0)],
)
def test_two_levels_make_the_cut_that_is_reported(cut_said: float | None, annual: float | None, wrong: int) -> None:
    result = levels(1.25, 1.0, cut_said, annual)
    assert result.compared == 1
    assert [len(records) for records in flagged(result)] == ([2 + wrong] if wrong else [])


def test_levels_without_a_report_of_their_last_year_say_nothing() -> None:
    assert levels(1.25, 1.0, None, None).compared == 0
    assert levels(1.25, 1.0, 50, None, year=2019).compared == 0


# Sums


def mix(*values: float, years: tuple[int, ...] = (2020,) * 4) -> RuleResult:
    names = ("coal_share", "oil_share", "gas_share", "new_energy_share")
    made = [
        figure(JIADONG25, JIADONG, name, year, value, f"{value:g}%", "%")
        for name, value, year in zip(names, values, years, strict=False)
    ]
    return sums.shares(with_figures(*made))


@pytest.mark.parametrize(
    ("last", "wrong"), [(15, False), (15.5, False), (14.5, False), (15.51, True), (14.49, True), (25, True)]
)
def test_the_shares_of_a_mix_make_a_hundred(last: float, wrong: bool) -> None:
    result = mix(60, 15, 10, last)
    assert result.compared == 1
    assert bool(flagged(result)) is wrong


def test_a_mix_that_is_not_whole_is_not_added_up() -> None:
    assert mix(60, 15, 10).compared == 0
    mixed = mix(60, 15, 10, 15, years=(2020, 2020, 2020, 2019))
    assert (mixed.compared, flagged(mixed), len(flagged(mixed, "note"))) == (1, [], 1)
    assert flagged(mix(60, 15, 10, 45, years=(2020, 2020, 2020, 2019))) == []


@pytest.mark.parametrize(("total", "wrong"), [(12, False), (13, True), (11, True)])
def test_the_branches_make_the_total(total: float, wrong: bool) -> None:
    def count(name: str, value: float, year: int = 2020) -> Statistic:
        return figure(JIADONG25, JIADONG, name, year, value, f"{value:g}家", "家")

    made = (
        count("energy_units_total", total),
        count("energy_units_power", 5),
        count("energy_units_steel", 7),
        count("energy_units_steel", 99, 2019),
    )
    result = sums.counts(with_figures(*made))
    assert result.compared == 1
    assert bool(flagged(result)) is wrong
    assert sums.counts(with_figures(made[0])).compared == 0


def left_over(coal: float, clean: float, oil: float, gas: float) -> RuleResult:
    goals = [
        goal(JIADONG25, JIADONG, name, value, f"{value:g}%", id=name)
        for name, value in (("coal_share", coal), ("nonfossil_share", clean))
    ]
    before = [
        figure(JIADONG25, JIADONG, name, 2020, value, f"{value:g}%", "%")
        for name, value in (("oil_share", oil), ("gas_share", gas), ("coal_share", 70), ("new_energy_share", 10))
    ]
    before += [replace(each, id="else", value=99.0, adcode=YI) for each in before[:2]]
    before += [replace(each, id="other", value=99.0, plan=JIAXI25) for each in before[:2]]
    return sums.remainder(replace(with_goals(*goals), statistics=tuple(before)))


def test_what_two_goals_leave_is_noted_from_twice_the_base_on() -> None:
    assert left_over(40, 20, 10, 10).findings == (), "40 % is just twice 20 %"
    assert len(left_over(39, 20, 10, 10).findings) == 1
    assert left_over(60, 20, 10, 10).findings == ()
    assert left_over(39, 20, 10, 10).compared == 1


# From base to target


def change(base: float, target: float, said: float, text: str, **differs: Any) -> RuleResult:
    before = replace(figure(JIADONG25, JIADONG, "uec_steel", 2020, base, f"{base:g}", "%"), section="附件2")
    end = goal(JIADONG25, JIADONG, "uec_steel", target, f"{target:g}", id="goal", section="附件2")
    stated = goal(JIADONG25, JIADONG, "uec_steel_change", said, text, id="change", section="附件2")
    stated = replace(stated, **differs)
    return changes.base_to_target(replace(with_goals(end, stated), statistics=(before,)))


@pytest.mark.parametrize(
    ("base", "target", "said", "text", "severity"),
    [
        (600, 540, -10, "[-10%]", None),
        (600, 540, -11, "[-11%]", "contradiction"),
        (600, 540, 10, "[10%]", "contradiction"),
        (600, 540, -60, "-60", None),
        (600, 540, -61, "-61", "contradiction"),
        (600, 541.5, -10, "[-10%]", None),
        (-20, -21, -5, "[-5%]", "note"),
        (-20, -21, -1, "-1", None),
        (3, 2, -33.3, "[-33.3%]", None),
        (3, 2, -33.2, "[-33.2%]", "contradiction"),
    ],
)
def test_a_printed_change_is_what_its_ends_make(
    base: float, target: float, said: float, text: str, severity: str | None
) -> None:
    result = change(base, target, said, text)
    assert result.compared == 1
    assert [each.severity for each in result.findings] == ([severity] if severity else [])


def test_ends_of_another_table_year_or_region_are_not_the_ends() -> None:
    for differs in ({"section": "附件1"}, {"target_year": 2030}, {"base_year": 2015}, {"adcode": CHENGBEI}):
        assert change(600, 540, -99, "-99", **differs).compared == 0


@pytest.mark.parametrize(
    ("said", "text", "wrong"), [(20, "20%", False), (20.4, "20.4%", True), (19, "19%", True), (20.0, "20.0%", False)]
)
def test_a_growth_is_what_the_series_makes(said: float, text: str, wrong: bool) -> None:
    def use(year: int, value: float) -> Statistic:
        return figure(JIADONG25, JIADONG, "elec_use", year, value, f"{value:g}", "亿千瓦时")

    rate = figure(JIADONG25, JIADONG, "elec_use_growth", 2020, said, text, "%")
    series = (use(2015, 50), use(2018, 55), use(2020, 60), use(2021, 99))
    result = changes.growth(with_figures(*series, rate))
    assert result.compared == 1
    assert bool(flagged(result)) is wrong
    assert changes.growth(with_figures(use(2015, 50), use(2019, 55), rate)).compared == 0
    assert changes.growth(with_figures(use(2020, 60), rate)).compared == 0


# Places


def test_a_record_outside_its_plan_is_a_contradiction(world: World) -> None:
    inside, outside = cut(1, "1", id="in", code=JIADONG), cut(1, "1", id="out", code=YI)
    data = replace(with_goals(inside, outside), statistics=(), parks=(), projects=())
    result = places.outside_plan(data, world.gazetteer)
    assert (result.compared, flagged(result)) == (2, [("out",)])


def parts(whole: float, *values: float, direction: str = "reduce") -> RuleResult:
    codes = (CHENGZHONG, CHENGBEI, DONGHE, JILIN)
    made = [cut(whole, f"{whole:g}", JIADONG, id="whole", direction=direction)]
    made += [cut(v, f"{v:g}", code, id=code, direction=direction) for code, v in zip(codes, values, strict=False)]
    return places.child_range(with_goals(*made), Gazetteer(DATA.regions, DATA.aliases))


@pytest.mark.parametrize(
    ("whole", "values", "severity"),
    [
        (16, (10, 20, 16, 18), None),
        (10, (10, 20, 16, 18), None),
        (20, (10, 20, 16, 18), "note"),
        (16, (16, 16, 16, 16), None),
        (9.9, (10, 20, 16, 18), "contradiction"),
        (20.1, (10, 20, 16, 18), "contradiction"),
        (16.1, (10, 20, 16, 18), "note"),
    ],
)
def test_a_whole_lies_between_its_parts(whole: float, values: tuple[float, ...], severity: str | None) -> None:
    result = parts(whole, *values)
    assert result.compared == 1
    assert [each.severity for each in result.findings] == ([severity] if severity else [])
    assert all(each.scope == ("document" if severity == "note" else "records") for each in result.findings)


def test_parts_that_are_not_all_there_say_nothing_of_the_whole() -> None:
    assert parts(99, 10, 20, 16).compared == 0
    assert parts(17, 10, 20, 16, 18, direction="reach").findings == ()


# Marks and words of a figure


@pytest.mark.parametrize(
    ("text", "half"),
    [("2.52%", 0.005), ("12%", 0.5), ("-16.5", 0.05), ("１２．５％", 0.05), ("Ⅱ类", 0.5), ("[-10.88%]", 0.005)],
)
def test_half_of_the_last_printed_digit(text: str, half: float) -> None:
    assert half_step(cut(1, text)) == pytest.approx(half)


@pytest.mark.parametrize(
    ("section", "table"),
    [("附件1", True), ("附件3 #31", True), ("一(一)2 表1", True), ("二", False), ("三(八)", False)],
)
def test_a_table_is_told_from_prose(section: str, table: bool) -> None:
    assert in_table(cut(1, "1", section=section)) is table


def test_only_one_years_exact_number_is_exact() -> None:
    one = figure(JIADONG25, JIADONG, "coal_share", 2020, 60, "60%", "%")
    assert is_exact(one)
    assert not is_exact(replace(one, value=None))
    assert not is_exact(replace(one, value_text="60%左右"))
    assert not is_exact(replace(one, caveats=("period_value",)))


def test_what_was_marked_and_no_rule_found_is_shown_once(world: World) -> None:
    marked = [replace(t, caveats=("contradicts_other",)) if t.adcode == JIAXI else t for t in DATA.targets]
    found = Consistency(replace(DATA, targets=tuple(marked)), world.gazetteer)
    notes = [each for each in found.findings if each.rule == "marked"]
    assert {each.plan for each in notes} == {JIAXI25}
    assert sorted(record for each in notes for record in each.records) == sorted(
        t.id for t in marked if t.caveats == ("contradicts_other",)
    )
    assert all(each.severity == "note" for each in notes)


def test_a_card_gets_its_own_findings_contradictions_first(world: World) -> None:
    data = with_goals(
        cut(16, "16", id="a", tier="basic"),
        cut(17, "17%", id="b", tier="basic", section="二"),
        cut(1, "1", id="c", tier="incentive"),
    )
    found = Consistency(replace(data, statistics=()), world.gazetteer)
    severities = [each.severity for each in found.findings]
    assert severities == sorted(severities)
    assert [each.rule for each in found.of("a")] == ["table_and_prose", "stretch"]
    assert found.of("nothing") == []
    assert found.title("stretch").say("zh") != found.title("marked").say("zh")


# Results


def test_a_result_that_cannot_be_held_against_its_goal_is_named_with_the_reason(world: World) -> None:
    found = Consistency(world.dataset, world.gazetteer).rule_results["results"]
    said = {finding.records: finding.sentence.say("zh") for finding in found.findings}
    bulletin = next(f for f in DATA.statistics if f.adcode == JIA and f.indicator == "ei_gdp_cut")
    basic = next(t for t in DATA.targets if t.adcode == JIA and t.value_text == "14%以上")
    assert said[bulletin.id, basic.id] == (
        "甲省单位GDP能耗累计降低率 2024年 30%（一）不与目标 14%以上 比较：结果以2015年为基年，目标以2020年为基年。"
    )
    assert {records[0] for records in said} == {bulletin.id}
    assert found.compared > len(found.findings)
