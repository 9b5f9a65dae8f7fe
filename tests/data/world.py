"""A made-up country in which every rule of the model occurs at least once. Unit tests stand on it.

It is small enough to be known by heart, and built in memory in milliseconds::

    world = build_world()                      # dataset, gazetteer, resolver, view resolver
    world.resolve(JILIN, "ei_gdp_cut", 2025)   # one answer
    world.show("region=910100&year=2025")      # what a view shows

The land (:mod:`tests.data.world_map`) has three provinces. The same world as folders, for the real reading, building
and storing, is written by :func:`tests.data.world_folders.write_world`; the fixtures ``world``, ``world_build`` and
``world_atlas`` of ``tests/conftest.py`` give both. Eight documents (base year 2020 unless said otherwise):

=====================  ==============================================================================
jia-2015               甲省, 2011–2015: an older period
jia-2021-2025          甲省: lends to whoever has nothing nearer; sums, shares, a mix of energy
jiadong-2021-2025      甲东市: annexes of its counties; two tiers; a slash; a zero; equal values
jiaxi-2021-2025        甲西地区: its counties' cuts stand in an annex that is not public (附件1); another
                       unpublished annex (附件2) is of another level and hides nothing from counties
donghe-2021-2025       东河县, a county: prints another value than its prefecture prints for it
jia-2026-2030          甲省: the next period
jia-, jiadong-results  甲省, 甲东市: bulletins (``kind = "results"``): what was achieved by 2025, and series of years
=====================  ==============================================================================

``ei_gdp_cut`` for 2025, basic, by what must come out (see ``tests/unit/analysis/test_world_resolve.py``):

==========================  ================================================================
甲省 14, 甲东市 16           own; 16 is printed twice and is no contradiction
城中区 910101 0, incentive /  zero is a goal; a slash is none
城北区 20 and 22.6           two tiers
东河县 18.5 and 18           two documents: both kept
𠮷林县                      two lenders: 甲东市 (16) lends, not 甲省 (14)
石子市 12                    own, beside prefectures
甲西地区 13, its counties     not published
乙市, 东极省                  no document at all
==========================  ================================================================

Other rules and where they occur: five equal values and exactly five different ones (``nonfossil_share``,
``coal_share``); negative, zero and positive changes (``net_import_change``); three units of one indicator
(``energy_saving``); a slash in a parent, over which the province lends (``coal_share`` of 甲东市); grades and words
(``water_grade``, ``coal_words``); names with ``<``, ``&``, quotes and ``=`` (``HOSTILE``); every type, status and
precision of a project; one project and one action of two counties, each counted once; results of past
years (``statistics``), a base level, a series with its growth, mixes that do and do not make 100.

Targets against results (``jia-results``; see ``tests/unit/analysis/progress``): reached (甲东市 16.5 of 16), by a
target of zero (城中区), not reached (城北区 19.9 of 20), on track (东河县), behind (石子市), another base (甲省),
computed from levels (甲西地区), a lent goal that is held against nobody (𠮷林县), a level without its base (城北区's
wind).

New rules: add a row here, say in this page what it is for, and keep ``geoapp check`` content (the world is read by
``tests/unit/ingest/test_world.py`` through the real code and must come back the same).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, get_args
from urllib.parse import parse_qsl

from geoapp.analysis.derived import CAVEAT, INDICATORS, derive
from geoapp.analysis.query import ViewReader
from geoapp.analysis.resolution.resolve import Resolution, Resolver
from geoapp.analysis.resolved_view import ResolvedView, ViewResolver
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.dataset import Dataset, Edition, LayerInfo
from geoapp.model.plan import Indicator, Park, Plan, Project, Statistic, Target, Term, Text, Unit, Unpublished
from geoapp.model.region import Adcode, Level, Region
from geoapp.model.view import View
from geoapp.model.vocabulary import Comparator, Direction, Kind, Tier
from geoapp.model.zonal import ZonalValue
from geoapp.owndata.indicators import OwnIndicators
from geoapp.owndata.tables import Tables
from geoapp.owndata.uploads import Uploads
from tests.data import world_map
from tests.data.world_map import CHENGBEI, DONGHE, JIA, JIADONG, JIAXI
from tests.data.world_rows import (
    ACTIONS,
    CITY_RESULTS,
    DONGHE25,
    FIGURES,
    GOALS,
    INDICATOR_ROWS,
    JIA15,
    JIA25,
    JIA30,
    JIADONG25,
    JIAXI25,
    PARKS,
    PLACES,
    RESULTS,
    TERMS,
    UNIT_ROWS,
    WORKS,
)

EDITION = Edition(
    id="world-2025-01-abcdef12",
    source="made_up_world_data 1.0",
    data_date="2025-01",
    attribution="虚构测绘院",
    attribution_en="Made-up Survey",
    review_no="虚S（2025）001号",
    usage_notice="仅供测试",
    usage_notice_en="For tests only",
)


def _table(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


def indicators() -> tuple[Indicator, ...]:
    """What plans set and report here, by the table above."""
    names = ("unit", "sector", "kind", "better", "aggregate")
    found = []
    for identifier, title, *words, inherit, draw in _table(INDICATOR_ROWS):
        fields: dict[str, Any] = dict(zip(names, words, strict=True))
        fields["unit"] = "" if fields["unit"] == "-" else fields["unit"]
        both = Text(zh=title, en=identifier.replace("_", " "))
        meaning = Text(zh=f"{title}的定义", en=f"What {identifier} means")
        found.append(
            Indicator(id=identifier, title=both, definition=meaning, inherit=inherit == "yes", draw=draw, **fields)
        )
    return tuple(found)


INDICATOR = {indicator.id: indicator for indicator in indicators()}


def goal(plan: str, adcode: Adcode, indicator: str, value: float | None, value_text: str, **differs: Any) -> Target:
    """Return a goal as this world usually prints them: basic or without a tier, a cut of per cent, 2025 over 2020."""
    known = INDICATOR[indicator]
    name = NAMES[adcode]
    usual: dict[str, Any] = {
        "id": f"{plan}-{indicator}-{adcode}",
        "region_name": name,
        "region_name_en": REGIONS[adcode].name_en,
        "name_in_source": name,
        "indicator_name": known.title.zh,
        "unit": "%",
        "comparator": "eq",
        "direction": "reduce",
        "base_year": 2020,
        "target_year": 2025,
        "nature": None,
        "tier": None,
        "sector": known.sector,
        "section": "二",
        "caveats": (),
    }
    made = {**usual, **differs}
    return Target(plan=plan, adcode=adcode, indicator=indicator, value=value, value_text=value_text, **made)


def figure(
    plan: str,
    adcode: Adcode,
    indicator: str,
    year: int,
    value: float | None,
    text: str,
    unit: str,
    base_year: int | None = None,
) -> Statistic:
    """Return a printed figure of a past year, and the year it counts from where it counts."""
    return Statistic(
        id=f"{plan}-{indicator}-{adcode}-{year}",
        plan=plan,
        adcode=adcode,
        region_name=NAMES[adcode],
        region_name_en=REGIONS[adcode].name_en,
        name_in_source=NAMES[adcode],
        indicator=indicator,
        indicator_name=INDICATOR[indicator].title.zh,
        year=year,
        base_year=base_year,
        value=value,
        value_text=text,
        unit=unit,
        section="附件2" if indicator == "uec_steel" else "一",
        caveats=(),
    )


def every_goal() -> Iterator[Target]:
    """Every comparator × direction × kind, as goals of 城北区: for rules that must hold for all of them."""
    of_kind = {indicator.kind: indicator.id for indicator in reversed(indicators())}
    for comparator, direction, kind in product(get_args(Comparator), get_args(Direction), get_args(Kind)):
        name = of_kind[kind]
        yield goal(
            JIADONG25,
            CHENGBEI,
            name,
            12.5,
            "12.5",
            comparator=comparator,
            direction=direction,
            unit=INDICATOR[name].unit,
        )


def _plan(identifier: str, region: Adcode, title: str, years: tuple[int, int], **more: Any) -> Plan:
    start, end = years
    fields: dict[str, Any] = {
        "place_en": identifier.partition("-")[0].title(),
        "document_no": f"虚政发〔{start + 1}〕{len(identifier)}号",
        "published": date(start + 1, 3, 5),
        "base_year": start - 1,
        "headings": {"一": "现状", "二": "主要目标", "附件1": "各地目标", "附件2": "各地任务"},
        "unpublished": (),
    }
    return Plan(
        id=identifier,
        region=region,
        title=Text(zh=title, en=f"Plan of {identifier}"),
        short_title=Text(zh=f"{title}（简）", en=f"{identifier} plan"),
        issuer=Text(zh=f"{NAMES[region]}政府", en="Government"),
        start_year=start,
        end_year=end,
        source_file=f"{identifier}.txt",
        **{**fields, **more},
    )


def plans() -> tuple[Plan, ...]:
    """The eight documents, in order of id as folders are read."""
    hidden = (
        Unpublished(section="附件1", title="各县降幅", level=Level.COUNTY, indicators=("ei_gdp_cut",)),
        Unpublished(section="附件2", title="各地区煤炭", level=Level.PREFECTURE, indicators=("coal_share",)),
    )
    found = (
        _plan(JIA15, JIA, "甲省“十二五”方案", (2011, 2015)),
        _plan(JIA25, JIA, "甲省<十四五>节能&减排方案", (2021, 2025)),
        _plan(JIADONG25, JIADONG, "甲东市“十四五”方案", (2021, 2025)),
        _plan(JIAXI25, JIAXI, "甲西地区“十四五”方案", (2021, 2025), document_no="", unpublished=hidden),
        _plan(DONGHE25, DONGHE, "东河县“十四五”方案", (2021, 2025)),
        _plan(JIA30, JIA, "甲省“十五五”方案", (2026, 2030)),
        _plan(RESULTS, JIA, "甲省节能结果公报", (2021, 2025), kind="results", published=date(2026, 6, 1)),
        _plan(CITY_RESULTS, JIADONG, "甲东市节能结果公报", (2025, 2025), kind="results", published=date(2026, 7, 1)),
    )
    return tuple(sorted(found, key=lambda plan: plan.id))


def _numbered(rows: tuple[tuple[Any, ...], ...], letter: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield rows with the ids ``<plan>-t01`` … in the order of the plans."""
    for plan in plans():
        mine = [row for row in rows if row[0] == plan.id]
        for number, row in enumerate(mine, start=1):
            yield f"{plan.id}-{letter}{number:02d}", row


