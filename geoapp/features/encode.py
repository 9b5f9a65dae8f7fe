"""What is prepared for serving, with the build: encoded features and vector tiles.

Files are named after all they depend on: divisions on the boundary edition, plans on the data,
both on the code that encodes.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import shapely

from geoapp.features.collections import layer_name, tiles_name
from geoapp.features.encoded import SUFFIXES, Encoded, encode, write_layer
from geoapp.features.fields import fields_of
from geoapp.features.geojson import DECIMALS, encode_point, encode_shape
from geoapp.features.records import Record, records, shape_of
from geoapp.features.tiles import pyramid
from geoapp.model.dataset import Dataset, LayerInfo
from geoapp.model.region import Adcode, Level
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
    with ThreadPoolExecutor(2) as pool:  # GEOS and zlib do half of it, without the interpreter's lock
        jobs = [(make, info) for make in (_tiles, _layers) for info in dataset.layers]
        made = [pool.submit(make, kept, info, dataset, polygons, vectors) for make, info in jobs]
        return set().union(*(each.result() for each in made))


def _layers(kept: Path, info: LayerInfo, dataset: Dataset, polygons: Polygons, vectors: VectorFeatures) -> set[str]:
    """Write a collection's encoded features unless they exist; return the names of the files."""
    names: set[str] = set()
    for detail in DETAILS:
        base = layer_name(info.id, detail, dataset)
        files = {base + suffix for suffix in SUFFIXES}
        if not all((kept / name).exists() for name in files):
            with made_in(kept) as work:
                _write_layer(work / base, info, detail, dataset, polygons, vectors)
        names |= files
    return names


def _tiles(kept: Path, info: LayerInfo, dataset: Dataset, polygons: Polygons, vectors: VectorFeatures) -> set[str]:
    """Draw a collection's tiles unless they exist; return the name of the file."""
    name = tiles_name(info.id, dataset)
    if not (kept / name).exists():
        with made_in(kept) as work:
            _write_tiles(work / name, info, dataset, polygons, vectors)
    return {name}


def _write_layer(
    base: Path, info: LayerInfo, detail: Detail, dataset: Dataset, polygons: Polygons, vectors: VectorFeatures
) -> None:
    found = records(info.id, dataset, vectors)
    shapes = _shapes(found, info, detail, dataset, polygons)
    write_layer(base, (encode_record(each, shape) for each, shape in zip(found, shapes, strict=True)))


def _write_tiles(path: Path, info: LayerInfo, dataset: Dataset, polygons: Polygons, vectors: VectorFeatures) -> None:
    found = records(info.id, dataset, vectors)
    shapes = _shapes(found, info, "lo" if pyramid.deepest_of(info.id) < 8 else "full", dataset, polygons)
    rows = [each.properties for each in found]
    pyramid.write_tiles(path, info.id, info.title_zh, rows, shapes, fields_of(info.id, dataset))


def _shapes(found: list[Record], info: LayerInfo, detail: Detail, dataset: Dataset, polygons: Polygons) -> list[Any]:
    regions = {region.adcode: region for region in dataset.regions}
    return [shape_of(each, info.id, regions, polygons[detail].__getitem__) for each in found]


def encode_record(record: Record, shape: Any) -> Encoded:
    """Encode one record with its geometry, degrees."""
    geometry = encode_point(*record.point) if record.point is not None else encode_shape(shape)
    data, place = encode(record.id, record.properties, geometry)
    west, south, east, north = (round(side, DECIMALS) for side in shape.bounds) if record.point else shape.bounds
    return Encoded(record.id, data, place, (west, south, east, north))
