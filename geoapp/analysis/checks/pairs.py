"""One thing said twice: two values for one key, two units, a second goal that asks for less."""

from collections.abc import Sequence
from fractions import Fraction

from geoapp.analysis.checks.finding import (
    Figure,
    Finding,
    RuleResult,
    grouped,
    half_step,
    in_table,
    is_exact,
    printed,
    tier_of,
    titles,
)
from geoapp.analysis.resolution.statement import Scale
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase, in_a_row
from geoapp.model.plan import Target
from geoapp.model.vocabulary import POINTS

PROPORTIONS = {"%", "‰"} | POINTS
FEWEST = 3
"""Pairs from which on a common ratio is worth saying."""
LARGEST_DENOMINATOR = 50


def two_values(dataset: Dataset) -> RuleResult:
    """Find keys (region, indicator, year, tier) to which one document gives different values.

    Values of different units are not compared here; :func:`units` names them.
    """
    compared, findings = 0, []
    goals = grouped(dataset.targets, lambda t: (t.plan, t.adcode, t.indicator, t.target_year, tier_of(t), t.unit))
    facts = grouped(
        (s for s in dataset.statistics if is_exact(s)), lambda s: (s.plan, s.adcode, s.indicator, s.year, s.unit)
    )
    names = titles(dataset)
    groups: list[Sequence[Figure]] = [*goals.values(), *facts.values()]
    for group in groups:
        numbers = [figure for figure in group if figure.value is not None]
        if len(numbers) < 2:
            continue
        compared += 1
        if len({figure.value for figure in numbers}) > 1:
            mixed = len({in_table(figure) for figure in numbers}) == 2
            values = {"indicator": names[numbers[0].indicator], "printed": printed(numbers)}
            sentence = Phrase("{indicator}：同一文件印有不同数值，{printed}。", values)
            if mixed:
                sentence = Phrase("{indicator}：正文与表格数值不同，文件印{printed}。", values)
            findings.append(
                Finding(
                    rule="table_and_prose" if mixed else "two_values",
                    severity="contradiction",
                    plan=numbers[0].plan,
                    records=tuple(figure.id for figure in numbers),
                    sentence=sentence,
                )
            )
    return RuleResult(compared, tuple(findings))


def units(dataset: Dataset) -> RuleResult:
    """Find %, ‰ and 个百分点 used for one thing, and units that measure something else than the indicator's own."""
    own = {indicator.id: indicator.unit for indicator in dataset.indicators}
    names, scale = titles(dataset), Scale(dataset.units)
    compared, findings = 0, []
    figures: list[Figure] = [*dataset.targets, *dataset.statistics]
    for group in grouped(figures, lambda f: (f.plan, f.indicator)).values():
        compared += len(group)
        name, unit = names[group[0].indicator], own[group[0].indicator]
        proportions = list(dict.fromkeys(figure.unit for figure in group if figure.unit in PROPORTIONS))
        odd = [figure for figure in group if figure.unit and unit and scale.factor(figure.unit, unit) is None]
        if len(proportions) > 1:
            values = {"indicator": name, "one": proportions[0], "other": proportions[1], "printed": printed(group)}
            clash = Phrase("{indicator}：文件一处用“{one}”，一处用“{other}”，两者含义不同（{printed}）。", values)
            findings.append(_units("contradiction", group, clash))
        elif odd:
            values = {"indicator": name, "printed": in_a_row(sorted({f.unit for f in odd})), "unit": unit}
            other = Phrase("{indicator}：所印单位“{printed}”与该指标通用的“{unit}”不同，不可直接比较。", values)
            findings.append(_units("note", odd, other))
    return RuleResult(compared, tuple(findings))


def _units(severity: str, group: Sequence[Figure], sentence: Phrase) -> Finding:
    return Finding(
        rule="units",
        severity="contradiction" if severity == "contradiction" else "note",
        plan=group[0].plan,
        records=tuple(figure.id for figure in group),
        sentence=sentence,
    )


