"""Everything a build checked and joined, in one immutable value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from geoapp.model.plan import Indicator, Park, Plan, Project, Statistic, Target, Term, Unit
from geoapp.model.region import Adcode, Region
from geoapp.model.vector import VectorLayer

Record = TypeVar("Record", Target, Statistic, Park, Project)
Measured = TypeVar("Measured", Target, Statistic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which boundaries the data were joined to, and what must be said about them."""

    id: str
    source: str
    data_date: str
    attribution: str
    attribution_en: str
    review_no: str
    usage_notice: str
    usage_notice_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A name somebody vouched for. ``within`` is the region in which it may be used."""

    alias: str
    adcode: Adcode
    kind: str
    within: Adcode
    valid_until: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerInfo:
    """A published layer of ``layers/catalog.toml``."""

    id: str
    title_zh: str
    title_en: str
    group: str
    geometry: str

    def title(self, lang: str) -> str:
        """Return the title in a language."""
        return self.title_en if lang == "en" else self.title_zh


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """Rows of one plan: read from its files, joined to a region, not placed on the map.

    Attributes:
        rows: kind of record (targets, statistics, parks, projects) to number of rows read.
        joined: the same, for rows whose region was found.
        unplaced: ids of rows without a region and why; nothing is dropped in silence.
    """

    plan: str
    rows: dict[str, int]
    joined: dict[str, int]
    unplaced: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """What the atlas serves. ``version`` is a hash of data and boundaries together.

    Attributes:
        derived: what the atlas computes from the printed records; kept apart from ``targets``,
            so that a list of goals holds printed ones only. See ``geoapp.analysis.derived``.
        vectors: the published vector layers; their features lie beside the dataset (``geoapp.vector.library``).
    """

    version: str
    edition: Edition
    regions: tuple[Region, ...]
    aliases: tuple[Alias, ...]
    plans: tuple[Plan, ...]
    indicators: tuple[Indicator, ...]
    terms: tuple[Term, ...]
    units: tuple[Unit, ...]
    layers: tuple[LayerInfo, ...]
    targets: tuple[Target, ...]
    statistics: tuple[Statistic, ...]
    parks: tuple[Park, ...]
    projects: tuple[Project, ...]
    report: tuple[PlanReport, ...]
    derived: tuple[Target, ...] = ()
    vectors: tuple[VectorLayer, ...] = ()

    @property
    def points(self) -> tuple[Park | Project, ...]:
        """Return parks, then projects: works and actions as the documents have them."""
        return (*self.parks, *self.projects)

    @property
    def goal_plans(self) -> tuple[Plan, ...]:
        """The documents that set goals; bulletins and assessments only report."""
        return tuple(plan for plan in self.plans if plan.kind == "plan")

    def in_english(self) -> "Dataset":
        """Return the same data with the English names of divisions and of units.

        What a document prints (names, values, headings) stays as printed. Units are renamed wherever they
        stand, so that what could be converted still can.
        """
        named = {term.id: term.title.en for term in self.terms if term.kind == "unit"}
        return replace(
            self,
            regions=tuple(region.in_english() for region in self.regions),
            indicators=tuple(replace(each, unit=named.get(each.unit, each.unit)) for each in self.indicators),
            units=tuple(replace(each, unit=named.get(each.unit, each.unit)) for each in self.units),
            targets=_measured_in_english(self.targets, named),
            statistics=_measured_in_english(self.statistics, named),
            parks=_in_english(self.parks),
            projects=tuple(
                replace(each, capacity_unit=named.get(each.capacity_unit, each.capacity_unit))
                for each in _in_english(self.projects)
            ),
            derived=_measured_in_english(self.derived, named),
        )


def _in_english(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(replace(record, region_name=record.region_name_en) for record in records)


def _measured_in_english(records: Iterable[Measured], named: Mapping[str, str]) -> tuple[Measured, ...]:
    return tuple(replace(record, unit=named.get(record.unit, record.unit)) for record in _in_english(records))
