"""Where the map, the legend and the insets stand: as large a map as possible, nothing over it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, compress, product

import numpy as np
import shapely

from geoapp.errors import InvalidView, Issue
from geoapp.sheets.scene.base.projection import Placement, place
from geoapp.sheets.scene.primitives import Box, bounds_of

Size = tuple[float, float]
LEGEND_WIDEST = 0.62
"""Share of the map's width that a legend on it may take."""
SHARES = tuple(1.0 - 0.04 * step for step in range(15))
SHIFTS = (0.5, 0.3, 0.7, 0.1, 0.9, 0.0, 1.0)
LEGEND_FIRST = ("tl", "bl", "tr", "br")
INSET_FIRST = ("br", "bl", "tr", "tl")
NORTH_FIRST = ("tr", "tl", "br", "bl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """Sizes in points of what stands on the map; None for a legend beside it and on a sheet without an inset."""

    legend: Size | None
    inset: Size | None
    north: Size
    scale: Size
    gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The map window, where the ground is placed in it, and the boxes standing on it."""

    window: Box
    placement: Placement
    legend: Box | None
    inset: Box | None
    north: Box
    scale: Box
    covering: tuple[Box, ...] = ()
    """Those that stand on the map, since its subject fills the window: they need a ground of their own."""

    @property
    def boxes(self) -> list[Box]:
        """Return every box that labels must leave alone."""
        return [box for box in (self.legend, self.inset, self.north, self.scale) if box is not None]


def most_room(window: Box, gap: float) -> Size:
    """Return the largest width and height of a legend that stands on a map."""
    inner = window.grown(-gap)
    return LEGEND_WIDEST * inner.width, inner.height


def arrange(window: Box, subject: shapely.Geometry, furniture: Furniture) -> Layout:
    """Return the largest map whose subject no box covers.

    Corners and shifts are tried in a fixed order at falling sizes, so the answer never varies.

    Raises:
        InvalidView: the sheet is too small for its legend.
    """
    inner = window.grown(-furniture.gap)
    legend, room = furniture.legend or (0.0, 0.0), most_room(window, furniture.gap)
    if legend[0] > room[0] or legend[1] > room[1]:
        problem = "the sheet is too small for its legend"
        raise InvalidView([Issue("width", problem, "make the sheet larger, or show fewer layers")])
    shapely.prepare(subject)
    standing = _Standing.of(window, furniture)
    for share in SHARES:
        placements = (_placement(inner, subject, share, across, down) for across, down in product(SHIFTS, SHIFTS))
        found = standing.first(
            subject, list(dict.fromkeys(placements))
        )  # as high as its room is the same at any height
        if found is not None:
            return found
    return _column(window, subject, furniture)


def _placement(inner: Box, subject: shapely.Geometry, share: float, across: float, down: float) -> Placement:
    width, height = inner.width * share, inner.height * share
    left, top = inner.x0 + (inner.width - width) * across, inner.y0 + (inner.height - height) * down
    return place(bounds_of(subject), Box(left, top, left + width, top + height), across, down)


Corners = tuple[Box | None, Box | None, Box]
"""Where legend, inset and north arrow stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """Where the boxes may stand in a window, whatever lies under them.

    Attributes:
        spots: every corner each of legend, inset and north arrow may stand in.
        choices: lawful choices of corners, the first choice first; none in which two boxes meet.
        bars: every place of the scale bar, the best first.
    """

    window: Box
    gap: float
    spots: list[Box]
    choices: list[Corners]
    bars: list[Box]

    @classmethod
    def of(cls, window: Box, furniture: Furniture) -> "_Standing":
        """Lay the corners of a window out."""
        orders = (LEGEND_FIRST, INSET_FIRST, NORTH_FIRST)
        sizes = (furniture.legend, furniture.inset, furniture.north)
        spots = [
            {corner: _corner_box(window, corner, size, furniture.gap) for corner in order} if size else {"": None}
            for order, size in zip(orders, sizes, strict=True)
        ]
        choices = []
        for corners in product(*spots):
            legend, inset, north = (boxes[corner] for boxes, corner in zip(spots, corners, strict=True))
            used = [corner for corner in corners if corner]
            if north is not None and len(set(used)) == len(used) and _apart([legend, inset, north]):
                choices.append((legend, inset, north))
        boxes = [box for each in spots for box in each.values() if box is not None]
        bars = list(_scale_boxes(window, furniture))
        return cls(window=window, gap=furniture.gap, spots=boxes, choices=choices, bars=bars)

    def first(self, subject: shapely.Geometry, placements: Sequence[Placement]) -> Layout | None:
        """Return the first placement, with the first choice of corners, in which no box covers the subject."""
        for placement, clear in zip(placements, _clear(self.spots, subject, placements, self.gap), strict=True):
            free = {None, *compress(self.spots, clear)}
            choices = [corners for corners in self.choices if free.issuperset(corners)]
            if not choices:
                continue
            bars = list(compress(self.bars, _clear(self.bars, subject, [placement], self.gap / 2)[0]))
            for corners in choices:
                kept = [box.grown(self.gap / 2) for box in corners if box is not None]
                scale = next((bar for bar in bars if not any(bar.meets(box) for box in kept)), None)
                if scale is not None:
                    legend, inset, north = corners
                    return Layout(
                        window=self.window, placement=placement, legend=legend, inset=inset, north=north, scale=scale
                    )
        return None


def _scale_boxes(window: Box, furniture: Furniture) -> Iterator[Box]:
    width, height = furniture.scale
    for bottom in (window.y1 - furniture.gap, window.y0 + furniture.gap + height):
        for number in range(25):
            share = 0.5 + (number + 1) // 2 / 24 * (1 if number % 2 else -1)
            left = window.x0 + furniture.gap + (window.width - 2 * furniture.gap - width) * share
            yield Box(left, bottom - height, left + width, bottom)


def _apart(boxes: Sequence[Box | None]) -> bool:
    return not any(one and other and one.meets(other) for one, other in combinations(boxes, 2))


def _corner_box(window: Box, corner: str, size: Size, gap: float) -> Box:
    left = window.x0 + gap if corner[1] == "l" else window.x1 - gap - size[0]
    top = window.y0 + gap if corner[0] == "t" else window.y1 - gap - size[1]
    return Box(left, top, left + size[0], top + size[1])


def _clear(
    boxes: Sequence[Box], subject: shapely.Geometry, placements: Sequence[Placement], gap: float
) -> list[list[bool]]:
    """Say, for each placement, of each box whether it, and a little room around it, covers nothing of the subject."""
    wide = np.array(boxes) + np.array([-1.0, -1.0, 1.0, 1.0]) * gap * 0.4
    x0, y0, scale = (np.array([getattr(each, name) for each in placements])[:, None] for name in ("x0", "y0", "scale"))
    left, right = (wide[:, 0] - x0) / scale, (wide[:, 2] - x0) / scale
    low, high = (y0 - wide[:, 3]) / scale, (y0 - wide[:, 1]) / scale
    clear: list[list[bool]] = (~shapely.intersects(subject, shapely.box(left, low, right, high))).tolist()
    return clear


def _column(window: Box, subject: shapely.Geometry, furniture: Furniture) -> Layout:
    """Give the boxes a column of their own: the last resort, for subjects that fill every corner."""
    gap = furniture.gap
    legend = _corner_box(window, "tl", furniture.legend, gap) if furniture.legend else None
    inset = _corner_box(window, "bl", furniture.inset, gap) if furniture.inset else None
    if inset is not None and ((legend and inset.meets(legend.grown(gap))) or inset.width > 0.5 * window.width):
        inset = None
    left = max((box.x1 for box in (legend, inset) if box is not None), default=window.x0)
    north = _corner_box(window, "tr", furniture.north, gap)
    scale = _corner_box(window, "br", furniture.scale, gap)
    room = Box(left + gap, window.y0 + gap, window.x1 - gap, scale.y0 - gap)
    inner = Box(room.x0, room.y0 + furniture.north[1], room.x1, room.y1)
    return Layout(
        window=window,
        placement=place(bounds_of(subject), inner),
        legend=legend,
        inset=inset,
        north=north,
        scale=scale,
        covering=(north, scale),
    )
