"""Heading paths of Chinese documents in English words: ``附件1`` is Annex 1, ``三(一) 专栏3`` is Section 3(1), Box 3.

The path stays what finds the passage: its numbers are kept, only the words around them are said in English.
"""

import re
from collections.abc import Callable

WORDS = {"附件": "Annex", "附表": "Annexed table", "专栏": "Box", "表": "Table"}
"""What stands before a number, the longest word first."""
DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")}
NUMERAL = "[一二三四五六七八九十]+"
PART = re.compile(rf"({NUMERAL})((?:\({NUMERAL}\))*)(\d*)")
INSERT = re.compile(rf"({'|'.join(WORDS)})\s*({NUMERAL}|\d+)")
HAN = re.compile(r"[\u3400-\u9fff]")
ROW = re.compile(r"#(\d+)")


def heading_in_english(section: str, translate: Callable[[str], str]) -> str:
    """Return a heading path in English; what no rule knows is asked of ``translate`` and else stays as printed."""
    if not HAN.search(section):
        return section
    return "; ".join(
        ", ".join(_token(token, translate) for token in path.split()) for path in section.split(";") if path.strip()
    )


def _token(token: str, translate: Callable[[str], str]) -> str:
    if (found := PART.fullmatch(token)) is not None:
        below = "".join(f"({_number(each)})" for each in re.findall(NUMERAL, found[2]))
        return f"Section {_number(found[1])}{below}{found[3]}"
    if (found := INSERT.fullmatch(token)) is not None:
        return f"{WORDS[found[1]]} {found[2] if found[2].isdigit() else _number(found[2])}"
    if (found := ROW.fullmatch(token)) is not None:
        return f"row {found[1]}"
    return translate(token)


def _number(numeral: str) -> int:
    """Read a Chinese numeral below a hundred: 三 is 3, 十一 is 11, 二十三 is 23."""
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return DIGITS[numeral]
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)
