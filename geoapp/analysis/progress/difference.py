"""What a region's value of one year or tier is more or less than that of another: ``against=2015.basic`` of a view.

A difference takes the form of a goal, as a measure does, so that maps, tables and files show it as they show goals.
Only what both have of a region's own is compared: nothing lent, nothing filled in. The difference of amounts, which
are never fills, is drawn as a share of the value it is held against.
"""

from dataclasses import replace

from geoapp.analysis.progress.measures import gap_unit
from geoapp.analysis.progress.method import clean
from geoapp.analysis.resolution.pair import Pair
from geoapp.analysis.resolution.resolve import Resolution
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Text
from geoapp.model.view import View
from geoapp.model.vocabulary import Tier

DIFFERENCE = Phrase("两者之差")
SHARE = Phrase("两者之差占被减数的比例")


def beside(view: View) -> View:
    """Return the view that a difference is taken against."""
    year, _, tier = view.against.partition(".")
    named: Tier = "incentive" if tier == "incentive" else "basic"
    return replace(view, year=int(year), tier=named, against="")


def difference_indicator(indicator: Indicator, lang: str) -> Indicator:
    """Return an indicator as its difference is drawn: with a title and unit of its own, in the colours of a change."""
    words = SHARE if indicator.draw == "symbol" else DIFFERENCE
    title = Text(
        zh=f"{indicator.title.zh}（{words.say('zh')}）",
        en=f"{indicator.title.en} ({words.say('en')})",
    )
    return replace(
        indicator,
        title=title,
        unit=gap_unit(indicator, lang),
        kind="change",
        draw="fill",
        inherit=False,
        compared=True,
        reported=False,
    )


def difference(pair: Pair, drawn: Indicator) -> Resolution:
    """Return the answer of a region whose two answers are known.

    Args:
        drawn: the indicator as :func:`difference_indicator` makes it.
    """
    number = _number(pair)
    here, there = pair.here, pair.there
    if number is None or here.target is None:
        path = (Phrase("{region}：两者不都有本级数值", {"region": here.region.name}),)
        return replace(
            here, indicator=drawn, status="none", target=None, number=None, alternatives=(), from_region=None,
            plan=None, section="", path=path,
        )  # fmt: skip
    target = replace(
        here.target,
        value=number,
        value_text="",
        unit=drawn.unit,
        comparator="eq",
        direction="reach",
        base_year=None,
        indicator_name=drawn.title.zh,
        caveats=(),
    )
    step = Phrase(
        "{region}：{here}年与{there}年之差", {"region": here.region.name, "here": here.year, "there": there.year}
    )
    return replace(here, indicator=drawn, number=number, target=target, alternatives=(), path=(step,))


def _number(pair: Pair) -> float | None:
    here, there = pair.here, pair.there
    if {here.status, there.status} != {"own"} or here.number is None or there.number is None:
        return None
    if here.indicator.draw != "symbol":
        return clean(here.number - there.number)
    return float(f"{100 * (here.number - there.number) / abs(there.number):.4g}") if there.number else None
