"""The legend of a view: what each colour, pattern and symbol means, and how many areas have it."""

from collections import Counter
from dataclasses import dataclass
from math import floor, log10
from typing import Literal

from geoapp.analysis.classify import Interval
from geoapp.analysis.shown import MINUS, Shown, format_number
from geoapp.model.phrase import Phrase
from geoapp.render import palette

Look = Literal["fill", "rings", "lines", "hatch", "dots", "empty", "symbol"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the legend.

    Attributes:
        key: ``zero``, ``class-0`` …, ``size-0`` … or a status.
        look: how it is drawn; everything but a class of values has a pattern of its own.
        size: for symbols, the radius as a share of the largest one's.
    """

    key: str
    label: Phrase
    colour: str
    look: Look
    count: int
    size: float = 0.0


METHODS = {
    "unique": Phrase("按文件原值逐一分级"),
    "fisher_jenks": Phrase("自然断点分级（Fisher–Jenks）"),
    "none": Phrase("本范围没有数值"),
}
AREA_METHOD = Phrase("圆面积与数值成正比")
STATES: dict[str, tuple[Phrase, str, Look]] = {
    "parent": (Phrase("上级目标，未分解到本级"), palette.PARENT, "hatch"),
    "not_published": (Phrase("文件载明附件不公开"), palette.NOT_PUBLISHED, "dots"),
    "none": (Phrase("文件未设此目标"), palette.NONE, "empty"),
}


def entries(shown: Shown) -> list[Entry]:
    """Return the legend lines of a view: zero, classes or sizes, then only the states that occur."""
    symbols = shown.indicator.draw == "symbol"
    lines = _sizes(shown) if symbols else _classes(shown)
    for status, (label, colour, look) in STATES.items():
        if count := shown.counts.get(status, 0):
            lines.append(Entry(key=status, label=label, colour=colour, look=look, count=count))
    worded = sum(area.resolution.status == "own" and area.rank is None for area in shown.areas)
    if worded:
        label = Phrase("文字或等级目标")
        lines.append(Entry(key="worded", label=label, colour=palette.WORDED, look="lines", count=worded))
    return lines


def _classes(shown: Shown) -> list[Entry]:
    own = Counter(area.rank for area in shown.areas if area.resolution.status == "own")
    ramp = palette.colours(shown.indicator, len(shown.classes.intervals), shown.classes.below)
    cut = any(
        area.resolution.target.direction == "reduce" for area in shown.areas if area.label and area.resolution.target
    )
    lines = []
    if shown.classes.has_zero:
        label = Phrase("0（目标为零）")
        lines.append(Entry(key="zero", label=label, colour=palette.ZERO, look="rings", count=own[-1]))
    for number, interval in enumerate(shown.classes.intervals):
        label = Phrase("{range}", {"range": _range(interval, "+" if shown.classes.below else MINUS if cut else "")})
        colour = ramp[number]
        lines.append(Entry(key=f"class-{number}", label=label, colour=colour, look="fill", count=own[number]))
    return lines


def largest(shown: Shown) -> float:
    """Return the amount that the largest symbol stands for; 0 where there is none."""
    answers = [*(area.resolution for area in shown.areas), shown.own]
    values = [a.target.value for a in answers if a.status == "own" and a.target is not None and a.target.value]
    return max(values, default=0.0)


def _sizes(shown: Shown) -> list[Entry]:
    """Return up to three circles of round amounts: about the largest, a quarter, a sixteenth."""
    top = largest(shown)
    if top <= 0:
        return []
    values = [
        area.resolution.target.value or 0
        for area in shown.areas
        if area.resolution.status == "own" and area.resolution.target
    ]
    steps = sorted({_round(top / 4**power) for power in range(3)}, reverse=True) if len(values) > 1 else [top]
    colour = palette.RAMPS["blue"][3]
    lines = []
    for number, step in enumerate(steps):
        above = steps[number - 1] if number else float("inf")
        label = Phrase("{range}", {"range": format_number(step)})
        count = sum(step <= value < above for value in values)
        size = (step / top) ** 0.5
        lines.append(Entry(key=f"size-{number}", label=label, colour=colour, look="symbol", count=count, size=size))
    return lines


def _round(value: float) -> float:
    """Round down to 1, 2 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(value))
    return max(step * power for step in (1, 2, 5) if step * power <= value)


def method(shown: Shown) -> Phrase:
    """Say how the classes were made."""
    return AREA_METHOD if shown.indicator.draw == "symbol" and largest(shown) > 0 else METHODS[shown.classes.method]


def area_key(rank: int | None, status: str) -> str:
    """Return the legend line an area belongs to."""
    if status != "own":
        return status
    if rank is None:
        return "worded"
    return "zero" if rank < 0 else f"class-{rank}"


def _range(interval: Interval, sign: str) -> str:
    """Print a class with the sign of its values: a cut's minus, or a plus where others lie below zero."""
    low, high = (f"{sign if end > 0 else ''}{format_number(end)}" for end in (interval.low, interval.high))
    return low if interval.low == interval.high else f"{low} … {high}"
