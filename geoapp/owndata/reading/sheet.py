"""What a file holds before anyone understands it: sheets of cells."""

from dataclasses import dataclass

Cell = str | float | int | bool | None
UNCALCULATED = "#公式未计算"
"""Stands in the cell of a formula whose result the file does not hold; formulas are never calculated here."""
MOST_BYTES = 10 * 2**20
MOST_ROWS = 20_000
MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: ``rows[0][0]`` is the cell A1.

    Attributes:
        hidden: the file does not show it; it is read only when it is asked for.
        large: it has more rows or columns than are read; then ``rows`` is empty and this says how many it has.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False
    large: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A file that was read; a text file has one sheet without a name."""

    name: str
    sheets: tuple[Sheet, ...]


def cell_name(row: int, column: int) -> str:
    """Return what a spreadsheet calls a cell: row 5, column 0 is ``A5`` (rows count from 1, columns from 0)."""
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
