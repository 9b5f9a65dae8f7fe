"""The map itself: neighbours in quiet grey, the areas in their colours and patterns, symbols."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely

from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.analysis.value_scale import amount, circles_whole
from geoapp.model.region import CHINA, Adcode, Level
from geoapp.model.view import BBox
from geoapp.portrayal import legend as entries
from geoapp.portrayal import style
from geoapp.portrayal.style import Style
from geoapp.portrayal.view_content import status_words
from geoapp.sheets.scene.base.base_map import BaseMap, BaseMaps, roomy
from geoapp.sheets.scene.base.projection import Equal, Placement
from geoapp.sheets.scene.fills import fill_of, pattern
from geoapp.sheets.scene.layout import Layout
from geoapp.sheets.scene.primitives import (
    Box,
    Circle,
    Group,
    Line,
    Path,
    Primitive,
    is_empty,
    lines_of,
    lines_of_each,
    rectangle,
)

FINE = 0.22
"""Points by which a boundary may be off where the sources have more detail than paper."""
QUIET_FINE = 0.36
"""The same for neighbours: an eighth of a millimetre, thinner than their line."""
MANY_POINTS = 6_000
LARGEST, LEAST = 34.0, 2.5
"""Radius of the largest and of the least proportional symbol, design pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """Everything the layers of one map share: the view, the ground in sheet points, the style."""

    resolved: ResolvedView
    base: BaseMap
    base_maps: BaseMaps
    layout: Layout
    scale: Style
    ground: "Placed"

    @property
    def shapes(self) -> dict[Adcode, shapely.Geometry]:
        """Return the areas in sheet points, cut at the window; an area outside it is empty."""
        return self.ground.shapes

    @property
    def outlined(self) -> bool:
        """Say whether the areas are only outlined, over a raster."""
        return bool(self.resolved.view.raster)

    @property
    def outline(self) -> shapely.Geometry:
        """Return the edge of the region in sheet points."""
        if self.ground.outline is not None:
            return self.ground.outline
        return _outline(self.base, self.layout.placement)

    @classmethod
    def of(cls, resolved: ResolvedView, base: BaseMap, base_maps: BaseMaps, layout: Layout, scale: Style) -> "Canvas":
        """Place a ground on the sheet."""
        return cls(resolved, base, base_maps, layout, scale, placed(base, layout.placement, layout.window))

    @property
    def window(self) -> Box:
        """Return the part of the sheet the map fills."""
        return self.layout.window

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place lies on the sheet."""
        plane = self.base.projection.forward(np.array([[lon, lat]]))
        x, y = self.layout.placement.points(plane)[0]
        return float(x), float(y)


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """The areas on the sheet, cut at the window.

    Attributes:
        edges: the borders between them as open lines, each once; None where a border belongs to both its areas.
        outline: the edge of them all, where it was prepared with them.
    """

    shapes: dict[Adcode, shapely.Geometry]
    edges: tuple[Line, ...] | None = None
    outline: shapely.Geometry | None = None


@lru_cache(maxsize=6)
def placed(base: BaseMap, placement: Placement, window: Box) -> Placed:
    """Return the areas in sheet points, thinned where paper cannot show the detail, cut at the window."""
    if not base.areas:
        return Placed({})
    ground = base.areas.at(placement.scale)
    shapes = placement.shapes(ground.shapes)
    if ground.borders is None and shapely.get_num_coordinates(shapes).sum() > MANY_POINTS:
        shapes = shapely.coverage_simplify(shapes, FINE)
    found = dict(zip(base.areas, cut(shapes, window.grown(2)), strict=True))
    if ground.borders is None:
        return Placed(found)
    outline = placement.shapes(np.array([ground.borders.outline], dtype=object))[0]
    return Placed(found, _in_window(ground.borders.edges, placement, window), outline)


def _in_window(plane: npt.NDArray[np.object_], placement: Placement, window: Box) -> tuple[Line, ...]:
    found = cut(placement.shapes(plane), window.grown(2))
    return lines_of(found[~shapely.is_empty(found)])


def cut(shapes: np.ndarray, window: Box) -> np.ndarray:
    """Cut shapes at a box; those inside it are left as they are."""
    bounds = shapely.bounds(shapes)
    inside = (bounds[:, :2] >= window[:2]).all(axis=1) & (bounds[:, 2:] <= window[2:]).all(axis=1)
    found = shapes.copy()
    if not inside.all():
        found[~inside] = shapely.clip_by_rect(shapely.make_valid(shapes[~inside]), *window)
    return found


def paint_base(canvas: Canvas, backdrop: Sequence[Group]) -> list[Group]:
    """Draw what lies around the areas, and the lines map law asks for; over the land a raster, if there is one."""
    water = Group("water", [rectangle(canvas.window, fill=style.WATER)])
    level, placement = around(canvas), canvas.layout.placement
    apart = bool(backdrop)
    abroad, land, *lines = _context(canvas.base_maps, canvas.base, placement, canvas.window, canvas.scale, level, apart)
    return [water, abroad, land, *backdrop, *lines]


def around(canvas: Canvas) -> Level:
    """Return the level of the neighbours drawn: the region's own kind."""
    level = canvas.resolved.region.level
    return Level.PROVINCE if level is Level.NATION else level


