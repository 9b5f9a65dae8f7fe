"""What every division looks like in every tile, drawn once for an edition of the boundaries.

Targets, statistics and progress show the polygons of their regions: what is drawn of a polygon in a tile is the same
for all of them and for every build, and is most of the work. It is kept in one file beside the encoded features.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from geoapp.features.tiles.cut import cut, to_world
from geoapp.features.tiles.encode import COARSE, POLYGON, Drawn, draw_level

Level = list[Drawn]


def draw(shapes: Sequence[Any], deepest: int) -> Iterator[Level]:
    """Yield what is drawn of shapes (degrees) in the tiles of every level from 0 to the deepest."""
    for zoom, squares in enumerate(cut(to_world(np.array(shapes, dtype=object)), deepest)):
        yield list(draw_level(squares, zoom, 1 if zoom == deepest else COARSE))


def write_pieces(path: Path, levels: Iterable[Level]) -> None:
    """Write what is drawn of polygons; the same shapes give the same bytes."""
    with path.open("wb") as file:
        for level in levels:
            places = [(tile.row, tile.col, number, len(data)) for tile in level for number, data in tile.shapes]
            np.save(file, np.array(places, dtype=np.int32).reshape(-1, 4))
            np.save(file, np.frombuffer(b"".join(data for tile in level for _, data in tile.shapes), dtype=np.uint8))


def read_pieces(path: Path) -> list[Level]:
    """Return what :func:`write_pieces` wrote."""
    levels = []
    with path.open("rb") as file:
        size = path.stat().st_size
        while file.tell() < size:
            places, data = np.load(file), np.load(file).tobytes()
            tiles: dict[tuple[int, int], list[tuple[int, bytes]]] = {}
            begin = 0
            for row, col, number, length in places.tolist():
                tiles.setdefault((row, col), []).append((number, data[begin : begin + length]))
                begin += length
            levels.append([Drawn(row, col, POLYGON, shapes) for (row, col), shapes in tiles.items()])
    return levels


def together(levels: Iterable[Level], more: Iterable[Level]) -> list[Level]:
    """Return both in the same tiles."""
    joined = []
    for mine, added in zip(levels, more, strict=True):
        tiles = {(tile.row, tile.col): tile for tile in mine}
        for tile in added:
            known = tiles.get((tile.row, tile.col))
            shapes = [*known.shapes, *tile.shapes] if known else tile.shapes
            tiles[tile.row, tile.col] = Drawn(tile.row, tile.col, tile.kind, shapes)
        joined.append(list(tiles.values()))
    return joined
