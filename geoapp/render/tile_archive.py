"""Tiles become one PMTiles archive (version 3), each tile gzipped, equal ones kept once.

Source of the layout: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
"""

import gzip
import struct
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from geoapp.model.view import BBox
from geoapp.render.tile_encode import varint

LEAF = 2048
"""Entries in a leaf directory. The root names the leaves and fits into the first 16 kB, as readers expect."""
HEADER = 127
GZIP, MVT = 2, 1
Entry = tuple[int, int, int, int]
"""Number of the first tile, run of equal tiles (0: a leaf directory), length, offset."""


def write_archive(
    path: Path, tiles: Iterable[tuple[int, bytes]], zooms: tuple[int, int], extent: BBox, metadata: Mapping[str, Any]
) -> None:
    """Write an archive; the same tiles give the same bytes.

    Args:
        tiles: number and bytes of each tile, in order of their numbers.
        zooms: the first and the last level.
        extent: west, south, east, north, degrees.
    """
    entries: list[Entry] = []
    places: dict[bytes, int] = {}
    data, count = bytearray(), 0
    for number, tile in tiles:
        packed = gzip.compress(tile, 6, mtime=0)
        count += 1
        if packed not in places:
            places[packed] = len(data)
            data += packed
        offset = places[packed]
        if entries and _continues(entries[-1], number, offset):
            first, run, length, _ = entries[-1]
            entries[-1] = first, run + 1, length, offset
        else:
            entries.append((number, 1, len(packed), offset))
    root, leaves = _directories(entries)
    about = gzip.compress(orjson.dumps(metadata), 6, mtime=0)
    sizes = len(root), len(about), len(leaves), len(data)
    head = _header(sizes, (count, len(entries), len(places)), zooms, extent)
    path.write_bytes(b"".join((head, root, about, leaves, data)))


def _continues(last: Entry, number: int, offset: int) -> bool:
    first, run, _, place = last
    return number == first + run and offset == place


def _directories(entries: Sequence[Entry]) -> tuple[bytes, bytes]:
    """Return the root directory and the leaves; few entries need no leaves."""
    if len(entries) <= LEAF:
        return _directory(entries), b""
    leaves, root = bytearray(), []
    for start in range(0, len(entries), LEAF):
        leaf = _directory(entries[start : start + LEAF])
        root.append((entries[start][0], 0, len(leaf), len(leaves)))
        leaves += leaf
    return _directory(root), bytes(leaves)


def _directory(entries: Sequence[Entry]) -> bytes:
    columns: list[list[int]] = [[], [], [], []]
    before, end = 0, -1
    for number, run, length, offset in entries:
        for column, value in zip(
            columns, (number - before, run, length, 0 if offset == end else offset + 1), strict=True
        ):
            column.append(value)
        before, end = number, offset + length
    words = [len(entries), *(value for column in columns for value in column)]
    return gzip.compress(b"".join(map(varint, words)), 6, mtime=0)


def _header(
    sizes: tuple[int, int, int, int], counts: tuple[int, int, int], zooms: tuple[int, int], extent: BBox
) -> bytes:
    root, about, leaves, data = sizes
    offsets, start = [], HEADER
    for size in (root, about, leaves, data):
        offsets += [start, size]
        start += size
    west, south, east, north = (round(side * 1e7) for side in extent)
    middle = (west + east) // 2, (south + north) // 2
    return struct.pack(
        "<7sB8Q3Q6B4iB2i", b"PMTiles", 3, *offsets, *counts, 1, GZIP, GZIP, MVT, *zooms,
        west, south, east, north, zooms[0], *middle,
    )  # fmt: skip