@lru_cache(maxsize=6)
def _context(
    base_maps: BaseMaps, base: BaseMap, placement: Placement, window: Box, scale: Style, level: Level, apart: bool
) -> tuple[Group, ...]:
    """Return foreign land, the neighbours' land, their edges, the provinces' and the nation's.

    Args:
        apart: land and its edges apart, for what is drawn between them.
    """
    near = degrees(window, base.projection, placement)
    abroad, land = Group("foreign-land"), Group("land")
    neighbours, provinces = Group("neighbours"), Group("provinces")
    foreign = _placed_lines({CHINA: base_maps.foreign_land(roomy(near))}, base.projection, placement, window)
    abroad.add(Path(foreign, fill=style.FOREIGN, stroke=style.COAST, width=scale.px(0.6)))
    lines = _land(base_maps, base.projection, level, near, placement, window)
    fill = style.LAND
    if apart:
        land.add(Path(lines, fill=fill))
        fill = ""
    neighbours.add(Path(lines, fill=fill, stroke=style.LAND_EDGE, width=scale.px(0.9)))
    if level is not Level.PROVINCE:
        lines = _placed_lines(base_maps.around(Level.PROVINCE, near, ()), base.projection, placement, window)
        provinces.add(Path(lines, stroke=style.PROVINCE_EDGE, width=scale.px(1.5), dash=(scale.px(9), scale.px(3))))
    return abroad, land, neighbours, provinces, national_lines(base_maps, base.projection, placement, window, scale)


def national_lines(base_maps: BaseMaps, projection: Equal, placement: Placement, window: Box, scale: Style) -> Group:
    """Draw the dash line and the undetermined boundary where the window holds them."""
    group = Group("national-lines")
    for kind, width, dash in (("dash", 2.2, ()), ("undetermined", 1.2, (scale.px(5), scale.px(4)))):
        plane = projection.shapes(np.array([base_maps.lines()[kind]], dtype=object))
        lines = lines_of(each for each in cut(placement.shapes(plane), window) if not is_empty(each))
        if lines:
            group.add(Path(lines, stroke=style.DASH, width=scale.px(width), closed=False, dash=dash))
    return group


def _placed_lines(
    shapes: dict[Adcode, shapely.Geometry], projection: Equal, placement: Placement, window: Box
) -> tuple[np.ndarray, ...]:
    if not shapes:
        return ()
    found = placement.shapes(projection.shapes(np.array(list(shapes.values()), dtype=object)))
    return lines_of(shapely.simplify(each, QUIET_FINE) for each in cut(found, window.grown(2)) if not is_empty(each))


def _land(
    base_maps: BaseMaps, projection: Equal, level: Level, near: BBox, placement: Placement, window: Box
) -> tuple[Line, ...]:
    """Return the outlines of what lies around, our own region included; of the country only its own, as prepared."""
    ground = base_maps.provinces(projection, placement.scale) if level is Level.PROVINCE else None
    if ground is None:
        return _placed_lines(base_maps.around(level, near, ()), projection, placement, window)
    whole = ground.borders and [ground.borders.outline]
    return _in_window(np.array(whole or ground.shapes, dtype=object), placement, window)


def degrees(window: Box, projection: Equal, placement: Placement) -> BBox:
    """Return the box in degrees that holds a window of the sheet."""
    steps = np.linspace(0.0, 1.0, 33)
    x, y = np.meshgrid(window.x0 + steps * window.width, window.y0 + steps * window.height)
    found = projection.inverse(placement.plane(np.column_stack([x.ravel(), y.ravel()])))
    found = found[np.isfinite(found).all(axis=1)]
    west, south = found.min(axis=0)
    east, north = found.max(axis=0)
    return float(west), float(south), float(east), float(north)


def paint_areas(canvas: Canvas) -> list[Group]:
    """Draw the areas by look, then their outline and the selected one."""
    group = Group("areas")
    outline = shapely.clip_by_rect(canvas.outline, *canvas.window.grown(8))
    lines = lines_of([] if is_empty(outline) else [outline])
    glow = Group("glow")
    if not canvas.base.national:
        glow.add(Path(lines, stroke=style.INK, width=canvas.scale.px(9), opacity=0.09))
    drawn = [(area, canvas.shapes[area.region.adcode]) for area in canvas.resolved.areas]
    for (area, shape), rings in zip(drawn, lines_of_each([shape for _, shape in drawn]), strict=True):
        if rings:
            group.add(*_area(area, shape, rings, canvas))
    edge = Group("outline")
    if canvas.base.national:
        edge.add(*_provinces(canvas), Path(lines, stroke=style.COUNTRY_EDGE, width=canvas.scale.px(1.5)))
    else:
        edge.add(Path(lines, stroke=style.OUTLINE, width=canvas.scale.px(2.3)))
    chosen = canvas.shapes.get(Adcode(canvas.resolved.view.sel))
    if chosen is not None and not is_empty(chosen):
        edge.add(Path(lines_of([chosen]), stroke=style.ACCENT, width=canvas.scale.px(3.4)))
    return [glow, group, _edges(canvas), edge, *_symbols(canvas)]


