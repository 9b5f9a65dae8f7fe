"""The neat lines of a map and the degrees between them."""

import numpy as np

from geoapp.portrayal import style
from geoapp.portrayal.style import Style
from geoapp.sheets.fonts import measure
from geoapp.sheets.scene.base.projection import Equal, Placement, Points, latitude, longitude
from geoapp.sheets.scene.primitives import Box, Group, Path, Primitive, Text, rectangle

GRATICULE = (0.25, 0.5, 1, 2, 5, 10, 20)
"""Degrees between ticks."""


def frame(outer: Box, window: Box, projection: Equal, placement: Placement, scale: Style) -> Group:
    """Draw the neat lines, and between them the degrees: meridians above and below, parallels at the sides."""
    group = Group("frame")
    gap = window.x0 - outer.x0
    band = Path((outer.ring(), window.ring()), fill=style.PAPER, round=False)
    group.add(band, rectangle(window, stroke=style.OUTLINE, width=scale.px(0.9)))
    group.add(rectangle(outer, stroke=style.OUTLINE, width=scale.px(2.2)))
    step = _step(window, projection, placement)
    for side, axis in (("top", 0), ("bottom", 0), ("left", 1), ("right", 1)):
        points = _edge(window, side, np.linspace(0, 1, 161))
        degrees = _degrees(points, axis, projection, placement)
        if not len(degrees):  # the edge lies beyond what the projection can show
            continue
        low, high = np.ceil(degrees.min() / step), np.floor(degrees.max() / step)
        for value in np.arange(low, high + 1) * step:
            at = _crossing(degrees, points, float(value))
            if at is not None:
                group.add(*_tick(window, side, (float(at[0]), float(at[1])), float(value), gap, scale))
    return group


def _step(window: Box, projection: Equal, placement: Placement) -> float:
    """Return the degrees between ticks: six or fewer along an edge."""
    steps = np.linspace(0, 1, 9)
    lats = _degrees(_edge(window, "left", steps), 1, projection, placement)
    lons = _degrees(_edge(window, "top", steps), 0, projection, placement)
    span = max((float(np.ptp(each)) for each in (lats, lons) if len(each)), default=GRATICULE[-1])
    return float(next((each for each in GRATICULE if span / each <= 6), GRATICULE[-1]))


def _degrees(points: Points, axis: int, projection: Equal, placement: Placement) -> Points:
    """Return longitudes (axis 0) or latitudes of points without a jump; empty where there are none."""
    found: Points = projection.inverse(placement.plane(points))[:, axis]
    return np.unwrap(found, period=360) if np.isfinite(found).all() else np.empty(0)


def _edge(window: Box, side: str, steps: Points) -> Points:
    if side in ("top", "bottom"):
        y = window.y0 if side == "top" else window.y1
        return np.column_stack([window.x0 + steps * window.width, np.full(len(steps), y)])
    x = window.x0 if side == "left" else window.x1
    return np.column_stack([np.full(len(steps), x), window.y0 + steps * window.height])


def _crossing(degrees: Points, points: Points, value: float) -> Points | None:
    hits = np.nonzero((degrees[:-1] - value) * (degrees[1:] - value) <= 0)[0]
    if not len(hits):
        return None
    first = hits[0]
    share = (value - degrees[first]) / ((degrees[first + 1] - degrees[first]) or 1.0)
    found: Points = points[first] + (points[first + 1] - points[first]) * share
    return found


OUTWARD = {"top": (0.0, -1.0, 0.0), "bottom": (0.0, 1.0, 0.0), "left": (-1.0, 0.0, -90.0), "right": (1.0, 0.0, 90.0)}
"""Direction out of the map, and the turn of the degrees written there."""


def _tick(window: Box, side: str, at: tuple[float, float], value: float, gap: float, scale: Style) -> list[Primitive]:
    right, down, turn = OUTWARD[side]
    x, y = at
    text = longitude((value + 180) % 360 - 180) if turn == 0 else latitude(value)
    size = max(gap * 0.78, 4.6)
    half = measure(text, size) * 0.7
    end = (x + right * gap * 0.28, y + down * gap * 0.28)
    tick = Path((np.array([at, end]),), stroke=style.SOFT, width=scale.px(0.9), closed=False)
    along, low, high = (x, window.x0, window.x1) if turn == 0 else (y, window.y0, window.y1)
    if not low + half < along < high - half:
        return [tick]
    rise = size * 0.36
    middle = gap * 0.54
    base_x = x + right * middle + (rise if turn < 0 else -rise if turn > 0 else 0.0)
    base_y = y + down * middle + (rise if turn == 0 else 0.0)
    return [tick, Text(base_x, base_y, text, size, style.SOFT, anchor="middle", turn=turn)]
