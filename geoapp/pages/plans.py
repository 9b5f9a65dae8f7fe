"""A plan as a page: what it sets, chapter by chapter, and what it does not publish."""

from collections.abc import Iterable, Iterator, Sequence

from geoapp.analysis.undertakings import layer_of
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Plan, Target
from geoapp.model.region import Level
from geoapp.model.view import POINT_LAYERS
from geoapp.pages.base import PLANS, Json, Library, plan_link, region_step, step, unknown
from geoapp.pages.many.fold import Asked, fold
from geoapp.pages.progress import plan_progress

INSERTS = ("专栏", "表")
"""Boxes and tables stand inside the chapter before them."""
KINDS = ("targets", "statistics", "parks", "projects", "actions")
PART_WORDS = Phrase("只收录了文件的一部分：据网页转录，未与原文逐条核对；这里没有的，文件里仍可能有")
KIND_WORDS = {"plan": Phrase("规划文件"), "results": Phrase("公报或评估，只报结果")}
LEVEL_WORDS = {
    Level.PROVINCE: Phrase("各省区"),
    Level.PREFECTURE: Phrase("全市"),
    Level.COUNTY: Phrase("各县区"),
}


MOST = 200
"""Plans of one page."""


def plans_page(library: Library, lang: str, asked: Asked | None = None) -> Json:
    """Return every plan with how much it sets."""
    shown, folded = fold(library, {plan.id: 1 for plan in library.dataset.plans}, MOST, asked, lang)
    return {
        "title": PLANS.say(lang),
        "trail": [],
        "plans": [_plan_facts(library, plan, lang) for plan in shown.dataset.plans],
        **({"folded": folded} if folded else {}),
        **library.foot(lang),
    }


def plan_page(library: Library, identifier: str, lang: str) -> Json:
    """Return one plan: its facts, its chapters with their records, what it withholds.

    Raises:
        NotFound: no plan has this id.
    """
    plan = library.resolver.plans.get(identifier)
    if plan is None:
        raise unknown(PLANS, "/plans", identifier, library.resolver.plans, lang)
    return {
        **_plan_facts(library, plan, lang),
        "trail": [step(PLANS, "/plans", lang)],
        "headline": _headline(library, plan, lang),
        "progress": plan_progress(library, plan, lang),
        "unpublished": _unpublished(library, plan, lang),
        "broken_down": _broken_down(library, plan, lang),
        "chapters": _chapters(library, plan, lang),
        **library.foot(lang),
    }


def _plan_facts(library: Library, plan: Plan, lang: str) -> Json:
    return {
        **plan_link(plan, lang),
        "region_name": library.region(plan.region).name,
        "kind": plan.kind,
        "kind_words": KIND_WORDS[plan.kind].say(lang),
        "issuer": plan.issuer.get(lang),
        "published": plan.published_printed,
        "extent": plan.extent,
        "extent_words": PART_WORDS.say(lang) if plan.extent == "part" else "",
        "document_url": plan.document_url,
        "start_year": plan.start_year,
        "end_year": plan.end_year,
        "base_year": plan.base_year,
        "citation": plan.cite(lang),
        "counts": library.counts_of(plan),
        "map": Address(f"/?region={plan.region}&year={plan.end_year}"),
    }


def _headline(library: Library, plan: Plan, lang: str) -> list[Json]:
    """Return the goals by which the plan is judged: binding ones of its own region, else the energy cut."""
    own = [each for each in library.dataset.targets if each.plan == plan.id and each.adcode == plan.region]
    binding = [each for each in own if each.nature == "binding" and each.value is not None]
    chosen = binding or [each for each in own if each.indicator == "ei_gdp_cut"]
    first: dict[str, Target] = {}
    for target in chosen:
        first.setdefault(target.indicator, target)
    return [_goal(library, target, lang) for target in list(first.values())[:4]]


def _unpublished(library: Library, plan: Plan, lang: str) -> list[Json]:
    indicators = library.resolver.indicators
    return [
        {
            "section": annex.section,
            "title": annex.title,
            "level": str(annex.level),
            "level_words": LEVEL_WORDS[annex.level].say(lang),
            "indicators": [
                {"id": each, "name": indicators[each].title.get(lang), "url": Address(f"/indicators/{each}")}
                for each in annex.indicators
            ],
        }
        for annex in plan.unpublished
    ]