def stretch(dataset: Dataset) -> RuleResult:
    """Find second (incentive) goals that ask for less than the basic goal."""
    findings = []
    pairs = _pairs(dataset)
    for basic, incentive in pairs:
        if abs(incentive.value or 0) < abs(basic.value or 0):  # both say how far, with or without a sign
            values = {"region": basic.region_name, "basic": printed([basic]), "incentive": printed([incentive])}
            findings.append(
                Finding(
                    rule="stretch",
                    severity="contradiction",
                    plan=basic.plan,
                    records=(basic.id, incentive.id),
                    sentence=Phrase("{region}：激励目标{incentive}低于基本目标{basic}。", values),
                )
            )
    return RuleResult(len(pairs), tuple(findings))


def stretch_ratio(dataset: Dataset) -> RuleResult:
    """Find the ratio that all second goals of a document have in common, and those that miss it."""
    compared, findings = 0, []
    for pairs in grouped_pairs(_pairs(dataset)):
        compared += len(pairs)
        if len(pairs) < FEWEST:
            continue
        ratio = _common_ratio(pairs)
        missing = [pair for pair in pairs if not _fits(pair, ratio)]
        number = {"count": len(pairs) - len(missing), "ratio": str(ratio), "decimal": f"{float(ratio):.3f}"}
        findings.append(
            Finding(
                rule="stretch_ratio",
                severity="note",
                plan=pairs[0][0].plan,
                records=tuple(each.id for pair in pairs if pair not in missing for each in pair),
                sentence=Phrase("{count}组激励目标都是基本目标的{ratio}（约{decimal}倍，按所印位数）。", number),
                scope="document",
            )
        )
        for basic, incentive in missing:
            values = {"region": basic.region_name, "printed": printed([basic, incentive]), **number}
            findings.append(
                Finding(
                    rule="stretch_ratio",
                    severity="note",
                    plan=basic.plan,
                    records=(basic.id, incentive.id),
                    sentence=Phrase("{region}：{printed}不合其余各组的比例{ratio}，请核对原文。", values),
                )
            )
    return RuleResult(compared, tuple(findings))


Pair = tuple[Target, Target]


def _pairs(dataset: Dataset) -> list[Pair]:
    """Return basic and incentive goals of one key, one pair a key, tables before prose."""
    found = []
    goals = [t for t in dataset.targets if t.value is not None and t.direction in ("reduce", "increase")]
    for group in grouped(goals, lambda t: (t.plan, t.adcode, t.indicator, t.target_year, t.unit)).values():
        ordered = sorted(group, key=lambda t: not in_table(t))
        basic = next((t for t in ordered if tier_of(t) == "basic"), None)
        incentive = next((t for t in ordered if t.tier == "incentive"), None)
        if basic is not None and incentive is not None:
            found.append((basic, incentive))
    return found


def grouped_pairs(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Return pairs by document and indicator, those with a basic goal of zero left out."""
    groups: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        if pair[0].value:
            groups.setdefault((pair[0].plan, pair[0].indicator), []).append(pair)
    return list(groups.values())


def _fits(pair: Pair, ratio: Fraction) -> bool:
    basic, incentive = pair
    return abs((incentive.value or 0) - float(ratio) * (basic.value or 0)) <= half_step(incentive) + 1e-9


def _common_ratio(pairs: Sequence[Pair]) -> Fraction:
    """Return the simplest fraction that most pairs share within the rounding of their print."""
    bounds = [((i.value or 0) / (b.value or 1) * 0.99, (i.value or 0) / (b.value or 1) * 1.01) for b, i in pairs]
    low, high = min(bound[0] for bound in bounds), max(bound[1] for bound in bounds)
    candidates = {
        Fraction(top, bottom)
        for bottom in range(1, LARGEST_DENOMINATOR + 1)
        for top in range(int(low * bottom), int(high * bottom) + 2)
    }
    steps = [(b.value or 0, i.value or 0, half_step(i) + 1e-9) for b, i in pairs]

    def shared(ratio: Fraction) -> int:
        times = float(ratio)
        return sum(abs(incentive - times * basic) <= step for basic, incentive, step in steps)

    return max(candidates, key=lambda each: (shared(each), -each.denominator))
