"""A view becomes a scene: ground, areas, symbols, labels, furniture, in this order."""

from collections.abc import Sequence
from dataclasses import dataclass

from geoapp.analysis.resolved_view import ResolvedView
from geoapp.errors import InvalidView
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.region import Level
from geoapp.portrayal.alt_text import alt_text
from geoapp.portrayal.style import Style
from geoapp.raster.record import RasterRecord
from geoapp.raster.service import Rasters
from geoapp.sheets.paper import Sheet
from geoapp.sheets.scene import backdrop, legend
from geoapp.sheets.scene.areas import Canvas, paint_areas, paint_base
from geoapp.sheets.scene.base.base_map import BaseMap, BaseMaps
from geoapp.sheets.scene.furniture import graticule, inset, marginalia
from geoapp.sheets.scene.furniture.footnotes import Sources, footnotes
from geoapp.sheets.scene.furniture.leave_out import EVERYTHING, LeaveOut, tries
from geoapp.sheets.scene.furniture.north_arrow import north_angle, north_arrow
from geoapp.sheets.scene.furniture.scale_bar import ScaleBar
from geoapp.sheets.scene.labels.names import Labelling, settle_labels, unplaced, works_width
from geoapp.sheets.scene.layout import Furniture, Layout, arrange, most_room
from geoapp.sheets.scene.primitives import Box, Group, Scene, bounds_of, is_empty
from geoapp.sheets.scene.rules import Rules, rules_of, subject_of
from geoapp.sheets.scene.vectors import paint_vectors

MARGIN, BAND = 38.0, 17.0
"""Design pixels: the paper's edge, and the band between the neat lines."""
EDGE = 2.0
"""Design pixels around a bare map: half of its frame's line would be cut off otherwise."""
WHOLE_IS_BETTER = 1.25
"""The country is drawn in one piece unless an inset makes it this much larger."""
LOCATOR_IS_WORTH = 1.12
"""A map that is this much larger without its locator goes without."""
LEGEND_SHARE = 0.75
GAP = 14.0
"""Design pixels around what stands on the map."""
GUTTER = 14.0
"""Design pixels between the map and the column beside it."""
MOST_KEY = 0.36
"""Share of the width that a key of works may take; beyond it marks go without names."""
CROWDED = 1.45
"""A map drawn this much smaller than its window allows is laid out again with the legend beside it."""
ASIDE_IS_BETTER = 1.2
"""The legend leaves the map where that makes the map this much larger."""
SHRUNK = 1.8
"""A map with numbered areas, drawn this much smaller than its sheet allows, tries to go without names,"""
LESS_IS_BETTER = 1.4
"""and does where that makes it this much larger."""
ROUNDS = 6
EMPTY = Phrase("本视图没有可显示的地区")


@dataclass(frozen=True, slots=True, eq=False)
class Map:
    """A map laid out: everything but the words above and below it.

    Attributes:
        outer: the room it fills, key included.
        key: width of the column on its right, for the numbered key or the legend; 0 without one.
        plate: the legend; None where it stands elsewhere on the sheet.
        aside: the legend stands in that column, over the key.
    """

    canvas: Canvas
    labels: Labelling
    plate: legend.Plate | None
    rules: Rules
    outer: Box
    key: float
    aside: bool = False

    @property
    def column(self) -> Box:
        """Return the room beside the map: for the legend, then for the key."""
        left = self.neat.x1 + self.canvas.scale.px(GUTTER)
        return Box(left, self.outer.y0, self.outer.x1, self.outer.y1)

    @property
    def neat(self) -> Box:
        """Return the outer neat line."""
        return Box(self.outer.x0, self.outer.y0, self.outer.x1 - self.key, self.outer.y1)


