"""What the browser needs of a view: values by code, legend, points, choices. No polygons."""

from collections.abc import Iterable
from typing import Any

from geoapp.analysis.resolution.labels import target_label
from geoapp.analysis.resolution.resolve import EACH_WORDS
from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.analysis.undertakings import distinct, layer_of, spread
from geoapp.analysis.value_scale import circles_whole, shown_number
from geoapp.features.geojson import point_properties
from geoapp.model.address import Address
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase, sense
from geoapp.model.plan import Indicator, Origin, Park, Plan, Project
from geoapp.model.region import Level
from geoapp.model.view import View
from geoapp.model.vocabulary import SILENT
from geoapp.portrayal import legend, progress
from geoapp.portrayal.alt_text import alt_text
from geoapp.portrayal.plan_choices import plan_chips, plan_choices
from geoapp.portrayal.ui_texts import PRECISION_WORDS, ui_texts
from geoapp.portrayal.vector_layers import vector_json, vector_source
from geoapp.portrayal.work_sizes import size_of

Json = dict[str, Any]
FOR_REFERENCE = Phrase("专题内容摘自公开文件，仅供参考，不作为审批依据；位置精度以标注为准。")

OWN_RESULTS = Phrase("结果由使用者提供，未经核对；目标摘自公开文件。仅供参考，不作为审批依据。")
OWN_NUMBERS = Phrase("数值由使用者提供，未经核对，仅供参考，不作为审批依据。")


def notice(view: View) -> Phrase:
    """Return what every face of a view says in the end; a reader's own numbers are from no public document."""
    if view.results:
        return OWN_RESULTS
    return OWN_NUMBERS if view.own_data else FOR_REFERENCE


def view_json(resolved: ResolvedView, dataset: Dataset) -> Json:
    """Return what a view resolved to: title, layers, counts, legend classes, sources, data version."""
    view, lang = resolved.view, resolved.view.lang
    goals = view.fill == "targets"
    number = resolved.indicator.goalless  # no plan sets it: never called a target
    return {
        "view": view.query(),
        "region": view.region,
        "region_name": resolved.region.name,
        "region_level": str(resolved.region.level),
        "indicator": view.indicator,
        "year": view.year,
        "tier": view.tier if view.year is not None and not resolved.indicator.reported else None,
        "reported": resolved.indicator.reported,
        "reported_years": list(resolved.reported_years),
        "level": str(view.level),
        "lang": lang,
        "title": resolved.title.say(lang),
        "subtitle": resolved.subtitle.say(lang),
        "alt": alt_text(resolved),
        "draw": resolved.indicator.draw,
        "unit": resolved.unit if goals else "",
        "frame": list(resolved.frame),
        "layers": {
            "targets": len(resolved.areas) if goals else 0,
            **resolved.tally,
            **{each.layer.id: len(each.features) for each in resolved.vectors},
        },
        "counts": resolved.counts if goals else {},
        "legend": _legend(resolved),
        "largest": resolved.scale.largest,
        "own": _own(resolved),
        "areas": [_area(area, lang, resolved) for area in resolved.areas],
        "points": _points(resolved),
        **_vectors(resolved, dataset.version),
        "plan_regions": sorted({plan.region for plan in dataset.goal_plans}),
        "plans": _plans(dataset, lang),
        "tiers": list(resolved.tiers),
        "levels": [str(level) for level in resolved.levels],
        "choices": {
            name: {str(year): tiers for year, tiers in years.items()} for name, years in resolved.choices.items()
        },
        "trail": [{"adcode": step.adcode, "name": step.name} for step in resolved.trail],
        "facets": _facets(resolved, dataset),
        "sources": sources(resolved),
        "origin": _origin(resolved),
        "words": {
            "none": legend.state_words(resolved.indicator, "none").say(lang) if goals else "",
            "not_collected": legend.state_words(resolved.indicator, "not_collected").say(lang) if goals else "",
            "value": (Phrase("数值") if number else sense("one", "目标")).say(lang),
        },
        **progress.measures(resolved),
        "attribution": attribution(dataset, lang),
        "notice": notice(view).say(lang),
        "data_version": dataset.version,
        "boundary_edition": dataset.edition.id,
    }


def _vectors(resolved: ResolvedView, version: str) -> Json:
    """Return the published vector layers of a view; a view without any says nothing of them."""
    view = resolved.view
    found = [vector_json(each, version, view.region, view.lang) for each in resolved.vectors]
    return {"vectors": found} if found else {}


