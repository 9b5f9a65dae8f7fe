"""Insets: where we are in the country, and the islands of the South China Sea.

Both are maps of China, so both carry every province, Taiwan, the islands and the whole dash
line (公开地图内容表示规范, 自然资规〔2023〕2号); research/users.md §3.1.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import shapely

from geoapp.model.phrase import Phrase
from geoapp.model.region import CHINA, Region
from geoapp.model.view import BBox
from geoapp.portrayal import style
from geoapp.portrayal.style import Style
from geoapp.sheets.scene.base.base_map import SOUTH_SEA, BaseMaps, Country, box_edge
from geoapp.sheets.scene.base.extents import CHINA_BOX
from geoapp.sheets.scene.base.projection import Placement, place
from geoapp.sheets.scene.primitives import (
    Box,
    Circle,
    Group,
    Line,
    Path,
    Text,
    bounds_of,
    is_empty,
    lines_of,
    rectangle,
)

SPECK = 0.35
"""Points. Islets smaller than this are left out of an inset, but never those that must be shown."""
TOLERANCE = 0.2
"""Points by which a line of an inset may be off."""
LOCATOR = (196.0, 218.0)
SOUTH_SEA_SIZE = (172.0, 226.0)
"""Width and height in design pixels, near the shapes of what they show."""
TITLE = Phrase("南海诸岛")
ISLANDS: tuple[tuple[Phrase, float, float, str], ...] = (
    (Phrase("东沙群岛"), 116.9, 21.1, "middle"),
    (Phrase("西沙群岛"), 112.2, 17.4, "middle"),
    (Phrase("中沙群岛"), 114.3, 14.3, "middle"),
    (Phrase("黄岩岛"), 118.0, 15.0, "start"),
    (Phrase("南沙群岛"), 114.2, 9.2, "middle"),
    (Phrase("曾母暗沙"), 112.3, 4.3, "middle"),
)
"""Names beside the groups of islands: where each is written (degrees), and how it is set there."""


def locator(base_maps: BaseMaps, region: Region, frame: BBox | None, box: Box, scale: Style) -> Group:
    """Draw the country with the region in red and its province in grey, or with the frame of a box over it."""
    group = Group("locator", [rectangle(box, fill=style.PAPER, stroke=style.LAND_EDGE, width=scale.px(1))])
    country = base_maps.country(CHINA_BOX)
    placement = place(_bounds(country), box.grown(-scale.px(8)))
    group.add(Path(_rings(country, placement), fill="#eceae3", stroke=style.PROVINCE_EDGE, width=scale.px(0.55)))
    if region.adcode == CHINA:
        assert frame is not None, "the whole country needs no locator"
        edge = placement.shapes(np.array([box_edge(frame, country.projection)], dtype=object))
        _lines(group, country, placement, scale, box)
        lines = lines_of(shapely.clip_by_rect(edge, *box))
        group.add(Path(lines, fill=style.ACCENT, opacity=0.12))
        group.add(Path(lines, stroke=style.ACCENT, width=scale.px(1.6)))
        return group
    above = [each for each in (region, *base_maps.gazetteer.parents(region.adcode)) if each.adcode != CHINA]
    shape = shapely.Point()
    for each, fill in ((above[-1], "#dcb9b0"), (region, style.ACCENT)):
        plane = country.projection.shapes(np.array([base_maps.polygon(each)], dtype=object))
        shape = placement.shapes(plane)[0]
        lines = lines_of([shapely.simplify(shape, TOLERANCE)])
        group.add(Path(lines, fill=fill, stroke=fill, width=scale.px(0.5)))
    _lines(group, country, placement, scale, box)
    west, north, east, south = bounds_of(shape)
    if max(east - west, south - north) < scale.px(9):
        middle = ((west + east) / 2, (north + south) / 2)
        group.add(Circle(*middle, scale.px(9), stroke=style.ACCENT, width=scale.px(1.6)))
    return group


def south_sea(base_maps: BaseMaps, box: Box, lang: str, scale: Style) -> Group:
    """Draw the islands of the South China Sea with the whole dash line, under their name."""
    group = Group("south-china-sea", [rectangle(box, fill=style.WATER, stroke=style.OUTLINE, width=scale.px(1.2))])
    size = scale.type(13.5)
    room = Box(box.x0, box.y0, box.x1, box.y1 - size * 1.6)
    country = base_maps.country(SOUTH_SEA)
    placement = place(bounds_of(box_edge(SOUTH_SEA, country.projection)), room)
    land = np.asarray(shapely.polygons(country.rings), dtype=object)
    near = np.asarray(shapely.clip_by_rect(land, *_plane(room, placement)), dtype=object)
    lines = lines_of(shape for shape in placement.shapes(near) if not is_empty(shape))
    group.add(Path(lines, fill=style.LAND, stroke=style.PROVINCE_EDGE, width=scale.px(0.8)))
    _lines(group, country, placement, scale, room)
    small = scale.type(11.2)
    for name, lon, lat, anchor in ISLANDS:
        x, y = placement.points(country.projection.forward(np.array([[lon, lat]])))[0]
        named = Text(float(x), float(y), name.say(lang), small, style.INK, anchor=anchor)
        group.add(replace(named, halo=style.WATER, halo_width=scale.px(2)))
    plate = Box(box.x0, room.y1, box.x1, box.y1)
    group.add(rectangle(plate, fill=style.PAPER, stroke=style.OUTLINE, width=scale.px(0.8)))
    middle = (box.x0 + box.x1) / 2
    group.add(Text(middle, box.y1 - size * 0.46, TITLE.say(lang), size, style.INK, anchor="middle"))
    return group


def _lines(group: Group, country: Country, placement: Placement, scale: Style, room: Box) -> None:
    """Draw the dash line and the undetermined boundary, cut at the room of the inset."""
    for kind, width, dash in (("dash", 1.4, ()), ("undetermined", 0.8, (scale.px(3), scale.px(2)))):
        placed = shapely.clip_by_rect(placement.shapes(np.array([country.lines[kind]])), *room)
        lines = lines_of(each for each in placed if not is_empty(each))
        if lines:
            group.add(Path(lines, stroke=style.DASH, width=scale.px(width), closed=False, dash=dash))


def _bounds(country: Country) -> tuple[float, float, float, float]:
    west, south, east, north = shapely.total_bounds(np.array([*country.rings, country.lines["dash"]], dtype=object))
    return float(west), float(south), float(east), float(north)


def _plane(box: Box, placement: Placement) -> tuple[float, float, float, float]:
    corners = placement.plane(np.array([[box.x0, box.y1], [box.x1, box.y0]]))
    return float(corners[0, 0]), float(corners[0, 1]), float(corners[1, 0]), float(corners[1, 1])


def _rings(country: Country, placement: Placement) -> tuple[Line, ...]:
    """Return the rings worth drawing at this size, in sheet points."""
    return tuple(placement.points(ring) for ring in _thinned(country, placement.scale))


@lru_cache(maxsize=6)
def _thinned(country: Country, scale: float) -> tuple[Line, ...]:
    """Return the rings worth drawing, in kilometres, thinned; those map law asks for always.

    Args:
        scale: points for a kilometre.
    """
    boxes = shapely.bounds(country.rings) * scale
    large = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) > SPECK
    thin = shapely.simplify(country.rings[large | country.kept], TOLERANCE / scale, preserve_topology=True)
    return tuple(shapely.get_coordinates(ring)[:-1] for ring in thin)
