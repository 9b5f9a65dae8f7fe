"""How a result is held against a goal: pure arithmetic, closed, written down in ``docs/progress.md``.

Nothing is interpolated between results, summed over regions or taken from another region. The only
line drawn is the one *planned*: straight from the base to the target.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geoapp.model.phrase import Phrase
from geoapp.model.vocabulary import Comparator

ProgressStatus = Literal["reached", "not_reached", "on_track", "behind", "no_result", "not_comparable"]
Side = Literal[-1, 0, 1]
"""Which way is better: more, less, or not known."""
DIGITS = ".12g"

NO_RESULT = Phrase("基年之后至目标年没有公布的结果")
NO_NUMBER = Phrase("目标没有数值（文字或等级），不能计算")
NO_BASE = Phrase("没有基年数值，未到目标年时无法判断进度")
ANOTHER_UNIT = Phrase("结果的单位与目标不同，不能换算")
ANOTHER_BASE = Phrase("结果的基年与目标的基年不同")
YEARS_MISSING = Phrase("逐年结果不全，不能折算年均")


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal as a statement about its indicator's number, in the indicator's unit.

    Attributes:
        accumulates: the number counts from the base year (a cut, a growth, something added): the way begins at 0.
            Else it is a level, and the way begins at the level of the base year.
        decimals: digits after the point that the document prints; a result is rounded to them where it must be equal.
        base_year: None where the document names none and none is implied.
    """

    comparator: Comparator
    number: float
    side: Side
    accumulates: bool
    decimals: int
    base_year: int | None
    target_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a goal's results say of it.

    Attributes:
        achieved: the latest usable result, in the indicator's unit.
        expected: what the plan's way asks for in that year; the goal itself in the target year.
        gap: achieved against expected, plus is better than asked; None where no way is better.
        completion: 目标完成率, achieved share of the way (1 is all of it); None where the way has no length.
        time_share: 时间进度, share of the years that have passed.
        reason: why there is no judgement; None where there is one.
    """

    status: ProgressStatus
    achieved: float | None = None
    achieved_year: int | None = None
    expected: float | None = None
    gap: float | None = None
    completion: float | None = None
    time_share: float | None = None
    reason: Phrase | None = None


def judge(goal: Goal, results: Mapping[int, Sequence[float]], base: float | None) -> Verdict:
    """Hold the latest result up to the target year against the goal.

    Args:
        results: year to every number published for it, in the indicator's unit; years up to the base are no results.
        base: the level of the base year; not asked of goals that accumulate.
    """
    first = goal.base_year if goal.base_year is not None else min(results, default=0) - 1
    years = [year for year in results if first < year <= goal.target_year]
    if not years:
        return Verdict(status="no_result", reason=NO_RESULT)
    year = max(years)
    numbers = {float(f"{number:{DIGITS}}") for number in results[year]}
    if len(numbers) > 1:
        return Verdict(status="not_comparable", achieved_year=year, reason=_several(year))
    achieved = numbers.pop()
    if year == goal.target_year:
        status: ProgressStatus = "reached" if meets(goal, achieved, goal.number) else "not_reached"
        return _verdict(goal, status, year, achieved, goal.number, base)
    expected = way(goal, year, base)
    if expected is None:
        if meets(goal, achieved, goal.number):
            return _verdict(goal, "on_track", year, achieved, None, base)
        return Verdict(status="not_comparable", achieved=achieved, achieved_year=year, reason=NO_BASE)
    return _verdict(goal, "on_track" if meets(goal, achieved, expected) else "behind", year, achieved, expected, base)


def meets(goal: Goal, achieved: float, wanted: float) -> bool:
    """Say whether a number does what the goal asks, with ``wanted`` in place of the goal's own number.

    达到 and 左右 are met by a number that, rounded as the document prints, is equal or lies on the better side.
    """
    if goal.comparator == "gt":
        return achieved > wanted
    if goal.comparator == "lt":
        return achieved < wanted
    if goal.comparator in ("ge", "le"):
        side: Side = 1 if goal.comparator == "ge" else -1
        return side * (achieved - wanted) >= 0
    difference = round(achieved, goal.decimals) - round(wanted, goal.decimals)
    return difference == 0 or goal.side * difference > 0


def way(goal: Goal, year: int, base: float | None) -> float | None:
    """Return what the straight line from base to target asks for in a year; None where it has no beginning."""
    share = time_share(goal, year)
    start = 0.0 if goal.accumulates else base
    return None if share is None or start is None else _clean(start + (goal.number - start) * share)


def time_share(goal: Goal, year: int) -> float | None:
    """Return the share of the years from base to target that have passed."""
    if goal.base_year is None or goal.target_year <= goal.base_year:
        return None
    return (year - goal.base_year) / (goal.target_year - goal.base_year)


def completion(goal: Goal, achieved: float, base: float | None) -> float | None:
    """Return achieved ÷ wanted, both counted from where the way begins.

    None where the goal is no way forward from there: a target of 0, equal to its base or behind it.
    """
    if not goal.accumulates and base is None and goal.side <= 0:
        return None
    start = 0.0 if goal.accumulates or base is None else base
    length = goal.number - start
    if length == 0 or (goal.side and goal.side * length < 0):
        return None
    return _clean((achieved - start) / length)


def annual_average(rates: Mapping[int, float], first: int, last: int) -> float | None:
    """Return the yearly rate (per cent, a cut is positive) that yearly cuts amount to; None where a year is missing."""
    left = 1.0
    for year in range(first + 1, last + 1):
        if year not in rates:
            return None
        left *= 1 - rates[year] / 100
    return _root(left, last - first)


def change_from_levels(base: float, level: float, years: int, *, annual: bool) -> float | None:
    """Return the cut (per cent) from one level to another, over the whole span or as a yearly average."""
    if base <= 0 or level < 0 or years <= 0:
        return None
    return _root(level / base, years if annual else 1)


def _root(left: float, years: int) -> float | None:
    return _clean(100 * (1 - left ** (1 / years))) if left >= 0 else None


def _verdict(
    goal: Goal, status: ProgressStatus, year: int, achieved: float, expected: float | None, base: float | None
) -> Verdict:
    known = expected is not None and goal.side != 0
    return Verdict(
        status=status,
        achieved=achieved,
        achieved_year=year,
        expected=expected,
        gap=_clean(goal.side * (achieved - expected)) if expected is not None and known else None,
        completion=completion(goal, achieved, base),
        time_share=time_share(goal, year),
    )


def _several(year: int) -> Phrase:
    return Phrase("{year}年公布的结果不止一个且不一致", {"year": year})


def _clean(number: float) -> float:
    """Return a product of floats with as many digits as any document knows, and no negative zero."""
    return float(f"{number:{DIGITS}}") + 0.0
