"""The features of each OGC collection before they are encoded: what they say and where they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import shapely

from geoapp.analysis.progress.tracker import Tracker
from geoapp.features.fields import fields_of
from geoapp.features.geojson import (
    Properties,
    park_properties,
    progress_properties,
    project_properties,
    region_properties,
    statistic_properties,
    target_properties,
    vector_properties,
)
from geoapp.model.dataset import Dataset
from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.model.vector import NO_VECTORS, VectorFeatures

LEVELS = {"provinces": Level.PROVINCE, "prefectures": Level.PREFECTURE, "counties": Level.COUNTY}
BORROWING = ("targets", "statistics", "progress")
"""Collections whose features show the polygon of their region."""
Shapes = Callable[[Level], Mapping[Adcode, shapely.Geometry]]


@dataclass(frozen=True, slots=True)
class Record:
    """One feature of a collection: what it says and where it is.

    Attributes:
        wkb: a line or an area of its own in hexadecimal well-known binary, degrees; empty where it has none.
    """

    id: str
    properties: Properties
    adcode: str
    point: tuple[float, float] | None
    wkb: str = ""


def records(name: str, dataset: Dataset, vectors: VectorFeatures = NO_VECTORS) -> list[Record]:
    """Return the records of a collection in order of code or id, but first the one with most numbers and lists.

    GDAL and QGIS take a column's type from the first features they get; where those have none they
    would give all of the column's numbers and lists as text.
    """
    found = _of_layer(name, dataset, vectors) if name in vectors.layers() else _in_order(name, dataset)
    typed = [field.name for field in fields_of(name, dataset) if field.type != "string"]
    known = [sum(record.properties[each] not in (None, []) for each in typed) for record in found]
    first = known.index(max(known)) if known else 0
    return [*found[first : first + 1], *found[:first], *found[first + 1 :]]


def _in_order(name: str, dataset: Dataset) -> list[Record]:
    if name in LEVELS:
        regions = sorted((r for r in dataset.regions if LEVELS[name] in r.levels), key=lambda r: r.adcode)
        return [Record(r.adcode, region_properties(r, dataset.edition.id), r.adcode, None) for r in regions]
    if name == "targets":
        return [Record(t.id, target_properties(t), t.adcode, None) for t in dataset.targets]
    if name == "statistics":
        return [Record(s.id, statistic_properties(s), s.adcode, None) for s in dataset.statistics]
    if name == "progress":
        units = {indicator.id: indicator.unit for indicator in dataset.indicators}
        found = Tracker(dataset).all
        return [
            Record(p.target.id, progress_properties(p, units[p.target.indicator]), p.target.adcode, None) for p in found
        ]
    if name == "parks":
        return [Record(p.id, park_properties(p), p.adcode, (p.lon, p.lat)) for p in dataset.parks]
    return [Record(p.id, project_properties(p), p.adcode, (p.lon, p.lat)) for p in dataset.projects]


def _of_layer(name: str, dataset: Dataset, vectors: VectorFeatures) -> list[Record]:
    layer = vectors.layers()[name]
    regions: Mapping[str, Region] = {region.adcode: region for region in dataset.regions}
    return [
        Record(
            each.id,
            vector_properties(each, layer, regions.get(each.adcode)),
            each.adcode,
            None if each.wkb else (each.lon, each.lat),
            each.wkb,
        )
        for each in vectors.features(name)
    ]


def shape_of(record: Record, name: str, regions: Mapping[Adcode, Region], polygons: Shapes) -> shapely.Geometry:
    """Return a record's geometry: its own, its region's polygon, or the country's frame."""
    if record.point is not None:
        return shapely.Point(record.point)
    if record.wkb:
        return shapely.from_wkb(record.wkb)
    region = regions[Adcode(record.adcode)]
    if record.adcode == CHINA:
        return shapely.box(*region.bbox)
    return polygons(LEVELS.get(name) or region.levels[0])[region.adcode]
