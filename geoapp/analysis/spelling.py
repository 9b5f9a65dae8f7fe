"""Chinese names in pinyin: whole and by initials, as place names are read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HAN = re.compile(r"[\u3400-\u9fff]")
NOT_SPELT = re.compile(r"[^a-z0-9]")
PLACE_READINGS = {"都": "du", "什": "shi", "勒": "le", "单": "shan"}
"""Characters that place names read otherwise than running text does (康巴什 kangbashi, 库尔勒 kuerle)."""
WHOLE, START, INITIALS, INITIALS_START, INSIDE = range(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One reading of a name: syllables joined, where each starts, their first letters."""

    full: str
    starts: frozenset[int]
    initials: str

    def fit(self, letters: str) -> int | None:
        """Return how letters fit, 0 best; None when they do not. Inside a name only whole syllables count."""
        if letters == self.full:
            return WHOLE
        if self.full.startswith(letters):
            return START
        if len(letters) == 1:
            return None
        if self.initials.startswith(letters):
            return INITIALS if letters == self.initials else INITIALS_START
        return INSIDE if letters in self.full and self.full.find(letters) in self.starts else None


def spell(name: str, *, place: bool) -> list[Spelling]:
    """Return the readings of a name; none where it holds no Chinese character."""
    if not HAN.search(name):
        return []
    from pypinyin import lazy_pinyin  # 50 MB of dictionaries: only where somebody types letters

    syllables = lazy_pinyin(name)
    ways = _place_readings(name, syllables) if place and len(syllables) == len(name) else [syllables]
    return [_spelling(way) for way in ways]


def _place_readings(name: str, syllables: list[str]) -> Iterator[list[str]]:
    """Yield how a place name may be read; 长 is read chang in one place and zhang in the next."""
    read = [PLACE_READINGS.get(character, syllable) for character, syllable in zip(name, syllables, strict=True)]
    for way in ("chang", "zhang") if "长" in name else ("",):
        yield [way if character == "长" else syllable for character, syllable in zip(name, read, strict=True)]


def _spelling(syllables: Iterable[str]) -> Spelling:
    clean = [letters for each in syllables if (letters := NOT_SPELT.sub("", each.casefold()))]
    starts, place = set(), 0
    for syllable in clean:
        starts.add(place)
        place += len(syllable)
    return Spelling(full="".join(clean), starts=frozenset(starts), initials="".join(each[0] for each in clean))
