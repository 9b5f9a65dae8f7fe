"""What a briefing says, before it is written in any format. Plain values, in the reader's language."""

from dataclasses import dataclass, replace
from typing import Literal

from geoapp.analysis.shown import Shown

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        width: share of the table's width, any unit.
        slim: stays where there is room for a narrow table only.
    """

    head: str
    width: float
    align: Align = "left"
    slim: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that stays one: captions and cells as text.

    Attributes:
        strong: how many of the first rows are set apart (the region as a whole).
        note: what must be read with it: derived columns, rows left out.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: int = 0
    note: str = ""

    def slim(self) -> "Table":
        """Return the table without the columns a narrow place has no room for."""
        kept = [number for number, column in enumerate(self.columns) if column.slim]
        return replace(
            self,
            columns=tuple(self.columns[number] for number in kept),
            rows=tuple(tuple(row[number] for number in kept) for row in self.rows),
        )

    def part(self, start: int, stop: int) -> "Table":
        """Return some rows of the table; its note goes with the last ones."""
        note = self.note if stop >= len(self.rows) else ""
        return replace(self, rows=self.rows[start:stop], strong=max(0, self.strong - start), note=note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One view in words and tables; the map is painted from ``shown`` at its final size.

    Attributes:
        alt: the picture in at most 300 characters, values first.
        targets: one row a region; None where the view has none.
        lists: parks and projects.
        page: a page of a map book: everything must stand on one.
    """

    shown: Shown
    title: str
    subtitle: str
    alt: str
    findings: tuple[str, ...]
    targets: Table | None
    lists: tuple[Table, ...]
    page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """Everything a writer needs.

    Attributes:
        sources: one document a line, with its number.
        notes: boundaries, honesty of places, what the briefing is not.
        standing: 审图号 of the operator, or 内部工作底稿.
        made: maker, date, data version.
        stamp: the one date files are stamped with (YYYY-MM-DD).
    """

    lang: str
    title: str
    chapters: tuple[Chapter, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    standing: str
    made: str
    author: str
    version: str
    stamp: str
