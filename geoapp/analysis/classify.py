"""Values become classes that suit them; the legend says by which method."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Method = Literal["unique", "fisher_jenks", "none"]
MOST_CLASSES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """One class: every value from ``low`` to ``high``, both included and both really occurring."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """The classes of the non-zero values, lowest first. Zero is always a class of its own."""

    method: Method
    intervals: tuple[Interval, ...]
    has_zero: bool

    def index(self, value: float) -> int:
        """Return the class of a value: -1 for zero, else 0 for the lowest class upward."""
        if value == 0:
            return -1
        for number, interval in enumerate(self.intervals):
            if value <= interval.high:
                return number
        return len(self.intervals) - 1


def classify(values: Sequence[float]) -> Classes:
    """Class values: each distinct value by itself while they are few, else natural breaks.

    Fisher-Jenks natural breaks (mapclassify) minimise the spread inside classes. Class limits
    are values that occur, so a legend never shows a number that no document prints.
    """
    has_zero = any(value == 0 for value in values)
    numbers = sorted(value for value in values if value != 0)
    distinct = sorted(set(numbers))
    if not distinct:
        return Classes(method="none" if not has_zero else "unique", intervals=(), has_zero=has_zero)
    if len(distinct) <= MOST_CLASSES:
        singles = tuple(Interval(low=value, high=value) for value in distinct)
        return Classes(method="unique", intervals=singles, has_zero=has_zero)
    highs = _natural_breaks(numbers)
    intervals = []
    previous = float("-inf")
    for high in highs:
        members = [value for value in distinct if previous < value <= high]
        if members:
            intervals.append(Interval(low=members[0], high=members[-1]))
        previous = high
    return Classes(method="fisher_jenks", intervals=tuple(intervals), has_zero=has_zero)


def _natural_breaks(numbers: Sequence[float]) -> list[float]:
    """Return the upper limits of the classes."""
    from mapclassify import FisherJenks  # costs 90 MB and half a second: only where it is needed

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Numba not installed")  # a few numbers need no compiler
        return [float(bound) for bound in FisherJenks(numbers, k=MOST_CLASSES).bins]
