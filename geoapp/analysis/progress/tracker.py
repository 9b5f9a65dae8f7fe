"""The answer per goal: its results are found, brought to one unit and one base, and judged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geoapp.analysis.progress.method import (
    ANOTHER_BASE,
    ANOTHER_UNIT,
    NO_NUMBER,
    YEARS_MISSING,
    Goal,
    Side,
    Verdict,
    annual_average,
    change_from_levels,
    judge,
)
from geoapp.analysis.statement import Scale, statement
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Statistic, Target
from geoapp.model.region import Adcode

LEVELS = {"ei_gdp_cut": "ei_gdp_level", "ei_gdp_cut_annual": "ei_gdp_level"}
"""Cuts that can be computed from two published levels; the answer is then marked as computed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A goal, what its results say, and the figures it was judged by.

    Attributes:
        results: the statistics used, in order of their years.
        computed: made from levels or from yearly rates, not printed as such.
    """

    target: Target
    verdict: Verdict
    results: tuple[Statistic, ...]
    computed: bool


class Tracker:
    """Judges the goals of one dataset. A region's goal is held against that region's own results only."""

    def __init__(self, dataset: Dataset) -> None:
        self._indicators = {indicator.id: indicator for indicator in dataset.indicators}
        self._scale = Scale(dataset.units)
        self._statistics: dict[tuple[Adcode, str], list[Statistic]] = defaultdict(list)
        for statistic in sorted(dataset.statistics, key=lambda each: (each.year, each.id)):
            if statistic.value is not None:
                self._statistics[statistic.adcode, statistic.indicator].append(statistic)

    def progress(self, target: Target) -> Progress:
        """Return how far a goal has come."""
        indicator = self._indicators[target.indicator]
        goal = self._goal(target, indicator)
        if goal is None:
            return _unjudged(target, NO_NUMBER)
        printed = self._statistics[target.adcode, target.indicator]
        after = [each for each in printed if goal.base_year is None or each.year > goal.base_year]
        if not after and target.indicator in LEVELS:
            return self._from_levels(target, goal, indicator)
        if indicator.kind == "annual_rate" and goal.base_year is not None:
            return self._from_years(target, goal, indicator, after)
        return self._judged(target, goal, indicator, printed)

    def _judged(self, target: Target, goal: Goal, indicator: Indicator, printed: list[Statistic]) -> Progress:
        usable = [each for each in printed if not goal.accumulates or _same_base(each, goal)]
        numbers = self._numbers(usable, indicator)
        if numbers is None:
            return _unjudged(target, ANOTHER_UNIT)
        base = None if goal.accumulates else next(iter(numbers.get(goal.base_year or 0, ())), None)
        verdict = judge(goal, numbers, base)
        if verdict.status == "no_result" and len(usable) < len(printed):
            return _unjudged(target, ANOTHER_BASE)
        used = tuple(each for each in usable if each.year in (verdict.achieved_year, goal.base_year))
        return Progress(target=target, verdict=verdict, results=used, computed=False)

    def _from_levels(self, target: Target, goal: Goal, indicator: Indicator) -> Progress:
        level = self._indicators.get(LEVELS[target.indicator])
        found = self._statistics[target.adcode, LEVELS[target.indicator]]
        numbers = self._numbers(found, level) if level is not None else {}
        start = numbers.get(goal.base_year or 0, []) if numbers else []
        if numbers is None or len(set(start)) != 1 or goal.base_year is None:
            return Progress(target=target, verdict=judge(goal, {}, None), results=(), computed=False)
        annual = indicator.kind == "annual_rate"
        cuts: dict[int, list[float]] = defaultdict(list)
        for year, levels in numbers.items():
            for each in levels if year > goal.base_year else ():
                cut = change_from_levels(start[0], each, year - goal.base_year, annual=annual)
                if cut is not None:
                    cuts[year].append(cut)
        verdict = judge(_steady(goal) if annual else goal, cuts, goal.number if annual else None)
        used = tuple(each for each in found if each.year in (goal.base_year, verdict.achieved_year))
        return Progress(target=target, verdict=verdict, results=used, computed=verdict.achieved is not None)

    def _from_years(self, target: Target, goal: Goal, indicator: Indicator, after: list[Statistic]) -> Progress:
        numbers = self._numbers(after, indicator)
        if numbers is None:
            return _unjudged(target, ANOTHER_UNIT)
        years = {year: found[0] for year, found in numbers.items() if year <= goal.target_year}
        if not years:
            return Progress(target=target, verdict=judge(goal, {}, None), results=(), computed=False)
        average = annual_average(years, goal.base_year or 0, max(years))
        if average is None:
            return _unjudged(target, YEARS_MISSING)
        verdict = judge(_steady(goal), {max(years): [average]}, goal.number)
        used = tuple(each for each in after if each.year <= goal.target_year)
        return Progress(target=target, verdict=verdict, results=used, computed=len(used) > 1)

    def _numbers(self, statistics: Iterable[Statistic], indicator: Indicator) -> Mapping[int, list[float]] | None:
        """Return year to numbers in the indicator's unit; None where one cannot be converted."""
        numbers: dict[int, list[float]] = defaultdict(list)
        for each in statistics:
            factor = self._scale.factor(each.unit, indicator.unit)
            if factor is None or each.value is None:
                return None
            numbers[each.year].append(float(f"{each.value * factor:.12g}"))
        return numbers

    def _goal(self, target: Target, indicator: Indicator) -> Goal | None:
        wanted = statement(target)
        factor = self._scale.factor(target.unit, indicator.unit)
        if wanted is None or factor is None:
            return None
        return Goal(
            comparator=wanted.comparator,
            number=float(f"{wanted.number * factor:.12g}"),
            side=_side(target, indicator),
            accumulates=target.direction in ("reduce", "increase"),
            decimals=_decimals(wanted.number),
            base_year=target.base_year,
            target_year=target.target_year,
        )


def _side(target: Target, indicator: Indicator) -> Side:
    """Return which way is better: what the goal says, else what the indicator says."""
    if target.direction in ("reduce", "increase"):
        return 1 if target.is_cut or target.direction == "increase" else -1
    if target.direction in ("at_least", "at_most"):
        return 1 if target.direction == "at_least" else -1
    return {"up": 1, "down": -1, "none": 0}[indicator.better]  # type: ignore[return-value]  # the three are the literal's


def _steady(goal: Goal) -> Goal:
    """Return a yearly rate as a level: the compound line asks for the same rate in every year."""
    return Goal(
        comparator=goal.comparator,
        number=goal.number,
        side=goal.side,
        accumulates=False,
        decimals=goal.decimals,
        base_year=goal.base_year,
        target_year=goal.target_year,
    )


def _same_base(statistic: Statistic, goal: Goal) -> bool:
    return statistic.base_year is None or goal.base_year is None or statistic.base_year == goal.base_year


def _unjudged(target: Target, reason: Phrase) -> Progress:
    return Progress(target=target, verdict=Verdict(status="not_comparable", reason=reason), results=(), computed=False)


def _decimals(number: float) -> int:
    text = f"{number:.12g}"
    return len(text.partition(".")[2]) if "e" not in text else 12
