"""Words by which documents name what they measure, from ``layers/indicator_terms.csv``.

A term is one or several pieces in order (``…`` stands for a few words between them); the unit, words
that must and words that must not stand near it tell apart indicators that are called alike.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geoapp.ingest.schemas import IndicatorTermRow
from geoapp.model.plan import Indicator

ALL = "全"
"""A unit of a term: the share may be worded as 全面, 全部, 全覆盖."""
GAP = 24
"""So many characters may stand between two pieces of a term."""
QUOTES = re.compile(r"[“”\"'《》\s]")
SAME = (
    (re.compile(r"(?:地区|国内|全市)?生产总值|地区GDP"), "GDP"),
    (re.compile(r"能源消耗总量"), "能源消费总量"),
    (re.compile(r"规模以上"), "规上"),
    (re.compile(r"占比|比重|比率|所占份额"), "比例"),
    (re.compile(r"能源消耗(?!总量)|能源消费强度"), "能耗"),
    (re.compile(r"固体废物|固体废弃物|工业废物"), "固废"),
    (re.compile(r"供暖|采暖"), "取暖"),
    (re.compile(r"VOCs"), "挥发性有机物"),
    (re.compile(r"COD"), "化学需氧量"),
    (re.compile(r"电能利用效率|电源使用效率|PUE值"), "PUE"),
    (re.compile(r"公共汽电?车|公交车辆"), "公交车"),
)
"""Words that mean the same everywhere; terms and texts are compared after they are made equal."""


@dataclass(frozen=True, slots=True)
class Term:
    """One way to name an indicator: its pieces, the units it may carry, words that must or must not be near."""

    indicator: str
    pieces: tuple[str, ...]
    units: frozenset[str]
    needs: tuple[str, ...]
    without: tuple[str, ...]

    @property
    def weight(self) -> int:
        """Number of characters that must be printed."""
        return sum(len(piece) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator found in a text: the characters of its term, their places in the plain text."""

    indicator: str
    places: frozenset[int]
    weight: int
    pieces: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """The place of the first character."""
        return min(self.places)

    @property
    def end(self) -> int:
        """The place behind the last character."""
        return max(self.places) + 1


def plain(text: str) -> str:
    """Return a text as it is compared with terms."""
    text = QUOTES.sub("", text)
    for pattern, word in SAME:
        text = pattern.sub(word, text)
    return text


class TermBook:
    """All terms of all indicators, with the indicators they name."""

    def __init__(self, rows: Iterable[IndicatorTermRow], indicators: Mapping[str, Indicator]) -> None:
        self.indicators = indicators
        self._terms: list[Term] = []
        for row in rows:
            pieces = tuple(plain(piece) for piece in row.term.split("…"))
            units = frozenset(row.unit) or frozenset({indicators[row.indicator].unit})
            self._terms.append(Term(row.indicator, pieces, units, row.needs, row.without))

    def matches(self, text: str, unit: str | None, context: str) -> list[Match]:
        """Return the indicators a text names that carry a unit (any for None), in the order they are named.

        One that is named by a part of another's characters is left out: 煤炭 in 煤炭消费比重.
        """
        subject, around = plain(text), plain(context)
        best: dict[str, Match] = {}
        for term in self._terms:
            if not self._carries(term, unit):
                continue
            places = _places(term.pieces, subject)
            if places is None or not _fits(term, around):
                continue
            known = best.get(term.indicator)
            if known is None or term.weight > known.weight:
                best[term.indicator] = Match(term.indicator, places, term.weight, term.pieces)
        kept = [m for m in best.values() if not any(m.places < other.places for other in best.values())]
        return sorted(kept, key=lambda match: (sum(match.places) / len(match.places), match.start))

    def needs(self, indicator: str, text: str) -> bool:
        """Say whether a text holds a word that one of the indicator's terms must have near it."""
        return any(word in text for term in self._terms if term.indicator == indicator for word in term.needs)

    def _carries(self, term: Term, unit: str | None) -> bool:
        return unit in term.units if unit is not None else bool(term.units - {"", ALL})


def _fits(term: Term, context: str) -> bool:
    needed = not term.needs or any(word in context for word in term.needs)
    return needed and not any(word in context for word in term.without)


def _places(pieces: Sequence[str], text: str) -> frozenset[int] | None:
    """Return where the pieces stand in order, the last occurrence that fits; None where they do not."""
    end = len(text)
    places: set[int] = set()
    following: int | None = None
    for piece in reversed(pieces):
        at = text.rfind(piece, 0, end)
        if at < 0 or (following is not None and following - (at + len(piece)) > GAP):
            return None
        places.update(range(at, at + len(piece)))
        end, following = at, at
    return frozenset(places)
