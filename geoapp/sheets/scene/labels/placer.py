"""The label placer: deterministic, no label over another, none outside its area without a leader.

Small areas come first, since large ones have room to give. A label that fits nowhere in its
area is called out with a leader; where callouts would become noise, areas get a number and the
sheet a key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Literal

import numpy as np
import shapely

from geoapp.portrayal.style import LABEL_SIZES, Style
from geoapp.sheets.scene.labels.blocks import Block, How, Label, Placed, Row, halves
from geoapp.sheets.scene.labels.grid import Grid, box_sums, sums_at
from geoapp.sheets.scene.labels.inside import Frame, anchor_of, best_box, frame_of
from geoapp.sheets.scene.labels.sight import Leader, Sight
from geoapp.sheets.scene.labels.uncross import uncrossed
from geoapp.sheets.scene.primitives import Box, is_empty

Point = tuple[float, float]
Crossing = Literal["none", "leaders", "labels"]
INSIDE = (1.0, 0.94, 0.88)
"""Shares of a label that must lie in its own area: whole first, at most 12 % outside at last."""
CELL = 1.6
KEY_FROM = 16
"""Callouts a sheet of A4's size bears before they become noise."""
REACH = (70.0, 150.0, 300.0, 2000.0)
"""How far from its area a callout is looked for, in design pixels."""
Way = tuple[Crossing, float]
"""What a leader may cross, and how far its label is looked for."""
CLEAN: tuple[Way, ...] = tuple(product(("none",), REACH))
WAYS: tuple[Way, ...] = (*CLEAN, *product(("leaders", "labels"), REACH[1:]))
FEW, MANY = 6, 48
"""Orders tried where leaders of areas cross, which takes some milliseconds each, and those of names around."""
NEAR = REACH[1]
"""Most callouts find their place this near: only for the others all of the sheet is looked at."""
QUIET_SIZES = (14.0, 12.5, 11.2)
"""Type of names around the subject, design pixels."""
TRIES = 200
"""Boxes looked at closely for a callout."""
OWN = 2 * CELL
"""Points around an anchor that are its own."""
STRIDE = 2
"""Cells between the boxes tried for a callout."""


