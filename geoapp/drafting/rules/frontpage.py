"""What a document says of itself: title, number, issuer, date, region and period."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.drafting.language.figures import han_value
from geoapp.drafting.language.years import PLANS
from geoapp.drafting.reading.document import Document
from geoapp.errors import GeoappError
from geoapp.model.region import CHINA, Adcode, Level

KINDS = (
    "规划纲要|专项规划|规划|实施方案|工作方案|行动方案|综合方案|方案|工作计划|行动计划|计划|实施意见|意见|工作要点|要点|"
    "实施细则|办法"
)
ANNOUNCED = re.compile(rf"《([^《》]{{4,60}}(?:{KINDS})(?:[(（][^)）]*[)）])?)》(?:已?经|印发|已由)")
QUOTED = re.compile(rf"《([^《》]{{4,60}}(?:{KINDS})(?:[(（][^)）]*[)）])?)》")
NOTICE = re.compile(rf"关于(?:印发|转发|发布)《?(.{{4,60}}?(?:{KINDS}))(?:[(（][^)）]*[)）])?》?的通知")
TITLE = re.compile(rf"^(?!.*(?:通知|根据|按照)).{{4,60}}(?:{KINDS})(?:[(（][^)）]*[)）])?$")
OPINION = re.compile(r"关于(?!印发|转发|发布).{4,40}的(?:实施)?意见$|关于.{4,40}的(?:方案|决定)$")
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}[〔\[【(（]\d{4}[〕\]】)）]\s*第?\d+号")
DATE = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")
HAN_DATE = re.compile(
    r"([二〇零一三四五六七八九○]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?"
)
HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
OFFICE = re.compile(
    r"^[\u4e00-\u9fff]{2,30}(?:人民政府(?:办公[厅室])?|委员会(?:办公室)?|行政公署|[委局厅办]|发展改革委|领导小组(?:办公室)?|办公[厅室])$"
)
SPAN = re.compile(r"[(（]?(20\d{2})\s*[—\-–~至]{1,2}\s*(20\d{2})年?[)）]?")
PLAN_WORD = re.compile(r"[“\"](十[一二三四五六]?)五[”\"]")
SINGLE = re.compile(r"(20\d{2})年")
FIRST_PAGE = 25
UNPUBLISHED = re.compile(r"附件(?:[\d、\-—至,，]*)?不(?:予)?公开")


@dataclass(slots=True)
class FrontPage:
    """The facts for ``plan.toml``; empty texts were not found. ``published`` is an ISO date, or a year or month."""

    title: str = ""
    document_no: str = ""
    issuer: str = ""
    published: str = ""
    region: str = ""
    start_year: int = 0
    end_year: int = 0
    base_year: int = 0
    annexes_unpublished: bool = False
    open: list[str] = field(default_factory=list)


class NoRegion(GeoappError):
    """The region of a document cannot be told; the person who drafts must say it."""

    slug = "draft-region"


def read_front_page(document: Document, gazetteer: Gazetteer, region: str = "") -> FrontPage:
    """Read what a document says of itself; what it does not say stays empty and is listed as open.

    Raises:
        NoRegion: the title names no division, or several, and none was given.
    """
    first = [block.text for block in document.blocks if block.kind == "paragraph"][:FIRST_PAGE]
    last = [block.text for block in document.blocks if block.kind == "paragraph"][-8:]
    page = FrontPage(title=_title(first), document_no=_number(first))
    page.issuer, page.published = _signature([*first, *last])
    page.region = region or _region(page.title, page.issuer, first, gazetteer)
    page.start_year, page.end_year = _period(page, first)
    page.base_year = page.start_year - 1
    page.annexes_unpublished = any(UNPUBLISHED.search(text) for text in (*first, *last))
    page.open = [
        sentence
        for missing, sentence in (
            (not page.title, "没有找到标题：请填写 title"),
            (not page.issuer, "没有找到发文机关：请填写 issuer"),
            (not page.published, "没有找到印发日期：请填写 published（只知年份时写年份）"),
        )
        if missing
    ]
    return page


def _title(lines: Sequence[str]) -> str:
    joined = "".join(lines[:8])
    if (found := ANNOUNCED.search(joined)) is not None:
        return found[1]
    for line in lines:
        if OPINION.search(line) or TITLE.match(line):
            return line
    for pattern in (NOTICE, QUOTED):
        if (found := pattern.search(joined)) is not None:
            return found[1]
    return ""


def _number(lines: Sequence[str]) -> str:
    """Return the document's own number: a line of its own, not one that is cited."""
    for line in lines[:12]:
        if (found := NUMBER.search(line)) is not None and len(line) <= len(found[0]) + 6:
            return found[0]
    return ""


