"""Old and odd links: the nearest view that shows something, and what was changed to get there.

Programs get an error for a bad parameter (:meth:`ViewReader.read`); people get a map and a
sentence in their own language.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geoapp.analysis.choices import Choices
from geoapp.analysis.periods import within
from geoapp.errors import Issue
from geoapp.model.phrase import Phrase
from geoapp.model.view import VIEW_PARAMETERS, Period, View

Pairs = Sequence[tuple[str, str]]


def explain(issues: Iterable[Issue], given: Pairs, view: View) -> list[Phrase]:
    """Say what of a link was ignored, and what is shown instead."""
    times = Counter(name for name, _ in given)
    first: dict[str, str] = {}
    for name, text in given:
        first.setdefault(name, text)
    wording = []
    for name in dict.fromkeys(issue.where for issue in issues):
        if name not in VIEW_PARAMETERS:
            wording.append(Phrase("没有“{name}”这个参数", {"name": name}))
        elif times[name] > 1:
            wording.append(Phrase("参数“{name}”给了不止一次，只看第一个", {"name": name}))
        else:
            wording.append(_unusable(name, first.get(name, ""), _used(view, name)))
    return wording


def settle(view: View, choices: Choices, given: Pairs) -> tuple[View, list[Phrase]]:
    """Return the nearest view with data: a year or tier that the indicator lacks here is changed.

    An indicator without any data in the region stays: the map says so itself.
    """
    asked = {name for name, _ in given}
    wording: list[Phrase] = []
    if view.period is not None and "indicator" not in asked:
        view = _of_period(view, view.period, choices)
    years = choices.get(view.indicator)
    year = view.year
    if not years or year is None:
        return view, wording
    if year not in years:
        wanted = year
        year = min(years, key=lambda each: (abs(each - wanted), -each))
        if "year" in asked:
            values = {"year": wanted, "used": year}
            wording.append(Phrase("这里没有{year}年的这项目标，改为显示{used}年", values))
        view = replace(view, year=year)
    tiers = years[year]
    if view.tier not in tiers:
        if "tier" in asked:
            tier = Phrase("激励目标") if view.tier == "incentive" else Phrase("基本目标")
            wording.append(Phrase("这里的这项指标没有{tier}", {"tier": tier}))
        view = replace(view, tier=tiers[0])
    return view, wording


def _of_period(view: View, period: Period, choices: Choices) -> View:
    """Return a view of a period with an indicator that has data then: its own, else the first that has."""
    of = {name: inside for name, years in choices.items() if (inside := within(years, period))}
    if not of or view.indicator in of:
        return view
    name, years = next(iter(of.items()))
    return replace(view, indicator=name, year=years[-1])


def _unusable(name: str, text: str, used: str) -> Phrase:
    if used:
        return Phrase("“{name}={text}”无法使用，改用“{used}”", {"name": name, "text": text, "used": used})
    return Phrase("“{name}={text}”无法使用", {"name": name, "text": text})


def _used(view: View, name: str) -> str:
    meaningless = (name == "opacity" and not view.raster) or (name in ("year", "tier") and view.year is None)
    value = None if meaningless else getattr(view, name)
    if value is None or value == "":
        return ""
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
