"""All consistency rules over one dataset. What the documents print stays; it is only flagged."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from geoapp.analysis.checks import changes, pairs, places, rates, results, sums
from geoapp.analysis.checks.finding import Figure, Finding, RuleResult, grouped, printed, titles
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase

Rule = Callable[[Dataset, Gazetteer], RuleResult]
MARKED = "contradicts_other"

RULES: Mapping[str, tuple[Phrase, Rule]] = {
    "table_and_prose": (Phrase("同一指标只有一个数值（正文与表格、各处之间）"), lambda data, _: pairs.two_values(data)),
    "levels_and_rates": (Phrase("两年水平与所报降幅相符"), lambda data, _: rates.levels_and_rates(data)),
    "cumulative_annual": (Phrase("累计降幅与年均降幅相符"), lambda data, _: rates.cumulative_annual(data)),
    "base_to_target": (Phrase("基年值与目标值合得出所印变化"), lambda data, _: changes.base_to_target(data)),
    "growth": (Phrase("首末两年合得出所印增幅"), lambda data, _: changes.growth(data)),
    "shares": (Phrase("各部分占比相加为100±0.5"), lambda data, _: sums.shares(data)),
    "counts": (Phrase("分项个数相加等于总数"), lambda data, _: sums.counts(data)),
    "remainder": (Phrase("能源结构目标留给油气的余量合理"), lambda data, _: sums.remainder(data)),
    "stretch": (Phrase("激励目标不低于基本目标"), lambda data, _: pairs.stretch(data)),
    "stretch_ratio": (Phrase("激励目标与基本目标成同一比例"), lambda data, _: pairs.stretch_ratio(data)),
    "units": (Phrase("同一指标单位一致（%、‰、个百分点不混用）"), lambda data, _: pairs.units(data)),
    "outside_plan": (Phrase("记录所属地区在文件范围之内"), places.outside_plan),
    "results": (Phrase("结果与目标的单位、基年、范围一致，可以比较"), lambda data, _: results.comparable(data)),
    "child_range": (Phrase("上级数值落在各下级数值之间"), places.child_range),
}
"""Every rule by id: what must hold, and the function that looks."""
MARKED_RULE = Phrase("录入人复核时标注的不一致")


class Consistency:
    """Every finding in one dataset, and by record. The rules look when first asked: a second for a country of plans."""

    def __init__(self, dataset: Dataset, gazetteer: Gazetteer) -> None:
        self._dataset, self._gazetteer = dataset, gazetteer

    @cached_property
    def rule_results(self) -> Mapping[str, RuleResult]:
        """What each rule found, and what transcribers marked."""
        found = {name: rule(self._dataset, self._gazetteer) for name, (_, rule) in RULES.items()}
        return {**found, "marked": _marked(self._dataset, [each for one in found.values() for each in one.findings])}

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """Every finding, contradictions first."""
        order = {"contradiction": 0, "note": 1}
        found = [finding for rule_result in self.rule_results.values() for finding in rule_result.findings]
        return sorted(found, key=lambda each: order[each.severity])

    @cached_property
    def _by_record(self) -> Mapping[str, list[Finding]]:
        by_record: dict[str, list[Finding]] = defaultdict(list)
        for finding in (each for each in self.findings if each.scope == "records"):
            for record in finding.records:
                by_record[record].append(finding)
        return by_record

    def of(self, record: str) -> list[Finding]:
        """Return what a card says of one record, contradictions first."""
        return self._by_record.get(record, [])

    def title(self, rule: str) -> Phrase:
        """Say what a rule asks for."""
        return RULES[rule][0] if rule in RULES else MARKED_RULE


def _marked(dataset: Dataset, found: Sequence[Finding]) -> RuleResult:
    """Return what transcribers marked as contradicting and no rule can compute."""
    covered = {record for finding in found if finding.severity == "contradiction" for record in finding.records}
    figures: list[Figure] = [*dataset.targets, *dataset.statistics]
    marked = [figure for figure in figures if MARKED in figure.caveats]
    names = titles(dataset)
    left = (figure for figure in marked if figure.id not in covered)
    findings = tuple(
        Finding(
            rule="marked",
            severity="note",
            plan=group[0].plan,
            records=tuple(figure.id for figure in group),
            sentence=Phrase(
                "{indicator} {printed}：与文件另一处的数值或说法不一致，两者都保留。",
                {"indicator": names[group[0].indicator], "printed": printed(group)},
            ),
        )
        for group in grouped(left, lambda figure: (figure.plan, figure.indicator)).values()
    )
    return RuleResult(len(marked), findings)
