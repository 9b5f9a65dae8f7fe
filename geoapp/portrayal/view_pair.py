"""Two views of one region as one table: each area once, what either says of it, and the difference."""

from typing import Any

from geoapp.analysis.progress.method import clean
from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.model.phrase import Phrase
from geoapp.portrayal.progress import NOTHING, signed
from geoapp.portrayal.view_content import notice, sources, status_words

Json = dict[str, Any]


def view_pair(one: ResolvedView, two: ResolvedView) -> Json:
    """Return what two views show as rows.

    A difference (the second minus the first) is given where both show the same indicator, both values are a region's
    own and in its unit; a text, a lent value or a missing one has none.

    Args:
        one, two: views of the same region at the same level, in one language.
    """
    lang = one.view.lang
    same = one.view.indicator == two.view.indicator
    beside = {area.region.adcode: area for area in two.areas}
    areas = [(area, beside[area.region.adcode]) for area in one.areas if area.region.adcode in beside]
    if all(area.region.adcode != one.region.adcode for area in one.areas):
        areas = [(one.whole, two.whole), *areas]
    cited = {each["title"]: each for each in (*sources(one), *sources(two))}
    return {
        "title": Phrase("{first}；{second}", {"first": one.title, "second": two.title}).say(lang),
        "a": _side(one),
        "b": _side(two),
        "comparable": same,
        "rows": [_row(first, second, lang, same=same) for first, second in areas],
        "sources": list(cited.values()),
        "notice": notice(one.view).say(lang),
    }


def _side(shown: ResolvedView) -> Json:
    lang = shown.view.lang
    return {
        "title": shown.title.say(lang),
        "subtitle": shown.subtitle.say(lang),
        "unit": shown.unit,
        "view": shown.view.query(),
    }


def _row(first: Area, second: Area, lang: str, *, same: bool) -> Json:
    numbers = [_own(each) for each in (first, second)]
    difference = clean(numbers[1] - numbers[0]) if same and None not in numbers else None  # type: ignore[operator]
    return {
        "adcode": first.region.adcode,
        "name": first.region.name,
        "a": _cell(first, lang),
        "b": _cell(second, lang),
        "difference": difference,
        "difference_label": NOTHING
        if difference is None
        else signed(difference, first.resolution.indicator.unit, lang),
    }


def _own(area: Area) -> float | None:
    return area.resolution.number if area.resolution.status == "own" else None


def _cell(area: Area, lang: str) -> Json:
    answer = area.resolution
    plan = answer.plan if answer.status == "own" else None
    return {
        "status": answer.status,
        "value": _own(area),
        "label": area.label if answer.status == "own" else "",
        "words": status_words(area, lang),
        "plan": plan.id if plan else None,
        "source": plan.short_title.get(lang) if plan else "",
        "section": answer.section if plan else "",
    }
