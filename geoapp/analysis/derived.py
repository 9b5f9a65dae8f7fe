"""What the atlas computes from printed figures. Never printed by a document, and always marked so.

===============  ==========================================================================
indicator        formula
===============  ==========================================================================
d_annual         100 · (1 − (1 − R/100)^(1/n)): yearly cut of a cumulative cut R in n years
d_gap            R(region) − R(region above), in percentage points; + asks for more
d_level_2025     level of the base year · (1 − R/100), for 2025
d_project_count  projects (works, not actions) that a document names in a region, its parts included
d_park_count     parks that a document names in a region, its parts included
===============  ==========================================================================

R is a region's own printed goal for ``ei_gdp_cut``, from a table where there is one. Every value
carries the caveat ``computed``, the plan, and the sections of the figures it is made from.
Nothing is computed for a region without the inputs, so a derived indicator is own or none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from geoapp.analysis.checks.finding import Figure, in_table
from geoapp.analysis.checks.rates import annual_from_cumulative, compounds
from geoapp.analysis.resolution.labels import target_label
from geoapp.analysis.undertakings import distinct
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.dataset import Dataset
from geoapp.model.plan import LESS, Indicator, Park, Plan, Project, Statistic, Target, Term, Text
from geoapp.model.region import Adcode, Region
from geoapp.model.vocabulary import Better, Direction, Draw, Kind, Sector, Tier

COMPUTED = "computed"
CUT, LEVEL = "ei_gdp_cut", "ei_gdp_level"
LEVEL_YEAR = 2025

CAVEAT = Term(
    kind="caveat",
    id=COMPUTED,
    title=Text(zh="由图集按公式计算，不是文件所印。", en="Computed by the atlas; not printed in the document."),
)


def _indicator(
    identifier: str, title: Text, definition: Text, unit: str, kind: Kind, draw: Draw, better: Better, sector: Sector
) -> Indicator:
    return Indicator(
        id=identifier,
        title=title,
        definition=definition,
        unit=unit,
        sector=sector,
        kind=kind,
        better=better,
        aggregate="none",
        inherit=False,
        draw=draw,
        derived=True,
    )


INDICATORS: tuple[Indicator, ...] = (
    _indicator(
        "d_annual",
        Text(zh="单位GDP能耗年均降低率（图集折算）", en="Energy intensity, implied annual cut (computed)"),
        Text(zh="1−(1−累计降幅)^(1/年数)", en="1 − (1 − cumulative cut)^(1/years)"),
        "%",
        "annual_rate",
        "fill",
        "up",
        "energy",
    ),
    _indicator(
        "d_gap",
        Text(zh="与上级降幅目标之差（图集计算）", en="Gap to the target of the region above (computed)"),
        Text(
            zh="本级单位GDP能耗降幅减上级降幅，正数更严",
            en="Own cut minus the cut of the region above; plus is stricter",
        ),
        "个百分点",
        "pp",
        "fill",
        "none",
        "energy",
    ),
    _indicator(
        "d_level_2025",
        Text(zh="2025年单位GDP能耗（图集推算）", en="Energy intensity implied for 2025 (computed)"),
        Text(zh="基年水平×(1−累计降幅)", en="Base-year level × (1 − cumulative cut)"),
        "吨标准煤/万元",
        "level",
        "fill",
        "down",
        "energy",
    ),
    _indicator(
        "d_project_count",
        Text(zh="文件所列项目数（图集统计）", en="Projects named (counted by the atlas)"),
        Text(
            zh="文件点名的具名项目个数，含下级地区，不含举措",
            en="Named projects of the document, those of its parts included; no actions",
        ),
        "个",
        "count",
        "symbol",
        "none",
        "project",
    ),
    _indicator(
        "d_park_count",
        Text(zh="文件所列园区数（图集统计）", en="Parks named (counted by the atlas)"),
        Text(zh="文件点名的园区个数，含下级地区", en="Parks the document names, those of its parts included"),
        "个",
        "count",
        "symbol",
        "none",
        "park",
    ),
)
TITLES: Mapping[str, Indicator] = {indicator.id: indicator for indicator in INDICATORS}


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the derived records of one plan."""

    plan: Plan
    gazetteer: Gazetteer

    def record(
        self,
        indicator: str,
        region: Region,
        value: float,
        inputs: Sequence[Figure | Park | Project],
        direction: Direction = "reach",
        year: int | None = None,
        base: int | None = None,
        tier: Tier | None = None,
    ) -> Target:
        """Return one computed value with the sections and the caveats of what it is made from."""
        made = TITLES[indicator]
        sections = dict.fromkeys(each for one in inputs for each in one.section.split(";"))
        figures = [one for one in inputs if isinstance(one, Figure)]
        carried = dict.fromkeys(
            each for one in figures for each in one.caveats if each != LESS or one.adcode == region.adcode
        )
        target = Target(
            id="-".join(filter(None, (self.plan.id, indicator, region.adcode, tier))),
            plan=self.plan.id,
            adcode=region.adcode,
            region_name=region.name,
            region_name_en=region.name_en,
            name_in_source=inputs[0].name_in_source,
            indicator=indicator,
            indicator_name=made.title.zh,
            value=value,
            value_text="",
            unit=made.unit,
            comparator="eq",
            direction=direction,
            base_year=base,
            target_year=year or self.plan.end_year,
            nature=None,
            tier=tier,
            sector=made.sector,
            section=";".join(sections),
            caveats=(COMPUTED, *carried),
        )
        # Nothing is printed, so the text is the label: no page may show it as the document's words.
        return replace(target, value_text=target_label(target))


