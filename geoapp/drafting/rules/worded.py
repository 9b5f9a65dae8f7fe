"""Goals without a figure: shares worded as all (全面, 全部), grades (Ⅱ类), and goals in words only."""

import re
from collections.abc import Iterator

from geoapp.drafting.language.terms import ALL, Match, plain
from geoapp.drafting.language.years import mentions
from geoapp.drafting.reading.document import Block
from geoapp.drafting.rows import Row
from geoapp.drafting.rules.context import GOAL, Context
from geoapp.drafting.rules.goals import STRIVE, sector_of
from geoapp.drafting.rules.sentences import Sentence, sentences

CLAUSE = re.compile(r"[^，。；;：！？]+")
ALL_WORDS = re.compile(
    r"全面(?:执行|实施|实现|完成|推行|淘汰|建成|达到)?|全部|全覆盖|全收集|全处理|所有|(?<!超额)(?<!确保)完成(?!情况|自治区|省|市|国家|上级|下达)"
)
PREDICATE = re.compile(
    r"(?:更加|进一步|显著|明显|大幅度?|不断|全面|有效|基本|逐步|持续|稳步|初步|深化巩固)(?:得到)?(?:保障|提升|提高|健全|完善|增强|优化|壮大|加大|改善|形成|"
    r"建立|建成|落实|控制|回落|淘汰|合理|推广|执行|达到国内先进水平|达到[^，。；]{2,10}水平)|取得[^，。；]{0,6}成效|"
    r"(?:基本)?达到(?:或接近)?[^，。；]{2,10}(?:水平|要求)|得到[^，。；]{2,6}(?:控制|保障)|实现新突破|展现新作为|迈上新台阶|显现新风貌|布局合理|"
    r"(?:全面|如期|确保)?完成(?!情况)(?:[^，。；]{0,8}下达)?[^，。；]{0,6}(?:目标|任务)*|转变|新局面|一批|等量或减量替代|"
    r"不得超过[^，。；]{2,20}|(?:加快|基本|严格|全面)?(?:淘汰|关停)|推广|提升|提高|基本形成|开展[^，。；]{0,12}建设|(?:全面|初步)?建成|如期实现|基本级|实现"
)
CLOSING = re.compile(r"保障|组织(?:领导|实施|落实)|监督|考核|宣传")
"""Chapters that say who does it and who checks; their duties are no goals."""
GAP_BEFORE = 60


def worded_rows(context: Context) -> Iterator[Row]:
    """Yield the goals in words of all paragraphs."""
    for block in context.document.blocks:
        if block.kind != "paragraph" or block.number in context.outline.standing:
            continue
        for sentence in sentences(context, block):
            yield from _shares(context, sentence)
            yield from _qualities(context, sentence, block)


def _shares(context: Context, sentence: Sentence) -> Iterator[Row]:
    """Yield shares that are worded as all."""
    seen: set[str] = set()
    for clause in CLAUSE.finditer(sentence.text):
        word = ALL_WORDS.search(clause[0])
        if word is None or (context.is_past(sentence.section) and not _dated(context, sentence)):
            continue
        whole = _with_list(sentence.text, clause.start(), clause.end())
        own = {match.indicator for match in context.book.matches(clause[0], ALL, clause[0])}
        matches = context.book.matches(whole, ALL, whole) or _over_clauses(context, sentence.text, clause)
        for match in matches:
            if match.indicator in seen and match.indicator not in own:
                continue
            seen.add(match.indicator)
            row = _row(context, sentence, clause, match.indicator, word[0])
            row.fields |= {"value": "100", "unit": "%"}
            row.rule = "all"
            row.add_caveat("worded_as_all")
            yield row


def _over_clauses(context: Context, text: str, clause: "re.Match[str]") -> list[Match]:
    """Return what a clause names together with the one before it: 对于存量项目，通过改造全部达到基准水平."""
    before = re.split(r"[；。]", text[: clause.start()])[-1]
    whole = "，".join(before.split("，")[-2:]) + clause[0]
    matches = context.book.matches(whole, ALL, whole)
    boundary = len(plain(whole)) - len(plain(clause[0]))
    return [m for m in matches if m.end > boundary]


