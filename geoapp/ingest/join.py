"""Rows of the plan packs find their region, their indicator and their place, or say why not."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import chain

from geoapp.analysis.resolution.statement import Scale
from geoapp.boundaries.gazetteer import Gazetteer, UnknownName
from geoapp.errors import Issue
from geoapp.ingest.meaning import meaning_faults, pack_issues, unit_faults
from geoapp.ingest.packs import Pack
from geoapp.ingest.references import code_hint
from geoapp.ingest.rowchecks import (
    NUMBER,
    Fault,
    capacity_faults,
    figure_faults,
    list_of_regions,
    pack_repeats,
    year_faults,
)
from geoapp.ingest.schemas import ParkRow, PlaceRow, ProjectRow, StatisticRow, TargetRow
from geoapp.model.plan import LESS, Indicator, Park, Plan, Project, Statistic, Target
from geoapp.model.region import Adcode, Level, Region
from geoapp.model.vocabulary import Precision

PRECISION: Mapping[Level, Precision] = {
    Level.COUNTY: "county",
    Level.PREFECTURE: "prefecture",
    Level.PROVINCE: "province",
    Level.NATION: "province",
}


@dataclass(frozen=True, slots=True)
class Point:
    """Where a park or project is drawn, how exact that is and who says so."""

    lon: float
    lat: float
    precision: Precision
    source: str


@dataclass(slots=True)
class Joiner:
    """Joins the rows of all packs to the gazetteer, the vocabulary and the places.

    ``contains`` says whether a division's polygon holds a point (degrees); ``titles`` are the Chinese words of the
    closed lists by their kind, which hints know. Faults gather in ``issues``; a row with a fault is left out of the
    result and always has an issue.
    """

    gazetteer: Gazetteer
    indicators: Mapping[str, Indicator]
    terms: Mapping[str, set[str]]
    places: Mapping[tuple[str, Adcode], PlaceRow]
    contains: Callable[[Adcode, float, float], bool]
    scale: Scale
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    _ids: dict[str, str] = field(default_factory=dict)

    def targets(self, pack: Pack) -> list[Target]:
        """Join one pack's targets."""
        found = []
        for number, row in pack.targets:
            where = f"{pack.folder}/targets.csv row {number}"
            region, indicator = self._common(where, row, pack.plan)
            self._faults(where, figure_faults(number, row), year_faults(number, row, pack.plan))
            known = not row.unit or row.unit in self.terms["unit"]  # else the unit is the fault
            self._faults(where, unit_faults(number, row, self.terms["unit"]) if known else ())
            if indicator and known:
                self._faults(where, meaning_faults(number, row, indicator, self.scale))
            if region and indicator:
                target = _target(row, pack.plan, region, indicator)
                found.append(replace(target, caveats=self._caveats(row, pack.plan)))
        return found

    def statistics(self, pack: Pack) -> list[Statistic]:
        """Join one pack's statistics."""
        found = []
        for number, row in pack.statistics:
            where = f"{pack.folder}/statistics.csv row {number}"
            region, indicator = self._common(where, row, pack.plan)
            self._faults(where, figure_faults(number, row), year_faults(number, row, pack.plan))
            known = not row.unit or row.unit in self.terms["unit"]  # else the unit is the fault
            self._faults(where, unit_faults(number, row, self.terms["unit"]) if known else ())
            if indicator and known:
                self._faults(where, meaning_faults(number, row, indicator, self.scale))
            if region and indicator:
                figure = _statistic(row, pack.plan, region, indicator)
                found.append(replace(figure, caveats=self._caveats(row, pack.plan)))
        return found

    def parks(self, pack: Pack) -> list[Park]:
        """Join one pack's parks and place them."""
        found = []
        for number, row in pack.parks:
            where = f"{pack.folder}/parks.csv row {number}"
            self._known(where, "programmes", row.programmes, "programme")
            region, _ = self._common(where, row, pack.plan)
            if region:
                found.append(_park(row, pack.plan, region, self._point(row.name, region)))
        return found

    def projects(self, pack: Pack) -> list[Project]:
        """Join one pack's projects and place them."""
        found = []
        for number, row in pack.projects:
            where = f"{pack.folder}/projects.csv row {number}"
            self._faults(where, capacity_faults(number, row))
            self._known_unit(where, "capacity_unit", row.capacity_unit)
            region, _ = self._common(where, row, pack.plan)
            if region:
                found.append(_project(row, pack.plan, region, self._point(row.name, region)))
        return found

    def check_pack(self, pack: Pack) -> None:
        """Report what only the whole pack shows: repeated rows, two spellings, reviews of nothing."""
        self.issues += pack_issues(pack, self.gazetteer, self.indicators)
        for name, faults in pack_repeats(pack).items():
            for fault in faults:
                self._faults(f"{pack.folder}/{name} row {fault.number}", [fault])
        ids = {row.id for _, row in pack.parks} | {row.id for _, row in pack.projects}
        for number, reviewed in pack.tracing:
            if reviewed.id not in ids:
                close = get_close_matches(reviewed.id, sorted(ids), n=1)
                hint = f"did you mean {close[0]}?" if close else "remove the row"
                problem = f"{reviewed.id!r} is not a park or project of this plan"
                self._fault(f"{pack.folder}/tracing.csv row {number}", "id", problem, hint)

    def check_places(self, source: str, rows: Iterable[tuple[int, PlaceRow]]) -> None:
        """Report every place whose code is unknown or whose point lies outside its county."""
        for number, row in rows:
            where = f"{source} row {number}"
            if row.adcode not in self.gazetteer:
                hint = code_hint(row.adcode, row.name, self.gazetteer)
                self._fault(where, "adcode", f"{row.adcode} is not a division", hint)
            elif not self.contains(Adcode(row.adcode), row.lon, row.lat):
                name = self.gazetteer[row.adcode].name
                problem = f"{row.name} at {row.lon}, {row.lat} lies outside {name} {row.adcode}"
                self._fault(where, "lon", problem, "check for swapped coordinates or a GCJ-02 shift")

    def _common(
        self, where: str, row: TargetRow | StatisticRow | ParkRow | ProjectRow, plan: Plan
    ) -> tuple[Region | None, Indicator | None]:
        if row.id in self._ids:
            self._fault(where, "id", f"{row.id} is used twice (also {self._ids[row.id]})", "give it a new id")
        self._ids[row.id] = where
        self._known(where, "caveats", row.caveats, "caveat")
        region = None
        try:
            region = self.gazetteer.resolve(row.name_in_source, plan.region)
        except UnknownName as error:
            known = self.gazetteer.names(plan.region)
            several = list_of_regions(row.name_in_source, known)
            hint = f"write one row for each of {', '.join(several)}" if several else error.hint
            if strange := [name for name in several if name not in known]:
                hint += f"; {', '.join(strange)} is no division of {self.gazetteer[plan.region].name}"
            self._fault(where, "name_in_source", error.problem, hint)
        if isinstance(row, ParkRow | ProjectRow):
            return region, None
        self._known_unit(where, "unit", row.unit)
        indicator = self.indicators.get(row.indicator)
        if indicator is None:
            titles = {each.title.zh: each.id for each in self.indicators.values()}
            close = get_close_matches(row.indicator, [*self.indicators, *titles], n=1)
            hint = f"did you mean {titles.get(close[0], close[0])}? " if close else ""
            self._fault(
                where, "indicator", f"{row.indicator!r} is not in layers/indicators.csv", hint + "add it there if new"
            )
        return region, indicator

    def _caveats(self, row: TargetRow | StatisticRow, plan: Plan) -> tuple[str, ...]:
        """Return a row's caveats, and the one its region's name asks for: 伊犁州直 is less than 654000."""
        less = self.gazetteer.is_part(row.name_in_source, plan.region)
        return tuple(dict.fromkeys((*row.caveats, LESS))) if less else row.caveats

    def _known(self, where: str, column: str, words: Iterable[str], kind: str) -> None:
        for word in words:
            if word not in self.terms[kind]:
                self._unlisted(where, column, word, kind)

    def _known_unit(self, where: str, column: str, unit: str) -> None:
        if NUMBER.fullmatch(unit):
            self._fault(where, column, f"a number, {unit}, stands in the unit column", "did the cells shift?")
        elif unit and unit not in self.terms["unit"]:
            self._unlisted(where, column, unit, "unit")

    def _unlisted(self, where: str, column: str, word: str, kind: str) -> None:
        titles = self.titles.get(kind, {})
        close = get_close_matches(word, [*sorted(titles), *sorted(self.terms[kind])], n=1)
        hint = f"did you mean {titles.get(close[0], close[0])}? " if close else ""
        problem = f"{word!r} is not a {kind} of layers/vocabulary.csv"
        self._fault(where, column, problem, hint + "add it there if it is right")

    def _faults(self, where: str, *groups: Iterable[Fault]) -> None:
        for fault in chain(*groups):
            self._fault(where, fault.column, fault.problem, fault.hint)

    def _fault(self, where: str, column: str, problem: str, hint: str) -> None:
        self.issues.append(Issue(f"{where}, column {column}", problem, hint))

    def _point(self, name: str, region: Region) -> Point:
        place = self.places.get((name, region.adcode))
        if place is not None:
            return Point(place.lon, place.lat, place.precision, place.source)
        lon, lat = region.label
        return Point(lon, lat, PRECISION[region.level], f"{region.name}标注点，不表示具体位置")


