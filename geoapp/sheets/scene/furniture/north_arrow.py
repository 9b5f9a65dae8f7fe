"""The arrow to true north, which leans where meridians do."""

import numpy as np

from geoapp.model.phrase import Phrase
from geoapp.portrayal import style
from geoapp.portrayal.style import Style
from geoapp.sheets.scene.base.projection import Equal, Placement
from geoapp.sheets.scene.furniture.scale_bar import haloed
from geoapp.sheets.scene.primitives import Box, Group, Path, Text


def north_arrow(box: Box, angle: float, lang: str, scale: Style) -> Group:
    """Draw the arrow inside ``box``, turned to true north at that place (radians, clockwise)."""
    group = Group("north")
    size = scale.type(16.0)
    word = Phrase("北").say(lang)
    middle = (box.x0 + box.x1) / 2
    group.add(haloed(Text(middle, box.y0 + size * 0.9, word, size, bold=True, anchor="middle"), scale))
    top, bottom = box.y0 + size * 1.25, box.y1
    high, wide = bottom - top, (bottom - top) * 0.3
    arrow = np.array([[0, -high / 2], [wide, high / 2], [0, high * 0.28], [-wide, high / 2]])
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    points = arrow @ turn + (middle, (top + bottom) / 2)
    group.add(Path((points,), fill=style.INK, stroke=style.INK, width=scale.px(1), round=False))
    half = np.array([points[0], points[1], points[2]])
    group.add(Path((half,), fill=style.PAPER, stroke=style.INK, width=scale.px(1), round=False))
    return group


def north_angle(projection: Equal, placement: Placement, box: Box) -> float:
    """Return how far true north leans from up at the middle of a box, clockwise in radians."""
    middle = np.array([[(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2]])
    here = projection.inverse(placement.plane(middle))
    up = placement.points(projection.forward(here + np.array([0.0, 0.1])))[0] - middle[0]
    return float(np.arctan2(up[0], -up[1]))
