"""What an indicator page says of numbers that are not from a plan: source, caveat, the planning regions' values."""

from geoapp.analysis.resolution.labels import target_label
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator
from geoapp.model.region import Level, Region
from geoapp.pages.base import Json, Library

EACH_ITS_OWN = Phrase("每个地区各有自己的数值，没有数据的地区不作0")


def planning_regions(library: Library, indicator: Indicator, lang: str) -> list[Json]:
    """Return the values of each planning region and its parts, highest first; ``share`` is a bar's length."""
    groups = []
    for code in dict.fromkeys(plan.region for plan in library.dataset.goal_plans):
        region = library.region(code)
        level = Level.PREFECTURE if region.level is Level.PROVINCE else Level.COUNTY
        parts = [_row(library, indicator, each, lang) for each in library.gazetteer.at_level(code, level)]
        rows = [{**_row(library, indicator, region, lang), "whole": True}, *sorted(parts, key=_order)]
        most = max((abs(row["value"]) for row in rows if row["value"] is not None), default=0.0)
        for row in rows:
            row["share"] = round(abs(row["value"]) / most, 4) if most and row["value"] is not None else None
        groups.append({"adcode": code, "name": region.name, "rows": rows})
    return groups


def _order(row: Json) -> tuple[bool, float]:
    return row["value"] is None, -(row["value"] or 0.0)


def _row(library: Library, indicator: Indicator, region: Region, lang: str) -> Json:
    answer = library.resolver.resolve(region.adcode, indicator.id, None, None)
    target = answer.target
    how = answer.path[-1].values["how"]
    return {
        "adcode": region.adcode,
        "name": region.name,
        "status": answer.status,
        "value": target.value if target else None,
        "value_text": target.value_text if target else None,
        "label": target_label(target) if target else "",
        "how": how.say(lang) if isinstance(how, Phrase) else str(how),
        "whole": False,
    }
