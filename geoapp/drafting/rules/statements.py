"""What was found to be measured becomes rows: year, base year, divisions, goal or figure of the past."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoapp.drafting.language.figures import Figure
from geoapp.drafting.language.years import base_year, mentions, without_years
from geoapp.drafting.rows import Row, Table
from geoapp.drafting.rules.context import Context
from geoapp.drafting.rules.goals import STRIVE, statistic, target
from geoapp.drafting.rules.sentences import Sentence

PAST_TENSE = re.compile(r"超额完成|已(?:经)?(?:达|完成|建成|实现)|完成了|达到了|同比增长|建成了")
TASK = re.compile(r"下达的?[^，。]{0,16}$|目标任务|任务目标")


@dataclass(slots=True)
class Found:
    """What a group of figures was found to measure: one indicator a figure, or several for one.

    Attributes:
        places: the division of each figure, where a list of divisions and 分别 say so.
    """

    pairs: list[tuple[Figure, str]]
    subject: str
    rule: str
    each: bool = False
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says around its figures; ``named`` says that the year is printed there."""

    table: Table
    year: int | None
    period: bool
    named: bool
    places: Sequence[str]
    base: int | None
    strives: bool
    lead: str


def rows_of(context: Context, sentence: Sentence, found: Found) -> Iterator[Row]:
    """Yield the rows of what was found: one for each figure and each division it is said of."""
    said = _said(context, sentence, found)
    for at, (figure, indicator) in enumerate(found.pairs):
        for place in found.places[at : at + 1] or said.places:
            if said.table == "statistics":
                row = _statistic(context, sentence, figure, indicator, place, said, found.rule)
            else:
                row = _target(context, sentence, found, at, place, said)
            if found.each:
                row.add_caveat("applies_to_each")
            if not said.named:
                row.doubts.add("year")
            if len(said.places) > 1 and not found.places:
                row.doubts.add("list")
            yield row


def _said(context: Context, sentence: Sentence, found: Found) -> _Said:
    """Read what is said around figures: their year, whether they are goals, where and how firmly."""
    first = found.pairs[0][0]
    lead = sentence.text[: first.start]
    year, period, named = _year_of(sentence, first)
    table = _table(context, sentence, lead, year, found)
    if table == "targets" and year is None and context.is_past(sentence.section):
        year = context.page.base_year  # a duty of the period before, without its year
    places = _places(context, lead, found) or [context.places.whole]
    return _Said(table, year, period, named, places, _base_near(lead), _strives(lead), lead)


def _target(context: Context, sentence: Sentence, found: Found, at: int, place: str, said: _Said) -> Row:
    figure, indicator = found.pairs[at]
    first = found.pairs[0][0]
    clause = re.split(r"[，；：。]", said.lead)[-1]
    row = target(
        context,
        figure,
        indicator,
        place=place,
        section=sentence.section,
        year=said.year,
        base=said.base,
        around=clause + sentence.text[first.start : figure.start],
        start=sentence.start,
        rule=found.rule,
    )
    if said.strives:
        row.add_caveat("aspirational")
    if len(found.pairs) > 1 and not found.each:
        _list_comparator(row, found, at)
    return row


def _places(context: Context, lead: str, found: Found) -> list[str]:
    """Return the divisions a figure is said of: those its clause begins with, or its subject's clauses."""
    own = context.places.leading(_subject_clause(lead))
    if not own and found.rule in ("before", "both"):
        for part in reversed(re.split(r"[，：]", without_years(found.subject))):
            own = own or context.places.leading(part)
    return [place.name for place in own]


def _base_near(lead: str) -> int | None:
    """Return the base year of the figure's own clause or list of clauses since the last figure."""
    return base_year(re.split(r"[；。，]", lead)[-1])


def _subject_clause(lead: str) -> str:
    """Return the clause before a figure with its year taken off, where a division may lead it."""
    part = re.split(r"[；。，：]", lead)[-1]
    return without_years(part).lstrip("，在")


def _strives(lead: str) -> bool:
    return bool(STRIVE.search(re.split(r"[；。]", lead)[-1][-40:].split("，")[-1])) or bool(
        STRIVE.search(lead[-30:].rsplit("，", maxsplit=1)[-1])
    )


def _year_of(sentence: Sentence, figure: Figure) -> tuple[int | None, bool, bool]:
    """Return the year a figure is for, whether it spans several, and whether it is named in the sentence."""
    named = mentions(sentence.text)
    before = [each for each in named if each.start < figure.start]
    if before:
        return before[-1].year, before[-1].period, True
    return sentence.year, False, sentence.carried


def _table(context: Context, sentence: Sentence, lead: str, year: int | None, found: Found) -> Table:
    """Say whether figures are goals or were measured: by their year, the section, the indicator's nature."""
    known = context.indicators.get(found.pairs[0][1])
    if year is not None and year > context.published_year:
        return "targets"
    if TASK.search(lead[-24:]) and (context.is_past(sentence.section) or (year or 9999) < context.page.start_year):
        return "targets"
    if known is not None and known.better == "none" and known.kind in ("count", "share", "amount", "rate"):
        return "statistics"
    if year is not None and year < context.page.start_year:
        return "statistics"
    if context.is_past(sentence.section) or PAST_TENSE.search(lead[-30:]):
        return "statistics" if year is None or year <= context.published_year else "targets"
    return "targets"


def _statistic(
    context: Context, sentence: Sentence, figure: Figure, indicator: str, place: str, said: _Said, rule: str
) -> Row:
    caveats = ["period_value"] if said.period else []
    year = said.year
    if year is None:
        year = context.page.base_year if context.is_past(sentence.section) else context.published_year
        caveats.append("year_implied")
    return statistic(
        context,
        figure,
        indicator,
        place=place,
        section=sentence.section,
        year=year,
        caveats=caveats,
        start=sentence.start,
        rule=rule,
    )


def _list_comparator(row: Row, found: Found, at: int) -> None:
    """以上 at the end of a list belongs to its last item; 不低于 before it belongs to all."""
    first, last = found.pairs[0][0], found.pairs[-1][0]
    if first.comparator != "eq" and not first.text.endswith(("以上", "以下", "左右")):
        row.fields["comparator"] = first.comparator
    elif last.comparator != "eq" and at < len(found.pairs) - 1:
        row.add_caveat("ambiguous")
