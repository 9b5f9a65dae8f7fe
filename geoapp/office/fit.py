"""How high a table or a sentence stands, by the metrics of the sheet's typeface.

Han characters are as wide in every Chinese face, and the Latin of ours is the wider one. Office programs
add room where the two meet, so a line is taken to hold a little less than its width.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from geoapp.office.content import Table
from geoapp.office.maps import POINTS
from geoapp.office.word.styles import CELL_ACROSS, CELL_DOWN, TEXT_STYLES, TEXT_WIDTH, TWIPS, TextStyle
from geoapp.sheets.fonts import measure, wrap


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How a table is set: width in millimetres, type and line in points, what a cell adds around its text.

    Attributes:
        across: millimetres left and right of the text of a cell, together.
        down: millimetres above and below it, together.
    """

    width: float
    size: float
    line: float
    across: float
    down: float


ON_PAPER = Setting(
    width=TEXT_WIDTH,
    size=TEXT_STYLES["Table Text"].size,
    line=TEXT_STYLES["Table Text"].line,
    across=2 * CELL_ACROSS / TWIPS,
    down=2 * CELL_DOWN / TWIPS,
)
"""How tables are set in Word."""
HELD = 0.97
"""Share of a line's width that text may fill."""
BETWEEN = 0.25
"""Room that office programs add between Han and Latin letters, in type sizes."""
LEAST = 0.01
"""Points: a cell that is just as wide as its text breaks by no rounding."""
FIRST_HAN = 0x2E80
STEPS = 8
"""Heights tried to even out the parts of a table."""


def lines(text: str, width: float, size: float) -> int:
    """Return how many lines a text takes in ``width`` millimetres; an empty one takes a line too."""
    natural = measure(text, size)
    stretch = 1 + BETWEEN * size * _changes(text) / natural if natural else 1
    return max(1, len(wrap(text, HELD * width * POINTS / stretch + LEAST, size)))


def _changes(text: str) -> int:
    """Count where Han and Latin letters meet."""
    wide = [ord(char) >= FIRST_HAN for char in text if not char.isspace()]
    return sum(one != other for one, other in pairwise(wide))


def paragraph(text: str, look: TextStyle, width: float) -> float:
    """Return the height in millimetres of a paragraph ``width`` millimetres wide; an empty one has a line."""
    count = lines(text, width, look.size) if text else 1
    return (look.before + count * look.line + look.after) / POINTS


def spread(table: Table, setting: Setting = ON_PAPER) -> Table:
    """Give each column the width its longest cell asks for; where that is too much, the widest give way.

    Of these, columns whose cells are mostly short give way most: one long cell takes more lines, not many.
    """
    rows = [tuple(column.head for column in table.columns), *table.rows]
    asked = [[_asked(cell, setting) for cell in cells] for cells in zip(*rows, strict=True)]
    words = [max(_asked(word, setting) for word in column.head.split()) for column in table.columns]
    widths = [max(each) for each in asked]
    if sum(widths) > setting.width:
        wide = _wide(widths, setting.width)
        room = setting.width - sum(width for number, width in enumerate(widths) if number not in wide)
        usual = {number: max(sum(asked[number]) / len(asked[number]), words[number]) for number in wide}
        while wide:
            unit = room / sum(usual[number] for number in wide)
            content = {number for number in wide if usual[number] * unit >= widths[number]}
            if not content:
                break
            room -= sum(widths[number] for number in content)
            wide -= content
        for number in wide:
            widths[number] = usual[number] * unit
    return replace(table, shares=tuple(width / sum(widths) for width in widths))


def _wide(wanted: Sequence[float], room: float) -> set[int]:
    """Return the columns that ask for more than an even share of what the narrower ones leave."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    for place, number in enumerate(order):
        if wanted[number] > room / (len(order) - place):
            return set(order[place:])
        room -= wanted[number]
    return set()


def _asked(text: str, setting: Setting) -> float:
    width = measure(text, setting.size, bold=True) + BETWEEN * setting.size * _changes(text)
    return width / POINTS / HELD + setting.across


def row_heights(table: Table, setting: Setting = ON_PAPER) -> list[float]:
    """Return the height of the head and of each row of a table that was spread, in millimetres."""
    widths = [share * setting.width - setting.across for share in table.shares]
    rows: list[Sequence[str]] = [[column.head for column in table.columns], *table.rows]
    return [
        max(lines(cell, width, setting.size) for cell, width in zip(row, widths, strict=True)) * setting.line / POINTS
        + setting.down
        for row in rows
    ]


def pages(table: Table, setting: Setting, room: float) -> list[Table]:
    """Cut a table into parts no higher than ``room`` millimetres, each with at least one row."""
    head, *heights = row_heights(table, setting)
    starts, used = [0], head
    for number, height in enumerate(heights):
        if used + height > room and number > starts[-1]:
            starts.append(number)
            used = head
        used += height
    return [table.part(start, stop) for start, stop in zip(starts, [*starts[1:], len(table.rows)], strict=True)]


def balanced(table: Table, setting: Setting, room: float) -> list[Table]:
    """Cut a table as :func:`pages` does, into as few parts, of about the same height each."""
    found = pages(table, setting, room)
    lower = sum(row_heights(table, setting)) / len(found)
    for step in range(STEPS):
        even = pages(table, setting, lower + (room - lower) * step / STEPS)
        if len(even) == len(found):
            return even
    return found


def shortened(table: Table, room: float, least: int, rest: Callable[[int], str]) -> Table:
    """Keep the rows that have room, but no fewer than ``least``; ``rest`` says how many are left out."""
    head, *heights = row_heights(table)
    kept, used = 0, head
    while kept < len(heights) and (used + heights[kept] <= room or kept < least):
        used += heights[kept]
        kept += 1
    if kept == len(table.rows):
        return table
    return replace(table, rows=table.rows[:kept], note=rest(len(table.rows) - kept))
