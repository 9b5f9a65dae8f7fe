"""How high a table or a sentence stands, in whatever faces the reader's machine has.

Han characters are as wide in every Chinese face. Latin ones are not: where Arial and Times are missing, as on most
Linux desktops, DejaVu stands in for them, a fifth wider than ours. Room is kept for the widest, so that nothing that
was fitted by these numbers runs over in any office program; in a narrower face a line is left free here and there.
Office programs also add room where the two scripts meet, so a line is taken to hold a little less than its width.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, permutations

import numpy as np
from numpy.typing import NDArray

from geoapp.office.content import Table
from geoapp.office.maps import POINTS
from geoapp.office.word.dress import CELL_ACROSS, CELL_DOWN, REPORT, TEXT_WIDTH, TWIPS, Dress, TextStyle
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


def on_paper(dress: Dress) -> Setting:
    """Return how tables are set in a Word document of some style."""
    look = dress.texts["Table Text"]
    across, down = 2 * CELL_ACROSS / TWIPS, 2 * CELL_DOWN / TWIPS
    return Setting(width=TEXT_WIDTH, size=look.size, line=look.line, across=across, down=down)


ON_PAPER = on_paper(REPORT)
WIDEST, USUAL = 1.2, 1.0
"""How many times wider than ours Latin letters are: those of DejaVu (``Incentive target``), and the usual ones."""
HELD = 0.97
"""Share of a line's width that text may fill."""
BETWEEN = 0.25
"""Room that office programs add between Han and Latin letters, in type sizes."""
LEAST = 0.01
"""Points: a cell that is just as wide as its text breaks by no rounding."""
FIRST_HAN = 0x2E80
STEPS_ACROSS = 60
"""Parts of a table's width that are moved between columns."""
MOVES = ((1, 3), (1, 3, 8, 16))
"""How many of these at once: a single one often frees no line, and large ones may miss the best; both are tried."""
FloatArray = NDArray[np.float64]
STEPS = 8
"""Heights tried to even out the parts of a table."""


def lines(text: str, width: float, size: float, latin: float = WIDEST) -> int:
    """Return how many lines a text takes in ``width`` millimetres; an empty one takes a line too.

    Args:
        latin: how many times wider than ours Latin letters are taken to be; ``USUAL`` for what is likely.
    """
    natural = measure(text, size)
    stretch = in_line(text, size, latin) / natural if natural else 1
    return max(1, len(wrap(text, HELD * width * POINTS / stretch + LEAST, size)))


def in_line(text: str, size: float, latin: float, *, bold: bool = False) -> float:
    """Return the width in points that a line of text takes, with the room between the scripts."""
    narrow = "".join(char for char in text if ord(char) < FIRST_HAN)
    return measure(text, size, bold) + (latin - 1) * measure(narrow, size, bold) + BETWEEN * size * _changes(text)


def _changes(text: str) -> int:
    """Count where Han and Latin letters meet."""
    wide = [ord(char) >= FIRST_HAN for char in text if not char.isspace()]
    return sum(one != other for one, other in pairwise(wide))


def paragraph(text: str, look: TextStyle, width: float) -> float:
    """Return the height in millimetres of a paragraph ``width`` millimetres wide; an empty one has a line."""
    count = lines(text, width, look.size) if text else 1
    return (look.before + count * look.line + look.after) / POINTS


def spread(table: Table, setting: Setting = ON_PAPER) -> Table:
    """Give each column the width its longest cell asks for; where that is too much, as makes the fewest lines.

    A column of mostly short cells then gives way, and its one long cell takes more lines; but no more than that.
    """
    rows = [tuple(column.head for column in table.columns), *table.rows]
    bold = [number <= table.strong for number in range(len(rows))]
    asked = np.array([[_asked(cell, setting, strong) for cell in row] for row, strong in zip(rows, bold, strict=True)])
    widths = asked.max(axis=0)
    if widths.sum() > setting.width:
        words = [
            max((_asked(word, setting, bold=True) for word in column.head.split()), default=0.0)
            for column in table.columns
        ]
        widths = _fewest_lines(asked - setting.across, np.array(words), setting)
    return replace(table, shares=tuple((widths / widths.sum()).tolist()))


def _fewest_lines(text: FloatArray, words: FloatArray, setting: Setting) -> FloatArray:
    """Return widths under which the rows take the fewest lines: moved from column to column, step by step.

    Args:
        text: millimetres each cell asks for its text, rows by columns.
        words: millimetres of the longest word of each head, which is not broken where that can be.
    """

    def lines_in(tried: FloatArray) -> FloatArray:
        """Return the lines under each of many widths (tries by columns)."""
        counted = np.ceil(text / np.maximum(tried - setting.across, LEAST)[:, None, :] - LEAST).clip(1)
        broken = (tried < words - LEAST).sum(axis=1) * len(text)
        found: FloatArray = counted.max(axis=2).sum(axis=1) + broken + counted.sum(axis=(1, 2)) * LEAST
        return found

    usual = np.maximum(text.mean(axis=0) + setting.across, np.minimum(words, setting.width / len(words)))
    even = np.full(len(words), setting.width / len(words))
    starts = [usual / usual.sum() * setting.width, even]
    ends = [_descended(start, moves, lines_in, setting) for start in starts for moves in MOVES]
    return ends[int(np.argmin(lines_in(np.array(ends))))]


def _descended(
    widths: FloatArray, moves: Sequence[int], lines_in: Callable[[FloatArray], FloatArray], setting: Setting
) -> FloatArray:
    """Return what widths become by the move that frees most lines, again and again, until none frees any."""
    step, best = setting.width / STEPS_ACROSS, lines_in(widths[None, :])[0]
    one, pairs = np.eye(len(widths)), list(permutations(range(len(widths)), 2))
    shifts = np.array([(one[take] - one[give]) * times * step for give, take in pairs for times in moves])
    givers = np.repeat([give for give, _ in pairs], len(moves))
    for _ in range(STEPS_ACROSS if pairs else 0):
        moved = widths + shifts
        moved = moved[moved[np.arange(len(moved)), givers] > setting.across + step]
        if not len(moved):
            return widths
        counted = lines_in(moved)
        fewest = int(np.argmin(counted))
        if counted[fewest] >= best:
            return widths
        best, widths = counted[fewest], moved[fewest]
    return widths


def _asked(text: str, setting: Setting, bold: bool) -> float:
    return in_line(text, setting.size, WIDEST, bold=bold) / POINTS / HELD + setting.across


def row_heights(table: Table, setting: Setting = ON_PAPER, latin: float = WIDEST) -> list[float]:
    """Return the height of the head and of each row of a table that was spread, in millimetres."""
    widths = [share * setting.width - setting.across for share in table.shares]
    rows: list[Sequence[str]] = [[column.head for column in table.columns], *table.rows]
    return [
        max(lines(cell, width, setting.size, latin) for cell, width in zip(row, widths, strict=True))
        * setting.line
        / POINTS
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


def shortened(table: Table, room: float, least: int, rest: Callable[[int], str], setting: Setting = ON_PAPER) -> Table:
    """Keep the rows that have room, but no fewer than ``least``; ``rest`` says how many are left out."""
    table = table if table.shares else spread(table, setting)
    head, *heights = row_heights(table, setting)
    kept, used = 0, head
    while kept < len(heights) and (used + heights[kept] <= room or kept < least):
        used += heights[kept]
        kept += 1
    if kept == len(table.rows):
        return table
    return replace(table, rows=table.rows[:kept], note=rest(len(table.rows) - kept))
