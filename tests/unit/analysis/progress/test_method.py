"""The method of ``docs/progress.md``: every trap of such methods, and what must hold for any numbers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.analysis.progress.method import (
    NO_BASE,
    Goal,
    Side,
    advance,
    annual_average,
    change_from_levels,
    completion,
    judge,
    meets,
    way,
)
from geoapp.model.vocabulary import Comparator

NUMBERS = st.floats(min_value=-1e6, max_value=1e6).map(lambda number: round(number, 3))


def cut(
    number: float = 15.0, comparator: Comparator = "ge", base_year: int | None = 2020, target_year: int = 2025
) -> Goal:
    """下降15%以上."""
    return Goal(
        comparator=comparator,
        number=number,
        side=1,
        path="zero",
        decimals=1,
        base_year=base_year,
        target_year=target_year,
    )


def yearly(number: float) -> Goal:
    """年均下降3%以上."""
    return replace(cut(number), path="steady")


def level(number: float, comparator: Comparator, side: Side, base_year: int | None = 2020) -> Goal:
    return Goal(
        comparator=comparator,
        number=number,
        side=side,
        path="base",
        decimals=1,
        base_year=base_year,
        target_year=2025,
    )


@pytest.mark.parametrize(
    ("comparator", "achieved", "status"),
    [
        ("ge", 15.0, "reached"),
        ("ge", 14.9, "not_reached"),
        ("gt", 15.0, "not_reached"),
        ("gt", 15.1, "reached"),
        ("eq", 16.0, "reached"),
        ("eq", 15.0, "reached"),
        ("eq", 14.96, "not_reached"),
        ("eq", 14.9, "not_reached"),
        ("approx", 14.96, "reached"),
        ("approx", 14.4, "not_reached"),
    ],
)
def test_a_cut_in_its_target_year(comparator: Comparator, achieved: float, status: str) -> None:
    verdict = judge(cut(comparator=comparator), {2025: [achieved]}, None)
    assert verdict.status == status
    assert (verdict.achieved, verdict.achieved_year, verdict.expected) == (achieved, 2025, 15.0)


@pytest.mark.parametrize(
    ("comparator", "side", "achieved", "status"),
    [
        ("le", -1, 1.1, "reached"),
        ("le", -1, 1.11, "not_reached"),
        ("lt", -1, 1.1, "not_reached"),
        ("ge", 1, 80.0, "reached"),
        ("eq", 0, 1.14, "reached"),
        ("eq", 0, 1.0, "not_reached"),
        ("eq", 0, 1.2, "not_reached"),
        ("eq", -1, 0.9, "reached"),
    ],
)
def test_a_level_in_its_target_year(comparator: Comparator, side: Side, achieved: float, status: str) -> None:
    number = 80.0 if comparator == "ge" else 1.1
    assert judge(level(number, comparator, side), {2025: [achieved]}, 2.0).status == status


def test_before_the_target_year_the_straight_line_decides() -> None:
    on, off = judge(cut(), {2023: [9.0]}, None), judge(cut(), {2023: [8.9]}, None)
    assert (on.status, on.expected, on.gap, on.completion, on.time_share) == ("on_track", 9.0, 0.0, 0.6, 0.6)
    assert (off.status, off.gap) == ("behind", -0.1)


def test_a_level_goes_from_the_base_to_the_target() -> None:
    goal = level(1.0, "le", -1)
    assert way(goal, 2022, 1.5) == 1.3
    verdict = judge(goal, {2022: [1.4]}, 1.5)
    assert (verdict.status, verdict.gap, verdict.advance, verdict.completion) == ("behind", -0.1, 0.2, None)


def test_a_yearly_rate_is_asked_for_in_every_year() -> None:
    verdict = judge(yearly(3.0), {2022: [2.9]}, None)
    assert (verdict.status, verdict.expected, verdict.gap, verdict.advance) == ("behind", 3.0, -0.1, None)
    assert judge(yearly(3.0), {2022: [3.0]}, None).status == "on_track"


def test_the_latest_result_counts_and_a_newer_one_than_the_target_year_does_not() -> None:
    verdict = judge(cut(), {2021: [3.0], 2024: [13.0], 2026: [20.0]}, None)
    assert (verdict.achieved_year, verdict.status) == (2024, "on_track")
    assert judge(cut(), {2026: [20.0]}, None).status == "no_result"


def test_what_lies_at_or_before_the_base_is_no_result() -> None:
    assert judge(cut(), {2015: [15.0], 2020: [15.0]}, None).status == "no_result"


def test_without_a_base_year_only_the_goal_itself_can_be_judged() -> None:
    goal = cut(base_year=None)
    assert judge(goal, {2025: [15.0]}, None).status == "reached"
    assert judge(goal, {2023: [15.0]}, None).status == "on_track"
    early = judge(goal, {2023: [9.0]}, None)
    assert (early.status, early.reason, early.achieved) == ("not_comparable", NO_BASE, 9.0)


def test_a_level_without_its_base_value() -> None:
    assert judge(level(80, "ge", 1), {2023: [81.0]}, None).status == "on_track"
    assert judge(level(80, "ge", 1), {2023: [70.0]}, None).reason == NO_BASE


def test_results_of_one_year_that_differ_are_not_chosen_from() -> None:
    verdict = judge(cut(), {2025: [15.0, 14.0]}, None)
    assert verdict.status == "not_comparable"
    assert verdict.reason is not None
    assert verdict.reason.say("zh") == "2025年公布的结果不止一个且不一致"
    assert judge(cut(), {2025: [15.0, 15.0]}, None).status == "reached"


def test_a_target_of_zero_or_at_its_base_has_no_share() -> None:
    assert completion(cut(number=0.0), 1.0) is None
    assert advance(cut(number=0.0), 1.0, None) is None
    assert advance(level(80, "ge", 1), 81.0, 80.0) is None
    assert completion(level(1.1, "le", -1), 1.0) is None, "less is better: the quotient says nothing"
    assert completion(level(80, "ge", 1), 60.0) == 0.75
    assert judge(cut(number=0.0), {2025: [0.0]}, None).status == "reached"


def test_a_target_behind_its_base_has_no_share_and_is_still_judged() -> None:
    goal = level(80, "ge", 1)
    verdict = judge(goal, {2023: [83.0]}, 85.0)
    assert (verdict.status, verdict.advance, verdict.expected) == ("on_track", None, 82.0)


def test_a_result_equal_to_its_base_is_nought_of_the_way() -> None:
    verdict = judge(level(80, "ge", 1), {2023: [50.0]}, 50.0)
    assert (verdict.status, verdict.advance) == ("behind", 0.0)


def test_a_base_of_zero() -> None:
    verdict = judge(level(10, "ge", 1), {2022: [4.0]}, 0.0)
    assert (verdict.status, verdict.expected, verdict.advance) == ("on_track", 4.0, 0.4)
    assert change_from_levels(0.0, 1.0, 5, annual=False) is None


def test_levels_and_years_become_cuts() -> None:
    assert change_from_levels(1.22, 1.002, 5, annual=False) == pytest.approx(17.868852459)
    assert change_from_levels(1.0, 0.9**5, 5, annual=True) == pytest.approx(10.0)
    assert annual_average({2021: 3.0, 2022: 3.0}, 2020, 2022, falls=True) == pytest.approx(3.0)
    assert annual_average({2021: 10.0, 2022: 21.0}, 2020, 2022, falls=False) == pytest.approx(15.369, abs=1e-3)
    assert annual_average({2022: 3.0}, 2020, 2022, falls=True) is None


@given(number=NUMBERS, achieved=NUMBERS, comparator=st.sampled_from(["ge", "le", "gt", "lt"]))
def test_a_comparator_means_what_it_says(number: float, achieved: float, comparator: Comparator) -> None:
    plain = {"ge": achieved >= number, "le": achieved <= number, "gt": achieved > number, "lt": achieved < number}
    side: Side = 1 if comparator in ("ge", "gt") else -1
    assert meets(level(number, comparator, side), achieved, number) == plain[comparator]


@given(number=st.floats(0.1, 100), share=st.integers(1, 4), extra=st.floats(0.001, 50))
def test_more_cut_is_never_judged_worse(number: float, share: int, extra: float) -> None:
    order = {"behind": 0, "on_track": 1, "not_reached": 0, "reached": 1}
    for year in (2020 + share, 2025):
        less, more = (judge(cut(number=number), {year: [value]}, None) for value in (number / 2, number / 2 + extra))
        assert order[less.status] <= order[more.status]
        assert less.gap is not None
        assert more.gap is not None
        assert less.gap <= more.gap


@given(base=st.floats(-1e3, 1e3), goal=st.floats(-1e3, 1e3))
def test_the_way_begins_at_the_base_and_ends_at_the_target(base: float, goal: float) -> None:
    wanted = level(goal, "ge", 1)
    assert way(wanted, 2020, base) == pytest.approx(base, abs=1e-6)
    assert way(wanted, 2025, base) == pytest.approx(goal, abs=1e-6)


@given(value=st.floats(0.1, 1e3), factor=st.floats(1.01, 3))
def test_whoever_is_exactly_on_the_way_is_on_track_with_no_gap(value: float, factor: float) -> None:
    goal = level(round(value * factor, 6), "ge", 1)
    expected = way(goal, 2023, value)
    assert expected is not None
    verdict = judge(goal, {2023: [expected]}, value)
    assert (verdict.status, verdict.gap) == ("on_track", 0.0)
