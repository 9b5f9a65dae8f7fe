"""The OGC collections: lists of features in a fixed order, and how they are searched."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import shapely

from geoapp.errors import NotBuilt, NotFound
from geoapp.features import encoded
from geoapp.features.crs import Crs
from geoapp.features.encoded import encode
from geoapp.features.encoded_layer import EncodedLayer
from geoapp.features.fields import YEAR_FIELD, Field, fields_of
from geoapp.features.geojson import Properties
from geoapp.features.records import BORROWING, LEVELS, Record, records, shape_of
from geoapp.features.tiles import pyramid
from geoapp.features.tiles.archive import TileArchive
from geoapp.model.dataset import Dataset, LayerInfo
from geoapp.model.region import Adcode, Level
from geoapp.model.vector import NO_VECTORS, VectorFeatures, VectorLayer
from geoapp.model.view import BBox
from geoapp.store.base import Detail, Store
from geoapp.store.shared_files import PREPARED

OUTDATED = "the build was made by another version of geoapp; run `geoapp build`"
Test = Callable[[Properties, Callable[[], Any]], bool]
"""A condition on a feature's properties and on its geometry, which is made only if asked for."""


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

    def __init__(
        self, dataset: Dataset, store: Store, detail: Detail = "lo", vectors: VectorFeatures = NO_VECTORS
    ) -> None:
        lend = lru_cache(lambda name: _opened(name, dataset, store, detail))
        self._collections = {
            info.id: Collection(info, dataset, store, detail, vectors, lend) for info in dataset.layers
        }

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

    def __init__(
        self,
        info: LayerInfo,
        dataset: Dataset,
        store: Store,
        detail: Detail,
        vectors: VectorFeatures,
        lend: Callable[[str], EncodedLayer],
    ) -> None:
        self.info, self._dataset, self._store, self._detail = info, dataset, store, detail
        self._vectors, self._lend = vectors, lend
        self.fields: Mapping[str, Field] = {field.name: field for field in fields_of(info.id, dataset)}
        self._regions = {region.adcode: region for region in dataset.regions}

    def __len__(self) -> int:
        return len(self.layer)

    @cached_property
    def records(self) -> list[Record]:
        """Every feature's properties, in the order of :func:`records`."""
        return records(self.info.id, self._dataset, self._vectors)

    @property
    def names(self) -> tuple[str, ...]:
        """The property names, in order."""
        return tuple(self.fields)

    @property
    def is_point(self) -> bool:
        """Whether features are points; else they are polygons."""
        return self.info.geometry == "point"

    @property
    def vector(self) -> VectorLayer | None:
        """The published vector layer that this is; None for what is from plans."""
        return self._vectors.layers().get(self.info.id)

    @property
    def extent(self) -> BBox:
        """The box around all features, degrees."""
        return self.layer.boxes.extent

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """The first and last year of the features, where they have a time."""
        name = YEAR_FIELD.get(self.info.id)
        found = [record.properties[name] for record in self.records] if name else []
        return (min(found), max(found)) if found else None

    @cached_property
    def layer(self) -> EncodedLayer:
        """The encoded features.

        Raises:
            NotBuilt: the build was made by other code.
        """
        if self.info.id in LEVELS:
            return self._lend(self.info.id)
        lenders = [self._lend(name) for name in LEVELS] if self.info.id in BORROWING else ()
        return _opened(self.info.id, self._dataset, self._store, self._detail, lenders)

    @cached_property
    def tiles(self) -> TileArchive:
        """The vector tiles.

        Raises:
            NotBuilt: the build was made by other code.
        """
        try:
            return TileArchive(self._store.encoded(f"{PREPARED}/{tiles_name(self.info.id, self._dataset)}"))
        except FileNotFoundError:
            raise NotBuilt(OUTDATED) from None

    def select(self, query: Query) -> Sequence[int]:
        """Return the places of the features that match, in the order asked for."""
        if query.everything:
            return range(len(self))
        found = self._candidates(query)
        if query.filters or query.years or query.where:
            found = [number for number in found if self._matches(number, query)]
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
        found = self.layer.number(identifier)
        if found is None:
            listed = f"/ogc/collections/{self.info.id}/items"
            raise NotFound(f"collection {self.info.id!r} has no feature {identifier!r}; {listed} lists all it has")
        return found

    def feature_bytes(self, number: int, names: Sequence[str] | None, crs: Crs | None) -> bytes:
        """Return a feature without its last brace, with some properties only or in another system."""
        record = self.records[number]
        kept = record.properties if names is None else {name: record.properties[name] for name in names}
        geometry = self.layer.geometry(number) if crs is None else self._converted(number, crs)
        return encode(record.id, kept, geometry)[0][:-1]

    def shape(self, number: int) -> shapely.Geometry:
        """Return a feature's geometry, degrees."""
        return shape_of(self.records[number], self.info.id, self._regions, self._polygons)

    def _matches(self, number: int, query: Query) -> bool:
        properties = self.records[number].properties
        if query.years is not None and (name := YEAR_FIELD.get(self.info.id)):
            first, last = query.years
            if not first <= properties[name] <= last:
                return False
        if not all(_equals(properties[name], value) for name, value in query.filters):
            return False
        return query.where is None or query.where(properties, lambda: self.shape(number))

    def _candidates(self, query: Query) -> Sequence[int]:
        """Return the places worth a look: those in the box, or the fewest that one filter leaves."""
        if not query.filters:
            return range(len(self)) if query.bbox is None else self._in_box(query.bbox)
        fewest = min((self._places(name).get(value, []) for name, value in query.filters), key=len)
        if query.bbox is None:
            return fewest
        inside = set(self._in_box(query.bbox))
        return [number for number in fewest if number in inside]

    @lru_cache(maxsize=64)  # noqa: B019 - a collection lives as long as its process
    def _places(self, name: str) -> dict[Any, list[int]]:
        """Return the places of the features by what a property says; a list says each of its words."""
        found: dict[Any, list[int]] = {}
        for number, record in enumerate(self.records):
            value = record.properties[name]
            for each in set(value) if isinstance(value, list) else (value,):
                found.setdefault(each, []).append(number)
        return found

    def _in_box(self, bbox: BBox) -> Sequence[int]:
        west, south, east, north = bbox
        boxes = [bbox] if west <= east else [(west, south, 180.0, north), (-180.0, south, east, north)]
        found: set[int] = set()
        for box in boxes:
            inside, near = self.layer.boxes.meeting(box)
            found.update(inside, near if self.is_point else self._touching(box, near))
        return sorted(found)

    def _touching(self, box: BBox, near: list[int]) -> list[int]:
        """Return those of some features that reach into a box, by the geometry that clients are given."""
        frame = shapely.box(*box)
        shapely.prepare(frame)
        touching = shapely.intersects(frame, [self._given(number) for number in near])
        return [number for number, touches in zip(near, touching, strict=True) if touches]

    @lru_cache(maxsize=4096)  # noqa: B019 - a collection lives as long as its process
    def _given(self, number: int) -> shapely.Geometry:
        return shapely.from_geojson(self.layer.geometry(number))

    def _converted(self, number: int, crs: Crs) -> bytes:
        shape = self.shape(number)
        if not self.is_point:
            shape = shapely.orient_polygons(shape)
        text: str = shapely.to_geojson(shapely.transform(shape, crs.convert))
        return text.encode()

    def _polygons(self, level: Level) -> Mapping[Adcode, shapely.Geometry]:
        return self._store.geometry(level, self._detail)


def _opened(
    name: str, dataset: Dataset, store: Store, detail: Detail, lenders: Sequence[EncodedLayer] = ()
) -> EncodedLayer:
    try:
        return EncodedLayer(store.encoded(f"{PREPARED}/{layer_name(name, detail, dataset)}"), lenders)
    except FileNotFoundError:
        raise NotBuilt(OUTDATED) from None


def layer_name(collection: str, detail: Detail, dataset: Dataset) -> str:
    """Name a layer's files, without their suffixes. Only polygons of divisions are kept in two details."""
    of_detail = f"-{detail}" if collection in LEVELS else ""
    return f"{collection}{of_detail}-{_depends(collection, dataset)}-{encoded.CODE}"


def tiles_name(collection: str, dataset: Dataset) -> str:
    """Name a collection's tile archive."""
    return f"{collection}-{_depends(collection, dataset)}-{pyramid.CODE}.pmtiles"


def _depends(collection: str, dataset: Dataset) -> str:
    return dataset.edition.id if collection in LEVELS else dataset.version


def _equals(value: Any, wanted: Any) -> bool:
    """Compare a property with the value asked for; a list matches when it holds the word."""
    return wanted in value if isinstance(value, list) else bool(value == wanted)
