"""The rows of a build's tables, in the order of the columns that :mod:`geoapp.store.postgis.tables` names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely

from geoapp.model.dataset import Dataset
from geoapp.model.plan import Park, Project
from geoapp.model.region import Adcode
from geoapp.model.resolved import ResolvedRow

Row = tuple[Any, ...]
CRS = 4326


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the rows are made of."""

    dataset: Dataset
    polygons: Mapping[Adcode, shapely.Geometry]
    resolved: Iterable[ResolvedRow]


def _hex(shape: shapely.Geometry | None) -> str | None:
    """Return a geometry as the extended WKB that PostGIS reads, in hex."""
    if shape is None:
        return None
    hexed: str = shapely.to_wkb(shapely.set_srid(shape, CRS), hex=True, include_srid=True)
    return hexed


def _multi(shape: shapely.Geometry | None) -> shapely.Geometry | None:
    return shapely.MultiPolygon([shape]) if isinstance(shape, shapely.Polygon) else shape


def regions(source: Source) -> Iterable[Row]:
    """Yield the rows of the table of this name."""
    for each in source.dataset.regions:
        yield (
            each.adcode,
            each.name,
            each.name_en,
            each.short_name,
            str(each.level),
            [str(level) for level in each.levels],
            each.parent,
            each.area_km2,
            _hex(shapely.Point(each.label)),
            _hex(_multi(source.polygons.get(each.adcode))),
        )


def plans(source: Source) -> Iterable[Row]:
    """Yield the rows of the table of this name."""
    for each in source.dataset.plans:
        years = (each.start_year, each.end_year, each.base_year)
        issuer = (each.issuer.zh, each.issuer.en)
        named = (each.id, each.region, each.title.zh, each.title.en, each.document_no, *issuer)
        yield (*named, each.published, *years, each.source_file, each.document_url)


def indicators(source: Source) -> Iterable[Row]:
    """Yield the rows of the table of this name."""
    for each in source.dataset.indicators:
        titles = (each.title.zh, each.title.en, each.definition.zh, each.definition.en)
        yield (each.id, *titles, each.unit, each.sector, each.kind, each.better, each.derived)


def _located(source: Source) -> list[tuple[str, Park | Project]]:
    return [("park", each) for each in source.dataset.parks] + [("project", each) for each in source.dataset.projects]


def places(source: Source) -> Iterable[Row]:
    """Yield the rows of the table of this name."""
    for kind, each in _located(source):
        yield (each.id, kind, each.precision, each.place_source, _hex(shapely.Point(each.lon, each.lat)))


def targets(source: Source) -> Iterable[Row]:
    """Yield the rows of the table of this name."""
    for each in source.dataset.targets:
        yield (
            *(each.id, each.plan, each.adcode, each.indicator, each.indicator_name, each.value, each.value_text),
            *(each.unit, each.comparator, each.direction, each.base_year, each.target_year, each.nature, each.tier),
            *(each.sector, list(each.caveats)),
        )


def statistics(source: Source) -> Iterable[Row]:
    """Yield the rows of the table of this name."""
    for each in source.dataset.statistics:
        named = (each.id, each.plan, each.adcode, each.indicator, each.indicator_name)
        yield (*named, each.year, each.base_year, each.value, each.value_text, each.unit, list(each.caveats))


def parks(source: Source) -> Iterable[Row]:
    """Yield the rows of the table of this name."""
    for each in source.dataset.parks:
        yield (each.id, each.plan, each.name, list(each.programmes), each.adcode, each.id, list(each.caveats))


def projects(source: Source) -> Iterable[Row]:
    """Yield the rows of the table of this name."""
    for each in source.dataset.projects:
        size = (each.capacity, each.capacity_unit)
        state = (each.status, each.status_text, each.id, list(each.caveats))
        yield (each.id, each.plan, each.name, each.type, each.adcode, *size, *state)


def origins(source: Source) -> Iterable[Row]:
    """Yield the rows of the table of this name."""
    data = source.dataset
    for kind, records in (
        ("target", data.targets),
        ("statistic", data.statistics),
        ("park", data.parks),
        ("project", data.projects),
    ):
        for each in records:
            yield (kind, each.id, each.plan, each.section, each.name_in_source)


def resolutions(source: Source) -> Iterable[Row]:
    """Yield the rows of the table of this name."""
    for each in source.resolved:
        asked = (each.adcode, each.indicator, each.year, each.tier)
        yield (*asked, each.status, each.number, each.value_text, each.unit, each.target, each.from_region, each.plan)
