"""The whole ``layers/`` folder becomes one checked :class:`Dataset`, or one error with every fault."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

import orjson
from pydantic import BaseModel, ConfigDict

from geoapp.analysis.derived import CAVEAT, INDICATORS, derive
from geoapp.analysis.resolution.statement import Scale
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import InvalidData, Issue
from geoapp.ingest.join import Joiner
from geoapp.ingest.packs import Pack, read_pack, read_toml
from geoapp.ingest.references import code_hint, units_of_indicators, unpublished_indicators, unused_places
from geoapp.ingest.schemas import IndicatorRow, IndicatorTermRow, PlaceRow, TermRow, UnitRow
from geoapp.ingest.tables import read_table
from geoapp.ingest.unread import COMMON_FILES, unread_files
from geoapp.model.dataset import Dataset, Edition, LayerInfo, PlanReport
from geoapp.model.plan import Indicator, Park, Project, Statistic, Target, Term, Text, Unit
from geoapp.model.region import Adcode
from geoapp.model.vector import VectorLayer
from geoapp.vector.indicators import CAVEATS

RESERVED_LAYERS = ("none", "own", "actions")
"""Words of ``layers=`` that no vector layer may be called."""
SHORTEST_NAME = 4
"""A term of fewer characters, such as 煤炭, is a word, not the name of something measured."""


class _LayerEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    title_zh: str
    title_en: str
    group: str
    geometry: str


class CatalogFile(BaseModel):
    """``layers/catalog.toml``: which layers are published, and how they are called."""

    model_config = ConfigDict(extra="forbid")
    layer: list[_LayerEntry]


@dataclass(frozen=True, slots=True)
class Common:
    """What all plans share: vocabulary, units, places, published layers."""

    indicators: list[Indicator]
    terms: list[Term]
    units: list[Unit]
    places: list[tuple[int, PlaceRow]]
    layers: list[LayerInfo]


def read_layers(
    folder: Path,
    gazetteer: Gazetteer,
    edition: Edition,
    contains: Callable[[Adcode, float, float], bool],
    vectors: tuple[Sequence[VectorLayer], Sequence[Issue]] = ((), ()),
) -> Dataset:
    """Read, check and join everything in ``layers/``.

    Args:
        vectors: the published vector layers as :mod:`geoapp.vector.join` read them, and its faults.

    Raises:
        InvalidData: with every fault of every file.
    """
    common, issues = read_common(folder)
    packs, faults = _read_packs(folder / "plans", gazetteer)
    issues += faults
    joiner = Joiner(
        gazetteer=gazetteer,
        indicators={indicator.id: indicator for indicator in common.indicators},
        terms=words_of(common.terms),
        places={(place.name, Adcode(place.adcode)): place for _, place in common.places},
        contains=contains,
        scale=Scale(common.units),
        titles=titles_of(common.terms),
    )
    joiner.check_places(str(folder / "places.csv"), common.places)
    joined = _join(packs, joiner)
    issues += joiner.issues
    issues += [*vectors[1], *_taken(folder / "vectors", vectors[0], common.layers)]
    issues += unpublished_indicators(packs, set(joiner.indicators))
    if not faults:  # a pack that could not be read has parks and projects too
        issues += unused_places(folder / "places.csv", common.places, packs)
    if issues:
        raise InvalidData(folder, issues)
    dataset = Dataset(
        version="",
        edition=edition,
        regions=tuple(gazetteer.regions.values()),
        aliases=gazetteer.aliases,
        plans=tuple(pack.plan for pack in packs),
        indicators=(*common.indicators, *INDICATORS),
        terms=(*common.terms, CAVEAT, *(CAVEATS if vectors[0] else ())),
        units=tuple(common.units),
        layers=(*common.layers, *(_layer_info(layer) for layer in vectors[0])),
        targets=tuple(joined.targets),
        statistics=tuple(joined.statistics),
        parks=tuple(joined.parks),
        projects=tuple(joined.projects),
        report=tuple(joined.report),
        vectors=tuple(vectors[0]),
    )
    return _sealed(replace(dataset, derived=derive(dataset, gazetteer)))


def _layer_info(layer: VectorLayer) -> LayerInfo:
    return LayerInfo(
        id=layer.id, title_zh=layer.title.zh, title_en=layer.title.en, group="vectors", geometry=layer.shape
    )


def _taken(folder: Path, vectors: Sequence[VectorLayer], layers: Sequence[LayerInfo]) -> list[Issue]:
    """Report vector layers that bear the id of another layer."""
    ids = {*(layer.id for layer in layers), *RESERVED_LAYERS}
    return [
        Issue(f"{folder / layer.id}.toml id", f"{layer.id!r} is another layer already", "give it another id")
        for layer in vectors
        if layer.id in ids
    ]


@dataclass(slots=True)
class _Joined:
    targets: list[Target] = field(default_factory=list)
    statistics: list[Statistic] = field(default_factory=list)
    parks: list[Park] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    report: list[PlanReport] = field(default_factory=list)


def _join(packs: Sequence[Pack], joiner: Joiner) -> _Joined:
    """Join every pack; faults gather in the joiner."""
    all_of = _Joined()
    for pack in packs:
        joiner.check_pack(pack)
        mine = (joiner.targets(pack), joiner.statistics(pack), joiner.parks(pack), joiner.projects(pack))
        all_of.targets += mine[0]
        all_of.statistics += mine[1]
        all_of.parks += mine[2]
        all_of.projects += mine[3]
        all_of.report.append(_report(pack, *mine))
    return all_of


def _sealed(dataset: Dataset) -> Dataset:
    """Return the dataset under a version: a hash of its records and of the edition they are joined to."""
    records = replace(dataset, regions=(), aliases=())
    names = [region.name_en for region in dataset.regions]
    return replace(dataset, version=hashlib.sha256(orjson.dumps((records, names))).hexdigest()[:12])


def read_common(folder: Path) -> tuple[Common, list[Issue]]:
    """Read what all plans share, with every fault of those files."""
    indicator_rows, issues = read_table(folder / "indicators.csv", IndicatorRow)
    term_rows, faults = read_table(folder / "vocabulary.csv", TermRow)
    issues += faults
    units, faults = read_table(folder / "units.csv", UnitRow)
    issues += faults
    places, faults = read_table(folder / "places.csv", PlaceRow)
    issues += faults
    catalog, faults = read_toml(folder / "catalog.toml", CatalogFile)
    issues += faults
    issues += _duplicates(folder / "indicators.csv", [(n, row.id) for n, row in indicator_rows])
    issues += _reserved(folder / "indicators.csv", indicator_rows)
    issues += _duplicates(folder / "vocabulary.csv", [(n, f"{row.kind} {row.id}") for n, row in term_rows])
    issues += _duplicates(folder / "units.csv", [(n, row.unit) for n, row in units])
    issues += units_of_indicators(folder / "indicators.csv", indicator_rows, term_rows)
    issues += unread_files(folder, COMMON_FILES)
    issues += unread_files(folder / "rasters", [path.name for path in (folder / "rasters").glob("*.toml")])
    issues += _without_factor(folder / "units.csv", {row.unit for _, row in units}, term_rows)
    issues += _duplicates(folder / "places.csv", [(n, f"{row.name} {row.adcode}") for n, row in places])
    named, faults = _names_in_documents(folder / "indicator_terms.csv", {row.id for _, row in indicator_rows})
    issues += faults
    indicators = [replace(indicator_of(row), also=named.get(row.id, ())) for _, row in indicator_rows]
    terms = [Term(kind=row.kind, id=row.id, title=Text(zh=row.zh, en=row.en)) for _, row in term_rows]
    layers = [LayerInfo(**entry.model_dump()) for entry in catalog.layer] if catalog else []
    return Common(indicators, terms, [Unit(**row.model_dump()) for _, row in units], places, layers), issues


def _names_in_documents(path: Path, known: set[str]) -> tuple[dict[str, tuple[str, ...]], list[Issue]]:
    """Return the names by which indicators are found beside their titles: whole terms, long enough to tell apart."""
    rows, issues = read_table(path, IndicatorTermRow) if path.exists() else ([], [])
    named: dict[str, tuple[str, ...]] = {}
    for number, row in rows:
        if row.indicator not in known:
            close = get_close_matches(row.indicator, sorted(known), n=1)
            hint = f"did you mean {close[0]}?" if close else "correct it, or remove the row"
            problem = f"{row.indicator!r} is not in layers/indicators.csv"
            issues.append(Issue(f"{path} row {number}, column indicator", problem, hint))
        elif row.unit and "…" not in row.term and len(row.term) >= SHORTEST_NAME:
            named[row.indicator] = (*named.get(row.indicator, ()), row.term)
    return named, issues


def _without_factor(path: Path, known: set[str], terms: Sequence[tuple[int, TermRow]]) -> list[Issue]:
    """Report the units of the vocabulary that nobody said how to convert."""
    return [
        Issue(str(path), f"unit {row.id!r} of vocabulary.csv row {number} has no row here", "add its factor and source")
        for number, row in terms
        if row.kind == "unit" and row.id not in known
    ]


def _read_packs(folder: Path, gazetteer: Gazetteer) -> tuple[list[Pack], list[Issue]]:
    packs, issues = [], []
    folders = sorted(path for path in folder.glob("*") if path.is_dir())
    issues += unread_files(folder, [path.name for path in folders])
    if not folders:
        issues.append(Issue(str(folder), "holds no plan", "add a folder with plan.toml and its tables"))
    for path in folders:
        pack, faults = read_pack(path)
        issues += faults
        if pack is None:
            continue
        if pack.plan.region not in gazetteer:
            issues.append(no_division(pack, gazetteer))
            continue
        packs.append(pack)
    return packs, issues


def _duplicates(path: Path, keys: Sequence[tuple[int, str]]) -> list[Issue]:
    seen: dict[str, int] = {}
    issues = []
    for number, key in keys:
        if key in seen:
            issues.append(Issue(f"{path} row {number}", f"{key!r} stands in row {seen[key]} already", "remove one"))
        seen.setdefault(key, number)
    return issues


def _reserved(path: Path, rows: Sequence[tuple[int, IndicatorRow]]) -> list[Issue]:
    computed = {indicator.id for indicator in INDICATORS}
    return [
        Issue(f"{path} row {number}, column id", f"{row.id!r} is computed by the atlas", "give it another id")
        for number, row in rows
        if row.id in computed
    ]


def words_of(terms: Sequence[Term]) -> dict[str, set[str]]:
    """Return the ids of the closed lists by their kind."""
    words: dict[str, set[str]] = {"programme": set(), "caveat": set(), "unit": set()}
    for term in terms:
        words.setdefault(term.kind, set()).add(term.id)
    return words


def titles_of(terms: Sequence[Term]) -> dict[str, dict[str, str]]:
    """Return the ids of the closed lists by their kind and their Chinese words, for hints."""
    words: dict[str, dict[str, str]] = {}
    for term in terms:
        words.setdefault(term.kind, {})[term.title.zh] = term.id
    return words


def no_division(pack: Pack, gazetteer: Gazetteer) -> Issue:
    """Return the fault of a plan whose region has no such code, with the division that its title names."""
    plan = pack.plan
    hint = code_hint(plan.region, pack.region_name + plan.title.zh + plan.issuer.zh, gazetteer)
    return Issue(f"{pack.folder}/plan.toml region", f"{plan.region} is not a division", hint)


def indicator_of(row: IndicatorRow) -> Indicator:
    """Return an indicator of the vocabulary from its row."""
    return Indicator(
        id=row.id,
        title=Text(zh=row.title_zh, en=row.title_en),
        definition=Text(zh=row.definition_zh, en=row.definition_en),
        unit=row.unit,
        sector=row.sector,
        kind=row.kind,
        better=row.better,
        aggregate=row.aggregate,
        inherit=row.inherit == "yes",
        draw=row.draw,
    )


def _report(
    pack: Pack, targets: list[Target], statistics: list[Statistic], parks: list[Park], projects: list[Project]
) -> PlanReport:
    points: tuple[Park | Project, ...] = (*parks, *projects)
    coarse = [each for each in points if each.precision in ("prefecture", "province")]
    return PlanReport(
        plan=pack.plan.id,
        rows={
            "targets": len(pack.targets),
            "statistics": len(pack.statistics),
            "parks": len(pack.parks),
            "projects": len(pack.projects),
        },
        joined={
            "targets": len(targets),
            "statistics": len(statistics),
            "parks": len(parks),
            "projects": len(projects),
        },
        unplaced=tuple(each.id for each in coarse),
    )
