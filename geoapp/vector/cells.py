"""Cells of a data file as text and as numbers."""

import math

from geoapp.model.vector import Cell
from geoapp.vector.description import ColumnEntry


def is_number(cell: Cell, column: ColumnEntry) -> bool:
    """Say whether a cell is empty or a number as its column wants it."""
    try:
        return cell in (None, "") or number_of(cell, column) is not None
    except ValueError:
        return False


def number_of(cell: Cell, column: ColumnEntry) -> float | int | None:
    """Return a cell as the number it writes; None where it is empty.

    Raises:
        ValueError: it writes none.
    """
    if cell in (None, ""):
        return None
    value = float(str(cell))
    if not math.isfinite(value) or (column.type == "integer" and value != int(value)):
        raise ValueError(cell)
    return int(value) if column.type == "integer" else value


def text_of(cell: Cell) -> str:
    """Return a cell as text: a whole number that a file keeps as a fraction without its ``.0``."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def value_of(cell: Cell, column: ColumnEntry) -> Cell:
    """Return a cell as its column's type has it."""
    return text_of(cell) if column.type == "text" else number_of(cell, column)