def _legend(resolved: ResolvedView) -> Json:
    lang = resolved.view.lang
    lines = [
        {
            "key": line.key,
            "label": line.label.say(lang),
            "colour": line.colour,
            "look": line.look,
            "count": line.count,
            **({"size": line.size} if line.size else {}),
        }
        for line in legend.entries(resolved)
    ]
    return {"method": legend.method(resolved).say(lang), "classes": lines}


def _facets(resolved: ResolvedView, dataset: Dataset) -> Json:
    lang, facets = resolved.view.lang, resolved.facets
    titles = {(term.kind, term.id): term.title.get(lang) for term in dataset.terms}
    plans = {plan.id: plan.short_title.get(lang) for plan in dataset.plans}

    def named(kind: str, counts: dict[str, int]) -> list[Json]:
        return [{"id": each, "title": titles.get((kind, each), each), "count": n} for each, n in counts.items()]

    return {
        "parks": facets.parks,
        "projects": facets.projects,
        "actions": facets.actions,
        "programmes": named("programme", facets.programmes),
        "types": named("project_type", facets.types),
        "statuses": named("project_status", facets.statuses),
        "precisions": [
            {"id": each, "title": PRECISION_WORDS[each].say(lang), "count": n} for each, n in facets.precisions.items()
        ],
        "plans": [{"id": each, "title": plans[each], "count": n} for each, n in facets.plans.items()],
    }


def source(plan: Plan, lang: str) -> Json:
    """Return how a plan is cited under a map."""
    return {
        "plan": plan.id,
        "title": plan.title.get(lang),
        "short_title": plan.short_title.get(lang),
        "document_no": plan.document_no,
        "issuer": plan.issuer.get(lang),
        "published": plan.published_printed,
        "region": plan.region,
    }


def sources(resolved: ResolvedView) -> list[Json]:
    """Return everything a view is made from: its plans, and the source of an indicator that is not from one."""
    lang, origin = resolved.view.lang, resolved.indicator.origin or resolved.results_origin
    found = [source(plan, lang) for plan in resolved.plans]
    found += [vector_source(each.layer, lang) for each in resolved.vectors]
    if origin is None:
        return found
    cited = {
        "plan": None,
        "title": origin.title.get(lang),
        "short_title": origin.title.get(lang),
        "document_no": "",
        "issuer": origin.cited.get(lang),
        "published": origin.date.get(lang),
        "region": None,
    }
    return [cited, *found]


def _origin(resolved: ResolvedView) -> Json | None:
    """Return what an indicator that is not from a plan is and is not; None for those of plans."""
    origin, lang = resolved.indicator.origin, resolved.view.lang
    return origin_words(origin, lang) if origin else None


def origin_words(origin: Origin, lang: str) -> Json:
    """Return a source that is not a plan, in one language."""
    words = {name: getattr(origin, name).get(lang) for name in ("title", "statistic", "cited", "date", "caveat")}
    return {"id": origin.id, **words, "url": Address(origin.url)}


def attribution(dataset: Dataset, lang: str) -> str:
    """Return the boundary source line, with the review number of the source's own map."""
    edition = dataset.edition
    text = edition.attribution_en if lang == "en" else edition.attribution
    number = Phrase("，底图来源审图号 {number}", {"number": edition.review_no}).say(lang) if edition.review_no else ""
    return text + number


def status_words(area: Area, lang: str) -> str:
    """Say an area's state in words, with the parent named as the parent."""
    answer = area.resolution
    if area.progress is not None:
        return progress.progress_words(area, lang)
    if answer.each is not None:
        return Phrase("{value}，{each}", {"value": area.label, "each": EACH_WORDS[answer.each]}).say(lang)
    if answer.status == "own":
        return area.label
    if answer.status == "parent" and answer.from_region is not None and answer.target is not None:
        values = {"region": answer.from_region.name, "value": target_label(answer.target)}
        if answer.lent_by_part:
            return Phrase("{region}目标 {value}，未收录本级目标", values).say(lang)
        return Phrase("{region}目标 {value}，未分解到本级", values).say(lang)
    return legend.state_words(answer.indicator, answer.status).say(lang)


