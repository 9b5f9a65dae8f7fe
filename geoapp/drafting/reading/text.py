"""Plain text: UTF-8 or GB18030, pages told by form feeds where there are any."""

from collections.abc import Iterator
from pathlib import Path

from geoapp.drafting.reading.document import Part
from geoapp.drafting.reading.lines import Line, parts_of
from geoapp.errors import UnreadableDocument


def decode(data: bytes, name: str) -> str:
    """Return the text of a file in one of the encodings that Chinese offices use.

    Raises:
        UnreadableDocument: it is in none of them.
    """
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableDocument(name, "not a text in UTF-8 or GB18030", "save it as UTF-8 text")


def read(path: Path) -> Iterator[Part]:
    """Yield the paragraphs and tables of a text file."""
    text = decode(path.read_bytes(), path.name)
    pages = text.split("\f")
    counted = len(pages) > 1
    yield from parts_of(
        [
            Line(line, number if counted else None)
            for number, page in enumerate(pages, start=1)
            for line in page.splitlines()
        ]
    )
