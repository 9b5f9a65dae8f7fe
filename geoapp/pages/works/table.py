"""The page of works: totals first, then what narrows them, then a table of one hundred at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geoapp.analysis.works.capacity import power
from geoapp.analysis.works.question import FALLING, SORTS, Group, Sort, Works, WorksQuestion
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase, sense
from geoapp.model.plan import Plan
from geoapp.model.region import CHINA
from geoapp.model.vocabulary import PROJECT_TYPES
from geoapp.pages.base import PROJECTS, Json, Library, plan_link
from geoapp.pages.welcome.coverage_map import MOST_CLUSTERS, WIDTH, Cluster, Plane, clusters
from geoapp.portrayal.ui_texts import PRECISION_WORDS

PATH = "/projects"
PAGE = 100
"""Rows on one page: with the widest filters the page stays under 5,000 elements."""
TAKEN = (("xlsx", "Excel"), ("csv", "CSV"), ("geojson", "GeoJSON"))
COLUMNS = {
    "name": Phrase("名称"),
    "type": Phrase("类型"),
    "capacity": Phrase("规模"),
    "status": Phrase("状态"),
    "precision": Phrase("位置精度"),
    "region": Phrase("地区"),
    "plan": sense("one", "规划文件"),
}
KINDS = {"type": "project_type", "status": "project_status"}
PER_UNIT = {"zh": (10.0, "万千瓦"), "en": (1.0, "MW")}
ROUGH = ("county", "prefecture", "province")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksMap:
    """The country in small. Paths are SVG.

    Attributes:
        circles: the number of works of each division, and the list of those alone.
    """

    width: int
    height: int
    provinces: str
    lines: str
    circles: tuple[tuple[Cluster, Address], ...]


def works_map(library: Library, works: Works, question: WorksQuestion, plane: Plane) -> WorksMap:
    """Draw what a list shows."""
    rows = (row for group in works.ask(question) for row in group)
    return WorksMap(
        width=WIDTH,
        height=plane.height,
        provinces=plane.provinces,
        lines=plane.lines,
        circles=tuple(
            (each, _at(replace(question, region=each.adcode)))
            for each in clusters(rows, library.gazetteer, plane, 0 if question.region == CHINA else MOST_CLUSTERS)
        ),
    )


def works_page(library: Library, works: Works, question: WorksQuestion, lang: str) -> Json:
    """Return one page of a list of works; a page behind the last one is the last one."""
    groups = works.ask(question)
    pages = max(1, -(-len(groups) // PAGE))
    question = replace(question, page=min(question.page, pages))
    start = (question.page - 1) * PAGE
    return {
        "kind": "projects",
        "title": PROJECTS.say(lang),
        "trail": [],
        "nature": question.nature,
        "natures": [_nature(works, question, nature, lang) for nature in ("work", "action")],
        "count": len(groups),
        "rows": sum(len(group) for group in groups),
        "of": works.count(WorksQuestion(nature=question.nature)),
        "actions": {"count": works.count(replace(question, nature="action"))},
        "totals": _totals(works, groups, lang),
        "asked": _asked(library, question, lang),
        "choices": _choices(library, works, question, lang),
        "columns": [_column(question, name, lang) for name in SORTS],
        "points": [_row(library, group, lang) for group in groups[start : start + PAGE]],
        "page": question.page,
        "pages": pages,
        "per_page": PAGE,
        "steps": [{"page": n, "url": _at(question, page=n)} for n in _steps(question.page, pages)],
        "map": Address(f"/?{_view(library, question, groups)}"),
        "files": [
            {"format": suffix, "title": title, "url": Address(address(question, f".{suffix}"))}
            for suffix, title in TAKEN
        ],
        "twin": Address(address(question, ".json", question.page)),
        "all": _at(WorksQuestion(nature=question.nature)),
        **library.foot(lang),
    }


def address(question: WorksQuestion, ending: str = "", page: int = 1) -> str:
    """Return the path of a list, with ``ending`` that of its files."""
    query = replace(question, page=page).query()
    return f"{PATH}{ending}" + (f"?{query}" if query else "")


def _at(question: WorksQuestion, page: int = 1) -> Address:
    return Address(address(question, page=page))


def _nature(works: Works, question: WorksQuestion, nature: str, lang: str) -> Json:
    title = PROJECTS if nature == "work" else Phrase("举措")
    asked = replace(question, nature="work" if nature == "work" else "action", page=1)
    return {"id": nature, "title": title.say(lang), "count": works.count(asked), "url": _at(asked)}


def _totals(works: Works, groups: Sequence[Group], lang: str) -> Json:
    """Return how much there is: powers added, places known, divisions and documents."""
    powers = [found for group in groups if (found := power(group[0], works.units)) is not None]
    factor, unit = PER_UNIT[lang]
    return {
        "power": float(f"{sum(powers) / factor:.6g}"),
        "power_unit": unit,
        "powered": len(powers),
        "exact": sum(group[0].precision not in ROUGH for group in groups),
        "regions": len({row.adcode for group in groups for row in group}),
        "plans": len({row.plan for group in groups for row in group}),
    }


def _asked(library: Library, question: WorksQuestion, lang: str) -> Json:
    """Return what was asked, for the fields of the form; the region by its name."""
    region = library.gazetteer[question.region] if question.region != CHINA else None
    return {
        "q": question.q,
        "sort": f"{FALLING if question.falling else ''}{question.sort}",
        "region": question.region if region else "",
        "region_name": region.name if region else "",
        "without_region": _at(replace(question, region=CHINA)),
        "narrowed": replace(question, sort="region", falling=False, page=1) != WorksQuestion(nature=question.nature),
    }


def _choices(library: Library, works: Works, question: WorksQuestion, lang: str) -> Json:
    """Return what can be chosen of each list, with how many works each value leaves; what is chosen always stands."""
    found: Json = {}
    for name, counts in works.facets(question).items():
        chosen = getattr(question, name)
        ids = [*counts, *(each for each in chosen if each not in counts)]
        if name == "type":
            ids.sort(key=PROJECT_TYPES.index)
        elif name != "plan":
            ids.sort(key=lambda each: -counts.get(each, 0))
        titles = {each: _title(library, name, each, lang) for each in ids}
        if name == "plan":
            ids.sort(key=lambda each: titles[each].encode("gb18030", "replace"))
        found[name] = [
            {
                "id": each,
                "title": titles[each],
                "count": counts.get(each, 0),
                "chosen": each in chosen,
                **({"without": _without(question, name, each)} if each in chosen else {}),
            }
            for each in ids
        ]
    return found


def _without(question: WorksQuestion, name: str, value: str) -> Address:
    """Return the same list without one of its conditions."""
    return _at(question.choosing(name, tuple(each for each in getattr(question, name) if each != value)))


def _title(library: Library, name: str, identifier: str, lang: str) -> str:
    if name == "plan":
        return library.resolver.plans[identifier].short_title.get(lang)
    if name == "precision":
        return PRECISION_WORDS[identifier].say(lang)
    return library.term(KINDS[name], identifier, lang)


def _column(question: WorksQuestion, name: Sort, lang: str) -> Json:
    """Return a heading and where it leads: sorted by it, or by it the other way round."""
    sorted_by = question.sort == name
    turned = not question.falling if sorted_by else name == "capacity"
    asked = replace(question, sort=name, falling=turned)
    way = ("descending" if question.falling else "ascending") if sorted_by else ""
    return {"id": name, "title": COLUMNS[name].say(lang), "sorted": way, "url": _at(asked)}


def _row(library: Library, group: Group, lang: str) -> Json:
    row = library.cards.undertakings(group, lang)[0]
    return {
        **row,
        "url": Address(f"{PATH}/{row['id']}"),
        "plan_link": plan_link(library.resolver.plans[group[0].plan], lang),
    }


def _steps(page: int, pages: int) -> list[int]:
    """Return the pages that are offered: the first, the last, and those around this one; none of a single page."""
    if pages == 1:
        return []
    return sorted({1, pages, *(n for n in range(page - 2, page + 3) if 1 <= n <= pages)})


def _view(library: Library, question: WorksQuestion, groups: Sequence[Group]) -> str:
    """Return the query of the explorer's view of the same works; it knows no words and no order."""
    layer = "projects" if question.nature == "work" else "actions"
    plans: list[Plan] = [library.resolver.plans[name] for name in {group[0].plan for group in groups}]
    years = f"{min(p.start_year for p in plans)}-{max(p.end_year for p in plans)}" if plans else ""
    parts = {
        "region": question.region,
        "period": years,
        "fill": "none",
        "layers": layer,
        **{name: ",".join(getattr(question, name)) for name in ("type", "status", "precision", "plan")},
    }
    return "&".join(f"{name}={value}" for name, value in parts.items() if value)
