"""Which target applies to a region, and why: own, parent, not published, none, or not collected.

A region's own printed goal comes first. Where its plan says that the regional goals stand in
an annex that is not public, the answer is ``not_published``. Else the nearest division above
with a goal lends its value *as its own*, named as such, if the indicator may be lent at all:
amounts, capacities and counts belong to the region that has them. ``none`` says that the documents
of the region, or of a division above it, set no such goal; where the atlas has no such document, or only a
part of it, nothing of the kind can be said, and the answer is ``not_collected``.

What lies under the plans (rasters, the sun) is not theirs: its indicators have an origin instead
of a plan, no year and no tier, and a region's answer is own or none. A value takes the form of a
goal, so that maps, tables and files show it as they show goals.
"""

from collections import ChainMap, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from geoapp.analysis.resolution.reasons import (
    AMOUNT,
    NOT_COLLECTED,
    NOT_LENT,
    PART_COLLECTED,
    disagreeing,
    lent_step,
    missing_step,
)
from geoapp.analysis.resolution.reported import Reported, as_reported, reported_step
from geoapp.analysis.resolution.statement import Scale
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import NotFound
from geoapp.model.dataset import Alias, Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import LESS, Indicator, Plan, Target, Unpublished
from geoapp.model.region import Adcode, Level, Region
from geoapp.model.vocabulary import Status, Tier
from geoapp.model.zonal import UnlistedIndicators, ZonalIndicators, ZonalValue