def _signature(lines: Sequence[str]) -> tuple[str, str]:
    """Return office and date where they sign; otherwise the first date and the first office of the page."""
    issuer, date = "", ""
    for at, line in enumerate(lines):
        found = _date(line)
        if not found or len(line) > 24:
            continue
        date = date or found
        if at and OFFICE.match(lines[at - 1]) and not lines[at - 1].startswith("抄送"):
            return lines[at - 1], found
    for line in lines:
        if OFFICE.match(line.removesuffix("文件")):
            issuer = line.removesuffix("文件")
            break
    return issuer, date


def _date(line: str) -> str:
    if (found := DATE.search(line)) is not None:
        year, month, day = found[1], int(found[2]), int(found[3] or 0)
    elif (found := HAN_DATE.search(line)) is not None:
        year, month = found[1].translate(HAN_DIGITS), int(han_value(found[2]))
        day = int(han_value(found[3])) if found[3] else 0
    else:
        return ""
    return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"


def _region(title: str, issuer: str, lines: Sequence[str], gazetteer: Gazetteer) -> str:
    """Return the code of the division that title or issuer begin with; the last of a chain 省市县 counts."""
    for text in (title, issuer, *(line for line in lines[:6] if not line.endswith("："))):
        if (code := _leading(text, gazetteer)) is not None:
            return code
    raise NoRegion("no division is named in the title; say which with --region, such as --region 150900")


def _leading(text: str, gazetteer: Gazetteer) -> Adcode | None:
    found: Adcode | None = None
    within, rest = CHINA, text.removeprefix("关于印发").lstrip("《")
    while True:
        names = [
            (name, code)
            for code, division in gazetteer.regions.items()
            if gazetteer.is_within(code, within) and code not in (CHINA, within)
            for name in (division.name, division.short_name)
            if len(name) >= 2 and rest.startswith(name)
        ]
        full = [each for each in names if each[0] == gazetteer.regions[each[1]].name]
        longest = max((len(name) for name, _ in names), default=0)
        candidates = {code for name, code in names if len(name) == longest}
        if len(candidates) > 1:
            levels = {code: gazetteer.regions[code].level for code in candidates}
            candidates = {code for code in candidates if levels[code] != Level.COUNTY} or candidates
        if len(candidates) != 1 or not (full or found or longest >= 2):
            return found
        found = candidates.pop()
        within, rest = found, rest[longest:].removeprefix("市").removeprefix("省")


def _period(page: FrontPage, lines: Sequence[str]) -> tuple[int, int]:
    for text in (page.title, *lines[:10]):
        if (span := SPAN.search(text)) is not None:
            return int(span[1]), int(span[2])
        if (single := SINGLE.search(text)) is not None and text == page.title:
            return int(single[1]), int(single[1])
        if (plan := PLAN_WORD.search(text)) is not None:
            end = PLANS.get(plan[1], 2025)
            return end - 4, end
    for text in lines:
        if (goal := re.search(r"到(20\d{2})年", text)) is not None:
            end = int(goal[1])
            return end - 4 if end % 5 == 0 else end, end
    page.open.append("没有找到规划期：请填写 start_year、end_year、base_year")
    year = int(page.published[:4]) if page.published else 2025
    return year, year
