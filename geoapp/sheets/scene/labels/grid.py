"""The sheet as a fine grid of cells: which area each belongs to, and which are taken.

Placing a label is then a question to an integral image: how many cells of this area, and how
many taken ones, lie under the box at every possible position at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from geoapp.sheets.scene.primitives import Box, lines_of_each

Cells = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
Totals = npt.NDArray[np.int32]
Indices = npt.NDArray[np.intp]


@dataclass
class Grid:
    """Cells of ``cell`` points over a window; ``ids`` is 0 outside all areas, else index + 1."""

    window: Box
    cell: float
    ids: Cells
    taken: Mask = field(init=False)
    lined: Mask = field(init=False)
    """Cells under leaders."""

    def __post_init__(self) -> None:
        self.taken = np.zeros(self.ids.shape, dtype=np.bool_)
        self.lined = np.zeros(self.ids.shape, dtype=np.bool_)

    @cached_property
    def land(self) -> Totals:
        """The integral image of the cells in any area."""
        return totals(self.ids > 0)

    @cached_property
    def edges(self) -> Totals:
        """The integral image of the cells at the boundary of an area."""
        return totals(edges_of(self.ids))

    @classmethod
    def of(cls, window: Box, cell: float, shapes: Sequence[shapely.Geometry]) -> "Grid":
        """Return the grid of areas given in sheet coordinates."""
        return cls(window, cell, _rasterise(window, cell, shapes))

    def span(self, box: Box) -> tuple[int, int, int, int]:
        """Return the cells a box touches: left, top, right, bottom (exclusive), inside the grid."""
        rows, columns = self.ids.shape
        left = int(np.floor((box.x0 - self.window.x0) / self.cell))
        top = int(np.floor((box.y0 - self.window.y0) / self.cell))
        right = int(np.ceil((box.x1 - self.window.x0) / self.cell))
        bottom = int(np.ceil((box.y1 - self.window.y0) / self.cell))
        return max(left, 0), max(top, 0), min(right, columns), min(bottom, rows)

    def take(self, box: Box, taken: bool = True) -> None:
        """Mark the cells under a box as taken, or as free again."""
        left, top, right, bottom = self.span(box)
        self.taken[top:bottom, left:right] = taken

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> tuple[npt.NDArray[np.intp], ...]:
        """Return the rows and columns of the cells under a straight line."""
        length = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
        steps = np.linspace(0.0, 1.0, max(int(length / self.cell * 4), 1) + 1)
        rows, columns = self.ids.shape
        x = (start[0] + (end[0] - start[0]) * steps - self.window.x0) / self.cell
        y = (start[1] + (end[1] - start[1]) * steps - self.window.y0) / self.cell
        inside = (x >= 0) & (y >= 0) & (x < columns) & (y < rows)
        return y[inside].astype(np.intp), x[inside].astype(np.intp)

    def size(self, width: float, height: float) -> tuple[int, int]:
        """Return a size in cells, rounded up."""
        return int(np.ceil(width / self.cell)), int(np.ceil(height / self.cell))

    def box(self, column: int, row: int, width: float, height: float) -> Box:
        """Return the box whose top left cell is given, with its own exact size, centred in its cells."""
        wide, high = self.size(width, height)
        x = self.window.x0 + (column + wide / 2) * self.cell - width / 2
        y = self.window.y0 + (row + high / 2) * self.cell - height / 2
        return Box(x, y, x + width, y + height)

    def centre(self, column: float, row: float) -> tuple[float, float]:
        """Return the middle of a cell in points."""
        return self.window.x0 + (column + 0.5) * self.cell, self.window.y0 + (row + 0.5) * self.cell


def totals(mask: Mask) -> Totals:
    """Return the integral image of a mask, one row and column larger."""
    total = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=np.int32)
    np.cumsum(mask, axis=0, out=total[1:, 1:])
    np.cumsum(total[1:, 1:], axis=1, out=total[1:, 1:])
    return total


def box_sums(mask: Mask, wide: int, high: int) -> Totals:
    """Return the number of set cells under a box of ``wide`` × ``high`` at every position it fits."""
    rows, columns = mask.shape
    if wide > columns or high > rows:
        return np.empty((0, 0), dtype=np.int32)
    total = totals(mask)
    found: Totals = total[high:, wide:] - total[:-high, wide:] - total[high:, :-wide] + total[:-high, :-wide]
    return found


def sums_at(total: Totals, rows: Indices, columns: Indices, wide: int, high: int) -> Totals:
    """Return the set cells, from an integral image, under boxes whose top left cells are given."""
    low, right = rows + high, columns + wide
    found: Totals = total[low, right] - total[rows, right] - total[low, columns] + total[rows, columns]
    return found


def depths(mask: Mask) -> npt.NDArray[np.int32]:
    """Return how deep each set cell lies: the steps, along rows and columns, to the nearest cell not set.

    Cells beyond the mask count as not set. Four running minima; an exact Euclidean transform
    places labels no better and costs 20 MB of library.
    """
    found: npt.NDArray[np.int32] = np.where(np.pad(mask, 1), np.int32(1 << 20), np.int32(0))
    for axis in (0, 1):
        steps = np.arange(found.shape[axis], dtype=np.int32)
        steps = steps[:, None] if axis == 0 else steps[None, :]
        ahead = np.minimum.accumulate(found - steps, axis=axis) + steps
        behind = np.flip(np.minimum.accumulate(np.flip(found + steps, axis), axis=axis), axis) - steps
        found = np.minimum(ahead, behind)
    return found[1:-1, 1:-1]


def edges_of(ids: Cells) -> Mask:
    """Return the cells beside another area: where a label would lie over a boundary."""
    found = np.zeros(ids.shape, dtype=np.bool_)
    found[:, 1:] |= ids[:, 1:] != ids[:, :-1]
    found[1:, :] |= ids[1:, :] != ids[:-1, :]
    return found


def _rasterise(window: Box, cell: float, shapes: Sequence[shapely.Geometry]) -> Cells:
    """Paint each area in a colour of its own, without smoothing, and read the colours back."""
    import skia  # already loaded for the font

    columns, rows = int(np.ceil(window.width / cell)), int(np.ceil(window.height / cell))
    surface = skia.Surface.MakeRaster(
        skia.ImageInfo.Make(columns, rows, skia.ColorType.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    )
    canvas = surface.getCanvas()
    canvas.clear(0)
    canvas.scale(1 / cell, 1 / cell)
    canvas.translate(-window.x0, -window.y0)
    for number, lines in enumerate(lines_of_each(shapes), start=1):
        path = skia.Path()
        path.setFillType(skia.PathFillType.kEvenOdd)
        for line in lines:
            points = line.tolist()
            path.moveTo(*points[0])
            for x, y in points[1:]:
                path.lineTo(x, y)
            path.close()
        canvas.drawPath(path, skia.Paint(AntiAlias=False, Color=0xFF000000 | number))
    pixels = surface.toarray(colorType=skia.ColorType.kRGBA_8888_ColorType).astype(np.int32)
    found: Cells = pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]
    return found
