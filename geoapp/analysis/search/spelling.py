"""Chinese names in pinyin: whole and by initials, as place names are read and as people misread them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HAN = re.compile(r"[\u3400-\u9fff]")
NOT_SPELT = re.compile(r"[^a-z0-9]")
TONE_DIGIT = re.compile(r"(?<=[a-z])[1-5]")
PLACE_READINGS = {"都": "du", "什": "shi", "勒": "le", "单": "shan"}
"""Characters that place names read otherwise than running text does (康巴什 kangbashi, 库尔勒 kuerle)."""
PLACE_NAMES = {
    "乐陵": ("lao", "ling"),
    "宕昌": ("tan", "chang"),
    "洪洞": ("hong", "tong"),
    "浚县": ("xun", "xian"),
    "涡阳": ("guo", "yang"),
    "漯河": ("luo", "he"),
    "珲春": ("hun", "chun"),
    "穆棱": ("mu", "ling"),
    "筠连": ("jun", "lian"),
    "繁峙": ("fan", "shi"),
}
"""Names whose own reading pypinyin's dictionary of phrases lacks (现代汉语词典, names of places)."""
UMLAUTS = ("v", "yu", "u")
"""How ü is typed: on Chinese keyboards, in passports (Lyuliang), and by whoever leaves the dots away."""
WHOLE, START, INITIALS, INITIALS_START, INSIDE, MISREAD, MISREAD_START = range(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One reading of a name: syllables joined, where each starts, their first letters.

    Attributes:
        misread: it is how people read the characters who do not know the place (六安 liuan, 乐亭 leting).
    """

    full: str
    starts: frozenset[int]
    initials: str
    misread: bool = False

    def fit(self, letters: str) -> int | None:
        """Return how letters fit, 0 best; None when they do not. Inside a name only whole syllables count."""
        if letters == self.full:
            return MISREAD if self.misread else WHOLE
        if self.misread:
            return MISREAD_START if len(letters) > 3 and self.full.startswith(letters) else None
        if self.full.startswith(letters):
            return START
        if len(letters) == 1:
            return None
        if self.initials.startswith(letters):
            return INITIALS if letters == self.initials else INITIALS_START
        return INSIDE if letters in self.full and self.full.find(letters) in self.starts else None


def typed_letters(text: str) -> str:
    """Return what is typed as pinyin in plain letters: without tones, ``ü`` as ``v``; other texts stay."""
    apart = unicodedata.normalize("NFD", text).replace("u\u0308", "v").replace("u:", "v")
    plain = "".join(each for each in apart if not unicodedata.combining(each))
    return TONE_DIGIT.sub("", plain)


def spell(name: str, *, place: bool) -> list[Spelling]:
    """Return the readings of a name; none where it holds no Chinese character."""
    if not HAN.search(name):
        return []
    from pypinyin import lazy_pinyin  # 50 MB of dictionaries: only where somebody types letters

    syllables = lazy_pinyin(name)
    if not place or len(syllables) != len(name):
        return list(_spellings(syllables))
    ways = list(_place_readings(name, syllables))
    misread = [way for way in (syllables, [lazy_pinyin(each)[0] for each in name]) if way not in ways]
    right = [spelling for way in ways for spelling in _spellings(way)]
    return [*right, *(spelling for way in misread for spelling in _spellings(way, misread=True))]


def _place_readings(name: str, syllables: list[str]) -> Iterator[list[str]]:
    """Yield how a place name may be read; 长 is read chang in one place and zhang in the next."""
    read = [PLACE_READINGS.get(character, syllable) for character, syllable in zip(name, syllables, strict=True)]
    for known, reading in PLACE_NAMES.items():
        if (at := name.find(known)) >= 0:
            read[at : at + len(known)] = reading
    for way in ("chang", "zhang") if "长" in name else ("",):
        yield [way if character == "长" else syllable for character, syllable in zip(name, read, strict=True)]


def _spellings(syllables: list[str], *, misread: bool = False) -> Iterator[Spelling]:
    """Yield a reading in every way its ü is typed."""
    for umlaut in UMLAUTS if any("v" in each for each in syllables) else ("v",):
        yield _spelling((each.replace("v", umlaut) for each in syllables), misread)


def _spelling(syllables: Iterable[str], misread: bool) -> Spelling:
    clean = [letters for each in syllables if (letters := NOT_SPELT.sub("", each.casefold()))]
    starts, place = set(), 0
    for syllable in clean:
        starts.add(place)
        place += len(syllable)
    initials = "".join(each[0] for each in clean)
    return Spelling(full="".join(clean), starts=frozenset(starts), initials=initials, misread=misread)
