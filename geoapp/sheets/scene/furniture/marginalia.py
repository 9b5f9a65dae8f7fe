"""Title above the map, sources and duties below it, a notice in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from geoapp.model.phrase import Phrase
from geoapp.portrayal import style
from geoapp.portrayal.style import Style
from geoapp.sheets.fonts import measure, wrap
from geoapp.sheets.scene.primitives import Box, Group, Path, Text, rectangle

TITLE_SIZES = (35.0, 31.0, 28.0, 25.0)
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


def plate(box: Box, scale: Style) -> Path:
    """Return the ground of an arrow or a bar that has to stand on the lines of the map."""
    return rectangle(
        box.grown(scale.px(6)), fill=style.PAPER, stroke=style.LAND_EDGE, width=scale.px(1.0), opacity=0.92
    )


def notice(text: str, window: Box, scale: Style) -> Group:
    """Write a sentence in the middle of a map that has nothing else to show."""
    size = scale.type(24.0)
    middle = ((window.x0 + window.x1) / 2, (window.y0 + window.y1) / 2)
    return Group(
        "notice", [Text(*middle, text, size, style.SOFT, anchor="middle", halo=style.PAPER, halo_width=size / 6)]
    )
