"""The regions that touch a region across the border of the division above: its real neighbours there."""

from collections.abc import Mapping
from typing import Any

import shapely

from geoapp.analysis.resolution.labels import target_label
from geoapp.analysis.resolution.resolve import Resolver
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.region import CHINA, Adcode, Region
from geoapp.model.view import View
from geoapp.portrayal import legend

Json = dict[str, Any]


def neighbours(region: Region, gazetteer: Gazetteer, shapes: Mapping[Adcode, shapely.Geometry]) -> list[Region]:
    """Return the regions of the same level that share a line with a region and stand under another division.

    Args:
        region: a prefecture or a county.
        shapes: the polygons of that level; borders are shared exactly, so that touching is no matter of tolerance.
    """
    own = shapes[region.adcode]
    near = [each for each in gazetteer.at_level(CHINA, region.levels[0]) if _meet(each.bbox, region.bbox)]
    across = [each for each in near if each.parent != region.parent and each.adcode != region.adcode]
    return [each for each in across if shapely.length(shapely.intersection(own, shapes[each.adcode])) > 0]


def neighbour_rows(found: list[Region], view: View, gazetteer: Gazetteer, resolver: Resolver) -> list[Json]:
    """Return neighbours with the division above each, and their value of the view's indicator or why there is none."""
    rows = []
    for each in found:
        answer = resolver.shown(each.adcode, view.indicator, view.year, view.tier)
        own = answer.status == "own" and answer.target is not None
        rows.append(
            {
                "adcode": each.adcode,
                "name": each.name,
                "within": next(gazetteer.parents(each.adcode)).name,
                "own": own,
                "words": target_label(answer.target)
                if own and answer.target is not None
                else legend.state_words(answer.indicator, answer.status).say(view.lang),
            }
        )
    return rows


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
