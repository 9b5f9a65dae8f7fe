"""What a chart shows, before anyone draws it: one indicator over all plans, two beside each other, figures over years.

Values are in the indicator's own unit, so that they can be compared; labels are printed as on the map.
What cannot be brought to that unit, and goals in words, are counted and left out: nothing is guessed.
"""

from dataclasses import dataclass, replace
from typing import Literal

from geoapp.analysis.resolution.labels import format_number, target_label
from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Plan, Statistic, Target
from geoapp.model.region import CHINA, Adcode
from geoapp.model.view import Lang
from geoapp.model.vocabulary import Tier
from geoapp.portrayal.cards import TIER_WORDS, Cards
from geoapp.portrayal.progress import quantity

Kind = Literal["bars", "progress", "scatter", "line"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which goals of an indicator."""

    indicator: str
    year: int
    tier: Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """One value, or two of one region.

    Attributes:
        above: the division above, so that counties of one name are told apart.
        whole: the region is the plan's own, not a part of it.
        goal: what the region shall reach, in a chart of results; drawn as a line across its bar.
        other: the value of the second indicator of a scatter, with its label.
    """

    adcode: Adcode
    region: str
    above: str
    year: int
    value: float
    label: str
    plan: str
    section: str
    whole: bool = False
    other: float | None = None
    other_label: str = ""
    goal: float | None = None
    goal_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart's rows and words, in one language; ``left_out`` counts goals without a comparable number."""

    kind: Kind
    title: str
    subtitle: str
    unit: str
    other_title: str
    other_unit: str
    rows: tuple[ChartRow, ...]
    left_out: int
    sources: tuple[str, ...]


class Charts:
    """Makes the charts of one dataset."""

    def __init__(self, cards: Cards) -> None:
        self._cards = cards
        self._plans = {plan.id: plan for plan in cards.dataset.plans}

    def choices(self) -> dict[str, dict[int, list[Tier]]]:
        """Return years and tiers of every indicator that some document sets, the latest year first."""
        found: dict[str, dict[int, list[Tier]]] = {}
        for target in sorted(self._cards.dataset.targets, key=lambda each: (-each.target_year, each.tier or "")):
            if target.value is not None:
                tiers = found.setdefault(target.indicator, {}).setdefault(target.target_year, [])
                tier: Tier = target.tier or "basic"
                tiers += [tier] if tier not in tiers else []
        return found

    def beside(self, indicator: str) -> list[str]:
        """Return the other indicators that two regions or more have goals of beside this one, the most shared first."""
        regions: dict[str, set[Adcode]] = {}
        for target in self._cards.dataset.targets:
            if target.value is not None:
                regions.setdefault(target.indicator, set()).add(target.adcode)
        own = regions.get(indicator, set())
        shared = {name: len(own & found) for name, found in regions.items() if name != indicator}
        return sorted((name for name, count in shared.items() if count > 1), key=lambda name: (-shared[name], name))

    def figured(self) -> list[str]:
        """Return the indicators that have figures of more than one year somewhere."""
        years: dict[tuple[str, str], set[int]] = {}
        for each in self._cards.dataset.statistics:
            if each.value is not None:
                years.setdefault((each.indicator, each.adcode), set()).add(each.year)
        return list(dict.fromkeys(indicator for (indicator, _), found in years.items() if len(found) > 1))

    def judged(self) -> dict[str, dict[int, list[Tier]]]:
        """Return the choices of which some goal was held against a result."""
        known = self._cards.tracker.judged
        found = {
            name: {year: tiers for year, tiers in years.items() if (name, year) in known}
            for name, years in self.choices().items()
        }
        return {name: years for name, years in found.items() if years}

    def progress(self, choice: Choice, lang: Lang) -> Chart:
        """Return the latest result of every region that has one, each with the line of its goal."""
        goals = self._chosen(choice)
        rows = [row for each in goals if (row := self._result(each)) is not None]
        rows.sort(key=lambda row: (-row.value, row.region))
        return self._chart(
            "progress", choice.indicator, _once(rows), len(goals) - len(rows), self._when(choice, lang), lang
        )

    def _result(self, target: Target) -> ChartRow | None:
        """Return the row of a goal that has a result: the result is the bar, the goal its line."""
        row, found = self._goal(target), self._cards.tracker.progress(target)
        verdict = found.verdict
        if row is None or found.goal is None or verdict.achieved is None or verdict.achieved_year is None:
            return None
        unit = self._indicator(target.indicator).unit
        cited = "；".join(dict.fromkeys(each.section for each in found.results))
        return replace(
            row,
            year=verdict.achieved_year,
            value=verdict.achieved,
            label=quantity(verdict.achieved, unit),
            plan=found.results[-1].plan if found.results else row.plan,
            section=cited or row.section,
            goal=found.goal.number,
            goal_label=row.label,
        )

    def bars(self, choice: Choice, lang: Lang) -> Chart:
        """Return every region that a document sets the indicator for, over all plans, the highest value first."""
        rows, left_out = self._goals(choice)
        rows.sort(key=lambda row: (-row.value, row.region))
        return self._chart("bars", choice.indicator, rows, left_out, self._when(choice, lang), lang)

    def scatter(self, choice: Choice, other: Choice, lang: Lang) -> Chart:
        """Return the regions that have goals of both choices: the first across, the second up."""
        (rows, left_out), (others, _) = self._goals(choice), self._goals(other)
        second = {row.adcode: row for row in reversed(others)}
        pairs = [
            ChartRow(
                adcode=row.adcode, region=row.region, above=row.above, year=row.year, value=row.value, label=row.label,
                plan=row.plan, section=row.section, whole=row.whole,
                other=second[row.adcode].value, other_label=second[row.adcode].label,
            )
            for row in rows
            if row.adcode in second
        ]  # fmt: skip
        when = Phrase("横轴{across}；纵轴{up}", {"across": self._when(choice, lang), "up": self._when(other, lang)})
        return self._chart(
            "scatter", choice.indicator, pairs, left_out, when, lang, other=self._indicator(other.indicator)
        )

    def line(self, indicator: str, lang: Lang) -> Chart:
        """Return the figures of past years that the documents print, region by region, the earliest first."""
        figures = [each for each in self._cards.dataset.statistics if each.indicator == indicator]
        rows = [row for each in figures if (row := self._figure(each)) is not None]
        rows.sort(key=lambda row: (row.adcode, row.year))
        return self._chart("line", indicator, rows, len(figures) - len(rows), Phrase("文件所印的统计值"), lang)

    def _chart(
        self,
        kind: Kind,
        identifier: str,
        rows: list[ChartRow],
        left_out: int,
        when: Phrase,
        lang: Lang,
        other: Indicator | None = None,
    ) -> Chart:
        indicator = self._indicator(identifier)
        plans = [self._plans[name] for name in dict.fromkeys(row.plan for row in rows) if name in self._plans]
        said = {"when": when, "regions": len({row.adcode for row in rows}), "plans": len(plans)}
        return Chart(
            kind=kind,
            title=indicator.title.get(lang),
            subtitle=Phrase("{when}；{regions}个地区，{plans}份文件", said).say(lang),
            unit=self._unit(indicator, lang),
            other_title=other.title.get(lang) if other else "",
            other_unit=self._unit(other, lang) if other else "",
            rows=tuple(rows),
            left_out=left_out,
            sources=tuple(_source(plan, lang) for plan in plans),
        )

    def _when(self, choice: Choice, lang: Lang) -> Phrase:
        return Phrase("{year}年，{tier}", {"year": choice.year, "tier": TIER_WORDS[choice.tier].say(lang)})

    def _chosen(self, choice: Choice) -> list[Target]:
        return [
            each
            for each in self._cards.dataset.targets
            if each.indicator == choice.indicator
            and each.target_year == choice.year
            and (each.tier or "basic") == choice.tier
        ]

    def _goals(self, choice: Choice) -> tuple[list[ChartRow], int]:
        chosen = self._chosen(choice)
        rows = [row for each in chosen if (row := self._goal(each)) is not None]
        return _once(rows), len(chosen) - len(rows)

    def _goal(self, target: Target) -> ChartRow | None:
        value = self._cards.resolver.scale.number(target, self._indicator(target.indicator))
        if value is None:
            return None
        plan = self._plans.get(target.plan)
        return ChartRow(
            adcode=target.adcode,
            region=target.region_name,
            above=self._above(target.adcode),
            year=target.target_year,
            value=value,
            label=target_label(target),
            plan=target.plan,
            section=target.section,
            whole=plan is not None and plan.region == target.adcode,
        )

    def _figure(self, figure: Statistic) -> ChartRow | None:
        factor = self._cards.resolver.scale.factor(figure.unit, self._indicator(figure.indicator).unit)
        if factor is None or figure.value is None:
            return None
        value = figure.value * factor
        return ChartRow(
            adcode=figure.adcode,
            region=figure.region_name,
            above=self._above(figure.adcode),
            year=figure.year,
            value=value,
            label=format_number(value),
            plan=figure.plan,
            section=figure.section,
        )

    def _above(self, adcode: Adcode) -> str:
        above = next(self._cards.gazetteer.parents(adcode), None)
        return above.short_name if above is not None and above.adcode != CHINA else ""

    def _indicator(self, identifier: str) -> Indicator:
        return self._cards.resolver.indicators[identifier]

    def _unit(self, indicator: Indicator, lang: Lang) -> str:
        named = (term for term in self._cards.dataset.terms if term.kind == "unit" and term.id == indicator.unit)
        term = next(named, None)
        return term.title.get(lang) if term else indicator.unit


def view_chart(resolved: ResolvedView) -> Chart | None:
    """Return the results of a view of progress beside their goals; None where fewer than two regions have one."""
    lang, unit = resolved.view.lang, resolved.own.indicator.unit
    rows = [row for area in resolved.areas if (row := _area_row(area, unit)) is not None]
    if resolved.view.measure == "target" or len(rows) < 2:
        return None
    rows.sort(key=lambda row: (-row.value, row.region))
    return Chart(
        kind="progress",
        title=resolved.own.indicator.title.get(lang),
        subtitle=resolved.subtitle.say(lang),
        unit=resolved.own.indicator.unit,
        other_title="",
        other_unit="",
        rows=tuple(rows),
        left_out=0,
        sources=tuple(_source(plan, lang) for plan in resolved.plans),
    )


def _area_row(area: Area, unit: str) -> ChartRow | None:
    found = area.progress
    if found is None or found.goal is None or found.verdict.achieved is None or found.verdict.achieved_year is None:
        return None
    return ChartRow(
        adcode=area.region.adcode,
        region=area.name,
        above="",
        year=found.verdict.achieved_year,
        value=found.verdict.achieved,
        label=quantity(found.verdict.achieved, unit),
        plan=found.target.plan,
        section=found.target.section,
        goal=found.goal.number,
        goal_label=target_label(found.target),
    )


def _once(rows: list[ChartRow]) -> list[ChartRow]:
    """Return what a document prints in several places once, with all places; where it differs it stays apart."""
    found: dict[tuple[str, str, str], ChartRow] = {}
    for row in rows:
        key = (row.adcode, row.plan, row.label)
        known = found.get(key)
        found[key] = replace(known, section=f"{known.section}；{row.section}") if known else row
    return list(found.values())


def _source(plan: Plan, lang: Lang) -> str:
    return plan.short_title.get(lang)
