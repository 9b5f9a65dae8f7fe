"""Published figures as answers: a year of an indicator for which no plan sets a goal (煤炭消费量, the level of 2008).

A figure takes the form of a goal, as the values of the ground do, so that maps, tables and files show it as they show
goals; its indicator then says that it is reported, and no face calls it a target. Nothing is lent, summed or filled in.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Statistic, Target
from geoapp.model.region import Adcode, Region
from geoapp.model.vocabulary import Comparator

Key = tuple[str, int]
WORDED: Mapping[str, Comparator] = {"左右": "approx", "约": "approx", "以上": "ge", "以下": "le"}
"""How a figure's printed words compare; a table of statistics has no column for it."""


class Reported:
    """The figures of one dataset, by indicator and year, where no plan sets a goal."""

    def __init__(self, statistics: Iterable[Statistic], indicators: Mapping[str, Indicator], taken: Collection[Key]):
        """Take the figures.

        Args:
            taken: the indicators and years that plans set goals for: those are shown, and the figures as their results.
        """
        self._by_key: dict[Key, dict[Adcode, list[Target]]] = defaultdict(lambda: defaultdict(list))
        for each in statistics:
            key = each.indicator, each.year
            if key not in taken:
                self._by_key[key][each.adcode].append(_as_target(each, indicators[each.indicator]))

    def __contains__(self, key: Key) -> bool:
        """Say whether an indicator and year has figures and no goals."""
        return key in self._by_key

    def years(self, indicator: str) -> list[int]:
        """Return the years of which figures of an indicator are published and no goals, earliest first."""
        return sorted(year for name, year in self._by_key if name == indicator)

    def figures(self, indicator: str, year: int) -> Mapping[Adcode, list[Target]]:
        """Return the figures of a year by region."""
        return self._by_key.get((indicator, year), {})


def as_reported(indicator: Indicator) -> Indicator:
    """Return an indicator as its published figures are shown: nothing of it is lent."""
    return replace(indicator, reported=True, inherit=False)


def reported_step(region: Region, *, found: bool) -> Phrase:
    """Say where an answer comes from."""
    said = {"region": region.name}
    return Phrase("{region}：文件公布的统计值", said) if found else Phrase("{region}：未收录这一年的统计值", said)


def _as_target(figure: Statistic, indicator: Indicator) -> Target:
    worded = (comparator for word, comparator in WORDED.items() if word in figure.value_text)
    return Target(
        id=figure.id,
        plan=figure.plan,
        adcode=figure.adcode,
        region_name=figure.region_name,
        region_name_en=figure.region_name_en,
        name_in_source=figure.name_in_source,
        indicator=figure.indicator,
        indicator_name=figure.indicator_name,
        value=figure.value,
        value_text=figure.value_text,
        unit=figure.unit,
        comparator=next(worded, "eq"),
        direction="reach",
        base_year=figure.base_year,
        target_year=figure.year,
        nature=None,
        tier=None,
        sector=indicator.sector,
        section=figure.section,
        caveats=figure.caveats,
    )
