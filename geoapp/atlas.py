"""The atlas: one facade from a view to features, maps, pages and files. Web and CLI talk only to it."""

import datetime
import gzip
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import shapely

from geoapp.analysis.checks.finding import Finding
from geoapp.analysis.nearest import settle
from geoapp.analysis.periods import Periods
from geoapp.analysis.query import Pairs, ViewReader
from geoapp.analysis.resolution.resolve import Resolution, Resolver
from geoapp.analysis.resolved_view import ResolvedView, ViewResolver
from geoapp.analysis.search.results import Found
from geoapp.analysis.search.searcher import Searcher
from geoapp.analysis.side_by_side import show_together
from geoapp.analysis.vectors import features_in
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import InvalidView, Issue, NotFound
from geoapp.features.collections import Collections
from geoapp.files.content import Content, collect
from geoapp.files.options import FileOptions, FileRequest, read_request
from geoapp.files.registry import file_stem
from geoapp.files.zonal_columns import zonal_table
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Park, Plan, Project
from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.model.vector import JOIN, split_selection
from geoapp.model.view import View
from geoapp.model.vocabulary import Tier
from geoapp.office.briefings import Briefings
from geoapp.office.maps import Imprint
from geoapp.office.request import BriefingRequest
from geoapp.owndata.indicators import OwnIndicators
from geoapp.owndata.places import OwnPlaces
from geoapp.owndata.tables import Tables
from geoapp.owndata.uploads import Uploads
from geoapp.pages.neighbours import neighbour_rows, neighbours
from geoapp.pages.reading import Pages
from geoapp.pages.siblings import sibling_charts
from geoapp.portrayal import view_content
from geoapp.portrayal.cards import Cards
from geoapp.portrayal.charts import Chart, Charts
from geoapp.portrayal.plan_choices import chosen_period, period_choices
from geoapp.portrayal.vector_layers import feature_card, features_json
from geoapp.portrayal.view_pair import view_pair
from geoapp.raster.library import RasterLibrary
from geoapp.raster.service import Rasters, sun_card
from geoapp.raster.siting.screen import ScreenResult, Surroundings
from geoapp.raster.siting.spec import ScreenSpec
from geoapp.raster.siting.surroundings import gather
from geoapp.raster.zonal.indicators import RasterIndicators
from geoapp.sheets.charts import chart_scene
from geoapp.sheets.paint import paint
from geoapp.sheets.paper import Format, Sheet
from geoapp.sheets.snapshot import Snapshots
from geoapp.store.base import Detail, Store
from geoapp.store.files import COUNTRY, DATASET
from geoapp.vector.indicators import BothIndicators, VectorIndicators
from geoapp.vector.join import Counties
from geoapp.vector.library import VectorLibrary

Json = dict[str, Any]


class Faces:
    """What people read of one build in one language: the names of divisions are part of it."""

    def __init__(
        self, dataset: Dataset, store: Store, rasters: Rasters, vectors: OwnPlaces, own: OwnIndicators
    ) -> None:
        self.dataset = dataset
        self.gazetteer = Gazetteer(dataset.regions, dataset.aliases)
        ground = BothIndicators(RasterIndicators(rasters.library), VectorIndicators(vectors, self.gazetteer))
        self.resolver = Resolver(dataset, self.gazetteer, ground, own)
        self.view_resolver = ViewResolver(dataset, self.gazetteer, self.resolver, vectors)
        self.cards = Cards(dataset, self.gazetteer, self.resolver)
        self.pages = Pages(self.cards, store)
        self.snapshots = Snapshots(dataset, store, self.gazetteer, rasters, built_on(store))


