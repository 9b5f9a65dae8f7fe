"""Figures of a sentence: number, unit, qualifier and comparator, as printed and as meant.

Numbers that are no values are told apart here too: dates, numbers of documents, thresholds that
only say who is meant (65蒸吨/小时及以上燃煤锅炉), standards (75%节能标准).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from geoapp.model.vocabulary import Comparator

Group = Literal["value", "date", "heading", "threshold", "other"]
WIDE = str.maketrans("０１２３４５６７８９％－．～＞＜≧≦﹥﹤", "0123456789%-.~><≥≤><")
"""Full-width forms and their half-width twins, one character for one: places in a text stay."""
SCALE = r"(?:[十百千万亿]{0,2})"
NOUN_UNITS = (
    r"千克标准煤|克标准煤|吨标准煤|吨标煤|标准立方米|平方公里|立方米|平方米|千瓦时|千万时|蒸吨|千瓦|兆瓦|公里|公顷|人次|"
    r"吨|米|元|亩|人|户|辆|台|套|座|家|个|项|处|条|所|块|株|度|年|次|克|MWh|MW|GWh|GW|kW|t"
)
UNIT = rf"(?:个百分点|百分点|%|‰|{SCALE}(?:{NOUN_UNITS})(?:/(?:{SCALE}(?:{NOUN_UNITS})|小时|日|天|a|h))?|星级)"
MISPRINTS = {"千万时": "千瓦时"}
"""Units that are printed wrong now and then; the row says so."""
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
HAN = r"[一二两三四五六七八九十百]+"
BEFORE = {
    "ge": "不低于|不少于|不小于|至少|≥",
    "le": "不高于|不超过|不大于|不得超过|不得高于|≤",
    "gt": "超过|突破|高于|大于|>",
    "lt": "低于|小于|少于|<",
    "approx": "约|大约|接近",
}
AFTER = {"ge": "及以上|以上", "le": "及以下|以下|以内|之内", "approx": "左右|上下"}
FIGURE = re.compile(
    rf"(?P<before>(?:原则上?)?(?:{'|'.join(BEFORE.values())})|控制在|降至|压减至|(?<![\d.a-zA-Z])百分之)?(?P<whole>[\u4e00-\u9fff]{{2,5}}的)?"
    rf"(?P<bracket>\[)?(?P<number>(?<![\d.A-Za-z])(?:{DIGITS})|(?<=百分之){HAN}(?:点{HAN})?|{HAN}(?=(?:至|到){HAN}[个家座]|[个家座][^月别体性人案])|"
    rf"(?<=[至到])(?:{HAN})(?=[个家座]))"
    rf"(?:(?:—|–|-|~|至|到)(?P<upper>{DIGITS}|{HAN}))?\s*(?P<unit>{UNIT})?\]?(?P<after>{'|'.join(AFTER.values())})?"
)
GRADE = re.compile(r"(?P<grade>[ⅠⅡⅢⅣⅤ]|I{1,3}|IV|V)类(?!水体|比例|以上)")
STARS = re.compile(r"(?P<stars>[一二三]星级(?:及以上|以上)?)")
DATE = re.compile(
    r"\d{4}\s*[-—–~至到]\s*\d{4}年?|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?(?:前|底)?|\d{1,2}日"
)
NUMBERED = re.compile(
    r"〔\d{4}〕\d+号|\[\d{4}\]\d+号|第\d+[次届号条章页]|[A-Z]{2,}[/T]*\s?\d+[—-]?\d*|\d+号|\d+[GgKkTt]\b|No\.?\d+"
)
STANDARD = re.compile(r"^(?:的?(?:强制性)?(?:节能|设计|绿色)[^，。；]{0,8}标准|限制政策)")
THRESHOLD = re.compile(r"^(?:\(含\)|（含）)?(?:及以上|以上|及以下|以下|规模以上)?(?:的)?[\u4e00-\u9fff（]")
RADIUS = re.compile(r"^(?:范围|半径|以内的)")
LIMITS = ("上浮", "标杆值", "基准值", "限额值")
HEADING = re.compile(r"^(?:\d{1,2}[.．、]|\d{1,2}(?:\.\d{1,2})+\s|[(（]\d{1,2}[)）]|(?:专栏|表|图|附件|附表)\s?\d+)")
VALUES = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text.

    Attributes:
        start, end: character range with qualifiers, in the text it was found in.
        text: as printed, with its qualifier; ``value`` is None for a grade.
        group: what the number is; only a ``value`` becomes a row.
        ranged: the value is the lower end of a range.
    """

    start: int
    end: int
    text: str
    value: float | None
    unit: str
    comparator: Comparator
    group: Group = "value"
    ranged: bool = False


