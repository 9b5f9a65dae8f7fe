"""What is said of a goal's progress: the words of the trade, the reasons, the figures with their documents."""

from collections.abc import Callable, Mapping
from typing import Any

from geoapp.analysis.progress.measures import points_in
from geoapp.analysis.progress.method import clean
from geoapp.analysis.progress.statuses import MEASURES, PROGRESS_WORDS
from geoapp.analysis.progress.tracker import COUNTED_FROM_BASE, Progress
from geoapp.analysis.resolution.labels import format_number, target_label
from geoapp.analysis.resolution.resolve import EACH_WORDS
from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.model.phrase import Phrase, sense
from geoapp.model.plan import Indicator, Statistic

Json = dict[str, Any]
COMPUTED = Phrase("由图集按公布的数值计算，不是文件原文")
METHODS: Mapping[str, Phrase] = {
    "rate": Phrase(
        "降幅或增幅按目标原文的“以上”“达到”“以内”比较；未到目标年时与基年到目标年的直线比较，结果须与目标同一基年"
    ),
    "annual_rate": Phrase("年均速率按各年结果折算的年均值（复合）比较，每年要求相同"),
    "level": Phrase("水平值按目标原文的“达到”“不超过”“不低于”比较；未到目标年时与基年值到目标值的直线比较"),
    "qualitative": Phrase("文字或等级目标没有数值，图集不判断是否完成"),
}


def progress_method(indicator: Indicator) -> Phrase:
    """Say in one sentence how goals of an indicator are held against results; ``docs/progress.md`` says the rest."""
    if indicator.kind in ("qualitative", "grade"):
        return METHODS["qualitative"]
    if indicator.kind == "annual_rate":
        return METHODS["annual_rate"]
    counts = indicator.is_cut or indicator.kind in (*COUNTED_FROM_BASE, "rate")
    return METHODS["rate" if counts else "level"]


NOBODY: Json = {
    "achieved": None,
    "achieved_year": None,
    "expected": None,
    "gap": None,
    "progress": None,
    "progress_words": "",
    "progress_reason": "",
    "completion": None,
    "advance": None,
    "time_share": None,
    "achieved_computed": False,
    "track": None,
    "results": [],
    "not_compared": [],
}
"""The fields of an answer that has no goal of its own to be held against anything."""


def progress_fields(found: Progress | None, statistic: Callable[[Statistic], Json], lang: str) -> Json:
    """Return what ``/resolve`` says of a goal's progress.

    Args:
        statistic: makes a printed figure, with its citation, of a record.
    """
    if found is None:
        return NOBODY
    verdict = found.verdict
    return {
        "achieved": verdict.achieved,
        "achieved_year": verdict.achieved_year,
        "expected": verdict.expected,
        "gap": verdict.gap,
        "progress": verdict.status,
        "progress_words": PROGRESS_WORDS[verdict.status].say(lang),
        "progress_reason": reason(found, lang),
        "completion": verdict.completion,
        "advance": verdict.advance,
        "time_share": verdict.time_share,
        "achieved_computed": found.computed,
        "track": track_of(found),
        "results": [statistic(each) for each in found.results],
        "not_compared": [{**statistic(each.statistic), "reason": each.reason.say(lang)} for each in found.refused],
    }


def track_of(found: Progress) -> Json | None:
    """Return the two ends of the planned line and the results by year; None where either is not known."""
    goal = found.goal
    if goal is None or goal.base_year is None or not found.series or goal.path == "steady":
        return None
    start = 0.0 if goal.path == "zero" else found.base
    if start is None:
        return None
    achieved = [each for each in found.series if each[0] <= goal.target_year]
    return {
        "planned": [[goal.base_year, start], [goal.target_year, goal.number]],
        "achieved": [list(e) for e in achieved],
    }


def reason(found: Progress, lang: str) -> str:
    """Say why there is no judgement, or that a number is computed; empty where there is nothing to say."""
    if found.verdict.reason is not None:
        return found.verdict.reason.say(lang)
    return COMPUTED.say(lang) if found.computed else ""


