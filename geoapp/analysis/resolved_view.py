"""A view becomes what is shown: one value per area, classes, points, sources, a title."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from geoapp.analysis.choices import Choices, Chooser
from geoapp.analysis.classify import Classes
from geoapp.analysis.progress.difference import beside, difference, difference_indicator
from geoapp.analysis.progress.measures import Measured, Measurer, measured_indicator
from geoapp.analysis.progress.own import own_result, split_results
from geoapp.analysis.progress.tracker import Progress, Tracker
from geoapp.analysis.resolution.labels import part_of, value_label
from geoapp.analysis.resolution.pair import Pair
from geoapp.analysis.resolution.resolve import Resolution, Resolver
from geoapp.analysis.subtitles import subtitle_of
from geoapp.analysis.titles import title_of
from geoapp.analysis.undertakings import tally
from geoapp.analysis.value_scale import ValueScale, scale_of, shown_number
from geoapp.analysis.vectors import ShownLayer, layers_in_view
from geoapp.analysis.works.capacity import powers
from geoapp.analysis.works.in_view import Facets, WorksInView
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Origin, Park, Plan, Project
from geoapp.model.region import Adcode, Level, Region
from geoapp.model.vector import NO_VECTORS, VectorFeatures
from geoapp.model.view import BBox, PointLayer, View, boxes_meet
from geoapp.model.vocabulary import Tier

LEVELS = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One region of the view with its answer.

    Attributes:
        label: the value as the map prints it, such as ``18%`` or ``≥15%``; empty where there is none.
        rank: the class of the value (-1 zero, 0 lowest), None where there is no number.
        progress: what the results say of the goal, in a view of a measure; None in a view of goals.
        measured: the answer that is drawn where it is not the goal itself.
        pair: the two answers that a difference is made of, in a view that shows one.
    """

    region: Region
    resolution: Resolution
    label: str
    rank: int | None
    progress: Progress | None = None
    measured: Resolution | None = None
    pair: Pair | None = None

    @property
    def drawn(self) -> Resolution:
        """The answer whose number gives colour, size and label."""
        return self.measured or self.resolution

    @property
    def name(self) -> str:
        """The region's name with the part of it that its own goal is for: ``伊犁哈萨克自治州（伊犁州直）``.

        For sentences and charts that name regions apart from their values, which have :attr:`bare_label` then.
        """
        return self.region.name + (part_of(self.resolution.target) if self.resolution.status == "own" else "")

    @property
    def bare_label(self) -> str:
        """The label without that part, for a value that several regions share."""
        return self.label.removesuffix(part_of(self.drawn.target))


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedView:
    """Everything a page, a picture or a file of one view needs, but the polygons.

    Attributes:
        indicator: as it is drawn; of a measure with the measure's title and unit.
        answers: those drawn of every area of the region, also of areas that a box leaves out: classes do not
            change with the frame.
        unit: the unit of the indicator, in the words of the view's language.
        plans: the documents of every figure and every point shown, the region's own included.
        own: the answer for the view's region itself, as a whole.
        trail: the regions from the country down to the view's region.
        holders: for each region with points, the area of the view it lies in.
        choices: indicators, years and tiers that have data in the view's region.
        reported_years: years of published figures of the indicator in the region: its time line.
        results_origin: whose the results are, where a reader's own are held against the goals.
        measurable: some goal of the indicator and year, anywhere, was held against a result.
        vectors: the published vector layers the view asks for, with their features in it.
        powers: megawatts of the projects and actions that have a printed power, by id.
    """

    view: View
    region: Region
    indicator: Indicator
    areas: tuple[Area, ...]
    answers: tuple[Resolution, ...]
    scale: ValueScale
    parks: tuple[Park, ...]
    projects: tuple[Project, ...]
    actions: tuple[Project, ...]
    plans: tuple[Plan, ...]
    frame: BBox
    title: Phrase
    subtitle: Phrase
    unit: str
    own: Resolution
    whole: Area
    facets: Facets
    tiers: tuple[str, ...]
    levels: tuple[Level, ...]
    trail: tuple[Region, ...]
    holders: dict[Adcode, Region]
    choices: Choices
    reported_years: tuple[int, ...]
    results_origin: Origin | None
    measurable: bool
    vectors: tuple[ShownLayer, ...] = ()
    powers: Mapping[str, float] = field(default_factory=dict)

    @property
    def classes(self) -> Classes:
        """Return the classes of the values."""
        return self.scale.classes

    @property
    def counts(self) -> dict[str, int]:
        """Return how many areas have each status."""
        return dict(Counter(area.resolution.status for area in self.areas))

    @property
    def points(self) -> tuple[Park | Project, ...]:
        """Return a row for each park, project and action and each region it stands in."""
        return (*self.parks, *self.projects, *self.actions)

    @property
    def tally(self) -> dict[PointLayer, int]:
        """Return how many undertakings of each layer are shown, each counted once."""
        return tally(self.points)


