"""What gives a value its colour and a circle its size: one for a map, or one for all that stand together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geoapp.analysis.classify import Classes, classify
from geoapp.analysis.resolution.resolve import Resolution
from geoapp.model.plan import Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueScale:
    """The classes of the values, and the amount that the largest circle stands for.

    Attributes:
        largest: 0 where no amount is shown.
        shared: taken over other maps too, so that the same value looks the same on all of them.
    """

    classes: Classes
    largest: float
    shared: bool = False


def scale_of(
    indicator: Indicator, areas: Sequence[Resolution], wholes: Iterable[Resolution], *, shared: bool = False
) -> ValueScale:
    """Return the scale of the values of some areas; circles also stand for whole regions."""
    numbers = [number for each in areas if (number := shown_number(each)) is not None]
    return ValueScale(
        classes=classify(numbers, zero_apart=indicator.origin is None),  # a height of 0 m is no target of zero
        largest=max((amount(each) for each in (*areas, *(wholes if circles_whole(indicator) else ()))), default=0.0),
        shared=shared,
    )


def circles_whole(indicator: Indicator) -> bool:
    """Say whether a whole region has a circle of its own: one that sums what lies in it would hide its parts."""
    return indicator.origin is None or indicator.aggregate != "sum"


def shown_number(answer: Resolution) -> float | None:
    """Return the number an area is coloured by, in the indicator's unit: its own, or the one its parent lends."""
    return answer.number if answer.status in ("own", "parent") else None


def amount(answer: Resolution) -> float:
    """Return the amount that stands on a region as a circle, in the indicator's unit; 0 where none does."""
    return max(answer.number or 0.0, 0.0) if answer.status == "own" else 0.0
