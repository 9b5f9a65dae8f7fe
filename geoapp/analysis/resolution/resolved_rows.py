"""Every answer that plans give, for all who ask a table and not the atlas."""

from collections.abc import Iterator

from geoapp.analysis.resolution.resolve import Resolution, Resolver
from geoapp.model.dataset import Dataset
from geoapp.model.resolved import ResolvedRow


def resolved_rows(dataset: Dataset, resolver: Resolver) -> Iterator[ResolvedRow]:
    """Yield one answer for each division that a plan binds, for each indicator, year and tier that the plan has."""
    seen = set()
    goals = (*dataset.targets, *dataset.derived)
    for plan in dataset.goal_plans:
        keys = sorted(
            {(each.indicator, each.target_year, each.tier or "basic") for each in goals if each.plan == plan.id}
        )
        within = [code for code in resolver.gazetteer.regions if resolver.gazetteer.is_within(code, plan.region)]
        for adcode in within:
            for indicator, year, tier in keys:
                if (adcode, indicator, year, tier) not in seen:
                    seen.add((adcode, indicator, year, tier))
                    yield _row(resolver.resolve(adcode, indicator, year, tier), year)


def _row(answer: Resolution, year: int) -> ResolvedRow:
    goal = answer.target
    return ResolvedRow(
        adcode=answer.region.adcode,
        indicator=answer.indicator.id,
        year=year,
        tier=answer.tier or "basic",
        status=answer.status,
        number=answer.number,
        value_text=goal.value_text if goal else "",
        unit=goal.unit if goal else "",
        target=goal.id if goal else None,
        from_region=answer.from_region.adcode if answer.from_region else None,
        plan=answer.plan.id if answer.plan else None,
    )
