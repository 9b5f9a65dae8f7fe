"""The legend of a sheet: the web's entries, drawn; symbols to scale; what is not on the map, said."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

import numpy as np
import shapely

from geoapp.analysis.resolution.labels import format_number
from geoapp.analysis.resolved_view import ResolvedView
from geoapp.analysis.undertakings import distinct, spread, tally
from geoapp.analysis.value_scale import amount
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Project
from geoapp.portrayal import legend, palette, style
from geoapp.portrayal.style import Style
from geoapp.portrayal.work_sizes import HEAD, sizes
from geoapp.raster.record import RasterRecord
from geoapp.sheets.fonts import measure, wrap
from geoapp.sheets.scene import backdrop, glyphs
from geoapp.sheets.scene.areas import LARGEST, LEAST
from geoapp.sheets.scene.fills import fill_of, pattern
from geoapp.sheets.scene.primitives import Box, Circle, Group, Path, Primitive, Text, rectangle

Point = Park | Project
WIDEST = 300.0
SAMPLE = 20.0
"""Diameter of a usual mark in design pixels."""
SIDE, TOP = 14.0, 11.0
"""Design pixels between the frame of a legend and its words."""
REST = Phrase("其余 {count} 类")
WORDS = {
    "places": Phrase("乡镇级位置"),
    "counties": Phrase("只知所在县市，非实际位置"),
    "piles": Phrase("按所在地区计数，非实际位置"),
    "unplaced": Phrase("另有只知所在地市或省区、未落图："),
    "parks": Phrase("园区"),
    "projects": Phrase("项目"),
    "actions": Phrase("举措"),
    "points": Phrase("园区、项目"),
    "every": Phrase("园区、项目、举措"),
    "regions": Phrase("地区数"),
    "number": Phrase("个数"),
    "least": Phrase("不足{value}的，圆一样大"),
    "dots": Phrase("圆点大小表示{amount}，最大{largest}"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line: a swatch (drawn from its box) and words."""

    words: str
    swatch: str
    colour: str = ""
    kind: str = ""
    precision: str = ""
    head: bool = False
    small: bool = False
    sizes: tuple[tuple[float, str, str], ...] = ()
    """Circles: radius in design pixels, words, number of areas."""
    count: str = ""
    scale: float = 1.0
    """Of a mark, beside the usual one."""

    @property
    def is_count(self) -> bool:
        """Say whether the line is only the name of the column of numbers."""
        return self.small and not self.words


@dataclass(frozen=True, slots=True)
class Asked:
    """What a legend explains.

    Attributes:
        backdrop: the raster under the areas; they are then outlined, their values written in them.
        unplaced: points that no area of the sheet can hold.
        piled: points are counted by area, not drawn one by one.
    """

    resolved: ResolvedView
    backdrop: RasterRecord | None
    unplaced: list[Point]
    piled: bool


@dataclass(frozen=True, slots=True)
class Plate:
    """A legend laid out: its size, and how to draw it once its place is known."""

    items: tuple[tuple[Item, tuple[str, ...]], ...]
    width: float
    height: float
    scale: Style

    def uncounted(self) -> "Plate":
        """Return the legend without its numbers of areas and of points."""
        rows = [(replace(item, count=""), lines) for item, lines in self.items if not item.is_count]
        height = sum(_height(item, lines, self.scale) for item, lines in rows) + self.scale.px(22)
        width = max(_width(item, lines, self.scale) for item, lines in rows) + self.scale.px(28)
        return Plate(tuple(rows), width, height, self.scale)

    def draw(self, box: Box) -> Group:
        """Draw the legend in its box."""
        group = Group("legend")
        line = self.scale.px(1.0)
        group.add(rectangle(box, fill=style.PAPER, stroke=style.LAND_EDGE, width=line))
        y = box.y0 + self.scale.px(12)
        left = box.x0 + self.scale.px(14)
        for item, lines in self.items:
            high = _height(item, lines, self.scale)
            group.add(*_draw(item, lines, left, y, high, self.scale))
            if item.count:
                size = _count_size(item, self.scale)
                base = y + high / 2 + size * 0.36
                group.add(Text(box.x1 - self.scale.px(14), base, item.count, size, style.SOFT, anchor="end"))
            y += high
        return group


def plate(asked: Asked, scale: Style, most: float) -> Plate:
    """Lay out the legend of a view; where it would be higher than ``most``, kinds of points share a line."""
    full = _laid(asked, scale, short=False)
    return full if full.height <= most else _laid(asked, scale, short=True)


