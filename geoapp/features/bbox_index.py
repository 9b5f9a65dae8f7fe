"""Which features lie in a box: an STR-tree over their own boxes."""

from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoapp.model.view import BBox

Table = NDArray[np.float64]


class BBoxIndex:
    """The boxes of a list of features: west, south, east, north; shape (n, 4), degrees.

    The tree is made at the first search (3 ms for the counties of China), so that a worker starts without it.
    """

    def __init__(self, table: Table) -> None:
        self._table = table

    def __len__(self) -> int:
        return len(self._table)

    @cached_property
    def extent(self) -> BBox:
        """The box around all of them."""
        west, south = self._table[:, :2].min(axis=0).tolist()
        east, north = self._table[:, 2:].max(axis=0).tolist()
        return west, south, east, north

    def meeting(self, box: BBox) -> tuple[list[int], list[int]]:
        """Return the features wholly inside a box, and those whose own box only meets it, both in their order."""
        rows = np.sort(self._tree.query(shapely.box(*box)))
        inside = _within(self._table[rows], box)
        return rows[inside].tolist(), rows[~inside].tolist()

    @cached_property
    def _tree(self) -> shapely.STRtree:
        west, south, east, north = self._table.T
        return shapely.STRtree(np.asarray(shapely.box(west, south, east, north)))


def _within(table: Table, box: BBox) -> NDArray[np.bool_]:
    west, south, east, north = box
    inside: Any = (table[:, 0] >= west) & (table[:, 2] <= east) & (table[:, 1] >= south) & (table[:, 3] <= north)
    return np.asarray(inside, dtype=np.bool_)
