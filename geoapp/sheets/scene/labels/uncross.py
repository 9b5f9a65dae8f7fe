"""Leaders that cross are uncrossed: their labels, and those in their way, are placed again in another order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, permutations

import numpy as np
import numpy.typing as npt
import shapely

from geoapp.sheets.scene.labels.blocks import Placed
from geoapp.sheets.scene.primitives import Box

NEAREST = (0, 1, 2)
"""Labels beside a crossing pair that are placed again with it."""
ORDERS = 6
"""Orders tried for one group of labels."""
Placing = Callable[[Sequence[Placed], Sequence[int]], list[Placed]]
"""Places the labels of areas, in an order, beside labels that stay; those without a place are missing."""


def uncrossed(placed: Sequence[Placed], is_free: Callable[[Box], bool], placing: Placing, most: int) -> list[Placed]:
    """Return labels in places in which fewer leaders cross, none where that is found; the same where it is not.

    Crossing another leader is the last resort of a placer that goes area by area, and what was placed before is in
    the way: so the two change places, or they and what stands nearest are taken off and placed in another order.

    Args:
        is_free: says whether a box lies on the sheet and over nothing but, perhaps, labels.
        most: orders tried: districts of a few square millimetres may leave no way out.
    """
    found = list(placed)
    todo, budget = _crossing(found), list(range(most))
    while todo:
        pair = todo.pop(0)
        tries = chain(_swapped(found, pair, is_free), _again(found, pair, placing, budget))
        better = next((tried for tried in tries if _is_better(tried, found)), None)
        if better is not None:
            found = better
            todo = [each for each in _crossing(found) if each in todo or not set(each).isdisjoint(pair)]
    return found


def _is_better(now: Sequence[Placed], before: Sequence[Placed]) -> bool:
    """Say whether all labels have a place, and what has moved crosses fewer labels or as many, and fewer leaders."""
    kept = {id(each) for each in before} & {id(each) for each in now}
    return len(now) == len(before) and _faults(now, kept) < _faults(before, kept)


def _faults(placed: Sequence[Placed], kept: set[int]) -> tuple[int, int]:
    """Count the labels and the leaders that are crossed by, or cross, a leader or label that is not kept."""
    led = [each for each in placed if each.leader is not None]
    lines, boxes = _lines(led), np.array([shapely.box(*each.box) for each in placed])
    moved = np.array([id(each) not in kept for each in led])
    moved_boxes = np.array([id(each) not in kept for each in placed])
    labels = shapely.crosses(lines[moved][:, None], boxes[None, :]).sum()
    labels += shapely.crosses(lines[~moved][:, None], boxes[moved_boxes][None, :]).sum()
    return int(labels), int(shapely.crosses(lines[moved][:, None], lines[None, :]).sum())


def _swapped(placed: Sequence[Placed], pair: tuple[int, int], is_free: Callable[[Box], bool]) -> Iterator[list[Placed]]:
    """Yield a placement in which the labels of two areas have changed places, if they fit there."""
    one, two = (each for each in placed if each.index in pair)
    rest = [each for each in placed if each.index not in pair]
    moved = [_moved(one, two.box), _moved(two, one.box)]
    apart = not moved[0].box.meets(moved[1].box) and not any(a.box.meets(b.box) for a in moved for b in rest)
    if apart and all(is_free(each.box) for each in moved):
        yield [*rest, *moved]


def _moved(each: Placed, to: Box) -> Placed:
    """Return a label over the middle of another's box."""
    x, y = to.middle
    box = Box(x - each.box.width / 2, y - each.box.height / 2, x + each.box.width / 2, y + each.box.height / 2)
    return replace(each, box=box, leader=each.block.nearest(box, each.anchor))


def _again(
    placed: Sequence[Placed], pair: tuple[int, int], placing: Placing, budget: list[int]
) -> Iterator[list[Placed]]:
    """Yield placements in which two areas, and those nearest to them, are placed again in other orders."""
    near = _nearest(placed, pair) if budget else []
    for more in NEAREST[: len(near) + 1]:
        group = (*pair, *near[:more])
        rest = [each for each in placed if each.index not in group]
        for order in islice(permutations(reversed(group)), ORDERS):
            if not budget:
                return
            budget.pop()
            yield placing(rest, order)


def _crossing(placed: Sequence[Placed]) -> list[tuple[int, int]]:
    """Return the areas whose leaders cross, in pairs."""
    led = [each for each in placed if each.leader is not None]
    found = shapely.STRtree(_lines(led)).query(_lines(led), predicate="crosses") if led else np.empty((2, 0), int)
    return sorted((led[one].index, led[two].index) for one, two in found.T.tolist() if one < two)


def _lines(led: Sequence[Placed]) -> npt.NDArray[np.object_]:
    ends = np.array([(each.anchor, each.leader) for each in led], dtype=np.float64).reshape(-1, 2, 2)
    return np.asarray(shapely.linestrings(ends), dtype=object)


def _nearest(placed: Sequence[Placed], pair: tuple[int, int]) -> list[int]:
    """Return the other areas with leaders, the nearest to those of a pair first."""
    led = [each for each in placed if each.leader is not None]
    own = shapely.union_all(_lines([each for each in led if each.index in pair]))
    others = [each for each in led if each.index not in pair]
    away = {each.index: float(line.distance(own)) for each, line in zip(others, _lines(others), strict=True)}
    return sorted(away, key=lambda index: (away[index], index))
