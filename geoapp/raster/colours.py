"""Breaks that a reader can say aloud, and one ramp per meaning."""

import math
from collections.abc import Sequence

from geoapp.model.plan import Text
from geoapp.raster.record import LegendClass, RasterKind

RAMPS: dict[str, tuple[str, ...]] = {
    "sun": ("#fdf3d4", "#fadb8f", "#f5b84e", "#e88d2c", "#cc611d", "#9c3d18", "#662313"),
    "terrain": ("#6f9c7a", "#a5bd86", "#dcd59b", "#d1b27a", "#b28a5c", "#8d6a51", "#6b5450"),
    "wind": ("#e7f3f1", "#bfe0de", "#8cc6c9", "#56a6b0", "#2c8494", "#146274", "#0b4153"),
    "plain": ("#f0eef4", "#d5d0e2", "#b6aecf", "#958ab8", "#76699f", "#594c83", "#3d3263"),
}
CLASS_COLOURS = (
    "#4f7cac", "#e0a458", "#6a994e", "#bc4749", "#7d5ba6", "#3a9188", "#d4c05c", "#8c6a4f",
    "#9aa5b1", "#e58f9e", "#2f4858", "#a7c957",
)  # fmt: skip
MOST_CLASSES = 7
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def ramp_for(unit: str) -> str:
    """Choose a ramp by unit: irradiation, heights, speeds, the rest."""
    plain = unit.replace(" ", "")
    if "Wh" in plain or "J/" in plain or plain.startswith("W/m"):
        return "sun"
    if plain in ("m", "米"):
        return "terrain"
    return "wind" if plain in ("m/s", "米/秒") else "plain"


def round_breaks(low: float, high: float, most: int = MOST_CLASSES) -> list[float]:
    """Return round class limits inside ``low`` … ``high``: at most ``most`` − 1 of them.

    Args:
        low: a value above which nearly all cells lie (the 2nd percentile).
        high: a value below which nearly all cells lie (the 98th percentile).
    """
    if not high > low:
        return []
    rough = (high - low) / (most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    for factor in (*STEPS, 20.0):
        step = factor * power
        first = math.ceil(low / step)
        count = math.floor(high / step) - first + 1
        if count <= most - 1:
            return [round((first + number) * step, 10) for number in range(count)]
    return []


def spread(ramp: str, count: int) -> list[str]:
    """Return ``count`` colours over the whole ramp, lightest or lowest first."""
    colours = RAMPS[ramp]
    if count <= 1:
        return [colours[len(colours) // 2]] * count
    return [colours[round(number * (len(colours) - 1) / (count - 1))] for number in range(count)]


def value_legend(breaks: Sequence[float], minimum: float, maximum: float, ramp: str) -> tuple[LegendClass, ...]:
    """Return the classes between breaks; the outer ones are open."""
    inner = [each for each in breaks if minimum < each < maximum]
    limits = [minimum, *inner, maximum]
    colours = spread(ramp, len(limits) - 1)
    last = len(limits) - 2
    return tuple(
        LegendClass(low=limits[n], high=limits[n + 1], colour=colours[n], label=_range(limits, n, last))
        for n in range(last + 1)
    )


def _range(limits: Sequence[float], number: int, last: int) -> Text:
    low, high = f"{limits[number]:,.10g}", f"{limits[number + 1]:,.10g}"
    if last == 0:
        text = low if low == high else f"{low}～{high}"
    elif number == 0:
        text = f"< {high}"
    else:
        text = f"≥ {low}" if number == last else f"{low}～{high}"
    return Text(zh=text, en=text)


def class_legend(values: Sequence[int], names: dict[int, str], colours: dict[int, str]) -> tuple[LegendClass, ...]:
    """Return one line per class, in the colours of the file where it has them."""
    return tuple(
        LegendClass(
            low=value,
            high=value,
            colour=colours.get(value, CLASS_COLOURS[number % len(CLASS_COLOURS)]),
            label=Text(zh=names.get(value, f"类别 {value}"), en=names.get(value, f"class {value}")),
        )
        for number, value in enumerate(values)
    )


def rgb(colour: str) -> tuple[int, int, int]:
    """Return ``#rrggbb`` as three numbers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def class_of(legend: Sequence[LegendClass], kind: RasterKind, value: float) -> LegendClass | None:
    """Return the legend line a value belongs to; None for a class the legend does not know."""
    if kind == "classes":
        return next((line for line in legend if line.low == value), None)
    inner = [line.low for line in legend[1:]]
    return legend[sum(value >= limit for limit in inner)] if legend else None
