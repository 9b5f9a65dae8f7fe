"""What scanners, page layouts and web pages leave in a text is taken out; no word of the document is changed."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·"
BETWEEN = re.compile(
    rf"(?<=[{WIDE}\d%℃/])[ ]+(?=[{WIDE}\d\[(≥≤<>~])|(?<=[{WIDE}])[ ]+(?=[A-Za-z])|(?<=[A-Za-z%)\]])[ ]+(?=[{WIDE}])"
)
DECIMAL_HEADING = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3}) +(?=[\u4e00-\u9fff])")
"""``2.1 目标``: the one space that says what a number is."""
RADICALS = str.maketrans(
    "⺁⺎⺟⺠⺢⺼⻁⻄⻅⻆⻉⻋⻌⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "厂兀母民氺月虎西见角贝车辶長长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)
"""Radicals that PDF files print for characters and that Unicode does not make equal to them."""
KANGXI = range(0x2F00, 0x2FE0)
SPACES = re.compile(r"[^\S\n\t]+")
PAGE_NUMBER = re.compile(
    r"[\s\-—–―·.]*(?:第\s*)?(?:\d{1,4}|[IVXivx]{1,5})\s*(?:页)?\s*(?:[/,，]?\s*共?\s*\d{1,4}\s*页?)?[\s\-—–―·.]*"
)
DASHED_NUMBER = re.compile(r"\s*[-—–―]\s*\d{1,4}\s*[-—–―]\s*")
INLINE_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff，、])\s+[-—–]\s*\d{1,3}\s*[-—–]\s+(?=[\u4e00-\u9fff\d])")
CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|(?:\. ){4,}).*$")


def tidy(text: str) -> str:
    """Return a text without the spaces that only layout made, without invisible characters, on one line.

    Spaces between Latin words stay; those between Chinese characters and digits go.
    """
    seen = "".join(_seen(character) for character in text.translate(RADICALS))
    seen = INLINE_NUMBER.sub("", seen.replace("\r", ""))
    seen = SPACES.sub(" ", seen.replace("\n", " ").replace("\t", " ")).strip()
    if (heading := DECIMAL_HEADING.match(seen)) is not None:
        return f"{heading[1]} {BETWEEN.sub('', seen[heading.end() :])}"
    return BETWEEN.sub("", seen)


def _seen(character: str) -> str:
    if ord(character) in KANGXI:
        return unicodedata.normalize("NFKC", character)
    category = unicodedata.category(character)
    return " " if category == "Zs" else "" if category == "Cf" else character


def is_page_number(line: str) -> bool:
    """Say whether a line is nothing but ``- 12 -``, ``第 3 页 共 8 页`` or ``— 4 —``."""
    return bool(DASHED_NUMBER.fullmatch(line)) or ("页" in line and bool(PAGE_NUMBER.fullmatch(line)))


def is_contents(line: str) -> bool:
    """Say whether a line belongs to a table of contents: leaders and a page number."""
    return bool(CONTENTS.search(line))


def running_lines(pages: Iterable[Sequence[str]], edge: int = 2) -> set[str]:
    """Return the heads and feet: lines at the edge of at least three pages, equal but for their digits."""
    counted: Counter[str] = Counter()
    many = 0
    for lines in pages:
        many += 1
        counted.update({without_digits(line) for line in (*lines[:edge], *lines[-edge:])})
    return {line for line, times in counted.items() if times >= 3 and times * 3 >= many and line}


def without_digits(line: str) -> str:
    """Return what a running head has in common on all pages."""
    return re.sub(r"\d+", "#", tidy(line))
