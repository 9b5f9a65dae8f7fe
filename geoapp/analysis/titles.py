"""What a view is called: its region, its time, and what it shows."""

from collections.abc import Iterable

from geoapp.analysis.progress.words import MEASURES
from geoapp.model.phrase import Phrase, in_a_row, sense
from geoapp.model.plan import Indicator, Term
from geoapp.model.region import CHINA, Region
from geoapp.model.view import View

PERIODS = {
    2010: Phrase("“十一五”"),
    2015: Phrase("“十二五”"),
    2020: Phrase("“十三五”"),
    2025: Phrase("“十四五”"),
    2030: Phrase("“十五五”"),
}
WORKS = {
    frozenset({"parks", "projects"}): Phrase("园区与项目"),
    frozenset({"parks"}): Phrase("园区"),
    frozenset({"projects"}): Phrase("项目"),
    frozenset[str](): sense("many", "地区"),
}


def period(year: int) -> Phrase:
    """Name the five-year plan that ends in a year, or the year itself."""
    return PERIODS.get(year) or Phrase("{year}年", {"year": year})


def title_of(region: Region, indicator: Indicator, view: View, terms: Iterable[Term]) -> Phrase:
    """Return the title of a view: of its indicator, or of its parks and projects where it shows no goals."""
    place = Phrase("各地") if region.adcode == CHINA else region.name
    goals = view.fill == "targets"
    shown = indicator.title.get(view.lang) if goals else _works(view, terms)
    if goals and view.measure != "target":
        shown = Phrase("{indicator}：{measure}", {"indicator": shown, "measure": MEASURES[view.measure]})
    time = None if view.year is None else period(view.year)
    if view.period is not None and not goals:
        time = Phrase("{first}–{last}年", {"first": view.period[0], "last": view.period[1]})
    if time is None:
        return Phrase("{region}：{indicator}", {"region": place, "indicator": shown})
    return Phrase("{region}{period}{indicator}", {"region": place, "period": time, "indicator": shown})


def _works(view: View, terms: Iterable[Term]) -> object:
    """Name what a view without goals shows: the kinds that are asked for, or parks and projects."""
    wanted = {("project_type", each) for each in view.type} | {("programme", each) for each in view.programme}
    kinds = [term.title.get(view.lang) for term in terms if (term.kind, term.id) in wanted]
    return in_a_row(kinds) if kinds else WORKS[frozenset(view.layers)]
