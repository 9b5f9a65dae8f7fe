"""What is said below the maps of a sheet: sources, boundaries and projection, what places are, who made it."""

from collections.abc import Sequence
from dataclasses import dataclass

from geoapp.analysis.resolved_view import ResolvedView
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.region import Level
from geoapp.model.vocabulary import SILENT
from geoapp.portrayal.style import MARKS
from geoapp.portrayal.vector_layers import layer_line
from geoapp.portrayal.view_content import attribution, notice
from geoapp.raster.record import RasterRecord
from geoapp.sheets.paper import Sheet
from geoapp.sheets.scene import backdrop
from geoapp.sheets.scene.base.base_map import TAIWAN
from geoapp.sheets.scene.furniture import marginalia
from geoapp.sheets.scene.furniture.leave_out import NAMES, LeaveOut, sources_line
from geoapp.sheets.scene.labels.around import NO_DATA

GENERAL = 10_000.0
GENERALISED = Phrase("界线为概括表示，不用于量算。")
"""Said of regions below so many square kilometres, where the source's steps of 1.6 km are seen."""
PLACES = Phrase("园区、项目位置为示意，精度见图例，不得用于选址。")


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """One map of a sheet: what it shows, the raster under it, the name of its projection."""

    resolved: ResolvedView
    raster: RasterRecord | None
    projection: Phrase


def footnotes(dataset: Dataset, told: Sequence[Sources], sheet: Sheet, out: LeaveOut) -> marginalia.Footnotes:
    """Return the notes of a sheet with one map or several; what holds for several is said once."""
    lang = told[0].resolved.view.lang
    base = list(dict.fromkeys(backdrop.source(each.raster, lang) for each in told if each.raster))
    # a document around a bare map knows its plans, but not the raster it lies on
    notes = (
        base
        if sheet.bare
        else [*_documents(told, lang, out), *base, _below(dataset, told, lang), _places(told, lang, out)]
    )
    made = " ".join(part for part in (sheet.maker, sheet.date) if part)
    version = Phrase("数据版本 {version}", {"version": dataset.version}).say(lang)
    return marginalia.Footnotes(
        notes=notes,
        review_no=sheet.review_no,
        made=MARKS[lang][1].join([*([Phrase("制图：{who}", {"who": made}).say(lang)] if made else []), version]),
        lang=lang,
    )


def _documents(told: Sequence[Sources], lang: str, out: LeaveOut) -> list[str]:
    plans = {plan.id: plan for each in told for plan in each.resolved.plans}
    found = (each.resolved.indicator.origin or each.resolved.results_origin for each in told)
    origins = dict.fromkeys(origin.cited.get(lang) for origin in found if origin)
    notes = [Phrase("数值来源：{source}", {"source": origin}).say(lang) for origin in origins]
    layers = dict.fromkeys(layer_line(layer, lang) for each in told for layer in each.resolved.vectors)
    return [*notes, *sources_line(list(plans.values()), lang, out), *layers]


def _below(dataset: Dataset, told: Sequence[Sources], lang: str) -> str:
    projections = dict.fromkeys(each.projection.say(lang) for each in told)
    values = {"boundaries": attribution(dataset, lang), "projection": MARKS[lang][1].join(projections)}
    below = Phrase("{boundaries}。{projection}。", values).say(lang)
    regions = [each.resolved.region for each in told]
    if any(region.area_km2 < GENERAL and region.level is not Level.NATION for region in regions):
        below += (" " if lang == "en" else "") + GENERALISED.say(lang)
    return below


def _places(told: Sequence[Sources], lang: str, out: LeaveOut) -> str:
    places = [NAMES.say(lang)] if out.names else []
    places += [PLACES.say(lang)] if any(each.resolved.points for each in told) else []
    for each in told:
        silent = all(area.resolution.status in SILENT for area in each.resolved.areas)
        if each.resolved.region.adcode == TAIWAN and silent:
            places.append((" " if lang == "en" else "") + NO_DATA.say(lang) + MARKS[lang][2].strip())
    notices = dict.fromkeys(notice(each.resolved.view).say(lang) for each in told)
    return " ".join([*places, *notices])
