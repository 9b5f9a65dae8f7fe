"""Spreadsheets: every sheet is a table under its own name, merged cells filled in."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile

from geoapp.drafting.reading.cleaning import tidy
from geoapp.drafting.reading.document import Grid, Paragraph, Part
from geoapp.errors import UnreadableDocument

MOST_CELLS = 200_000


def read(path: Path) -> Iterator[Part]:
    """Yield the sheets of an ``.xlsx`` file; rows with a single filled cell before a table are its title.

    Raises:
        UnreadableDocument: it is no workbook, or is larger than any plan.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError):
        raise UnreadableDocument(path.name, "not an Excel workbook", "save it as .xlsx") from None
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > MOST_CELLS:
            raise UnreadableDocument(path.name, f"sheet {sheet.title} is too large", "keep only the plan's tables")
        rows = [[_printed(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        for area in sheet.merged_cells.ranges:
            text = rows[area.min_row - 1][area.min_col - 1]
            if area.max_col - area.min_col + 1 < sheet.max_column:  # a title over the whole width stays one cell
                for r in range(area.min_row - 1, min(area.max_row, len(rows))):
                    for c in range(area.min_col - 1, min(area.max_col, len(rows[r]))):
                        rows[r][c] = text
        yield Paragraph(tidy(sheet.title), level=1)
        yield from _titled(rows)


def _titled(rows: list[list[str]]) -> Iterator[Part]:
    filled = [row for row in rows if any(row)]
    while filled and sum(1 for cell in filled[0] if cell) == 1:
        yield Paragraph(next(cell for cell in filled.pop(0) if cell))
    notes: list[str] = []
    while filled and sum(1 for cell in filled[-1] if cell) == 1:
        notes.insert(0, next(cell for cell in filled.pop() if cell))
    if filled:
        yield Grid(tuple(tuple(row) for row in filled))
    yield from (Paragraph(note) for note in notes)


def _printed(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    return tidy(str(value))
