"""What every reading page shares: the records, the words, the trail above and the notice below."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from geoapp.analysis.resolution.resolve import Resolver
from geoapp.analysis.undertakings import tally
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import NotFound
from geoapp.model.address import Address
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase, sense
from geoapp.model.plan import Park, Plan, Project, Statistic, Target
from geoapp.model.region import CHINA, Adcode, Region
from geoapp.portrayal.cards import Cards
from geoapp.portrayal.view_content import FOR_REFERENCE, attribution

Json = dict[str, Any]
PLANS, INDICATORS, PARKS, PROJECTS, REGIONS = (
    Phrase("规划文件"),
    sense("many", "指标"),
    Phrase("园区"),
    Phrase("项目"),
    sense("many", "地区"),
)


@dataclass(frozen=True, slots=True)
class Library:
    """The records of one build, ready to be read page by page."""

    dataset: Dataset
    gazetteer: Gazetteer
    resolver: Resolver
    cards: Cards
    terms: Mapping[tuple[str, str], Any]
    records_of_plans: Mapping[str, "Records"]
    """The records of each plan: gathered once, not looked for once a plan."""

    @classmethod
    def of(cls, cards: Cards) -> "Library":
        """Return the library behind the cards."""
        terms = {(term.kind, term.id): term.title for term in cards.dataset.terms}
        return cls(cards.dataset, cards.gazetteer, cards.resolver, cards, terms, _by_plan(cards.dataset))

    def records_of(self, plan: Plan) -> "Records":
        """Return the records of a plan."""
        return self.records_of_plans.get(plan.id) or Records()

    def counts_of(self, plan: Plan) -> dict[str, int]:
        """Return how much a plan says, by kind of record."""
        mine = self.records_of(plan)
        counted: dict[str, int] = {"targets": len(mine.targets), "statistics": len(mine.statistics)}
        return counted | {str(layer): count for layer, count in tally(mine.points).items()}

    def term(self, kind: str, identifier: str, lang: str) -> str:
        """Say a word of a closed list; a word without a title is said as it is."""
        title = self.terms.get((kind, identifier))
        return str(title.get(lang)) if title else identifier

    def foot(self, lang: str) -> Json:
        """Return what stands under every page."""
        return {
            "attribution": attribution(self.dataset, lang),
            "notice": FOR_REFERENCE.say(lang),
            "data_version": self.dataset.version,
        }

    def steps(self, region: Region) -> list[Json]:
        """Return the way down to a region, the country left out, the region itself last."""
        line = [*reversed(list(self.gazetteer.parents(region.adcode))), region]
        return [region_step(each) for each in line if each.adcode != CHINA]

    def region(self, adcode: Adcode) -> Region:
        """Return a region that a record names."""
        return self.gazetteer[adcode]


@dataclass(slots=True)
class Records:
    """What one plan says."""

    targets: list[Target] = field(default_factory=list)
    statistics: list[Statistic] = field(default_factory=list)
    points: list[Park | Project] = field(default_factory=list)


def _by_plan(dataset: Dataset) -> dict[str, Records]:
    found: dict[str, Records] = {plan.id: Records() for plan in dataset.plans}
    for target in dataset.targets:
        found[target.plan].targets.append(target)
    for figure in dataset.statistics:
        found[figure.plan].statistics.append(figure)
    for point in dataset.points:
        found[point.plan].points.append(point)
    return found


def region_step(region: Region) -> Json:
    """Return a region as a link."""
    return {"name": region.name, "adcode": region.adcode, "url": Address(f"/regions/{region.adcode}")}


def step(title: Phrase, path: str, lang: str) -> Json:
    """Return an index page as a link."""
    return {"name": title.say(lang), "url": Address(path)}


def plan_period(plan: Plan) -> str:
    """Print the years a plan covers."""
    return str(plan.end_year) if plan.start_year == plan.end_year else f"{plan.start_year}–{plan.end_year}"


def plan_link(plan: Plan, lang: str) -> Json:
    """Return a plan as a link, with what tells it from its neighbours."""
    return {
        "id": plan.id,
        "title": plan.title.get(lang),
        "short_title": plan.short_title.get(lang),
        "document_no": plan.document_no,
        "period": plan_period(plan),
        "region": plan.region,
        "url": Address(f"/plans/{plan.id}"),
    }


def unknown(what: Phrase, path: str, identifier: str, known: Iterable[str], lang: str) -> NotFound:
    """Return the error for an id that nothing has, naming the nearest one and where all of them stand."""
    names = list(known)
    begun = [name for name in names if len(identifier) > 2 and name.startswith(identifier.casefold())]
    close = begun or get_close_matches(identifier, names, n=1)
    values = {"what": what, "id": identifier, "path": path, "close": close[0] if close else ""}
    if close:
        sentence = Phrase("没有编号为“{id}”的{what}；最接近的是 {close}，全部见 {path}", values)
    else:
        sentence = Phrase("没有编号为“{id}”的{what}；全部见 {path}", values)
    return NotFound(
        sentence.say(lang),
        suggestion=f"{path}/{close[0]}" if close else path,
        named=close[0] if close else "",
        wording=sentence,
    )
