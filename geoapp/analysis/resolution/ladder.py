"""The ladder over a region: its own goal and those of the divisions above it, one above the other."""

from dataclasses import dataclass

from geoapp.analysis.resolution.resolve import Resolution, Resolver
from geoapp.model.plan import Plan, Target
from geoapp.model.region import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of the ladder of goals over a region: whose goal it is and where it is printed."""

    region: Region
    target: Target
    plan: Plan


def ladder(resolver: Resolver, answer: Resolution) -> tuple[Rung, ...]:
    """Return the goals of an answer's region and of every division above it, nearest first, the country last.

    Amounts stand on it too: to see them above one another is not to lend them. Empty where no plan sets them.
    """
    if answer.year is None or answer.tier is None or answer.indicator.origin is not None:
        return ()
    rungs = []
    for region in (answer.region, *resolver.gazetteer.parents(answer.region.adcode)):
        goals = resolver.own_goals(region.adcode, answer.indicator.id, answer.year, answer.tier)
        if goals and goals[0].plan in resolver.plans:
            rungs.append(Rung(region=region, target=goals[0], plan=resolver.plans[goals[0].plan]))
    return tuple(rungs)
