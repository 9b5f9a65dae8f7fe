"""What a reader can choose inside a region: the indicators, years and tiers that have data there.

A year of published figures has one tier, ``basic``, which means nothing.
"""

from collections.abc import Iterator
from functools import lru_cache

from geoapp.analysis.resolution.resolve import Resolver
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.dataset import Dataset
from geoapp.model.plan import Target
from geoapp.model.region import CHINA, Adcode
from geoapp.model.vocabulary import Tier

Choices = dict[str, dict[int, tuple[Tier, ...]]]
"""Indicator id → target year → tiers, in the order of the vocabulary, years and tiers."""


class Chooser:
    """Lists choices for one dataset."""

    def __init__(self, dataset: Dataset, gazetteer: Gazetteer, resolver: Resolver) -> None:
        self.dataset, self.gazetteer, self.resolver = dataset, gazetteer, resolver
        self._drawn = [indicator.id for indicator in dataset.indicators if indicator.draw != "none"]

    @lru_cache(maxsize=512)  # noqa: B019 - one chooser lives as long as its atlas
    def inside(self, region: Adcode) -> Choices:
        """Return what has an answer other than "none" for the region or any division in it."""
        found: dict[str, dict[int, set[Tier]]] = {}
        for indicator, year, tier in self._keys(region):
            found.setdefault(indicator, {}).setdefault(year, set()).add(tier)
        return {
            name: {year: tuple(sorted(tiers)) for year, tiers in sorted(found[name].items())}
            for name in self._drawn
            if name in found
        }

    def _keys(self, region: Adcode) -> Iterator[tuple[str, int, Tier]]:
        """Yield what has an answer. In a region without parts its own slash outdoes what a parent would lend."""
        if self.gazetteer.children(region):
            yield from self._said(region)
            return
        for key in set(self._said(region)):
            if self.resolver.shown(region, *key).status not in ("none", "not_collected"):
                yield key

    def _said(self, region: Adcode) -> Iterator[tuple[str, int, Tier]]:
        above = {each.adcode for each in self.gazetteer.parents(region)} - {CHINA}
        for target in (*self.dataset.targets, *self.dataset.derived):
            if self._counts(target, region, above):
                yield target.indicator, target.target_year, target.tier or "basic"
        for plan in self.dataset.plans:
            if plan.unpublished and (plan.region in above or self.gazetteer.is_within(plan.region, region)):
                for annex in plan.unpublished:
                    yield from ((indicator, plan.end_year, "basic") for indicator in annex.indicators)
        for figure in self.dataset.statistics:
            key = figure.indicator, figure.year
            if key in self.resolver.reported and self.gazetteer.is_within(figure.adcode, region):
                yield (*key, "basic")

    def _counts(self, target: Target, region: Adcode, above: set[Adcode]) -> bool:
        if target.value_text == "/":
            return False
        indicator = self.resolver.indicators[target.indicator]
        lent = target.adcode in above and (indicator.inherit or target.each is not None)
        return lent or self.gazetteer.is_within(target.adcode, region)
