"""Where a map shows an indicator: a result leads there, never to an empty map."""

from collections import Counter
from collections.abc import Iterable

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.address import Address
from geoapp.model.plan import Indicator, Statistic, Target
from geoapp.model.region import CHINA, Adcode, Level

MAPPED = (Level.COUNTY, Level.PREFECTURE, Level.PROVINCE)
"""The levels at which values are drawn; of equally many values the finer level shows more."""


def shown_at(
    indicator: Indicator, targets: Iterable[Target], statistics: Iterable[Statistic], gazetteer: Gazetteer
) -> Address | None:
    """Return the address of a view that shows an indicator's values; None where no map does.

    The year and level are those at which most regions have a value of their own; counties are shown in the
    prefecture that has most of them, for one is not seen on a map of the country. Of an indicator that no plan sets
    for a region, the published figures are shown.
    """
    if indicator.origin is not None:
        return Address(f"/?indicator={indicator.id}")
    if indicator.draw == "none":
        return None
    goals = [each for each in targets if each.indicator == indicator.id]
    held = {(each.target_year, each.adcode) for each in goals if each.value is not None}
    set_for = {each.target_year for each in goals}
    figures = {
        (each.year, each.adcode)
        for each in statistics
        if each.indicator == indicator.id and each.value is not None and each.year not in set_for
    }
    held, figures = ({key for key in each if gazetteer[key[1]].level in MAPPED} for each in (held, figures))
    held = held or figures
    if not held:
        return None
    counted = Counter((gazetteer[code].level, year) for year, code in held)
    level, year = max(counted, key=lambda key: (counted[key], key[1], -MAPPED.index(key[0])))
    codes = sorted(code for each, code in held if each == year and gazetteer[code].level is level)
    region = _most_of(codes, gazetteer) if level is Level.COUNTY else CHINA
    return Address(f"/?region={region}&indicator={indicator.id}&year={year}&level={level}")


def _most_of(counties: Iterable[Adcode], gazetteer: Gazetteer) -> Adcode:
    above = Counter(gazetteer[code].parent or CHINA for code in counties)
    return above.most_common(1)[0][0]
