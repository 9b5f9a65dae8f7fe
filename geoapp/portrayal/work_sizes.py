"""How large a work's symbol is: one of three sizes by its power, the smallest where no power is printed.

The limits are fixed, so that symbols of two maps can be compared. Works of unlike capacities (万吨, 万块) have the
smallest size as well: no scale holds both.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from geoapp.analysis.resolved_view import ResolvedView
from geoapp.analysis.undertakings import distinct
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Project

LIMITS = (0.0, 100.0, 1000.0)
"""Megawatts from which a symbol has the first, second and third size."""
HEAD = Phrase("符号大小表示装机")
WORDS = (
    Phrase("没有写明装机，一律最小"),
    Phrase("不足10万千瓦"),
    Phrase("10万～100万千瓦"),
    Phrase("100万千瓦及以上"),
)
SCALES = (1.0, 1.2, 1.5, 1.9)
"""Diameters as multiples of the smallest one's."""


@dataclass(frozen=True, slots=True)
class Size:
    """One size of symbols: how it is drawn, what it means, how many works on the map have it."""

    scale: float
    label: Phrase
    count: int


def size_of(power: float | None) -> int:
    """Return which size a power in megawatts has; 0 for none."""
    return 0 if power is None else sum(power >= limit for limit in LIMITS)


def scale_of(point: Park | Project, resolved: ResolvedView) -> float:
    """Return how large a point is drawn, as a multiple of the smallest."""
    return SCALES[size_of(resolved.powers.get(point.id))]


def sizes(points: Iterable[Park | Project], resolved: ResolvedView) -> list[Size]:
    """Return the sizes that a legend explains, the largest first; none where every symbol has the smallest.

    The three sizes make a scale, so they stand together; the smallest form is told where some work has it.
    """
    works = [group[0] for group in distinct([each for each in points if isinstance(each, Project)])]
    counts = Counter(size_of(resolved.powers.get(each.id)) for each in works)
    if not any(counts[size] for size in range(1, len(SCALES))):
        return []
    shown = [*range(len(SCALES) - 1, 0, -1), *([0] if counts[0] else [])]
    return [Size(SCALES[size], WORDS[size], counts[size]) for size in shown]