class ViewResolver:
    """Resolves views for one dataset."""

    def __init__(
        self, dataset: Dataset, gazetteer: Gazetteer, resolver: Resolver, vectors: VectorFeatures = NO_VECTORS
    ) -> None:
        self.dataset, self.gazetteer, self.resolver, self.vectors = dataset, gazetteer, resolver, vectors
        self._chooser = Chooser(dataset, gazetteer, resolver)
        self._tracker = Tracker(dataset)
        self._measurer = Measurer(self._tracker)
        self._works = WorksInView(dataset, gazetteer)

    def show(self, view: View, scale: ValueScale | None = None) -> ResolvedView:
        """Return what a view shows. Classes depend on region, level and indicator only.

        Args:
            scale: the one shared with other views; without it the view has its own.
        """
        region = self.gazetteer[view.region]
        own = self._answer(region, view)
        indicator = own.indicator  # of published figures it says so
        drawn = (
            difference_indicator(indicator, view.lang)
            if view.against
            else measured_indicator(indicator, view.measure, view.lang)
        )
        places = self.gazetteer.at_level(region.adcode, view.level)
        found = [self._found(place, view, drawn) for place in places]
        answers = [each.drawn for each in found]
        whole = self._found(region, view, drawn)
        own = whole.answer
        if view.scale and scale is None:
            *along, beside = self._beside(view, (*places, region))
            scale = scale_of(indicator, (*answers, *along), (whole.drawn, beside), shared=True)
        if drawn.reported and scale is None:
            others = self._other_years(view, {each.adcode for each in places})
            wholes = self._other_years(view, {region.adcode})
            scale = scale_of(indicator, (*answers, *others), (whole.drawn, *wholes), shared=bool(others or wholes))
        scale = scale or scale_of(drawn if view.against else indicator, answers, (whole.drawn,))
        areas = tuple(
            _area(place, each, scale.classes)
            for place, each in zip(places, found, strict=True)
            if view.bbox is None or boxes_meet(place.bbox, view.bbox)
        )
        whole_area = _area(region, whole, scale.classes)
        parks, projects, actions = self._works.points(view)
        points: tuple[Park | Project, ...] = (*parks, *projects, *actions)
        choices = self._choices(region.adcode, indicator)
        unit = self._unit(drawn, view)
        vectors = layers_in_view(view, self.gazetteer, self.vectors)
        return ResolvedView(
            view=view,
            region=region,
            indicator=drawn,
            areas=areas,
            answers=tuple(answers),
            scale=scale,
            parks=parks,
            projects=projects,
            actions=actions,
            plans=self._sources((whole_area, *areas), points),
            frame=view.bbox or region.bbox,
            title=title_of(region, indicator, view, self.dataset.terms, [each.layer for each in vectors]),
            subtitle=subtitle_of(unit, view, areas, whole_area, vectors),
            unit=unit,
            own=own,
            whole=whole_area,
            facets=self._works.facets(view),
            tiers=choices.get(indicator.id, {}).get(view.year or 0, ()) if not drawn.goalless else (),
            levels=tuple(level for level in LEVELS if self.gazetteer.at_level(region.adcode, level)),
            holders=self._holders(areas, points),
            trail=(*reversed(list(self.gazetteer.parents(region.adcode))), region),
            choices=choices,
            reported_years=tuple(
                year for year in choices.get(indicator.id, {}) if (indicator.id, year) in self.resolver.reported
            ),
            results_origin=self._results_origin(view),
            measurable=bool(view.results)
            or (view.fill == "targets" and not view.against and (view.indicator, view.year) in self._tracker.judged),
            vectors=vectors,
            powers=powers(points, self.dataset.units),
        )

    def _other_years(self, view: View, places: Collection[Adcode]) -> tuple[Resolution, ...]:
        """Return the figures of all other years: a value keeps its colour along the time line."""
        found = self.resolver.reported
        return tuple(
            self.resolver.shown(code, view.indicator, year)
            for year in found.years(view.indicator)
            if year != view.year
            for code in found.figures(view.indicator, year)
            if code in places
        )

    def _beside(self, view: View, places: Sequence[Region]) -> tuple[Resolution, ...]:
        """Return what places have of the year and tier whose scale the view shares."""
        year, _, tier = view.scale.partition(".")
        named: Tier = "incentive" if tier == "incentive" else "basic"
        there = replace(view, year=int(year), tier=named)
        answers = (self._answer(each, there) for each in places)
        return tuple(self._measurer.measured(each, view.measure, view.lang).drawn for each in answers)

    def _found(self, place: Region, view: View, drawn: Indicator) -> Measured:
        """Return what a view shows of a place: a goal or figure, a measure of it, or the difference of two."""
        if view.results:
            return self._by_own_results(self._answer(place, view), view)
        if not view.against:
            return self._measurer.measured(self._answer(place, view), view.measure, view.lang)
        pair = Pair(self._answer(place, view), self._answer(place, beside(view)))
        answer = difference(pair, drawn)
        return Measured(answer, None, answer, pair)

    def _by_own_results(self, answer: Resolution, view: View) -> Measured:
        """Return the measure of a goal by a reader's own number of the region; without one it has no result."""
        if self._tracker.of(answer) is None or answer.target is None:
            return Measured(answer, None, replace(answer, number=None))
        column, year = split_results(view.results)
        found = self.resolver.unlisted.value(column, answer.region)
        own = None
        if found is not None and found.value is not None:
            base, known = self._tracker.base_year(answer.target), self.resolver.indicator(column)
            own = own_result(answer.target, answer.indicator.unit, base, known, found, year, view.lang)
        progress = self._tracker.held_against(answer.target, own)
        return self._measurer.of_progress(answer, progress, view.measure, view.lang, kept=False)

    def _results_origin(self, view: View) -> Origin | None:
        return self.resolver.indicator(split_results(view.results)[0]).origin if view.results else None

    def _answer(self, region: Region, view: View) -> Resolution:
        if view.fill == "none":
            return self.resolver.unasked(region, view.indicator, view.year, view.tier)
        return self.resolver.shown(region.adcode, view.indicator, view.year, view.tier)

    def choices(self, region: Adcode) -> Choices:
        """Return the goals of plans that have data in a region: years of published figures are none."""
        return {
            name: kept
            for name, years in self._chooser.inside(region).items()
            if not self.resolver.indicator(name).derived
            and (kept := {year: tiers for year, tiers in years.items() if (name, year) not in self.resolver.reported})
        }

    def _choices(self, region: Adcode, indicator: Indicator) -> Choices:
        """Return what has data in the region; what is not from a plan is offered everywhere, without years.

        Of readers' tables only the one that is shown: whoever sees it knows its id.
        """
        everywhere = (*self.resolver.zonal.indicators(), *self.resolver.unlisted.beside(indicator.id))
        return {**self._chooser.inside(region), **{name: {} for name in everywhere}}

    def _unit(self, indicator: Indicator, view: View) -> str:
        """Return the unit in the reader's words, as the vocabulary has it."""
        named = (term for term in self.dataset.terms if term.kind == "unit" and term.id == indicator.unit)
        term = next(named, None)
        return term.title.get(view.lang) if term else indicator.unit

    def _holders(self, areas: Iterable[Area], points: Iterable[Park | Project]) -> dict[Adcode, Region]:
        """Return, for each region with points, the area of the view that it lies in."""
        resolved = {area.region.adcode: area.region for area in areas}
        found = {}
        for code in {point.adcode for point in points}:
            line = [code, *(above.adcode for above in self.gazetteer.parents(code))]
            holder = next((resolved[each] for each in line if each in resolved), None)
            if holder is not None:
                found[code] = holder
        return found

    def _sources(self, areas: Sequence[Area], points: Iterable[Park | Project]) -> tuple[Plan, ...]:
        """Return the documents of everything shown: the areas' values, the whole region's, results, the points."""
        used = {area.resolution.plan.id for area in areas if area.resolution.plan} | {point.plan for point in points}
        used |= {each.plan for area in areas if area.progress for each in area.progress.results}
        pairs = (area.pair for area in areas if area.pair and area.resolution.status == "own")
        used |= {each.plan.id for pair in pairs for each in (pair.here, pair.there) if each.plan}
        return tuple(plan for plan in self.dataset.plans if plan.id in used)


def _area(region: Region, measured: Measured, classes: Classes) -> Area:
    answer, drawn = measured.answer, measured.drawn
    if drawn is answer:
        label, rank = value_label(answer), _rank(answer, classes)
        return Area(region=region, resolution=answer, label=label, rank=rank, pair=measured.pair)
    return Area(
        region=region,
        resolution=answer,
        label=value_label(drawn) if measured.progress else "",
        rank=_rank(drawn, classes),
        progress=measured.progress,
        measured=drawn,
    )


def _rank(answer: Resolution, classes: Classes) -> int | None:
    number = shown_number(answer)
    return None if number is None else classes.index(number)
