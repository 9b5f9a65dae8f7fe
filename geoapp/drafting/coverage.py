"""The numbers of a document that became no row, by what they are: where mistakes hide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoapp.drafting.language.figures import Group, figures
from geoapp.drafting.reading.document import Document
from geoapp.drafting.rows import Row


@dataclass(frozen=True, slots=True)
class Unused:
    """A number that became no row, and what it seems to be; ``value`` are those to look at first."""

    start: int
    end: int
    text: str
    group: Group


def unused(document: Document, rows: Sequence[Row]) -> Iterator[Unused]:
    """Yield the numbers outside the characters that rows were read from, in order."""
    used = sorted((row.start, row.end) for row in rows)
    for block in document.blocks:
        texts = [(block.start, block.text)] if not block.rows else [(c.start, c.text) for r in block.rows for c in r]
        for start, text in texts:
            for figure in figures(text):
                first, last = start + figure.start, start + figure.end
                if not any(begin < last and first < end for begin, end in used):
                    yield Unused(first, last, figure.text, figure.group)
