"""The OGC collections: seven lists of features in a fixed order, and how they are searched."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from geoapp.errors import NotBuilt, NotFound
from geoapp.model.dataset import Dataset, LayerInfo
from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.model.view import BBox
from geoapp.render import prepared, tiles
from geoapp.render.crs import Crs
from geoapp.render.features import (
    Properties,
    park_properties,
    project_properties,
    region_properties,
    statistic_properties,
    target_properties,
)
from geoapp.render.fields import FIELDS, YEAR_FIELD, Field
from geoapp.render.prepared import PreparedLayer, encode
from geoapp.render.tiles import TileArchive
from geoapp.store.base import Detail, Store

LEVELS = {"provinces": Level.PROVINCE, "prefectures": Level.PREFECTURE, "counties": Level.COUNTY}
FOLDER = "ogc"
OUTDATED = "the build was made by another version of geoapp; run `geoapp build`"
Shapes = Callable[[Level], Mapping[Adcode, shapely.Geometry]]
Test = Callable[[Properties, Callable[[], Any]], bool]
"""A condition on a feature's properties and on its geometry, which is made only if asked for."""


@dataclass(frozen=True, slots=True)
class Record:
    """One feature of a collection: what it says and where it is."""

    id: str
    properties: Properties
    adcode: Adcode
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a client asks of a collection.

    Attributes:
        filters: property name and the value it must equal; a list must hold the value.
        years: first and last year (both included) in which a feature's time must lie.
        where: a parsed CQL2 condition.
        sortby: property names, each with True for descending.
    """

    bbox: BBox | None = None
    filters: tuple[tuple[str, Any], ...] = ()
    years: tuple[float, float] | None = None
    where: Test | None = None
    sortby: tuple[tuple[str, bool], ...] = ()

    @property
    def everything(self) -> bool:
        """Whether every feature matches, in the collection's own order."""
        return not (self.bbox or self.filters or self.years or self.where or self.sortby)


class Collections:
    """All collections of one dataset by id."""

    def __init__(self, dataset: Dataset, store: Store, detail: Detail = "lo") -> None:
        self._collections = {info.id: Collection(info, dataset, store, detail) for info in dataset.layers}

    def __iter__(self) -> "Iterator[Collection]":
        return iter(self._collections.values())

    def __getitem__(self, identifier: str) -> "Collection":
        """Return a collection.

        Raises:
            NotFound: with the ids that exist.
        """
        try:
            return self._collections[identifier]
        except KeyError:
            known = ", ".join(self._collections)
            raise NotFound(f"no collection has the id {identifier!r}; known are {known}") from None


