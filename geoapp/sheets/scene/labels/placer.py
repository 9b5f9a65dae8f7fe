"""The label placer: deterministic, no label over another, none outside its area without a leader.

Small areas come first, since large ones have room to give. A label that fits nowhere in its
area is called out with a leader; where callouts would become noise, areas get a number and the
sheet a key.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Literal

import numpy as np
import shapely

from geoapp.portrayal.style import LABEL_SIZES, Style
from geoapp.sheets.scene.base.projection import Points
from geoapp.sheets.scene.labels.blocks import Block, Label, Row, halves
from geoapp.sheets.scene.labels.grid import Grid, Mask, box_sums, depths, edges_of
from geoapp.sheets.scene.primitives import Box, bounds_of, is_empty

How = Literal["inside", "callout", "number"]
Point = tuple[float, float]
Frame = tuple[int, int, Mask, Mask]
"""Left, top, own cells and taken cells of an area's own rectangle."""
Crossing = Literal["none", "leaders", "labels"]
CROSSINGS: tuple[Crossing, ...] = ("none", "leaders", "labels")
INSIDE = (1.0, 0.94, 0.88)
"""Shares of a label that must lie in its own area: whole first, at most 12 % outside at last."""
LEAST = 0.85
"""What of a label's exact box must lie in its area's exact shape."""
CELL = 1.6
KEY_FROM = 16
"""Callouts a sheet of A4's size bears before they become noise."""
REACH = (70.0, 150.0, 300.0, 2000.0)
"""How far from its area a callout is looked for, in design pixels."""
QUIET_SIZES = (14.0, 12.5, 11.2)
"""Type of names around the subject, design pixels."""
TRIES, STRIDE, LEADER_STEPS = 2500, 2, 56
"""Boxes tried for a callout, cells between them, points at which its leader is tested."""
AT_ONCE = 64
"""Leaders tested together, cheapest first: the free one is mostly among them."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its place. ``anchor`` is the point in the area that a leader ends at."""

    label: Label | None
    index: int
    block: Block
    box: Box
    how: How
    anchor: Point
    leader: Point | None = None
    number: int = 0


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
    _numbers: dict[int, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.grid = Grid.of(self.window, CELL, self.shapes)
        for box in self.obstacles:
            self.grid.take(box)

    def run(self) -> list[Placed]:
        """Place every label and return them in the order of the areas."""
        sizes = np.bincount(self.grid.ids.ravel(), minlength=len(self.shapes) + 1)[1:]
        order = sorted(range(len(self.labels)), key=lambda index: (sizes[index], index))
        seen = [index for index in order if sizes[index] or not is_empty(self.shapes[index])]
        anchors: dict[int, Point] = {}
        for index in seen:
            if not self._inside(index):
                anchors[index] = self.symbols[index][0] if index in self.symbols else self.anchor(index)
                self._take_anchor(anchors[index])
        left = list(anchors)
        if self.numbers:
            reading = sorted(left, key=lambda index: (round(anchors[index][1] / self.scale.px(70)), anchors[index][0]))
            self._numbers = {index: number for number, index in enumerate(reading, start=1)}
            self._free_anchors(anchors.values())  # a number may stand in its area, over the anchor
            left = [index for index in left if not self._number_inside(index, anchors[index])]
            for index in left:
                self._take_anchor(anchors[index])
        for index in left:
            self._callout(index, anchors[index])
        return sorted(self.placed, key=lambda each: each.index)

    def run_inside(self) -> list[Placed]:
        """Place the labels that lie wholly in their areas, the largest areas first; the others are left out."""
        sizes = np.bincount(self.grid.ids.ravel(), minlength=len(self.shapes) + 1)[1:]
        for index in sorted(range(len(self.labels)), key=lambda index: (-sizes[index], index)):
            if sizes[index] * CELL**2 > self.scale.type(LABEL_SIZES[-1]) ** 2:  # smaller than one character
                self._inside(index, INSIDE[:1])
        return sorted(self.placed, key=lambda each: each.index)

    def _take_anchor(self, anchor: Point, taken: bool = True) -> None:
        """Keep labels of larger areas off the point a leader will end at."""
        self.grid.take(Box(*anchor, *anchor).grown(CELL), taken)

    def _free_anchors(self, anchors: Iterable[Point]) -> None:
        for anchor in anchors:
            self._take_anchor(anchor, taken=False)
        for box in (*self.obstacles, *(each.box for each in self.placed)):
            self.grid.take(box)

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
        """Return the best box in an area. Cells are coarse against a number: the shape itself has the last word."""
        left, top, own, taken = frame
        spot = self._spot(own, taken, width, height, share)
        if spot is None:
            return None
        box = self.grid.box(left + spot[0], top + spot[1], width, height)
        if share < 1.0:
            area = shapely.make_valid(self.shapes[index])
            covered = shapely.area(shapely.intersection(area, shapely.box(*box)))
            if covered < LEAST * width * height:
                return None
        return box

    def _frame(self, index: int) -> Frame | None:
        """Return the cells of an area and the taken cells, cut to the area's own rectangle."""
        shape = self.shapes[index]
        if is_empty(shape):
            return None
        left, top, right, bottom = self.grid.span(bounds_of(shape))
        if right <= left or bottom <= top:
            return None
        own = self.grid.ids[top:bottom, left:right] == index + 1
        return (left, top, own, self.grid.taken[top:bottom, left:right]) if own.any() else None

    def _spot(self, own: Mask, taken: Mask, width: float, height: float, share: float) -> tuple[int, int] | None:
        """Return the best cell for a box: as deep in the area as it can be, near its middle."""
        wide, high = self.grid.size(width, height)
        inside = box_sums(own, wide, high)
        if not inside.size:
            return None
        fits = inside >= np.ceil(wide * high * share)
        if taken.any():
            fits &= box_sums(taken, wide, high) == 0
        if not fits.any():
            return None
        depth = depths(fits)
        rows, columns = np.nonzero(own)
        middle = rows.mean() - high / 2, columns.mean() - wide / 2
        y, x = np.ogrid[: depth.shape[0], : depth.shape[1]]
        score = np.minimum(depth, 1.5 * high) - 0.25 * np.hypot(y - middle[0], x - middle[1])
        row, column = np.unravel_index(np.argmax(np.where(fits, score, -np.inf)), score.shape)
        return int(column), int(row)

    def anchor(self, index: int) -> Point:
        """Return the point of an area farthest from its edge and from what stands on it."""
        frame = self._frame(index)
        if frame is None:
            point = shapely.get_coordinates(shapely.point_on_surface(self.shapes[index]))[0]
            return float(point[0]), float(point[1])
        left, top, own, taken = frame
        if (own & ~taken).any():  # a symbol may stand in the middle
            own = own & ~taken
        depth = depths(own)
        row, column = np.unravel_index(np.argmax(depth), depth.shape)
        return self.grid.centre(left + int(column), top + int(row))

    def _number_block(self, index: int) -> Block:
        size = self.scale.type(LABEL_SIZES[-1] * 0.9)
        return Block((Row(str(self._numbers[index]), size, bold=True),), size)

    def _number_inside(self, index: int, anchor: Point) -> bool:
        """Write a number in the area, if even that fits."""
        frame = self._frame(index)
        if frame is None:
            return False
        block = self._number_block(index)
        for share in INSIDE:
            box = self._within(index, frame, block.width + 1, block.height * 0.86, share)
            if box is not None:
                number = self._numbers[index]
                self._keep(Placed(self.labels[index], index, block, box, "number", anchor, number=number))
                return True
        return False

    def _callout(self, index: int, anchor: Point) -> None:
        """Set a label beside its area, as near as it can be, with a leader."""
        label, number = self.labels[index], self._numbers.get(index, 0)
        blocks = [self._number_block(index)] if self.numbers else list(label.outside(self.scale))
        clear = self.symbols[index][1] if index in self.symbols else 0.0
        for crossing, reach in (*product(("none",), REACH), *product(("leaders", "labels"), REACH[1:])):
            for block in blocks:
                box = self._beside(block, anchor, self.scale.px(reach), clear=clear, crossing=crossing)
                if box is None:
                    continue
                end = block.nearest(box, anchor)
                self._keep(Placed(label, index, block, box, "number" if number else "callout", anchor, end, number))
                self.grid.lined[self.grid.line(anchor, end)] = True
                return
        self.homeless.append(index)

    def _beside(
        self, block: Block, anchor: Point, reach: float, *, clear: float = 0.0, crossing: Crossing = "none"
    ) -> Box | None:
        """Return the cheapest free box near a point whose leader crosses no more than it may."""
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
        rows, columns = rows * STRIDE, columns * STRIDE
        ids = self.grid.ids[top:bottom, left:right]
        land = box_sums(ids > 0, wide, high)[rows, columns] / (wide * high)
        edges = box_sums(edges_of(ids), wide, high)[rows, columns] / (wide * high)
        x = self.window.x0 + (left + columns) * CELL
        y = self.window.y0 + (top + rows) * CELL
        ends = np.column_stack([np.clip(anchor[0], x, x + width), np.clip(anchor[1], y, y + height)])
        away = np.hypot(ends[:, 0] - anchor[0], ends[:, 1] - anchor[1])
        cost = away + reach * (0.35 * land + 2.4 * edges) + 40 * (away < 4)
        order = np.argsort(cost, kind="stable")[:TRIES]
        for first in range(0, len(order), AT_ONCE):
            some = order[first : first + AT_ONCE]
            free = self._free_leaders(anchor, ends[some], max(clear * 1.5, self.scale.px(8)), crossing)
            if free.any():
                pick = some[int(np.argmax(free))]
                return self.grid.box(int(left + columns[pick]), int(top + rows[pick]), width, height)
        return None

    def _free_leaders(self, start: Point, ends: Points, own_mark: float, crossing: Crossing) -> Mask:
        """Say which of many leaders cross no label and, unless they may, no other leader."""
        if crossing == "labels":
            return np.ones(len(ends), dtype=np.bool_)
        steps = np.linspace(0.0, 1.0, LEADER_STEPS)[None, :]
        x = start[0] + (ends[:, :1] - start[0]) * steps
        y = start[1] + (ends[:, 1:] - start[1]) * steps
        columns = np.clip(((x - self.window.x0) / CELL).astype(np.intp), 0, self.grid.ids.shape[1] - 1)
        rows = np.clip(((y - self.window.y0) / CELL).astype(np.intp), 0, self.grid.ids.shape[0] - 1)
        cells = self.grid.taken[rows, columns]
        if crossing == "none":
            cells = cells | self.grid.lined[rows, columns]
        own = np.hypot(x - start[0], y - start[1]) < own_mark
        return np.asarray(~np.any(cells & ~own, axis=1))

    def names(self, points: Sequence[tuple[Row, Point]]) -> list[Placed]:
        """Write names beside points, each with a leader where it stands apart."""
        found = []
        for row, at in points:
            size = self.scale.type(row.size)
            block = Block(tuple(replace(row, text=line, size=size) for line in halves(row.text)), size)
            for reach in REACH:
                box = self._beside(block, at, self.scale.px(reach), clear=self.scale.px(11))
                if box is None:
                    continue
                end = block.nearest(box, at)
                far = np.hypot(end[0] - at[0], end[1] - at[1]) > self.scale.px(22)
                self.grid.take(box)
                found.append(Placed(None, -1, block, box, "callout", at, end if far else None))
                break
        return found

    def pointed(self, points: Sequence[tuple[tuple[Row, ...], Point]]) -> list[Placed]:
        """Write names beside points, each with a leader; what finds no room crosses a leader rather than stay away."""
        found = []
        ways = [(crossing, reach) for crossing in CROSSINGS for reach in REACH[:3]]
        for rows, at in points:
            sizes = [self.scale.type(row.size) for row in rows]
            block = Block(tuple(replace(row, size=size) for row, size in zip(rows, sizes, strict=True)), sizes[0])
            for crossing, reach in ways:
                box = self._beside(block, at, self.scale.px(reach), crossing=crossing)
                if box is None:
                    continue
                end = block.nearest(box, at)
                self.grid.take(box)
                self.grid.lined[self.grid.line(at, end)] = True
                found.append(Placed(None, -1, block, box, "callout", at, end))
                break
        return found

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
        self.grid.take(placed.box)
        self.placed.append(placed)
