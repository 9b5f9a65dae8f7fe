"""What map law asks of a frame (公开地图内容表示规范, 自然资规〔2023〕2号; research/users.md §3.1).

A map of the country shows all of it, Taiwan, the islands and the whole dash line, in one piece
or with an inset of the South China Sea whose main map reaches the southern tip of Hainan. A map
with the whole of Hainan carries that inset. Maps of other provinces carry none.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from geoapp.analysis.resolved_view import ResolvedView
from geoapp.portrayal.style import Style
from geoapp.sheets.scene.base.base_map import MAINLAND_SOUTH, BaseMap, BaseMaps, box_edge
from geoapp.sheets.scene.base.extents import HAINAN, HAINAN_ISLAND
from geoapp.sheets.scene.furniture.inset import LOCATOR, SOUTH_SEA_SIZE
from geoapp.sheets.scene.primitives import Box

Size = tuple[float, float]
ROOM_FOR_INSET = 2.6
"""A locator is drawn where the window is this many times its size; it is a courtesy, not a duty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one way of drawing a frame must carry.

    Attributes:
        whole: the country with all its waters in one piece.
        south_sea: the inset of the South China Sea islands.
        locator: the inset that says where in the country we are.
    """

    whole: bool = False
    south_sea: bool = False
    locator: bool = False

    def inset_size(self, window: Box, scale: Style) -> Size | None:
        """Return the size of the inset in points; None without one."""
        if self.south_sea:
            return scale.px(SOUTH_SEA_SIZE[0]), scale.px(SOUTH_SEA_SIZE[1])
        wide, high = scale.px(LOCATOR[0]), scale.px(LOCATOR[1])
        if not self.locator or window.width < ROOM_FOR_INSET * wide or window.height < 1.6 * high:
            return None
        return wide, high


def rules_of(resolved: ResolvedView, base: BaseMap) -> list[Rules]:
    """Return the ways a frame may be drawn lawfully, the plainest first."""
    if base.national:
        return [Rules(whole=True), Rules(south_sea=True)]
    if shows_hainan(resolved, base):
        return [Rules(south_sea=True)]
    # where we are in the country is a courtesy: a map that it makes much smaller goes without
    return [Rules(locator=True), Rules()] if resolved.view.bbox is None else [Rules(locator=True)]


def shows_hainan(resolved: ResolvedView, base: BaseMap) -> bool:
    """Say whether the whole main island is what the frame is about."""
    if resolved.region.adcode == HAINAN and resolved.view.bbox is None:
        return True
    if resolved.view.bbox is None:
        return False
    return bool(shapely.contains(shapely.buffer(base.subject, 1.0), box_edge(HAINAN_ISLAND, base.projection)))


@lru_cache(maxsize=12)
def subject_of(base: BaseMap, base_maps: BaseMaps, rules: Rules) -> shapely.Geometry:
    """Return what no box may cover and the frame must show whole, in plane kilometres."""
    if not base.national:
        return base.subject
    lines = np.array([base_maps.lines()["dash"]], dtype=object)
    dash = base.projection.shapes(lines)[0]
    whole = shapely.union_all([base.subject, shapely.buffer(dash, 30.0, quad_segs=1)])
    if rules.whole:
        return whole
    north = box_edge((60.0, MAINLAND_SOUTH, 150.0, 60.0), base.projection)
    found = shapely.intersection(shapely.make_valid(whole), north)
    return shapely.union_all([part for part in shapely.get_parts(found) if part.geom_type.endswith("Polygon")])
