"""Names that are not the subject: neighbours, provinces of a national sheet, what map law wants named.

公开地图内容表示规范 (自然资规〔2023〕2号) and its practice: a map of the country names every province, 钓鱼岛 and
赤尾屿, and the islands of the South China Sea; a thematic map without figures for Taiwan prints 台湾省资料暂缺.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geoapp.model.phrase import Phrase
from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.model.view import BBox
from geoapp.model.vocabulary import SILENT
from geoapp.portrayal import style
from geoapp.portrayal.style import Style
from geoapp.sheets.scene.areas import Canvas, around, cut, degrees, is_country
from geoapp.sheets.scene.base.base_map import TAIWAN, roomy
from geoapp.sheets.scene.furniture.inset import ISLANDS as GROUPS
from geoapp.sheets.scene.labels.blocks import Block, Placed, Row
from geoapp.sheets.scene.labels.placer import Placer
from geoapp.sheets.scene.primitives import Box, Circle, Group, Line, Path, Primitive, bounds_of

NAME, SMALL = 14.0, 12.0
"""Type of the names of divisions and of islands, design pixels."""
NOT_DIVISIONS = {Adcode("629700"), Adcode("629800"), Adcode("629900")}
"""A farm and two reserves that the source draws like divisions (``shapes/code_fixes.csv``, pseudo_unit)."""
ISLANDS = ((Phrase("钓鱼岛"), (123.474, 25.745)), (Phrase("赤尾屿"), (124.559, 25.922)))
"""Where the two lie, degrees; the package draws them with 台湾省."""
SOUTHERNMOST = (112.3, 4.0)
"""曾母暗沙: a map that reaches it shows the islands of the South China Sea itself."""
NO_DATA = Phrase("台湾省资料暂缺")


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """Quiet names in their places.

    Attributes:
        inside: names in what they name.
        beside: names with a leader, where there was no room.
        abroad: names of neighbouring countries.
        national: the names of a map of the country, on lines close together: their halo is wide.
    """

    inside: Sequence[tuple[Box, Block]]
    beside: Sequence[Placed]
    abroad: Sequence[tuple[Box, Block]]
    national: bool

    def draw(self, scale: Style) -> Group:
        """Draw the names under the labels of the subject."""
        group = Group("neighbour-names")
        ink, halo = (style.SOFT, scale.px(4.4)) if self.national else (style.FAINT, scale.px(2.6))
        for each in self.beside:
            group.add(*_leader(each, scale))
        for box, block in self.inside:
            group.add(*block.draw(box, ink, style.LAND, halo))
        for each in self.beside:
            group.add(*each.block.draw(each.box, ink, style.WATER, scale.px(2.6)))
        for box, block in self.abroad:
            group.add(*block.draw(box, style.FAINT, style.FOREIGN, scale.px(2.6)))
        return group


def names_around(canvas: Canvas, placer: Placer, labelled: set[Adcode], *, pointed: bool = True) -> Around:
    """Name what lies around the subject, or every province of a national sheet.

    Args:
        labelled: codes that have a label of their own: nothing is named twice.
        pointed: provinces without room for their names are named beside the land, with a leader.
    """
    if is_country(canvas):
        return _country(canvas, placer, labelled, pointed)
    inside = tuple(canvas.base_maps.neighbourhood(canvas.resolved.region))
    shapes = canvas.base_maps.around(around(canvas), _near(canvas), inside)
    placed = _on_sheet(canvas, list(shapes.values()))
    own = list(canvas.shapes.values())
    texts = [_named(canvas.base_maps.gazetteer[code]) for code in shapes]
    found = placer.quiet(placed, texts, own)
    islands = _islands(canvas) if canvas.resolved.region.adcode == TAIWAN else []
    beside = placer.pointed(islands)
    return Around([each for each in found if each], beside, _abroad(canvas, placer, [*placed, *own]), national=False)


def _abroad(canvas: Canvas, placer: Placer, ours: Sequence[shapely.Geometry]) -> list[tuple[Box, Block]]:
    """Name neighbouring countries where there is room; never on our own ground, whoever claims it."""
    found = canvas.base_maps.neighbours(roomy(_near(canvas)))
    if not found:
        return []
    names = [name.get(canvas.resolved.view.lang) for name, _ in found]
    placed = placer.quiet(_on_sheet(canvas, [shape for _, shape in found]), names, ours)
    return [each for each in placed if each]


def _near(canvas: Canvas) -> BBox:
    return degrees(canvas.window, canvas.base.projection, canvas.layout.placement)


def _named(region: Region) -> str:
    return "" if region.adcode in NOT_DIVISIONS else region.name


def _country(canvas: Canvas, placer: Placer, labelled: set[Adcode], pointed: bool) -> Around:
    regions, placed = _provinces(canvas)
    texts = ["" if each.adcode in labelled else each.short_name for each in regions]
    found = placer.quiet(placed, texts, None, tight=True)
    left = [
        (_rows(canvas, region, text if pointed and not spot else ""), placer.anchor(index))
        for index, (region, shape, text, spot) in enumerate(zip(regions, placed, texts, found, strict=True))
        if not shapely.is_empty(shape) and (canvas.base.national or _whole(shape, canvas.window))
    ]
    beside = placer.pointed([*(each for each in left if each[0]), *_islands(canvas)])
    abroad = _abroad(canvas, placer, placed)
    return Around([each for each in found if each], beside, abroad, national=True)


def _provinces(canvas: Canvas) -> tuple[list[Region], list[shapely.Geometry]]:
    """Return the provinces near the sheet and where they lie on it."""
    maps, placement = canvas.base_maps, canvas.layout.placement
    ground = maps.provinces(canvas.base.projection, placement.scale)
    if ground is not None:
        return maps.gazetteer.at_level(CHINA, Level.PROVINCE), list(cut(placement.shapes(ground.shapes), canvas.window))
    shapes = maps.around(Level.PROVINCE, _near(canvas), ())
    return [maps.gazetteer[code] for code in shapes], _on_sheet(canvas, list(shapes.values()))


def _whole(shape: shapely.Geometry, window: Box) -> bool:
    """Say whether a province lies in the frame of a box as a whole: only then is it named from outside."""
    return window.grown(-0.5).holds(bounds_of(shape))


def _rows(canvas: Canvas, region: Region, text: str) -> tuple[Row, ...]:
    """Return what stands beside a province: its name if it found no room inside, and that data are missing."""
    rows: tuple[Row, ...] = (Row(text, NAME),) if text else ()
    if region.adcode == TAIWAN and _without(canvas):
        rows += (Row(NO_DATA.say(canvas.resolved.view.lang), SMALL),)
    return rows


def _without(canvas: Canvas) -> bool:
    """Say whether the theme of the map has nothing of Taiwan."""
    gazetteer = canvas.base_maps.gazetteer
    of_taiwan = [a for a in canvas.resolved.areas if gazetteer.is_within(a.region.adcode, TAIWAN)]
    return all(area.resolution.status in SILENT for area in of_taiwan)


def _islands(canvas: Canvas) -> list[tuple[tuple[Row, ...], tuple[float, float]]]:
    lang = canvas.resolved.view.lang
    named = list(ISLANDS)
    south = canvas.at(*SOUTHERNMOST)
    if canvas.window.holds(Box(*south, *south)):  # no inset names them then
        named += [(name, (lon, lat)) for name, lon, lat, _ in GROUPS]
    places = [((Row(name.say(lang), SMALL),), canvas.at(*at)) for name, at in named]
    return [(rows, at) for rows, at in places if canvas.window.holds(Box(*at, *at))]


def _on_sheet(canvas: Canvas, shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    if not shapes:
        return []
    plane = canvas.base.projection.shapes(np.array(list(shapes), dtype=object))
    return list(cut(canvas.layout.placement.shapes(plane), canvas.window))


def _leader(each: Placed, scale: Style) -> Iterator[Primitive]:
    if each.leader is None:
        return
    line: Line = np.array([each.anchor, each.leader])
    yield Path((line,), stroke=style.PAPER, width=scale.px(3.0), closed=False, opacity=0.8)
    yield Path((line,), stroke=style.INK, width=scale.px(1.0), closed=False)
    yield Circle(*each.anchor, scale.px(2.4), fill=style.INK)
