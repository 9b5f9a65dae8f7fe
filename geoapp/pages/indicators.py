"""An indicator as a page: what it means, every region that has it, its figures over the years."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from geoapp.analysis.titles import period
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Statistic, Target
from geoapp.pages.base import INDICATORS, Json, Library, plan_link, step, unknown
from geoapp.pages.many.fold import Asked, fold
from geoapp.pages.rasters import EACH_ITS_OWN, planning_regions
from geoapp.portrayal.cards import TIER_WORDS
from geoapp.portrayal.charts import Charts
from geoapp.portrayal.progress import progress_method
from geoapp.portrayal.view_content import origin_words

MOST = 300
"""Rows of one page: goals and figures."""
KINDS = {
    "rate": Phrase("累计变化率"),
    "annual_rate": Phrase("年均变化率"),
    "level": Phrase("水平值"),
    "share": Phrase("占比"),
    "pp": Phrase("百分点变化"),
    "amount": Phrase("总量"),
    "capacity": Phrase("规模或能力"),
    "count": Phrase("个数"),
    "grade": Phrase("等级"),
    "qualitative": Phrase("文字要求"),
    "change": Phrase("增减量"),
}
AGGREGATES = {
    "sum": Phrase("各地区的数值可以相加"),
    "weighted": Phrase("不能相加，也不能简单平均，要按各自的基数加权"),
    "none": Phrase("不汇总"),
}
LENT = {
    True: Phrase("县里没有本级目标时，显示上级目标并标明是上级的，不当作县里的目标"),
    False: Phrase("只属于印有它的地区，不向下沿用"),
}
BETTER = {"up": Phrase("越高越好"), "down": Phrase("越低越好"), "none": Phrase("不分好坏")}


def indicators_page(library: Library, lang: str) -> Json:
    """Return every indicator that some document uses, by sector."""
    sectors: dict[str, list[Json]] = {}
    targets: dict[str, list[Target]] = defaultdict(list)  # gathered once, not looked for once an indicator
    for target in (*library.dataset.targets, *library.dataset.derived):
        targets[target.indicator].append(target)
    figures: dict[str, list[Statistic]] = defaultdict(list)
    for figure in library.dataset.statistics:
        figures[figure.indicator].append(figure)
    for indicator in library.dataset.indicators:
        summary = _summary(library, indicator, targets[indicator.id], figures[indicator.id], lang)
        if summary["targets"] or summary["statistics"] or indicator.derived:
            sectors.setdefault(indicator.sector, []).append(summary)
    for indicator in library.resolver.zonal.indicators().values():
        summary = _summary(library, indicator, targets[indicator.id], figures[indicator.id], lang)
        sectors.setdefault(indicator.sector, []).append(summary)
    return {
        "title": INDICATORS.say(lang),
        "trail": [],
        "sectors": [
            {"id": sector, "title": library.term("sector", sector, lang), "indicators": group}
            for sector, group in sectors.items()
        ],
        **library.foot(lang),
    }


def indicator_page(library: Library, identifier: str, lang: str, asked: Asked | None = None) -> Json:
    """Return one indicator with every goal and figure that the documents print for it.

    Raises:
        NotFound: no indicator has this id.
    """
    indicator = library.resolver.indicators.get(identifier)
    if indicator is None:
        raise unknown(INDICATORS, "/indicators", identifier, library.resolver.indicators, lang)
    targets = [each for each in (*library.dataset.targets, *library.dataset.derived) if each.indicator == identifier]
    figures = [each for each in library.dataset.statistics if each.indicator == identifier]
    shown, folded = fold(library, Counter([*(t.plan for t in targets), *(f.plan for f in figures)]), MOST, asked, lang)
    plans = {plan.id for plan in shown.dataset.plans}
    listed = [each for each in targets if each.plan in plans]
    return {
        **_summary(library, indicator, targets, figures, lang),
        "trail": [step(INDICATORS, "/indicators", lang)],
        "definition": indicator.definition.get(lang),
        "derived": indicator.derived,
        "better_words": BETTER[indicator.better].say(lang),
        "aggregate": indicator.aggregate,
        "aggregate_words": AGGREGATES[indicator.aggregate].say(lang),
        "inherit": indicator.inherit,
        "inherit_words": (EACH_ITS_OWN if indicator.origin else LENT[indicator.inherit]).say(lang),
        "progress_words": None if indicator.origin or indicator.derived else progress_method(indicator).say(lang),
        "drawn": indicator.draw != "none" and (bool(targets) or indicator.origin is not None),
        "charted": _charted(library, identifier, lang),
        "planning_regions": planning_regions(library, indicator, lang) if indicator.origin else [],
        "goals": _goals(shown, listed, lang),
        "not_published": _not_published(library, identifier, lang),
        "figures": _figures(shown, identifier, lang),
        **({"folded": folded, "totals": _totals(library, targets, lang)} if folded else {}),
        "neighbours": _neighbours(library, indicator, lang),
        **library.foot(lang),
    }


def _totals(library: Library, targets: Iterable[Target], lang: str) -> list[Json]:
    """Say of each year and tier how many documents set how many goals, and between which numbers."""
    groups: dict[tuple[int, str], list[Target]] = {}
    for target in targets:
        groups.setdefault((-target.target_year, target.tier or "basic"), []).append(target)
    rows = []
    for (year, tier), group in sorted(groups.items()):
        indicator, scale = library.resolver.indicators[group[0].indicator], library.resolver.scale
        numbers = sorted(number for each in group if (number := scale.number(each, indicator)) is not None)
        rows.append(
            {
                "period": period(-year).say(lang),
                "year": -year,
                "tier_words": TIER_WORDS["incentive" if tier == "incentive" else "basic"].say(lang),
                "plans": len({each.plan for each in group}),
                "goals": len(group),
                "regions": len({each.adcode for each in group}),
                "lowest": numbers[0] if numbers else None,
                "middle": numbers[len(numbers) // 2] if numbers else None,
                "highest": numbers[-1] if numbers else None,
            }
        )
    return rows


def _charted(library: Library, identifier: str, lang: str) -> list[tuple[str, str]]:
    """Return the kinds of chart that have something to draw, with their names."""
    charts = Charts(library.cards)
    kinds = [("bars", Phrase("各规划文件的条形图"))] if identifier in charts.choices() else []
    kinds += [("progress", Phrase("结果与目标的条形图"))] if identifier in charts.judged() else []
    kinds += [("line", Phrase("历年折线图"))] if identifier in charts.figured() else []
    return [(kind, name.say(lang)) for kind, name in kinds]


def _conversion(library: Library, name: str) -> str:
    """Say what one of a unit is in the normal one, and by whose authority; empty where nothing changes."""
    unit = next((each for each in library.dataset.units if each.unit == name), None)
    if unit is None or unit.factor == 1 or unit.si_unit == "1":
        return ""
    return f"1 {unit.unit} = {unit.factor:g} {unit.si_unit}（{unit.source}）"


def _summary(
    library: Library, indicator: Indicator, targets: Sequence[Target], figures: Sequence[Statistic], lang: str
) -> Json:
    return {
        "id": indicator.id,
        "title": indicator.title.get(lang),
        "unit": library.term("unit", indicator.unit, lang),
        "conversion": _conversion(library, indicator.unit),
        "kind": indicator.kind,
        "kind_words": KINDS[indicator.kind].say(lang),
        "sector": indicator.sector,
        "sector_words": library.term("sector", indicator.sector, lang),
        "targets": len(targets),
        "statistics": len(figures),
        "regions": len({each.adcode for each in targets}),
        "years": sorted({each.target_year for each in targets}),
        "origin": origin_words(indicator.origin, lang) if indicator.origin else None,
        "url": Address(f"/indicators/{indicator.id}"),
    }


def _goals(library: Library, targets: list[Target], lang: str) -> list[Json]:
    """Return the goals by year and tier, the latest first, and inside by plan."""
    groups: dict[tuple[int, str], list[Target]] = {}
    for target in targets:
        groups.setdefault((-target.target_year, target.tier or "basic"), []).append(target)
    return [
        {
            "year": -year,
            "period": period(-year).say(lang),
            "tier": tier,
            "tier_words": TIER_WORDS["incentive" if tier == "incentive" else "basic"].say(lang),
            "plans": _by_plan(library, group, lang),
        }
        for (year, tier), group in sorted(groups.items())
    ]


def _by_plan(library: Library, targets: list[Target], lang: str) -> list[Json]:
    """Return the goals of one year and tier, in the indicator's unit where they are compared.

    ``share`` is the length of a bar that compares the numbers of a plan, 0 to 1, and
    ``start`` where it begins: numbers below zero end where the others begin.
    """
    plans = []
    for plan in library.dataset.plans:
        group = [each for each in targets if each.plan == plan.id]
        if not group:
            continue
        indicator, scale = library.resolver.indicators[group[0].indicator], library.resolver.scale
        numbers = {each.id: scale.number(each, indicator) for each in group}
        group.sort(key=lambda each: (each.adcode != plan.region, -(numbers[each.id] or 0), each.adcode))
        bars = _bars(numbers)
        rows = [
            {**library.cards.target(each, lang), "whole_plan": each.adcode == plan.region, **bars[each.id]}
            for each in group
        ]
        plans.append({**plan_link(plan, lang), "rows": rows})
    return plans


def _bars(numbers: Mapping[str, float | None]) -> dict[str, dict[str, float | None]]:
    """Return a bar for each goal by id; none where fewer than two have a number on one scale."""
    known = [number for number in numbers.values() if number is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    span = high - low if len(known) > 1 else 0.0
    return {
        name: {"share": None, "start": None}
        if number is None or not span
        else {"share": round(abs(number) / span, 4), "start": round((min(number, 0.0) - low) / span, 4)}
        for name, number in numbers.items()
    }


def _not_published(library: Library, identifier: str, lang: str) -> list[Json]:
    """Return where a document sets the indicator in an annex that is not public."""
    return [
        {
            **plan_link(plan, lang),
            "section": annex.section,
            "annex": annex.title,
            "regions": [
                {"adcode": region.adcode, "name": region.name, "url": Address(f"/regions/{region.adcode}")}
                for region in library.gazetteer.at_level(plan.region, annex.level)
            ],
        }
        for plan in library.dataset.plans
        for annex in plan.unpublished
        if identifier in annex.indicators
    ]


def _figures(library: Library, identifier: str, lang: str) -> list[Json]:
    """Return the figures of the past, one series for each region and unit, earliest year first."""
    series: dict[tuple[str, str, str], list[Statistic]] = {}
    for each in library.dataset.statistics:
        if each.indicator == identifier:
            series.setdefault((each.plan, each.adcode, each.unit), []).append(each)
    return [
        {
            "plan": plan,
            "adcode": adcode,
            "region_name": group[0].region_name,
            "unit": unit,
            "points": [library.cards.statistic(each, lang) for each in _in_order(group)],
        }
        for (plan, adcode, unit), group in series.items()
    ]


def _in_order(figures: Iterable[Statistic]) -> list[Statistic]:
    return sorted(figures, key=lambda figure: figure.year)


def _neighbours(library: Library, indicator: Indicator, lang: str) -> list[Json]:
    """Return the other indicators of the same sector that documents use."""
    used = {each.indicator for each in library.dataset.targets} | {
        each.indicator for each in library.dataset.statistics
    }
    return [
        {"id": each.id, "title": each.title.get(lang), "url": Address(f"/indicators/{each.id}")}
        for each in library.dataset.indicators
        if each.sector == indicator.sector and each.id != indicator.id and each.id in used
    ]