class Collection:
    """One list of features, in a fixed order."""

    def __init__(self, info: LayerInfo, dataset: Dataset, store: Store, detail: Detail) -> None:
        self.info, self._dataset, self._store, self._detail = info, dataset, store, detail
        self.fields: Mapping[str, Field] = {field.name: field for field in FIELDS[info.id]}
        self._regions = {region.adcode: region for region in dataset.regions}

    @cached_property
    def records(self) -> list[Record]:
        """Every feature's properties, in order of code or id."""
        return records(self.info.id, self._dataset)

    @property
    def names(self) -> tuple[str, ...]:
        """The property names, in order."""
        return tuple(self.fields)

    @property
    def is_point(self) -> bool:
        """Whether features are points; else they are polygons."""
        return self.info.geometry == "point"

    @cached_property
    def extent(self) -> BBox:
        """The box around all features, degrees."""
        boxes = np.array([self.box(record) for record in self.records])
        west, south = boxes[:, :2].min(axis=0).tolist()
        east, north = boxes[:, 2:].max(axis=0).tolist()
        return west, south, east, north

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """The first and last year of the features, where they have a time."""
        name = YEAR_FIELD.get(self.info.id)
        found = [record.properties[name] for record in self.records] if name else []
        return (min(found), max(found)) if found else None

    @cached_property
    def prepared(self) -> PreparedLayer:
        """The encoded features.

        Raises:
            NotBuilt: the build was made by other code.
        """
        base = self._store.prepared(f"{FOLDER}/{layer_name(self.info.id, self._detail, self._dataset)}")
        try:
            return PreparedLayer(base)
        except FileNotFoundError:
            raise NotBuilt(OUTDATED) from None

    @cached_property
    def tiles(self) -> TileArchive:
        """The vector tiles.

        Raises:
            NotBuilt: they are not drawn yet.
        """
        try:
            return TileArchive(self._store.prepared(f"{FOLDER}/{tiles_name(self.info.id, self._dataset)}"))
        except FileNotFoundError:
            raise NotBuilt(f"the vector tiles of {self.info.id} are being drawn; come back in a minute") from None

    def select(self, query: Query) -> Sequence[int]:
        """Return the places of the features that match, in the order asked for."""
        if query.everything:
            return range(len(self.records))
        found = [number for number in self._candidates(query.bbox) if self._matches(number, query)]
        for name, descending in reversed(query.sortby):
            known = [n for n in found if self.records[n].properties[name] is not None]
            missing = [n for n in found if self.records[n].properties[name] is None]
            known.sort(key=lambda n: self.records[n].properties[name], reverse=descending)
            found = known + missing
        return found

    def number(self, identifier: str) -> int:
        """Return a feature's place in the list.

        Raises:
            NotFound: no feature has the id.
        """
        found = self._numbers.get(identifier)
        if found is None:
            raise NotFound(f"collection {self.info.id!r} has no feature {identifier!r}")
        return found

    def encoded(self, number: int, names: Sequence[str] | None, crs: Crs | None) -> bytes:
        """Return a feature without its last brace, with some properties only or in another system."""
        record = self.records[number]
        kept = record.properties if names is None else {name: record.properties[name] for name in names}
        geometry = self.prepared.geometry(number) if crs is None else self._converted(number, crs)
        return encode(record.id, kept, geometry)[0][:-1]

    def shape(self, number: int) -> shapely.Geometry:
        """Return a feature's geometry, degrees."""
        return shape_of(self.records[number], self.info.id, self._regions, self._polygons)

    def box(self, record: Record) -> BBox:
        """Return the box around a feature, degrees."""
        if record.point is not None:
            return (*record.point, *record.point)
        return self._regions[record.adcode].bbox

    def _matches(self, number: int, query: Query) -> bool:
        properties = self.records[number].properties
        if query.years is not None and (name := YEAR_FIELD.get(self.info.id)):
            first, last = query.years
            if not first <= properties[name] <= last:
                return False
        if not all(_equals(properties[name], value) for name, value in query.filters):
            return False
        return query.where is None or query.where(properties, lambda: self.shape(number))

    def _candidates(self, bbox: BBox | None) -> Sequence[int]:
        if bbox is None:
            return range(len(self.records))
        west, south, east, north = bbox
        boxes = [(west, south, east, north)]
        if west > east:
            boxes = [(west, south, 180.0, north), (-180.0, south, east, north)]
        found: set[int] = set()
        for box in boxes:
            found.update(self._tree.query(shapely.box(*box), predicate="intersects").tolist())
        return sorted(found)

    def _converted(self, number: int, crs: Crs) -> bytes:
        shape = self.shape(number)
        if not self.is_point:
            shape = shapely.orient_polygons(shape)
        text: str = shapely.to_geojson(shapely.transform(shape, crs.convert))
        return text.encode()

    def _polygons(self, level: Level) -> Mapping[Adcode, shapely.Geometry]:
        return self._store.geometry(level, self._detail)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {record.id: number for number, record in enumerate(self.records)}

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree([self.shape(number) for number in range(len(self.records))])


def records(name: str, dataset: Dataset) -> list[Record]:
    """Return the records of a collection, in order of code or id."""
    if name in LEVELS:
        regions = sorted((r for r in dataset.regions if LEVELS[name] in r.levels), key=lambda r: r.adcode)
        return [Record(r.adcode, region_properties(r, dataset.edition.id), r.adcode, None) for r in regions]
    if name == "targets":
        return [Record(t.id, target_properties(t), t.adcode, None) for t in dataset.targets]
    if name == "statistics":
        return [Record(s.id, statistic_properties(s), s.adcode, None) for s in dataset.statistics]
    if name == "parks":
        return [Record(p.id, park_properties(p), p.adcode, (p.lon, p.lat)) for p in dataset.parks]
    return [Record(p.id, project_properties(p), p.adcode, (p.lon, p.lat)) for p in dataset.projects]


def shape_of(record: Record, name: str, regions: Mapping[Adcode, Region], polygons: Shapes) -> shapely.Geometry:
    """Return a record's geometry: its point, its region's polygon, or the country's frame."""
    if record.point is not None:
        return shapely.Point(record.point)
    region = regions[record.adcode]
    if record.adcode == CHINA:
        return shapely.box(*region.bbox)
    return polygons(LEVELS.get(name) or region.levels[0])[record.adcode]


def layer_name(collection: str, detail: Detail, dataset: Dataset) -> str:
    """Name a layer's files, without their suffixes."""
    return f"{collection}-{detail}-{_depends(collection, dataset)}-{prepared.CODE}"


def tiles_name(collection: str, dataset: Dataset) -> str:
    """Name a collection's tile archive."""
    return f"{collection}-{_depends(collection, dataset)}-{tiles.CODE}.pmtiles"


def _depends(collection: str, dataset: Dataset) -> str:
    return dataset.edition.id if collection in LEVELS else dataset.version


def _equals(value: Any, wanted: Any) -> bool:
    """Compare a property with the value asked for; a list matches when it holds the word."""
    return wanted in value if isinstance(value, list) else bool(value == wanted)
