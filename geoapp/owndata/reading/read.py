"""Any file of a table becomes a book of sheets."""

import subprocess
import tempfile
from pathlib import Path
from typing import Any

import orjson

from geoapp.owndata.reading import confined
from geoapp.owndata.reading.delimited import read_delimited
from geoapp.owndata.reading.own_process import ask_process
from geoapp.owndata.reading.refused import refusal
from geoapp.owndata.reading.sheet import MOST_BYTES, Book, Sheet

WEB_PAGE = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")
OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"II*\0",
    b"MM\0*",
    b"MZ",
    b"\x7fELF",
)
"""Beginnings of files that are no tables, whatever they are called."""


def read_book(data: bytes, name: str) -> Book:
    """Return the sheets of a file; its beginning tells what it is, not its name.

    Raises:
        UnreadableTable: it is no table, is damaged, locked, dangerous or too large.
    """
    if len(data) > MOST_BYTES:
        raise refusal("bytes", name, count=f"{len(data) / 2**20:.1f}", most=MOST_BYTES // 2**20)
    if data.startswith((confined.ZIP, confined.OLE)):
        return _workbook(data, name)
    head = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(WEB_PAGE) or (head.startswith(b"<?xml") and b"<html" in head):
        raise refusal("web_page", name)
    if data.startswith(OTHERS) or head.startswith(b"<?xml") or head.startswith(b"{\\rtf"):
        raise refusal("not_a_table", name)
    if b"\0" in data and _is_et(name):  # binary, and none of the containers that are read
        raise refusal("et", name)
    return read_delimited(data, name)


def _of_wps(key: str, name: str) -> str:
    """Return why a file is not read: WPS's own format is not damaged, it is another one."""
    return "et" if key == "damaged" and _is_et(name) else key


def _is_et(name: str) -> bool:
    return name.lower().endswith((".et", ".ett"))


def _workbook(data: bytes, name: str) -> Book:
    with tempfile.NamedTemporaryFile(prefix="geoapp-table-") as file:
        file.write(data)
        file.flush()
        found = _confined(Path(file.name))
    if "refused" in found:
        raise refusal(_of_wps(found["refused"], name), name, **found["values"])
    return Book(
        name=name,
        sheets=tuple(
            Sheet(
                name=each["name"],
                rows=tuple(tuple(row) for row in each["rows"]),
                hidden=each["hidden"],
                large=tuple(each["large"]) if each["large"] else None,
            )
            for each in found["sheets"]
        ),
    )


def _confined(path: Path) -> dict[str, Any]:
    """Return what the reading process says. One that its limits ended says nothing, nor one that broke on a file."""
    try:
        return ask_process(confined, str(path))
    except subprocess.CalledProcessError as error:
        return {"refused": "too_far" if error.returncode < 0 else "damaged", "values": {}}
    except (subprocess.TimeoutExpired, orjson.JSONDecodeError):
        return {"refused": "too_far", "values": {}}
