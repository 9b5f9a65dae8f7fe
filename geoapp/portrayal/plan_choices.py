"""The plans and periods a reader of a view can choose from: few plans as buttons, many as a list by province."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from geoapp.analysis.periods import five_years
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Plan
from geoapp.model.region import CHINA, Adcode
from geoapp.model.view import Period, View

Json = dict[str, Any]
MOST_CHIPS = 10
"""Plans that stand side by side above the choices; more are in a list to be searched."""

PERIODS = {
    2010: Phrase("十一五"),
    2015: Phrase("十二五"),
    2020: Phrase("十三五"),
    2025: Phrase("十四五"),
    2030: Phrase("十五五"),
    2035: Phrase("十六五"),
}
"""Short names of five-year plans by their last year."""
INSIDE, ELSEWHERE = 8, 9
"""Ranks of plans behind a region's own (0) and its parents' (1 and more)."""


def period_choices(held: Mapping[Period, int], lang: str) -> list[Json]:
    """Return the five-year periods that a region has data of, with how many records each has.

    Args:
        held: records by period (see :meth:`Periods.inside`).
    """
    return [
        {
            "id": f"{first}-{last}",
            "title": PERIODS[last].say(lang),
            "words": Phrase("{first}–{last}年，{n}条记录", {"first": first, "last": last, "n": count}).say(lang),
            "count": count,
        }
        for (first, last), count in held.items()
        if last in PERIODS  # a goal for 2060 makes no period of its own
    ]


def chosen_period(view: View) -> str:
    """Return the period a view stands in: the one that is chosen, else the five-year plan of its year."""
    period = view.period or (five_years(view.year) if view.year else None)
    return f"{period[0]}-{period[1]}" if period else ""


def plan_chips(choices: list[Json]) -> list[Json]:
    """Return the choices that stand as buttons: all of few, the near ones of many.

    The region that is shown has a button for each period; any other has one, for the year of the view where a plan
    of it is in force then. The country has its own button always.
    """
    if len(choices) <= MOST_CHIPS:
        return choices
    found: dict[Any, Json] = {}
    for each in choices:
        key = (each["region"], each["period"] if each["own"] else "")
        if each["near"] and each["region"] != CHINA and (key not in found or each["fits"] > found[key]["fits"]):
            found[key] = each
    return list(found.values())[:MOST_CHIPS]


def plan_choices(dataset: Dataset, view: View) -> list[Json]:
    """Return the plans to choose from, those that matter in a region first: its own, its parents', its parts'.

    Each names the province it stands under. A region of several plans tells them apart by their periods.
    """
    regions = {region.adcode: region for region in dataset.regions}
    several = Counter(plan.region for plan in dataset.goal_plans)

    def line(adcode: Adcode) -> list[Adcode]:
        parent = regions[adcode].parent
        return [adcode, *(line(parent) if parent is not None else [])]

    here = line(view.region)

    def rank(plan: Plan) -> int:
        if plan.region in here:
            return here.index(plan.region)
        return INSIDE if view.region != CHINA and view.region in line(plan.region) else ELSEWHERE

    def order(plan: Plan) -> tuple[int, bool, str, int, str]:
        return rank(plan), plan.extent != "whole", plan.region, plan.end_year, plan.id

    found = []
    for plan in sorted(dataset.goal_plans, key=order):
        choice = _plan_choice(plan, regions[plan.region].name, view)
        period = f" {choice['period']}" if several[plan.region] > 1 else ""
        top = line(plan.region)[-2:][0]
        found.append(
            {
                **choice,
                "button": choice["button"] + period,
                "own": plan.region == view.region,
                "fits": view.year is not None and plan.start_year <= view.year <= plan.end_year,
                "near": rank(plan) < ELSEWHERE or (view.region == CHINA and plan.extent == "whole"),
                "province": regions[top].name,
            }
        )
    return found


def _plan_choice(plan: Plan, region: str, view: View) -> Json:
    language = "&lang=en" if view.lang == "en" else ""
    return {
        "id": plan.id,
        "region": plan.region,
        "region_name": region,
        "year": plan.end_year,
        "name": plan.short_title.get(view.lang),
        "button": plan.place_en if view.lang == "en" else region,
        "period": f"{plan.start_year}–{plan.end_year}" if plan.start_year != plan.end_year else str(plan.end_year),
        "query": f"region={plan.region}&year={plan.end_year}{language}",
    }
