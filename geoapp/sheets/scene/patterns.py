"""Hatching and dots as plain lines, so that every painter draws the very same."""

from collections.abc import Iterable

import numpy as np
import shapely

from geoapp.sheets.scene.primitives import Line, bounds_of, lines_of

SLOPE = np.array([[1.0, 1.0], [-1.0, 1.0]]) / np.sqrt(2)
"""Turns the plane by 45° and, transposed, back."""
LEVEL = np.eye(2)
OCTAGON = np.array([[np.cos(turn), np.sin(turn)] for turn in np.arange(8) * np.pi / 4])


def hatch(shape: shapely.Geometry, pitch: float) -> tuple[Line, ...]:
    """Return the 45° lines inside a polygon, ``pitch`` points apart, on one grid for the whole sheet."""
    return _scan(shape, pitch, SLOPE)


def rules(shape: shapely.Geometry, pitch: float) -> tuple[Line, ...]:
    """Return the level lines inside a polygon, on one grid for the whole sheet."""
    return _scan(shape, pitch, LEVEL)


def _scan(shape: shapely.Geometry, pitch: float, turn: Line) -> tuple[Line, ...]:
    """Scan the turned polygon: the crossings of each line, sorted, pair by pair."""
    rows: list[np.ndarray] = []
    for ring in lines_of([shape]):
        turned = ring @ turn.T
        rows.append(_crossings(turned, np.roll(turned, -1, axis=0), pitch))
    found = np.vstack(rows) if rows else np.empty((0, 2))
    if not len(found):
        return ()
    order = np.lexsort((found[:, 1], found[:, 0]))
    found = found[order]
    pairs = np.stack([found[0::2], found[1::2]], axis=1)  # (n, 2 ends, [row, u])
    ends = np.stack([pairs[..., 1], pairs[..., 0] * pitch], axis=-1) @ turn
    return tuple(end for end in ends if abs(end[0] - end[1]).sum() > 0.3)


def _crossings(start: np.ndarray, end: np.ndarray, pitch: float) -> np.ndarray:
    """Return (row, u) of every crossing of a ring's edges with the lines v = row * pitch."""
    low = np.minimum(start[:, 1], end[:, 1]) / pitch
    high = np.maximum(start[:, 1], end[:, 1]) / pitch
    first, last = np.ceil(low).astype(int), np.ceil(high).astype(int)
    counts = last - first  # half open, so that a shared vertex counts once
    edge = np.repeat(np.arange(len(start)), counts)
    offset = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    row = first[edge] + offset
    share = (row * pitch - start[edge, 1]) / (end[edge, 1] - start[edge, 1])
    return np.column_stack([row, start[edge, 0] + share * (end[edge, 0] - start[edge, 0])])


def dots(shape: shapely.Geometry, pitch: float) -> tuple[Line, ...]:
    """Return the points of a staggered grid inside a polygon, each as a line of no length."""
    west, south, east, north = bounds_of(shape)
    ys = np.arange(np.ceil(south / pitch), np.floor(north / pitch) + 1)
    xs = np.arange(np.ceil(west / pitch) - 1, np.floor(east / pitch) + 1)
    if not len(ys) or not len(xs):
        return ()
    grid_x, grid_y = np.meshgrid(xs, ys)
    x = (grid_x + 0.5 * (grid_y % 2)).ravel() * pitch
    y = grid_y.ravel() * pitch
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, x, y)
    return tuple(_pairs(x[inside], y[inside]))


def _pairs(x: np.ndarray, y: np.ndarray) -> Iterable[Line]:
    step = np.array([0.01, 0.0])
    return (np.array([point, point + step]) for point in np.column_stack([x, y]))
