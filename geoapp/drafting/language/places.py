"""Divisions that a sentence names, inside the plan's region only; longest name first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.region import Adcode, Level

WHOLE = {
    "市": "全市",
    "地区": "全地区",
    "州": "全州",
    "盟": "全盟",
    "省": "全省",
    "自治区": "全区",
    "县": "全县",
    "旗": "全旗",
    "区": "全区",
}
JOINED = re.compile(r"(?:（[^）]{1,12}）)?[、和及与,，]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A division named in a text: where, how, and its code."""

    start: int
    end: int
    name: str
    adcode: Adcode


class Places:
    """Finds the divisions of one plan's region in texts."""

    def __init__(self, gazetteer: Gazetteer, region: Adcode) -> None:
        self._gazetteer, self.region = gazetteer, region
        self.own = {gazetteer.regions[region].name, gazetteer.regions[region].short_name, *_of(gazetteer, region)}
        named = gazetteer.names(region)
        known = {name: next(iter(codes)) for name, codes in named.items() if len(codes) == 1 and name not in self.own}
        self._codes: dict[str, Adcode] = {name: code for name, code in known.items() if code != region}
        self.own |= {_stem(name) for name in self.own}
        self._pattern = _any_of(self._codes)
        stems: dict[str, set[Adcode]] = {}
        for name, code in self._codes.items():
            stems.setdefault(_stem(name), set()).add(code)
        self._stems = {
            stem: next(iter(codes))
            for stem, codes in stems.items()
            if len(codes) == 1 and stem not in self._codes and not any(own.startswith(stem) for own in self.own)
        }
        self._in_names = _any_of({**self._codes, **self._stems})

    @property
    def whole(self) -> str:
        """The word by which the plan means its whole region."""
        name = self._gazetteer.regions[self.region].name
        return next(
            (word for ending, word in sorted(WHOLE.items(), key=lambda i: -len(i[0])) if name.endswith(ending)), "全市"
        )

    @property
    def level(self) -> Level:
        """The level of the plan's region."""
        return self._gazetteer.regions[self.region].level

    def find(self, text: str) -> list[Place]:
        """Return the divisions below the plan's region that a text names, in order."""
        if self._pattern is None:
            return []
        return [Place(m.start(), m.end(), m[0], self._codes[m[0]]) for m in self._pattern.finditer(text)]

    def in_name(self, text: str) -> list[Place]:
        """Return the divisions that the name of a park or project tells of, 神木 of 神木市 too, by their full names."""
        if self._in_names is None:
            return []
        found = []
        for m in self._in_names.finditer(text):
            code = self._codes.get(m[0]) or self._stems[m[0]]
            name = m[0] if m[0] in self._codes else self._gazetteer.regions[code].name
            found.append(Place(m.start(), m.end(), name, code))
        return found

    def holds(self, adcode: Adcode) -> bool:
        """Say whether a division lies in the plan's region."""
        return self._gazetteer.is_within(adcode, self.region)

    def resolve(self, name: str) -> bool:
        """Say whether a cell is exactly the name of a division below the plan's region."""
        return name in self._codes

    def leading(self, text: str) -> Sequence[Place]:
        """Return the divisions a clause begins with: one, or a list such as 乌苏、沙湾市."""
        found = self.find(text)
        chain: list[Place] = []
        at = 0
        for place in found:
            between = text[at : place.start]
            if not (JOINED.fullmatch(between) if chain else len(between) <= 1 or between.endswith(("，", "对", "："))):
                break
            chain.append(place)
            at = place.end
        return chain


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None


def _stem(name: str) -> str:
    """Return a name without the kind of division, where at least two characters are left."""
    return name[:-1] if len(name) > 2 and name[-1] in "市县区旗州盟省" else name


def _of(gazetteer: Gazetteer, region: Adcode) -> set[str]:
    return {alias.alias for alias in gazetteer.aliases if alias.adcode == region}
