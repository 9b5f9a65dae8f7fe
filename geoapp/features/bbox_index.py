"""Which features lie in a box: their own boxes in one array, searched by blocks of neighbours."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoapp.model.view import BBox

BLOCK = 64
"""Features in a block. Codes and plans follow the map, so that neighbours in a list are near each other."""
Table = NDArray[np.float64]


class BBoxIndex:
    """The boxes of a list of features: west, south, east, north; shape (n, 4), degrees.

    A search looks at one box per block and then into the blocks that meet the question. Nothing
    is built when a worker starts and no geometry is held, however many features there are.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        starts = np.arange(0, len(table), BLOCK)
        self._blocks = np.hstack(
            (np.minimum.reduceat(table[:, :2], starts), np.maximum.reduceat(table[:, 2:], starts))
            if len(table)
            else (table[:, :2], table[:, 2:])
        )

    def __len__(self) -> int:
        return len(self._table)

    @property
    def extent(self) -> BBox:
        """The box around all of them."""
        west, south = self._blocks[:, :2].min(axis=0).tolist()
        east, north = self._blocks[:, 2:].max(axis=0).tolist()
        return west, south, east, north

    def meeting(self, box: BBox) -> tuple[list[int], list[int]]:
        """Return the features wholly inside a box, and those whose own box only meets it."""
        blocks = np.flatnonzero(_meet(self._blocks, box))
        rows = (blocks[:, np.newaxis] * BLOCK + np.arange(BLOCK)).ravel()
        rows = rows[rows < len(self._table)]
        found = self._table[rows]
        inside = _within(found, box)
        return rows[inside].tolist(), rows[_meet(found, box) & ~inside].tolist()


def _meet(table: Table, box: BBox) -> NDArray[np.bool_]:
    west, south, east, north = box
    met: Any = (table[:, 0] <= east) & (table[:, 2] >= west) & (table[:, 1] <= north) & (table[:, 3] >= south)
    return np.asarray(met, dtype=np.bool_)


def _within(table: Table, box: BBox) -> NDArray[np.bool_]:
    west, south, east, north = box
    inside: Any = (table[:, 0] >= west) & (table[:, 2] <= east) & (table[:, 1] >= south) & (table[:, 3] <= north)
    return np.asarray(inside, dtype=np.bool_)
