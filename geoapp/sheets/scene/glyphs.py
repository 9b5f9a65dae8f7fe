"""Marks of parks and projects: the same drawings as on the web map (``static/js/map/glyphs.js``)."""

from functools import lru_cache

import numpy as np

from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Project
from geoapp.model.view import PointLayer
from geoapp.portrayal import style
from geoapp.sheets.scene.primitives import Box, Circle, Line, Path, Primitive, rectangle

GLYPHS = {
    "park": "M8 2.5 14 13.5H2Z",
    "hydropower": "M3 2.5h4l5 11H3ZM9.8 6c1.2-1.2 2.2.8 3.7-.4M11.2 9.2c1-1 1.6.5 2.3 0",
    "wind_solar_base": "M8 1.5v4M8 10.5v4M1.5 8h4M10.5 8h4M3.4 3.4l2.8 2.8M9.8 9.8l2.8 2.8"
    "M12.6 3.4 9.8 6.2M6.2 9.8l-2.8 2.8",
    "hydrogen": "M4 3v10M12 3v10M4 8h8",
    "storage": "M3 5h10v7H3ZM6 3h4v2H6Z",
    "waste_to_energy": "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.9 9h6.2l.9-9",
    "gas": "M8.4 1.8c.4 2.8 3.8 4.2 3.8 7.8a4.2 4.2 0 0 1-8.4 0c0-1.7.9-2.9 1.9-3.8.1 1.3.6 1.9 1.2 2.2"
    "C6.6 6 6.9 3.6 8.4 1.8Z",
    "heating": "M6.4 8.8V3.6a1.6 1.6 0 0 1 3.2 0V8.8a2.9 2.9 0 1 1-3.2 0ZM12.5 3.5h1.5M12.5 6.5h1.5",
    "circular_economy": "M3 6.4A5.2 5.2 0 0 1 12.7 5.6M13 2.4v3.4H9.6M13 9.6A5.2 5.2 0 0 1 3.3 10.4M3 13.6v-3.4h3.4",
    "coal_power": "M3 13.5V8h10v5.5ZM5 8V3.5h2.5V8M10 5.5c.6-1.6 2.2-.2 3-2",
    "coal_retrofit": "M2.5 13.5V7.5h5v6ZM11.3 13.5v-10M8.6 6.2l2.7-2.7L14 6.2",
    "rooftop_pv_pilot": "M2.5 8 8 3.5 13.5 8M4 8v5.5h8V8M6 10h4",
    "agri_pv": "M2.5 3h8l2 4.5H4.5ZM8.5 7.5v6M8.5 12c2.4 0 4-1 4-3M5 13.5h7.5",
    "smart_energy": "M9.5 1.5 4 9h4l-1.5 5.5L12 7H8Z",
    "building": "M4 13.5V2.5h8v11M2.5 13.5h11M6.6 5.5h.01M9.4 5.5h.01M6.6 8.5h.01M9.4 8.5h.01",
    "energy_efficiency": "M2.5 11.5a5.5 5.5 0 0 1 11 0ZM8 11.5l2.6-3.2",
    "water": "M2 6c2-2 4 2 6 0s4 2 6 0M2 10.5c2-2 4 2 6 0s4 2 6 0",
    "waste_treatment": "M2.5 3h11L9.5 8.5v3.6l-3 1.9V8.5Z",
    "pollution_control": "M4.5 10h7a2.3 2.3 0 0 0 .3-4.6 4 4 0 0 0-7.5.2A2.3 2.3 0 0 0 4.5 10ZM5 13h6",
    "transport": "M8 2.5a5.5 5.5 0 1 0 .01 0ZM8 2.5v11M2.5 8h11",
    "logistics": "M2 4.5h7v6H2ZM9 6.5h3l2 2v2H9ZM4.5 12.5h.01M11.5 12.5h.01",
    "other": "M5 5h6v6H5Z",
}
KINDS = {
    "park": Phrase("园区"),
    "hydropower": Phrase("水电"),
    "wind_solar_base": Phrase("风光基地"),
    "hydrogen": Phrase("氢能"),
    "storage": Phrase("储能"),
    "waste_to_energy": Phrase("垃圾发电"),
    "gas": Phrase("天然气"),
    "heating": Phrase("供热"),
    "circular_economy": Phrase("循环经济"),
    "coal_power": Phrase("煤电机组"),
    "coal_retrofit": Phrase("煤电改造"),
    "rooftop_pv_pilot": Phrase("屋顶光伏试点"),
    "agri_pv": Phrase("农光互补"),
    "smart_energy": Phrase("智慧能源"),
    "building": Phrase("建筑节能"),
    "energy_efficiency": Phrase("节能改造"),
    "water": Phrase("水务"),
    "waste_treatment": Phrase("固废处理"),
    "pollution_control": Phrase("污染治理"),
    "transport": Phrase("交通枢纽"),
    "logistics": Phrase("物流"),
    "other": Phrase("其他"),
}
EXACT = ("site", "town")
ACTION = "action:"
"""Leads the kind of an action: the glyph of its type, in a square instead of a circle."""
ACTIONS = Phrase("举措")
PILES: dict[PointLayer, str] = {"parks": "park", "projects": "other", "actions": f"{ACTION}other"}
"""The kind that stands for all of a layer where its points are only counted."""
CURVE_STEPS = 6


