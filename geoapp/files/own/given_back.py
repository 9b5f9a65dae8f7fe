"""A reader's own table as she sent it, with four columns more: adcode, region_name, match, candidates."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from typing import Any

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.files.text import FORMULA
from geoapp.files.text import cell as guarded
from geoapp.owndata.table import Row, Table
from geoapp.owndata.understanding.numbers import printed

ADDED = ("adcode", "region_name", "match", "candidates")
OPEN = {"ambiguous": "FFF2CC", "unmatched": "F8CBAD"}
"""Colours of the rows that are left to decide."""
HEAD = "0F6B58"
FIGURE = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?", re.ASCII)
"""A number that a spreadsheet keeps as it is written, but for zeros at its end."""
Values = list[Any]


def write_own_csv(table: Table, names: Gazetteer) -> bytes:
    """Return the table as CSV: UTF-8 with a BOM, no cell of it a formula.

    Args:
        names: the divisions in the reader's language.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(text) for text in _header(table)])
    for values in _rows(table, names):
        writer.writerow([guarded(value) for value in values])
    return out.getvalue().encode("utf-8-sig")


def write_own_xlsx(table: Table, names: Gazetteer) -> bytes:
    """Return the table as a workbook; rows that are left to decide are coloured."""
    from openpyxl import Workbook  # 20 MB: only where a workbook is made
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill

    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.sheet[:31] or "table")
    sheet.freeze_panes = "A2"

    def written(value: Any, fill: str = "") -> Any:
        cell = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula, whatever it begins with
            cell.quotePrefix = value.startswith(FORMULA)
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)
        return cell

    numeric = {column.position for column in table.columns if column.kind == "number"}
    numbers = {place for place, position in enumerate(_positions(table)) if position in numeric}
    heads = [written(text, HEAD) for text in _header(table)]
    for head in heads:
        head.font = Font(bold=True, color="FFFFFF")
    sheet.append(heads)
    for row, values in zip(table.rows, _rows(table, names), strict=True):
        fill = OPEN.get(row.status, "")
        numbered = [_as_number(value) if place in numbers else value for place, value in enumerate(values)]
        sheet.append([written(value, fill) if fill or isinstance(value, str) else value for value in numbered])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _as_number(value: Any) -> Any:
    """Return a text of a CSV that is a number and prints as it was written as one; everything else as it came."""
    if isinstance(value, str) and FIGURE.fullmatch(value):
        number = float(value)
        return int(number) if number.is_integer() and "." not in value else number
    return value


def _positions(table: Table) -> list[int]:
    return list(dict.fromkeys(column.position for column in table.columns))


def _header(table: Table) -> list[str]:
    heads = {column.position: column.header for column in table.columns}
    return [*(heads[position] for position in _positions(table)), *ADDED]


def _rows(table: Table, names: Gazetteer) -> Iterator[Values]:
    positions = _positions(table)
    for row, cells in zip(table.rows, table.cells, strict=True):
        yield [*(_kept(cells[position]) for position in positions), *_added(row, names)]


def _kept(value: Any) -> Any:
    """Return a cell as it came, a text without characters that no file may hold."""
    return printed(value) if isinstance(value, str) else value


def _added(row: Row, names: Gazetteer) -> Iterable[str]:
    name = names[row.adcode].name if row.adcode in names else ""
    near = (f"{names[code].name} {code}" for code in row.candidates if code in names)
    return row.adcode, name, row.status, "; ".join(near) if row.status in OPEN else ""
