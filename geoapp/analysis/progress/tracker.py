"""The answer per goal: its results are found, brought to one unit and one base, and judged."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from geoapp.analysis.progress.evidence import Evidence, Refusal, is_average, numbers, sift
from geoapp.analysis.progress.method import (
    Goal,
    Path,
    Side,
    Verdict,
    annual_average,
    change_from_levels,
    clean,
    judge,
    several,
)
from geoapp.analysis.resolution.resolve import Resolution
from geoapp.analysis.resolution.statement import Scale, statement
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Statistic, Target
from geoapp.model.region import Adcode

LEVELS: Mapping[str, str] = {"ei_gdp_cut": "ei_gdp_level", "ei_gdp_cut_annual": "ei_gdp_level"}
"""Cuts that can be computed from two levels of one document; the answer is then marked as computed."""
COUNTED_FROM_BASE = ("change", "pp")
"""Kinds whose numbers count from a base year whatever the goal's wording."""
FRACTION = re.compile(r"\d+\.(\d+)")

NO_NUMBER = Phrase("目标没有数值（文字或等级），不能计算")
YEARS_MISSING = Phrase("逐年结果不全，不能折算年均")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A goal, what its results say, and the figures it was judged by.

    Attributes:
        goal: None where the target has no number.
        results: the statistics used, in order of their years.
        series: every usable result by year, in the indicator's unit, for the small line of a card.
        base: the level the way begins at; None where it begins at nought or is not known.
        refused: figures of the goal's time that were not held against it.
        computed: made from levels or from yearly rates, not printed as such.
        said: what was worded already, by what and language: a map of a country asks for it again and again.
    """

    target: Target
    goal: Goal | None
    verdict: Verdict
    results: tuple[Statistic, ...] = ()
    series: tuple[tuple[int, float], ...] = ()
    base: float | None = None
    refused: tuple[Refusal, ...] = ()
    computed: bool = False
    said: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)


class Tracker:
    """Judges the goals of one dataset. A region's goal is held against that region's own results only."""

    def __init__(self, dataset: Dataset) -> None:
        self._indicators = {indicator.id: indicator for indicator in dataset.indicators}
        self._bases = {plan.id: plan.base_year for plan in dataset.plans}
        self._scale = Scale(dataset.units)
        self._known: dict[tuple[str, Adcode], Progress] = {}
        self._targets = dataset.targets
        self._statistics: dict[tuple[Adcode, str], list[Statistic]] = defaultdict(list)
        for statistic in sorted(dataset.statistics, key=lambda each: (each.year, each.id)):
            if statistic.value is not None:
                self._statistics[statistic.adcode, statistic.indicator].append(statistic)

    @cached_property
    def judged(self) -> frozenset[tuple[str, int | None]]:
        """The indicators and target years of which some goal was held against a result."""
        known = {indicator for (_, indicator), figures in self._statistics.items() if figures}
        found = (
            target
            for target in self._targets
            if (target.indicator in known if target.each else self.progress(target).verdict.achieved is not None)
        )
        return frozenset((target.indicator, target.target_year) for target in found)

    @cached_property
    def all(self) -> tuple[Progress, ...]:
        """Every printed goal with a number that a document sets for one region, in the order of the records.

        A goal set for each region of a level is each one's own (see :class:`Resolver`) and is asked for there.
        """
        return tuple(
            self.progress(target) for target in self._targets if target.value is not None and target.each is None
        )

    def of(self, answer: Resolution) -> Progress | None:
        """Return how far the goal of an answer has come; None where a region has no printed goal of its own.

        What a parent lends is the parent's and is never held against the results of a part.
        """
        printed = answer.target is not None and answer.target.id and not answer.indicator.derived
        printed = printed and not answer.indicator.goalless
        if answer.status != "own" or answer.target is None or not printed:
            return None
        return self.progress(answer.target)

    def held_against(self, target: Target, own: Statistic | None) -> Progress:
        """Return how far a goal has come by one number that is not published; its base level still is."""
        base = self._base_year(target)
        figures = [each for each in self._of(target, target.indicator) if base is not None and each.year <= base]
        given = [*figures, *([own] if own is not None else [])]
        return self._progress(target, self._indicators[target.indicator], given)

    def base_year(self, target: Target) -> int | None:
        """Return the year a goal counts from: its own, else its plan's, where that lies before the target."""
        return self._base_year(target)

    def progress(self, target: Target) -> Progress:
        """Return how far a goal has come."""
        key = target.id, target.adcode
        if key not in self._known:
            self._known[key] = self._progress(target, self._indicators[target.indicator])
        return self._known[key]

    def _progress(self, target: Target, indicator: Indicator, given: Sequence[Statistic] | None = None) -> Progress:
        goal = self._goal(target, indicator)
        if goal is None:
            return Progress(target=target, goal=None, verdict=Verdict(status="not_comparable", reason=NO_NUMBER))
        evidence = sift(
            self._of(target, target.indicator) if given is None else given, target, goal, indicator, self._scale
        )
        found = self._steady if goal.path == "steady" else self._plain
        progress = found(target, goal, indicator, evidence)
        if progress.verdict.achieved is None and not evidence.results and given is None and target.indicator in LEVELS:
            progress = self._from_levels(target, goal) or progress
        if progress.verdict.status == "no_result" and (within := _within(evidence.refused, goal)):
            year, reason = within[-1].statistic.year, within[-1].reason
            verdict = Verdict(status="not_comparable", achieved_year=year, reason=reason)
            progress = replace(progress, verdict=verdict)
        return replace(progress, refused=evidence.refused)

    def _plain(self, target: Target, goal: Goal, indicator: Indicator, evidence: Evidence) -> Progress:
        results = numbers(evidence.results, indicator, self._scale)
        bases = {number for found in numbers(evidence.bases, indicator, self._scale).values() for number in found}
        base = bases.pop() if len(bases) == 1 else None
        verdict = judge(goal, results, base)
        used = [each for each in evidence.results if each.year == verdict.achieved_year]
        if base is not None:
            used = [*evidence.bases, *used]
        return Progress(
            target=target, goal=goal, verdict=verdict, results=tuple(used), series=_agreed(results), base=base
        )

    def _steady(self, target: Target, goal: Goal, indicator: Indicator, evidence: Evidence) -> Progress:
        """Judge a yearly rate by a printed average since the base year, else by all the years' own rates."""
        averages = [each for each in evidence.results if is_average(each, goal)]
        results = numbers(averages or evidence.results, indicator, self._scale)
        if averages or not results or goal.base_year is None:
            verdict = judge(goal, results, None)
            used = tuple(each for each in averages or evidence.results if each.year == verdict.achieved_year)
            return Progress(target=target, goal=goal, verdict=verdict, results=used, series=_agreed(results))
        last = max(results)
        torn = next((year for year, found in sorted(results.items()) if len(set(found)) > 1), None)
        rates = {year: found[0] for year, found in results.items()}
        average = annual_average(rates, goal.base_year, last, falls=target.is_cut)
        if torn is not None or average is None:
            reason = several(torn) if torn is not None else YEARS_MISSING
            return Progress(target=target, goal=goal, verdict=Verdict(status="not_comparable", reason=reason))
        return Progress(
            target=target,
            goal=goal,
            verdict=judge(goal, {last: [average]}, None),
            results=evidence.results,
            series=_agreed(results),
            computed=len(rates) > 1,
        )

    def _from_levels(self, target: Target, goal: Goal) -> Progress | None:
        """Judge a cut by two levels of one document; None where no document prints both."""
        level = self._indicators.get(LEVELS[target.indicator])
        found = self._of(target, LEVELS[target.indicator])
        if level is None or goal.base_year is None:
            return None
        cuts: dict[int, list[float]] = defaultdict(list)
        used: list[Statistic] = []
        for start in (each for each in found if each.year == goal.base_year):
            for each in (each for each in found if each.plan == start.plan and each.year > goal.base_year):
                ends = [numbers([one], level, self._scale)[one.year] for one in (start, each)]
                years = each.year - goal.base_year
                cut = all(ends) and change_from_levels(ends[0][0], ends[1][0], years, annual=goal.path == "steady")
                if cut is not False and cut is not None and each.year <= goal.target_year:
                    cuts[each.year].append(cut)
                    used += [start, each]
        if not cuts:
            return None
        verdict = judge(goal, cuts, None)
        kept = [each for each in dict.fromkeys(used) if each.year in (goal.base_year, verdict.achieved_year)]
        return Progress(
            target=target, goal=goal, verdict=verdict, results=tuple(kept), series=_agreed(cuts), computed=True
        )

    def _of(self, target: Target, indicator: str) -> Sequence[Statistic]:
        return self._statistics.get((target.adcode, indicator), ())

    def _goal(self, target: Target, indicator: Indicator) -> Goal | None:
        wanted = statement(target)
        factor = self._scale.factor(target.unit, indicator.unit)
        if wanted is None or factor is None:
            return None
        return Goal(
            comparator=wanted.comparator,
            number=clean(wanted.number * factor),
            side=_side(target, indicator),
            path=_path(target, indicator),
            decimals=_decimals(target) if factor == 1 else 12,
            base_year=self._base_year(target),
            target_year=target.target_year,
        )

    def _base_year(self, target: Target) -> int | None:
        """Return the year a goal counts from: its own, else its plan's, where that lies before the target."""
        if target.base_year is not None:
            return target.base_year
        base = self._bases.get(target.plan)
        return base if base is not None and base < target.target_year else None


