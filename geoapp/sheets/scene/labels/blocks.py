"""What a label may look like: name, value and marks in several arrangements, best one first."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from geoapp.analysis.resolved_view import Area
from geoapp.analysis.undertakings import tally
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Project
from geoapp.model.view import PointLayer
from geoapp.portrayal import style
from geoapp.portrayal.style import LABEL_SIZES, Style
from geoapp.sheets.fonts import measure, wrap
from geoapp.sheets.scene import glyphs
from geoapp.sheets.scene.primitives import Box, Primitive, Text

Point = Park | Project
How = Literal["inside", "callout", "number"]
SUFFIXES = ("自治州", "自治县", "自治旗", "特别行政区", "地区", "林区", "新区")
LONG_NAME, WORDS_WIDE, WORDS_LINES = 5, 9.0, 3
FEW = 12
"""Marks drawn one by one in an area; more are counted by kind."""
NAMED = 4
"""Points of an area whose names are tried on the map."""
LONGEST_POINT_NAME = 16
UNNUMBERED = "00 "
"""Keeps the room of a number that is known once everything has its place."""
COUNTS: dict[PointLayer, Phrase] = {
    "parks": Phrase("园区{count}"),
    "projects": Phrase("项目{count}"),
    "actions": Phrase("举措{count}"),
}
LONG_POINT_NAME = 14
"""Characters from which the name beside a mark is set on two lines."""


class Mark(NamedTuple):
    """A mark of a row: its kind, how well its place is known, the text after it, its size beside that of others."""

    kind: str
    precision: str
    after: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a block: text, or marks each with a count or a name after it."""

    text: str = ""
    size: float = 0.0
    bold: bool = False
    colour: str = ""
    marks: tuple[Mark, ...] = ()
    tail: str = ""
    """Bold text after the plain one."""

    @property
    def width(self) -> float:
        """Return the width in points."""
        if not self.marks:
            return measure(self.text, self.size, self.bold) + measure(self.tail, self.size, bold=True)
        return sum(
            self.size * mark.scale * 1.08 + (measure(mark.after, self.size * 0.8) if mark.after else 0.0)
            for mark in self.marks
        )

    @property
    def is_list(self) -> bool:
        """Say whether the row is one mark with its name: such rows begin at one left edge."""
        return len(self.marks) == 1 and len(self.marks[0].after) > 4

    @property
    def height(self) -> float:
        """Return the height in points."""
        return self.size * (1.1 * max(mark.scale for mark in self.marks) if self.marks else 1.16)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows set centred below each other."""

    rows: tuple[Row, ...]
    size: float
    width: float = field(init=False)
    height: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", max(row.width for row in self.rows))
        object.__setattr__(self, "height", sum(row.height for row in self.rows))

    def nearest(self, box: Box, point: tuple[float, float]) -> tuple[float, float]:
        """Return where a leader from ``point`` ends: the nearest edge of a row, not an empty corner of the block."""
        middle, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1 - self.height) / 2
        ends = []
        for row in self.rows:
            line = Box(middle - row.width / 2, y, middle + row.width / 2, y + row.height)
            ends.append(line.nearest(point))
            y += row.height
        return min(ends, key=lambda end: (end[0] - point[0]) ** 2 + (end[1] - point[1]) ** 2)

    def draw(self, box: Box, colour: str, halo: str, halo_width: float) -> Iterator[Primitive]:
        """Yield the block's primitives, its rows centred in ``box``."""
        middle, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1 - self.height) / 2
        listed = max((row.width for row in self.rows if row.is_list), default=0.0)
        for row in self.rows:
            left = middle - (listed if row.is_list else row.width) / 2
            if row.marks:
                yield from _marks(row, left, y + row.height / 2, colour, halo, halo_width)
            else:
                base = y + row.height * 0.5 + row.size * 0.36
                yield from _words(row, left, base, row.colour or colour, halo, halo_width)
            y += row.height


def _words(row: Row, x: float, base: float, ink: str, halo: str, halo_width: float) -> Iterator[Text]:
    yield Text(x, base, row.text, row.size, ink, row.bold, halo=halo, halo_width=halo_width)
    if row.tail:
        after = x + measure(row.text, row.size, row.bold)
        yield Text(after, base, row.tail, row.size, ink, True, halo=halo, halo_width=halo_width)


def _marks(row: Row, x: float, y: float, ink: str, halo: str, halo_width: float) -> Iterator[Primitive]:
    small = row.size * 0.8
    for kind, precision, after, scale in row.marks:
        yield from glyphs.mark(kind, precision, x + row.size * scale * 0.5, y, row.size * scale)
        x += row.size * scale * 1.08
        if after:
            own = style.ACCENT if kind == "park" else style.MARK
            colour = ink if ink == style.PAPER else own
            yield Text(x, y + small * 0.36, after, small, colour, halo=halo or style.PAPER, halo_width=halo_width)
            x += measure(after, small)


