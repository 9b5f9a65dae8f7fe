"""The legend of a view: what each colour, pattern and symbol means, and how many areas have it."""

from collections import Counter
from dataclasses import dataclass
from math import floor, log10
from typing import Literal

from geoapp.analysis.classify import Interval
from geoapp.analysis.progress.statuses import JUDGED, PROGRESS_WORDS, UNJUDGED
from geoapp.analysis.resolution.labels import format_number
from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.analysis.value_scale import amount
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator
from geoapp.portrayal import palette

Look = Literal["fill", "rings", "lines", "hatch", "dots", "dashes", "empty", "symbol"]


SAMPLES = 3
"""Circles a legend shows: fewer do not tell how area grows with the amount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the legend.

    Attributes:
        key: ``zero``, ``class-0`` …, ``size-0`` … or a status.
        colour: of the fill, of the circle, or of the hatching of a parent's goal.
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
EACH_VALUE = Phrase("逐值分级")
UNSAID = Phrase(text="")
NO_DATA = Phrase("没有数据")
AS_PLANNED = Phrase("0（与计划一致）")
OWN_METHOD = Phrase("按目标原文与使用者自己的结果判断，未到目标年的与计划进度比较")
STATUS_METHOD = Phrase("按目标原文与公布的最近一年结果判断，未到目标年的与计划进度比较")
NOT_BOTH = Phrase("两者不都有本级数值")
NOT_REPORTED = Phrase("未收录统计值")
NONE_NAMED = Phrase("文件没有点名")
CLASSES_ONLY = Phrase("以文字表示的类别")
WORDED = Phrase("文字或等级目标")
UNLIKE = Phrase("文字、等级或单位不同的目标，不分级")
AREA_METHOD = Phrase("圆面积与数值成正比")
BESIDE_AREAS = Phrase("圆面积与数值成正比，与对比图同一比例")
SHARED_YEARS = Phrase("圆面积与数值成正比，各年同一比例")
SHARED_AREAS = Phrase("圆面积与数值成正比，与同册各图同一比例")
STATES: dict[str, tuple[Phrase, str, Look]] = {
    "parent": (Phrase("上级目标，未分解到本级"), palette.LENT, "hatch"),
    "not_published": (Phrase("文件载明附件不公开"), palette.NOT_PUBLISHED, "dots"),
    "none": (Phrase("文件未设此目标"), palette.NONE, "dashes"),
    "not_collected": (Phrase("未收录规划文件"), palette.NOT_COLLECTED, "empty"),
}
PROGRESS: dict[str, tuple[str, Look]] = {
    **{status: (colour, "fill") for status, colour in palette.PROGRESS.items()},
    "no_result": (palette.WORDED, "lines"),
    "not_comparable": (palette.NOT_COMPARABLE, "fill"),
}
"""Colours and looks of a goal's progress: best to worst on a scale parted in the middle, then what is not judged."""
LENT_BY_PART = Phrase("上级目标，未收录本级目标")
"""Of a document held in part nobody knows whether it breaks its goal down."""
AREA_FILLS: dict[str, Look] = {"zero": "rings", "worded": "lines", **{key: look for key, (*_, look) in STATES.items()}}
"""The look of an area by its legend line; every other line is a class of values."""


def entries(resolved: ResolvedView) -> list[Entry]:
    """Return the legend lines of a view: zero, classes or sizes, then only the states that occur."""
    if resolved.view.fill == "none":
        return []
    lines = (
        [*_sizes(resolved), *_zero(resolved)]
        if resolved.indicator.draw == "symbol"
        else [*_zero(resolved), *_classes(resolved)]
    )
    lines += _progress(resolved)
    for status, (_, colour, look) in STATES.items():
        if count := resolved.counts.get(status, 0):
            lent = lent_colour(resolved) if status == "parent" else ""
            wording = state_words(resolved.indicator, status)
            if status == "parent" and any(area.resolution.lent_by_part for area in resolved.areas):
                wording = LENT_BY_PART
            lines.append(Entry(key=status, label=wording, colour=lent or colour, look=look, count=count))
    return [*lines, *_worded(resolved)]


