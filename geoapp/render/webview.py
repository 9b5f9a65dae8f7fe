"""What the browser needs of a view: values by code, legend, points, words. No polygons."""

from typing import Any

from geoapp.analysis.shown import Area, Shown, target_label
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Plan, Project
from geoapp.model.view import View
from geoapp.render import legend, palette
from geoapp.render.features import point_properties

Json = dict[str, Any]
PRECISION_WORDS = {
    "site": Phrase("精确到位置"),
    "town": Phrase("精确到乡镇"),
    "county": Phrase("只知所在县"),
    "prefecture": Phrase("只知所在地市"),
    "province": Phrase("只知所在省区"),
}
FOR_REFERENCE = Phrase("专题内容摘自公开文件，仅供参考，不作为审批依据；位置精度以标注为准。")


def view_json(shown: Shown, dataset: Dataset) -> Json:
    """Return what a view resolved to: title, layers, counts, legend classes, sources, data version."""
    view, lang = shown.view, shown.view.lang
    points: tuple[Park | Project, ...] = (*shown.parks, *shown.projects)
    titles = {(term.kind, term.id): term.title.get(lang) for term in dataset.terms}

    def facet(kind: str, counts: dict[str, int]) -> list[Json]:
        return [{"id": each, "title": titles.get((kind, each), each), "count": n} for each, n in counts.items()]

    lines = legend.entries(shown)
    return {
        "view": view.query(),
        "region": view.region,
        "region_name": shown.region.name,
        "region_level": str(shown.region.level),
        "indicator": view.indicator,
        "year": view.year,
        "tier": view.tier,
        "level": str(view.level),
        "lang": lang,
        "title": shown.title.say(lang),
        "subtitle": shown.subtitle.say(lang),
        "draw": shown.indicator.draw,
        "unit": shown.indicator.unit,
        "frame": list(shown.frame),
        "layers": {"targets": len(shown.areas), "parks": len(shown.parks), "projects": len(shown.projects)},
        "counts": shown.counts,
        "legend": {
            "method": legend.method(shown).say(lang),
            "classes": [
                {
                    "key": line.key,
                    "label": line.label.say(lang),
                    "colour": line.colour,
                    "look": line.look,
                    "count": line.count,
                }
                for line in lines
            ],
        },
        "areas": [_area(area, lang, shown) for area in shown.areas],
        "points": [_point(point, shown) for point in points],
        "plan_regions": sorted({plan.region for plan in dataset.plans}),
        "tiers": list(shown.tiers),
        "levels": [str(level) for level in shown.levels],
        "trail": [{"adcode": step.adcode, "name": step.name} for step in shown.trail],
        "facets": {
            "parks": shown.facets.parks,
            "projects": shown.facets.projects,
            "programmes": facet("programme", shown.facets.programmes),
            "types": facet("project_type", shown.facets.types),
        },
        "sources": [source(plan, lang) for plan in shown.plans],
        "attribution": attribution(dataset, lang),
        "notice": FOR_REFERENCE.say(lang),
        "data_version": dataset.version,
        "boundary_edition": dataset.edition.id,
    }


def source(plan: Plan, lang: str) -> Json:
    """Return how a plan is cited under a map."""
    return {
        "plan": plan.id,
        "title": plan.title.get(lang),
        "short_title": plan.short_title.get(lang),
        "document_no": plan.document_no,
        "issuer": plan.issuer.get(lang),
        "published": plan.published.isoformat(),
        "region": plan.region,
    }


def attribution(dataset: Dataset, lang: str) -> str:
    """Return the boundary source line, with the review number of the source's own map."""
    edition = dataset.edition
    text = edition.attribution_en if lang == "en" else edition.attribution
    number = Phrase("底图来源审图号 {number}", {"number": edition.review_no}).say(lang) if edition.review_no else ""
    return f"{text} · {number}" if number else text


def status_words(area: Area, lang: str) -> str:
    """Say an area's state in words, with the parent named as the parent."""
    answer = area.resolution
    if answer.status == "own":
        return area.label
    if answer.status == "parent" and answer.from_region is not None and answer.target is not None:
        values = {"region": answer.from_region.name, "value": target_label(answer.target)}
        return Phrase("{region}目标 {value}，未分解到本级", values).say(lang)
    return legend.STATES[answer.status][0].say(lang)