def derive(dataset: Dataset, gazetteer: Gazetteer) -> tuple[Target, ...]:
    """Return every computed record of a dataset, plan by plan."""
    found: list[Target] = []
    goals = _by_plan(t for t in dataset.targets if t.indicator == CUT and t.value is not None)
    bases = _by_plan(s for s in dataset.statistics if s.indicator == LEVEL)
    works, parks = _by_plan(p for p in dataset.projects if p.nature == "work"), _by_plan(dataset.parks)
    for plan in dataset.plans:
        maker = _Maker(plan, gazetteer)
        cuts = _cuts(goals.get(plan.id, []))
        found += _annual(maker, cuts)
        found += _gaps(maker, cuts)
        found += _levels(maker, cuts, bases.get(plan.id, []))
        found += _counts(maker, "d_project_count", works.get(plan.id, []))
        found += _counts(maker, "d_park_count", parks.get(plan.id, []))
    return tuple(found)


R = TypeVar("R", Target, Statistic, Park, Project)


def _by_plan(records: Iterable[R]) -> dict[str, list[R]]:
    """Return the records of each plan: none of them is asked for once a plan."""
    found: dict[str, list[R]] = {}
    for record in records:
        found.setdefault(record.plan, []).append(record)
    return found


Cuts = Mapping[tuple[Adcode, int, Tier], Target]


def _cuts(goals: Sequence[Target]) -> Cuts:
    """Return a plan's cuts that have a number, one a key; a table's figure is preferred."""
    return {(t.adcode, t.target_year, t.tier or "basic"): t for t in sorted(goals, key=in_table)}


def _annual(maker: _Maker, cuts: Cuts) -> Iterator[Target]:
    for (adcode, year, tier), goal in cuts.items():
        if goal.base_year is not None and goal.value is not None and compounds(goal.value, year - goal.base_year):
            rate = round(annual_from_cumulative(goal.value, year - goal.base_year), 2)
            region = maker.gazetteer[adcode]
            yield maker.record("d_annual", region, rate, [goal], "reduce", year, goal.base_year, tier)


def _gaps(maker: _Maker, cuts: Cuts) -> Iterator[Target]:
    for (adcode, year, tier), goal in cuts.items():
        above = next(
            (cuts[p.adcode, year, tier] for p in maker.gazetteer.parents(adcode) if (p.adcode, year, tier) in cuts),
            None,
        )
        if above is not None and goal.value is not None and above.value is not None:
            gap = round(goal.value - above.value, 4)
            region = maker.gazetteer[adcode]
            yield maker.record("d_gap", region, gap, [goal, above], "reach", year, goal.base_year, tier)


def _levels(maker: _Maker, cuts: Cuts, bases: Sequence[Statistic]) -> Iterator[Target]:
    for (adcode, year, tier), goal in cuts.items():
        base = next((s for s in bases if (s.adcode, s.year) == (adcode, goal.base_year)), None)
        if year == LEVEL_YEAR and base is not None and base.value is not None and goal.value is not None:
            level = round(base.value * (1 - goal.value / 100), 3)
            region = maker.gazetteer[adcode]
            yield maker.record("d_level_2025", region, level, [base, goal], "reach", year, goal.base_year, tier)


def _counts(
    maker: _Maker, indicator: Literal["d_project_count", "d_park_count"], points: Iterable[Park | Project]
) -> Iterator[Target]:
    """Count what is named in the plan's region and each part of it. Nothing named, no record."""
    inside: dict[Adcode, list[Park | Project]] = {}
    for point in points:
        line = [maker.gazetteer[point.adcode], *maker.gazetteer.parents(point.adcode)]
        for region in line:
            if maker.gazetteer.is_within(region.adcode, maker.plan.region):
                inside.setdefault(region.adcode, []).append(point)
    for adcode, named in sorted(inside.items()):
        yield maker.record(indicator, maker.gazetteer[adcode], len(distinct(named)), named)
