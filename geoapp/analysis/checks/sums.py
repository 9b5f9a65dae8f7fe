"""Parts and wholes: shares that must make 100, branches that must make the total."""

from collections.abc import Mapping, Sequence

from geoapp.analysis.checks.finding import Finding, RuleResult, grouped, is_exact
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase, in_a_row
from geoapp.model.plan import Statistic

WHOLE, MARGIN = 100.0, 0.5
MIXES: tuple[tuple[Phrase, tuple[str, ...]], ...] = (
    (Phrase("能源品种"), ("coal_share", "oil_share", "gas_share", "new_energy_share")),
    (Phrase("三次产业"), ("primary_share", "secondary_share", "tertiary_share")),
)
"""Shares that make a whole, by what they divide."""
COUNTS: Mapping[str, str] = {"energy_units_total": "energy_units_"}
"""A total, and how the ids of its branches begin."""
DOUBLING = 2.0


def shares(dataset: Dataset) -> RuleResult:
    """Add up the exact shares of each mix, year by year, or of the last print of each part."""
    compared, findings = 0, []
    exact = [figure for figure in dataset.statistics if is_exact(figure)]
    for title, parts in MIXES:
        for figures in grouped((f for f in exact if f.indicator in parts), lambda f: (f.plan, f.adcode)).values():
            for chosen in _complete(figures, parts):
                compared += 1
                if (finding := _sum(title, chosen)) is not None:
                    findings.append(finding)
    return RuleResult(compared, tuple(findings))


def _complete(figures: Sequence[Statistic], parts: Sequence[str]) -> list[list[Statistic]]:
    """Return one figure for each part: of one year where a year has all, else the latest of each."""
    years = grouped(figures, lambda f: f.year)
    full = [group for group in years.values() if {f.indicator for f in group} == set(parts)]
    if full:
        return full
    latest = {f.indicator: f for f in sorted(figures, key=lambda f: f.year)}
    return [list(latest.values())] if set(latest) == set(parts) else []


def _sum(title: Phrase, figures: Sequence[Statistic]) -> Finding | None:
    total = sum(figure.value or 0 for figure in figures)
    years = sorted({figure.year for figure in figures})
    off = abs(total - WHOLE) > MARGIN
    if not off and len(years) == 1:
        return None
    terms = "＋".join(f"{figure.value:g}" for figure in figures)
    values = {"title": title, "terms": terms, "total": f"{total:.2f}", "years": in_a_row(years)}
    sentence = Phrase("{title}占比{terms}＝{total}，合为100%，但所印年份不一（{years}），其中可能有误。", values)
    if off:
        sentence = Phrase("{title}占比相加不是100%：{terms}＝{total}。", values)
    return Finding(
        rule="shares",
        severity="contradiction" if off and len(years) == 1 else "note",
        plan=figures[0].plan,
        records=tuple(figure.id for figure in figures),
        sentence=sentence,
    )


def counts(dataset: Dataset) -> RuleResult:
    """Compare a total with the sum of its branches."""
    compared, findings = 0, []
    for whole, begins in COUNTS.items():
        for total in (s for s in dataset.statistics if s.indicator == whole and s.value is not None):
            key = (total.plan, total.adcode, total.year)
            parts = [
                s
                for s in dataset.statistics
                if s.indicator.startswith(begins) and s.id != total.id and (s.plan, s.adcode, s.year) == key
            ]
            if not parts:
                continue
            compared += 1
            added = sum(part.value or 0 for part in parts)
            if added != total.value:
                values = {"added": f"{added:g}", "total": total.value_text}
                findings.append(
                    Finding(
                        rule="counts",
                        severity="contradiction",
                        plan=total.plan,
                        records=(total.id, *(part.id for part in parts)),
                        sentence=Phrase("各分项相加为{added}，文件印总数{total}。", values),
                    )
                )
    return RuleResult(compared, tuple(findings))


def remainder(dataset: Dataset) -> RuleResult:
    """Look at what coal and non-fossil goals leave for oil and gas, against the base year's share."""
    compared, findings = 0, []
    goals = [t for t in dataset.targets if t.indicator in ("coal_share", "nonfossil_share") and t.value is not None]
    for group in grouped(goals, lambda t: (t.plan, t.adcode, t.target_year)).values():
        by_name = {target.indicator: target for target in group}
        if len(by_name) < 2:
            continue
        coal, clean = by_name["coal_share"], by_name["nonfossil_share"]
        before = [
            s
            for s in dataset.statistics
            if s.indicator in ("oil_share", "gas_share")
            and s.adcode == coal.adcode
            and s.plan == coal.plan
            and is_exact(s)
        ]
        if {s.indicator for s in before} != {"oil_share", "gas_share"}:
            continue
        compared += 1
        left = WHOLE - (coal.value or 0) - (clean.value or 0)
        was = sum(s.value or 0 for s in before)
        if left > DOUBLING * was:
            values = {"coal": coal.value_text, "clean": clean.value_text, "left": f"{left:g}", "was": f"{was:g}"}
            sentence = Phrase(
                "煤炭{coal}与非化石{clean}同时达到，油气等还要占{left}%左右，而基年只占{was}%：两个目标难以同时成立。",
                values,
            )
            findings.append(
                Finding(
                    rule="remainder",
                    severity="note",
                    plan=coal.plan,
                    records=(coal.id, clean.id, *(s.id for s in before)),
                    sentence=sentence,
                )
            )
    return RuleResult(compared, tuple(findings))
