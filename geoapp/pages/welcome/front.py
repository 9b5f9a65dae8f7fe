"""The front door: what this is, what is in it, where, and three questions to begin with."""

from collections import Counter
from collections.abc import Iterator, Mapping

from geoapp.analysis.periods import Periods
from geoapp.analysis.undertakings import layer_of, tally
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Plan
from geoapp.model.region import CHINA, Level
from geoapp.pages.base import Json, Library, plan_link, region_step
from geoapp.pages.welcome.coverage_map import STATES, CoverageMap, State
from geoapp.portrayal.plan_choices import period_choices

TITLE = Phrase("规划图集")
STATE_WORDS: Mapping[State, Phrase] = {
    "own": Phrase("本县（市、区、旗）有文件"),
    "inside": Phrase("所在地市有文件"),
    "above": Phrase("只有省级文件"),
    "none": Phrase("未收录规划文件"),
}
ABOUT = Phrase("中国各地节能规划的目标、园区和项目，落在真实的行政区划上；每个数字都注明出自哪份文件的哪一节。")
INSIDE = Phrase(
    "收录 {plans} 份文件：{targets} 条目标、{parks} 个园区、{projects} 个项目；最远到 {until} 年。",
)
HOW_MUCH = Phrase("{region} {year} 年的{indicator}是多少？")
WHAT_BUILT = Phrase("哪里规划了{type}？")
WHO_SAYS = Phrase("{region}要完成哪些目标，谁定的？")
NATION = Phrase("全国")


def front_page(library: Library, drawing: CoverageMap, lang: str) -> Json:
    """Return what the first page says. Every number is counted, none is written."""
    data = library.dataset
    counts: dict[str, int] = {"plans": len(data.plans), "targets": len(data.targets)}
    counts |= {str(layer): count for layer, count in tally(data.points).items()}
    counts["until"] = max((plan.end_year for plan in data.plans), default=0)
    told = {name: f"{count:,}" if name != "until" else str(count) for name, count in counts.items()}
    return {
        "title": TITLE.say(lang),
        "about": ABOUT.say(lang),
        "inside": Phrase(INSIDE.text, told).say(lang),
        "counts": counts,
        "coverage": [
            {"state": state, "words": STATE_WORDS[state].say(lang), "counties": drawing.counties[state]}
            for state in STATES
        ],
        "periods": period_choices(Periods(data, library.gazetteer, library.resolver).inside(CHINA), lang),
        "questions": list(_questions(library, lang)),
        "documents": documents_by_province(library, lang),
        **library.foot(lang),
    }


def documents_by_province(library: Library, lang: str) -> list[Json]:
    """Return the documents of each province, those of the country first, the newest of a region first."""
    groups: dict[str, list[Plan]] = {}
    for plan in sorted(library.dataset.plans, key=lambda each: (each.region, -each.end_year, each.id)):
        head = CHINA if plan.region == CHINA else f"{plan.region[:2]}0000"
        groups.setdefault(head, []).append(plan)
    order = sorted(groups, key=lambda head: (head != CHINA, head))
    return [
        {
            "adcode": head,
            "name": NATION.say(lang) if head == CHINA else library.gazetteer[head].name,
            "plans": [
                {**plan_link(plan, lang), "region_name": library.region(plan.region).name} for plan in groups[head]
            ],
        }
        for head in order
    ]


def _questions(library: Library, lang: str) -> Iterator[Json]:
    """Yield three questions that this atlas answers, made from its own records."""
    goals = [t for t in library.dataset.targets if t.value is not None]
    indicators = library.resolver.indicators
    counties = [t for t in goals if library.region(t.adcode).level is Level.COUNTY and t.value]
    common = Counter((t.indicator, t.target_year) for t in counties or goals).most_common(1)
    if common:
        goal = max((t for t in counties or goals if (t.indicator, t.target_year) == common[0][0]), key=lambda t: t.id)
        region = library.region(goal.adcode)
        values = {
            "region": region.name,
            "year": goal.target_year,
            "indicator": indicators[goal.indicator].title.get(lang),
        }
        query = (
            f"region={region.parent or CHINA}&indicator={goal.indicator}&year={goal.target_year}&sel={region.adcode}"
        )
        yield {"words": Phrase(HOW_MUCH.text, values).say(lang), "url": Address(f"/?{query}")}
    types = Counter(
        p.type for p in library.dataset.projects if p.type != "other" and layer_of(p) == "projects"
    ).most_common(1)
    if types:
        values = {"type": library.term("project_type", types[0][0], lang)}
        query = f"region={CHINA}&layers=projects&type={types[0][0]}"
        yield {"words": Phrase(WHAT_BUILT.text, values).say(lang), "url": Address(f"/?{query}")}
    if library.dataset.goal_plans:
        plan = max(library.dataset.goal_plans, key=lambda each: (len(library.records_of(each).targets), each.id))
        step = region_step(library.region(plan.region))
        yield {"words": Phrase(WHO_SAYS.text, {"region": step["name"]}).say(lang), "url": step["url"]}
