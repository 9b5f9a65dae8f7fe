"""A reader's table as it was understood: columns, rows with their regions, cells that are no numbers."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from geoapp.model.region import Adcode
from geoapp.owndata.reading.sheet import Cell

Kind = Literal["region", "adcode", "number", "year", "text"]
Drawn = Literal["fill", "symbol"]
RowStatus = Literal["matched", "ambiguous", "unmatched", "ignored"]
STATUSES: tuple[RowStatus, ...] = ("matched", "ambiguous", "unmatched", "ignored")
MOST_CANDIDATES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        id: ``c3`` is the third of the sheet; ``c3-2021`` its numbers of one year, where the rows have years.
        position: that of the sheet's column, from 0.
        header: the title as the sheet has it, with unit and year.
        year: the year the numbers are of; None where the table does not say.
        draw: how a column of numbers is drawn; empty for others.
        settled: the reader has said how it is drawn.
        of_year: the rows of this year only; None for all.
    """

    id: str
    position: int
    title: str
    kind: Kind
    header: str = ""
    unit: str = ""
    year: int | None = None
    draw: Drawn | Literal[""] = ""
    settled: bool = False
    of_year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the table's body.

    Attributes:
        row: its number in the sheet, from 1.
        name: what the row calls its region, as printed.
        adcode: the region it is; empty where it is not settled.
        how: how it was matched, or why it was not: a key of ``presentation.HOW``.
        candidates: regions it may be, the likeliest first.
        year: of a row that has one of its own.
    """

    row: int
    name: str
    status: RowStatus
    how: str
    adcode: Adcode | Literal[""] = ""
    candidates: tuple[Adcode, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A cell in a column of numbers that is none: the cell that stops a row from being drawn.

    Attributes:
        problem: why it is no number, in Chinese; the catalogue has the other languages.
    """

    row: int
    column: str
    cell: str
    text: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that was understood, and what its reader settled.

    Attributes:
        file, sheet: where it was read from; ``sheets`` are those of the file that can be read.
        header: the rows of the header, first and last, from 1; 0 and 0 where there is none.
        titles: the lines above the header; ``notes`` those below the body.
        rows, cells, numbers: of each row of the body its region, its cells as read, and its numbers by column.
        about: the divisions that the lines above the header name.
    """

    file: str
    sheet: str
    sheets: tuple[str, ...]
    header: tuple[int, int]
    titles: tuple[str, ...]
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: tuple[tuple[Cell, ...], ...]
    numbers: dict[str, tuple[float | None, ...]]
    faults: tuple[Fault, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows have each status."""
        found = Counter(row.status for row in self.rows)
        return {status: found[status] for status in STATUSES}

    @property
    def indicators(self) -> tuple[Column, ...]:
        """Return the columns of numbers."""
        return tuple(column for column in self.columns if column.kind == "number")

    def column(self, identifier: str) -> Column | None:
        """Return a column by id."""
        return next((column for column in self.columns if column.id == identifier), None)
