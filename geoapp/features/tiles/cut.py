"""Shapes are cut into the squares of the Web Mercator pyramid, each level from the pieces of the one above."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

EXTENT = 4096
"""Units along a tile's edge."""
BUFFER = 80 / EXTENT
"""How far a piece reaches over its tile's edge, in tiles: strokes and symbols at the edge are whole."""


@dataclass(frozen=True, slots=True)
class Square:
    """One tile's place and the pieces in it.

    Attributes:
        numbers: whose pieces they are, ascending.
        pieces: geometries in units of the whole world, 0 to 1, y downward.
    """

    row: int
    col: int
    numbers: NDArray[np.intp]
    fragments: NDArray[Any]


def to_world(shapes: NDArray[Any]) -> NDArray[Any]:
    """Return shapes in degrees as shapes on the Web Mercator square, 0 to 1, y downward."""

    def project(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = points[:, 0], np.radians(points[:, 1])
        return np.column_stack(((lon + 180) / 360, (1 - np.arcsinh(np.tan(lat)) / np.pi) / 2))

    world: NDArray[Any] = shapely.transform(shapes, project)
    return world


def cut(shapes: NDArray[Any], deepest: int) -> Iterator[list[Square]]:
    """Yield the squares with something in them, level by level from 0 to the deepest."""
    level = [Square(0, 0, np.arange(len(shapes)), shapes)]
    for zoom in range(deepest + 1):
        yield level
        if zoom < deepest:
            level = [child for square in level for child in _children(square, zoom + 1)]


def _children(square: Square, zoom: int) -> Iterator[Square]:
    """Cut a square's pieces into its four quarters."""
    size = 2.0**-zoom
    margin = size * BUFFER
    west, north, east, south = shapely.bounds(square.fragments).T
    for row in (2 * square.row, 2 * square.row + 1):
        for col in (2 * square.col, 2 * square.col + 1):
            box = (col * size - margin, row * size - margin, (col + 1) * size + margin, (row + 1) * size + margin)
            near = (west <= box[2]) & (east >= box[0]) & (north <= box[3]) & (south >= box[1])
            if not near.any():
                continue
            whole = near & (west >= box[0]) & (east <= box[2]) & (north >= box[1]) & (south <= box[3])
            fragments = square.fragments.copy()
            fragments[near & ~whole] = shapely.clip_by_rect(fragments[near & ~whole], *box)
            kept = near & ~shapely.is_empty(fragments)
            if kept.any():
                yield Square(row, col, square.numbers[kept], fragments[kept])
