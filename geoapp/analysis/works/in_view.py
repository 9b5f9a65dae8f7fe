"""Which parks, projects and actions a view shows, and what may narrow them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from geoapp.analysis.undertakings import asked_for, distinct, layer_of, tally
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.dataset import Dataset
from geoapp.model.plan import Park, Project
from geoapp.model.view import View, boxes_meet


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How many parks, projects and actions a region has, before any filter: what there is to choose.

    ``types``, ``statuses``, ``precisions`` and ``plans`` count projects, and actions where the view shows them.
    """

    parks: int
    projects: int
    actions: int
    programmes: dict[str, int]
    types: dict[str, int]
    statuses: dict[str, int]
    precisions: dict[str, int]
    plans: dict[str, int]


class WorksInView:
    """Answers for the views of one dataset."""

    def __init__(self, dataset: Dataset, gazetteer: Gazetteer) -> None:
        self._dataset, self._gazetteer = dataset, gazetteer
        self._plans = {plan.id: plan for plan in dataset.plans}

    def facets(self, view: View) -> Facets:
        """Return how much there is to choose from in the region, box and time of a view."""
        inside = [point for point in self._dataset.points if self._inside(point, view)]
        groups = [group[0] for group in distinct(inside)]
        found = tally(inside)
        typed = {"projects", "actions"} if "actions" in view.layers else {"projects"}
        works = [each for each in groups if isinstance(each, Project) and layer_of(each) in typed]
        parks = [each for each in groups if isinstance(each, Park)]
        return Facets(
            parks=found["parks"],
            projects=found["projects"],
            actions=found["actions"],
            programmes=dict(Counter(each for park in parks for each in park.programmes).most_common()),
            types=_common(work.type for work in works),
            statuses=_common(work.status for work in works),
            precisions=_common(work.precision for work in works),
            plans=_common(work.plan for work in works),
        )

    def points(self, view: View) -> tuple[tuple[Park, ...], tuple[Project, ...], tuple[Project, ...]]:
        """Return the parks, projects and actions a view asks for: a row for each region one stands in."""
        parks = (
            park
            for park in self._dataset.parks
            if "parks" in view.layers
            and self._inside(park, view)
            and asked_for(park, view)
            and (not view.programme or set(view.programme) & set(park.programmes))
        )
        named = [
            project
            for project in self._dataset.projects
            if layer_of(project) in view.layers and self._inside(project, view) and asked_for(project, view)
        ]
        works = tuple(each for each in named if each.nature == "work")
        return tuple(parks), works, tuple(each for each in named if each.nature == "action")

    def _inside(self, point: Park | Project, view: View) -> bool:
        if not self._gazetteer.is_within(point.adcode, view.region) or not self._in_force(point.plan, view):
            return False
        return view.bbox is None or boxes_meet((point.lon, point.lat, point.lon, point.lat), view.bbox)

    def _in_force(self, plan: str, view: View) -> bool:
        """Say whether a plan's works belong to the time of a view: a map of 2015 shows none of 2021–2025."""
        first, last = view.period or (view.year, view.year)
        asked = self._plans[plan]
        return first is None or last is None or (asked.start_year <= last and asked.end_year >= first)


def _common(values: Iterable[str]) -> dict[str, int]:
    """Count values, the commonest first."""
    return dict(Counter(values).most_common())
