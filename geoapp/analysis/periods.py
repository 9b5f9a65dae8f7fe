"""Five-year periods: which of them a region has data of, and the year that a link without one opens."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from geoapp.analysis.resolution.resolve import Resolver
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.dataset import Dataset
from geoapp.model.region import CHINA, Adcode, Region
from geoapp.model.view import Period

LENGTH = 5
ENOUGH = 0.5
"""The share of the goals of an indicator's fullest year that another year must have to be opened in its place."""


def five_years(year: int) -> Period:
    """Return the five-year plan a year lies in: 2021–2025 for 2023."""
    first = year - (year - 1) % LENGTH
    return first, first + LENGTH - 1


def within(years: Iterable[int], period: Period | None) -> list[int]:
    """Return the years inside a period; all of them where there is none."""
    return [year for year in years if period is None or period[0] <= year <= period[1]]


@dataclass(slots=True)
class Periods:
    """Counts the records of one dataset by period: goals by their target year, parks and projects by their plan's."""

    dataset: Dataset
    gazetteer: Gazetteer
    resolver: Resolver
    _counts: Mapping[Adcode, Counter[Period]] = field(init=False)
    _held: dict[Adcode, dict[Period, int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        counts: dict[Adcode, Counter[Period]] = defaultdict(Counter)
        for target in self.dataset.targets:
            counts[target.adcode][five_years(target.target_year)] += 1
        plans = {plan.id: plan for plan in self.dataset.plans}
        for point in self.dataset.points:
            plan = plans[point.plan]
            for period in dict.fromkeys(five_years(year) for year in range(plan.start_year, plan.end_year + 1)):
                counts[point.adcode][period] += 1
        self._counts = counts

    def inside(self, region: Adcode) -> dict[Period, int]:
        """Return how many records lie in a region, by period, the earliest first; 0 where only a parent has some."""
        if region not in self._held:
            found: Counter[Period] = Counter()
            for code, counts in self._counts.items():
                if self.gazetteer.is_within(code, region):
                    found.update(counts)
            for above in self._above(region):
                for period in self._counts.get(above, ()):
                    found.setdefault(period, 0)
            self._held[region] = dict(sorted(found.items()))
        return self._held[region]

    def usual(self, region: Adcode) -> Period | None:
        """Return the period of which a region has most data, else its parents; the later of equals; None without any.

        Never simply the latest: a new plan with two rows does not push a full one aside.
        """
        held = self.inside(region)
        above: Counter[Period] = Counter()
        for code in self._above(region):
            above.update(self._counts.get(code, {}))
        return max(held, key=lambda period: (held[period], above[period], period), default=None)

    def usual_year(self, region: Region, indicator: str, period: Period | None = None) -> int | None:
        """Return the year that a view of an indicator opens.

        Of the years that have about as many goals inside the region as any other (a goal that is lent from above counts
        as one), it is one of the region's usual period, else the fullest, else the latest. An indicator that no
        plan sets here opens on the year of most published figures. None for what is not from a plan.

        Args:
            period: only years inside it; its last one where there are none.
        """
        if self.resolver.indicators[indicator].origin is not None:
            return None
        goals = self._weights(region, self.resolver.years(indicator), indicator, period)
        figures = self._weights(region, self.resolver.reported.years(indicator), indicator, period)
        weights = goals if any(goals.values()) or not any(figures.values()) else figures
        if not weights:
            last = max((plan.end_year for plan in self.dataset.goal_plans), default=2025)
            return period[1] if period else last
        usual, most = self.usual(region.adcode), max(weights.values())

        def order(year: int) -> tuple[bool, bool, int, int]:
            return weights[year] >= ENOUGH * most, five_years(year) == usual, weights[year], year

        return max(weights, key=order)

    def _weights(self, region: Region, years: list[int], indicator: str, period: Period | None) -> dict[int, int]:
        above = set(self._above(region.adcode))
        found = {}
        for year in within(years, period):
            counts = self.resolver.goal_counts(indicator, year)
            inside = sum(count for code, count in counts.items() if self.gazetteer.is_within(code, region.adcode))
            found[year] = inside or int(not above.isdisjoint(counts))
        return found

    def _above(self, region: Adcode) -> list[Adcode]:
        return [each.adcode for each in self.gazetteer.parents(region) if each.adcode != CHINA]
