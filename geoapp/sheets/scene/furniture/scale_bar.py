"""The scale bar: its length is computed here and nowhere else, from what the projection says of a kilometre."""

from dataclasses import dataclass, replace

import numpy as np

from geoapp.model.phrase import Phrase
from geoapp.portrayal import style
from geoapp.portrayal.style import Style
from geoapp.sheets.fonts import measure
from geoapp.sheets.scene.primitives import Box, Group, Text, rectangle

STEPS = (1, 2, 5)
TYPE, HEIGHT = 14.0, 6.0
"""Size of the numbers and height of the bar, design pixels."""
WIDEST = "5000"
"""The widest number a bar ends with."""
UNIT = Phrase("千米")


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A bar in its place. ``right - left`` points stand for ``kilometres``.

    Attributes:
        bottom: the foot of the bar; its numbers stand above it, its unit after the last of them.
    """

    left: float
    right: float
    bottom: float
    kilometres: float
    lang: str
    scale: Style

    @classmethod
    def fitted(cls, room: Box, points: float, lang: str, scale: Style) -> "ScaleBar":
        """Return the longest bar of a round length whose numbers and unit stay inside ``room``.

        Args:
            points: how many points a kilometre takes on the sheet.
        """
        size = scale.type(TYPE)
        before = size * 0.6
        after = measure(WIDEST, size) / 2 + size * 0.25
        free = room.width - before - after - measure(UNIT.say(lang), size)
        kilometres = nice_length(free / points)
        left = room.x0 + before
        return cls(left, left + kilometres * points, room.y1, kilometres, lang, scale)

    def draw(self) -> Group:
        """Draw the bar in two halves, with its numbers and its unit."""
        group = Group("scale-bar")
        scale, size = self.scale, self.scale.type(TYPE)
        top, middle = self.bottom - scale.px(HEIGHT), (self.left + self.right) / 2
        for start, end, fill in ((self.left, middle, style.INK), (middle, self.right, style.PAPER)):
            part = Box(start, top, end, self.bottom)
            group.add(rectangle(part, fill=fill, stroke=style.INK, width=scale.px(1.1)))
        base = top - size * 0.36
        for x, value in ((self.left, 0.0), (middle, self.kilometres / 2), (self.right, self.kilometres)):
            group.add(haloed(Text(x, base, f"{value:g}", size, anchor="middle"), scale))
        after = self.right + measure(f"{self.kilometres:g}", size) / 2 + size * 0.25
        group.add(haloed(Text(after, base, UNIT.say(self.lang), size), scale))
        return group


def nice_length(most: float) -> float:
    """Return the longest round length (1, 2, 5 × 10ⁿ) not above ``most``."""
    power = 10.0 ** np.floor(np.log10(most))
    return float(max(step * power for step in STEPS if step * power <= most))


def haloed(text: Text, scale: Style) -> Text:
    """Return a text that stays readable over the lines of the map."""
    return replace(text, halo=style.LAND, halo_width=scale.px(2.2))