def cut(asked: Asked, scale: Style, room: tuple[float, float]) -> Plate:
    """Lay out the legend within a width and a height; of rows that have no room there the number is told."""
    full = _laid(asked, scale, short=True, widest=room[0] - scale.px(2 * SIDE))
    if full.height <= room[1]:
        return full
    high = room[1] - scale.px(2 * TOP) - _height(Item("", "", small=True), ("",), scale)
    kept = 0
    for item, lines in full.items:
        high -= _height(item, lines, scale)
        if high < 0:
            break
        kept += 1
    rest = Item(Phrase(REST.text, {"count": len(full.items) - kept}).say(asked.resolved.view.lang), "", small=True)
    rows = (*full.items[:kept], (rest, (rest.words,)))
    height = sum(_height(item, lines, scale) for item, lines in rows) + scale.px(2 * TOP)
    return Plate(rows, full.width, min(height, room[1]), scale)


def _laid(asked: Asked, scale: Style, *, short: bool, widest: float = math.inf) -> Plate:
    resolved, record = asked.resolved, asked.backdrop
    lang = resolved.view.lang
    values = _values(resolved, lang) if record is None else [*_written(resolved, lang), *_cells(record, resolved)]
    items = [*values, *_points(resolved, asked.unplaced, asked.piled, lang, short=short), *_vectors(resolved, lang)]
    laid = [_set(item, scale, widest) for item in items]
    widest = max(_width(item, lines, scale) for item, lines in laid if not (item.head and item.count))
    # the name of a column stands beside the heading above it, or under it where that would widen the legend
    rows: list[tuple[Item, tuple[str, ...]]] = []
    for item, lines in laid:
        if item.head and item.count and _width(item, lines, scale) > widest:
            widest = max(widest, _width(replace(item, count=""), lines, scale))
            rows += [(replace(item, count=""), lines), (Item("", "", small=True, count=item.count), ("",))]
        else:
            rows.append((item, lines))
    height = sum(_height(item, lines, scale) for item, lines in rows) + scale.px(2 * TOP)
    return Plate(tuple(rows), widest + scale.px(2 * SIDE), height, scale)


def _set(item: Item, scale: Style, widest: float) -> tuple[Item, tuple[str, ...]]:
    """Break the words of an item into lines that leave room for its sample and its number."""
    after = measure(f"　{item.count}", _count_size(item, scale)) if item.count and widest < math.inf else 0.0
    room = min(scale.px(WIDEST), widest - after) - _indent(item, scale)
    return item, tuple(wrap(item.words, room, _size(item, scale), bold=item.head)) or ("",)


def _width(item: Item, lines: tuple[str, ...], scale: Style) -> float:
    """Return the width of an item in points, with its number."""
    after = measure(f"　{item.count}", _count_size(item, scale)) if item.count else 0.0
    words = max(measure(line, _size(item, scale), item.head) for line in lines)
    return _indent(item, scale) + words + after


def _indent(item: Item, scale: Style) -> float:
    return 0.0 if item.head or item.small else scale.px(44)


def _values(resolved: ResolvedView, lang: str) -> list[Item]:
    entries = legend.entries(resolved)
    if resolved.view.fill == "none":
        return []
    sizes = tuple(
        (LARGEST * entry.size, entry.label.say(lang), str(entry.count)) for entry in entries if entry.look == "symbol"
    )
    several = any(entry.look == "hatch" and entry.colour == palette.LENT for entry in entries)
    every = several or resolved.scale.shared  # a class seen on another map of the series is told here too
    lines = [
        entry_item(entry, lang)
        for entry in entries
        if entry.look != "symbol" and (entry.count or not _is_class(entry) or every)
    ]
    classed = bool(sizes) or any(_is_class(entry) and entry.count for entry in entries)
    circles = _circles(resolved, sizes, lang)
    method = [Item(legend.method(resolved).say(lang), "", small=True)] if classed else []
    return [_heading(resolved, lang), *circles, *lines, *method]


def _written(resolved: ResolvedView, lang: str) -> list[Item]:
    """Say of outlined areas that their values stand in words, and why some have none."""
    entries = legend.entries(resolved)
    sizes = tuple(
        (LARGEST * entry.size, entry.label.say(lang), str(entry.count)) for entry in entries if entry.look == "symbol"
    )
    states = [entry for entry in entries if entry.key in legend.STATES]
    return [
        _heading(resolved, lang),
        *(_circles(resolved, sizes, lang) or [Item(backdrop.VALUES.say(lang), "", small=True)]),
        *(Item(entry.label.say(lang), "", small=True, count=str(entry.count)) for entry in states),
    ]