def _targets() -> Iterator[Target]:
    for identifier, (*row, differs) in _numbered(GOALS, "t"):
        yield goal(*row, **{"id": identifier, **differs})


def _statistics() -> Iterator[Statistic]:
    for identifier, row in _numbered(FIGURES, "s"):
        yield replace(figure(*row), id=identifier)


def _place(name: str, region: Region) -> dict[str, Any]:
    """Where a point is drawn: a known place, else its region's label, said to be no place."""
    known = next((row for row in PLACES if row[:2] == (name, region.adcode)), None)
    if known is not None:
        return {"lon": known[2], "lat": known[3], "precision": known[4], "place_source": "测试地图集"}
    lon, lat = region.label
    says = f"{region.name}标注点，不表示具体位置"
    return {"lon": lon, "lat": lat, "precision": str(region.level), "place_source": says}


def _parks() -> Iterator[Park]:
    for identifier, (plan, adcode, name, programmes) in _numbered(PARKS, "p"):
        yield Park(
            id=identifier,
            plan=plan,
            name=name,
            programmes=programmes,
            adcode=adcode,
            region_name=NAMES[adcode],
            region_name_en=REGIONS[adcode].name_en,
            name_in_source=NAMES[adcode],
            section="二",
            caveats=(),
            **_place(name, REGIONS[adcode]),
        )