def _broken_down(library: Library, plan: Plan, lang: str) -> Json:
    """Say how far the plan's goals reach down, counted from its records."""
    below = library.gazetteer.children(plan.region)
    with_goals = {target.adcode for target in library.dataset.targets if target.plan == plan.id}
    have = [region for region in below if region.adcode in with_goals]
    values = {"region": library.region(plan.region).name, "have": len(have), "all": len(below)}
    some = Phrase("{region}下辖 {all} 个地区，其中 {have} 个有本级目标", values)
    if plan.extent == "part":
        words = some if have else Phrase("收录的部分没有{region}下辖地区的目标；未收录的部分有没有，不得而知", values)
    else:
        words = some if have else Phrase("只公布{region}的目标，没有分解到下辖 {all} 个地区", values)
    return {
        "words": words.say(lang),
        "with_goals": [region_step(region) for region in have],
        "without_goals": [
            region_step(region) for region in below if plan.extent == "whole" and region.adcode not in with_goals
        ],
    }


def _chapters(library: Library, plan: Plan, lang: str) -> list[Json]:
    """Return the headings that hold records, in the order of the document, each with its records."""
    keys = list(plan.headings)
    chapters = {key: _chapter(key, plan.headings[key], above(key, keys)) for key in keys}
    chapters[""] = _chapter("", Phrase("其他章节").say(lang), [])
    for kind, section, record in _records(library, plan, lang):
        chapters[chapter_of(section, plan.headings)][kind].append(record)
    needed = {
        name
        for chapter in chapters.values()
        if any(chapter[kind] for kind in KINDS)
        for name in (chapter["section"], *chapter["above"])
    }
    kept = [chapter for chapter in chapters.values() if chapter["section"] in needed]
    return [{**chapter, "targets": _by_indicator(chapter["targets"])} for chapter in kept]


def _chapter(key: str, title: str, over: list[str]) -> Json:
    return {"section": key, "title": title, "depth": depth(key), "above": over, **{kind: [] for kind in KINDS}}


def _records(library: Library, plan: Plan, lang: str) -> Iterator[tuple[str, str, Json]]:
    """Yield each record of a plan with its kind and the path it stands under."""
    data, cards = library.dataset, library.cards
    for target in data.targets:
        if target.plan == plan.id:
            yield "targets", target.section, _goal(library, target, lang)
    for figure in data.statistics:
        if figure.plan == plan.id:
            yield "statistics", figure.section, _uncited(cards.statistic(figure, lang))
    for layer in POINT_LAYERS:
        points = [each for each in data.points if each.plan == plan.id and layer_of(each) == layer]
        yield from ((layer, each["section"], _uncited(each)) for each in cards.undertakings(points, lang))


def chapter_of(section: str, headings: Iterable[str]) -> str:
    """Return the deepest printed heading that a record's path names; empty where none is known.

    ``四(七) 专栏9`` stands under 专栏9, ``附件3 #17`` under 附件3, ``三(二);三(九)`` under 三(二).
    """
    known = set(headings)
    tokens = section.split(";", maxsplit=1)[0].split()
    for token in reversed(tokens):
        if token in known:
            return token
    return max((key for key in known if section.startswith(key)), key=len, default="")


def depth(key: str) -> int:
    """Return how deep a heading stands: 1 for ``三`` and ``附件1``, 2 for ``三(一)``, 3 below."""
    if key.startswith(INSERTS) or (")" in key and not key.endswith(")")):
        return 3
    return 2 if "(" in key else 1


def above(key: str, keys: Sequence[str]) -> list[str]:
    """Return the headings over one, outermost first; a box stands in the chapter printed before it."""
    found: list[str] = []
    wanted = depth(key)
    for each in reversed(keys[: keys.index(key)]):
        if depth(each) < wanted:
            found.insert(0, each)
            wanted = depth(each)
    return found


def _by_indicator(goals: Iterable[Json]) -> list[Json]:
    """Group the goals of a chapter by indicator, in the order in which they are printed."""
    groups: dict[str, list[Json]] = {}
    for goal in goals:
        groups.setdefault(goal["indicator"], []).append(goal)
    return [
        {
            "indicator": identifier,
            "indicator_name": group[0]["indicator_name"],
            "url": Address(f"/indicators/{identifier}"),
            "goals": group,
        }
        for identifier, group in groups.items()
    ]


def _goal(library: Library, target: Target, lang: str) -> Json:
    return _uncited(library.cards.target(target, lang))


def _uncited(record: Json) -> Json:
    """Leave the citation out where the whole page is the cited document."""
    return {name: value for name, value in record.items() if name != "citation"}