def _cells(record: RasterRecord, resolved: ResolvedView) -> list[Item]:
    """Explain the colours of a raster, and say what it is not."""
    lang = resolved.view.lang
    lines = backdrop.legend_lines(record, lang, resolved.view.opacity / 100)
    return [
        Item("", "gap"),
        Item(record.title.get(lang), "", head=True),
        *(Item(note, "", small=True) for note in backdrop.legend_notes(record, lang)),
        *(Item(words, "fill", colour) for colour, words in lines),
        Item(backdrop.NO_DATA.say(lang), "", small=True),
        Item("", "gap"),
    ]


def _vectors(resolved: ResolvedView, lang: str) -> list[Item]:
    """Explain the dots of each published vector layer, and what the largest stands for."""
    items: list[Item] = []
    for shown in resolved.vectors:
        counts = Counter(feature.kind for feature in shown.features)
        title = shown.layer.title.get(lang)
        items.append(Item(title, "", head=True, count=WORDS["number"].say(lang)))
        items += [
            Item(kind.title.get(lang), "dot", kind.colour, count=str(counts[kind.id]))
            for kind in shown.layer.kinds
            if counts[kind.id]
        ]
        column = shown.layer.amount_column
        if column and shown.largest:
            values = {"amount": column.title.get(lang), "largest": f"{format_number(shown.largest)} {column.unit}"}
            items.append(Item(replace(WORDS["dots"], values=values).say(lang), "", small=True))
    return items


def _heading(resolved: ResolvedView, lang: str) -> Item:
    unit = style.bracketed(resolved.unit, lang) if resolved.unit else ""
    words = resolved.indicator.title.get(lang) + unit
    return Item(words, "", head=True, count=WORDS["regions"].say(lang) if resolved.areas else "")


def _circles(resolved: ResolvedView, sizes: tuple[tuple[float, str, str], ...], lang: str) -> list[Item]:
    """Return the samples of circles with the number of areas that have one; nothing without amounts."""
    count = sum(int(number) for *_, number in sizes)
    return [Item("", "sizes", sizes=sizes, count=str(count or "")), *_least(resolved, lang)] if sizes else []


def _least(resolved: ResolvedView, lang: str) -> list[Item]:
    """Say below which amount a circle is no smaller, if any amount of the view is."""
    least = resolved.scale.largest * (LEAST / LARGEST) ** 2
    answers = [area.drawn for area in (*resolved.areas, resolved.whole)]
    if not any(0 < amount(each) < least for each in answers):
        return []
    words = replace(WORDS["least"], values={"value": format_number(float(f"{least:.1g}"))})
    return [Item(words.say(lang), "", small=True)]


def _is_class(entry: legend.Entry) -> bool:
    return entry.key == "zero" or entry.key.startswith("class-")


def entry_item(entry: legend.Entry, lang: str) -> Item:
    """Return a legend line of the web as a line of the sheet, with the number of areas."""
    return Item(entry.label.say(lang), entry.look, entry.colour, count=str(entry.count))


def _points(resolved: ResolvedView, unplaced: list[Point], piled: bool, lang: str, *, short: bool) -> list[Item]:
    hidden = {point.id for point in unplaced}
    drawn = [point for point in resolved.points if point.id not in hidden]
    head = WORDS["every" if resolved.actions else "points"].say(lang)
    items = [Item(head, "", head=True, count=WORDS["number"].say(lang))] if drawn else []
    items += _totals(drawn, lang) if piled or short else _kinds(drawn, lang)
    items += _meanings(drawn, piled, lang)
    items += [] if piled else _sizes(drawn, resolved, lang)
    if unplaced:
        counts = [f"{WORDS[name].say(lang)} {n}" for name, n in tally(unplaced).items() if n]
        items += [
            Item(words, "", small=True) for words in (WORDS["unplaced"].say(lang), style.MARKS[lang][0].join(counts))
        ]
    return items


def _sizes(points: list[Point], resolved: ResolvedView, lang: str) -> list[Item]:
    """Say what the size of a mark means, where marks have several."""
    found = sizes(points, resolved)
    lines = [
        Item(each.label.say(lang), "mark", kind="blank", precision="county", count=str(each.count), scale=each.scale)
        for each in found
    ]
    return [Item(HEAD.say(lang), "", small=True), *lines] if lines else []


def _totals(points: list[Point], lang: str) -> list[Item]:
    """One line for parks, one for projects and one for actions."""
    return [
        Item(WORDS[name].say(lang), "mark", kind=glyphs.PILES[name], precision="county", count=str(n))
        for name, n in tally(points).items()
        if n
    ]


