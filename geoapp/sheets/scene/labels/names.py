"""Which labels a sheet gets, in what colours; the marks of points; the numbered key."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np

from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.analysis.undertakings import distinct
from geoapp.errors import InvalidView, Issue
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Project
from geoapp.model.region import Adcode, Level
from geoapp.model.vocabulary import SILENT
from geoapp.portrayal import style
from geoapp.portrayal.legend import area_fill
from geoapp.portrayal.style import Style
from geoapp.portrayal.work_sizes import scale_of
from geoapp.sheets.scene import glyphs
from geoapp.sheets.scene.areas import Canvas, symbols_of
from geoapp.sheets.scene.fills import fill_of
from geoapp.sheets.scene.furniture.leave_out import ORDER, LeaveOut
from geoapp.sheets.scene.labels.around import NOT_DIVISIONS, Around, names_around
from geoapp.sheets.scene.labels.blocks import UNNUMBERED, Label, Placed, Row, numbered
from geoapp.sheets.scene.labels.key import Line as KeyLine
from geoapp.sheets.scene.labels.key import broken_words, draw_key, key_lines, key_width
from geoapp.sheets.scene.labels.placer import KEY_FROM, Placer
from geoapp.sheets.scene.primitives import Box, Circle, Group, Line, Path, Primitive

Point = Park | Project
MARK = 21.0
"""Diameter of a mark in design pixels."""
MOST_VALUES = 160
"""Areas of a map of the ground that are all labelled: the counties of the largest province but a few."""
MOST_NAMES = 30
"""Exact points whose names are written beside them."""
WHY_NONE = {"parent": Phrase("未分解"), "not_published": Phrase("未公开")}
LEAST_SHARE = 0.8
"""A small picture bears nearly as many callouts as a sheet of A4: its type is smaller too."""


def unplaced(resolved: ResolvedView, piled: bool) -> list[Point]:
    """Return the points no area of the sheet can hold: known only to a wider division."""
    return [
        point
        for point in points_of(resolved)
        if point.adcode not in resolved.holders and (piled or not glyphs.is_exact(point))
    ]


def points_of(resolved: ResolvedView) -> tuple[Point, ...]:
    """Return parks, then projects, then actions."""
    return resolved.points


@dataclass(frozen=True, slots=True)
class Exact:
    """A point drawn where it really is."""

    point: Point
    x: float
    y: float


@dataclass(frozen=True, slots=True, eq=False)
class Labelling:
    """The labels of one map, placed."""

    placed: list[Placed]
    exact: list[Exact]
    names: list[Placed]
    name_around: Callable[[], Around]
    """Names what lies around, on the room left."""
    callouts: int
    homeless: int
    works: list[tuple[int, str]]
    """Numbered marks and their names."""

    @property
    def around(self) -> Around:
        """The names around: found for the map that is drawn, not for those tried before it."""
        return self.name_around()

    @property
    def numbered(self) -> bool:
        """Say whether any area has a number instead of its name."""
        return bool(self.works) or any(each.number for each in self.placed)

    def is_crowded(self, outer: Box) -> bool:
        """Say whether more labels stand outside their areas than a map of this size bears."""
        return self.callouts > _most_callouts(outer) or bool(self.homeless)

    def _lines(self) -> list[KeyLine]:
        areas = sorted((each.number, each.label.key_words()) for each in self.placed if each.label and each.number)
        return key_lines(areas or self.works)

    def key_width(self, outer: Box, scale: Style) -> float:
        """Return the width of the key in points; 0 where no key is needed."""
        words = [words for _, words in self._lines()]
        areas = any(each.number for each in self.placed)
        if not areas and self.is_crowded(outer):
            words = _likely((each.label for each in self.placed if each.label), self.callouts)
        return key_width(words, outer, scale)

    def groups(self, canvas: Canvas) -> list[Group]:
        """Draw leaders, labels and marks."""
        scale = canvas.scale
        leaders, labels, marks = Group("leaders"), Group("labels"), Group("places")
        for each in (*self.placed, *self.names):
            if each.leader is not None:
                leaders.add(*_leader(each, scale))
        for each in self.placed:
            labels.add(*_label(each, canvas))
        for exact in self.exact:
            kind, precision = glyphs.kind_of(exact.point), exact.point.precision
            size = scale.px(MARK) * scale_of(exact.point, canvas.resolved)
            marks.add(*glyphs.mark(kind, precision, exact.x, exact.y, size))
        for each in self.names:
            marks.add(*each.block.draw(each.box, style.INK, style.PAPER, scale.px(2.2)))
        return [self.around.draw(scale), leaders, labels, marks]

    def key(self, box: Box, lang: str, scale: Style) -> Group:
        """Draw the numbered key in its box."""
        return draw_key(self._lines(), box, lang, scale)


def _likely(labels: Iterable[Label], count: int) -> list[str]:
    """Return the words a key of about ``count`` areas may hold: the longest of all."""
    return sorted((label.key_words() for label in labels), key=len)[-int(count * 1.25 + 2) :]


def _most_callouts(outer: Box) -> float:
    """Return how many labels may stand outside their areas before they become noise."""
    return KEY_FROM * max(outer.width * outer.height / (770.0 * 440.0), LEAST_SHARE)


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """The labels of one map, those with room in their areas placed, before any is called out.

    Calling out takes most of the time, so a sheet that needs another layout is known before.
    """

    canvas: Canvas
    exact: list[Exact]
    labels: Sequence[Label]
    placer: Placer
    left: Mapping[int, tuple[float, float]]
    """The anchors of the labels that have no room."""
    out: LeaveOut

    def key_width(self, outer: Box, scale: Style) -> float:
        """Return the width in points of the key of the areas; 0 where none is needed, as far as is known yet."""
        if self.placer.numbered:
            entries = sorted((number, self.labels[index].key_words()) for index, number in self.placer.numbered.items())
            return key_width([words for _, words in key_lines(entries)], outer, scale)
        if len(self.left) > _most_callouts(outer):
            labels = [
                *(each.label for each in self.placer.placed if each.label),
                *(self.labels[at] for at in self.left),
            ]
            return key_width(_likely(labels, len(self.left)), outer, scale)
        return 0.0

    def called_out(self) -> Labelling:
        """Place the rest.

        Raises:
            InvalidView: areas were to be numbered, and the sheet has no room even for that.
        """
        canvas, placer, labels = self.canvas, self.placer, self.labels
        placed, keyed = _number_works(placer.call_out(self.left), canvas.scale)
        named = self.exact if len(self.exact) <= MOST_NAMES and not self.out.names else []
        points = [*whole_label(canvas), *((point_label(each.point), (each.x, each.y)) for each in named)]
        names = placer.names(points)
        if placer.numbers and placer.homeless:
            missing = "、".join(labels[index].name for index in placer.homeless)
            raise InvalidView([Issue("width", f"the sheet has no room for {missing}", "make it larger")])
        beside = sum(each.how == "callout" for each in placed) + len(placer.homeless)
        labelled = {label.area.region.adcode for label in labels}
        around = cache(partial(names_around, canvas, placer, labelled, pointed=not self.out.rows))
        return Labelling(placed, self.exact, names, around, beside, len(placer.homeless), keyed)


def settle_labels(
    canvas: Canvas, piled: bool, *, numbers: bool, works: bool = False, out: LeaveOut = ORDER[0]
) -> Settled:
    """Place the labels of a map that have room in their areas.

    Args:
        numbers: areas without room for their names get numbers.
        works: so do parks and projects.
        out: what is left out: names that would stand outside their areas.
    """
    resolved, scale = canvas.resolved, canvas.scale
    exact = [] if piled else exact_marks(canvas)
    side = scale.px(MARK) / 2
    taken = [*(box.grown(scale.px(4)) for box in canvas.layout.boxes)]
    taken += [Box(each.x, each.y, each.x, each.y).grown(side * scale_of(each.point, resolved)) for each in exact]
    taken += [Box(each.x, each.y, each.x, each.y).grown(each.radius) for each in symbols_of(canvas)]
    labels = area_labels(resolved, piled, works)
    shapes = [canvas.shapes[label.area.region.adcode] for label in labels]
    circles = {each.adcode: ((each.x, each.y), each.radius) for each in symbols_of(canvas) if not each.whole}
    codes = [label.area.region.adcode for label in labels]
    marked = {index: circles[code] for index, code in enumerate(codes) if code in circles}
    placer = Placer(canvas.window, shapes, labels, scale, taken, numbers, marked)
    left = placer.settle_wholly() if out.names else placer.settle()
    return Settled(canvas, exact, labels, placer, left, out)


def _number_works(placed: list[Placed], scale: Style) -> tuple[list[Placed], list[tuple[int, str]]]:
    """Number the marks without names as one reads the map; a work in several areas has one number."""
    numbers: dict[str, int] = {}
    found = {}
    for each in sorted(placed, key=lambda each: (round(each.box.y0 / scale.px(90)), each.box.x0)):
        after = {mark.after for row in each.block.rows for mark in row.marks}
        if each.label is not None and UNNUMBERED in after:
            own = [numbers.setdefault(point.name, len(numbers) + 1) for point in each.label.points]
            found[each.index] = replace(each, block=numbered(each.block, iter(own)))
    return [found.get(each.index, each) for each in placed], [(number, name) for name, number in numbers.items()]


def works_width(resolved: ResolvedView, outer: Box, scale: Style) -> float:
    """Return the least width in points of the key of works: of those no area has room to name."""
    crowded = [label for label in area_labels(resolved, piled=False, works=True) if not label.is_listed]
    names = [line for label in crowded for point in label.points for line in broken_words(point.name)]
    return key_width(list(dict.fromkeys(names)), outer, scale)


def area_labels(resolved: ResolvedView, piled: bool, works: bool = False) -> list[Label]:
    """Return the labels of the areas; on a national sheet only of those with something to say.

    A project shared by several parts of an area is in it once, a project of two areas in both.
    What is not from a plan has a value everywhere: where there are many areas, their colours say it.
    """
    points: dict[Adcode, list[Point]] = defaultdict(list)
    for point in points_of(resolved):
        holder = resolved.holders.get(point.adcode)
        if holder is not None and (piled or not glyphs.is_exact(point)):
            points[holder.adcode].append(point)
    named = {code: tuple(group[0] for group in distinct(rows)) for code, rows in points.items()}
    national = resolved.region.level is Level.NATION
    crowded = resolved.indicator.origin is not None and len(resolved.areas) > MOST_VALUES
    return [
        Label(
            area,
            area.region.name,
            label_words(area, resolved),
            named.get(area.region.adcode, ()),
            piled,
            resolved.view.lang,
            works,
            {point.id: scale_of(point, resolved) for point in named.get(area.region.adcode, ())},
        )
        for area in resolved.areas
        if area.region.adcode in named or not (crowded or _quiet(area, national=national))
    ]


def _quiet(area: Area, *, national: bool) -> bool:
    """Say whether an area goes without its name: on a national sheet one that has no value of its own."""
    if national:
        return area.resolution.status != "own"
    return area.resolution.status in SILENT and area.region.adcode in NOT_DIVISIONS


def label_words(area: Area, resolved: ResolvedView) -> str:
    """Return the value printed in an area: only its own; a parent's stands in the subtitle.

    Over a raster areas have no pattern that says why there is none, so a word does.
    """
    if area.resolution.status == "own":
        return area.label
    states = WHY_NONE if resolved.view.raster else {}
    return states[area.resolution.status].say(resolved.view.lang) if area.resolution.status in states else ""


def exact_marks(canvas: Canvas) -> list[Exact]:
    """Return the points with a real place, side by side where several share it."""
    groups: dict[tuple[float, float], list[Point]] = defaultdict(list)
    for point in points_of(canvas.resolved):
        if glyphs.is_exact(point):
            groups[point.lon, point.lat].append(point)
    usual = canvas.scale.px(MARK) * 1.08
    found = []
    for (lon, lat), points in groups.items():
        x, y = canvas.at(lon, lat)
        pitch = usual * max(scale_of(point, canvas.resolved) for point in points)
        start = x - pitch * (len(points) - 1) / 2
        found += [Exact(point, start + number * pitch, y) for number, point in enumerate(points)]
    return [each for each in found if canvas.window.grown(-usual / 2).holds(Box(each.x, each.y, each.x, each.y))]


def whole_label(canvas: Canvas) -> list[tuple[Row, tuple[float, float]]]:
    """Return the name beside the symbol of the whole region."""
    resolved = canvas.resolved
    if not resolved.whole.label:
        return []
    text = f"{resolved.region.name} {resolved.whole.label}"
    return [(Row(text, 15.0), (each.x, each.y + each.radius)) for each in symbols_of(canvas) if each.whole]


def point_label(point: Point) -> Row:
    """Return the name written beside a point."""
    return Row(point.name, 13.5, colour=style.ACCENT if isinstance(point, Park) else style.MARK)


def _leader(each: Placed, scale: Style) -> list[Primitive]:
    assert each.leader is not None
    line: Line = np.array([each.anchor, each.leader])
    return [
        Path((line,), stroke=style.PAPER, width=scale.px(2.6), closed=False, opacity=0.75),
        Path((line,), stroke=style.INK, width=scale.px(1.0), closed=False),
        Circle(*each.anchor, scale.px(3.0), fill=style.INK, stroke=style.PAPER, width=scale.px(1.0)),
    ]


def _label(each: Placed, canvas: Canvas) -> list[Primitive]:
    """Draw a label in ink or white, with a halo of what lies under it."""
    if each.how == "callout" or each.leader is not None:
        return list(each.block.draw(each.box, style.INK, style.PAPER, canvas.scale.px(2.4)))
    if canvas.outlined:
        return list(each.block.draw(each.box, style.INK, style.PAPER, canvas.scale.px(3.2)))
    assert each.label is not None
    look, colour = area_fill(each.label.area, canvas.resolved)
    if look in ("hatch", "dots", "rings", "lines"):
        return list(each.block.draw(each.box, style.INK, fill_of(look, colour), canvas.scale.px(4.2)))
    ink = style.PAPER if style.is_dark(colour) else style.INK
    return list(each.block.draw(each.box, ink, colour, canvas.scale.px(1.8)))