def _projects() -> Iterator[Project]:
    for identifier, (plan, adcode, name, kind, size, unit, status, caveats) in _numbered(WORKS, "j"):
        yield Project(
            id=identifier,
            plan=plan,
            name=name,
            nature="action" if name in ACTIONS else "work",
            type=kind,
            adcode=adcode,
            region_name=NAMES[adcode],
            region_name_en=REGIONS[adcode].name_en,
            name_in_source=NAMES[adcode],
            capacity=size,
            capacity_unit=unit,
            status=status,
            status_text="",
            section="二",
            caveats=caveats,
            **_place(name, REGIONS[adcode]),
        )


def units() -> tuple[Unit, ...]:
    """What one printed unit is in the normal one."""
    return tuple(
        Unit(unit=unit, si_unit=si, factor=float(factor), source="定义") for unit, si, factor in _table(UNIT_ROWS)
    )


def terms() -> tuple[Term, ...]:
    """The words of the closed lists."""
    found = [
        Term(kind=kind, id=word, title=Text(zh=zh, en=en))
        for kind, words in TERMS.items()
        for word, (zh, en) in words.items()
    ]
    found += [Term(kind="unit", id=each.unit, title=Text(zh=each.unit, en=f"[{each.unit}]")) for each in units()]
    return tuple(found)


