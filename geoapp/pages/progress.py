"""Statuses per plan and indicator: what users of a tracker ask for first."""

from collections import Counter
from collections.abc import Iterable, Sequence

from geoapp.analysis.progress.statuses import JUDGED, PROGRESS_WORDS, UNJUDGED
from geoapp.analysis.progress.tracker import Progress
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Plan
from geoapp.pages.base import Json, Library, plan_link
from geoapp.pages.many.fold import Asked, fold
from geoapp.portrayal.cards import TIER_WORDS
from geoapp.portrayal.progress import cells, reason

TITLE = Phrase("目标完成情况")
STATUSES = (*JUDGED, *UNJUDGED)


MOST = 300
"""Rows of one page: an indicator of a plan each."""


def progress_page(library: Library, lang: str, asked: Asked | None = None) -> Json:
    """Return how many goals of each plan, and of each indicator in it, have which status."""
    known: dict[str, list[Progress]] = {plan.id: [] for plan in library.dataset.plans}
    for each in library.cards.tracker.all:
        known[each.target.plan].append(each)
    sizes = {plan.id: _rows(known[plan.id]) for plan in library.dataset.goal_plans}
    shown, folded = fold(library, sizes, MOST, asked, lang)
    plans = [(plan, goals) for plan in shown.dataset.goal_plans if (goals := known[plan.id])]
    told = [each for plan in library.dataset.goal_plans for each in known[plan.id]]
    return {
        "words": _words(told, lang),
        "counts": _counts(told),
        "title": TITLE.say(lang),
        "trail": [],
        "statuses": [{"id": status, "words": PROGRESS_WORDS[status].say(lang)} for status in STATUSES],
        "plans": [
            {
                **plan_link(plan, lang),
                "words": _words(goals, lang),
                "counts": _counts(goals),
                "indicators": _by_indicator(library, plan, goals, lang),
            }
            for plan, goals in plans
        ],
        **({"folded": folded} if folded else {}),
        **library.foot(lang),
    }


def _rows(goals: Sequence[Progress]) -> int:
    """Return how many rows a plan has on the page: one where nothing is known of any goal, else one an indicator."""
    told = any(each.verdict.status != "no_result" for each in goals)
    return len({(each.target.indicator, each.target.target_year) for each in goals}) if told else min(len(goals), 1)


def plan_progress(library: Library, plan: Plan, lang: str) -> Json | None:
    """Return what became of a plan's goals; None for a plan without measurable ones or without any result."""
    goals = _of(library, plan)
    told = [each for each in goals if each.verdict.status != "no_result"]
    if not goals or plan.kind == "results":
        return None
    return {
        "words": _words(goals, lang),
        "counts": _counts(goals),
        "rows": [_row(library, each, lang) for each in told],
    }


def _of(library: Library, plan: Plan) -> list[Progress]:
    return [each for each in library.cards.tracker.all if each.target.plan == plan.id]


def _counts(goals: Iterable[Progress]) -> dict[str, int]:
    counts = Counter(each.verdict.status for each in goals)
    return {status: counts[status] for status in STATUSES}


def _words(goals: Sequence[Progress], lang: str) -> str:
    """Say of how many goals how many are reached, missed and open."""
    counts = _counts(goals)
    return Phrase(
        "{all} 个可计量的目标中：完成 {reached} 个，进度达标 {on_track} 个，进度滞后 {behind} 个，"
        "未完成 {not_reached} 个，暂无结果 {no_result} 个，不可比 {not_comparable} 个。",
        {"all": len(goals), **counts},
    ).say(lang)


def _by_indicator(library: Library, plan: Plan, goals: Iterable[Progress], lang: str) -> list[Json]:
    groups: dict[tuple[str, int], list[Progress]] = {}
    for each in goals:
        groups.setdefault((each.target.indicator, each.target.target_year), []).append(each)
    return [
        {
            "id": name,
            "title": library.resolver.indicators[name].title.get(lang),
            "year": year,
            "counts": _counts(group),
            "url": Address(f"/indicators/{name}"),
            "map": Address(f"/?region={plan.region}&indicator={name}&year={year}&measure=status"),
        }
        for (name, year), group in groups.items()
    ]


def _row(library: Library, found: Progress, lang: str) -> Json:
    target = found.target
    indicator = library.resolver.indicators[target.indicator]
    cited = [library.cards.statistic(each, lang)["citation"] for each in found.results]
    return {
        "indicator": target.indicator,
        "indicator_name": indicator.title.get(lang),
        "tier_words": TIER_WORDS[target.tier].say(lang) if target.tier else "",
        "adcode": target.adcode,
        "region_name": target.region_name,
        "cells": cells(found, indicator.unit, lang),
        "progress": found.verdict.status,
        "progress_reason": reason(found, lang),
        "sources": list({each["text"]: each for each in cited}.values()),
    }
