"""What a view is called: its region, its time, and what it shows."""

from collections.abc import Iterable, Sequence

from geoapp.analysis.progress.statuses import MEASURES
from geoapp.model.phrase import Phrase, in_a_row, sense
from geoapp.model.plan import Indicator, Term
from geoapp.model.region import CHINA, Region
from geoapp.model.vector import VectorLayer
from geoapp.model.view import POINT_LAYERS, View

TIERS = {"basic": Phrase("基本目标"), "incentive": Phrase("激励目标")}
PERIODS = {
    2010: Phrase("“十一五”"),
    2015: Phrase("“十二五”"),
    2020: Phrase("“十三五”"),
    2025: Phrase("“十四五”"),
    2030: Phrase("“十五五”"),
}
WORKS = {
    frozenset({"parks", "projects", "actions"}): Phrase("园区、项目与举措"),
    frozenset({"parks", "projects"}): Phrase("园区与项目"),
    frozenset({"parks", "actions"}): Phrase("园区与举措"),
    frozenset({"projects", "actions"}): Phrase("项目与举措"),
    frozenset({"parks"}): Phrase("园区"),
    frozenset({"projects"}): Phrase("项目"),
    frozenset({"actions"}): Phrase("举措"),
    frozenset[str](): sense("many", "地区"),
}


def period(year: int) -> Phrase:
    """Name the five-year plan that ends in a year, or the year itself."""
    return PERIODS.get(year) or Phrase("{year}年", {"year": year})


def sides(view: View) -> tuple[Phrase, Phrase]:
    """Name what a view shows and what that is taken against: two years, or two tiers of one."""
    year, _, tier = view.against.partition(".")
    if int(year) == view.year:
        return TIERS[view.tier], TIERS[tier]
    return _of(view.year or 0, view.tier), _of(int(year), tier)


def _of(year: int, tier: str) -> Phrase:
    time = Phrase("{year}年", {"year": year})
    return Phrase("{time}{tier}", {"time": time, "tier": TIERS[tier]}) if tier == "incentive" else time


def title_of(
    region: Region, indicator: Indicator, view: View, terms: Iterable[Term], vectors: Sequence[VectorLayer] = ()
) -> Phrase:
    """Return the title of a view: of its indicator, or of what it shows on the map where it shows no goals.

    Args:
        vectors: the published layers of the view; one by itself is of its own time, not of the plans'.
    """
    place = Phrase("各地") if region.adcode == CHINA else region.name
    goals = view.fill == "targets"
    shown = indicator.title.get(view.lang) if goals else _works(view, terms, vectors)
    if goals and view.measure != "target":
        shown = Phrase("{indicator}：{measure}", {"indicator": shown, "measure": MEASURES[view.measure]})
    if view.against and goals:
        first, second = sides(view)
        values = {"region": place, "indicator": shown, "first": first, "second": second}
        return Phrase("{region}{indicator}：{first}减{second}", values)
    time = None if view.year is None else period(view.year)
    if indicator.reported and view.year is not None:  # a figure is of its year, not of a plan that ends in it
        time = Phrase("{year}年", {"year": view.year})
    if view.period is not None and not goals:
        time = Phrase("{first}–{last}年", {"first": view.period[0], "last": view.period[1]})
    if not goals and vectors and len(vectors) == len(view.layers):
        dates = {layer.date for layer in vectors}
        time = Phrase("{year}年", {"year": dates.pop()}) if len(dates) == 1 and "" not in dates else None
    if time is None:
        return Phrase("{region}：{indicator}", {"region": place, "indicator": shown})
    return Phrase("{region}{period}{indicator}", {"region": place, "period": time, "indicator": shown})


def works_named(view: View) -> Phrase:
    """Name the layers of parks, projects and actions that a view asks for."""
    return WORKS[frozenset(view.layers) & frozenset(POINT_LAYERS)]


def _works(view: View, terms: Iterable[Term], vectors: Sequence[VectorLayer]) -> object:
    """Name what a view without goals shows: the kinds that are asked for, or parks and projects; then layers."""
    wanted = {("project_type", each) for each in view.type} | {("programme", each) for each in view.programme}
    kinds = [term.title.get(view.lang) for term in terms if (term.kind, term.id) in wanted]
    layers = [layer.title.get(view.lang) for layer in vectors]
    named = frozenset(view.layers) & frozenset(POINT_LAYERS)
    works: list[object] = [*kinds] or ([works_named(view)] if named or not layers else [])
    return in_a_row([*works, *layers])