LAYERS = tuple(
    LayerInfo(id=name, title_zh=f"图层{name}", title_en=name.title(), group=group, geometry=shape)
    for name, group, shape in (
        ("provinces", "boundaries", "polygon"),
        ("prefectures", "boundaries", "polygon"),
        ("counties", "boundaries", "polygon"),
        ("targets", "plans", "polygon"),
        ("statistics", "plans", "polygon"),
        ("progress", "plans", "polygon"),
        ("parks", "plans", "point"),
        ("projects", "plans", "point"),
    )
)
REGIONS: Mapping[Adcode, Region] = {region.adcode: region for region in world_map.regions()}
NAMES: Mapping[Adcode, str] = {code: region.name for code, region in REGIONS.items()}


class NoGround:
    """A world without rasters: no indicator of the ground."""

    def indicators(self) -> Mapping[str, Indicator]:
        """Return nothing."""
        return {}

    def value(self, indicator: str, region: Region) -> ZonalValue | None:
        """Return nothing."""
        return None


@dataclass(frozen=True)
class World:
    """The world in memory: what tests ask, one question a line."""

    dataset: Dataset
    gazetteer: Gazetteer
    resolver: Resolver
    views: ViewResolver
    reader: ViewReader

    def resolve(
        self, code: str, indicator: str = "ei_gdp_cut", year: int | None = 2025, tier: Tier = "basic"
    ) -> Resolution:
        """Return the target that applies to a region, and why."""
        return self.resolver.resolve(Adcode(code), indicator, year, tier)

    def view(self, query: str) -> View:
        """Read a query string strictly."""
        return self.reader.read(parse_qsl(query, keep_blank_values=True))

    def show(self, query: str) -> ResolvedView:
        """Return what a view shows."""
        return self.views.show(self.view(query))


def open_world(dataset: Dataset) -> World:
    """Return a world of other records: the same questions."""
    gazetteer = Gazetteer(dataset.regions, dataset.aliases)
    resolver = Resolver(dataset, gazetteer, NoGround(), OwnIndicators(Tables(Uploads(Path("no uploads"), days=0))))
    reader = ViewReader(dataset, gazetteer, resolver, lambda: [])
    return World(dataset, gazetteer, resolver, ViewResolver(dataset, gazetteer, resolver), reader)


def changed(dataset: Dataset, **records: Any) -> World:
    """Return the world with other records (``targets=…``); what the atlas computes is computed anew."""
    fresh = replace(dataset, **records)
    return open_world(replace(fresh, derived=derive(fresh, Gazetteer(fresh.regions, fresh.aliases))))


@lru_cache(maxsize=1)
def build_world() -> World:
    """Return the world. It is immutable; ``changed`` makes another."""
    dataset = Dataset(
        version="world0000001",
        edition=EDITION,
        regions=tuple(REGIONS.values()),
        aliases=tuple(world_map.aliases()),
        plans=plans(),
        indicators=(*INDICATOR.values(), *INDICATORS),
        terms=(*terms(), CAVEAT),
        units=units(),
        layers=LAYERS,
        targets=tuple(_targets()),
        statistics=tuple(_statistics()),
        parks=tuple(_parks()),
        projects=tuple(_projects()),
        report=(),
    )
    return changed(dataset)
