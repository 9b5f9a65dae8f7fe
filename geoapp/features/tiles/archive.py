"""Tiles become one PMTiles archive, each tile gzipped, equal ones kept once; read through a memory map."""

import gzip
from collections.abc import Iterable, Mapping
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import orjson
from pmtiles.tile import Compression, TileType, deserialize_directory, deserialize_header, zxy_to_tileid
from pmtiles.writer import Writer

from geoapp.features.parts import Parts
from geoapp.model.view import BBox

HEADER = 127
NOTHING = [(0, b"")]
"""The tiles of a collection without features: an archive has one at least."""


def tile_number(zoom: int, row: int, col: int) -> int:
    """Return a tile's place on the Hilbert curve, levels one after another."""
    return int(zxy_to_tileid(zoom, col, row))


def write_archive(
    path: Path,
    tiles: Iterable[tuple[int, bytes]],
    extent: BBox,
    metadata: Mapping[str, Any],
    before: "TileArchive | None" = None,
) -> None:
    """Write an archive; the same tiles give the same bytes.

    Args:
        tiles: number and bytes of each tile, in order of their numbers.
        extent: west, south, east, north, degrees.
        before: an archive of which equal tiles are taken as they are packed: unpacking is ten times as fast.
    """
    west, south, east, north = (round(side * 1e7) for side in extent)
    header = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
        "center_zoom": 0,
    }
    with path.open("wb") as file:
        writer = Writer(file)
        for number, tile in list(tiles) or NOTHING:
            known = before.numbered(number) if before else None
            same = known is not None and gzip.decompress(known) == tile
            writer.write_tile(number, known if same else gzip.compress(tile, 6, mtime=0))
        writer.finalize(header, dict(metadata))


class TileArchive:
    """One PMTiles archive."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self._map = mmap(file.fileno(), 0, access=ACCESS_READ)
        self._header = deserialize_header(self._map[:HEADER])
        self.min_zoom, self.max_zoom = self._header["min_zoom"], self._header["max_zoom"]

    def tile(self, zoom: int, row: int, col: int) -> bytes | None:
        """Return a tile as it is kept, gzipped MVT; None where there is nothing."""
        return self.numbered(tile_number(zoom, row, col))

    def numbered(self, number: int) -> bytes | None:
        """Return the same by the tile's number."""
        found = self._tiles.get(number)
        return self._part(self._header["tile_data_offset"] + found[0], found[1]) if found else None

    @property
    def body(self) -> Parts:
        """The archive itself, for downloads."""
        return Parts(memoryview(self._map))

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """The archive's own description, with its vector layers."""
        packed = self._part(self._header["metadata_offset"], self._header["metadata_length"])
        found: dict[str, Any] = orjson.loads(gzip.decompress(packed))
        return found

    @cached_property
    def _tiles(self) -> dict[int, tuple[int, int]]:
        """Offset and length of each tile by its number, read once: the library walks the directories at each call."""
        found: dict[int, tuple[int, int]] = {}
        waiting = [(self._header["root_offset"], self._header["root_length"])]
        while waiting:
            for entry in deserialize_directory(self._part(*waiting.pop())):
                if entry.run_length == 0:
                    waiting.append((self._header["leaf_directory_offset"] + entry.offset, entry.length))
                for each in range(entry.run_length):
                    found[entry.tile_id + each] = (entry.offset, entry.length)
        return found

    def _part(self, start: int, length: int) -> bytes:
        return self._map[start : start + length]
