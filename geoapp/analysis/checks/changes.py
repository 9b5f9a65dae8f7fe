"""From base to target: a printed change must be what its two ends make."""

from collections.abc import Iterable
from typing import TypeVar

from geoapp.analysis.checks.finding import Figure, Finding, RuleResult, grouped, half_step, is_exact
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Statistic, Target

CHANGE = "_change"
GROWTH = "_growth"


def base_to_target(dataset: Dataset) -> RuleResult:
    """Recompute every printed change from the base and the target of its own table.

    A change in brackets is a rate. Against a negative base (炼钢转炉 −20 → −21: energy is won
    back) the rate is taken from the base's magnitude, which gives the printed sign; the plain
    quotient would turn it over, so a note says which reading was used.
    """
    rule_results = []
    bases = _first_of((_table(s), s.indicator, s.year, s) for s in dataset.statistics)
    goals = _first_of((_table(t), t.indicator, t.target_year, t) for t in dataset.targets)
    for change in (target for target in dataset.targets if target.indicator.endswith(CHANGE)):
        name = change.indicator.removesuffix(CHANGE)
        base = bases.get((_table(change), name, change.base_year))
        goal = goals.get((_table(change), name, change.target_year))
        if base is not None and goal is not None:
            rule_results.append(_recompute(base, goal, change))
    return RuleResult(len(rule_results), tuple(each for each in rule_results if each is not None))


Table = tuple[str, str, str]
F = TypeVar("F", Statistic, Target)


def _table(figure: Figure) -> Table:
    """Return the table, or the section of prose, that a figure stands in."""
    return figure.plan, figure.adcode, figure.section


def _first_of(figures: Iterable[tuple[Table, str, int, F]]) -> dict[tuple[Table, str, int | None], F]:
    """Return the first figure with a number of each table, indicator and year."""
    found: dict[tuple[Table, str, int | None], F] = {}
    for table, indicator, year, figure in figures:
        if figure.value is not None:
            found.setdefault((table, indicator, year), figure)
    return found


def _recompute(base: Statistic, goal: Target, change: Target) -> Finding | None:
    low, high, stated = base.value or 0.0, goal.value or 0.0, change.value or 0.0
    is_rate = change.value_text.startswith("[")
    result = 100 * (high - low) / abs(low) if is_rate else high - low
    values = {
        "base": f"{low:g}",
        "goal": f"{high:g}",
        "stated": change.value_text,
        "result": f"{result:+.2f}",
        "plain": f"{100 * (high - low) / low:+.4g}" if low else "",
        "unit": "%" if is_rate else "",
    }
    if abs(result - stated) > half_step(change) + 1e-9:
        wrong = Phrase("由{base}到{goal}算得{result}{unit}，文件印{stated}。", values)
        return _finding("contradiction", (base.id, goal.id, change.id), change.plan, wrong)
    if is_rate and low < 0:
        turned = Phrase("由{base}到{goal}：基年为负，按其绝对值计算与所印{stated}相符；直接相除则为{plain}%。", values)
        return _finding("note", (base.id, goal.id, change.id), change.plan, turned)
    return None


def _finding(severity: str, records: tuple[str, ...], plan: str, sentence: Phrase) -> Finding:
    return Finding(
        rule="base_to_target",
        severity="contradiction" if severity == "contradiction" else "note",
        plan=plan,
        records=records,
        sentence=sentence,
    )


def growth(dataset: Dataset) -> RuleResult:
    """Recompute every reported growth from the first and the last figure of its series."""
    compared, findings = 0, []
    levels = grouped(dataset.statistics, lambda s: (s.plan, s.adcode, s.indicator))
    for rate in (s for s in dataset.statistics if s.indicator.endswith(GROWTH) and s.value is not None):
        name = rate.indicator.removesuffix(GROWTH)
        series = [s for s in levels.get((rate.plan, rate.adcode, name), ()) if s.value and is_exact(s)]
        ends = sorted((s for s in series if s.year <= rate.year), key=lambda s: s.year)
        if len(ends) < 2 or ends[-1].year != rate.year:
            continue
        compared += 1
        result = 100 * ((ends[-1].value or 0) / (ends[0].value or 1) - 1)
        if abs(result - (rate.value or 0)) > half_step(rate):
            values = {"from": ends[0].year, "to": rate.year, "result": f"{result:.1f}", "stated": rate.value_text}
            findings.append(
                Finding(
                    rule="growth",
                    severity="contradiction",
                    plan=rate.plan,
                    records=(ends[0].id, ends[-1].id, rate.id),
                    sentence=Phrase("{from}年到{to}年算得增长{result}%，文件印{stated}。", values),
                )
            )
    return RuleResult(compared, tuple(findings))
