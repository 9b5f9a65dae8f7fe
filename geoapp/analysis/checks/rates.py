"""Cuts in two forms: the cumulative rate, the yearly rate, and the levels at both ends.

A cut of R per cent in n years is 1 − (1 − R)^(1/n) a year: rates compound, five times the
yearly rate is too much. A printed yearly rate stands for an interval (2.52 for 2.515 to 2.525).
"""

import math
from collections.abc import Iterator

from geoapp.analysis.checks.finding import TOLERANCE, Figure, Finding, RuleResult, grouped, half_step, printed, tier_of
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Statistic, Target

ANNUAL = "_annual"
LEVELS = (("ei_gdp_level", "ei_gdp_cut", "ei_gdp_cut_annual"),)
"""Indicators of one thing: its level, its cumulative cut, its yearly cut."""


def compounds(cut: float, years: int) -> bool:
    """Say whether a cut, per cent, can compound over some years: nothing shrinks by more than all of it."""
    return cut <= 100 and years >= 1


def annual_from_cumulative(cut: float, years: int) -> float:
    """Return the yearly cut, per cent, that makes a cumulative cut (per cent) in some years.

    Raises:
        ValueError: there is none (:func:`compounds`).
    """
    return 100 * (1 - math.pow(1 - cut / 100, 1 / years))


def cumulative_from_annual(cut: float, years: int) -> float:
    """Return the cumulative cut, per cent, of a yearly cut (per cent) kept up for some years."""
    return 100 * (1 - math.pow(1 - cut / 100, years))


def cumulative_annual(dataset: Dataset) -> RuleResult:
    """Compare goals printed both as a cumulative and as a yearly rate."""
    groups = grouped(dataset.targets, lambda t: (t.plan, t.adcode, t.target_year, tier_of(t)))
    pairs = (
        (total, annual)
        for goals in groups.values()
        for annual in (goal for goal in goals if goal.indicator.endswith(ANNUAL))
        for total in (goal for goal in goals if goal.indicator == annual.indicator.removesuffix(ANNUAL))
    )
    findings = [finding for total, annual in pairs if (finding := _compare(total, annual)) is not None]
    return RuleResult(len(findings), tuple(findings))


def _compare(total: Target, annual: Target) -> Finding | None:
    base = total.base_year or annual.base_year
    if total.value is None or annual.value is None or base is None:
        return None
    years, half = total.target_year - base, half_step(annual)
    if not (compounds(total.value, years) and compounds(annual.value, years)):
        return None  # a slip, which `geoapp check` names by its row; no yearly rate belongs to it
    low = cumulative_from_annual(annual.value - half, years)
    high = cumulative_from_annual(annual.value + half, years)
    agree = low - TOLERANCE <= total.value <= high + TOLERANCE
    values = {
        "total": f"{total.value:g}",
        "annual": f"{annual.value:g}",
        "years": years,
        "low": f"{low:.2f}",
        "high": f"{high:.2f}",
        "implied": f"{annual_from_cumulative(total.value, years):.2f}",
    }
    sentence = Phrase("累计{total}%与年均{annual}%不符：{years}年按复利折算，累计{total}%合年均{implied}%。", values)
    if agree:
        sentence = Phrase(
            "累计{total}%与年均{annual}%相符：{years}年按复利折算，年均{annual}%合累计{low}%～{high}%。", values
        )
    return Finding(
        rule="cumulative_annual",
        severity="note" if agree else "contradiction",
        plan=total.plan,
        records=(total.id, annual.id),
        sentence=sentence,
    )


def levels_and_rates(dataset: Dataset) -> RuleResult:
    """Compare the levels of two years with the cuts that the document reports for that time."""
    found = [
        finding
        for names in LEVELS
        for figures in grouped(dataset.statistics, lambda s: (s.plan, s.adcode)).values()
        if (finding := _compare_levels(figures, names)) is not None
    ]
    return RuleResult(len(found), tuple(each for each in found if each.severity == "contradiction"))


def _compare_levels(figures: list[Statistic], names: tuple[str, str, str]) -> Finding | None:
    levels = sorted((f for f in figures if f.indicator == names[0] and f.value), key=lambda f: f.year)
    if len(levels) < 2:
        return None
    first, last = levels[0], levels[-1]
    years = last.year - first.year
    cut = 100 * (1 - (last.value or 0) / (first.value or 1))
    reported = [f for f in figures if f.indicator in names[1:] and f.year == last.year and f.value is not None]
    if not reported or years < 1 or not compounds(cut, years):
        return None
    wrong = [f for f in reported if not _reports(f, cut, years)]
    values = {
        "first": f"{first.value:g}",
        "last": f"{last.value:g}",
        "from": first.year,
        "to": last.year,
        "cut": f"{cut:.2f}",
        "annual": f"{annual_from_cumulative(cut, years):.2f}",
        "reported": printed(wrong),
    }
    return Finding(
        rule="levels_and_rates",
        severity="contradiction" if wrong else "note",
        plan=first.plan,
        records=tuple(_ids([first, last, *wrong])),
        sentence=Phrase(
            "{from}年{first}、{to}年{last}合累计下降{cut}%、年均{annual}%，与文件另印的{reported}不一致；均照录，不取其一。",
            values,
        ),
    )


def _reports(figure: Statistic, cut: float, years: int) -> bool:
    """Say whether a reported cut is that of the levels, within the rounding of its print."""
    value = figure.value or 0.0
    expected = annual_from_cumulative(cut, years) if figure.indicator.endswith(ANNUAL) else cut
    return abs(value - expected) <= half_step(figure) + TOLERANCE


def _ids(figures: list[Figure]) -> Iterator[str]:
    return (figure.id for figure in figures)