@dataclass(frozen=True, slots=True, eq=False)
class Composer:
    """Composes the sheets of one build."""

    dataset: Dataset
    base_maps: BaseMaps
    rasters: Rasters

    def compose(self, resolved: ResolvedView, sheet: Sheet) -> Scene:
        """Return the scene of a view on a sheet; what the sheet has no room for is left out by rule.

        Raises:
            InvalidView: a bare map is too small for its legend or its labels, and is not to leave anything out.
            MissingGlyph: a text has a character the font lacks.
        """
        laid, out = self._fitted(resolved, sheet)
        head, foot, _ = self._words(resolved, sheet, out)
        return Scene(
            width=sheet.width,
            height=sheet.height,
            title=_title(resolved, sheet),
            description=alt_text(resolved),
            groups=(*self.groups(laid, sheet), head, foot),
        )

    def map(self, resolved: ResolvedView, sheet: Sheet) -> Map:
        """Return the map of a sheet before it becomes primitives: where everything stands."""
        return self._fitted(resolved, sheet)[0]

    def _fitted(self, resolved: ResolvedView, sheet: Sheet) -> tuple[Map, LeaveOut]:
        """Lay the map out with as much as the sheet can hold."""
        scale = Style.of(sheet.width, sheet.height)
        refused, best = InvalidView([]), None
        for out in tries(resolved):
            outer = self._words(resolved, sheet, out)[2]
            try:
                laid = self._map(resolved, outer, scale, out, works=not sheet.bare)
            except InvalidView as error:
                refused = error
                if sheet.bare and not sheet.cut:  # its document tries another size first
                    break
                continue
            if (
                best is None
                or laid.canvas.layout.placement.scale > LESS_IS_BETTER * best[0].canvas.layout.placement.scale
            ):
                best = laid, out
            crowded = any(each.number for each in best[0].labels.placed)
            if not crowded or best[0].canvas.layout.placement.scale * SHRUNK > _largest(best[0], best[0].outer):
                return best
        if best is None:
            raise refused
        return best

    def raster(self, resolved: ResolvedView) -> RasterRecord | None:
        """Return the raster under the areas of a view, if it has one."""
        return self.rasters.get(resolved.view.raster) if resolved.view.raster else None

    def _backdrop(self, canvas: Canvas, sheet: Sheet) -> list[Group]:
        record = self.raster(canvas.resolved)
        return [] if record is None else backdrop.paint_backdrop(canvas, record, self.rasters, sheet.format, sheet.dpi)

    def _base(self, resolved: ResolvedView) -> BaseMap:
        return self.base_maps.base(resolved.region.adcode, resolved.view.level, resolved.view.bbox)

    def _words(self, resolved: ResolvedView, sheet: Sheet, out: LeaveOut) -> tuple[Group, Group, Box]:
        """Set title and notes; return them and the room between."""
        scale = Style.of(sheet.width, sheet.height)
        if sheet.bare:
            page = Box(0.0, 0.0, sheet.width, sheet.height).grown(-scale.px(EDGE))
            foot, bottom = marginalia.footer(self.footnotes([resolved], sheet, out), page, scale)
            return Group("title"), foot, Box(page.x0, page.y0, page.x1, bottom)
        page = page_of(sheet, scale)
        head = marginalia.heading(_title(resolved, sheet), resolved.subtitle.say(resolved.view.lang), page, scale)
        foot, bottom = marginalia.footer(self.footnotes([resolved], sheet, out), page, scale)
        return head.group, foot, Box(page.x0, head.bottom, page.x1, bottom)

    def footnotes(
        self, resolved: Sequence[ResolvedView], sheet: Sheet, out: LeaveOut = EVERYTHING
    ) -> marginalia.Footnotes:
        """Return what is said below the maps of a sheet."""
        told = [Sources(each, self.raster(each), self._base(each).projection.name) for each in resolved]
        return footnotes(self.dataset, told, sheet, out)

    def _map(self, resolved: ResolvedView, outer: Box, scale: Style, out: LeaveOut, *, works: bool) -> Map:
        """Lay the map out; where its labels need a key, lay it out again beside the key.

        Args:
            works: name parks and projects in the key, where that leaves the map room enough; a
                document has them in its tables.
        """
        if works and not out.names and not _piled(resolved):
            try:
                laid = self._around(resolved, outer, scale, out, works=True)
            except InvalidView:
                return self._around(resolved, outer, scale, out, works=False)
            if laid.key <= MOST_KEY * outer.width:
                return laid
        return self._around(resolved, outer, scale, out, works=False)

    def without_legend(self, resolved: ResolvedView, outer: Box, scale: Style) -> Map:
        """Lay a map out whose legend stands elsewhere."""
        return self._keyed(resolved, self._base(resolved), outer, None, scale, EVERYTHING, aside=False, works=False)

    def with_legend(self, resolved: ResolvedView, outer: Box, scale: Style) -> Map:
        """Lay a map out with its legend, works without names."""
        return self._around(resolved, outer, scale, EVERYTHING, works=False)

    def legend_of(self, resolved: ResolvedView, scale: Style, most: float) -> legend.Plate:
        """Lay out the legend of a view, no higher than ``most`` points where that can be."""
        return legend.plate(self._asked(resolved), scale, most=most)

    def _asked(self, resolved: ResolvedView) -> legend.Asked:
        piled = _piled(resolved)
        return legend.Asked(resolved, self.raster(resolved), unplaced(resolved, piled), piled)

    def _around(self, resolved: ResolvedView, outer: Box, scale: Style, out: LeaveOut, *, works: bool) -> Map:
        """Lay the map out with its legend on it, or beside it where that makes it much larger."""
        plate = self.legend_of(resolved, scale, LEGEND_SHARE * outer.height)
        if out.rows:
            plate = legend.cut(self._asked(resolved), scale, most_room(outer.grown(-scale.px(BAND)), scale.px(GAP)))
        base = self._base(resolved)
        inside = self._keyed(resolved, base, outer, plate, scale, out, aside=False, works=works)
        if inside.canvas.layout.placement.scale * CROWDED > _largest(inside, inside.canvas.window):
            return inside
        try:
            beside = self._keyed(resolved, base, outer, plate, scale, out, aside=True, works=works)
        except InvalidView:
            return inside
        gain = beside.canvas.layout.placement.scale / inside.canvas.layout.placement.scale
        return beside if gain > ASIDE_IS_BETTER else inside

    def _keyed(
        self,
        resolved: ResolvedView,
        base: BaseMap,
        outer: Box,
        plate: legend.Plate | None,
        scale: Style,
        out: LeaveOut,
        *,
        aside: bool,
        works: bool,
    ) -> Map:
        """Lay the map out with the legend on it or beside it, and with a key as wide as it needs."""
        piled = _piled(resolved)
        beside = (plate.width + scale.px(GUTTER), plate.height + scale.px(GUTTER)) if plate and aside else (0.0, 0.0)
        least = beside[0]
        room = Box(outer.x0, outer.y0 + beside[1], outer.x1, outer.y1)
        numbers = False
        needed = works_width(resolved, room, scale) if works else 0.0
        for turn in range(ROUNDS):
            key = needed
            column = max(key, least)
            window = Box(outer.x0, outer.y0, outer.x1 - column, outer.y1).grown(-scale.px(BAND))
            rules, layout = self._layout(resolved, base, window, None if aside else plate, scale)
            canvas = Canvas.of(resolved, base, self.base_maps, layout, scale)
            settled = settle_labels(canvas, piled, numbers=numbers, works=works and not numbers, out=out)
            needed = settled.key_width(room, scale)
            if needed > key and turn < ROUNDS - 1:
                numbers = True
            else:
                labels = settled.called_out()
                needed = labels.key_width(room, scale)
                numbers = numbers or labels.is_crowded(room)
            if needed <= key:
                break
            needed *= 1.03  # a narrower map may send one more name to the key
        return Map(canvas, labels, plate, rules, outer, max(key, least), aside)

    def _layout(
        self, resolved: ResolvedView, base: BaseMap, window: Box, plate: legend.Plate | None, scale: Style
    ) -> tuple[Rules, Layout]:
        """Lay the map out in each lawful way and keep the plainest that is not much smaller."""
        ways = []
        for rules in rules_of(resolved, base):
            wanted = Furniture(
                legend=(plate.width, plate.height) if plate else None,
                inset=rules.inset_size(window, scale),
                north=(scale.px(34), scale.px(66)),
                scale=(scale.px(250), scale.px(32)),
                gap=scale.px(GAP),
            )
            ways.append((rules, arrange(window, subject_of(base, self.base_maps, rules), wanted)))
        best = ways[0]
        for way in ways[1:]:
            worth = LOCATOR_IS_WORTH if best[0].locator else WHOLE_IS_BETTER
            if way[1].placement.scale > worth * best[1].placement.scale:
                best = way
        return best

    def groups(self, laid: Map, sheet: Sheet) -> list[Group]:
        """Draw a map that was laid out, with what stands on it and beside it."""
        behind = self._backdrop(laid.canvas, sheet)
        canvas, scale = laid.canvas, laid.canvas.scale
        lang, layout = canvas.resolved.view.lang, canvas.layout
        groups = [*paint_base(canvas, behind), *paint_areas(canvas), *paint_vectors(canvas)]
        groups += laid.labels.groups(canvas)
        groups.append(graticule.frame(laid.neat, canvas.window, canvas.base.projection, layout.placement, scale))
        groups += self._standing(laid)
        if all(is_empty(shape) for shape in canvas.shapes.values()):
            groups.append(marginalia.notice(EMPTY.say(lang), canvas.window, scale))
        column = laid.column
        if laid.plate is not None and laid.aside:
            box = Box(column.x0, column.y0, column.x1, column.y0 + laid.plate.height)
            column = Box(column.x0, box.y1 + scale.px(GUTTER), column.x1, column.y1)
            groups.append(laid.plate.draw(box))
        elif laid.plate is not None:
            assert layout.legend is not None
            groups.append(laid.plate.draw(layout.legend))
        if laid.labels.numbered:
            groups.append(laid.labels.key(column, lang, scale))
        return groups

    def _standing(self, laid: Map) -> list[Group]:
        """Draw scale bar, north arrow and inset."""
        canvas, scale = laid.canvas, laid.canvas.scale
        layout, lang = canvas.layout, canvas.resolved.view.lang
        angle = north_angle(canvas.base.projection, layout.placement, layout.window)
        boxed = canvas.resolved.view.bbox is not None  # the map then fills the window: nowhere is free of lines
        covering = (layout.north, layout.scale) if boxed else layout.covering
        groups = [Group("plates", [marginalia.plate(box, scale) for box in covering])]
        groups += [
            ScaleBar.fitted(layout.scale, layout.placement.scale, lang, scale).draw(),
            north_arrow(layout.north, angle, lang, scale),
        ]
        if layout.inset is not None and laid.rules.south_sea:
            groups.append(inset.south_sea(self.base_maps, layout.inset, lang, scale))
        elif layout.inset is not None:
            groups.append(self._locator(canvas, layout.inset))
        return groups

    def _locator(self, canvas: Canvas, box: Box) -> Group:
        return inset.locator(self.base_maps, canvas.resolved.region, canvas.resolved.view.bbox, box, canvas.scale)


def page_of(sheet: Sheet, scale: Style) -> Box:
    """Return a sheet without its margins."""
    margin = scale.px(MARGIN)
    return Box(margin, margin * 0.8, sheet.width - margin, sheet.height - margin * 0.62)


def _piled(resolved: ResolvedView) -> bool:
    """Say whether points are counted by area: marks one by one need the room of a prefecture."""
    return resolved.region.level in (Level.NATION, Level.PROVINCE)


def _largest(laid: Map, window: Box) -> float:
    """Return the points a kilometre would take if nothing stood on the map, nor beside it in a window."""
    bounds = bounds_of(subject_of(laid.canvas.base, laid.canvas.base_maps, laid.rules))
    return min(window.width / bounds.width, window.height / bounds.height)


def _title(resolved: ResolvedView, sheet: Sheet) -> str:
    return sheet.title or resolved.title.say(resolved.view.lang)
