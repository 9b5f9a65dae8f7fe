"""Any document a plan comes in becomes one :class:`Document`; the suffix says which reader reads it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from geoapp.drafting.reading import converted, pdf, spreadsheet, text, web, word
from geoapp.drafting.reading.document import Document, Grid, Paragraph, Part, assemble
from geoapp.errors import UnreadableDocument

MOST_BYTES = 50 * 1024 * 1024
MOST_PAGES = 500
READERS: Mapping[str, Callable[[Path], Iterable[Part]]] = {
    ".txt": text.read,
    ".docx": word.read,
    ".docm": word.read,
    ".html": web.read,
    ".htm": web.read,
    ".xlsx": spreadsheet.read,
    ".doc": converted.read,
    ".wps": converted.read,
    ".rtf": converted.read,
    ".pdf": lambda path: pdf.read(path, MOST_PAGES),
}


def read_documents(paths: Sequence[Path], progress: Callable[[str], None] = lambda _: None) -> Document:
    """Read one document, or one that is spread over several files in the order given.

    Raises:
        UnreadableDocument: a file is of no known kind, too large, damaged or empty.
    """
    parts: list[Part] = []
    for path in paths:
        progress(f"reading {path.name}")
        parts += _read(path)
    return assemble([path.name for path in paths], join_tables(parts))


def _read(path: Path) -> list[Part]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableDocument(path.name, "no known kind of document", "known are " + ", ".join(READERS))
    if not path.is_file():
        raise UnreadableDocument(path.name, "there is no such file", "check the name")
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableDocument(path.name, "larger than 50 MB", "give only the pages of the plan")
    parts = list(reader(path))
    if not parts:
        raise UnreadableDocument(path.name, "holds no text", "is it the right file?")
    return parts


def join_tables(parts: Iterable[Part]) -> Iterator[Part]:
    """Join a table that goes on over a page: as wide, nothing between, its head repeated or not."""
    held: Grid | None = None
    for part in parts:
        if isinstance(part, Paragraph):
            if held is not None:
                yield held
                held = None
            yield part
        elif held is not None and len(held.rows[0]) == len(part.rows[0]) and held.page != part.page:
            repeated = next((n for n, row in enumerate(part.rows) if row != _at(held, n)), len(part.rows))
            held = Grid(held.rows + part.rows[repeated:], held.page)
        else:
            if held is not None:
                yield held
            held = part
    if held is not None:
        yield held


def _at(grid: Grid, row: int) -> tuple[str, ...]:
    return grid.rows[row] if row < len(grid.rows) else ()
