"""The index of regions: those that plans speak of first, then the way down to all others."""

from collections import Counter

from geoapp.analysis.undertakings import layer_of
from geoapp.model.plan import Park, Plan, Project
from geoapp.model.region import CHINA, Adcode
from geoapp.model.view import POINT_LAYERS, PointLayer
from geoapp.pages.base import REGIONS, Json, Library, plan_link, region_step
from geoapp.pages.many.fold import Asked, fold

MOST = 400
"""Rows of one page: a region each."""


def regions_page(library: Library, lang: str, asked: Asked | None = None) -> Json:
    """Return the regions of each plan with what they have, and the prefectures of every province."""
    sizes = {
        plan.id: len(_codes(library, plan)) if plan.extent == "whole" else 1 for plan in library.dataset.goal_plans
    }
    shown, folded = fold(library, sizes, MOST, asked, lang)
    provinces = library.gazetteer.children(CHINA)
    return {
        "title": REGIONS.say(lang),
        "trail": [],
        "plans": [_of_plan(library, plan, lang) for plan in shown.dataset.goal_plans],
        "provinces": [
            {**region_step(each), "below": [region_step(below) for below in library.gazetteer.children(each.adcode)]}
            for each in provinces
        ],
        **({"folded": folded} if folded else {}),
        **library.foot(lang),
    }


def _codes(library: Library, plan: Plan) -> set[Adcode]:
    """Return the regions that a plan's part of the page has a row for."""
    mine = library.records_of(plan)
    below = {each.adcode for each in library.gazetteer.children(plan.region)}
    return {plan.region, *below, *(each.adcode for each in mine.targets), *(each.adcode for each in mine.points)}


def _of_plan(library: Library, plan: Plan, lang: str) -> Json:
    mine = library.records_of(plan)
    points: dict[PointLayer, list[Park | Project]] = {layer: [] for layer in POINT_LAYERS}
    for point in mine.points:
        points[layer_of(point)].append(point)
    counts = {"targets": Counter(each.adcode for each in mine.targets)}
    counts |= {str(layer): Counter(each.adcode for each in named) for layer, named in points.items()}
    codes = sorted(_codes(library, plan), key=lambda code: (code != plan.region, code))
    rows = [
        {**region_step(library.region(code)), **{kind: counter[code] for kind, counter in counts.items()}}
        for code in codes
    ]
    return {**plan_link(plan, lang), "extent": plan.extent, "regions": rows}
