"""Reads a workbook in a process of its own, with limits of memory and time: no file can hurt the server.

Started as ``python -m geoapp.owndata.reading.confined FILE``; the sheets, or why there are none, go to standard
output as JSON. Imports little, so that it starts in a tenth of a second.
"""

import datetime
import resource
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from geoapp.owndata.reading.parts import Refused, SheetParts, check_package
from geoapp.owndata.reading.sheet import MOST_COLUMNS, MOST_ROWS, UNCALCULATED

MEMORY = 1536 * 2**20
SECONDS = 20
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
Json = dict[str, Any]


def run(path: Path, out: BinaryIO) -> None:
    """Write what a workbook holds."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        found: Json = {"sheets": _sheets(path)}
    except Refused as refused:
        found = {"refused": refused.key, "values": refused.values}
    except MemoryError:
        found = {"refused": "too_far", "values": {}}
    except PasswordError:
        found = {"refused": "encrypted", "values": {}}
    except (CalamineError, ValueError, KeyError, OSError):
        found = {"refused": "damaged", "values": {}}
    out.write(orjson.dumps(found))


def _sheets(path: Path) -> list[Json]:
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(ZIP):
        check_package(path)
    elif LOCKED in path.read_bytes():
        raise Refused("encrypted")
    book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))  # by content; a path is believed by its suffix
    try:
        parts = SheetParts(path) if head.startswith(ZIP) else None
    except KeyError:
        parts = None  # .ods and .xlsb have other parts
    return [
        _sheet(book.get_sheet_by_name(each.name), each.visible != SheetVisibleEnum.Visible, parts)
        for each in book.sheets_metadata
        if str(each.typ).endswith("WorkSheet")
    ]


def _sheet(sheet: CalamineSheet, hidden: bool, parts: SheetParts | None) -> Json:
    rows, columns = sheet.total_height, sheet.total_width
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        return {"name": sheet.name, "hidden": hidden, "rows": [], "large": [rows, columns]}
    cells = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    if parts is not None:
        for row, column in parts.percents(sheet.name):
            value = cells[row][column] if row < len(cells) and column < len(cells[row]) else None
            if isinstance(value, float | int) and not isinstance(value, bool):
                cells[row][column] = f"{value * 100:.12g}%"
        marks = dict.fromkeys(parts.without_result(sheet.name), UNCALCULATED) | parts.errors(sheet.name)
        for (row, column), mark in marks.items():
            if row < len(cells) and column < len(cells[row]):
                cells[row][column] = mark
    return {"name": sheet.name, "hidden": hidden, "rows": cells, "large": None}


def _plain(value: Any) -> str | float | int | bool | None:
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return value if isinstance(value, str | int | bool) or value is None else str(value)


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.stdout.buffer)
