"""A page of more plans than can be read shows totals and provinces first; then the plans a reader asks for.

What a page lists stands under plans. As long as all of it fits, nothing changes. Beyond, the page is made from a
library of the plans on it alone: it costs what it shows, however many plans there are. JSON twins say everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Plan, Project
from geoapp.model.region import CHINA, Level, Region
from geoapp.pages.base import Json, Library

WIDEST = Phrase("全国性文件")


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a long page a reader wants to see: the plans of a province, or those that words name.

    Attributes:
        within: the code of a province; of the country for plans of the state.
        page: from 1.
    """

    within: str = ""
    words: str = ""
    page: int = 1


def fold(
    library: Library, sizes: Mapping[str, int], most: int, asked: Asked | None, lang: str
) -> tuple[Library, Json | None]:
    """Return the library of the plans on a page, and what says which these are; everything and None where all fits.

    Args:
        sizes: how many rows the page has for each plan by id; plans without rows are left out.
        most: rows that a page may show.
        asked: None for a twin, which says everything.
    """
    total = sum(sizes.values())
    if asked is None or total <= most:
        return library, None
    plans = [plan for plan in library.dataset.plans if sizes.get(plan.id)]
    provinces: dict[str, list[Plan]] = {}
    for plan in plans:
        provinces.setdefault(_province(library, plan).adcode, []).append(plan)
    chosen = (
        provinces.get(asked.within, []) if not asked.words else [p for p in plans if _named(library, p, asked.words)]
    )
    pages = _pages(chosen, sizes, most)
    number = min(max(asked.page, 1), max(len(pages), 1))
    shown = pages[number - 1] if pages else []
    return _of(library, shown), {
        "words": asked.words,
        "within": asked.within if asked.within in provinces and not asked.words else "",
        "chosen": len(chosen),
        "chosen_rows": sum(sizes[plan.id] for plan in chosen),
        "plans": len(plans),
        "rows": total,
        "page": number,
        "pages": len(pages),
        "provinces": [
            {
                "adcode": code,
                "name": WIDEST.say(lang) if code == CHINA else library.gazetteer[code].name,
                "plans": len(mine),
                "rows": sum(sizes[plan.id] for plan in mine),
            }
            for code, mine in sorted(provinces.items())
        ],
    }


def _province(library: Library, plan: Plan) -> Region:
    """Return the province that a plan's region lies in, or the country for a plan of the state."""
    line = [library.region(plan.region), *library.gazetteer.parents(plan.region)]
    return next((each for each in line if each.level is Level.PROVINCE), line[-1])


def _named(library: Library, plan: Plan, words: str) -> bool:
    """Say whether every word stands in what a plan and its regions are called."""
    line = [library.region(plan.region), *library.gazetteer.parents(plan.region)]
    names = [text for region in line for text in (region.name, region.name_en) if region.level is not Level.NATION]
    said = " ".join([*names, plan.title.zh, plan.title.en, plan.document_no, plan.id, plan.region]).casefold()
    return all(word in said for word in words.casefold().split())


def _pages(plans: Sequence[Plan], sizes: Mapping[str, int], most: int) -> list[list[Plan]]:
    """Put plans on pages of as many rows as may be, at least one on each."""
    pages: list[list[Plan]] = []
    left = 0
    for plan in plans:
        if not pages or sizes[plan.id] > left:
            pages.append([])
            left = most
        pages[-1].append(plan)
        left -= sizes[plan.id]
    return pages


def _of(library: Library, plans: Sequence[Plan]) -> Library:
    """Return a library that holds the records of some plans alone; answers still come from all of them."""
    ids = {plan.id for plan in plans}
    whole, mine = library.dataset, [library.records_of(plan) for plan in plans]
    points = [point for each in mine for point in each.points]
    dataset = replace(
        whole,
        plans=tuple(plans),
        targets=tuple(target for each in mine for target in each.targets),
        statistics=tuple(figure for each in mine for figure in each.statistics),
        parks=tuple(point for point in points if isinstance(point, Park)),
        projects=tuple(point for point in points if isinstance(point, Project)),
        report=tuple(each for each in whole.report if each.plan in ids),
        derived=tuple(target for target in whole.derived if target.plan in ids),
    )
    return replace(library, dataset=dataset)
