"""Small drawings for pages: a line of figures over the years, as numbers a template turns into SVG.

Matplotlib would cost a worker 60 MB for a polyline of six points.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from geoapp.analysis.resolution.labels import format_number

WIDTH, HEIGHT = 340, 118
LEFT, RIGHT, TOP, BOTTOM = 34, 34, 26, 24
"""Margins in SVG units: room for the value above each point and the year below."""
TRACK_WIDTH, TRACK_HEIGHT, TRACK_LEFT = 190, 104, 16
"""The small line of a card stands in half of its width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One point of a line, in SVG units, with what is printed above and below it."""

    x: float
    y: float
    year: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line chart. ``path`` is an SVG path through the marks."""

    width: int
    height: int
    base: int
    marks: tuple[Mark, ...]
    path: str


def line(points: Sequence[tuple[int, float | None]]) -> Line | None:
    """Place the figures of one series, given as (year, value).

    Figures without a number leave no mark; the first of two figures of one year is drawn.
    A chart of fewer than two years would say nothing: None.
    """
    values: dict[int, float] = {}
    for year, value in points:
        if value is not None:
            values.setdefault(year, value)
    if len(values) < 2:
        return None
    years = sorted(values)
    low, high = min(values.values()), max(values.values())
    span = (high - low) or 1.0
    across = (WIDTH - LEFT - RIGHT) / (years[-1] - years[0])
    base = HEIGHT - BOTTOM
    marks = tuple(
        Mark(
            x=round(LEFT + (year - years[0]) * across, 1),
            y=round(base - 8 - (values[year] - low) / span * (base - 8 - TOP), 1),
            year=year,
            label=format_number(values[year]),
        )
        for year in years
    )
    path = "M" + "L".join(f"{mark.x:g} {mark.y:g}" for mark in marks)
    return Line(width=WIDTH, height=HEIGHT, base=base, marks=marks, path=path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """What was planned and what was achieved: a straight line from base to target, a mark for each year's result.

    Attributes:
        ends: where the planned line begins and ends.
        path: through the marks, from the planned line's beginning.
    """

    width: int
    height: int
    base: int
    ends: tuple[Mark, Mark]
    marks: tuple[Mark, ...]
    path: str

    @property
    def over(self) -> bool:
        """Say whether the last result stands above the target: then its label does too, and the target's below."""
        return self.marks[-1].y <= self.ends[1].y


def track(planned: Sequence[tuple[int, float]], achieved: Sequence[tuple[int, float]]) -> Track | None:
    """Place a planned line and the results of the years between its ends; None where either is missing."""
    if len(planned) != 2 or not achieved or planned[1][0] <= planned[0][0]:
        return None
    (first, _), (last, _) = planned
    numbers = [value for _, value in (*planned, *achieved)]
    low, span = min(numbers), (max(numbers) - min(numbers)) or 1.0
    base = TRACK_HEIGHT - BOTTOM

    def mark(year: int, value: float) -> Mark:
        x = TRACK_LEFT + (year - first) * (TRACK_WIDTH - TRACK_LEFT - RIGHT) / (last - first)
        y = base - 14 - (value - low) / span * (base - 14 - TOP)
        return Mark(x=round(x, 1), y=round(y, 1), year=year, label=format_number(value))

    ends = (mark(*planned[0]), mark(*planned[1]))
    marks = tuple(mark(year, value) for year, value in achieved if first < year <= last)
    path = "M" + "L".join(f"{each.x:g} {each.y:g}" for each in (ends[0], *marks))
    return Track(width=TRACK_WIDTH, height=TRACK_HEIGHT, base=base, ends=ends, marks=marks, path=path)
