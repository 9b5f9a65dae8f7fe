"""What every chart has: title, sources, a field with axes. Sizes are points."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geoapp.analysis.resolution.labels import format_number
from geoapp.model.phrase import Phrase
from geoapp.portrayal.charts import Chart
from geoapp.sheets import fonts
from geoapp.sheets.scene.primitives import Box, Group, Path, Scene, Text, rectangle

WIDTH, HEIGHT = 800.0, 500.0
MARGIN = 24.0
INK, SOFT, GRID = "#1d2a2b", "#56646a", "#dcdad2"
SERIES = ("#0f6b58", "#a93b25", "#1b5fae", "#8a6a1c", "#6f5f8c", "#3a8abd", "#5c6660", "#b3588a")
"""Colours told apart also by who sees no red or green: their lightness differs."""
TICKS = 5
WITHOUT_NUMBER = Phrase("另有{n}项只有文字或单位不能换算，未画。")
WITHOUT_RESULT = Phrase("另有{n}项目标还没有可比的结果，未画。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Values along one side of the field."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Return where a value stands, in points."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def axis(values: Sequence[float], start: float, end: float, *, zero: bool = False) -> Axis:
    """Return an axis of round ticks around some values, with zero among them if asked."""
    low, high = min([*values, *([0.0] if zero else [])]), max([*values, *([0.0] if zero else [])])
    if low == high:
        low, high = low - (abs(low) or 1.0) / 10, high + (abs(high) or 1.0) / 10
    rough = (high - low) / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(number * step, 10) for number in range(first, last + 1))
    return Axis(low=ticks[0], high=ticks[-1], start=start, end=end, ticks=ticks)


def head(chart: Chart, title: str) -> tuple[Group, float]:
    """Return title and subtitle, and the height they take."""
    group = Group("title")
    y = MARGIN + 14
    for text in fonts.wrap(title, WIDTH - 2 * MARGIN, 17, bold=True):
        group.add(Text(MARGIN, y, text, 17, INK, bold=True))
        y += 22
    for text in fonts.wrap(chart.subtitle, WIDTH - 2 * MARGIN, 10.5):
        group.add(Text(MARGIN, y - 3, text, 10.5, SOFT))
        y += 15
    return group, y


def foot(chart: Chart, notice: str, lang: str, bottom: float) -> tuple[Group, float]:
    """Return the sources and the notice, standing on ``bottom``, and the height of their top."""
    sources = Phrase("资料来源：{sources}", {"sources": ("; " if lang == "en" else "；").join(chart.sources)}).say(lang)
    said = [sources, notice]
    if chart.left_out:
        words = WITHOUT_RESULT if chart.kind == "progress" else WITHOUT_NUMBER
        said.insert(0, Phrase(words.text, {"n": chart.left_out}).say(lang))
    lines = [line for text in said for line in fonts.wrap(text, WIDTH - 2 * MARGIN, 8.5)]
    group = Group("sources")
    top = bottom - MARGIN - 12 * (len(lines) - 1)
    for number, text in enumerate(lines):
        group.add(Text(MARGIN, top + 12 * number, text, 8.5, SOFT))
    return group, top - 16


def across(axis: Axis, field: Box, title: str) -> Group:
    """Return the ticks and the grid of an axis that runs to the right."""
    group = Group("axis-x")
    for tick in axis.ticks:
        x = axis.at(tick)
        group.add(_line((x, field.y0), (x, field.y1), INK if tick == 0 else GRID))
        group.add(Text(x, field.y1 + 13, format_number(tick), 9, SOFT, anchor="middle"))
    group.add(Text(field.x1, field.y1 + 27, title, 9.5, INK, anchor="end"))
    return group


def upward(axis: Axis, field: Box, title: str) -> Group:
    """Return the ticks and the grid of an axis that runs up."""
    group = Group("axis-y")
    for tick in axis.ticks:
        y = axis.at(tick)
        group.add(_line((field.x0, y), (field.x1, y), INK if tick == 0 else GRID))
        group.add(Text(field.x0 - 6, y + 3, format_number(tick), 9, SOFT, anchor="end"))
    group.add(Text(MARGIN, field.y0 - 13, title, 9.5, INK))
    return group


def scene(chart: Chart, title: str, height: float, groups: Sequence[Group]) -> Scene:
    """Return the finished sheet on white."""
    ground = Group("background", [rectangle(Box(0, 0, WIDTH, height), fill="#ffffff")])
    return Scene(WIDTH, height, title, f"{title}. {chart.subtitle}", (ground, *groups))


def named(title: str, unit: str, lang: str) -> str:
    """Return the name of an axis with its unit."""
    if unit in ("", "-"):
        return title
    return f"{title} ({unit})" if lang == "en" else f"{title}（{unit}）"


def _line(one: tuple[float, float], other: tuple[float, float], colour: str) -> Path:
    return Path((np.array([one, other]),), stroke=colour, width=0.7, closed=False)