@lru_cache(maxsize=6)
def _outline(base: BaseMap, placement: Placement) -> shapely.Geometry:
    shape: shapely.Geometry = placement.shapes(np.array([base.outline], dtype=object))[0]
    many = shapely.get_num_coordinates(shape) > MANY_POINTS / 4
    return shapely.make_valid(shapely.simplify(shape, FINE)) if many else shape


def _area(area: Area, shape: shapely.Geometry, rings: tuple[Line, ...], canvas: Canvas) -> list[Primitive]:
    look, colour = entries.area_fill(area, canvas.resolved)
    goals = canvas.resolved.view.fill == "targets"
    name = f"{area.region.name}：{status_words(area, canvas.resolved.view.lang)}" if goals else area.region.name
    fill = "" if canvas.outlined else fill_of(look, colour)
    base = Path(rings, fill=fill, id=f"area-{area.region.adcode}", name=name)
    return [base] if canvas.outlined else [base, *pattern(shape, look, colour, canvas.scale)]


def _provinces(canvas: Canvas) -> list[Path]:
    """Draw the provinces' boundaries over the areas of a national sheet."""
    placement = canvas.layout.placement
    ground = canvas.base_maps.provinces(canvas.base.projection, placement.scale)
    if ground is not None and ground.borders is not None:
        lines = _in_window(ground.borders.edges, placement, canvas.window)
        return [Path(lines, stroke=style.SOFT, width=canvas.scale.px(0.9), closed=False)]
    box = degrees(canvas.window, canvas.base.projection, canvas.layout.placement)
    shapes = canvas.base_maps.around(Level.PROVINCE, box, ())
    lines = _placed_lines(shapes, canvas.base.projection, canvas.layout.placement, canvas.window)
    return [Path(lines, stroke=style.SOFT, width=canvas.scale.px(0.9))]


def _edges(canvas: Canvas) -> Group:
    """Draw boundaries as a thin dark line on a wider light one: seen on dark fills and on light."""
    lines, closed = canvas.ground.edges, canvas.ground.edges is None
    if lines is None:
        lines = lines_of(shape for shape in canvas.shapes.values() if not is_empty(shape))
    thin = 0.5 if canvas.base.national else 1.0
    light = Path(lines, stroke=style.PAPER, width=canvas.scale.px(thin * 2.8), closed=closed, opacity=0.85)
    dark = Path(lines, stroke=style.AREA_EDGE, width=canvas.scale.px(thin), closed=closed)
    return Group("boundaries", [light, dark])


@dataclass(frozen=True, slots=True)
class Symbol:
    """One proportional symbol in its place."""

    x: float
    y: float
    radius: float
    adcode: Adcode
    whole: bool
    """It stands for the region of the view, not for one of its areas."""


def symbols_of(canvas: Canvas) -> list[Symbol]:
    """Return the proportional symbols of a view of amounts, largest first; the whole region's too."""
    resolved = canvas.resolved
    most = resolved.scale.largest if resolved.indicator.draw == "symbol" else 0.0
    if most <= 0:
        return []
    places = [(area.region, area.drawn) for area in resolved.areas]
    if resolved.region.level is not Level.COUNTY and circles_whole(resolved.indicator):
        places.append((resolved.region, resolved.whole.drawn))
    found = []
    for region, answer in places:
        value = amount(answer)
        if value > 0:
            radius = canvas.scale.px(max(LARGEST * (value / most) ** 0.5, LEAST))
            found.append(
                Symbol(*canvas.at(*region.label), radius, region.adcode, region.adcode == resolved.region.adcode)
            )
    return sorted(found, key=lambda symbol: (-symbol.radius, symbol.x))


def _symbols(canvas: Canvas) -> list[Group]:
    width = canvas.scale.px(1.2)
    group = Group("amounts")
    for each in symbols_of(canvas):
        circle = Circle(each.x, each.y, each.radius, style.AMOUNT, style.AMOUNT_EDGE, width, opacity=0.55)
        group.add(circle)
    return [group] if group.items else []


def is_country(canvas: Canvas) -> bool:
    """Say whether the sheet is about the whole country."""
    return canvas.resolved.region.adcode == CHINA