def _side(target: Target, indicator: Indicator) -> Side:
    """Return which way is better: what the goal says, else what the indicator says."""
    if target.direction in ("reduce", "increase"):
        return 1 if target.is_cut or target.direction == "increase" else -1
    if target.direction in ("at_least", "at_most"):
        return 1 if target.direction == "at_least" else -1
    sides: Mapping[str, Side] = {"up": 1, "down": -1, "none": 0}
    return sides[indicator.better]


def _path(target: Target, indicator: Indicator) -> Path:
    if indicator.kind == "annual_rate":
        return "steady"
    counts = target.direction in ("reduce", "increase") or target.is_cut or indicator.kind in COUNTED_FROM_BASE
    return "zero" if counts else "base"


def _decimals(target: Target) -> int:
    """Return how many digits after the point the document prints."""
    matched = FRACTION.search(unicodedata.normalize("NFKC", target.value_text))
    return len(matched[1]) if matched else 0


def _agreed(results: Mapping[int, Sequence[float]]) -> tuple[tuple[int, float], ...]:
    """Return the years of which one number is known."""
    return tuple((year, found[0]) for year, found in sorted(results.items()) if len(set(found)) == 1)


def _within(refused: Sequence[Refusal], goal: Goal) -> list[Refusal]:
    return [each for each in refused if each.statistic.year <= goal.target_year]
