"""What a document is once it is read: one text, cut into paragraphs and tables, each with its page and place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a reader found it: tidy text, its page (None where there are none), a heading's level."""

    text: str
    page: int | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a reader found it: rectangular rows, merged cells filled in, and its page."""

    rows: tuple[tuple[str, ...], ...]
    page: int | None = None


Part = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table and where its characters stand in the document's text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The place behind the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (no rows) or a table of a document.

    Attributes:
        number: counted from 1 over the document, what evidence without pages names.
        start, end: character range in the document's text.
        level: of a heading, where the file says so.
    """

    kind: Literal["paragraph", "table"]
    number: int
    page: int | None
    start: int
    end: int
    text: str
    rows: tuple[tuple[Cell, ...], ...] = ()
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One or several files read as one document."""

    names: tuple[str, ...]
    text: str
    blocks: tuple[Block, ...]

    def block_at(self, place: int) -> Block:
        """Return the block that holds a character."""
        return next(block for block in reversed(self.blocks) if block.start <= place)


def assemble(names: Sequence[str], parts: Iterable[Part]) -> Document:
    """Lay the parts of a document out in one text and count them."""
    blocks: list[Block] = []
    text: list[str] = []
    at = 0
    for number, part in enumerate(parts, start=1):
        block = _paragraph(part, number, at) if isinstance(part, Paragraph) else _table(part, number, at)
        blocks.append(block)
        text.append(block.text)
        at = block.end + 1
    return Document(tuple(names), "\n".join(text), tuple(blocks))


def _paragraph(part: Paragraph, number: int, at: int) -> Block:
    return Block("paragraph", number, part.page, at, at + len(part.text), part.text, level=part.level)


def _table(part: Grid, number: int, at: int) -> Block:
    rows: list[tuple[Cell, ...]] = []
    place = at
    for row in part.rows:
        cells = []
        for text in row:
            cells.append(Cell(text, place))
            place += len(text) + 1
        rows.append(tuple(cells))
    text = "\n".join("\t".join(row) for row in part.rows)
    return Block("table", number, part.page, at, at + len(text), text, tuple(rows))
