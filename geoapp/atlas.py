"""The atlas: one facade from a view to features, maps, pages and files. Web and CLI talk only to it."""

import gzip
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import shapely

from geoapp.analysis.query import Pairs, ViewReader
from geoapp.analysis.resolve import Resolution, Resolver
from geoapp.analysis.shown import Shower, Shown
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import Issue, NotFound
from geoapp.model.dataset import Dataset
from geoapp.model.plan import Indicator, Park, Plan, Project
from geoapp.model.region import Adcode, Level, Region
from geoapp.model.view import View
from geoapp.model.vocabulary import Tier
from geoapp.render import features, webview
from geoapp.render.cards import Cards
from geoapp.render.collections import Collections
from geoapp.store.base import Detail, Store

Json = dict[str, Any]


class Atlas:
    """Answers every question about one build."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.dataset: Dataset = store.dataset()
        self.gazetteer = Gazetteer(self.dataset.regions, self.dataset.aliases)
        self.resolver = Resolver(self.dataset, self.gazetteer)
        self.collections = Collections(self.dataset, store)
        self._reader = ViewReader(self.dataset, self.gazetteer, self.resolver)
        self._shower = Shower(self.dataset, self.gazetteer, self.resolver)
        self.cards = Cards(self.dataset, self.gazetteer, self.resolver)

    @property
    def version(self) -> str:
        """Hash of data and boundaries; every cached answer carries it."""
        return self.dataset.version

    def view(self, pairs: Pairs, *, extra: Sequence[str] = ()) -> View:
        """Read a view strictly (see :meth:`ViewReader.read`)."""
        return self._reader.read(pairs, extra=extra)

    def view_leniently(self, pairs: Pairs, *, extra: Sequence[str] = ()) -> tuple[View, list[Issue]]:
        """Read the nearest sensible view and what was ignored."""
        return self._reader.read_leniently(pairs, extra=extra)

    def show(self, view: View) -> Shown:
        """Return what a view shows."""
        return self._shower.show(view)

    def view_json(self, view: View) -> Json:
        """Return the view for programs and for our own map."""
        return webview.view_json(self.show(view), self.dataset)

    def choices(self, view: View) -> Json:
        """Return what a reader of this view can choose from."""
        years = {indicator.id: self.resolver.years(indicator.id) for indicator in self.dataset.indicators}
        return webview.choices(self.dataset, years, view)

    def view_geojson(self, view: View) -> bytes:
        """Return exactly the features of a view as GeoJSON, at the low level of detail."""
        shown = self.show(view)
        members = {
            "title": shown.title.say(view.lang),
            "subtitle": shown.subtitle.say(view.lang),
            "view": view.query(),
            "sources": [webview.source(plan, view.lang) for plan in shown.plans],
            "attribution": webview.attribution(self.dataset, view.lang),
            "usage_notice": self.dataset.edition.usage_notice,
            "notice": webview.FOR_REFERENCE.say(view.lang),
            "data_version": self.dataset.version,
            "boundary_edition": self.dataset.edition.id,
        }
        shapes = self.store.geometry(view.level, "lo")
        return features.encode_collection(features.view_features(shown, shapes), members)

    def resolve(self, adcode: str, indicator: str, year: int | None, tier: Tier) -> Resolution:
        """Return the target that applies to a region, and why.

        Raises:
            NotFound: the code or the indicator is unknown.
        """
        region = self.region(adcode)
        known = self.indicator(indicator)
        if year is None:
            year = self._reader.default_year(region, known.id)
        return self.resolver.resolve(region.adcode, known.id, year, tier)

    def region(self, adcode: str) -> Region:
        """Return a region; an abolished code (654223) leads to its successor."""
        return self.gazetteer[self.gazetteer.successor(adcode) or adcode]

    def indicator(self, identifier: str) -> Indicator:
        """Return an indicator by id."""
        try:
            return self.resolver.indicators[identifier]
        except KeyError:
            raise NotFound(f"no indicator has the id {identifier!r}; /indicators lists them") from None

    def plan(self, identifier: str) -> Plan:
        """Return a plan by id."""
        try:
            return self.resolver.plans[identifier]
        except KeyError:
            raise NotFound(f"no plan has the id {identifier!r}; known are {', '.join(self.resolver.plans)}") from None

    def point(self, identifier: str) -> Park | Project:
        """Return a park or project by id."""
        points: tuple[Park | Project, ...] = (*self.dataset.parks, *self.dataset.projects)
        for point in points:
            if point.id == identifier:
                return point
        raise NotFound(f"no park or project has the id {identifier!r}")

    def card(self, adcode: str, view: View) -> Json:
        """Return everything the atlas knows of a region, for its card and its page."""
        return self.cards.region(self.region(adcode), view)

    @lru_cache(maxsize=64)  # noqa: B019 - an atlas lives as long as its process
    def topology(self, level: Level, region: Adcode, detail: Detail) -> tuple[bytes, bytes]:
        """Return the polygons of a level inside a region as TopoJSON, plain and gzipped."""
        codes = [each.adcode for each in self.gazetteer.at_level(region, level)]
        plain = self.store.topology(level, detail, codes)
        return plain, gzip.compress(plain, 6, mtime=0)

    def shape(self, region: Region) -> shapely.Geometry:
        """Return a region's polygon in full detail, degrees."""
        level = Level.PREFECTURE if Level.PREFECTURE in region.levels else region.level
        return self.store.geometry(level, "full")[region.adcode]