def _area(area: Area, lang: str, shown: Shown) -> Json:
    answer = area.resolution
    ramp = palette.colours(shown.indicator, len(shown.classes.intervals))
    colour = ramp[area.rank] if area.rank is not None and area.rank >= 0 else palette.ZERO if area.rank == -1 else None
    common = {
        "adcode": area.region.adcode,
        "name": area.region.name,
        "status": answer.status,
        "key": legend.area_key(area.rank, answer.status),
        "at": list(area.region.label),
        "km2": area.region.area_km2,
    }
    if answer.status == "none":  # most of the country: what the browser can say itself is left out
        return common
    return {
        **common,
        "value": answer.target.value if answer.target and answer.status in ("own", "parent") else None,
        "label": area.label if answer.status == "own" else "",
        "words": status_words(area, lang),
        "colour": colour,
    }


def _point(point: Park | Project, shown: Shown) -> Json:
    layer = "parks" if isinstance(point, Park) else "projects"
    holder = shown.holders.get(point.adcode)
    near = {"area": holder.adcode, "area_at": list(holder.label)} if holder else {}
    return {"layer": layer, "at": [point.lon, point.lat], **near, **point_properties(point)}


WORDS = {
    "brand": Phrase("规划图集"),
    "map": Phrase("规划地图：方向键逐个走到各地区，回车打开卡片"),
    "legend": Phrase("图例"),
    "loading": Phrase("正在读取…"),
    "failed": Phrase("数据没有读到。"),
    "none": Phrase("文件未设此目标"),
    "zoomForPoints": Phrase("放大或选择地区后显示园区与项目"),
    "retry": Phrase("再试一次"),
    "close": Phrase("关闭"),
    "zoomIn": Phrase("放大"),
    "zoomOut": Phrase("缩小"),
    "sources": Phrase("资料来源："),
    "park": Phrase("园区"),
    "parks": Phrase("园区"),
    "project": Phrase("项目"),
    "projects": Phrase("项目"),
    "townPrecision": Phrase("乡镇级位置"),
    "countyPrecision": Phrase("只知所在县市，非实际位置"),
}


def words(dataset: Dataset, lang: str) -> Json:
    """Return the words our own script needs, in one language."""
    kinds = {term.id: term.title.get(lang) for term in dataset.terms if term.kind == "project_type"}
    return {
        **{name: phrase.say(lang) for name, phrase in WORDS.items()},
        "kinds": kinds,
        "precision": {name: phrase.say(lang) for name, phrase in PRECISION_WORDS.items()},
        "filter": {"parks": Phrase("按示范类别").say(lang), "projects": Phrase("按项目类型").say(lang)},
    }


def choices(dataset: Dataset, years: dict[str, list[int]], view: View) -> Json:
    """Return what a reader can choose: plans, and indicators that have goals, by sector."""
    lang = view.lang
    sectors = {term.id: term.title.get(lang) for term in dataset.terms if term.kind == "sector"}
    groups: dict[str, list[Json]] = {}
    for indicator in dataset.indicators:
        if indicator.draw != "none" and years.get(indicator.id):
            entry = {"id": indicator.id, "title": indicator.title.get(lang), "years": years[indicator.id]}
            groups.setdefault(indicator.sector, []).append(entry)
    return {
        "plans": [_plan_choice(plan, view) for plan in dataset.plans],
        "indicators": [{"title": sectors.get(sector, sector), "indicators": each} for sector, each in groups.items()],
        "words": words(dataset, lang),
    }


def _plan_choice(plan: Plan, view: View) -> Json:
    language = "&lang=en" if view.lang == "en" else ""
    return {
        "id": plan.id,
        "region": plan.region,
        "year": plan.end_year,
        "name": plan.short_title.get(view.lang),
        "period": f"{plan.start_year}–{plan.end_year}" if plan.start_year != plan.end_year else str(plan.end_year),
        "query": f"region={plan.region}&year={plan.end_year}{language}",
    }
