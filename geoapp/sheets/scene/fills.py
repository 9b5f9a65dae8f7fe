"""How areas and their samples in the legend are filled: the web's colours and patterns."""

import numpy as np
import shapely

from geoapp.portrayal import palette
from geoapp.portrayal.style import Style
from geoapp.sheets.scene import patterns
from geoapp.sheets.scene.primitives import Line, Path, Primitive

PITCH, HATCH_WIDTH, DOT_SIZE, RING_RADIUS, RING_WIDTH = 8.0, 1.5, 2.6, 1.9, 0.8
"""Design pixels, as on the web; the hatching a little thinner, since paper has more lines in the same space."""
SHADE = (5.0, 6.0)
"""How much darker a light colour is hatched: its channels to the power 1 + a·lightness^b.

A lent value in the lightest class would else be light lines on white. Every class is seen
(contrast ≥ 1.6:1 on the ground), classes keep their order, dark ones stay as they are.
"""
FILLS = {
    "hatch": palette.PARENT,
    "dots": palette.NOT_PUBLISHED,
    "rings": palette.ZERO,
    "lines": "#f3f4ee",
    "dashes": palette.NONE,
}
"""The colour under each pattern, as in ``static/js/map/patterns.js``."""
DOT, RING, RULE, STROKE = "#6f5f8c", "#a9b7ae", "#98a38f", "#a79f8c"
STROKE_LENGTH, STROKE_WIDTH = 3.6, 1.0
"""A short stroke, as tables write "nothing"; design pixels."""


def fill_of(look: str, colour: str) -> str:
    """Return the colour under a pattern, or the colour of a plain look."""
    return FILLS.get(look, colour)


def hatch_ink(colour: str) -> str:
    """Return the colour of the lines that hatch a class, as ``hatchInk`` in ``static/js/map/patterns.js``."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    power = 1 + SHADE[0] * (0.299 * red + 0.587 * green + 0.114 * blue) ** SHADE[1]
    return "#" + "".join(f"{int(255 * channel**power + 0.5):02x}" for channel in (red, green, blue))


def pattern(shape: shapely.Geometry, look: str, colour: str, scale: Style) -> list[Primitive]:
    """Return the lines, dots or rings of a look inside a shape; nothing for a plain one."""
    pitch = scale.px(PITCH)
    if look == "hatch":
        lines = patterns.hatch(shape, pitch)
        width = scale.px(HATCH_WIDTH)
        return [Path(lines, stroke=hatch_ink(colour), width=width, closed=False, round=False)]
    if look == "lines":
        lines = patterns.rules(shape, pitch)
        return [Path(lines, stroke=RULE, width=scale.px(1.0), closed=False, round=False)]
    if look == "dots":
        return [Path(patterns.dots(shape, pitch), stroke=DOT, width=scale.px(DOT_SIZE), closed=False)]
    if look == "dashes":
        half = np.array([[-scale.px(STROKE_LENGTH) / 2, 0.0], [scale.px(STROKE_LENGTH) / 2, 0.0]])
        strokes = tuple(dot[0] + half for dot in patterns.dots(shape, pitch * 1.25))
        return [Path(strokes, stroke=STROKE, width=scale.px(STROKE_WIDTH), closed=False, round=False)]
    if look == "rings":
        rings = tuple(_ring(dot, scale.px(RING_RADIUS)) for dot in patterns.dots(shape, pitch * 1.25))
        return [Path(rings, stroke=RING, width=scale.px(RING_WIDTH))]
    return []


def _ring(dot: Line, radius: float) -> Line:
    found: Line = dot[0] + patterns.OCTAGON * radius
    return found
