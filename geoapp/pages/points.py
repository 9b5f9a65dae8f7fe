"""Parks and projects as pages: what the document says of each, and how little it says of the place."""

from collections import Counter
from collections.abc import Sequence

from geoapp.analysis.undertakings import distinct, layer_of, tally, undertaking
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Project
from geoapp.model.region import Level
from geoapp.model.view import PointLayer
from geoapp.pages.base import PARKS, PROJECTS, Json, Library, plan_link, region_step, step, unknown
from geoapp.pages.many.fold import Asked, fold

PLACE = {
    "site": Phrase("地图上的点就是所在位置。依据：{source}"),
    "town": Phrase("地图上的点只到乡镇或驻地，不是厂区位置。依据：{source}"),
    "county": Phrase("文件只写到{region}，没有写具体地点。地图把整个{region}着色，不画点。"),
    "prefecture": Phrase("文件没有写在哪个县。只知道在{region}境内，地图把整个{region}着色，不画点。"),
    "province": Phrase("文件没有写在哪个地市。只知道在{region}境内，地图把整个{region}着色，不画点。"),
}

MOST = 400
"""Rows of one page."""
REST = ("other", "named_only")
"""Kinds that say little: they stand last."""
TITLES: dict[PointLayer, Phrase] = {"parks": PARKS, "projects": PROJECTS}


def parks_page(library: Library, lang: str, asked: Asked | None = None) -> Json:
    """Return all parks by plan, with how many take part in each programme."""
    parks = library.dataset.parks
    kinds = Counter(each for group in distinct(parks) for each in group[0].programmes)
    shown, folded = fold(library, Counter(each.plan for each in parks), MOST, asked, lang)
    return {
        "kind": "parks",
        "title": PARKS.say(lang),
        "trail": [],
        "count": tally(parks)["parks"],
        "kinds": [
            {
                "id": each,
                "title": library.term("programme", each, lang),
                "count": n,
                "map": Address(f"/?layers=parks&programme={each}"),
            }
            for each, n in sorted(kinds.items(), key=lambda kind: (kind[0] in REST, -kind[1]))
        ],
        "plans": [
            {**plan_link(plan, lang), "points": _undertakings(library, mine, lang)}
            for plan in shown.dataset.plans
            if (mine := [each for each in shown.dataset.parks if each.plan == plan.id])
        ],
        **({"folded": folded} if folded else {}),
        **library.foot(lang),
    }


def _undertakings(library: Library, parks: Sequence[Park], lang: str) -> list[Json]:
    return [{**each, "url": Address(f"/parks/{each['id']}")} for each in library.cards.undertakings(parks, lang)]


def point_page(library: Library, layer: PointLayer, identifier: str, lang: str) -> Json:
    """Return one park or project with its facts, the honest word on its place, and its neighbours.

    Raises:
        NotFound: nothing of this kind has the id.
    """
    points, title, path = _records(library, layer), TITLES[layer], f"/{layer}"
    point = next((each for each in points if each.id == identifier), None)
    if point is None:
        raise unknown(title, path, identifier, [each.id for each in points], lang)
    region = library.region(point.adcode)
    plan = library.resolver.plans[point.plan]
    gaps = {"region": region.name, "source": point.place_source or "—"}
    return {
        "kind": layer,
        **_row(library, point, lang),
        "trail": [step(title, path, lang), *library.steps(region)],
        "plan_title": plan.title.get(lang),
        "name_in_source": point.name_in_source,
        "place_words": Phrase(PLACE[point.precision].text, gaps).say(lang),
        "exact": point.precision in ("site", "town"),
        "county_known": region.level is Level.COUNTY,
        "neighbours": _neighbours(library, point, lang),
        "places": _places(library, point),
        "map": Address(
            f"/?region={region.adcode}&sel={point.id}" + ("" if layer_of(point) != "actions" else "&nature=action")
        ),
        **library.foot(lang),
    }


def _records(library: Library, layer: PointLayer) -> Sequence[Park | Project]:
    return library.dataset.parks if layer == "parks" else library.dataset.projects


def _row(library: Library, point: Park | Project, lang: str) -> Json:
    layer = "parks" if isinstance(point, Park) else "projects"
    return {**library.cards.point(point, lang), "url": Address(f"/{layer}/{point.id}")}


def _places(library: Library, point: Park | Project) -> list[Json]:
    """Return every division an undertaking stands in, where there are several."""
    rows = _records(library, "parks" if isinstance(point, Park) else "projects")
    shared = [each for each in rows if undertaking(each) == undertaking(point)]
    return [{**region_step(library.region(each.adcode)), "id": each.id} for each in shared] if len(shared) > 1 else []


def _neighbours(library: Library, point: Park | Project, lang: str) -> list[Json]:
    """Return what else the documents place in the same division, parks first."""
    everything: tuple[Park | Project, ...] = library.dataset.points
    return [
        {"kind": "parks" if isinstance(each, Park) else "projects", **_row(library, each, lang)}
        for each in everything
        if each.adcode == point.adcode and undertaking(each) != undertaking(point)
    ]
