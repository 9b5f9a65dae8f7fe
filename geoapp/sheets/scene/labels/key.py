"""The numbered key of a sheet: what the numbers on its map stand for, line by line, in columns."""

from collections.abc import Iterable, Sequence

import numpy as np

from geoapp.model.phrase import Phrase
from geoapp.portrayal.style import Style
from geoapp.sheets.fonts import measure, wrap
from geoapp.sheets.scene.primitives import Box, Group, Text

TITLE = Phrase("图中编号")
LEAD = 1.42
WIDEST = 17.0
"""Characters of a line of the key."""
Line = tuple[str, str]
"""A number, or nothing where an entry goes on, and words."""


def key_lines(entries: Iterable[tuple[int, str]]) -> list[Line]:
    """Break the entries of a key into lines, a number before the first of each entry."""
    lines = []
    for number, words in entries:
        broken = broken_words(words)
        lines += [(str(number) if line is broken[0] else "", line) for line in broken]
    return lines


def broken_words(words: str) -> list[str]:
    """Break a line of the key into as few as it needs, all about as long: no character stands alone."""
    lines = len(wrap(words, WIDEST, 1.0)) or 1
    return wrap(words, measure(words, 1.0) / lines + 1.0, 1.0) if lines > 1 else [words]


def key_width(words: Sequence[str], outer: Box, scale: Style) -> float:
    """Return the width in points of a key of these lines; 0 for one without lines."""
    return sum(_widths(words, outer, scale)) + scale.px(14) if words else 0.0


def draw_key(lines: Sequence[Line], box: Box, lang: str, scale: Style) -> Group:
    """Draw the key in its box, column by column."""
    group = Group("key")
    size = scale.type(13.0)
    head = scale.type(16.0)
    group.add(Text(box.x0, box.y0 + head, TITLE.say(lang), head, bold=True))
    rows = _rows(len(lines), box, scale)
    lefts = np.cumsum([0.0, *_widths([words for _, words in lines], box, scale)])
    for count, (number, text) in enumerate(lines):
        x = box.x0 + float(lefts[count // rows]) + scale.px(22)
        y = box.y0 + head * 1.5 + (count % rows + 1) * size * LEAD
        group.add(Text(x, y, number, size, bold=True, anchor="end"))
        group.add(Text(x + scale.px(7), y, text, size))
    return group


def _rows(count: int, box: Box, scale: Style) -> int:
    """Return the rows of each column: as few columns as the height allows, evenly filled."""
    most = max(int((box.height - scale.type(16.0) * 2) / (scale.type(13.0) * LEAD)), 1)
    columns = -(-count // most)
    return -(-count // max(columns, 1))


def _widths(words: Sequence[str], box: Box, scale: Style) -> list[float]:
    """Return the width of each column in points, by its longest entry."""
    rows = _rows(len(words), box, scale)
    columns = [words[start : start + rows] for start in range(0, len(words), rows)]
    return [max(measure(text, scale.type(13.0)) for text in column) + scale.px(44) for column in columns]