def _target(row: TargetRow, plan: Plan, region: Region, indicator: Indicator) -> Target:
    return Target(
        id=row.id,
        plan=plan.id,
        adcode=region.adcode,
        region_name=region.name,
        region_name_en=region.name_en,
        name_in_source=row.name_in_source,
        indicator=indicator.id,
        indicator_name=indicator.title.zh,
        value=row.value,
        value_text=row.value_text,
        unit=row.unit,
        comparator=row.comparator,
        direction=row.direction,
        base_year=row.base_year,
        target_year=row.target_year,
        nature=row.nature,
        tier=row.tier,
        sector=row.sector,
        section=row.section,
        caveats=row.caveats,
    )


def _statistic(row: StatisticRow, plan: Plan, region: Region, indicator: Indicator) -> Statistic:
    return Statistic(
        id=row.id,
        plan=plan.id,
        adcode=region.adcode,
        region_name=region.name,
        region_name_en=region.name_en,
        name_in_source=row.name_in_source,
        indicator=indicator.id,
        indicator_name=indicator.title.zh,
        year=row.year,
        base_year=row.base_year,
        value=row.value,
        value_text=row.value_text,
        unit=row.unit,
        section=row.section,
        caveats=row.caveats,
    )


def _park(row: ParkRow, plan: Plan, region: Region, point: Point) -> Park:
    return Park(
        id=row.id,
        plan=plan.id,
        name=row.name,
        programmes=row.programmes,
        adcode=region.adcode,
        region_name=region.name,
        region_name_en=region.name_en,
        name_in_source=row.name_in_source,
        precision=point.precision,
        lon=point.lon,
        lat=point.lat,
        place_source=point.source,
        section=row.section,
        caveats=row.caveats,
    )


def _project(row: ProjectRow, plan: Plan, region: Region, point: Point) -> Project:
    return Project(
        id=row.id,
        plan=plan.id,
        name=row.name,
        nature=row.nature,
        type=row.type,
        adcode=region.adcode,
        region_name=region.name,
        region_name_en=region.name_en,
        name_in_source=row.name_in_source,
        capacity=row.capacity,
        capacity_unit=row.capacity_unit,
        status=row.status,
        status_text=row.status_text,
        precision=point.precision,
        lon=point.lon,
        lat=point.lat,
        place_source=point.source,
        section=row.section,
        caveats=row.caveats,
    )
