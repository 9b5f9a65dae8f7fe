"""Where in an area a label stands best: as deep in it as it can be, near its middle."""

import numpy as np
import shapely

from geoapp.sheets.scene.labels.grid import Grid, Mask, box_sums, depths
from geoapp.sheets.scene.primitives import Box, bounds_of, is_empty

Frame = tuple[int, int, Mask, Mask]
"""Left, top, own cells and taken cells of an area's own rectangle."""
LEAST = 0.85
"""What of a label's exact box must lie in its area's exact shape."""


def frame_of(grid: Grid, shape: shapely.Geometry, index: int) -> Frame | None:
    """Return the cells of an area and the taken cells, cut to the area's own rectangle."""
    if is_empty(shape):
        return None
    left, top, right, bottom = grid.span(bounds_of(shape))
    if right <= left or bottom <= top:
        return None
    own = grid.ids[top:bottom, left:right] == index + 1
    return (left, top, own, grid.taken[top:bottom, left:right]) if own.any() else None


def best_box(grid: Grid, shape: shapely.Geometry, frame: Frame, size: tuple[float, float], share: float) -> Box | None:
    """Return the best box of a size in an area. Cells are coarse against a number: the shape has the last word.

    Args:
        share: of the box that must lie in the area.
    """
    left, top, own, taken = frame
    spot = _spot(own, taken, grid.size(*size), share)
    if spot is None:
        return None
    box = grid.box(left + spot[0], top + spot[1], *size)
    if share < 1.0:
        covered = shapely.area(shapely.intersection(shapely.make_valid(shape), shapely.box(*box)))
        if covered < LEAST * size[0] * size[1]:
            return None
    return box


def anchor_of(grid: Grid, shape: shapely.Geometry, frame: Frame | None) -> tuple[float, float]:
    """Return the point of an area farthest from its edge and from what stands on it."""
    if frame is None:
        point = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
        return float(point[0]), float(point[1])
    left, top, own, taken = frame
    if (own & ~taken).any():  # a symbol may stand in the middle
        own = own & ~taken
    depth = depths(own)
    row, column = np.unravel_index(np.argmax(depth), depth.shape)
    return grid.centre(left + int(column), top + int(row))


def _spot(own: Mask, taken: Mask, cells: tuple[int, int], share: float) -> tuple[int, int] | None:
    """Return the best cell for the top left corner of a box."""
    wide, high = cells
    inside = box_sums(own, wide, high)
    if not inside.size:
        return None
    fits = inside >= np.ceil(wide * high * share)
    if taken.any():
        fits &= box_sums(taken, wide, high) == 0
    if not fits.any():
        return None
    depth = depths(fits)
    rows, columns = np.nonzero(own)
    middle = rows.mean() - high / 2, columns.mean() - wide / 2
    y, x = np.ogrid[: depth.shape[0], : depth.shape[1]]
    score = np.minimum(depth, 1.5 * high) - 0.25 * np.hypot(y - middle[0], x - middle[1])
    row, column = np.unravel_index(np.argmax(np.where(fits, score, -np.inf)), score.shape)
    return int(column), int(row)
