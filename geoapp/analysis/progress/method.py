"""How a result is held against a goal: pure arithmetic, closed, written down in ``docs/progress.md``.

Nothing is interpolated between results, summed over regions or taken from another region. The only
line drawn is the one *planned*: from where the plan begins to its target.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geoapp.model.phrase import Phrase
from geoapp.model.vocabulary import Comparator, ProgressStatus

Side = Literal[-1, 0, 1]
"""Which way is better: more, less, or not known."""
Path = Literal["zero", "base", "steady"]
"""Where the planned line begins: at nought (a cut, a growth, an addition), at the level of the base year, or nowhere:
a yearly rate is asked for in every year, which is the compound line."""
DIGITS = ".12g"

NO_RESULT = Phrase("基年之后至目标年没有公布的结果")
NO_BASE = Phrase("没有基年数值，未到目标年时无法判断进度")


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal as a statement about its indicator's number, in the indicator's unit.

    Attributes:
        decimals: digits after the point that the document prints; 左右 is met by what rounds to them.
        base_year: None where neither the document names one nor its plan has one.
    """

    comparator: Comparator
    number: float
    side: Side
    path: Path
    decimals: int
    base_year: int | None
    target_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a goal's results say of it.

    Attributes:
        achieved: the latest usable result, in the indicator's unit.
        expected: what the planned line asks for in that year; the goal itself in the target year.
        gap: achieved against expected, plus is better than asked; None where no way is better.
        completion: 目标完成率, achieved ÷ target (1 is all of it); None where the quotient says nothing.
        advance: 累计进度, the share of the way from base to target; None where there is no way.
        time_share: 时间进度, the share of the years that have passed.
        reason: why there is no judgement; None where there is one.
    """

    status: ProgressStatus
    achieved: float | None = None
    achieved_year: int | None = None
    expected: float | None = None
    gap: float | None = None
    completion: float | None = None
    advance: float | None = None
    time_share: float | None = None
    reason: Phrase | None = None


def judge(goal: Goal, results: Mapping[int, Sequence[float]], base: float | None) -> Verdict:
    """Hold the latest result up to the target year against the goal.

    Args:
        results: year to every number published for it, in the indicator's unit; years up to the base are no results.
        base: the level of the base year; asked only of goals whose way begins there.
    """
    first = goal.base_year if goal.base_year is not None else min(results, default=0) - 1
    years = [year for year in results if first < year <= goal.target_year]
    if not years:
        return Verdict(status="no_result", reason=NO_RESULT)
    year = max(years)
    numbers = {clean(number) for number in results[year]}
    if len(numbers) > 1:
        return Verdict(status="not_comparable", achieved_year=year, reason=several(year))
    achieved = numbers.pop()
    if year == goal.target_year:
        return _verdict(goal, ("not_reached", "reached"), year, achieved, goal.number, base)
    expected = way(goal, year, base)
    if expected is not None:
        return _verdict(goal, ("behind", "on_track"), year, achieved, expected, base)
    if meets(goal, achieved, goal.number):
        return _verdict(goal, ("behind", "on_track"), year, achieved, goal.number, base)
    return Verdict(status="not_comparable", achieved=achieved, achieved_year=year, reason=NO_BASE)


def meets(goal: Goal, achieved: float, wanted: float) -> bool:
    """Say whether a number does what the goal asks, with ``wanted`` in place of the goal's own number.

    达到 is met by what is equal or lies on the better side; 左右 also by what rounds to the printed digits.
    Where no way is better, only an equal number (so rounded) meets it.
    """
    if goal.comparator == "gt":
        return achieved > wanted
    if goal.comparator == "lt":
        return achieved < wanted
    if goal.comparator in ("ge", "le"):
        side: Side = 1 if goal.comparator == "ge" else -1
        return side * (achieved - wanted) >= 0
    rounds = round(achieved, goal.decimals) == round(wanted, goal.decimals)
    if goal.side == 0:
        return rounds
    return goal.side * (achieved - wanted) >= 0 or (goal.comparator == "approx" and rounds)


def way(goal: Goal, year: int, base: float | None) -> float | None:
    """Return what the planned line asks for in a year; None where it has no beginning."""
    if goal.path == "steady":
        return goal.number
    share = time_share(goal, year)
    start = 0.0 if goal.path == "zero" else base
    return None if share is None or start is None else clean(start + (goal.number - start) * share)


def time_share(goal: Goal, year: int) -> float | None:
    """Return the share of the years from base to target that have passed."""
    if goal.base_year is None or goal.target_year <= goal.base_year:
        return None
    return (year - goal.base_year) / (goal.target_year - goal.base_year)


def completion(goal: Goal, achieved: float) -> float | None:
    """Return achieved ÷ target; None for a target of 0 and where less is better: there the quotient says nothing."""
    return clean(achieved / goal.number) if goal.side * goal.number > 0 else None


def advance(goal: Goal, achieved: float, base: float | None) -> float | None:
    """Return the share of the way that is done; None without a base, and for a target at its base or behind it."""
    start = 0.0 if goal.path == "zero" else base
    if goal.path == "steady" or start is None or goal.side * (goal.number - start) <= 0:
        return None
    return clean((achieved - start) / (goal.number - start))


def annual_average(rates: Mapping[int, float], first: int, last: int, *, falls: bool) -> float | None:
    """Return the yearly rate (per cent) that the rates of the years after ``first`` amount to; None if one is missing.

    Args:
        falls: a positive rate is a cut; else it is growth.
    """
    sign = -1 if falls else 1
    left = 1.0
    for year in range(first + 1, last + 1):
        if year not in rates:
            return None
        left *= 1 + sign * rates[year] / 100
    return clean(sign * 100 * (left ** (1 / (last - first)) - 1)) if left >= 0 and last > first else None


def change_from_levels(base: float, level: float, years: int, *, annual: bool) -> float | None:
    """Return the cut (per cent) from one level to another, over the whole span or as a yearly average."""
    if base <= 0 or level < 0 or years <= 0:
        return None
    return clean(100 * (1 - (level / base) ** (1 / years if annual else 1)))


def several(year: int) -> Phrase:
    """Say that results of one year contradict each other: none of them is chosen."""
    return Phrase("{year}年公布的结果不止一个且不一致", {"year": year})


def clean(number: float) -> float:
    """Return a product of floats with as many digits as any document knows, and no negative zero."""
    return float(f"{number:{DIGITS}}") + 0.0


def _verdict(
    goal: Goal,
    words: tuple[ProgressStatus, ProgressStatus],
    year: int,
    achieved: float,
    expected: float,
    base: float | None,
) -> Verdict:
    return Verdict(
        status=words[meets(goal, achieved, expected)],
        achieved=achieved,
        achieved_year=year,
        expected=expected,
        gap=clean(goal.side * (achieved - expected)) if goal.side else None,
        completion=completion(goal, achieved),
        advance=advance(goal, achieved, base),
        time_share=time_share(goal, year),
    )