Key = tuple[str, int]
SUMS = ("amount", "capacity", "count")
EACH_WORDS = {
    Level.PREFECTURE: Phrase("对各地州市分别规定"),
    Level.COUNTY: Phrase("对各县（市、区）分别规定"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The answer for one region × indicator × year × tier.

    Attributes:
        year, tier: None for an indicator that is not from a plan; a published figure has no tier.
        target: the goal that applies; for ``parent`` it is the parent's.
        number: what ``target`` says, in the indicator's unit: what is compared; None where it has none.
        alternatives: other goals printed for the same key with another value.
        from_region: whose goal ``target`` is.
        path: the steps taken, as sentences.
    """

    status: Status
    region: Region
    indicator: Indicator
    year: int | None
    tier: Tier | None
    target: Target | None
    number: float | None
    alternatives: tuple[Target, ...]
    from_region: Region | None
    plan: Plan | None
    section: str
    path: tuple[Phrase, ...]

    @property
    def each(self) -> Level | None:
        """Return the level for each of whose divisions the document sets this region's goal; None for its own alone."""
        return self.target.each if self.target is not None and self.status == "own" else None

    @property
    def lent_by_part(self) -> bool:
        """Say whether a parent's goal is from a document held in part: then the region's own may stand in the rest."""
        return self.status == "parent" and self.plan is not None and self.plan.extent == "part"

    @property
    def unlike(self) -> bool:
        """Say whether the value is printed in a unit that measures something else than the indicator's."""
        return self.number is None and self.target is not None and self.target.value is not None


class Resolver:
    """Answers for one dataset. Plans of different target years never meet."""

    def __init__(
        self, dataset: Dataset, gazetteer: Gazetteer, zonal: ZonalIndicators, unlisted: UnlistedIndicators
    ) -> None:
        self.gazetteer, self.zonal, self.unlisted, self.scale = gazetteer, zonal, unlisted, Scale(dataset.units)
        self.plans = {plan.id: plan for plan in dataset.plans}
        self._planned = {indicator.id: indicator for indicator in dataset.indicators}
        self._by_key: dict[Key, dict[Adcode, list[Target]]] = defaultdict(lambda: defaultdict(list))
        self._documented = {plan.region for plan in dataset.goal_plans if plan.extent == "whole"}
        self._partly_documented = {plan.region for plan in dataset.goal_plans if plan.extent == "part"}
        self._whole: dict[Key, list[Target]] = defaultdict(list)
        self._index((*dataset.targets, *dataset.derived))
        self._former: dict[Adcode, list[Alias]] = defaultdict(list)
        for alias in dataset.aliases:
            if alias.kind == "old_name":
                self._former[alias.adcode].append(alias)
        self._unpublished: dict[Key, list[tuple[Plan, Unpublished]]] = defaultdict(list)
        for plan in dataset.plans:
            for annex in plan.unpublished:
                for indicator in annex.indicators:
                    self._unpublished[indicator, plan.end_year].append((plan, annex))
        self.reported = Reported(dataset.statistics, self._planned, {*self._by_key, *self._unpublished})

    def _index(self, targets: Sequence[Target]) -> None:
        """Put every goal where it is looked up: under the regions that have it."""
        named: dict[str, set[Adcode]] = defaultdict(set)
        for target in targets:
            named[target.plan].add(target.adcode)
        for target in targets:
            key = target.indicator, target.target_year
            if target.each is not None:
                self._whole[key].append(target)
            for own in self._owners(target, named[target.plan]):
                self._by_key[key][own.adcode].append(own)

    def _owners(self, target: Target, named: set[Adcode]) -> Iterator[Target]:
        """Yield a goal as each region has it: one region's, or that of each division of a level (各地州市).

        A city under no prefecture (石河子市) is one of them where the document sets it goals beside them.
        """
        if target.each is None:
            yield target
            return
        for region in self.gazetteer.at_level(target.adcode, target.each):
            if region.adcode != target.adcode and (region.level is target.each or region.adcode in named):
                yield replace(target, adcode=region.adcode, region_name=region.name)

    def goals(self, adcode: Adcode) -> list[Target]:
        """Return the goals that documents set for each region of a level, and so for this one."""
        found = (each for goals in self._by_key.values() for each in goals.get(adcode, ()))
        return [target for target in found if target.each is not None]

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """Return every indicator by id: of plans, of the ground at this moment and, unlisted, of readers' tables."""
        # A chain reads only; its type wants mappings that can be changed.
        later = (cast("dict[str, Indicator]", each) for each in (self.zonal.indicators(), self.unlisted))
        return ChainMap(self._planned, *later)

    def indicator(self, identifier: str) -> Indicator:
        """Return an indicator by id.

        Raises:
            NotFound: there is none, or no longer: a reader's table may be removed at any moment.
        """
        try:
            return self._planned.get(identifier) or self.indicators[identifier]  # the others are read from disk
        except KeyError:
            raise NotFound(f"no indicator has the id {identifier!r}; /indicators lists them") from None

    def years(self, indicator: str) -> list[int]:
        """Return the target years of an indicator, earliest first."""
        return sorted(year for name, year in self._by_key if name == indicator)

    def tiers(self, indicator: str, year: int) -> set[Tier]:
        """Return the tiers that any region has for an indicator and year."""
        targets = (each for found in self._by_key.get((indicator, year), {}).values() for each in found)
        return {target.tier or "basic" for target in targets}

    def goal_counts(self, indicator: str, year: int) -> dict[Adcode, int]:
        """Return how many goals of their own regions have for an indicator and year, of all tiers; figures without."""
        found = self._by_key.get((indicator, year)) or self.reported.figures(indicator, year)
        return {code: len(goals) for code, goals in found.items()}

    def shown(self, adcode: Adcode, indicator_id: str, year: int | None, tier: Tier | None = "basic") -> Resolution:
        """Return the answer that a view shows: that of :meth:`resolve`, or a figure where no plan sets the year."""
        if year is None or tier is None or (indicator_id, year) not in self.reported:
            return self.resolve(adcode, indicator_id, year, tier)
        return self._reported(self.gazetteer[adcode], as_reported(self.indicator(indicator_id)), year, tier)

    def resolve(self, adcode: Adcode, indicator_id: str, year: int | None, tier: Tier | None = "basic") -> Resolution:
        """Return exactly one answer for any region of the edition and any known indicator.

        Args:
            year: None only for an indicator that is not from a plan.
        """
        region, indicator = self.gazetteer[adcode], self.indicator(indicator_id)
        if year is None or tier is None or indicator.origin is not None:
            return self._zonal(region, indicator)
        own = self.own_goals(adcode, indicator_id, year, tier)
        if own:
            return self._answer(
                "own",
                region,
                indicator,
                year,
                tier,
                own,
                region,
                (_own_step(region, indicator, own[0]),),
            )
        lenders = list(self._lenders(region, indicator, year, tier))
        collected = self.is_collected(region)
        if not collected and not lenders:
            why = PART_COLLECTED if self._is_partly_collected(region) else NOT_COLLECTED
            return self._answer("not_collected", region, indicator, year, tier, [], None, (why,))
        path: tuple[Phrase, ...] = (
            missing_step(region, indicator, collected),
            *self._below(region, indicator_id, year),
        )
        hidden = self._hidden(region, indicator_id, year)
        if hidden:
            plan, annex = hidden
            annex_of = {"section": annex.section, "title": annex.title}
            path += (Phrase("{section}《{title}》未公开", annex_of),)
            path += tuple(
                Phrase("{region}目标 {value}，仅供参照", {"region": above.name, "value": found[0].value_text})
                for above, found in lenders[:1]
            )
            return Resolution(
                status="not_published",
                region=region,
                indicator=indicator,
                year=year,
                tier=tier,
                target=None,
                number=None,
                alternatives=(),
                from_region=self.gazetteer[plan.region],
                plan=plan,
                section=annex.section,
                path=path,
            )
        if lenders:
            above, found = lenders[0]
            path += (lent_step(above, region, self.plans.get(found[0].plan)),)
            return self._answer("parent", region, indicator, year, tier, found, above, path)
        printed_only = not indicator.inherit and not indicator.derived
        if printed_only and any(self.own_goals(p.adcode, indicator_id, year, tier) for p in self._above(region)):
            path += (AMOUNT if indicator.kind in SUMS else NOT_LENT,)
        return self._answer("none", region, indicator, year, tier, [], None, path)

    def _reported(self, region: Region, indicator: Indicator, year: int, tier: Tier) -> Resolution:
        """Return the figure a document publishes of a region's year; nothing is known where none does.

        Figures have no tiers: of the incentive one there is none.
        """
        figures = self.reported.figures(indicator.id, year).get(region.adcode, ())
        found = sorted(figures, key=self._standing) if tier == "basic" else []
        status: Status = "own" if found else "not_collected"
        path = (reported_step(region, found=bool(found)),)
        return self._answer(status, region, indicator, year, None, found, region if found else None, path)

    def is_collected(self, region: Region) -> bool:
        """Say whether the atlas has a whole document of the region, or of a division above it but the country."""
        return any(each.adcode in self._documented for each in (region, *self._above(region)))

    def _is_partly_collected(self, region: Region) -> bool:
        return any(each.adcode in self._partly_documented for each in (region, *self._above(region)))

    def unasked(self, region: Region, indicator_id: str, year: int | None, tier: Tier | None) -> Resolution:
        """Return the empty answer of a view that shows no goals (``fill=none``)."""
        return Resolution(
            status="none",
            region=region,
            indicator=self.indicator(indicator_id),
            year=year,
            tier=tier,
            target=None,
            number=None,
            alternatives=(),
            from_region=None,
            plan=None,
            section="",
            path=(),
        )

    def _zonal(self, region: Region, indicator: Indicator) -> Resolution:
        own = indicator.sector == "own_data"
        found = self.unlisted.value(indicator.id, region) if own else self.zonal.value(indicator.id, region)
        how = found.how if found else Phrase("没有数据（不是0）")
        return Resolution(
            status="own" if found else "none",
            region=region,
            indicator=indicator,
            year=None,
            tier=None,
            target=_as_target(found, region, indicator) if found else None,
            number=found.value if found else None,
            alternatives=(),
            from_region=region if found else None,
            plan=None,
            section=indicator.origin.citation.zh if indicator.origin else "",
            path=(Phrase("{region}：{how}", {"region": region.name, "how": how}),),
        )

    def carried(self, region: Region, year: int | None, target: Target | None) -> Iterator[Phrase]:
        """Say under which name a region stands in the document, where it is another one or means less."""
        if target is not None and LESS in target.caveats:
            names = {"printed": target.name_in_source, "region": target.region_name}
            yield Phrase("文件所印为“{printed}”，只指{region}的一部分", names)
        for alias in self._former.get(region.adcode, ()):
            if year is not None and alias.valid_until and year <= int(alias.valid_until[:4]):
                named = {"year": year, "old": alias.alias, "until": alias.valid_until, "new": region.name}
                yield Phrase("{year}年时为{old}，{until}起为{new}，目标按今天的区划沿用", named)

    def own_goals(self, adcode: Adcode, indicator: str, year: int, tier: Tier) -> list[Target]:
        """Return a region's goals of this key, the most telling first.

        Its own name before "each" and tables before prose, as the more exact; of several documents a whole one
        before a part of one, the region's own before one from above, and the later before the earlier.
        """
        if (indicator, year) not in self._by_key:
            return []
        wanted = ("incentive",) if tier == "incentive" else ("basic", None)
        found = [each for each in self._by_key[indicator, year].get(adcode, ()) if each.tier in wanted]
        return sorted(found, key=lambda target: (target.each is not None, *self._standing(target)))

    def _standing(self, target: Target) -> tuple[bool, bool, bool, int]:
        """Say how much a document's word counts beside another's: what sorts first counts most."""
        plan = self.plans.get(target.plan)
        if plan is None:  # computed by the atlas
            return False, False, False, 0
        printed = plan.published.toordinal() if plan.published else 0
        return plan.extent == "part", not _in_table(target.section), plan.region != target.adcode, -printed

    def _below(self, region: Region, indicator: str, year: int) -> Iterator[Phrase]:
        """Say that a document sets the goal for each division of the region, not for the region."""
        for target in self._whole.get((indicator, year), ()):
            if target.adcode == region.adcode and target.each is not None:
                values = {"section": target.section, "each": EACH_WORDS[target.each], "value": target.value_text}
                yield Phrase("{section}：{each} {value}，没有规定合计", values)

    def _above(self, region: Region) -> Iterator[Region]:
        return (each for each in self.gazetteer.parents(region.adcode) if each.level is not Level.NATION)

    def _lenders(
        self, region: Region, indicator: Indicator, year: int, tier: Tier
    ) -> Iterator[tuple[Region, Sequence[Target]]]:
        if not indicator.inherit:
            return
        for above in self._above(region):
            found = self.own_goals(above.adcode, indicator.id, year, tier)
            if found and found[0].value_text != "/":
                yield above, found

    def _hidden(self, region: Region, indicator: str, year: int) -> tuple[Plan, Unpublished] | None:
        for plan, annex in self._unpublished.get((indicator, year), ()):
            inside = self.gazetteer.is_within(region.adcode, plan.region) and region.adcode != plan.region
            if inside and annex.level in region.levels:
                return plan, annex
        return None

    def _answer(
        self,
        status: Status,
        region: Region,
        indicator: Indicator,
        year: int,
        tier: Tier | None,
        found: Sequence[Target],
        from_region: Region | None,
        path: tuple[Phrase, ...],
    ) -> Resolution:
        first = found[0] if found else None
        if first is not None and first.value_text == "/":
            status, path = "none", (*path, Phrase("{section}印“/”：不设此目标", {"section": first.section}))
        others = tuple(each for each in found[1:] if first is not None and not self._same(each, first, indicator))
        path += tuple(disagreeing(first, others)) if first is not None else ()
        path += tuple(self.carried(region, year, first) if first is not None else ())
        return Resolution(
            status=status,
            region=region,
            indicator=indicator,
            year=year,
            tier=tier,
            target=first,
            number=self.scale.number(first, indicator),
            alternatives=others,
            from_region=from_region if status != "none" else None,
            plan=self.plans[first.plan] if first else None,
            section=first.section if first else "",
            path=path,
        )

    def _same(self, one: Target, other: Target, indicator: Indicator) -> bool:
        """Say whether two goals print one value, be it in two units."""
        if one.unit == other.unit:
            return one.value == other.value
        numbers = self.scale.number(one, indicator), self.scale.number(other, indicator)
        return numbers[0] == numbers[1] if None not in numbers else one.value == other.value


def _as_target(found: ZonalValue, region: Region, indicator: Indicator) -> Target:
    return Target(
        id=f"{indicator.id}-{region.adcode}",
        plan="",
        adcode=region.adcode,
        region_name=region.name,
        region_name_en=region.name_en,
        name_in_source=region.name,
        indicator=indicator.id,
        indicator_name=indicator.title.zh,
        value=found.value,
        value_text=found.text,
        unit=indicator.unit,
        comparator="eq",
        direction="reach",
        base_year=None,
        target_year=0,  # the ground has none; the answer says so with year None
        nature=None,
        tier=None,
        sector=indicator.sector,
        section="",
        caveats=found.caveats,
    )


def _own_step(region: Region, indicator: Indicator, own: Target) -> Phrase:
    if own.each is not None:
        return Phrase("{region}：{each}", {"region": region.name, "each": EACH_WORDS[own.each]})
    if indicator.derived:
        return Phrase("{region}：由图集按文件所印数值计算", {"region": region.name})
    return Phrase("{region}：本级目标", {"region": region.name})


def _in_table(section: str) -> bool:
    return section.startswith("附件") or "表" in section
