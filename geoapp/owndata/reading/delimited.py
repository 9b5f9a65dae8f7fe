"""Text tables: CSV, TSV and cells pasted from a spreadsheet, in the encodings that Chinese offices save."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator

from geoapp.owndata.reading.refused import refusal
from geoapp.owndata.reading.sheet import MOST_COLUMNS, MOST_ROWS, Book, Sheet

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = "\t,;|"
LOOKED_AT = 30
"""Lines that tell which delimiter a file has."""


def read_delimited(data: bytes, name: str) -> Book:
    """Return a text table as a book of one sheet; its cells are texts.

    Raises:
        UnreadableTable: the encoding is none of those read, a quotation never ends, or it is too large.
    """
    text = decode(data, name)
    rows = [tuple(row) for row in _rows(text, name)]
    width = max(map(len, rows), default=0)
    if len(rows) > MOST_ROWS:
        raise refusal("rows", name, sheet=name, count=len(rows), most=MOST_ROWS)
    if width > MOST_COLUMNS:
        raise refusal("columns", name, sheet=name, count=width, most=MOST_COLUMNS)
    return Book(name=name, sheets=(Sheet(name="", rows=tuple(row + ("",) * (width - len(row)) for row in rows)),))


def decode(data: bytes, name: str) -> str:
    """Return the text of a file: by its mark, else UTF-8, else GB18030 (of which GBK and GB2312 are parts)."""
    if not data.strip():
        raise refusal("empty", name)
    encodings = [encoding for mark, encoding in MARKS if data.startswith(mark)] or ["utf-8", "gb18030"]
    row = 1
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            row = max(row, data[: error.start].count(b"\n") + 1)  # that of the encoding which reads the most
        else:
            if "\0" not in text:
                return text
            row = max(row, text[: text.index("\0")].count("\n") + 1)
    raise refusal("encoding", name, row=row)


def _rows(text: str, name: str) -> Iterator[list[str]]:
    lines = text.splitlines(keepends=True)
    reader = csv.reader(lines, delimiter=_delimiter(lines[:LOOKED_AT]), strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise refusal("quotes", name, row=reader.line_num) from None
        yield row


def _delimiter(lines: list[str]) -> str:
    """Return the delimiter that gives most lines the same number of cells; a comma where none divides anything."""

    def score(delimiter: str) -> tuple[int, int]:
        widths = Counter(line.count(delimiter) for line in lines if line.count(delimiter))
        width, agreeing = widths.most_common(1)[0] if widths else (0, 0)
        return agreeing, width

    best = max(DELIMITERS, key=score)
    return best if score(best) > (0, 0) else ","
