"""The legend of a view: what each colour, pattern and symbol means, and how many areas have it."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from geoapp.analysis.classify import Interval
from geoapp.analysis.shown import MINUS, Shown, format_number
from geoapp.model.phrase import Phrase
from geoapp.render import palette

Look = Literal["fill", "hatch", "dots", "empty", "symbol"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the legend. ``key`` is ``zero``, ``class-0`` … or a status."""

    key: str
    label: Phrase
    colour: str
    look: Look
    count: int


METHODS = {
    "unique": Phrase("按文件原值逐一分级"),
    "fisher_jenks": Phrase("自然断点分级（Fisher–Jenks）"),
    "none": Phrase("本范围没有数值"),
}
STATES: dict[str, tuple[Phrase, str, Look]] = {
    "parent": (Phrase("上级目标，未分解到本级"), palette.PARENT, "hatch"),
    "not_published": (Phrase("文件载明附件不公开"), palette.NOT_PUBLISHED, "dots"),
    "none": (Phrase("文件未设此目标"), palette.NONE, "empty"),
}


def entries(shown: Shown) -> list[Entry]:
    """Return the legend lines of a view: zero, classes, then only the states that occur."""
    own = Counter(area.rank for area in shown.areas if area.resolution.status == "own")
    symbol: Look = "symbol" if shown.indicator.draw == "symbol" else "fill"
    ramp = palette.colours(shown.indicator, len(shown.classes.intervals))
    lines = []
    cut = any(area.label.startswith(MINUS) for area in shown.areas)
    if shown.classes.has_zero:
        lines.append(Entry(key="zero", label=Phrase("0（目标为零）"), colour=palette.ZERO, look=symbol, count=own[-1]))
    for number, interval in enumerate(shown.classes.intervals):
        lines.append(
            Entry(
                key=f"class-{number}",
                label=Phrase("{range}", {"range": _range(interval, cut)}),
                colour=ramp[number],
                look=symbol,
                count=own[number],
            )
        )
    for status, (label, colour, look) in STATES.items():
        if count := shown.counts.get(status, 0):
            lines.append(Entry(key=status, label=label, colour=colour, look=look, count=count))
    worded = sum(area.resolution.status == "own" and area.rank is None for area in shown.areas)
    if worded:
        label = Phrase("文字或等级目标")
        lines.append(Entry(key="worded", label=label, colour=palette.NONE, look="fill", count=worded))
    return lines


def method(shown: Shown) -> Phrase:
    """Say how the classes were made."""
    return METHODS[shown.classes.method]


def area_key(rank: int | None, status: str) -> str:
    """Return the legend line an area belongs to."""
    if status != "own":
        return status
    if rank is None:
        return "worded"
    return "zero" if rank < 0 else f"class-{rank}"


def _range(interval: Interval, cut: bool) -> str:
    sign = MINUS if cut else ""
    low, high = f"{sign}{format_number(interval.low)}", f"{sign}{format_number(interval.high)}"
    return low if interval.low == interval.high else f"{low} … {high}"
