"""Where the map, the legend and the insets stand: as large a map as possible, nothing over it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

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
    for share in SHARES:
        for across, down in product(SHIFTS, SHIFTS):
            placement = _placement(inner, subject, share, across, down)
            found = _corners(window, subject, furniture, placement)
            if found is not None:
                return found
    return _column(window, subject, furniture)


def _placement(inner: Box, subject: shapely.Geometry, share: float, across: float, down: float) -> Placement:
    width, height = inner.width * share, inner.height * share
    left, top = inner.x0 + (inner.width - width) * across, inner.y0 + (inner.height - height) * down
    return place(bounds_of(subject), Box(left, top, left + width, top + height), across, down)


def _corners(window: Box, subject: shapely.Geometry, furniture: Furniture, placement: Placement) -> Layout | None:
    """Return the first choice of corners in which nothing covers the subject or another box."""

    @cache
    def spot(corner: str, size: Size) -> Box | None:
        box = _corner_box(window, corner, size, furniture.gap)
        return box if _clear(box, subject, placement, furniture.gap) else None

    wanted = (furniture.legend, furniture.inset, furniture.north)
    first = (LEGEND_FIRST, INSET_FIRST, NORTH_FIRST)
    for corners in product(*(each if size else ("",) for each, size in zip(first, wanted, strict=True))):
        used = [corner for corner in corners if corner]
        if len(set(used)) < len(used):
            continue
        boxes = [spot(corner, size) if size else None for corner, size in zip(corners, wanted, strict=True)]
        legend, inset, north = boxes
        if north is None or any(size and box is None for size, box in zip(wanted, boxes, strict=True)):
            continue
        standing = Layout(
            window=window, placement=placement, legend=legend, inset=inset, north=north, scale=Box(0, 0, 0, 0)
        )
        finished = _with_scale(standing, subject, furniture)
        if finished is not None and _apart(finished):
            return finished
    return None


def _with_scale(layout: Layout, subject: shapely.Geometry, furniture: Furniture) -> Layout | None:
    """Stand the scale bar on the bottom edge, or on the top, at the first place that is free."""
    for box in _scale_boxes(layout.window, furniture):
        if any(box.meets(other.grown(furniture.gap / 2)) for other in layout.boxes if other.width):
            continue
        if _clear(box, subject, layout.placement, furniture.gap / 2):
            return replace(layout, scale=box)
    return None


def _scale_boxes(window: Box, furniture: Furniture) -> Iterator[Box]:
    width, height = furniture.scale
    for bottom in (window.y1 - furniture.gap, window.y0 + furniture.gap + height):
        for number in range(25):
            share = 0.5 + (number + 1) // 2 / 24 * (1 if number % 2 else -1)
            left = window.x0 + furniture.gap + (window.width - 2 * furniture.gap - width) * share
            yield Box(left, bottom - height, left + width, bottom)


def _apart(layout: Layout) -> bool:
    boxes = layout.boxes
    return not any(one.meets(other) for number, one in enumerate(boxes) for other in boxes[:number])


def _corner_box(window: Box, corner: str, size: Size, gap: float) -> Box:
    left = window.x0 + gap if corner[1] == "l" else window.x1 - gap - size[0]
    top = window.y0 + gap if corner[0] == "t" else window.y1 - gap - size[1]
    return Box(left, top, left + size[0], top + size[1])


def _clear(box: Box, subject: shapely.Geometry, placement: Placement, gap: float) -> bool:
    """Say whether a box, and a little room around it, covers nothing of the subject."""
    wide = box.grown(gap * 0.4)
    scale, x0, y0 = placement.scale, placement.x0, placement.y0
    plane = shapely.box((wide.x0 - x0) / scale, (y0 - wide.y1) / scale, (wide.x1 - x0) / scale, (y0 - wide.y0) / scale)
    return not shapely.intersects(subject, plane)


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
