"""Which results meet which goal, on the made-up world and its records changed: every trap has a test."""

from dataclasses import replace
from typing import Any

import pytest

from geoapp.analysis.progress.evidence import (
    ANOTHER_SCOPE,
    ANOTHER_UNIT,
    LATER,
    RESULT_WITHOUT_BASE,
    another_base,
)
from geoapp.analysis.progress.method import NO_BASE
from geoapp.analysis.progress.tracker import NO_NUMBER, YEARS_MISSING, Progress, Tracker
from geoapp.model.plan import LESS, Statistic, Target
from geoapp.model.region import Adcode
from geoapp.model.vocabulary import Tier
from tests.data.world import build_world, figure, goal, open_world
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIA, JIADONG, JIAXI, JILIN, SHIZI
from tests.data.world_rows import JIADONG25, RESULTS

WORLD = build_world()
DATA = WORLD.dataset


def of(code: Adcode, tier: Tier = "basic", indicator: str = "ei_gdp_cut") -> Progress | None:
    return Tracker(DATA).of(WORLD.resolve(code, indicator, 2025, tier))


def status(code: Adcode, tier: Tier = "basic", indicator: str = "ei_gdp_cut") -> str:
    found = of(code, tier, indicator)
    return found.verdict.status if found else ""


def judged(target: Target, *figures: Statistic) -> Progress:
    """The progress of a goal with these figures and no others."""
    return Tracker(replace(DATA, statistics=figures)).progress(target)


def cut(value: float = 15, text: str = "15%以上", **differs: Any) -> Target:
    return goal(JIADONG25, CHENGBEI, "ei_gdp_cut", value, text, **{"comparator": "ge", **differs})


def result(
    year: int, value: float, unit: str = "%", *, base: int | None = 2020, code: Adcode = CHENGBEI,
    indicator: str = "ei_gdp_cut", **differs: Any,
) -> Statistic:  # fmt: skip
    made = figure(RESULTS, code, indicator, year, value, f"{value}", unit, base)
    return replace(made, id=f"{made.id}-{value}", **differs)


def test_the_world_has_every_status() -> None:
    assert status(JIADONG) == "reached"
    assert status(JIADONG, "incentive") == "not_reached", "one result is held against both tiers"
    assert status(CHENGZHONG) == "reached", "a goal of nought is met by any cut"
    assert status(CHENGBEI) == "not_reached"
    assert status(DONGHE) == "on_track"
    assert status(SHIZI) == "behind"
    assert status(JIA) == "not_comparable"
    assert status(CHENGZHONG, indicator="coal_share") == "reached"
    assert status(CHENGBEI, indicator="nonfossil_share") == "no_result"


def test_what_a_parent_lends_is_held_against_nobody() -> None:
    assert WORLD.resolve(JILIN).status == "parent"
    assert any(each.adcode == JILIN and each.indicator == "ei_gdp_cut" for each in DATA.statistics)
    assert of(JILIN) is None


def test_a_goal_set_for_each_region_is_held_against_each_region_s_own_result() -> None:
    each = goal(JIADONG25, JIADONG, "reuse_rate", 30, "30%", comparator="ge", direction="at_least",
                caveats=("applies_to_each_county",))  # fmt: skip
    made = [result(2025, value, base=None, code=code, indicator="reuse_rate")
            for code, value in ((JILIN, 31), (CHENGBEI, 20))]  # fmt: skip
    world = open_world(replace(DATA, targets=(each,), statistics=tuple(made)))
    tracker = Tracker(world.dataset)
    found = {code: tracker.of(world.resolve(code, "reuse_rate")) for code in (JILIN, CHENGBEI, DONGHE)}
    words = {code: progress.verdict.status for code, progress in found.items() if progress}
    assert words == {JILIN: "reached", CHENGBEI: "not_reached", DONGHE: "no_result"}


def test_the_gap_and_the_planners_measures() -> None:
    verdict = judged(cut(), result(2023, 8.1)).verdict
    assert (verdict.status, verdict.expected, verdict.gap) == ("behind", 9.0, -0.9)
    assert (verdict.completion, verdict.advance, verdict.time_share) == (0.54, 0.54, 0.6)


def test_a_result_of_another_base_is_named_and_not_compared() -> None:
    found = judged(cut(), result(2024, 30, base=2015))
    assert (found.verdict.status, found.verdict.reason) == ("not_comparable", another_base(2015, 2020))
    assert [each.reason for each in found.refused] == [another_base(2015, 2020)]


def test_a_result_that_names_no_base_is_not_compared_with_a_cut() -> None:
    assert judged(cut(), result(2024, 12, base=None)).verdict.reason == RESULT_WITHOUT_BASE


def test_a_goal_without_a_base_year_has_its_plan_s() -> None:
    assert judged(cut(base_year=None), result(2024, 12.5)).verdict.status == "on_track"


def test_another_unit_is_not_compared_and_a_convertible_one_is() -> None:
    saved = goal(JIADONG25, CHENGBEI, "energy_saving", 1.5, "1.5万吨标准煤", unit="万吨标准煤", direction="increase")
    tons = result(2025, 15000, "吨标准煤", indicator="energy_saving")
    assert judged(saved, tons).verdict.status == "reached"
    strange = judged(saved, result(2025, 3, "家", indicator="energy_saving"))
    assert (strange.verdict.status, strange.verdict.reason) == ("not_comparable", ANOTHER_UNIT)
    both = judged(saved, tons, result(2025, 3, "家", indicator="energy_saving"))
    assert both.verdict.status == "reached", "a figure that is none of this goal's takes nothing from the others"


