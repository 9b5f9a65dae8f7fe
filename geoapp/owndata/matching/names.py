"""Every name a division may be called by in a table, with what it may mean. Nothing is guessed here."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import InvalidAdcode
from geoapp.model.region import CHINA, Adcode, Region, parse_adcode

MOST_LETTERS = 24
"""Of the names looked for in a line of text; the longest official name has 15."""
How = Literal["official", "short", "old_name", "composite", "english", "path", "adcode", "old_code"]
Meanings = dict[Adcode, How]
ALIAS_HOW: Mapping[str, How] = {"old_name": "old_name", "composite": "composite", "official": "official"}
MARKS = re.compile(r"[*＊#※①-⑳†‡]+$")
NUMBERED = re.compile(r"^(?:其中[:：]?|[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．]\s*)(?=[^\d.])")
JOINTS = re.compile(r"[\s\-—–/／\\>＞·•・,，、:：|]+")
IN_PARENTHESES = re.compile(r"^(.*?)[(（〔]([^()（）〔〕]+)[)）〕]$")
SEVERAL_WORDS = re.compile(r"[A-Za-z]")


def tidy(text: str) -> str:
    """Return a name without what spreadsheets put around it: blanks, footnote marks, numbers of a list."""
    text = MARKS.sub("", text.strip().lstrip("'"))
    return NUMBERED.sub("", unicodedata.normalize("NFKC", text)).strip()


class NameIndex:
    """Names of all divisions of one edition."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._names: dict[str, Meanings] = defaultdict(dict)
        for code, region in gazetteer.regions.items():
            if code != CHINA:
                self._add_region(code, region)
        for alias in gazetteer.aliases:
            if alias.kind == "old_code":
                continue
            if alias.within == CHINA:
                self._names[alias.alias] = {}  # a reviewed name of the whole country outranks the rest
            self._add(alias.alias, alias.adcode, ALIAS_HOW.get(alias.kind, "short"))

    def _add_region(self, code: Adcode, region: Region) -> None:
        self._add(region.official_name or region.name, code, "official")
        if len(region.short_name) >= 2:
            self._add(region.short_name, code, "short")
            if region.name.endswith("自治州"):  # 海西州, as every office calls 海西蒙古族藏族自治州
                self._add(f"{region.short_name}州", code, "short")
        if region.name_en:
            self._add(region.name_en.casefold(), code, "english")

    def _add(self, name: str, code: Adcode, how: How) -> None:
        self._names[name].setdefault(code, how)

    @property
    def names(self) -> Iterable[str]:
        """Return every name."""
        return self._names

    def named(self, name: str) -> Meanings:
        """Return what exactly this name may mean."""
        return self._names.get(name, {})

    def meanings(self, text: str) -> Meanings:
        """Return what a cell may mean: a name, or names from the large division to the small one in any spelling.

        ``鄂尔多斯市达拉特旗``, ``内蒙古/鄂尔多斯/达拉特旗``, ``鼓楼区（南京市）``, ``达拉特旗（150621）``,
        ``Dalad Banner``.
        """
        name = tidy(text)
        if SEVERAL_WORDS.search(name) and (found := self.named(name.casefold())):
            return dict(found)
        behind = IN_PARENTHESES.match(name)
        if behind:
            return self._with_hint(behind[1], behind[2])
        return self._line(JOINTS.sub("", name), None)

    def _with_hint(self, name: str, hint: str) -> Meanings:
        """Return the meanings that what stands in parentheses leaves: a code, or a division above."""
        found = self._line(JOINTS.sub("", name), None)
        code = self.code(hint)
        if code is not None:
            return {each: how for each, how in found.items() if each == code}
        above = self._line(JOINTS.sub("", tidy(hint)), None)
        return self.within(found, above) if above else {}

    def _line(self, name: str, within: Adcode | None) -> Meanings:
        found = self._inside(self.named(name), within)
        if found:
            return found
        line: Meanings = {}
        for length in range(len(name) - 2, 1, -1):
            for above in self._inside(self.named(name[:length]), within):
                line |= dict.fromkeys(self._line(name[length:], above), "path")
        return line

    def _inside(self, found: Meanings, within: Adcode | None) -> Meanings:
        if within is None:
            return dict(found)
        return {code: how for code, how in found.items() if code != within and self.gazetteer.is_within(code, within)}

    def in_text(self, text: str) -> list[Adcode]:
        """Return the divisions that a line of text names in full, the longest names first.

        A shorter name inside a longer one is left out, and so is a division above another that is named too.
        """
        found: list[Adcode] = []
        rest = text
        for length in range(min(len(rest), MOST_LETTERS), 1, -1):
            for start in range(len(rest) - length + 1):
                piece = rest[start : start + length]
                codes = [code for code, how in self.named(piece).items() if how in ("official", "old_name")]
                if len(codes) == 1:
                    found.append(codes[0])
                    rest = rest[:start] + "\0" * length + rest[start + length :]
        return [
            code for code in found if not any(code != each and self.gazetteer.is_within(each, code) for each in found)
        ]

    def within(self, found: Meanings, above: Iterable[Adcode]) -> Meanings:
        """Return the meanings that lie in one of the divisions, or are one."""
        return {code: how for code, how in found.items() if any(self.gazetteer.is_within(code, each) for each in above)}

    def code(self, cell: object) -> Adcode | None:
        """Return the division of a code as spreadsheets deliver it; an abolished one leads to its successor."""
        text = unicodedata.normalize("NFKC", str(cell)).strip().lstrip("'").replace(" ", "")
        try:
            code = parse_adcode(text)
        except InvalidAdcode:
            return None
        if code == CHINA:
            return None
        return code if code in self.gazetteer else self.gazetteer.successor(code)