def _with_list(text: str, start: int, end: int) -> str:
    """Return a clause with the list it ends: 棋盘井、蒙西…以及其他地区…全面实现超低排放."""
    return (
        text[max(0, start - GAP_BEFORE) : end].rsplit("；", maxsplit=1)[-1].rsplit("。", maxsplit=1)[-1]
        if text[start:end].count("、")
        else text[start:end]
    )


def _qualities(context: Context, sentence: Sentence, block: Block) -> Iterator[Row]:
    """Yield goals whose indicator is made of words, where a predicate says what becomes of it."""
    dated = _dated(context, sentence) or any(word in context.headings(sentence.section) for word in GOAL)
    seen: set[tuple[str, str]] = set()
    if not dated and (context.is_past(sentence.section) or CLOSING.search(context.headings(sentence.section))):
        return
    for clause in CLAUSE.finditer(sentence.text):
        matches = [m for m in context.book.matches(clause[0], "", sentence.text) if _is_quality(context, m.indicator)]
        for match in matches:
            predicate = _predicate(clause[0])
            needs = bool(context.book.needs(match.indicator, clause[0]))
            if predicate and (dated or needs) and (match.indicator, predicate) not in seen:
                seen.add((match.indicator, predicate))
                yield from _said_of(context, sentence, clause, match, predicate)


def _said_of(
    context: Context, sentence: Sentence, clause: "re.Match[str]", match: Match, predicate: str
) -> Iterator[Row]:
    lead = sentence.text[: clause.start()] + clause[0]
    part = re.split(r"[，；。]", lead)[-1]
    places = [place.name for place in context.places.leading(part)] or [context.places.whole]
    for place in places:
        row = _row(context, sentence, clause, match.indicator, predicate, match.pieces[0])
        row.fields["name_in_source"] = place
        row.rule = "words"
        row.add_caveat("verbal")
        yield row


def _is_quality(context: Context, indicator: str) -> bool:
    known = context.indicators[indicator]
    return known.kind == "qualitative" or (known.kind == "grade" and not known.unit)


def _predicate(clause: str) -> str:
    found = PREDICATE.search(clause)
    return found[0] if found else ""


def _dated(context: Context, sentence: Sentence) -> bool:
    named = [each.year for each in mentions(sentence.text)]
    return any(year >= context.page.start_year for year in named) or (sentence.year or 0) >= context.page.start_year


def _row(
    context: Context, sentence: Sentence, clause: "re.Match[str]", indicator: str, printed: str, piece: str = ""
) -> Row:
    place = sentence.text.find(piece, clause.start()) if piece else -1
    edge = place if place >= 0 else clause.end()
    named = [each for each in mentions(sentence.text) if each.start < edge and each.year >= context.page.start_year]
    year = named[-1].year if named else sentence.year
    caveats = []
    if year is None or year < context.page.start_year:
        year = context.page.end_year
        caveats.append("target_year_implied")
    if STRIVE.search(clause[0]):
        caveats.append("aspirational")
    at = clause.start() + clause[0].find(printed)
    places = context.places.leading(clause[0])
    fields = {
        "name_in_source": places[0].name if places else context.places.whole,
        "indicator": indicator,
        "value": "",
        "value_text": printed,
        "unit": "",
        "comparator": "eq",
        "direction": "reach",
        "base_year": "",
        "target_year": str(year),
        "nature": "",
        "tier": "",
        "sector": sector_of(context, indicator),
        "section": sentence.section,
        "caveats": ";".join(caveats),
    }
    row = Row("targets", fields, sentence.start + at, sentence.start + at + len(printed), "words")
    if "target_year_implied" in caveats:
        row.doubts.add("year")
    return row