def _progress(resolved: ResolvedView) -> list[Entry]:
    """Return the lines of a measure: every status where the map shows it, else those without a number."""
    counts = Counter(area_key(area, resolved) for area in resolved.areas if area.progress and area.rank is None)
    shown = (*JUDGED, *UNJUDGED) if resolved.view.measure == "status" else UNJUDGED
    return [
        Entry(
            key=status,
            label=PROGRESS_WORDS[status],
            colour=PROGRESS[status][0],
            look=PROGRESS[status][1],
            count=counts[status],
        )
        for status in shown
        if counts[status] or (status in JUDGED and counts)
    ]


def _worded(resolved: ResolvedView) -> list[Entry]:
    """Return the line of the values that no class can hold: words, grades, a unit that measures something else."""
    worded = [
        area.resolution
        for area in resolved.areas
        if area.resolution.status == "own" and area.rank is None and area.progress is None
    ]
    if not worded:
        return []
    label = UNLIKE if any(answer.unlike for answer in worded) else WORDED
    label = CLASSES_ONLY if resolved.indicator.origin or resolved.indicator.reported else label
    return [Entry(key="worded", label=label, colour=palette.WORDED, look="lines", count=len(worded))]


def state_words(indicator: Indicator, status: str) -> Phrase:
    """Say what a state other than own means: only what plans set can be "no target"."""
    if indicator.compared:
        return NOT_BOTH
    if status == "not_collected":
        return NOT_REPORTED if indicator.reported else STATES[status][0]
    if indicator.counted:
        return NONE_NAMED
    return NO_DATA if indicator.origin else STATES[status][0]


def area_fill(area: Area, resolved: ResolvedView) -> tuple[Look, str]:
    """Return the look of an area and the colour of its fill or its hatching, as the legend has them.

    Amounts are circles and never fills: under them an area says only 0, words, or why there is none.
    """
    if resolved.view.fill == "none":
        return "empty", palette.NONE
    key = area_key(area, resolved)
    look = PROGRESS[key][1] if key in PROGRESS else AREA_FILLS.get(key, "fill")
    if resolved.indicator.draw == "symbol" and look in ("fill", "hatch"):
        return "empty", palette.NOT_COLLECTED
    if key in PROGRESS:
        return look, PROGRESS[key][0]
    if look in ("fill", "hatch"):
        return look, class_colour(area.rank, resolved)
    return look, {"zero": palette.ZERO, "worded": palette.WORDED}.get(key) or STATES[key][1]


def class_colour(rank: int | None, resolved: ResolvedView) -> str:
    """Return the colour of a class; of what has no class, that of a parent's goal in words."""
    if rank is None:
        return palette.LENT
    ramp = palette.colours(resolved.indicator, len(resolved.classes.intervals), resolved.classes.below)
    return ramp[rank] if rank >= 0 else palette.LENT_ZERO


def lent_colour(resolved: ResolvedView) -> str:
    """Return the one colour of all areas with a parent's goal; empty where they have several or none."""
    colours = {area_fill(area, resolved)[1] for area in resolved.areas if area.resolution.status == "parent"}
    return colours.pop() if len(colours) == 1 and resolved.indicator.draw != "symbol" else ""


def _zero(resolved: ResolvedView) -> list[Entry]:
    """Return the line of the zeros: a value, so never drawn like a missing one."""
    if not resolved.classes.has_zero or not _seen(-1, resolved):
        return []
    label = (
        Phrase("{range}", {"range": "0"})
        if resolved.indicator.goalless or resolved.indicator.derived or resolved.view.measure == "achieved"
        else AS_PLANNED
        if resolved.view.measure == "gap"
        else Phrase("0（目标为零）")
    )
    count = sum(area.resolution.status == "own" and area.rank == -1 for area in resolved.areas)
    return [Entry(key="zero", label=label, colour=palette.ZERO, look="rings", count=count)]


def _classes(resolved: ResolvedView) -> list[Entry]:
    own = Counter(area.rank for area in resolved.areas if area.resolution.status == "own")
    signed = resolved.classes.below and not resolved.indicator.is_cut
    lines = []
    for number, interval in enumerate(resolved.classes.intervals):
        if _seen(number, resolved):
            label, colour = _range(interval, "+" if signed else ""), class_colour(number, resolved)
            lines.append(Entry(key=f"class-{number}", label=label, colour=colour, look="fill", count=own[number]))
    return lines


