"""A drafted row: the columns of its table, where it was read, how sure the rules are, what they leave open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Table = Literal["targets", "statistics", "parks", "projects"]
TABLES: tuple[Table, ...] = ("targets", "statistics", "parks", "projects")
COLUMNS: Mapping[Table, tuple[str, ...]] = {
    "targets": (
        "name_in_source", "indicator", "value", "value_text", "unit", "comparator", "direction", "base_year",
        "target_year", "nature", "tier", "sector", "section", "caveats",
    ),
    "statistics": ("name_in_source", "indicator", "year", "value", "value_text", "unit", "section", "caveats"),
    "parks": ("name", "programmes", "name_in_source", "section", "caveats"),
    "projects": (
        "name", "nature", "type", "name_in_source", "capacity", "capacity_unit", "status", "status_text", "section",
        "caveats",
    ),
}  # fmt: skip
"""The columns of each table without its id, as ``docs/data.md`` has them."""


@dataclass(slots=True)
class Row:
    """One drafted row.

    Attributes:
        fields: text of every column but ``id``.
        start, end: characters of the document's text the row was read from.
        rule: the rule that made it, which calibrates how sure it is.
        doubts: what made the rule less sure, one word each.
        open: what a person must decide, as sentences.
        confidence: 0 to 1; of rows at 0.9 nine in ten are right in what they say.
    """

    table: Table
    fields: dict[str, str]
    start: int
    end: int
    rule: str
    doubts: set[str] = field(default_factory=set)
    open: list[str] = field(default_factory=list)
    confidence: float = 0.0

    @property
    def caveats(self) -> list[str]:
        """The ids of the row's caveats."""
        return [each for each in self.fields.get("caveats", "").split(";") if each]

    def add_caveat(self, *ids: str) -> None:
        """Add caveats that are not there yet."""
        self.fields["caveats"] = ";".join(dict.fromkeys([*self.caveats, *ids]))


def number(value: float | None) -> str:
    """Return a value as a cell holds it: digits only, no trailing zeros; empty for None."""
    return "" if value is None else f"{value:.10g}"
