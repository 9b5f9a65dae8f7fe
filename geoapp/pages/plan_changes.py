"""What changed between two plans of a region: the same indicator side by side, raised, lowered, dropped, new."""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import Literal

from geoapp.analysis.resolution.labels import target_label
from geoapp.errors import InvalidView, Issue
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Plan, Target
from geoapp.model.region import Adcode
from geoapp.pages.base import PLANS, Json, Library, plan_link, step, unknown
from geoapp.portrayal.cards import TIER_WORDS

Change = Literal["raised", "lowered", "same", "new", "dropped", "unlike"]
Key = tuple[Adcode, str, str]
TITLE = Phrase("两份规划的变化")
CHANGE_WORDS: Mapping[Change, Phrase] = {
    "raised": Phrase("数值提高"),
    "lowered": Phrase("数值降低"),
    "same": Phrase("不变"),
    "new": Phrase("新增"),
    "dropped": Phrase("不再列"),
    "unlike": Phrase("文字或单位不同，不比较"),
}


def plan_changes(library: Library, one: str, other: str, lang: str) -> Json:
    """Return the goals of two plans side by side, the earlier plan first.

    Raises:
        NotFound: a plan is not known.
        InvalidView: the plans are of two regions, or one and the same.
    """
    plans = sorted((_plan(library, each, lang) for each in (one, other)), key=lambda plan: (plan.end_year, plan.id))
    if one == other:
        raise InvalidView([Issue("b", "is the same plan as a", "name another plan of the region")])
    if plans[0].region != plans[1].region:
        names = [library.region(plan.region).name for plan in plans]
        raise InvalidView(
            [Issue("b", f"the plans are of {names[0]} and {names[1]}", "compare two plans of one region")]
        )
    before, after = (_goals(library, plan) for plan in plans)
    rows = [_row(library, key, before.get(key), after.get(key), lang) for key in dict.fromkeys((*after, *before))]
    rows.sort(key=lambda row: (row["adcode"] != plans[0].region, row["adcode"]))
    counts = Counter(row["change"] for row in rows)
    return {
        "title": TITLE.say(lang),
        "trail": [step(PLANS, "/plans", lang)],
        "region": plans[0].region,
        "region_name": library.region(plans[0].region).name,
        "a": _link(plans[0], lang),
        "b": _link(plans[1], lang),
        "counts": {change: counts[change] for change in CHANGE_WORDS},
        "words": {change: words.say(lang) for change, words in CHANGE_WORDS.items()},
        "rows": rows,
        **library.foot(lang),
    }


def comparable_plans(library: Library, lang: str) -> list[Json]:
    """Return the pairs of plans that stand one after the other in a region, the latest first."""
    by_region: dict[Adcode, list[Plan]] = {}
    for plan in sorted(library.dataset.goal_plans, key=lambda each: (each.end_year, each.id)):
        by_region.setdefault(plan.region, []).append(plan)
    return [
        {
            "a": _link(older, lang),
            "b": _link(newer, lang),
            "region_name": library.region(newer.region).name,
            "url": Address(f"/compare/plans?a={older.id}&b={newer.id}"),
        }
        for plans in by_region.values()
        for older, newer in pairwise(plans)
    ]


def _plan(library: Library, identifier: str, lang: str) -> Plan:
    plan = library.resolver.plans.get(identifier)
    if plan is None:
        raise unknown(PLANS, "/plans", identifier, library.resolver.plans, lang)
    return plan


def _link(plan: Plan, lang: str) -> Json:
    return {**plan_link(plan, lang), "citation": plan.cite(lang)}


def _goals(library: Library, plan: Plan) -> dict[Key, Target]:
    """Return the goals of a plan's last year by region, indicator and tier; the first print of each."""
    found: dict[Key, Target] = {}
    for target in library.dataset.targets:
        if target.plan == plan.id and target.target_year == plan.end_year:
            found.setdefault((target.adcode, target.indicator, target.tier or "basic"), target)
    return found


def _row(library: Library, key: Key, before: Target | None, after: Target | None, lang: str) -> Json:
    indicator = library.resolver.indicators[key[1]]
    numbers = [library.resolver.scale.number(each, indicator) for each in (before, after)]
    change = _change(before, after, numbers)
    known = after or before
    assert known is not None, "a key comes from one of the two plans"
    return {
        "adcode": key[0],
        "region_name": known.region_name,
        "indicator": indicator.id,
        "indicator_name": indicator.title.get(lang),
        "tier": key[2],
        "tier_words": TIER_WORDS["incentive" if key[2] == "incentive" else "basic"].say(lang),
        "unit": library.term("unit", indicator.unit, lang),
        "a": _side(before, numbers[0]),
        "b": _side(after, numbers[1]),
        "change": change,
        "change_words": CHANGE_WORDS[change].say(lang),
    }


def _side(target: Target | None, number: float | None) -> Json | None:
    if target is None:
        return None
    return {
        "id": target.id,
        "label": target_label(target),
        "value": number,
        "value_text": target.value_text,
        "base_year": target.base_year,
        "target_year": target.target_year,
        "section": target.section,
    }


def _change(before: Target | None, after: Target | None, numbers: list[float | None]) -> Change:
    if before is None:
        return "new"
    if after is None:
        return "dropped"
    old, new = numbers
    if old is None or new is None:
        return "same" if before.value_text == after.value_text else "unlike"
    return "same" if old == new else "raised" if new > old else "lowered"
