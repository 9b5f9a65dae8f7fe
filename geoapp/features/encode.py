"""What is prepared for serving, with the build: encoded features and vector tiles.

Files are named after all they depend on: divisions on the boundary edition, plans on the data,
both on the code that encodes.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import shapely

from geoapp.features.collections import layer_name, tiles_name
from geoapp.features.encoded import SUFFIXES, Encoded, encode, write_layer
from geoapp.features.fields import fields_of
from geoapp.features.geojson import DECIMALS, encode_point, encode_shape
from geoapp.features.records import BORROWING, LEVELS, Record, records, shape_of
from geoapp.features.tiles import pyramid
from geoapp.model.dataset import Dataset, LayerInfo
from geoapp.model.region import Adcode, Level, Region
from geoapp.model.vector import NO_VECTORS, VectorFeatures
from geoapp.store.base import Detail
from geoapp.store.prepared import made_in

DETAILS: tuple[Detail, ...] = ("lo", "full")
Polygons = Mapping[Detail, Mapping[Level, Mapping[Adcode, shapely.Geometry]]]


def encode_layers(kept: Path, dataset: Dataset, polygons: Polygons, vectors: VectorFeatures = NO_VECTORS) -> set[str]:
    """Write the encoded features and the vector tiles of a build, unless they exist.

    Args:
        kept: the folder where prepared files outlive builds.

    Returns:
        The names of the files.
    """
    kept.mkdir(parents=True, exist_ok=True)
    source = _Source(dataset, polygons, vectors)
    layers = [
        (name, detail) for name in LEVELS for detail in DETAILS
    ]  # divisions lend whether they are published or not
    layers += [(info.id, DETAILS[0]) for info in dataset.layers if info.id not in LEVELS]
    with ThreadPoolExecutor(2) as pool:  # GEOS and zlib do half of it, without the interpreter's lock
        made = [pool.submit(_tiles, kept, info, source) for info in dataset.layers]
        made += [pool.submit(_layer, kept, name, detail, source) for name, detail in layers]
        return set().union(*(each.result() for each in made))


@dataclass(frozen=True)
class _Source:
    """What is encoded."""

    dataset: Dataset
    polygons: Polygons
    vectors: VectorFeatures

    @cached_property
    def regions(self) -> Mapping[Adcode, Region]:
        return {region.adcode: region for region in self.dataset.regions}

    @cached_property
    def lent(self) -> Mapping[tuple[Level, str], tuple[int, int]]:
        """Which layer of divisions has a region's geometry, and its number there."""
        return {
            (level, record.id): (place, number)
            for place, (name, level) in enumerate(LEVELS.items())
            for number, record in enumerate(records(name, self.dataset))
        }

    def records(self, name: str) -> list[Record]:
        return records(name, self.dataset, self.vectors)

    def shapes(self, found: list[Record], name: str, detail: Detail) -> list[Any]:
        return [shape_of(each, name, self.regions, self.polygons[detail].__getitem__) for each in found]


def _layer(kept: Path, name: str, detail: Detail, source: _Source) -> set[str]:
    """Write a collection's encoded features unless they exist; return the names of the files."""
    base = layer_name(name, detail, source.dataset)
    files = {base + suffix for suffix in SUFFIXES}
    if not all((kept / each).exists() for each in files):
        with made_in(kept) as work:
            _write_layer(work / base, name, detail, source)
    return files


def _tiles(kept: Path, info: LayerInfo, source: _Source) -> set[str]:
    """Draw a collection's tiles unless they exist; return the name of the file."""
    name = tiles_name(info.id, source.dataset)
    if not (kept / name).exists():
        with made_in(kept) as work:
            _write_tiles(work / name, info, source)
    return {name}


def _write_layer(base: Path, name: str, detail: Detail, source: _Source) -> None:
    found = source.records(name)
    if name in BORROWING:
        write_layer(base, (_borrowing(each, source) for each in found), "borrowed")
        return
    shapes = source.shapes(found, name, detail)
    encoded = (encode_record(each, shape) for each, shape in zip(found, shapes, strict=True))
    write_layer(base, encoded, "lent" if name in LEVELS else "own")


def _borrowing(record: Record, source: _Source) -> Encoded:
    """Encode a record that shows its region's geometry; the country's frame, which nobody lends, is its own."""
    region = source.regions[Adcode(record.adcode)]
    if region.level is Level.NATION:
        return encode_record(record, shapely.box(*region.bbox))
    data, place = encode(record.id, record.properties, b"")
    return Encoded(record.id, data, place, lent=source.lent[region.levels[0], record.adcode])


def _write_tiles(path: Path, info: LayerInfo, source: _Source) -> None:
    found = source.records(info.id)
    shapes = source.shapes(found, info.id, "lo" if pyramid.deepest_of(info.id) < 8 else "full")
    rows = [each.properties for each in found]
    pyramid.write_tiles(path, info.id, info.title_zh, rows, shapes, fields_of(info.id, source.dataset))


def encode_record(record: Record, shape: Any) -> Encoded:
    """Encode one record with its geometry, degrees."""
    geometry = encode_point(*record.point) if record.point is not None else encode_shape(shape)
    data, place = encode(record.id, record.properties, geometry)
    west, south, east, north = (round(side, DECIMALS) for side in shape.bounds) if record.point else shape.bounds
    return Encoded(record.id, data, place, (west, south, east, north))
