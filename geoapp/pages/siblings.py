"""A region beside its siblings and the division above, for the same indicator; one chart for each tier."""

from dataclasses import replace
from typing import Any

from geoapp.analysis.resolution.labels import target_label
from geoapp.analysis.resolution.resolve import Resolution, Resolver
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.region import Level, Region
from geoapp.model.view import View
from geoapp.model.vocabulary import Tier
from geoapp.portrayal.cards import TIER_WORDS

Json = dict[str, Any]
OTHER: dict[Tier, Tier] = {"basic": "incentive", "incentive": "basic"}


def sibling_charts(region: Region, view: View, gazetteer: Gazetteer, resolver: Resolver) -> list[Json]:
    """Return a region beside its siblings: the view's tier first, then the other one where it was set."""
    tiers = [view.tier] if resolver.indicators[view.indicator].origin else [view.tier, OTHER[view.tier]]
    charts = [siblings(region, replace(view, tier=tier), gazetteer, resolver) for tier in tiers]
    return [chart for chart in charts if chart is not None]


def siblings(region: Region, view: View, gazetteer: Gazetteer, resolver: Resolver) -> Json | None:
    """Return the goals of the region's siblings, highest first, with the one above among them.

    None where fewer than two have a number of their own: there is nothing to compare.
    ``share`` is the length of a bar, 0 to 1; ``of`` counts siblings with a number.
    """
    above = next(gazetteer.parents(region.adcode), None)
    if above is None or above.level is Level.NATION:
        return None
    level = region.levels[0]
    others = [each for each in gazetteer.at_level(above.adcode, level) if each.parent == above.adcode]
    answers = [resolver.shown(each.adcode, view.indicator, view.year, view.tier) for each in (above, *others)]
    rows = [_row(answer, region, above) for answer in answers if _number(answer) is not None]
    if sum(not row["above"] for row in rows) < 2:
        return None
    most = max(abs(row["value"]) for row in rows) or 1.0
    rows.sort(key=lambda row: -row["value"])
    ranks = [row["adcode"] for row in rows if not row["above"]]
    return {
        "above": above.name,
        "indicator_name": resolver.indicators[view.indicator].title.get(view.lang),
        "year": view.year,
        "tier_words": TIER_WORDS[view.tier].say(view.lang),
        "rows": [{**row, "share": abs(row["value"]) / most} for row in rows],
        "rank": ranks.index(region.adcode) + 1 if region.adcode in ranks else None,
        "of": len(ranks),
        "without": len(others) - len(ranks),
    }


def _number(answer: Resolution) -> float | None:
    return answer.number if answer.status == "own" else None


def _row(answer: Resolution, region: Region, above: Region) -> Json:
    target = answer.target
    assert target is not None
    return {
        "adcode": answer.region.adcode,
        "name": answer.region.name,
        "value": answer.number,
        "label": target_label(target),
        "me": answer.region.adcode == region.adcode,
        "above": answer.region.adcode == above.adcode,
    }
