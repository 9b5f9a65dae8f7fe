"""Regions and their parts: records outside their plan, and a whole that its parts cannot make."""

from collections.abc import Sequence

from geoapp.analysis.checks.finding import Finding, RuleResult, grouped, in_table, printed, tier_of
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Project, Statistic, Target

Record = Target | Statistic | Park | Project


def outside_plan(dataset: Dataset, gazetteer: Gazetteer) -> RuleResult:
    """Find records joined to a region that their document does not bind."""
    plans = {plan.id: plan for plan in dataset.plans}
    records: tuple[Record, ...] = (*dataset.targets, *dataset.statistics, *dataset.parks, *dataset.projects)
    findings = [
        Finding(
            rule="outside_plan",
            severity="contradiction",
            plan=record.plan,
            records=(record.id,),
            sentence=Phrase(
                "{region}不在文件所管的{whole}之内。",
                {"region": record.region_name, "whole": gazetteer[plans[record.plan].region].name},
            ),
        )
        for record in records
        if not gazetteer.is_within(record.adcode, plans[record.plan].region)
    ]
    return RuleResult(len(records), tuple(findings))


def child_range(dataset: Dataset, gazetteer: Gazetteer) -> RuleResult:
    """Hold a region's rate against those of all its parts: a weighted mean lies between them.

    Only where every part has a goal of its own. A mean below the whole's goal is possible (large
    users may have the higher goals), but worth a note.
    """
    weighted = {i.id for i in dataset.indicators if i.aggregate == "weighted" and i.kind in ("rate", "share", "level")}
    compared, findings = 0, []
    goals = [t for t in dataset.targets if t.indicator in weighted and t.value is not None]
    for group in grouped(goals, lambda t: (t.plan, t.indicator, t.target_year, tier_of(t), t.unit)).values():
        of = {t.adcode: t for t in sorted(group, key=in_table)}
        for whole in of.values():
            parts = [of.get(child.adcode) for child in gazetteer.children(whole.adcode)]
            complete = [part for part in parts if part is not None]
            if complete and len(complete) == len(parts):
                compared += 1
                findings += _compare(whole, complete)
    return RuleResult(compared, tuple(findings))


def _compare(whole: Target, parts: Sequence[Target]) -> list[Finding]:
    numbers = [part.value or 0 for part in parts]
    low, high, mean = min(numbers), max(numbers), sum(numbers) / len(numbers)
    value = whole.value or 0
    values = {
        "region": whole.region_name,
        "value": printed([whole]),
        "count": len(parts),
        "low": f"{low:g}",
        "high": f"{high:g}{whole.unit}",
        "mean": f"{mean:.1f}{whole.unit}",
    }
    if not low <= value <= high:
        sentence = Phrase("{region}的目标{value}不在其{count}个下级的目标{low}～{high}之间，加权平均得不出。", values)
    elif whole.direction == "reduce" and mean < value:
        sentence = Phrase(
            "{count}个下级目标的简单平均为{mean}，低于{region}的{value}：要靠用能多的地区完成较高的目标。", values
        )
    else:
        return []
    return [
        Finding(
            rule="child_range",
            severity="note" if low <= value <= high else "contradiction",
            plan=whole.plan,
            records=(whole.id, *(part.id for part in parts)),
            sentence=sentence,
            scope="document" if low <= value <= high else "records",
        )
    ]