def _kinds(points: list[Point], lang: str) -> list[Item]:
    """One line for each kind drawn; one undertaking with several marks says over how many divisions it stands."""
    kinds: dict[str, list[list[Point]]] = defaultdict(list)
    for group in distinct(points):
        kinds[glyphs.kind_of(group[0])].append(group)
    return [
        Item(
            _kind_words(kind, kinds[kind], lang),
            "mark",
            kind=kind,
            precision=_look(points, kind),
            count=str(len(kinds[kind])),
        )
        for kind in sorted(kinds, key=glyphs.place_in_legend)
    ]


def _kind_words(kind: str, groups: list[list[Point]], lang: str) -> str:
    wide = spread(groups)
    return glyphs.words_of(kind, lang) + (style.bracketed(wide.say(lang), lang) if wide else "")


def _meanings(points: list[Point], piled: bool, lang: str) -> list[Item]:
    """Say what solid and dashed marks mean, or that points are only counted."""
    if piled:
        return [Item(WORDS["piles"].say(lang), "", small=True)] if points else []
    looks = [("town", "places", any(map(glyphs.is_exact, points)))]
    looks.append(("county", "counties", not all(map(glyphs.is_exact, points))))
    return [
        Item(WORDS[word].say(lang), "mark", kind="blank", precision=precision)
        for precision, word, seen in looks
        if seen
    ]


def _look(points: list[Point], kind: str) -> str:
    found = [point for point in points if glyphs.kind_of(point) == kind]
    return "town" if all(glyphs.is_exact(point) for point in found) else "county"


def _size(item: Item, scale: Style) -> float:
    return scale.type(16.0 if item.head else 13.0 if item.small else 14.5)


def _count_size(item: Item, scale: Style) -> float:
    """Return the type of a number at the right; above a column of them, of the small words that name it."""
    return scale.type(13.0) if item.head else _size(item, scale)


def _height(item: Item, lines: tuple[str, ...], scale: Style) -> float:
    if item.swatch == "gap":
        return scale.px(9)
    size = _size(item, scale)
    plain = size * 1.32 * len(lines) + scale.px(6 if item.head or item.small else 4.5)
    return scale.px(2 * item.sizes[0][0] + 14) if item.sizes else max(plain, scale.px(SAMPLE * item.scale + 3.0))


def _draw(item: Item, lines: tuple[str, ...], x: float, y: float, high: float, scale: Style) -> list[Primitive]:
    size = _size(item, scale)
    indent = _indent(item, scale)
    colour = style.SOFT if item.small else style.INK
    found: list[Primitive] = []
    base = y + (high - size * 1.32 * len(lines)) / 2 + size
    for line in lines:
        found.append(Text(x + indent, base, line, size, colour, bold=item.head))
        base += size * 1.32
    middle = y + high / 2
    box = Box(x, middle - scale.px(9), x + scale.px(34), middle + scale.px(9))
    return [*found, *_swatch(item, box, scale)]


def _swatch(item: Item, box: Box, scale: Style) -> list[Primitive]:
    middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
    if item.swatch == "sizes":
        return _nested(item, box.x0, middle[1], scale)
    if item.swatch == "mark" and item.kind == "blank":
        return glyphs.mark("other", item.precision, *middle, scale.px(SAMPLE) * item.scale)[:2]
    if item.swatch == "mark":
        return glyphs.mark(item.kind, item.precision, *middle, scale.px(SAMPLE))
    if item.swatch in ("", "gap"):
        return []
    if item.swatch == "dot":
        return [Circle(*middle, scale.px(5.0), item.colour, style.PAPER, scale.px(0.8))]
    fill = rectangle(box, fill=fill_of(item.swatch, item.colour))
    edge = rectangle(box, stroke=style.AREA_EDGE, width=scale.px(0.9))
    return [fill, *pattern(shapely.box(*box), item.swatch, item.colour, scale), edge]


def _nested(item: Item, x: float, middle: float, scale: Style) -> list[Primitive]:
    """Draw circles inside each other on one foot, a line from the top of each to its words."""
    most = scale.px(item.sizes[0][0])
    size = scale.type(14.5)
    found: list[Primitive] = []
    for radius, words, _ in ((scale.px(each[0]), *each[1:]) for each in item.sizes):
        y = middle + most - radius
        found.append(Circle(x + most, y, radius, style.AMOUNT, style.AMOUNT_EDGE, scale.px(1.2), opacity=0.35))
        top = y - radius
        line = np.array([[x + most, top], [x + 2 * most + size * 0.6, top]])
        found.append(Path((line,), stroke=style.SOFT, width=scale.px(0.8), closed=False))
        found.append(Text(x + 2 * most + size * 0.9, top + size * 0.36, words, size))
    return found
