"""Vector tiles: one PMTiles archive per collection, drawn at build, served as slices.

Drawn by ourselves: GDAL's driver took 25 s for what is 4 s here (each level is cut from the pieces of the one above).
"""

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import shapely

from geoapp.render.fields import FIELDS
from geoapp.render.pieces import Pieces
from geoapp.render.tile_archive import HEADER, write_archive
from geoapp.render.tile_cut import cut, to_world
from geoapp.render.tile_encode import COARSE, Layer, encode_level

DEEPEST = {"provinces": 8, "prefectures": 8, "counties": 10, "targets": 6, "statistics": 6, "parks": 8, "projects": 8}
"""The last zoom level written. Boundaries know 100 m, a pixel of level 8 is 600 m: clients stretch from there."""
SOURCES = ("tiles.py", "tile_archive.py", "tile_cut.py", "tile_encode.py", "records.py", "features.py", "fields.py")
CODE = hashlib.sha256(b"".join((Path(__file__).parent / name).read_bytes() for name in SOURCES)).hexdigest()[:8]
Row = Mapping[str, Any]


def write_tiles(path: Path, name: str, title: str, rows: Sequence[Row], shapes: Sequence[Any]) -> None:
    """Write a collection's archive; the same rows and shapes give the same bytes.

    Args:
        rows: the features' properties.
        shapes: their geometries, degrees.
    """
    deepest = DEEPEST[name]
    places = {id(shape): number for number, shape in enumerate({id(each): each for each in shapes}.values())}
    layer = Layer(
        name,
        [{key: _plain(value) for key, value in row.items()} for row in rows],
        [places[id(shape)] for shape in shapes],
    )
    geometries = np.array(list({id(each): each for each in shapes}.values()), dtype=object)
    tiles: list[tuple[int, bytes]] = []
    for zoom, squares in enumerate(cut(to_world(geometries), deepest)):
        step = 1 if zoom == deepest else COARSE
        tiles += [(tile_number(zoom, row, col), body) for row, col, body in encode_level(squares, zoom, step, layer)]
    west, south, east, north = shapely.total_bounds(geometries).tolist()
    about = {
        "name": name,
        "description": title,
        "type": "overlay",
        "vector_layers": [{"id": name, "minzoom": 0, "maxzoom": deepest, "fields": _fields(name)}],
    }
    write_archive(path, sorted(tiles), (0, deepest), (west, south, east, north), about)


def _plain(value: Any) -> Any:
    """Return a value as tiles can hold it: words of a list are joined."""
    return ";".join(value) if isinstance(value, list) else str(value) if isinstance(value, str) else value


def _fields(name: str) -> dict[str, str]:
    return {field.name: "Number" if field.type in ("number", "integer") else "String" for field in FIELDS[name]}


class TileArchive:
    """One PMTiles archive (version 3), read through a memory map.

    Source of the layout: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self._map = mmap(file.fileno(), 0, access=ACCESS_READ)
        head = self._map[:HEADER]
        numbers = np.frombuffer(head[8:96], dtype="<u8").tolist()
        self._root, self._meta, self._leaves, self._data = (tuple(numbers[i : i + 2]) for i in (0, 2, 4, 6))
        self.min_zoom, self.max_zoom = head[100], head[101]

    def tile(self, zoom: int, row: int, col: int) -> bytes | None:
        """Return a tile as it is kept, gzipped MVT; None where there is nothing."""
        found = self._tiles.get(tile_number(zoom, row, col))
        if found is None:
            return None
        offset, length = found
        start = self._data[0] + offset
        return self._map[start : start + length]

    @property
    def body(self) -> Pieces:
        """The archive itself, for downloads."""
        return Pieces(memoryview(self._map))

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """The archive's own description, with its vector layers."""
        start, length = self._meta
        found: dict[str, Any] = orjson.loads(gzip.decompress(self._map[start : start + length]))
        return found

    @cached_property
    def _tiles(self) -> dict[int, tuple[int, int]]:
        """Where each tile is, by its number; a run of equal tiles is kept once."""
        found: dict[int, tuple[int, int]] = {}
        waiting = [self._root]
        while waiting:
            start, length = waiting.pop()
            for number, run, size, offset in read_directory(gzip.decompress(self._map[start : start + length])):
                if run == 0:
                    waiting.append((self._leaves[0] + offset, size))
                for each in range(run):
                    found[number + each] = (offset, size)
        return found


def read_directory(data: bytes) -> list[tuple[int, int, int, int]]:
    """Return a directory's entries: tile number, run length, length, offset."""
    numbers = _varints(data)
    count = numbers[0]
    deltas, runs, lengths, offsets = (numbers[1 + i * count : 1 + (i + 1) * count] for i in range(4))
    entries, number, end = [], 0, 0
    for delta, run, length, coded in zip(deltas, runs, lengths, offsets, strict=True):
        number += delta
        offset = end if coded == 0 else coded - 1
        end = offset + length
        entries.append((number, run, length, offset))
    return entries


def _varints(data: bytes) -> list[int]:
    found, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            found.append(value)
            value = shift = 0
    return found


def tile_number(zoom: int, row: int, col: int) -> int:
    """Return a tile's place on the Hilbert curve, levels one after another."""
    number: int = ((1 << 2 * zoom) - 1) // 3
    x, y = col, row
    half = 1 << zoom >> 1
    while half:
        right, lower = int(bool(x & half)), int(bool(y & half))
        number += half * half * ((3 * right) ^ lower)
        if lower == 0:
            if right:
                x, y = half - 1 - x, half - 1 - y
            x, y = y, x
        half >>= 1
    return number
