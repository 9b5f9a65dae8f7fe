"""Years of a sentence: target years, base years, periods such as “十四五”."""

import re
from dataclasses import dataclass

PLANS = {"十": 2005, "十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030, "十六": 2035}
"""The last year of each five-year plan by its number."""
PERIOD = re.compile(r"[“\"](?P<plan>十[一二三四五六]?)五[”\"](?P<part>末|期末|时期|期间|以来)?")
BASE = re.compile(
    r"(?:比|较|与|相较于?|对比|相比)(?:[“\"](?P<plan>十[一二三四五六]?)五[”\"](?:末|开局之年)|(?P<year>\d{4})年?)"
)
SPAN = re.compile(r"(?P<first>(?:19|20)\d{2})\s*[-—–~至到]\s*(?P<last>(?:19|20)\d{2})年?")
YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})年?(?P<edge>底前|年底|底|末|前)?")


@dataclass(frozen=True, slots=True)
class Year:
    """One mention of a year or a period; ``period`` says that it means several years."""

    start: int
    end: int
    year: int
    period: bool = False


def mentions(text: str) -> list[Year]:
    """Return the years a text speaks of, base years left out, in order."""
    covered = [(m.start(), m.end()) for m in BASE.finditer(text)]
    found = []
    for m in SPAN.finditer(text):
        found.append(Year(m.start(), m.end(), int(m["last"]), period=True))
        covered.append((m.start(), m.end()))
    found += [
        Year(m.start(), m.end(), PLANS.get(m["plan"], 2025), period=m["part"] in ("时期", "期间", "以来"))
        for m in PERIOD.finditer(text)
        if m["part"] and not _inside(m.start(), covered)
    ]
    found += [
        Year(m.start(), m.end(), int(m["year"]))
        for m in YEAR.finditer(text)
        if text[m.end() - 1] in "年底末前" and not _inside(m.start(), covered)
    ]
    return sorted(found, key=lambda each: each.start)


def base_year(text: str) -> int | None:
    """Return the year a text compares with, the last one named."""
    found = None
    for m in BASE.finditer(text):
        if m["year"]:
            found = int(m["year"])
        elif m["plan"]:
            found = PLANS.get(m["plan"], 2025) - 5 + (1 if "开局" in m[0] else 5)
    return found


def without_years(text: str) -> str:
    """Return a text without its years and periods."""
    for pattern in (BASE, SPAN, PERIOD):
        text = pattern.sub("", text)
    return re.sub(r"(?:到|至|截至)?(?:19|20)\d{2}年?(?:底前|年底|底|末|前|度)?", "", text)


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)
