"""What a briefing says, before it is written in any format. Plain values, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from geoapp.analysis.resolved_view import ResolvedView
from geoapp.model.phrase import Phrase
from geoapp.portrayal.style import MARKS, bracketed
from geoapp.portrayal.view_content import sources

NOTHING = "—"
"""What stands in a cell that has nothing to say."""
Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Link:
    """Some words of a text, and the address they lead to."""

    words: str
    url: str


def spans(text: str, links: Sequence[Link]) -> list[tuple[str, str]]:
    """Cut a text into pieces with the address each leads to; an empty one leads nowhere."""
    for link in links:
        before, found, after = text.partition(link.words)
        if found:
            pieces = [*spans(before, links), (found, link.url), *spans(after, links)]
            return [piece for piece in pieces if piece[0]]
    return [(text, "")] if text else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    head: str
    align: Align = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that stays one: captions and cells as text.

    Attributes:
        strong: how many of the first rows are set apart (the region as a whole).
        note: what must be read with it: derived columns, rows left out.
        links: words of the note that lead somewhere.
        shares: the width of each column as a part of the table's, once it is known for what place.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: int = 0
    note: str = ""
    links: tuple[Link, ...] = ()
    shares: tuple[float, ...] = ()

    def told(self) -> "Table":
        """Return the table without the columns in which no row says anything."""
        kept = [n for n in range(len(self.columns)) if any(row[n] != NOTHING for row in self.rows)]
        rows = tuple(tuple(row[n] for n in kept) for row in self.rows)
        return replace(self, columns=tuple(self.columns[n] for n in kept), rows=rows)

    def part(self, start: int, stop: int) -> "Table":
        """Return some rows of the table; its note goes with the last ones."""
        note = self.note if stop >= len(self.rows) else ""
        return replace(self, rows=self.rows[start:stop], strong=max(0, self.strong - start), note=note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One view in words and tables; the map is painted from ``resolved`` at its final size.

    Attributes:
        cited: the documents this view is made from, in one line.
        alt: the picture in at most 300 characters, values first.
        targets: one row a region; None where the view has none.
        lists: parks and projects.
        way: where the map is found again and when it was drawn, in one line; ``links`` are words in it.
        address: of the view on the web; empty where the atlas has none.
        qr: the address as a code to be photographed; empty where none is asked.
        page: height of the map in millimetres on a page of a map book, where everything must stand
            on one; 0 for a view told in full.
    """

    resolved: ResolvedView
    title: str
    subtitle: str
    cited: str
    alt: str
    findings: tuple[str, ...]
    targets: Table | None
    lists: tuple[Table, ...]
    way: str = ""
    links: tuple[Link, ...] = ()
    address: str = ""
    qr: str = ""
    page: float = 0.0

    @property
    def lang(self) -> str:
        """The language of the chapter."""
        return self.resolved.view.lang

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return the tables in the order they are told."""
        return (self.targets, *self.lists) if self.targets else self.lists


def cited(resolved: ResolvedView) -> str:
    """Return the documents a view is made from in one line, by their short titles and numbers."""
    lang = resolved.view.lang
    named = [
        each["short_title"] + (bracketed(each["document_no"], lang) if each["document_no"] else "")
        for each in sources(resolved)
    ]
    if not named:
        return ""
    return Phrase("资料来源：{sources}", {"sources": MARKS[lang][1].join(named)}).say(lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """Everything a writer needs.

    Attributes:
        sources: one document a line, with its number.
        documents: the official addresses that titles of documents in ``sources`` lead to.
        notes: boundaries, honesty of places, what the briefing is not.
        standing: 审图号 of the operator, or 内部工作底稿.
        made: maker, date, data version.
        author: the maker.
        date: of making, where one is asked to be printed (YYYY-MM-DD).
        stamp: the one date files are stamped with (YYYY-MM-DD): that of making, or of the build.
    """

    lang: str
    title: str
    chapters: tuple[Chapter, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    standing: str
    made: str
    author: str
    date: str
    version: str
    stamp: str
    documents: tuple[Link, ...] = ()
