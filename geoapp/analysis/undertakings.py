"""Undertakings: what is counted when the atlas says how many parks, projects or actions there are.

A document names one undertaking, however many regions share it; the data hold a row for each region.
Whoever counts, counts here: panel, legend, files, pictures, alt text, briefings, plan pages and ``/quality``.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Project
from geoapp.model.view import POINT_LAYERS, PointLayer

ONCE = "shared_across_regions"
"""Caveat of a project that stands in a row for each of its regions and is counted once."""
COUNTED: Mapping[PointLayer, Phrase] = {
    "parks": Phrase("园区{count}个"),
    "projects": Phrase("项目{count}个"),
    "actions": Phrase("举措{count}项"),
}
SPREAD = {
    "county": (Phrase("分布在{n}个县"), Phrase("其中1个分布在{n}个县"), Phrase("其中{k}个分布在几个县")),
    "region": (Phrase("分布在{n}个地区"), Phrase("其中1个分布在{n}个地区"), Phrase("其中{k}个分布在几个地区")),
}
"""Of one undertaking; of several, one of which is shared; of several, some of which are."""
Point = TypeVar("Point", bound=Park | Project)


class Narrowed(Protocol):
    """What narrows parks and projects by what is said of them: a view, or a list. Empty means every one."""

    @property
    def type(self) -> tuple[str, ...]:
        """Types of projects."""

    @property
    def status(self) -> tuple[str, ...]:
        """Statuses of projects."""

    @property
    def precision(self) -> tuple[str, ...]:
        """How well places are known."""

    @property
    def plan(self) -> tuple[str, ...]:
        """Ids of plans."""


def asked_for(point: Park | Project, wanted: Narrowed) -> bool:
    """Say whether a park, project or action is among those asked for."""
    if wanted.precision and point.precision not in wanted.precision:
        return False
    if wanted.plan and point.plan not in wanted.plan:
        return False
    if isinstance(point, Park):
        return True
    return (not wanted.type or point.type in wanted.type) and (not wanted.status or point.status in wanted.status)


def layer_of(point: Park | Project) -> PointLayer:
    """Return the layer of a view that shows a point: parks, named projects, or actions."""
    if isinstance(point, Park):
        return "parks"
    return "projects" if point.nature == "work" else "actions"


def undertaking(point: Park | Project) -> object:
    """Return what the rows of one undertaking have in common and no other row has."""
    return (point.plan, point.name) if ONCE in point.caveats else point.id


def distinct(points: Sequence[Point]) -> list[list[Point]]:
    """Return points with the rows of one undertaking together: a project shared by regions stands once."""
    groups: dict[object, list[Point]] = {}
    for point in points:
        groups.setdefault(undertaking(point), []).append(point)
    return list(groups.values())


def tally(points: Sequence[Park | Project]) -> dict[PointLayer, int]:
    """Return how many undertakings there are of each layer, none included."""
    found = Counter(layer_of(group[0]) for group in distinct(points))
    return {layer: found[layer] for layer in POINT_LAYERS}


def counted(found: Mapping[PointLayer, int]) -> list[Phrase]:
    """Say how many there are of each layer that has any."""
    return [Phrase(COUNTED[layer].text, {"count": n}) for layer, n in found.items() if n]


def spread(groups: Sequence[Sequence[Park | Project]]) -> Phrase | None:
    """Say over how many divisions an undertaking of these stands; None where each stands in one."""
    wide = [n for group in groups if (n := len({point.adcode for point in group})) > 1]
    if not wide:
        return None
    county = all(not point.adcode.endswith("00") for group in groups if len(group) > 1 for point in group)
    words = SPREAD["county" if county else "region"][0 if len(groups) == 1 else 1 if len(wide) == 1 else 2]
    return Phrase(words.text, {"n": wide[0], "k": len(wide)})
