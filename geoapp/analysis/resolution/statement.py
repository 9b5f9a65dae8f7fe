"""What a goal says of the number its indicator names: which numbers meet it, and how it compares with others.

Documents say 下降15%以上 and print 15, -15 or [-15%] for it. An indicator whose name says a cut
(降低率) is then at least 15; one that is signed (变化率) is at most −15. Everything that prints,
classes, ranks or sizes a goal asks here, so that no face can say the opposite of another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geoapp.model.plan import Indicator, Target, Unit
from geoapp.model.vocabulary import Comparator

TURNED: Mapping[Comparator, Comparator] = {"ge": "le", "le": "ge", "gt": "lt", "lt": "gt"}
"""A comparator on the other side of zero; those that are not named stay as they are."""
RATIOS = frozenset({"%", "‰"})
"""Ratios share their normal unit, 1, with counts of things, and are none."""
DIGITS = ".12g"
"""As many digits as any document prints; a product of two floats is not better known."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A goal as a statement about its indicator's number, in the unit that is printed."""

    comparator: Comparator
    number: float


def statement(target: Target) -> Statement | None:
    """Return what a goal says; None for grades, words and ``/``.

    ``reduce`` and ``increase`` give the way, the value how far. Where the indicator's name says the
    same way, the number is how far and carries no sign; else it is signed and the comparator turns with it.
    """
    if target.value is None:
        return None
    if target.direction in ("reduce", "increase"):
        same_way = (target.direction == "reduce") == target.is_cut
        far = abs(target.value)
        if same_way:
            return Statement(target.comparator, far)
        return Statement(TURNED.get(target.comparator, target.comparator), -far or 0.0)
    if target.comparator == "eq" and target.direction in ("at_least", "at_most"):
        return Statement("ge" if target.direction == "at_least" else "le", target.value)
    return Statement(target.comparator, target.value)


class Scale:
    """Puts goals of one indicator on one scale, whatever unit each is printed in."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {unit.unit: unit for unit in units}

    def number(self, target: Target | None, indicator: Indicator) -> float | None:
        """Return a goal's number in its indicator's unit; None where there is none, or it cannot be converted."""
        said = statement(target) if target is not None else None
        if said is None or target is None:
            return None
        factor = self.factor(target.unit, indicator.unit)
        return None if factor is None else float(f"{said.number * factor:{DIGITS}}")

    def factor(self, unit: str, wanted: str) -> float | None:
        """Return how many of ``wanted`` one ``unit`` is; None where they measure different things."""
        if unit == wanted:
            return 1.0
        one, other = self._units.get(unit), self._units.get(wanted)
        if one is None or other is None or one.si_unit != other.si_unit or len(RATIOS & {unit, wanted}) == 1:
            return None
        return one.factor / other.factor