@dataclass(frozen=True, slots=True)
class Label:
    """Everything one area has to say.

    Attributes:
        words: the value, or the wording of a goal in words.
        points: parks and projects known only to lie in the area.
        piled: on sheets of a province or more, points are counted, not drawn one by one.
        lang: what the counts in the numbered key are said in.
        keyed: points whose names find no room get a number each, and the sheet a key that names them.
        scales: how large works with a printed power are drawn, by id, beside all others.
    """

    area: Area
    name: str
    words: str
    points: tuple[Point, ...]
    piled: bool
    lang: str
    keyed: bool = False
    scales: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_listed(self) -> bool:
        """Say whether the points are few and short enough to be named in the area."""
        return len(self.points) <= NAMED and all(len(point.name) <= LONGEST_POINT_NAME for point in self.points)

    def variants(self, scale: Style) -> Iterator[Block]:
        """Yield the arrangements to try inside the area: larger type first, then fewer rows."""
        for pixels in LABEL_SIZES:
            size = scale.type(pixels)
            for marks in self._mark_rows(size, scale):
                for head in self._heads(size):
                    yield Block((*head, *marks), size)

    def outside(self, scale: Style) -> Iterator[Block]:
        """Yield the arrangements for a callout: small, one or two rows."""
        size = scale.type(LABEL_SIZES[-1])
        marks = self._mark_rows(size, scale)[-1:] or [()]
        value = (self._value(size),) if self.words and len(self.words) > 8 else ()
        if self.words and not value:
            yield Block((Row(f"{self.name} ", size, tail=self.words), *marks[0]), size)
        yield Block((Row(self.name, size), *(value or ((self._value(size),) if self.words else ())), *marks[0]), size)

    def key_words(self) -> str:
        """Return what the numbered key says of the area."""
        counted = [
            Phrase(COUNTS[layer].text, {"count": n}).say(self.lang) for layer, n in tally(self.points).items() if n
        ]
        return " ".join(filter(None, [self.name, self.words, *counted]))

    def _heads(self, size: float) -> list[tuple[Row, ...]]:
        value = (self._value(size),) if self.words and len(self.words) <= 12 else tuple(self._worded(size))
        heads: list[tuple[Row, ...]] = [(Row(self.name, size), *value)]
        if len(self.name) > LONG_NAME:
            heads.append((*(Row(part, size) for part in split_name(self.name) if part), *value))
        if self.words and len(self.name) + len(self.words) <= 10:
            heads.append((Row(f"{self.name} ", size, tail=self.words),))
        return heads

    def _value(self, size: float) -> Row:
        return Row(self.words, size * 1.04, bold=True)

    def _worded(self, size: float) -> list[Row]:
        """Set a goal in words on a few short lines; the table has it in full."""
        small = size * 0.8
        lines = wrap(self.words, WORDS_WIDE * small, small)
        if len(lines) > WORDS_LINES:
            lines = [*lines[: WORDS_LINES - 1], lines[WORDS_LINES - 1][:-1] + "…"]
        return [Row(line, small) for line in lines]

    def _mark_rows(self, size: float, scale: Style) -> list[tuple[Row, ...]]:
        """Return the ways to show the points, fullest first; without points one empty way."""
        if not self.points:
            return [()]
        mark = max(min(scale.px(20.0), size * 1.3), 7.0)  # a count no larger than the name above it
        found: list[tuple[Row, ...]] = []
        if not self.piled and self.is_listed:
            found.append(tuple(Row(size=mark * 0.86, marks=(self._each(point, point.name),)) for point in self.points))
        if self.keyed:
            numbered = [self._each(point, UNNUMBERED) for point in self.points]
            return [*found, *(_grid(numbered, columns, mark * 0.9) for columns in (5, 3, 8, 4))]
        if not self.piled and len(self.points) <= FEW:
            found += [_grid([self._each(point, "") for point in self.points], columns, mark) for columns in (4, 6, 3)]
        kinds = Counter((glyphs.kind_of(point), _coarsest(self.points, glyphs.kind_of(point))) for point in self.points)
        if not self.piled:
            counted = [Mark(kind, precision, f"{n} ") for (kind, precision), n in kinds.items()]
            found += [_grid(counted, columns, mark) for columns in (3, 4, 2)]
        return [*found, (Row(size=mark, marks=tuple(self._pile())),)]

    def _each(self, point: Point, after: str) -> Mark:
        return Mark(glyphs.kind_of(point), point.precision, after, self.scales.get(point.id, 1.0))

    def _pile(self) -> Iterator[Mark]:
        for layer, number in tally(self.points).items():
            if number:
                yield Mark(glyphs.PILES[layer], "county", f"{number} ")


def numbered(block: Block, numbers: Iterator[int]) -> Block:
    """Return a block with the numbers of its marks in place."""

    def filled(row: Row) -> Row:
        marks = (mark._replace(after=f"{next(numbers)} ") for mark in row.marks)
        return replace(row, marks=tuple(marks)) if row.marks else row

    return Block(tuple(filled(row) for row in block.rows), block.size)


def _coarsest(points: Sequence[Point], kind: str) -> str:
    order = ("site", "town", "county", "prefecture", "province")
    return max((str(point.precision) for point in points if glyphs.kind_of(point) == kind), key=order.index)


def _grid(marks: Sequence[Mark], columns: int, size: float) -> tuple[Row, ...]:
    return tuple(Row(size=size, marks=tuple(marks[start : start + columns])) for start in range(0, len(marks), columns))


def split_name(name: str) -> tuple[str, str]:
    """Break a long name in two: before its kind, at the space nearest the middle, else in the middle.

    A single word of Latin letters stays whole; its second part is empty.
    """
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name[: -len(suffix)], suffix
    middle = (len(name) + 1) // 2
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    if not spaces and name[0].isalpha() and name[0] < "\u0250":
        return name, ""
    if spaces:
        place = min(spaces, key=lambda each: abs(each - middle))
        return name[:place], name[place + 1 :]
    return name[:middle], name[middle:]


def halves(text: str) -> list[str]:
    """Set a long name of a point on two lines."""
    if len(text) <= LONG_POINT_NAME:
        return [text]
    middle = (len(text) + 1) // 2
    return wrap(text, middle + 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its place. ``anchor`` is the point in the area that a leader ends at."""

    label: Label | None
    index: int
    block: Block
    box: Box
    how: How
    anchor: tuple[float, float]
    leader: tuple[float, float] | None = None
    number: int = 0
