"""Values that look like "no data" by their shape: one value in many cells, at an end of the numbers.

Files mark missing cells with whatever their maker chose; a list of such values never ends. What they have in
common is where they stand: at the end of the type's range, or far from all other values. Seen in the raw
numbers, before any scale and offset.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[Any]
MANY = 0.01
"""Part of the cells from which on one value is many."""
NEAR = 0.1
"""A value this part of the others' span away from them stands apart, if many cells hold it."""
LONELY = 3.0
"""A single positive cell must be this many spans away: the tails of populations and yields are long."""
FAR = 10.0
"""Codes of classes leave gaps (60, 80, 95, 100), but not gaps of this many spans."""


@dataclass(slots=True)
class End:
    """The outermost value at one end, the cells that hold it, and the value next to it. ``sign`` is 1 at the top."""

    sign: int
    value: float = -math.inf
    count: int = 0
    following: float = -math.inf

    def add(self, values: Values) -> None:
        """Take in the cells of one window."""
        outer = float(values.max() if self.sign > 0 else values.min())
        held = values == outer
        rest = values[~held]
        inner = -math.inf
        if rest.size:
            inner = self.sign * float(rest.max() if self.sign > 0 else rest.min())
        self._merge(self.sign * outer, int(np.count_nonzero(held)), inner)

    def _merge(self, outer: float, count: int, inner: float) -> None:
        """Join what was seen before with a window's; both are counted from the middle outwards."""
        if outer > self.value:
            self.value, self.count, self.following = outer, count, max(self.value, inner)
        elif outer == self.value:
            self.count, self.following = self.count + count, max(self.following, inner)
        else:
            self.following = max(self.following, outer)


@dataclass(slots=True)
class Ends:
    """Both ends of a raster's raw values."""

    low: End = field(default_factory=lambda: End(-1))
    high: End = field(default_factory=lambda: End(1))

    def add(self, values: Values) -> None:
        """Take in the cells with data of one window."""
        if values.size:
            self.low.add(values)
            self.high.add(values)

    def suspects(self, dtype: str, cells: int, *, few_values: bool) -> dict[float, int]:
        """Return the values that may mean "no data", with the number of cells that hold them.

        Args:
            dtype: the type of the raw values.
            cells: how many have data.
            few_values: they are a handful of whole numbers, perhaps classes, which stand apart by nature.
        """
        inner = max(0.0, self.high.following + self.low.following)  # the low end is counted downwards
        found = {}
        for end in (self.low, self.high):
            value, gap = end.sign * end.value, end.value - end.following
            if value == 0 or not math.isfinite(gap):
                continue  # zeros are asked about in their own way; a raster of one value has no other
            many, spans = end.count >= MANY * cells, gap / inner if inner else 0.0
            at_end = value in limits(dtype) and (many or gap > NEAR * inner)
            apart = _is_apart(value, spans, end.count, many) and (value < 0 or not few_values or spans > FAR)
            if at_end or apart:
                found[value] = end.count
        return found


def _is_apart(value: float, spans: float, count: int, many: bool) -> bool:
    """Say whether a value lies so many spans of the others from them that it cannot be one of them."""
    needed = 1.0 if value < 0 or count > 1 else LONELY
    return spans > needed or (many and spans > NEAR)


def limits(dtype: str) -> set[float]:
    """Return the ends of an integer type's range, but 0; floats have none that data could reach."""
    kind = np.dtype(dtype)
    if not np.issubdtype(kind, np.integer):
        return set()
    return {float(each) for each in (np.iinfo(kind).min, np.iinfo(kind).max) if each}


def spelled(value: float) -> str:
    """Return a value as it can be given back as an answer: no digit is lost."""
    if value.is_integer() and abs(value) < 1e15:
        return f"{value:.0f}"
    short = f"{value:g}"
    return short if value in (float(short), float(np.float32(short))) else f"{value:.9g}"


def questions(suspects: dict[float, int], cells: int, scaled: bool) -> Iterator[tuple[str, str]]:
    """Yield the problem and the hint of every suspect."""
    where = " before the scale that it declares" if scaled else ""
    for value, count in suspects.items():
        text = spelled(value)
        problem = (
            f"{count:,} cells ({count / cells:.1%}) hold {text}{where}, which the file does not declare as no data"
        )
        yield problem, f"{text} to take it as no data, none if it is a real value"
