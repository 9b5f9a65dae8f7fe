"""Which figures may be held against a goal, and why another may not: unit, scope, base year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geoapp.analysis.progress.method import Goal, clean
from geoapp.analysis.resolution.statement import Scale
from geoapp.model.phrase import Phrase
from geoapp.model.plan import LESS, Indicator, Statistic, Target

SPAN = "period_value"
"""Caveat of a figure that stands for several years."""
ANOTHER_UNIT = Phrase("结果的单位与目标不同，不能换算")
ANOTHER_SCOPE = Phrase("结果与目标所指的范围不同")
GOAL_WITHOUT_BASE = Phrase("目标没有写明基年")
RESULT_WITHOUT_BASE = Phrase("结果没有写明从哪一年算起")
LATER = Phrase("结果的年份在目标年之后")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A figure that is not held against a goal, and why."""

    statistic: Statistic
    reason: Phrase


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures of one indicator and region, sifted for a goal.

    Attributes:
        results: those between base and target year that may be held against it, earliest first.
        bases: those of the base year, for a goal whose way begins at a level.
        refused: those of the goal's time that may not.
    """

    results: tuple[Statistic, ...]
    bases: tuple[Statistic, ...]
    refused: tuple[Refusal, ...]


def sift(figures: Iterable[Statistic], target: Target, goal: Goal, indicator: Indicator, scale: Scale) -> Evidence:
    """Part the figures of a goal's indicator and region by what they can say of it."""
    results, bases, refused = [], [], []
    for each in figures:
        reason = _strange(each, target, indicator, scale)
        if each.year == goal.base_year and goal.path == "base" and reason is None:
            bases.append(each)
        if goal.base_year is not None and each.year <= goal.base_year:
            continue
        if each.year > goal.target_year:
            refused += [Refusal(each, LATER)] if _counts_on(each, goal) else []
            continue
        reason = reason or _other_years(each, goal)
        if reason is None:
            results.append(each)
        else:
            refused.append(Refusal(each, reason))
    return Evidence(tuple(results), tuple(bases), tuple(refused))


def numbers(figures: Iterable[Statistic], indicator: Indicator, scale: Scale) -> Mapping[int, list[float]]:
    """Return year to numbers in the indicator's unit."""
    found: dict[int, list[float]] = defaultdict(list)
    for each in figures:
        factor = scale.factor(each.unit, indicator.unit)
        if factor is not None and each.value is not None:
            found[each.year].append(clean(each.value * factor))
    return found


def is_average(figure: Statistic, goal: Goal) -> bool:
    """Say whether a yearly rate is the mean of all years since the goal's base, not that of one year."""
    return figure.base_year is not None and figure.base_year == goal.base_year and figure.year - figure.base_year > 1


def _strange(figure: Statistic, target: Target, indicator: Indicator, scale: Scale) -> Phrase | None:
    """Return why a figure does not measure what the goal does."""
    if scale.factor(figure.unit, indicator.unit) is None:
        return ANOTHER_UNIT
    less = LESS in figure.caveats or LESS in target.caveats
    return ANOTHER_SCOPE if less and figure.name_in_source != target.name_in_source else None


def _counts_on(figure: Statistic, goal: Goal) -> bool:
    """Say whether a figure of a later year still counts from the goal's base: close to it, and no answer to it."""
    return goal.path == "zero" and figure.base_year is not None and figure.base_year == goal.base_year


def _other_years(figure: Statistic, goal: Goal) -> Phrase | None:
    """Return why a figure's years are not the goal's; a level has none."""
    if goal.path == "base":
        return None
    if goal.path == "steady":
        return _of_years(figure, goal)
    if figure.base_year is None:
        return RESULT_WITHOUT_BASE
    if goal.base_year is None:
        return GOAL_WITHOUT_BASE
    return None if figure.base_year == goal.base_year else another_base(figure.base_year, goal.base_year)


def _of_years(figure: Statistic, goal: Goal) -> Phrase | None:
    if figure.base_year is None:
        return RESULT_WITHOUT_BASE if SPAN in figure.caveats else None
    if figure.base_year in (figure.year - 1, goal.base_year):
        return None
    return another_base(figure.base_year, goal.base_year or 0)


def another_base(result: int, goal: int) -> Phrase:
    """Say that result and goal count from two years."""
    return Phrase("结果以{result}年为基年，目标以{goal}年为基年", {"result": result, "goal": goal})