class Atlas:
    """Answers every question about one build."""

    def __init__(
        self,
        store: Store,
        rasters: Path = Path("no rasters"),
        detail: Detail = "lo",
        tables: Tables | None = None,
    ) -> None:
        """Open a build.

        Args:
            rasters: the folder rasters are published to; without it there are none.
            detail: that of the polygons the open API gives out.
            tables: what readers uploaded; without it there is nothing.
        """
        self.store = store
        self.dataset: Dataset = store.dataset()
        self.rasters = Rasters(RasterLibrary(rasters, self.dataset.edition.id))
        self.vectors = VectorLibrary(self.dataset.vectors, store.encoded)
        kept = tables or Tables(Uploads(Path("no uploads"), days=0))
        self._own, self.places = OwnIndicators(kept), OwnPlaces(self.vectors, kept.uploads)
        self._chinese = Faces(self.dataset, store, self.rasters, self.places, self._own)
        self.gazetteer, self.resolver = self._chinese.gazetteer, self._chinese.resolver
        self.collections = Collections(self.dataset, store, detail, self.vectors)
        self._reader = ViewReader(self.dataset, self.gazetteer, self.resolver, self.rasters.ids, self.places)
        self.cards, self.pages, self.snapshots = self._chinese.cards, self._chinese.pages, self._chinese.snapshots
        self.briefings = self.briefings_in("zh")
        self._searcher = Searcher(self.dataset, self.gazetteer, self.resolver.zonal.indicators().values())

    @property
    def version(self) -> str:
        """Hash of data and boundaries; every cached answer carries it."""
        return self.dataset.version

    @property
    def periods(self) -> Periods:
        """What says which five-year periods a region has data of."""
        return self._reader.periods

    def faces(self, lang: str) -> Faces:
        """Return what people read in a language."""
        return self._english if lang == "en" else self._chinese

    @cached_property
    def _english(self) -> Faces:
        return Faces(self.dataset.in_english(), self.store, self.rasters, self.places, self._own)

    def state(self, view: View) -> str:
        """Return what a picture of a view is kept under: the version, that of rasters and of a reader's table where
        they matter."""
        if view.own_data:
            column = view.results.rpartition(".")[0] or view.indicator
            return f"{self.version}-{self.rasters.library.state}-{self._own.state(column)}"
        zonal = view.raster or self.resolver.indicators[view.indicator].origin is not None
        return f"{self.version}-{self.rasters.library.state}" if zonal else self.version

    def view(self, pairs: Pairs, *, extra: Sequence[str] = ()) -> View:
        """Read a view strictly (see :meth:`ViewReader.read`)."""
        return self._reader.read(pairs, extra=extra)

    def view_leniently(self, pairs: Pairs, *, extra: Sequence[str] = ()) -> tuple[View, list[Issue]]:
        """Read the nearest sensible view and what was ignored, for a page.

        An empty parameter is one left out: forms send their empty fields along.
        """
        return self._reader.read_leniently([(name, text) for name, text in pairs if text], extra=extra)

    def show(self, view: View) -> ResolvedView:
        """Return what a view shows."""
        if view.own_data:  # a reader's table may change or go between two questions
            return self.faces(view.lang).view_resolver.show(view)
        return self._shown(view, self.rasters.library.state)

    @lru_cache(maxsize=4)  # noqa: B019 - an atlas lives as long as its process; a page asks for its view three times
    def _shown(self, view: View, _rasters: str) -> ResolvedView:
        return self.faces(view.lang).view_resolver.show(view)

    def snapshot(self, view: View, sheet: Sheet) -> bytes:
        """Return a view as a picture on a sheet (see :class:`Snapshots`)."""
        return self.faces(view.lang).snapshots.snapshot(self.show(view), sheet)

    def comparison(self, views: Sequence[View], sheet: Sheet) -> bytes:
        """Return views beside each other on one sheet, those of one indicator on the scale they share."""
        faces = self.faces(views[0].lang)
        first, *beside = show_together(faces.view_resolver, views)
        return faces.snapshots.snapshot(first, sheet, *beside)

    def chart_picture(self, chart: Chart, form: Format, lang: str, dpi: int) -> bytes:
        """Return a chart as PNG, SVG or PDF."""
        return paint(chart_scene(chart, view_content.FOR_REFERENCE.say(lang), lang), form, dpi)

    def briefing(self, request: BriefingRequest, suffix: str, imprint: Imprint) -> bytes:
        """Return views as a Word document or slides (see :class:`Briefings`)."""
        return self.briefings_in(request.lang).write(request, suffix, imprint)

    def briefings_in(self, lang: str) -> Briefings:
        """Return what writes briefings in a language."""
        faces = self.faces(lang)
        return Briefings(self._reader, faces.view_resolver, faces.cards, faces.snapshots, built_on(self.store))

    def view_json(self, view: View) -> Json:
        """Return the view for programs and for our own map."""
        return {
            **view_content.view_json(self.show(view), self.faces(view.lang).dataset),
            "raster": self.rasters.under(view),
            "periods": period_choices(self.periods.inside(view.region), view.lang),
            "period": chosen_period(view),
        }

    def goals_in(self, region: Adcode, lang: str) -> list[Json]:
        """Return the indicators that plans set in a region, with years and tiers: what a table may be a result of."""
        faces = self.faces(lang)
        found = faces.view_resolver.choices(region)
        return [
            {
                "id": name,
                "title": faces.resolver.indicator(name).title.get(lang),
                "unit": faces.resolver.indicator(name).unit,
                "goals": [f"{year}.{tier}" for year, tiers in years.items() for tier in tiers],
            }
            for name, years in found.items()
            if years
        ]

    def view_pair(self, one: View, two: View) -> Json:
        """Return two views of one region as one table (see :func:`view_pair`)."""
        first, second = show_together(self.faces(one.lang).view_resolver, (one, two))
        return view_pair(first, second)

    def choices(self, view: View) -> Json:
        """Return what a reader of this view can choose from."""
        years = {
            each.id: sorted({*self.resolver.years(each.id), *self.resolver.reported.years(each.id)})
            for each in self.dataset.indicators
        }
        zonal = (*self.resolver.zonal.indicators().values(), *self._own.beside(view.indicator).values())
        return {
            **view_content.choices(self.faces(view.lang).dataset, years, zonal, view),
            "rasters": self.rasters.titles(view.lang),
            "vectors": [
                {"id": layer.id, "title": layer.title.get(view.lang)} for layer in self.vectors.layers().values()
            ],
        }

    def file_request(self, pairs: Sequence[tuple[str, str]], suffix: str, *, full_allowed: bool) -> FileRequest:
        """Read a view and the options of a format, strictly."""
        return read_request(self._reader, pairs, suffix, full_allowed=full_allowed)

    def file_name(self, view: View, options: FileOptions) -> str:
        """Return the name a file of a view is kept under, without suffix."""
        return file_stem(view, options, self.gazetteer[view.region].name, self.indicator(view.indicator))

    def content(self, view: View, options: FileOptions) -> Content:
        """Return what a file of a view holds, before it is written in any format."""
        polygons = self.store.geometry(view.level, options.detail) if options.detail else None
        resolved = self.show(view)
        zonal = zonal_table(self.rasters.library, [area.region for area in resolved.areas], view)
        faces = self.faces(view.lang)
        return collect(resolved, faces.dataset, faces.cards, polygons, zonal, options)

    def resolve(self, adcode: str, indicator: str, year: int | None, tier: Tier, lang: str = "zh") -> Resolution:
        """Return the target that applies to a region, and why, with the names and units of a language.

        Raises:
            NotFound: the code or the indicator is unknown.
            InvalidView: a year is asked of an indicator that has none.
        """
        region = self.region(adcode)
        known = self.indicator(indicator)
        if known.origin is not None and year is not None:
            raise InvalidView([Issue("year", f"{known.id} is not from a plan and has none", "leave it out")])
        if year is None:
            year = self.periods.usual_year(region, known.id)
        return self.faces(lang).resolver.resolve(region.adcode, known.id, year, tier)

    def region(self, adcode: str) -> Region:
        """Return a region; an abolished code (654223) leads to its successor."""
        return self.gazetteer[self.gazetteer.successor(adcode) or adcode]

    def indicator(self, identifier: str) -> Indicator:
        """Return an indicator by id."""
        return self.resolver.indicator(identifier)

    def plan(self, identifier: str) -> Plan:
        """Return a plan by id."""
        try:
            return self.resolver.plans[identifier]
        except KeyError:
            raise NotFound(f"no plan has the id {identifier!r}; known are {', '.join(self.resolver.plans)}") from None

    def point(self, identifier: str) -> Park | Project:
        """Return a park or project by id."""
        return self._point(identifier, self.dataset)

    def _point(self, identifier: str, dataset: Dataset) -> Park | Project:
        points: tuple[Park | Project, ...] = dataset.points
        for point in points:
            if point.id == identifier:
                return point
        raise NotFound(f"no park or project has the id {identifier!r}")

    def findings_of(self, record: str) -> list[Finding]:
        """Return what the consistency checks say of one record, contradictions first."""
        return self.cards.consistency.of(record)

    def search(self, text: str, limit: int, lang: str) -> Found:
        """Return what a reader may mean by a text, best first."""
        return self._searcher.ask(text, limit, lang)

    def card(self, adcode: str, view: View, most: int | None = None) -> Json:
        """Return everything the atlas knows of a region, for its card and its page (see :meth:`Cards.region`)."""
        faces = self.faces(view.lang)
        region = faces.gazetteer[self.region(adcode).adcode]
        zonal = {"rasters": self.rasters.region(region.adcode, view.lang), "sun": sun_card(region, view.lang)}
        return {**faces.cards.region(region, view, most), **zonal}

    def surroundings(self, spec: ScreenSpec) -> Surroundings:
        """Return the counties, polygons and points that a siting screen may use."""
        return gather(spec, self.rasters.library, self.dataset, self.gazetteer, self.store, self.vectors)

    def screen(self, spec: ScreenSpec) -> ScreenResult:
        """Run a siting screen for the web (see :func:`geoapp.raster.siting.screen.run_screen`)."""
        return self.rasters.screen(spec, lambda: self.surroundings(spec))

    def siblings(self, adcode: str, view: View) -> list[Json]:
        """Return charts of a region beside its siblings and the division above, one for each tier that has one."""
        faces = self.faces(view.lang)
        region = faces.gazetteer[self.region(adcode).adcode]
        return sibling_charts(region, view, faces.gazetteer, faces.resolver)

    def neighbours(self, adcode: str, view: View) -> list[Json]:
        """Return the regions that touch a region from under another division, and their values."""
        faces = self.faces(view.lang)
        found = [faces.gazetteer[each.adcode] for each in self._neighbours(self.region(adcode))]
        return neighbour_rows(found, view, faces.gazetteer, faces.resolver)

    @lru_cache(maxsize=256)  # noqa: B019 - an atlas lives as long as its process
    def _neighbours(self, region: Region) -> list[Region]:
        if region.level in (Level.NATION, Level.PROVINCE):
            return []
        return neighbours(region, self.gazetteer, self.store.geometry(region.levels[0], "lo"))

    def charts(self, lang: str) -> Charts:
        """Return what makes charts in a language."""
        return Charts(self.faces(lang).cards)

    def point_card(self, identifier: str, view: View) -> Json:
        """Return everything the atlas knows of a park, a project or a vector layer's feature, for its card."""
        faces = self.faces(view.lang)
        if JOIN in identifier:
            return self.feature_card(*split_selection(identifier), view.lang)
        return faces.cards.point(self._point(identifier, faces.dataset), view.lang)

    def feature_card(self, layer: str, identifier: str, lang: str) -> Json:
        """Return everything the atlas knows of one feature of a published vector layer.

        Raises:
            NotFound: there is no such layer, or no such feature.
        """
        found = self.places.feature(layer, identifier)
        region = self.faces(lang).gazetteer[found.adcode] if found.adcode else None
        return feature_card(found, self.places.get(layer), region, lang)

    @lru_cache(maxsize=64)  # noqa: B019 - an atlas lives as long as its process
    def vector_features(self, layer: str, region: Adcode) -> tuple[bytes, bytes]:
        """Return what our own map draws of a layer in a region, plain and gzipped.

        Raises:
            NotFound: there is no such layer.
        """
        plain = self.own_features(layer, region)
        return plain, gzip.compress(plain, 6, mtime=0)

    def own_features(self, layer: str, region: Adcode) -> bytes:
        """Return the same of any layer, a reader's own too, and keep nothing of it.

        Raises:
            NotFound: there is no such layer, or no longer.
        """
        found = self.places.get(layer)
        return features_json(found, features_in(layer, region, None, self.gazetteer, self.places))

    @cached_property
    def counties(self) -> Counties:
        """What says which county holds a place, in full detail."""
        return Counties(self.store.geometry(Level.COUNTY, "full"))

    def settle(self, view: View, given: Sequence[tuple[str, str]]) -> tuple[View, list[Phrase]]:
        """Return the nearest view with data, and what was changed (see :func:`settle`)."""
        view, moved = self.periods.settle(view, self.gazetteer[view.region])
        view, changed = settle(view, self.show(view).choices, given)
        return view, [*moved, *changed]

    @lru_cache(maxsize=64)  # noqa: B019 - an atlas lives as long as its process
    def topology(self, level: Level, region: Adcode, detail: Detail) -> tuple[bytes, bytes]:
        """Return the polygons of a level inside a region as TopoJSON, plain and gzipped."""
        if region == CHINA and detail == "lo":
            packed = self.store.encoded(COUNTRY.format(level=level)).read_bytes()
            return gzip.decompress(packed), packed
        codes = [each.adcode for each in self.gazetteer.at_level(region, level)]
        plain = self.store.topology(level, detail, codes)
        return plain, gzip.compress(plain, 6, mtime=0)

    def shape(self, region: Region) -> shapely.Geometry:
        """Return a region's polygon in full detail, degrees."""
        level = Level.PREFECTURE if Level.PREFECTURE in region.levels else region.level
        return self.store.geometry(level, "full")[region.adcode]


def built_on(store: Store) -> str:
    """Return the day a build was made (YYYY-MM-DD, UTC): when it wrote what it serves."""
    written = store.encoded(DATASET).stat().st_mtime
    return datetime.datetime.fromtimestamp(written, datetime.UTC).date().isoformat()
