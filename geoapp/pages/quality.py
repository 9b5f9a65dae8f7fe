"""The state of the data as a page: rows read, joined and placed, coverage, and what contradicts what."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from geoapp.analysis.checks.finding import Finding, Severity
from geoapp.analysis.consistency import MARKED_RULE, RULES
from geoapp.analysis.query import DEFAULT_INDICATOR
from geoapp.analysis.undertakings import tally
from geoapp.model.address import Address
from geoapp.model.dataset import Dataset, PlanReport
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Plan, Project
from geoapp.model.region import Level
from geoapp.model.vocabulary import STATUSES
from geoapp.pages.base import Library, plan_link
from geoapp.pages.many.fold import Asked, fold
from geoapp.pages.vectors import vector_quality
from geoapp.portrayal.cards import STATUS_WORDS, Cards
from geoapp.portrayal.ui_texts import PRECISION_WORDS

Json = dict[str, Any]
TITLE = Phrase("数据质量")
DOCUMENTED = tuple(status for status in STATUSES if status != "not_collected")
"""What the regions of a plan held whole can be: each has a document above it."""
KINDS = {
    "targets": Phrase("目标"),
    "statistics": Phrase("统计值"),
    "parks": Phrase("园区"),
    "projects": Phrase("项目"),
}
LEVEL_WORDS = {Level.PREFECTURE: Phrase("地市"), Level.COUNTY: Phrase("县市区旗")}
SEVERITY_WORDS = {"contradiction": Phrase("矛盾"), "note": Phrase("提示")}


MOST = 200
"""Rows of one page: plans, findings and what is known to the prefecture only."""


def quality_page(library: Library, lang: str, asked: Asked | None = None) -> Json:
    """Return what was read, joined, placed and found inconsistent, and what covers which counties."""
    cards, found = library.cards, library.cards.consistency.findings
    severities = Counter((each.plan, each.severity) for each in found)
    of_plan = Counter(each.plan for each in found)
    sizes = {each.plan: 1 + of_plan[each.plan] + len(each.unplaced) // 2 for each in cards.dataset.report}
    shown, folded = fold(library, sizes, MOST, asked, lang)
    listed = {plan.id for plan in shown.dataset.plans}
    findings = [_finding(cards, each, lang) for each in found if each.plan in listed]
    return {
        "title": TITLE.say(lang),
        "trail": [],
        "kinds": {kind: words.say(lang) for kind, words in KINDS.items()},
        "totals": _totals(cards.dataset),
        "found": dict(Counter(each.severity for each in found)),
        "plans": [_plan(library, report, severities, lang) for report in shown.dataset.report],
        "coverage": {
            "indicator": DEFAULT_INDICATOR,
            "indicator_name": cards.resolver.indicators[DEFAULT_INDICATOR].title.get(lang),
            "words": {status: STATUS_WORDS[status].say(lang) for status in DOCUMENTED},
        },
        "rules": _rules(cards, lang),
        "contradictions": [each for each in findings if each["severity"] == "contradiction"],
        "notes": [each for each in findings if each["severity"] == "note"],
        "derived": len(cards.dataset.derived),
        "vectors": vector_quality(cards.dataset.vectors, lang),
        "edition": _edition(library, lang),
        **({"folded": folded} if folded else {}),
        **library.foot(lang),
    }


def _totals(dataset: Dataset) -> Json:
    """Return how many rows were read and joined, and how many parks, projects and actions they are of."""
    reports = dataset.report
    return {
        "rows": {kind: sum(report.rows[kind] for report in reports) for kind in KINDS},
        "joined": {kind: sum(report.joined[kind] for report in reports) for kind in KINDS},
        "not_placed": sum(len(report.unplaced) for report in reports),
        "undertakings": dict(tally(dataset.points)),
    }


def _plan(library: Library, report: PlanReport, severities: Mapping[tuple[str, Severity], int], lang: str) -> Json:
    plan = library.resolver.plans[report.plan]
    unplaced = set(report.unplaced)
    points = library.records_of(plan).points
    return {
        **plan_link(plan, lang),
        "region_name": library.region(plan.region).name,
        "extent": plan.extent,
        "rows": report.rows,
        "joined": report.joined,
        "undertakings": dict(tally(points)),
        "not_joined": {kind: report.rows[kind] - report.joined[kind] for kind in report.rows},
        "not_placed": [_unplaced(each, lang) for each in points if each.id in unplaced],
        "contradictions": severities[plan.id, "contradiction"],
        "notes": severities[plan.id, "note"],
        "coverage": _coverage(library, plan, lang),
    }


def _unplaced(point: Park | Project, lang: str) -> Json:
    kind = "parks" if isinstance(point, Park) else "projects"
    return {
        "id": point.id,
        "name": point.name,
        "kind": kind,
        "region_name": point.region_name,
        "precision": point.precision,
        "precision_words": PRECISION_WORDS[point.precision].say(lang),
        "url": Address(f"/{kind}/{point.id}"),
    }


def _coverage(library: Library, plan: Plan, lang: str) -> list[Json]:
    """Return, for each level below the plan's region, how many divisions have which answer.

    Nothing of a document held in part: what it covers is not known.
    """
    if plan.extent == "part":
        return []
    rows = []
    for level, words in LEVEL_WORDS.items() if plan.kind == "plan" else ():
        places = [p for p in library.gazetteer.at_level(plan.region, level) if p.adcode != plan.region]
        if not places:
            continue
        answers = (library.resolver.resolve(p.adcode, DEFAULT_INDICATOR, plan.end_year, "basic") for p in places)
        counts = Counter(answer.status for answer in answers)
        rows.append(
            {
                "level": str(level),
                "level_words": words.say(lang),
                "year": plan.end_year,
                "regions": len(places),
                "counts": {status: counts[status] for status in DOCUMENTED},
                "shares": {status: round(counts[status] / len(places), 4) for status in DOCUMENTED},
                "url": Address(
                    f"/?region={plan.region}&indicator={DEFAULT_INDICATOR}&year={plan.end_year}&level={level}"
                ),
            }
        )
    return rows


def _rules(cards: Cards, lang: str) -> list[Json]:
    titles = {**{name: title for name, (title, _) in RULES.items()}, "marked": MARKED_RULE}
    rules = []
    for name, rule_result in cards.consistency.rule_results.items():
        found = Counter(each.severity for each in rule_result.findings)
        rules.append(
            {
                "rule": name,
                "title": titles[name].say(lang),
                "compared": rule_result.compared,
                "contradictions": found["contradiction"],
                "notes": found["note"],
            }
        )
    return rules


def _finding(cards: Cards, finding: Finding, lang: str) -> Json:
    plan = cards.resolver.plans[finding.plan]
    return {
        "rule": finding.rule,
        "rule_title": cards.consistency.title(finding.rule).say(lang),
        "severity": finding.severity,
        "severity_words": SEVERITY_WORDS[finding.severity].say(lang),
        "plan": plan.id,
        "plan_title": plan.short_title.get(lang),
        "text": finding.sentence.say(lang),
        "records": [{"id": each, "url": Address(f"/plans/{plan.id}#{each}")} for each in finding.records],
    }


def _edition(library: Library, lang: str) -> Json:
    edition = library.dataset.edition
    return {
        "id": edition.id,
        "source": edition.source,
        "data_date": edition.data_date,
        "review_no": edition.review_no,
        "attribution": edition.attribution_en if lang == "en" else edition.attribution,
        "usage_notice": edition.usage_notice_en if lang == "en" else edition.usage_notice,
        "divisions": dict(Counter(str(level) for region in library.dataset.regions for level in region.levels)),
    }