def test_another_scope_is_not_compared() -> None:
    assert judged(cut(caveats=(LESS,), name_in_source="城北主城区"), result(2025, 16)).verdict.reason == ANOTHER_SCOPE
    alike = result(2025, 16, caveats=(LESS,), name_in_source="城北主城区")
    assert judged(cut(caveats=(LESS,), name_in_source="城北主城区"), alike).verdict.status == "reached"


def test_a_result_newer_than_the_target_year_is_no_answer_to_it() -> None:
    found = judged(cut(), result(2026, 20))
    assert found.verdict.status == "no_result"
    assert [each.reason for each in found.refused] == [LATER]
    assert judged(cut(), result(2024, 9), result(2026, 20)).verdict.achieved_year == 2024


def test_a_figure_of_the_base_year_or_before_is_no_result() -> None:
    found = judged(cut(), result(2020, 18, base=2015))
    assert (found.verdict.status, found.refused) == ("no_result", ())


def test_results_of_one_year_that_differ_are_not_chosen_from() -> None:
    found = judged(cut(), result(2025, 15), result(2025, 14))
    assert (found.verdict.status, found.verdict.achieved) == ("not_comparable", None)
    assert judged(cut(), result(2025, 15), result(2025, 15.0)).verdict.status == "reached"


def test_a_target_revised_in_mid_period_is_a_goal_of_its_own() -> None:
    first, revised = cut(), cut(12, "12%以上", id="revised")
    tracker = Tracker(replace(DATA, targets=(first, revised), statistics=(result(2025, 13),)))
    assert [tracker.progress(each).verdict.status for each in (first, revised)] == ["not_reached", "reached"]


def test_words_grades_and_a_slash_are_not_judged() -> None:
    words = next(target for target in DATA.targets if target.indicator == "water_grade")
    assert judged(words).verdict.reason == NO_NUMBER
    assert WORLD.resolve(JIADONG, "coal_share").status == "none"
    assert of(JIADONG, indicator="coal_share") is None


def test_what_the_atlas_computes_is_no_goal_to_be_reached() -> None:
    derived = next(each for each in DATA.derived)
    answer = WORLD.resolve(derived.adcode, derived.indicator, derived.target_year, derived.tier or "basic")
    assert answer.status == "own"
    assert Tracker(DATA).of(answer) is None


# Levels


def share(**differs: Any) -> Target:
    usual = {"direction": "at_most", "comparator": "le", "base_year": None}
    return goal(JIADONG25, CHENGBEI, "coal_share", 50, "50%以内", **{**usual, **differs})


def level(year: int, value: float) -> Statistic:
    return result(year, value, base=None, indicator="coal_share")


def test_a_level_needs_its_base_value_only_before_the_target_year() -> None:
    assert judged(share(), level(2025, 49)).verdict.status == "reached"
    assert judged(share(), level(2023, 55)).verdict.reason == NO_BASE
    found = judged(share(), level(2020, 60), level(2023, 53))
    assert (found.verdict.status, found.verdict.expected, found.verdict.advance) == ("on_track", 54.0, 0.7)
    assert [each.year for each in found.results] == [2020, 2023]


def test_the_value_of_the_base_year_is_not_taken_for_a_result() -> None:
    assert judged(share(), level(2020, 45)).verdict.status == "no_result"


def test_two_values_of_the_base_year_give_no_line() -> None:
    assert judged(share(), level(2020, 60), level(2020, 61), level(2023, 55)).verdict.reason == NO_BASE


# Cuts from levels, yearly rates


def test_a_cut_is_computed_from_two_levels_of_one_document_and_says_so() -> None:
    found = of(JIAXI)
    assert found is not None
    assert (found.computed, found.verdict.achieved, found.verdict.expected) == (True, 10.0, 10.4)
    assert (found.verdict.status, [each.value for each in found.results]) == ("behind", [2.0, 1.8])


def test_levels_of_two_documents_may_have_two_prices_and_are_not_divided() -> None:
    figures = [replace(each, plan=JIADONG25) if each.year == 2024 else each for each in DATA.statistics]
    world = open_world(replace(DATA, statistics=tuple(figures)))
    found = Tracker(world.dataset).of(world.resolve(JIAXI))
    assert found is not None
    assert found.verdict.status == "no_result"


def test_a_printed_cut_comes_before_a_computed_one() -> None:
    levels = [result(year, value, "吨标准煤/万元", base=None, indicator="ei_gdp_level")
              for year, value in ((2020, 1.0), (2025, 0.5))]  # fmt: skip
    found = judged(cut(), result(2025, 15), *levels)
    assert (found.computed, found.verdict.achieved) == (False, 15)


def yearly(year: int, value: float, base: int | None = None) -> Statistic:
    return result(year, value, base=base, indicator="ei_gdp_cut_annual")


ANNUAL = goal(JIADONG25, CHENGBEI, "ei_gdp_cut_annual", 3, "3%以上", comparator="ge")


def test_yearly_rates_are_compounded_where_all_years_are_known() -> None:
    found = judged(ANNUAL, yearly(2021, 2), yearly(2022, 4.1))
    assert (found.computed, found.verdict.achieved_year, found.verdict.status) == (True, 2022, "on_track")
    assert found.verdict.achieved == pytest.approx(3.056, abs=1e-3)
    assert judged(ANNUAL, yearly(2022, 4)).verdict.reason == YEARS_MISSING


def test_a_printed_average_since_the_base_year_is_taken_as_it_is() -> None:
    found = judged(ANNUAL, yearly(2024, 2.9, base=2020))
    assert (found.computed, found.verdict.achieved, found.verdict.status) == (False, 2.9, "behind")


def test_an_average_over_other_years_is_not_compared() -> None:
    assert judged(ANNUAL, yearly(2024, 3.5, base=2022)).verdict.reason == another_base(2022, 2020)
