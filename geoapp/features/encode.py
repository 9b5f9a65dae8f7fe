"""What is prepared for serving, with the build: encoded features and vector tiles.

Files are named after all they depend on: divisions on the boundary edition, plans on the data,
both on the code that encodes.
"""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import shapely

from geoapp.features.collections import layer_name, tiles_name
from geoapp.features.encoded import CODE, SUFFIXES, Encoded, encode, write_layer
from geoapp.features.encoded_layer import EncodedLayer
from geoapp.features.fields import fields_of
from geoapp.features.geojson import DECIMALS, encode_point, encode_shape
from geoapp.features.records import BORROWING, LEVELS, Record, records, shape_of
from geoapp.features.tiles import pyramid
from geoapp.features.tiles.archive import TileArchive
from geoapp.features.tiles.division_tiles import draw, read_pieces, together, write_pieces
from geoapp.features.tiles.encode import Drawn
from geoapp.model.dataset import Dataset, LayerInfo
from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.model.vector import NO_VECTORS, VectorFeatures
from geoapp.store.base import Detail
from geoapp.store.shared_files import made_in

DEEPEST_BORROWED = pyramid.deepest_of(BORROWING[0])
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
    source = _Source(kept, dataset, polygons, vectors)
    layers = [
        (name, detail) for name in LEVELS for detail in DETAILS
    ]  # divisions lend whether they are published or not
    layers += [(info.id, DETAILS[0]) for info in dataset.layers if info.id not in LEVELS]
    with ThreadPoolExecutor(2) as pool:  # GEOS and zlib do half of it, without the interpreter's lock
        pieces = pool.submit(source.write_pieces)
        made = [pool.submit(_layer, source, name, detail) for name, detail in layers]
        made += [pieces, *(pool.submit(_tiles, source, info, pieces) for info in dataset.layers)]
        return set().union(*(each.result() for each in made))


@dataclass(frozen=True)
class _Source:
    """What is encoded, and where prepared files outlive builds."""

    kept: Path
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

    @cached_property
    def lent_numbers(self) -> Mapping[tuple[Level, str], int]:
        """The number of each region's shape in :attr:`drawn`; the country's frame is the last."""
        return {key: number for number, key in enumerate([*self.lent, (Level.NATION, CHINA)])}

    @cached_property
    def drawn(self) -> list[list[Drawn]]:
        """What is drawn of divisions and of the country's frame in the tiles of what plans say of them."""
        frame = shapely.box(*self.regions[CHINA].bbox)
        last = [
            [replace(tile, shapes=[(len(self.lent), data) for _, data in tile.shapes]) for tile in level]
            for level in draw([frame], DEEPEST_BORROWED)
        ]
        return together(read_pieces(self.kept / pyramid.pieces_name(self.dataset.edition.id)), last)

    def write_pieces(self) -> set[str]:
        """Draw the divisions unless that is done; return the name of the file."""
        name = pyramid.pieces_name(self.dataset.edition.id)
        if not (self.kept / name).exists():
            shapes = [self.polygons["lo"][level][Adcode(code)] for level, code in self.lent]
            with made_in(self.kept) as work:
                write_pieces(work / name, draw(shapes, DEEPEST_BORROWED))
        return {name}

    def records(self, name: str) -> list[Record]:
        return records(name, self.dataset, self.vectors)

    def shapes(self, found: list[Record], name: str, detail: Detail) -> list[Any]:
        return [shape_of(each, name, self.regions, self.polygons[detail].__getitem__) for each in found]


def _layer(source: _Source, name: str, detail: Detail) -> set[str]:
    """Write a collection's encoded features unless they exist; return the names of the files."""
    kept, base = source.kept, layer_name(name, detail, source.dataset)
    files = {base + suffix for suffix in SUFFIXES}
    if not all((kept / each).exists() for each in files):
        with made_in(kept) as work:
            _write_layer(work / base, name, detail, source)
    return files


def _tiles(source: _Source, info: LayerInfo, pieces: Future[set[str]]) -> set[str]:
    """Draw a collection's tiles unless they exist; return the name of the file."""
    kept, name = source.kept, tiles_name(info.id, source.dataset)
    pieces.result()
    if not (kept / name).exists():
        with made_in(kept) as work:
            _write_tiles(work / name, info, source)
    return {name}


def _write_layer(base: Path, name: str, detail: Detail, source: _Source) -> None:
    found = source.records(name)
    before = _before(source.kept, name)
    if name in BORROWING:
        write_layer(base, (_borrowing(each, source) for each in found), "borrowed", before)
        return
    shapes = source.shapes(found, name, detail)
    encoded = (encode_record(each, shape) for each, shape in zip(found, shapes, strict=True))
    write_layer(base, encoded, "lent" if name in LEVELS else "own", before)


def _before(kept: Path, name: str) -> EncodedLayer | None:
    """Return the same layer as the last build encoded it: what it says of other plans is taken from there."""
    files = (
        sorted(kept.glob(f"{name}-*-{CODE}.json"), key=lambda path: path.stat().st_mtime) if name not in LEVELS else []
    )
    try:
        return EncodedLayer(files[-1].with_suffix("")) if files else None
    except (OSError, ValueError):  # half of it was cleared away, or is damaged: everything is encoded anew
        return None


def _borrowing(record: Record, source: _Source) -> Encoded:
    """Encode a record that shows its region's geometry; the country's frame, which nobody lends, is its own."""
    region = source.regions[Adcode(record.adcode)]
    if region.level is Level.NATION:
        return encode_record(record, shapely.box(*region.bbox))
    data, place = encode(record.id, record.properties, b"")
    return Encoded(record.id, data, place, lent=source.lent[_lender(record, source)])


def _write_tiles(path: Path, info: LayerInfo, source: _Source) -> None:
    found = source.records(info.id)
    fields = fields_of(info.id, source.dataset)
    rows = [each.properties for each in found]
    shapes = source.shapes(found, info.id, "lo" if pyramid.deepest_of(info.id) < 8 else "full")
    if info.id not in BORROWING:
        pyramid.write_tiles(path, info.id, info.title_zh, rows, shapes, fields)
        return
    numbers = [source.lent_numbers[_lender(each, source)] for each in found]
    before = _archive_before(source.kept, info.id)
    pyramid.write_drawn(path, info.id, info.title_zh, rows, numbers, source.drawn, shapes, fields, before)


def _archive_before(kept: Path, name: str) -> TileArchive | None:
    """Return the tiles of the last build."""
    files = sorted(kept.glob(f"{name}-*-{pyramid.CODE}.pmtiles"), key=lambda path: path.stat().st_mtime)
    return TileArchive(files[-1]) if files else None


def _lender(record: Record, source: _Source) -> tuple[Level, str]:
    """Return whose geometry a record shows."""
    return source.regions[Adcode(record.adcode)].levels[0], record.adcode


def encode_record(record: Record, shape: Any) -> Encoded:
    """Encode one record with its geometry, degrees."""
    geometry = encode_point(*record.point) if record.point is not None else encode_shape(shape)
    data, place = encode(record.id, record.properties, geometry)
    west, south, east, north = (round(side, DECIMALS) for side in shape.bounds) if record.point else shape.bounds
    return Encoded(record.id, data, place, (west, south, east, north))