def kind_of(point: Park | Project) -> str:
    """Return what a point is drawn as: the name of its glyph, after ``action:`` for an action."""
    if isinstance(point, Park):
        return "park"
    return str(point.type) if point.nature == "work" else f"{ACTION}{point.type}"


def words_of(kind: str, lang: str) -> str:
    """Name a kind in the legend."""
    words = KINDS[kind.removeprefix(ACTION)].say(lang)
    return style.joined(ACTIONS.say(lang), words, lang) if kind.startswith(ACTION) else words


def place_in_legend(kind: str) -> tuple[bool, int]:
    """Return what the lines of the legend are sorted by: parks, projects by type, then actions by type."""
    return kind.startswith(ACTION), list(GLYPHS).index(kind.removeprefix(ACTION))


def is_exact(point: Park | Project) -> bool:
    """Say whether a point stands where the thing really is, to a town or better."""
    return point.precision in EXACT


def mark(kind: str, precision: str, x: float, y: float, size: float) -> list[Primitive]:
    """Return a mark centred at (x, y): solid where the place is known, dashed where only its county is.

    Parks and projects stand in a circle, actions in a square.
    """
    colour = style.ACCENT if kind == "park" else style.MARK
    exact = precision in EXACT
    pitch = size * 0.155 if precision == "county" else size * 0.085
    frame = _square if kind.startswith(ACTION) else _circle
    dash = () if exact else (pitch, pitch * 0.75)
    disc, ring = frame(x, y, size, colour if exact else "", colour, dash)
    unit = size * 0.55 / 16.0
    lines = tuple(line * unit + (x - 8 * unit, y - 8 * unit) for line in outline(kind))
    return [disc, ring, Path(lines, stroke=style.PAPER if exact else colour, width=size * 0.075, closed=False)]


def _circle(x: float, y: float, size: float, fill: str, stroke: str, dash: tuple[float, ...]) -> tuple[Primitive, ...]:
    ring = Circle(x, y, size * 0.42, fill, stroke, size * 0.07, dash)
    return Circle(x, y, size * 0.5, fill=style.PAPER), ring


def _square(x: float, y: float, size: float, fill: str, stroke: str, dash: tuple[float, ...]) -> tuple[Primitive, ...]:
    middle = Box(x, y, x, y)
    ring = Path((middle.grown(size * 0.38).ring(),), fill, stroke, size * 0.07, dash=dash, round=False)
    return rectangle(middle.grown(size * 0.46), fill=style.PAPER), ring


@lru_cache(maxsize=64)
def outline(kind: str) -> tuple[Line, ...]:
    """Return a glyph as lines in its 16 × 16 box, curves cut into short pieces."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen  # reads SVG paths, arcs too
    from fontTools.svgLib.path import parse_path

    pen = DecomposingRecordingPen({})
    parse_path(GLYPHS[kind.removeprefix(ACTION)], pen)
    lines: list[Line] = []
    points: list[tuple[float, float]] = []
    for command, args in [*pen.value, ("endPath", ())]:
        if command == "moveTo":
            points = [args[0]]
        elif command == "lineTo":
            points.append(args[0])
        elif command == "curveTo":
            points += _cubic(points[-1], *args)
        else:
            if command == "closePath":
                points.append(points[0])
            if len(points) > 1:
                lines.append(np.array(points, dtype=np.float64))
            points = []
    return tuple(lines)


Point = tuple[float, float]


def _cubic(start: Point, one: Point, two: Point, end: Point) -> list[Point]:
    steps = np.linspace(0.0, 1.0, CURVE_STEPS + 1)[1:, None]
    rest = 1 - steps
    corners = np.array([start, one, two, end], dtype=np.float64)
    weights = np.hstack([rest**3, 3 * rest**2 * steps, 3 * rest * steps**2, steps**3])
    return [(float(x), float(y)) for x, y in weights @ corners]
