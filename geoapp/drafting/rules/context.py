"""What every rule needs to know: the plan's facts, its places, the vocabulary, the headings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from geoapp.drafting.language.outline import Outline
from geoapp.drafting.language.places import Places
from geoapp.drafting.language.terms import TermBook
from geoapp.drafting.language.years import mentions
from geoapp.drafting.reading.document import Document
from geoapp.drafting.rules.frontpage import FrontPage
from geoapp.model.plan import Indicator

PAST = re.compile(r"(?:现状|基础|成效|成绩|成就|回顾|进展|形势|问题|背景)(?:[与和及、].{2,8})?$|^面临")
NOT_PAST = re.compile(r"确保|推动|力争|加快|提升|夯实|改善|完善")
"""A heading such as 确保取得新成效 speaks of what is to come."""
GOAL = ("目标", "指标")


@dataclass(slots=True)
class Proposal:
    """A line for ``indicators.csv`` that a document needs and nobody has written yet."""

    id: str
    title_zh: str
    unit: str
    sector: str
    kind: str


@dataclass
class Context:
    """One document on its way to a draft."""

    document: Document
    page: FrontPage
    places: Places
    book: TermBook
    outline: Outline
    proposals: dict[str, Proposal] = field(default_factory=dict)
    points: Mapping[str, str] = field(default_factory=dict)
    """Printed names of ``places.csv`` and the division each lies in."""
    names: list[tuple[int, int]] = field(default_factory=list)
    """Character ranges of the names of parks and projects: numbers inside them are no goals."""

    @cached_property
    def lead_years(self) -> Mapping[int, int]:
        """The year that a line such as 到2025年，实现以下目标： gives to the list below it, by block."""
        found: dict[int, int] = {}
        year: int | None = None
        for block in self.document.blocks:
            if block.number in self.outline.standing:
                year = None
            elif year is not None and not block.text.endswith("："):
                found[block.number] = year
            if block.kind == "paragraph" and block.text.endswith(("：", ":")):
                named = [each.year for each in mentions(block.text) if each.year >= self.page.start_year]
                year = named[-1] if named else None
        return found

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """The vocabulary of ``indicators.csv``."""
        return self.book.indicators

    @property
    def published_year(self) -> int:
        """The year the document was issued; the plan's first year where it does not say."""
        return int(self.page.published[:4]) if self.page.published else self.page.start_year

    def headings(self, section: str) -> str:
        """Return the printed headings over a section, from the highest down."""
        return " ".join(self._over(section))

    def is_past(self, section: str) -> bool:
        """Say whether a section tells what has been reached already; the nearest telling heading decides."""
        for title in reversed(self._over(section)):
            if any(word in title for word in GOAL):
                return False
            if PAST.search(title) and not NOT_PAST.search(title):
                return True
        return False

    def _over(self, section: str) -> list[str]:
        main = section.split(" ", maxsplit=1)[0]
        over = [(root, title) for root, title in self.outline.headings.items() if root and main.startswith(root)]
        return [title for root, title in sorted(over, key=lambda each: len(each[0]))]

    def inside_name(self, start: int, end: int) -> bool:
        """Say whether a range lies inside the name of a park or a project."""
        return any(first <= start and end <= last for first, last in self.names)
