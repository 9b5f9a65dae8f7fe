"""A source text by headings: the part of a document that a record's ``section`` names.

Heading paths are written as in the data files: ``三(一) 专栏1``, ``一(一)2 表1``, ``附件3 #31``.
Texts come from page scans: words are split over lines and pages, digits may be full width and
table cells stand on lines of their own. Only headings at the start of a line count; lines of a
table of contents do not.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

NUMERALS = "一二三四五六七八九十"
CELL = "\x1f"
"""Stands between the cells of a table row, so that ``5`` is not found across two cells."""

Kind = Literal["annex", "chapter", "part", "point", "box", "table", "row"]
RANK: dict[Kind, int] = {"annex": 0, "chapter": 1, "part": 2}
HEADINGS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("annex", re.compile(r"附件\s*(\d+)\s*$")),
    ("chapter", re.compile(rf"([{NUMERALS}]+)、")),
    ("part", re.compile(rf"\(([{NUMERALS}]+)\)")),
    ("point", re.compile(r"(\d+)\.(?!\d)")),
    ("box", re.compile(r"(专栏\s*\d+)")),
    ("table", re.compile(r"(表\s*\d+)")),
)
PATH = re.compile(
    rf"(?:附件(?P<annex>\d+)|(?P<chapter>[{NUMERALS}]+)(?:\((?P<part>[{NUMERALS}]+)\))?(?P<point>\d+)?)"
    r"(?: (?:(?P<box>专栏\d+)|(?P<table>表\d+)|#(?P<row>\d+)))?"
)
CONTENTS = re.compile(r"\.{4,}|…{2,}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands, folded to half width: its text without spaces, or its table cells."""

    text: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading: what kind, its number, and the line it stands on."""

    kind: Kind
    label: str
    at: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document: its running text and its table rows, folded (see :func:`fold`)."""

    text: str
    rows: tuple[tuple[str, ...], ...]

    def of_row(self, head: str) -> "Passage | None":
        """Return the table rows that begin with a cell, or None when none does."""
        rows = tuple(row for row in self.rows if row and row[0] == head)
        return passage_of(rows) if rows else None


def fold(text: str) -> str:
    """Return a text as it is compared: half-width forms (NFKC), no white space at all."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def passage_of(rows: Sequence[tuple[str, ...]]) -> Passage:
    """Return table rows as a passage."""
    return Passage("".join(CELL + CELL.join(row) + CELL for row in rows), tuple(rows))


class Document:
    """One source text, cut at its headings."""

    def __init__(self, text: str) -> None:
        self._lines = list(_read_lines(text))
        self._marks = [mark for at, line in enumerate(text.splitlines()) if (mark := _mark(line, at)) is not None]

    def passage(self, path: str) -> Passage | None:
        """Return what stands under a heading path, or None when the document has no such heading."""
        matched = PATH.fullmatch(path)
        if matched is None:
            return None
        start, end = 0, len(self._lines)
        for kind, label in ((kind, label) for kind, label in matched.groupdict().items() if label and kind != "row"):
            found = next((m for m in self._marks if m.kind == kind and m.label == label and start <= m.at < end), None)
            if found is None:
                return None
            start, end = found.at, self._end(found, end)
        rows = tuple(line.cells for line in self._lines[start:end] if line.cells)
        if (number := matched["row"]) is not None:
            return passage_of(rows).of_row(number)
        parts = (_joined(line) for line in self._lines[start:end])
        return Passage("".join(parts), rows)

    def _end(self, mark: Mark, limit: int) -> int:
        if mark.kind == "table":
            return self._table_end(mark.at, limit)
        rank = RANK.get(mark.kind, 3)
        for other in self._marks:
            higher = RANK.get(other.kind, 3) <= min(rank, 2)
            if mark.at < other.at < limit and (higher or other.kind == mark.kind):
                return other.at
        return limit

    def _table_end(self, start: int, limit: int) -> int:
        """A table runs from its title through its rows to the next line of prose."""
        begun = False
        for at in range(start + 1, limit):
            line = self._lines[at]
            begun = begun or bool(line.cells)
            if begun and line.text and not line.cells:
                return at
        return limit


def _read_lines(text: str) -> list[Line]:
    """Fold every line. Cells on lines of their own (each begins with a tab) are joined to one row."""
    lines: list[Line] = []
    row: list[str] = []
    first = 0

    def flush() -> None:
        if row:
            lines[first] = Line("", tuple(row))
            row.clear()

    for raw in text.splitlines():
        if raw.startswith("\t"):
            if not row:
                first = len(lines)
            row.append(fold(raw))
            lines.append(Line(""))
            continue
        flush()
        cells = tuple(fold(cell) for cell in raw.split("\t")) if "\t" in raw else ()
        lines.append(Line("" if cells else fold(raw), () if CONTENTS.search(raw) else cells))
    flush()
    return lines


def _joined(line: Line) -> str:
    return CELL + CELL.join(line.cells) + CELL if line.cells else line.text


def _mark(raw: str, at: int) -> Mark | None:
    text = unicodedata.normalize("NFKC", raw).strip()
    if CONTENTS.search(text):
        return None
    for kind, pattern in HEADINGS:
        if (matched := pattern.match(text)) is not None:
            return Mark(kind, fold(matched[1]), at)
    return None
