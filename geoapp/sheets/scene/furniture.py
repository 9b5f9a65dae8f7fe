"""Title, sources, scale bar, north arrow, graticule: what makes a picture a map."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geoapp.model.phrase import Phrase
from geoapp.portrayal import style
from geoapp.portrayal.style import Style
from geoapp.sheets.fonts import measure, wrap
from geoapp.sheets.scene.primitives import Box, Group, Path, Primitive, Text, rectangle
from geoapp.sheets.scene.projection import Equal, Placement, Points, latitude, longitude

TITLE_SIZES = (35.0, 31.0, 28.0, 25.0)
STEPS = (1, 2, 5)
GRATICULE = (0.25, 0.5, 1, 2, 5, 10, 20)
INTERNAL = Phrase("内部工作底稿")
UNREVIEWED = Phrase("专题内容未经地图审核，不得公开；公开使用须依法送审并标注审图号")
REVIEWED = Phrase("审图号：{number}")


@dataclass(frozen=True, slots=True)
class Heading:
    """Title and subtitle, set; ``bottom`` is where the map may begin."""

    group: Group
    bottom: float


def heading(title: str, subtitle: str, box: Box, scale: Style) -> Heading:
    """Set the title on one line if it fits, else smaller, else on as many as it needs."""
    for pixels in TITLE_SIZES:
        size = scale.type(pixels)
        lines = wrap(title, box.width, size, bold=True)
        if len(lines) == 1:
            break
    group = Group("title")
    y = box.y0
    for line in lines:
        y += size * 1.0
        group.add(Text(box.x0, y, line, size, style.INK, bold=True))
        y += size * 0.26
    small = scale.type(18.5)
    for line in wrap(subtitle, box.width, small):
        y += small * 1.12
        group.add(Text(box.x0, y, line, small, style.SOFT))
        y += small * 0.3
    return Heading(group, y + scale.px(10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnotes:
    """What is said below the map.

    Attributes:
        notes: paragraphs: sources, boundaries and projection, honesty of the points.
        review_no: the operator's 审图号; empty prints that the sheet is internal.
        made: maker, date, data version.
    """

    notes: Sequence[str]
    review_no: str
    made: str
    lang: str


def footer(notes: Footnotes, box: Box, scale: Style) -> tuple[Group, float]:
    """Set the notes upward from the bottom of ``box``. Returns them and the top edge they need."""
    size, lead = scale.type(14.0), scale.type(14.0) * 1.5
    law = INTERNAL if not notes.review_no else Phrase(REVIEWED.text, {"number": notes.review_no})
    first = law.say(notes.lang)
    rest = "" if notes.review_no else UNREVIEWED.say(notes.lang)
    lines = [line for note in notes.notes for line in wrap(note, box.width, size)]
    first_width = measure(first, size, bold=True) + size
    made_width = measure(notes.made, size)
    room = box.width - first_width - made_width - size * 2
    tail = wrap(rest, room, size) if room > 12 * size else wrap(rest, box.width - first_width, size)
    alone = room <= 12 * size
    count = len(lines) + max(len(tail), 1) + (1 if alone else 0)
    top = box.y1 - count * lead
    group = Group("sources")
    y = top + size
    for line in lines:
        group.add(Text(box.x0, y, line, size, style.SOFT))
        y += lead
    group.add(Text(box.x0, y, first, size, style.ACCENT, bold=True))
    for line in tail:
        group.add(Text(box.x0 + first_width, y, line, size, style.SOFT))
        y += lead
    if not tail:
        y += lead
    made_y = y if alone else y - lead
    group.add(Text(box.x1, made_y, notes.made, size, style.SOFT, anchor="end"))
    return group, top - size * 0.75


def notice(text: str, window: Box, scale: Style) -> Group:
    """Write a sentence in the middle of a map that has nothing else to show."""
    size = scale.type(24.0)
    middle = ((window.x0 + window.x1) / 2, (window.y0 + window.y1) / 2)
    return Group(
        "notice", [Text(*middle, text, size, style.SOFT, anchor="middle", halo=style.PAPER, halo_width=size / 6)]
    )


def nice_length(most: float) -> float:
    """Return the longest round length (1, 2, 5 × 10ⁿ) not above ``most``."""
    power = 10.0 ** np.floor(np.log10(most))
    return float(max(step * power for step in STEPS if step * power <= most))


def scale_bar(box: Box, kilometres: float, lang: str, scale: Style) -> Group:
    """Draw a bar of two halves inside ``box``; its width stands for ``kilometres``."""
    group = Group("scale-bar")
    size = scale.type(14.0)
    unit = Phrase("千米").say(lang)
    left, right, bottom = box.x0 + size * 0.6, box.x1 - size * 0.6 - measure(f" {unit}", size), box.y1
    high = scale.px(6)
    middle = (left + right) / 2
    for start, end, fill in ((left, middle, style.INK), (middle, right, style.PAPER)):
        part = Box(start, bottom - high, end, bottom)
        group.add(rectangle(part, fill=fill, stroke=style.INK, width=scale.px(1.1)))
    y = bottom - high - size * 0.36
    for x, value in ((left, 0.0), (middle, kilometres / 2), (right, kilometres)):
        group.add(_halo(Text(x, y, f"{value:g}", size, anchor="middle"), scale))
    after = right + measure(f"{kilometres:g}", size) / 2 + size * 0.25
    group.add(_halo(Text(after, y, unit, size), scale))
    return group


def _halo(text: Text, scale: Style) -> Text:
    return Text(
        text.x,
        text.y,
        text.text,
        text.size,
        text.colour,
        text.bold,
        text.anchor,
        halo=style.LAND,
        halo_width=scale.px(2.2),
    )


def north_arrow(box: Box, angle: float, lang: str, scale: Style) -> Group:
    """Draw the arrow inside ``box``, turned to true north at that place (radians, clockwise)."""
    group = Group("north")
    size = scale.type(16.0)
    word = Phrase("北").say(lang)
    middle = (box.x0 + box.x1) / 2
    group.add(_halo(Text(middle, box.y0 + size * 0.9, word, size, bold=True, anchor="middle"), scale))
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
