"""The plans a reader of a view can choose from: few as buttons, many as a list by province, the near ones first."""

from collections import Counter
from typing import Any

from geoapp.model.dataset import Dataset
from geoapp.model.plan import Plan
from geoapp.model.region import CHINA, Adcode
from geoapp.model.view import View

Json = dict[str, Any]
MOST_CHIPS = 10
"""Plans that stand side by side above the choices; more are in a list to be searched."""

INSIDE, ELSEWHERE = 8, 9
"""Ranks of plans behind a region's own (0) and its parents' (1 and more)."""


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