@dataclass(slots=True)
class Placer:
    """Places the labels of one sheet.

    Args:
        shapes: areas in sheet points, in the order of ``labels``; empty ones are outside the window.
        obstacles: boxes and marks that no label may cover.
    """

    window: Box
    shapes: Sequence[shapely.Geometry]
    labels: Sequence[Label]
    scale: Style
    obstacles: Sequence[Box]
    numbers: bool = False
    symbols: Mapping[int, tuple[Point, float]] = field(default_factory=dict)
    """Middle and radius of the symbol of an area: a leader to that area ends at it."""
    grid: Grid = field(init=False)
    placed: list[Placed] = field(init=False, default_factory=list)
    homeless: list[int] = field(init=False, default_factory=list)
    leaders: list[Leader] = field(init=False, default_factory=list)
    numbered: dict[int, int] = field(init=False, default_factory=dict)
    """The number of each area whose label has no room in it."""

    def __post_init__(self) -> None:
        self.grid = Grid.of(self.window, CELL, self.shapes)
        for box in self.obstacles:
            self.grid.take(box)

    def settle(self) -> dict[int, Point]:
        """Place the labels that have room in their areas; return those that have none, with their anchors."""
        sizes = np.bincount(self.grid.ids.ravel(), minlength=len(self.shapes) + 1)[1:]
        order = sorted(range(len(self.labels)), key=lambda index: (sizes[index], index))
        seen = [index for index in order if sizes[index] or not is_empty(self.shapes[index])]
        anchors: dict[int, Point] = {}
        for index in seen:
            if not self._inside(index):
                anchors[index] = self.symbols[index][0] if index in self.symbols else self.anchor(index)
                self._take_anchor(anchors[index])
        if self.numbers:
            step = self.scale.px(70)
            reading = sorted(anchors, key=lambda index: (round(anchors[index][1] / step), anchors[index][0]))
            self.numbered = {index: number for number, index in enumerate(reading, start=1)}
        return anchors

    def call_out(self, anchors: Mapping[int, Point]) -> list[Placed]:
        """Place the labels, or numbers, that settled nowhere; return all labels in the order of the areas."""
        left = anchors
        if self.numbers:
            self._mark({})  # a number may stand in its area, over the anchor
            left = {index: at for index, at in anchors.items() if not self._number_inside(index, at)}
            self._mark(left)
        for index in left:
            self._callout(index, anchors[index])
        self.placed = uncrossed(self.placed, self._is_free, lambda rest, order: self._again(rest, order, left), FEW)
        self._mark(left)
        return sorted(self.placed, key=lambda each: each.index)

    def _is_free(self, box: Box) -> bool:
        return self.window.holds(box) and not any(box.meets(other) for other in self.obstacles)

    def _again(self, rest: Sequence[Placed], order: Sequence[int], anchors: Mapping[int, Point]) -> list[Placed]:
        """Place the labels of some areas again, beside labels that stay."""
        homeless, self.placed = list(self.homeless), list(rest)
        self._mark({**{each.index: each.anchor for each in rest if each.leader}, **{at: anchors[at] for at in order}})
        for index in order:
            self._callout(index, anchors[index], CLEAN)
        self.homeless = homeless
        return self.placed

    def _mark(self, anchors: Mapping[int, Point]) -> None:
        """Mark the cells of what is placed, and the points leaders end at, anew."""
        self.grid.taken[:] = False
        self.grid.lined[:] = False
        self.leaders.clear()
        for box in self.obstacles:
            self.grid.take(box)
        for anchor in anchors.values():
            self._take_anchor(anchor)
        for each in self.placed:
            self._take(each)

    def settle_wholly(self) -> dict[int, Point]:
        """Place the labels that lie wholly in their areas, the largest areas first; the others are left out."""
        sizes = np.bincount(self.grid.ids.ravel(), minlength=len(self.shapes) + 1)[1:]
        for index in sorted(range(len(self.labels)), key=lambda index: (-sizes[index], index)):
            if sizes[index] * CELL**2 > self.scale.type(LABEL_SIZES[-1]) ** 2:  # smaller than one character
                self._inside(index, INSIDE[:1])
        return {}

    def _take_anchor(self, anchor: Point) -> None:
        """Keep labels of larger areas off the point a leader will end at."""
        self.grid.take(Box(*anchor, *anchor).grown(CELL))

    def _inside(self, index: int, shares: Sequence[float] = INSIDE) -> bool:
        """Try the arrangements of a label inside its area, whole ones at every size first."""
        frame = self._frame(index)
        if frame is None:
            return False
        pad = self.scale.px(5)
        for share in shares:
            last = (-1.0, -1.0)
            for block in self.labels[index].variants(self.scale):
                if share < 1.0 and block.size > self.scale.type(LABEL_SIZES[-2]):
                    continue
                if (block.width, block.height) == last:
                    continue
                last = (block.width, block.height)
                box = self._within(index, frame, block.width + pad, block.height + pad * 0.4, share)
                if box is not None:
                    self._keep(Placed(self.labels[index], index, block, box, "inside", box.middle))
                    return True
        return False

    def _within(self, index: int, frame: Frame, width: float, height: float, share: float) -> Box | None:
        return best_box(self.grid, self.shapes[index], frame, (width, height), share)

    def _frame(self, index: int) -> Frame | None:
        return frame_of(self.grid, self.shapes[index], index)

    def anchor(self, index: int) -> Point:
        """Return the point of an area farthest from its edge and from what stands on it."""
        return anchor_of(self.grid, self.shapes[index], self._frame(index))

    def _number_block(self, index: int) -> Block:
        size = self.scale.type(LABEL_SIZES[-1] * 0.9)
        return Block((Row(str(self.numbered[index]), size, bold=True),), size)

    def _number_inside(self, index: int, anchor: Point) -> bool:
        """Write a number in the area, if even that fits."""
        frame = self._frame(index)
        if frame is None:
            return False
        block = self._number_block(index)
        for share in INSIDE:
            box = self._within(index, frame, block.width + 1, block.height * 0.86, share)
            if box is not None:
                number = self.numbered[index]
                self._keep(Placed(self.labels[index], index, block, box, "number", anchor, number=number))
                return True
        return False

    def _callout(self, index: int, anchor: Point, ways: Sequence[Way] = WAYS) -> None:
        """Set a label beside its area, as near as it can be, with a leader."""
        label, number = self.labels[index], self.numbered.get(index, 0)
        blocks = [self._number_block(index)] if self.numbers else list(label.outside(self.scale))
        clear = self.symbols[index][1] if index in self.symbols else 0.0
        sights: dict[tuple[Crossing, bool], Sight] = {}
        for crossing, reach in ways:
            near = reach <= NEAR
            if (crossing, near) not in sights:
                sights[crossing, near] = self._sight(
                    anchor, self.scale.px(NEAR if near else REACH[-1]), clear, crossing
                )
            sight = sights[crossing, near]
            for block in blocks:
                found = self._beside(block, anchor, self.scale.px(reach), sight)
                if found is None:
                    continue
                how: How = "number" if number else "callout"
                self._keep(Placed(label, index, block, found[0], how, anchor, found[1], number))
                return
        self.homeless.append(index)

    def _sight(self, anchor: Point, reach: float, clear: float = 0.0, crossing: Crossing = "none") -> Sight:
        """Return how far leaders from a point may go: to the first label, or leader, they would cross.

        Args:
            clear: radius of the symbol a leader ends at.
        """
        if crossing == "labels":
            return Sight.endless(anchor)
        free = crossing == "none"
        cells = self.grid.taken | self.grid.lined if free else self.grid.taken
        own = max(clear * 1.5, OWN)
        return Sight.over(self.grid, cells, anchor, reach, own=own, lines=self.leaders if free else ())

    def _beside(self, block: Block, anchor: Point, reach: float, sight: Sight) -> tuple[Box, Point] | None:
        """Return the cheapest free box near a point whose leader crosses no more than it may, and where that ends."""
        pad = self.scale.px(4)
        width, height = block.width + pad, block.height + pad * 0.5
        around = Box(*anchor, *anchor).grown(reach)
        left, top, right, bottom = self.grid.span(
            Box(around.x0 - width, around.y0 - height, around.x1 + width, around.y1 + height)
        )
        wide, high = self.grid.size(width, height)
        blocked = self.grid.taken[top:bottom, left:right] | self.grid.lined[top:bottom, left:right]
        taken = box_sums(blocked, wide, high)[::STRIDE, ::STRIDE]
        rows, columns = np.nonzero(taken == 0) if taken.size else (np.empty(0, int), np.empty(0, int))
        if not len(rows):
            return None
        rows, columns = top + rows * STRIDE, left + columns * STRIDE
        land, edges = (
            sums_at(total, rows, columns, wide, high) / (wide * high) for total in (self.grid.land, self.grid.edges)
        )
        x = self.window.x0 + columns * CELL
        y = self.window.y0 + rows * CELL
        ends = np.column_stack([np.clip(anchor[0], x, x + width), np.clip(anchor[1], y, y + height)])
        away = np.hypot(ends[:, 0] - anchor[0], ends[:, 1] - anchor[1])
        cost = away + reach * (0.35 * land + 2.4 * edges) + 40 * (away < 4)
        cost[away > sight.towards(ends)] = np.inf
        for pick in np.argsort(cost, kind="stable")[:TRIES].tolist():
            if np.isinf(cost[pick]):
                return None
            box = self.grid.box(int(columns[pick]), int(rows[pick]), width, height)
            end = block.nearest(box, anchor)  # of a row, which may be narrower than the box
            if sight.sees(end):
                return box, end
        return None

    def names(self, points: Sequence[tuple[Row, Point]]) -> list[Placed]:
        """Write names beside points, each with a leader where it stands apart."""
        found = []
        for row, at in points:
            size = self.scale.type(row.size)
            block = Block(tuple(replace(row, text=line, size=size) for line in halves(row.text)), size)
            for reach in REACH:
                far = self.scale.px(reach)
                place = self._beside(block, at, far, self._sight(at, far, self.scale.px(11)))
                if place is None:
                    continue
                box, end = place
                apart = np.hypot(end[0] - at[0], end[1] - at[1]) > self.scale.px(22)
                self.grid.take(box)
                found.append(Placed(None, -1, block, box, "callout", at, end if apart else None))
                break
        return found

    def pointed(self, points: Sequence[tuple[tuple[Row, ...], Point]]) -> list[Placed]:
        """Write names beside points, each with a leader; what finds no room crosses a leader rather than stay away."""
        blocks = []
        for rows, _ in points:
            sizes = [self.scale.type(row.size) for row in rows]
            scaled = (replace(row, size=size) for row, size in zip(rows, sizes, strict=True))
            blocks.append(Block(tuple(scaled), sizes[0]))
        fixed, taken, lined = list(self.leaders), self.grid.taken.copy(), self.grid.lined.copy()

        def placing(rest: Sequence[Placed], order: Sequence[int]) -> list[Placed]:
            self.grid.taken, self.grid.lined, self.leaders = taken.copy(), lined.copy(), list(fixed)
            found = list(rest)
            for each in found:
                self._take(each)
            for index in order:
                placed = self._pointed(index, blocks[index], points[index][1])
                if placed is not None:
                    self._take(placed)
                    found.append(placed)
            return found

        found = uncrossed(placing([], range(len(points))), self._is_free, placing, MANY)
        placing(found, [])
        return found

    def _pointed(self, index: int, block: Block, at: Point) -> Placed | None:
        for crossing, reach in (*CLEAN, *product(("leaders", "labels"), REACH[:3])):
            far = self.scale.px(reach)
            place = self._beside(block, at, far, self._sight(at, far, crossing=crossing))
            if place is not None:
                return Placed(None, index, block, place[0], "callout", at, place[1])
        return None

    def quiet(
        self,
        shapes: Sequence[shapely.Geometry],
        texts: Sequence[str],
        blocked: Sequence[shapely.Geometry] | None,
        *,
        tight: bool = False,
    ) -> list[tuple[Box, Block] | None]:
        """Write names where there is room to spare, or, ``tight``, where they just fit; None for the rest.

        ``blocked`` takes no name; an empty text asks for none.
        """
        taken = self.grid.taken | self.grid.lined
        self.grid = Grid.of(self.window, CELL, [*shapes, *(blocked or ())])
        self.grid.taken = taken
        self.shapes = shapes
        return [self._quiet(index, text, tight) if text else None for index, text in enumerate(texts)]

    def _quiet(self, index: int, text: str, tight: bool) -> tuple[Box, Block] | None:
        frame = self._frame(index)
        if frame is None:
            return None
        for pixels in QUIET_SIZES if tight else QUIET_SIZES[:1]:
            size = self.scale.type(pixels)
            spare = 0.0 if tight else size
            block = Block((Row(text, size),), size)
            box = self._within(index, frame, block.width + spare, block.height * 0.8 + spare * 0.6, 1.0)
            if box is not None:
                self.grid.take(box)
                return box, block
        return None

    def _keep(self, placed: Placed) -> None:
        self._take(placed)
        self.placed.append(placed)

    def _take(self, placed: Placed) -> None:
        self.grid.take(placed.box)
        if placed.leader is not None:
            self.grid.lined[self.grid.line(placed.anchor, placed.leader)] = True
            self.leaders.append((placed.anchor, placed.leader))
