"""Results against goals: a published figure that counts from another year, or measures something else, is named."""

from geoapp.analysis.checks.finding import Finding, RuleResult, titles
from geoapp.analysis.progress.tracker import Tracker
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase


def comparable(dataset: Dataset) -> RuleResult:
    """Find the results of a goal's own indicator, region and time that cannot be held against it, with the reason."""
    tracker, names = Tracker(dataset), titles(dataset)
    compared, findings = 0, []
    for progress in tracker.all:
        target = progress.target
        compared += len(progress.results) + len(progress.refused)
        findings += [
            Finding(
                rule="results",
                severity="note",
                plan=each.statistic.plan,
                records=(each.statistic.id, target.id),
                sentence=Phrase(
                    "{region}{indicator} {year}年 {value}（{section}）不与目标 {goal} 比较：{reason}。",
                    {
                        "region": target.region_name,
                        "indicator": names[target.indicator],
                        "year": each.statistic.year,
                        "value": each.statistic.value_text,
                        "section": each.statistic.section,
                        "goal": target.value_text,
                        "reason": each.reason,
                    },
                ),
            )
            for each in progress.refused
        ]
    return RuleResult(compared, tuple(findings))