def _seen(rank: int, resolved: ResolvedView) -> bool:
    """Say whether a class is on the map: as a region's own, or as one of several colours of lent goals.

    Maps on one scale show one legend, so there every class is in it.
    """
    if resolved.view.scale or (resolved.indicator.reported and resolved.scale.shared):
        return True
    several = not lent_colour(resolved)
    return any(
        area.rank == rank and (area.resolution.status == "own" or (several and area.resolution.status == "parent"))
        for area in resolved.areas
    )


def _sizes(resolved: ResolvedView) -> list[Entry]:
    """Return three circles of round amounts, or as many as there are whole numbers."""
    top = resolved.scale.largest
    if top <= 0:
        return []
    values = [value for area in resolved.areas if (value := amount(area.resolution))]
    steps = _round_steps(top, whole=all(float(value).is_integer() for value in (top, *values)))
    colour = palette.RAMPS["blue"][3]
    lines = []
    for number, step in enumerate(steps):
        above = steps[number - 1] if number else float("inf")
        label = Phrase("{range}", {"range": format_number(step)})
        least = step if number < len(steps) - 1 else 0.0
        count = sum(least <= value < above for value in values)
        size = (step / top) ** 0.5
        lines.append(Entry(key=f"size-{number}", label=label, colour=colour, look="symbol", count=count, size=size))
    return lines


def _round_steps(top: float, *, whole: bool) -> list[float]:
    """Return round amounts from about ``top`` down, each about a quarter of the one before.

    Of whole things there is no half a park: where the third would be one, the steps are closer.
    """
    first = _round(top)
    for share in (4.0, 2.0):
        steps = [first]
        while len(steps) < SAMPLES:
            steps.append(_round(steps[-1] / share))
        if not whole or steps[-1] >= 1:
            return steps
    return [step for step in dict.fromkeys(steps) if step >= 1]


def _round(value: float) -> float:
    """Round down to 1, 2 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(value))
    return max(step * power for step in (1, 2, 5) if step * power <= value)


def method(resolved: ResolvedView) -> Phrase:
    """Say how the classes were made; nothing where no values are shown."""
    if resolved.view.fill == "none":
        return UNSAID
    if resolved.view.measure == "status":
        return OWN_METHOD if resolved.view.results else STATUS_METHOD
    if resolved.indicator.draw == "symbol" and resolved.scale.largest > 0:
        return _areas_method(resolved) if resolved.scale.shared else AREA_METHOD
    if resolved.indicator.origin and resolved.classes.method == "unique":
        return EACH_VALUE
    found = METHODS[resolved.classes.method]
    return Phrase(_shared_with(resolved).text, {"method": found}) if resolved.scale.shared else found


def _areas_method(resolved: ResolvedView) -> Phrase:
    """Say with what the sizes of circles are shared."""
    if resolved.view.scale:
        return BESIDE_AREAS
    return SHARED_YEARS if resolved.indicator.reported else SHARED_AREAS


def _shared_with(resolved: ResolvedView) -> Phrase:
    """Say with what classes are shared: the map beside, the years of a time line, the pages of a book."""
    if resolved.view.scale:
        return Phrase("{method}，与对比图共用")
    return Phrase("{method}，各年共用") if resolved.indicator.reported else Phrase("{method}，与同册各图共用")


def area_key(area: Area, resolved: ResolvedView) -> str:
    """Return the legend line an area belongs to."""
    if area.resolution.status != "own":
        return area.resolution.status
    if area.rank is None and area.progress is not None:
        return gapless(area.progress.verdict.status, resolved)
    if area.rank is None:
        return "worded"
    return "zero" if area.rank < 0 else f"class-{area.rank}"


def gapless(status: str, resolved: ResolvedView) -> str:
    """Return the line of a goal without a number to draw: its status, or that nothing can be compared."""
    return status if resolved.view.measure == "status" or status in UNJUDGED else "not_comparable"


def span(low: str, high: str) -> Phrase:
    """Print a range; an ellipsis would hang at mid-height in a Chinese typeface."""
    return Phrase("{low}～{high}", {"low": low, "high": high})


def _range(interval: Interval, sign: str) -> Phrase:
    """Print a class with the sign of its values: a plus where others lie below zero."""
    low, high = (f"{sign if end > 0 else ''}{format_number(end)}" for end in (interval.low, interval.high))
    return Phrase("{range}", {"range": low}) if interval.low == interval.high else span(low, high)