def fold(text: str) -> str:
    """Return a text with half-width digits and signs, character for character."""
    return text.translate(WIDE)


def figures(text: str) -> list[Figure]:
    """Return every number of a text in order, each with what it is."""
    folded = fold(text)
    taken = [(m.start(), m.end(), "date") for m in DATE.finditer(folded)]
    taken += [(m.start(), m.end(), "heading") for m in HEADING.finditer(folded)]
    taken += [(m.start(), m.end(), "other") for m in NUMBERED.finditer(folded)]
    found = list(_taken(text, taken))
    for match in FIGURE.finditer(folded):
        place = match.start("number")
        if not any(start <= place < end for start, end, _ in taken):
            found.append(_figure(text, folded, match))
    found += [_worded(text, m, m["grade"] + "类", "类") for m in GRADE.finditer(folded)]
    found += [_worded(text, m, m["stars"], "星级") for m in STARS.finditer(folded)]
    return sorted(found, key=lambda each: each.start)


def _taken(text: str, spans: list[tuple[int, int, str]]) -> Iterator[Figure]:
    end_of_last = 0
    for start, end, group in sorted(spans):
        if start >= end_of_last:
            end_of_last = end
            yield Figure(start, end, text[start:end], None, "", "eq", group)  # type: ignore[arg-type]  # of the list


def _worded(text: str, match: "re.Match[str]", printed: str, unit: str) -> Figure:
    comparator: Comparator = "ge" if printed.endswith("以上") else "eq"
    return Figure(match.start(), match.end(), text[match.start() : match.end()], None, unit, comparator)


def _figure(text: str, folded: str, match: "re.Match[str]") -> Figure:
    before, after, unit = match["before"] or "", match["after"] or "", match["unit"] or ""
    start = match.start("before") if before and before not in {"降至", "压减至"} else match.start("number")
    if match["bracket"] and not before:
        start = match.start("bracket")
    end = match.end()
    rest = folded[end:]
    if before == "控制在" and not after:
        start = match.start("number")
    value = han_value(match["number"]) if not match["number"][0].isdigit() else float(match["number"].replace(",", ""))
    if "百分之" in before:
        unit = "%"
    if unit == "百分点":
        unit = "个百分点"
    for wrong, right in MISPRINTS.items():
        unit = unit.replace(wrong, right)
    ranged = match["upper"] is not None
    comparator = "ge" if ranged else _comparator(before, after)
    group = _group(folded[max(0, match.start() - 12) : match.start("number")], after, unit, rest)
    return Figure(start, end, text[start:end], value, unit, comparator, group, ranged)


def _comparator(before: str, after: str) -> Comparator:
    for comparator, words in BEFORE.items():
        if any(before.removeprefix("原则上").removeprefix("原则") == word for word in words.split("|")):
            return comparator  # type: ignore[return-value]  # the keys of BEFORE are comparators
    for comparator, words in AFTER.items():
        if after in words.split("|"):
            return comparator  # type: ignore[return-value]  # the keys of AFTER are comparators
    return "eq"


def _group(lead: str, after: str, unit: str, rest: str) -> Group:
    """Say what a number is from what stands around it."""
    if STANDARD.match(rest) or any(word in lead for word in LIMITS) or "蒸吨" in unit or unit == "年":
        return "value" if unit == "年" and "时限" in lead else "threshold"
    if unit in ("公里", "米") and RADIUS.match(rest):
        return "threshold"
    counted = unit and unit not in ("%", "‰", "个百分点", "家", "个")
    limits = after or rest.startswith(("规模以上", "（含）", "(含)"))
    if counted and limits and THRESHOLD.match(rest) and not rest.startswith(("和", "及", "，", "、", "）")):
        return "threshold"
    return "value"


def han_value(text: str) -> float:
    """Return the value of Chinese numerals: 七十五 → 75, 十二点五 → 12.5, 一百二 is read as 102."""
    whole, _, rest = text.partition("点")
    total, digit = 0, 0
    for character in whole:
        if character == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif character == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = VALUES.get(character, 0)
    decimals = "".join(str(VALUES.get(character, 0)) for character in rest)
    return float(f"{total + digit}.{decimals or 0}")