def sentence(found: Progress, unit: str, lang: str) -> str:
    """Say in one sentence how far a goal has come: achieved, year, status, the planners' own measures."""
    verdict = found.verdict
    words = PROGRESS_WORDS[verdict.status]
    if verdict.achieved is None:
        return Phrase("{status}：{reason}", {"status": words, "reason": reason(found, lang)}).say(lang)
    said = Phrase(
        "{year}年实际 {value}，{status}",
        {"year": verdict.achieved_year, "value": quantity(verdict.achieved, unit), "status": words},
    )
    if verdict.reason is not None:
        return Phrase("{said}：{reason}", {"said": said, "reason": verdict.reason}).say(lang)
    early = verdict.achieved_year != found.target.target_year
    if verdict.gap is not None and verdict.expected is not None:
        values = {"said": said, "expected": quantity(verdict.expected, unit), "gap": signed(verdict.gap, unit, lang)}
        ahead = Phrase("{said}（按计划应为 {expected}，差距 {gap}）", values)
        said = ahead if early else Phrase("{said}（差距 {gap}）", values)
    if early and verdict.advance is not None and verdict.time_share is not None:
        values = {"said": said, "advance": per_cent(verdict.advance), "time": per_cent(verdict.time_share)}
        said = Phrase("{said}；累计进度 {advance}，时间进度 {time}", values)
    if found.computed:
        said = Phrase("{said}；{note}", {"said": said, "note": COMPUTED})
    return said.say(lang)


HEADS = (sense("one", "目标"), Phrase("实际"), Phrase("差距"), Phrase("完成情况"))
NOTHING = "—"


def heads(lang: str) -> list[str]:
    """Return the heads of the columns that stand beside a region's name."""
    return [head.say(lang) for head in HEADS]


def cells(found: Progress, unit: str, lang: str) -> list[str]:
    """Return a row of a table: target, achieved with its year, gap, status."""
    verdict = found.verdict
    achieved = NOTHING
    if verdict.achieved is not None:
        values = {"value": quantity(verdict.achieved, unit), "year": verdict.achieved_year}
        late = verdict.achieved_year != found.target.target_year
        achieved = Phrase("{value}（{year}年）", values).say(lang) if late else str(values["value"])
    gap = NOTHING if verdict.gap is None else signed(verdict.gap, unit, lang)
    return [target_label(found.target), achieved, gap, PROGRESS_WORDS[verdict.status].say(lang)]


def measures(resolved: ResolvedView) -> Json:
    """Return what of the goals can be shown, where any of them was held against a result; else nothing."""
    lang = resolved.view.lang
    if not resolved.measurable and resolved.view.measure == "target":
        return {}
    columns = {} if resolved.view.measure == "target" else {"columns": heads(lang)}
    named = [{"id": each, "title": title} for each, title in zip(MEASURES, heads(lang), strict=True)]
    return {"measure": resolved.view.measure, "measures": named, **columns}


def progress_words(area: Area, lang: str) -> str:
    """Say a goal and how far it has come."""
    found = area.progress
    assert found is not None, "only a goal of a region's own has one"
    if ("words", lang) not in found.said:
        values = {
            "value": target_label(found.target),
            "each": EACH_WORDS[found.target.each] if found.target.each else "",
        }
        goal = Phrase("目标 {value}（{each}）", values) if found.target.each else Phrase("目标 {value}", values)
        said = sentence(found, area.resolution.indicator.unit, lang)
        found.said["words", lang] = Phrase("{goal}；{said}", {"goal": goal, "said": said}).say(lang)
    return str(found.said["words", lang])


def measured(area: Area, found: Progress, lang: str) -> Json:
    """Return what the list of a map says of a goal: its status, and the row of a table."""
    if ("cells", lang) not in found.said:
        found.said["cells", lang] = cells(found, area.resolution.indicator.unit, lang)
    return {"progress": found.verdict.status, "cells": found.said["cells", lang]}


def quantity(number: float, unit: str) -> str:
    """Print a number with its unit, as a table would."""
    shown = format_number(_readable(number))
    spacer = "" if unit.startswith(("%", "‰", "个")) else " "
    return f"{shown}{spacer}{unit}" if unit and unit != "-" else shown


def signed(number: float, unit: str, lang: str) -> str:
    """Print a difference with its sign; between two per cents it is percentage points, in English short for a table."""
    points = unit if unit != "%" else "pp" if lang == "en" else points_in(lang)
    return ("+" if number > 0 else "") + quantity(number, points)


def per_cent(share: float) -> str:
    """Print a share as per cent with one digit."""
    return f"{format_number(round(100 * share, 1))}%"


def _readable(number: float) -> float:
    """Round what the atlas computes to four digits; a printed number has no more."""
    return clean(float(f"{number:.4g}")) if abs(number) < 1e4 else round(number, 1)
