"""The OGC collections: seven lists of features, each feature encoded once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from geoapp.errors import NotFound
from geoapp.model.dataset import Dataset, LayerInfo
from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.model.view import BBox
from geoapp.render.features import (
    Properties,
    encode_feature,
    encode_point,
    encode_shape,
    park_properties,
    project_properties,
    region_properties,
    statistic_properties,
    target_properties,
)
from geoapp.store.base import Store

LEVELS = {"provinces": Level.PROVINCE, "prefectures": Level.PREFECTURE, "counties": Level.COUNTY}


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
        filters: property name to the text it must equal, as the query string gives it.
    """

    limit: int
    offset: int = 0
    bbox: BBox | None = None
    filters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of an answer: encoded features and how many match in all."""

    features: Sequence[bytes]
    matched: int


class Collections:
    """All collections of one dataset by id."""

    def __init__(self, dataset: Dataset, store: Store) -> None:
        self._collections = {info.id: Collection(info, dataset, store) for info in dataset.layers}

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

    def __init__(self, info: LayerInfo, dataset: Dataset, store: Store) -> None:
        self.info, self._dataset, self._store = info, dataset, store
        self._regions = {region.adcode: region for region in dataset.regions}

    @cached_property
    def records(self) -> list[Record]:
        """Every feature's properties, in order of code or id."""
        name = self.info.id
        if name in LEVELS:
            level, edition = LEVELS[name], self._dataset.edition.id
            regions = sorted((r for r in self._dataset.regions if level in r.levels), key=lambda r: r.adcode)
            return [Record(r.adcode, region_properties(r, edition), r.adcode, None) for r in regions]
        if name == "targets":
            return [Record(t.id, target_properties(t), t.adcode, None) for t in self._dataset.targets]
        if name == "statistics":
            return [Record(s.id, statistic_properties(s), s.adcode, None) for s in self._dataset.statistics]
        if name == "parks":
            return [Record(p.id, park_properties(p), p.adcode, (p.lon, p.lat)) for p in self._dataset.parks]
        return [Record(p.id, project_properties(p), p.adcode, (p.lon, p.lat)) for p in self._dataset.projects]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The property names, in order."""
        return tuple(self.records[0].properties) if self.records else ()

    @cached_property
    def extent(self) -> BBox:
        """The box around all features, degrees."""
        boxes = np.array([self._box(record) for record in self.records])
        west, south = boxes[:, :2].min(axis=0).tolist()
        east, north = boxes[:, 2:].max(axis=0).tolist()
        return west, south, east, north

    def page(self, query: Query) -> Page:
        """Return one page of the features that match."""
        matching = list(self._matching(query))
        chosen = matching[query.offset : query.offset + query.limit]
        return Page(features=[self.encode(number) for number in chosen], matched=len(matching))

    def item(self, identifier: str) -> bytes:
        """Return one feature.

        Raises:
            NotFound: no feature has the id.
        """
        number = self._numbers.get(identifier)
        if number is None:
            raise NotFound(f"collection {self.info.id!r} has no feature {identifier!r}")
        return self.encode(number)

    def encode(self, number: int) -> bytes:
        """Return the encoded feature at a place in the list; each is encoded once."""
        found = self._encoded.get(number)
        if found is None:
            record = self.records[number]
            found = encode_feature(record.id, record.properties, self._geometry(record))
            self._encoded[number] = found
        return found

    def _matching(self, query: Query) -> Iterator[int]:
        numbers: Sequence[int] | range = range(len(self.records))
        if query.bbox is not None:
            numbers = self._in_box(query.bbox)
        for number in numbers:
            properties = self.records[number].properties
            if all(_equals(properties[name], text) for name, text in query.filters):
                yield number

    def _in_box(self, bbox: BBox) -> list[int]:
        west, south, east, north = bbox
        boxes = (
            [(west, south, east, north)] if west <= east else [(west, south, 180, north), (-180, south, east, north)]
        )
        found: set[int] = set()
        for box in boxes:
            found |= set(self._tree.query(shapely.box(*box), predicate="intersects").tolist())
        return sorted(found)

    @cached_property
    def _encoded(self) -> dict[int, bytes]:
        return {}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {record.id: number for number, record in enumerate(self.records)}

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree([self._shape(record) for record in self.records])

    def _shape(self, record: Record) -> shapely.Geometry:
        if record.point is not None:
            return shapely.Point(record.point)
        region = self._regions[record.adcode]
        if record.adcode == CHINA:
            return shapely.box(*region.bbox)
        return self._store.geometry(self._level(region), "lo")[record.adcode]

    def _level(self, region: Region) -> Level:
        level = LEVELS.get(self.info.id)
        return level if level is not None else region.levels[0]

    def _geometry(self, record: Record) -> bytes:
        if record.point is not None:
            return encode_point(*record.point)
        return encode_shape(self._shape(record))

    def _box(self, record: Record) -> BBox:
        if record.point is not None:
            return (*record.point, *record.point)
        return self._regions[record.adcode].bbox


def _equals(value: Any, text: str) -> bool:
    """Compare a property with a query string's text; a list matches when it holds the word."""
    if isinstance(value, list):
        return text in value
    if value is None:
        return text in ("", "null")
    if isinstance(value, int | float):
        try:
            return float(text) == value
        except ValueError:
            return False
    return bool(text == value)
