"""Divisions that a sentence names, inside the plan's region only; longest name first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.region import Adcode, Level

WHOLE = {"市": "全市", "地区": "全地区", "州": "全州", "盟": "全盟", "省": "全省", "自治区": "全区", "县": "全县", "旗": "全旗",
         "区": "全区"}
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
        # A short name such as 海南州 is made of the short name and the kind of division.
        for name, code in known.items():
            division = gazetteer.regions[code]
            if division.name.endswith("自治州") and name == division.short_name and code != region:
                self._codes.setdefault(f"{name}州", code)
        longest_first = sorted(self._codes, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    @property
    def whole(self) -> str:
        """The word by which the plan means its whole region."""
        name = self._gazetteer.regions[self.region].name
        return next((word for ending, word in sorted(WHOLE.items(), key=lambda i: -len(i[0])) if name.endswith(ending)), "全市")

    @property
    def level(self) -> Level:
        """The level of the plan's region."""
        return self._gazetteer.regions[self.region].level

    def find(self, text: str) -> list[Place]:
        """Return the divisions below the plan's region that a text names, in order."""
        if self._pattern is None:
            return []
        return [Place(m.start(), m.end(), m[0], self._codes[m[0]]) for m in self._pattern.finditer(text)]

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


def _of(gazetteer: Gazetteer, region: Adcode) -> set[str]:
    return {alias.alias for alias in gazetteer.aliases if alias.adcode == region}
