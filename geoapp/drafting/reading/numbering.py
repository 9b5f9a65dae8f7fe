"""The numbers Word draws before paragraphs (一、 （一） 1.), which stand nowhere in their text."""

from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

HAN = "零一二三四五六七八九十"
CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "chineseLegalSimplified",
    "ideographDigital",
    "taiwaneseCounting",
}


def han(number: int) -> str:
    """Return a number below a hundred in Chinese characters: 11 → 十一, 20 → 二十."""
    tens, ones = divmod(number, 10)
    if number <= 10:
        return HAN[number]
    return ("" if tens == 1 else HAN[tens]) + "十" + (HAN[ones] if ones else "")


class Numbering:
    """Counts the numbered paragraphs of one Word document in their order."""

    def __init__(self, document: Any) -> None:
        """Read the list definitions; ``document`` is python-docx's."""
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles = document.styles.element
        try:
            root = document.part.numbering_part.element
        except (NotImplementedError, KeyError):
            return  # the document has no lists
        abstract = {each.get(qn("w:abstractNumId")): _read_levels(each) for each in root.iter(qn("w:abstractNum"))}
        for num in root.iter(qn("w:num")):
            link = num.find(qn("w:abstractNumId"))
            self._levels[num.get(qn("w:numId"))] = abstract.get(link.get(qn("w:val")), {})

    def label(self, paragraph: Any) -> str:
        """Return what Word prints before a paragraph element, or nothing, and count it."""
        found = _num_pr(paragraph) or self._of_style(paragraph)
        if found is None:
            return ""
        num_id, level = found
        levels = self._levels.get(num_id, {})
        if level not in levels:
            return ""
        counts = self._counts[num_id]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return _printed(levels, counts, level)

    def _of_style(self, paragraph: Any) -> tuple[str, int] | None:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is None:
            return None
        for each in self._styles.iter(qn("w:style")):
            if each.get(qn("w:styleId")) == style.get(qn("w:val")):
                return _num_pr(each)
        return None


def _num_pr(element: Any) -> tuple[str, int] | None:
    found = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if found is None:
        return None
    number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
    if number is None or number.get(qn("w:val")) == "0":
        return None
    return number.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else 0


def _read_levels(abstract: Any) -> dict[int, tuple[str, str, int]]:
    """Return form, pattern and first number of each level of a list definition."""
    levels = {}
    for level in abstract.iter(qn("w:lvl")):
        values = {name: level.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start")}
        form, pattern, start = (each.get(qn("w:val")) if each is not None else "" for each in values.values())
        levels[int(level.get(qn("w:ilvl")))] = (form or "decimal", pattern or "", int(start or 1))
    return levels


def _printed(levels: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
    form, text, _ = levels[level]
    if form in ("bullet", "none"):
        return ""
    for each in range(level + 1):
        number = counts.get(each, 1)
        text = text.replace(f"%{each + 1}", han(number) if levels[each][0] in CHINESE and number < 100 else str(number))
    return text
