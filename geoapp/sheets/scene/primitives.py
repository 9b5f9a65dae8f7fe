"""What a scene is made of. Coordinates are points (1/72 inch), x to the right, y down."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely import GeometryType

Line: TypeAlias = npt.NDArray[np.float64]
"""An (n, 2) array of points."""


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Return the width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Return the height in points."""
        return self.y1 - self.y0

    @property
    def middle(self) -> tuple[float, float]:
        """Return the point in the middle."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def grown(self, by: float) -> "Box":
        """Return the box with ``by`` points more on every side."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def meets(self, other: "Box") -> bool:
        """Say whether two boxes share more than an edge."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def holds(self, other: "Box") -> bool:
        """Say whether ``other`` lies inside."""
        return self.x0 <= other.x0 and self.y0 <= other.y0 and self.x1 >= other.x1 and self.y1 >= other.y1

    def nearest(self, point: tuple[float, float]) -> tuple[float, float]:
        """Return the point of the box nearest to a point."""
        return min(max(point[0], self.x0), self.x1), min(max(point[1], self.y0), self.y1)

    def ring(self) -> Line:
        """Return the outline, for a path."""
        return np.array([[self.x0, self.y0], [self.x1, self.y0], [self.x1, self.y1], [self.x0, self.y1]])


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Lines or filled rings (even-odd). Colours are ``#rrggbb``; an empty one draws nothing.

    ``id`` and ``name`` reach the SVG, where people restyle and read them.
    """

    lines: tuple[Line, ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    closed: bool = True
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    round: bool = True
    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text. ``x`` is its left, middle or right by ``anchor``; ``y`` is its baseline.

    ``turn`` is the angle of the baseline in degrees, clockwise, about (x, y).
    """

    x: float
    y: float
    text: str
    size: float
    colour: str = "#1d2a2b"
    bold: bool = False
    anchor: str = "start"
    halo: str = ""
    halo_width: float = 0.0
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle; ``dash`` as in :class:`Path`."""

    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """Cells in flat colours that fill a box, never smoothed: (rows, columns, 4) bytes of RGBA."""

    box: Box
    pixels: npt.NDArray[np.uint8]
    opacity: float = 1.0
    id: str = ""


Primitive: TypeAlias = Path | Text | Circle | Image


@dataclass(slots=True)
class Group:
    """Primitives drawn together, under an id that stays readable in the SVG."""

    id: str
    items: list[Primitive] = field(default_factory=list)

    def add(self, *items: Primitive) -> None:
        """Draw more things on top."""
        self.items.extend(items)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sheet: its size in points, what it shows in words, and its groups from bottom to top."""

    width: float
    height: float
    title: str
    description: str
    groups: tuple[Group, ...]

    def texts(self) -> list[Text]:
        """Return every text of the sheet, in drawing order."""
        return [item for group in self.groups for item in group.items if isinstance(item, Text)]


@dataclass(frozen=True, slots=True)
class Link:
    """A part of a sheet that leads to an address, or to a page of the same file, counted from one."""

    box: Box
    target: str | int


def rectangle(box: Box, *, fill: str = "", stroke: str = "", width: float = 0.0, opacity: float = 1.0) -> Path:
    """Return a box as a path."""
    return Path((box.ring(),), fill=fill, stroke=stroke, width=width, opacity=opacity, round=False)


def bounds_of(shape: shapely.Geometry) -> Box:
    """Return the least x, least y, most x and most y of a shape."""
    return Box(*map(float, shapely.bounds(shape)))


def is_empty(shape: shapely.Geometry) -> bool:
    """Say whether a shape has no points."""
    return bool(shapely.is_empty(shape))


def lines_of(shapes: Iterable[shapely.Geometry] | npt.NDArray[np.object_]) -> tuple[Line, ...]:
    """Return the rings of polygons, less their closing points, and the lines of lines, each as an array of points."""
    return tuple(line for lines in lines_of_each(shapes) for line in lines)


def lines_of_each(shapes: Iterable[shapely.Geometry] | npt.NDArray[np.object_]) -> list[tuple[Line, ...]]:
    """Return the same for each shape apart, all read in one go."""
    parts = np.asarray(shapes if isinstance(shapes, np.ndarray) else list(shapes), dtype=object)
    found: list[list[Line]] = [[] for _ in parts]
    owner = np.arange(len(parts))
    while (shapely.get_type_id(parts) > GeometryType.POLYGON).any():
        parts, index = shapely.get_parts(parts, return_index=True)
        owner = owner[index]
    kinds = shapely.get_type_id(parts)
    polygons, lines = kinds == GeometryType.POLYGON, np.isin(kinds, (GeometryType.LINESTRING, GeometryType.LINEARRING))
    rings, index = shapely.get_rings(parts[polygons], return_index=True)
    for number, points in zip(owner[polygons][index].tolist(), _points_of(rings), strict=True):
        found[number].append(points[:-1])
    for number, points in zip(owner[lines].tolist(), _points_of(parts[lines]), strict=True):
        found[number].append(points)
    return [tuple(line for line in each if len(line) > 1) for each in found]


def _points_of(lines: npt.NDArray[np.object_]) -> list[Line]:
    """Return the points of each line."""
    points = shapely.get_coordinates(lines)
    ends = np.cumsum(shapely.get_num_coordinates(lines)).tolist()
    return [points[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
