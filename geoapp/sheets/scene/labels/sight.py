"""What is seen from a point: how far a leader may go in each direction before it crosses something."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import shapely

from geoapp.sheets.scene.base.projection import Points
from geoapp.sheets.scene.labels.grid import Grid, Mask

DIRECTIONS = 480
"""Three quarters of a degree apart: less than a cell of the grid at the end of most leaders."""
Leader = tuple[tuple[float, float], tuple[float, float]]
Offsets = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """Distances in points from a point to the first obstacle, by direction."""

    start: tuple[float, float]
    far: npt.NDArray[np.float64]
    lines: Sequence[Leader] = ()
    """Leaders that may not be crossed at all: their cells alone leave gaps, and the first ones are the start's own."""

    @classmethod
    def endless(cls, start: tuple[float, float]) -> "Sight":
        """Return the sight of a leader that may cross anything."""
        return cls(start, np.full(DIRECTIONS, np.inf))

    @classmethod
    def over(
        cls,
        grid: Grid,
        blocked: Mask,
        start: tuple[float, float],
        reach: float,
        *,
        own: float,
        lines: Sequence[Leader] = (),
    ) -> "Sight":
        """Look around over the cells of a grid.

        Args:
            blocked: the cells a leader may not cross.
            reach: points looked at; what is farther counts as free, and is tried with another reach.
            own: points around the start where nothing is in the way: the mark a leader ends at.
        """
        steps = int(min(reach * np.sqrt(2) / grid.cell, np.hypot(*blocked.shape))) + 2
        down, across = _rays(steps)
        first = min(int(np.ceil(own / grid.cell)), steps - 1)
        rows = down[:, first:] + np.int32((start[1] - grid.window.y0) / grid.cell)
        columns = across[:, first:] + np.int32((start[0] - grid.window.x0) / grid.cell)
        np.clip(rows, 0, blocked.shape[0] - 1, out=rows)
        np.clip(columns, 0, blocked.shape[1] - 1, out=columns)
        rows *= np.int32(blocked.shape[1])
        rows += columns
        met = blocked.ravel().take(rows)
        nearest = np.where(met.any(axis=1), (met.argmax(axis=1) + first - 1) * grid.cell, np.inf)
        return cls(start, np.minimum(nearest, np.minimum(np.roll(nearest, 1), np.roll(nearest, -1))), lines)

    def towards(self, ends: Points) -> npt.NDArray[np.float64]:
        """Return how far is seen towards each of many points."""
        angles = np.arctan2(ends[:, 1] - self.start[1], ends[:, 0] - self.start[0])
        found: npt.NDArray[np.float64] = self.far[
            np.round(angles * (DIRECTIONS / (2 * np.pi))).astype(np.intp) % DIRECTIONS
        ]
        return found

    def sees(self, end: tuple[float, float]) -> bool:
        """Say whether a leader may go to a point."""
        away = np.hypot(end[0] - self.start[0], end[1] - self.start[1])
        if away > self.towards(np.array([end]))[0]:
            return False
        own = shapely.linestrings([self.start, end])
        return not (self.lines and shapely.crosses(own, shapely.linestrings(self.lines)).any())


@cache
def _rays(steps: int) -> tuple[Offsets, Offsets]:
    """Return the cells under rays of some length, as rows and columns from their start."""
    angles = np.arange(DIRECTIONS)[:, None] * (2 * np.pi / DIRECTIONS)
    along = np.arange(steps)[None, :]
    return np.round(np.sin(angles) * along).astype(np.int32), np.round(np.cos(angles) * along).astype(np.int32)
