"""Published vector layers on a sheet: dots by type and size, lines and areas in the colour of their type."""

import numpy as np
import shapely

from geoapp.analysis.vectors import ShownLayer
from geoapp.portrayal import style
from geoapp.sheets.scene.areas import Canvas, cut
from geoapp.sheets.scene.primitives import Circle, Group, Path, is_empty, lines_of

LARGEST, LEAST, PLAIN = 10.0, 3.0, 4.0
"""Radius of the largest and the least dot, and of one without an amount; design pixels."""
CROWD = 400
"""Features from which dots are drawn smaller: a country of them is a texture, not a pile."""
SMALLER = 0.78
FINE = 0.3
"""Points by which lines and areas may be off."""
WASH = 0.2
"""Opacity of an area's fill: what lies under it is still read."""


def paint_vectors(canvas: Canvas) -> list[Group]:
    """Draw the vector layers of a view, each in a group of its own; a view without any has none."""
    return [
        _dots(canvas, shown) if shown.layer.shape == "point" else _shapes(canvas, shown)
        for shown in canvas.resolved.vectors
    ]


def radius(amount: float | None, largest: float, count: int) -> float:
    """Return the radius of a dot in design pixels; its area grows with the amount."""
    share = SMALLER if count > CROWD else 1.0
    if not amount or not largest:
        return PLAIN * share
    return max(LEAST, LARGEST * float(np.sqrt(amount / largest))) * share


def _dots(canvas: Canvas, shown: ShownLayer) -> Group:
    """Draw points, the largest first, so that none is hidden under a larger one."""
    group = Group(f"vectors-{shown.layer.id}")
    layer, largest, count = shown.layer, shown.largest, len(shown.features)
    if not count:
        return group
    colours = {kind.id: kind.colour for kind in layer.kinds}
    degrees = np.array([(feature.lon, feature.lat) for feature in shown.features])
    spots = canvas.layout.placement.points(canvas.base.projection.forward(degrees))
    window = canvas.window
    edge = canvas.scale.px(0.6 if count > CROWD else 1.1)
    found = []
    for feature, (x, y) in zip(shown.features, spots.tolist(), strict=True):
        if window.x0 <= x <= window.x1 and window.y0 <= y <= window.y1:
            size = canvas.scale.px(radius(feature.amount(layer), largest, count))
            found.append(Circle(x, y, size, colours[feature.kind], style.PAPER, edge))
    group.add(*sorted(found, key=lambda circle: -circle.radius))
    return group


def _shapes(canvas: Canvas, shown: ShownLayer) -> Group:
    """Draw lines and areas, cut at the map's edge, thinned where paper cannot show the detail."""
    group = Group(f"vectors-{shown.layer.id}")
    areal = shown.layer.shape == "polygon"
    width = canvas.scale.px(1.6)
    for kind in shown.layer.kinds:
        wkb = [feature.wkb for feature in shown.features if feature.kind == kind.id]
        if not wkb:
            continue
        plane = canvas.base.projection.shapes(shapely.from_wkb(np.array(wkb, dtype=object)))
        placed = shapely.simplify(canvas.layout.placement.shapes(plane), FINE)
        lines = lines_of(each for each in cut(placed, canvas.window) if not is_empty(each))
        if areal and lines:
            group.add(Path(lines, fill=kind.colour, opacity=WASH))
        if lines:
            group.add(Path(lines, stroke=kind.colour, width=width, closed=areal))
    return group