def _own(resolved: ResolvedView) -> Json | None:
    """Return the goal of the view's region as a whole, to measure its parts against."""
    answer = resolved.whole.drawn
    if answer.status != "own" or answer.target is None or resolved.region.level is Level.COUNTY:
        return None
    return {
        "adcode": resolved.region.adcode,
        "name": resolved.region.name,
        "at": list(resolved.region.label),
        "value": answer.number,
        "label": resolved.whole.label,
        **(progress.measured(resolved.whole, found, resolved.view.lang) if (found := resolved.whole.progress) else {}),
        **({} if circles_whole(answer.indicator) else {"circle": False}),
    }


def _area(area: Area, lang: str, resolved: ResolvedView) -> Json:
    answer = area.resolution
    place = {
        "adcode": area.region.adcode,
        "name": area.region.name,
        "at": list(area.region.label),
        "km2": area.region.area_km2,
    }
    if resolved.view.fill == "none":  # nothing was asked of it, so it has no status either
        return place
    colour = legend.area_fill(area, resolved)[1] if answer.status in ("own", "parent") else None
    common = {**place, "status": answer.status, "key": legend.area_key(area, resolved)}
    if answer.status in SILENT:  # most of the country: what the browser can say itself is left out
        return common
    return {
        **common,
        "value": shown_number(area.drawn),  # in the view's unit: what the map compares; the label is as printed
        "label": area.label if answer.status == "own" else "",
        "words": status_words(area, lang),
        "colour": colour,
        **(progress.measured(area, area.progress, lang) if area.progress else {}),
    }


def _points(resolved: ResolvedView) -> list[Json]:
    """Return a row for each point; ``undertaking`` is the id of the first row that is counted with it."""
    lang, found = resolved.view.lang, []
    for group in distinct(resolved.points):
        wide = spread([group])
        shared = {"undertaking": group[0].id, **({"spread": wide.say(lang)} if wide else {})}
        found += [{**_point(point, resolved), **shared} for point in group]
    return found


def _point(point: Park | Project, resolved: ResolvedView) -> Json:
    layer = layer_of(point)
    holder = resolved.holders.get(point.adcode)
    near = {"area": holder.adcode, "area_at": list(holder.label)} if holder else {}
    size = {"size": size_of(resolved.powers[point.id])} if point.id in resolved.powers else {}
    return {"layer": layer, "at": [point.lon, point.lat], **near, **size, **point_properties(point)}


def _plans(dataset: Dataset, lang: str) -> list[Json]:
    """Return where each plan is in force, for the map of the country."""
    places = {region.adcode: region for region in dataset.regions}
    return [
        {
            "id": plan.id,
            "region": plan.region,
            "name": places[plan.region].name,
            "at": list(places[plan.region].label),
            "km2": places[plan.region].area_km2,
            "level": str(places[plan.region].level),
            "year": plan.end_year,
            "words": _dated(plan).say(lang),
        }
        for plan in dataset.goal_plans
    ]


def _dated(plan: Plan) -> Phrase:
    """Name a document by the year it is of; by its period where nobody saw a date."""
    if plan.published is not None:
        return Phrase("{year}年文件", {"year": plan.published.year})
    return Phrase("{start}–{end}年文件", {"start": plan.start_year, "end": plan.end_year})


def choices(dataset: Dataset, years: dict[str, list[int]], zonal: Iterable[Indicator], view: View) -> Json:
    """Return what a reader can choose anywhere: plans, indicators that have goals, by sector, then the ground.

    The plans are those held whole; parts of papers, of which there are many more, are found by search and on /plans.
    """
    lang = view.lang
    sectors = {term.id: term.title.get(lang) for term in dataset.terms if term.kind == "sector"}
    groups: dict[str, list[Json]] = {}
    for indicator in dataset.indicators:
        if indicator.draw != "none" and years.get(indicator.id):
            entry = {"id": indicator.id, "title": indicator.title.get(lang), "years": years[indicator.id]}
            groups.setdefault(indicator.sector, []).append(entry)
    for indicator in zonal:
        entry = {"id": indicator.id, "title": indicator.title.get(lang), "years": []}
        groups.setdefault(indicator.sector, []).append(entry)
    plans = plan_choices(dataset, view)
    return {
        "plans": plans,
        "chips": plan_chips(plans),
        "indicators": [{"title": sectors.get(sector, sector), "indicators": each} for sector, each in groups.items()],
        "texts": ui_texts(dataset, lang),
    }
