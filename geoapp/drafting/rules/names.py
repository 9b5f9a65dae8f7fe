"""Cutting names out of sentences: lists in which brackets and quotes are atoms, regions told from names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geoapp.drafting.rules.context import Context

OPENING, CLOSING = "（(“《〔[", "）)”》〕]"
JOINTS = ("、", "和", "及", "以及", "与")
COUNTED = re.compile(r"(?:等)?[一二三四五六七八九十两\d]+(?:个|家|座|项|大)")
NUMBERED = re.compile(r"\d号$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text and where it begins there."""

    text: str
    start: int
    behind: bool = False
    """It stood behind 等, which closes a list of examples."""

    @property
    def end(self) -> int:
        """The place behind the last character."""
        return self.start + len(self.text)


def clauses(text: str) -> Iterator[Piece]:
    """Yield the clauses of a text; signs inside brackets and quotes do not part them."""
    yield from _split(text, 0, "，。；：;,")


def items(piece: Piece) -> list[Piece]:
    """Return the items of a list: parted by 、, the last ones by 和 or 及 where both sides are names."""
    found: list[Piece] = []
    for part in _split(piece.text, piece.start, "、"):
        if found and NUMBERED.search(found[-1].text) and re.match(r"\d号", part.text):
            found[-1] = Piece(f"{found[-1].text}、{part.text}", found[-1].start)  # 1号、2号机组 is one
        else:
            found.append(part)
    return found


def _split(text: str, start: int, signs: str) -> Iterator[Piece]:
    depth, begin = 0, 0
    for at, character in enumerate(text):
        if character in OPENING:
            depth += 1
        elif character in CLOSING:
            depth = max(0, depth - 1)
        elif character in signs and depth == 0:
            if at > begin:
                yield Piece(text[begin:at], start + begin)
            begin = at + 1
    if begin < len(text):
        yield Piece(text[begin:], start + begin)


def region_of(context: Context, name: str) -> tuple[str, str]:
    """Return the printed division a name tells of and the caveat that says how; the whole region where none does."""
    if (known := context.points.get(name)) is not None:
        return known, "region_from_places"
    found = context.places.in_name(name)
    if not found:
        return context.places.whole, "county_not_stated"
    place = found[0]
    own = name.startswith(place.name) and place.name[-1] in "市县区旗州盟"
    return place.name, "" if own else "region_from_name"


def is_place(context: Context, text: str) -> bool:
    """Say whether an item is nothing but a division: 托里县 of 托里县、和布克赛尔县储能电站."""
    return context.places.resolve(text) or text in context.places.own


def masked(context: Context, text: str) -> str:
    """Return a text in which brackets, quotes and divisions are blots: no word inside them is a verb or a joint."""
    text = re.sub(r"[（(“][^”）)]*[”）)]", lambda m: "□" * len(m[0]), text)
    for place in context.places.find(text):
        text = text[: place.start] + "□" * len(place.name) + text[place.end :]
    return text
