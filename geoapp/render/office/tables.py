"""The targets of a view as a table; printed columns first, computed ones marked as such."""

from collections.abc import Sequence

from geoapp.analysis.resolve import Resolution, Resolver
from geoapp.analysis.shown import Area, Shown, target_label, value_label
from geoapp.model.phrase import Phrase
from geoapp.model.region import Level
from geoapp.model.vocabulary import Tier
from geoapp.render import legend
from geoapp.render.cards import STATUS_WORDS, TIER_WORDS
from geoapp.render.office.content import Column, Table

ANNUAL = "d_annual"
CUT = "ei_gdp_cut"
MOST_ROWS = 160
MOST_EMPTY = 30
"""Beyond this many regions without any goal, the table counts them instead of listing them."""
NOTHING = "—"
ORDER = {"own": 0, "parent": 1, "not_published": 2, "none": 3}
WIDTHS = {"region": 20.0, "value": 14.0, "state": 34.0, "section": 20.0}
COMPUTED = Phrase("标“系统推算”的一列由图集按 1−(1−累计降幅)^(1/年数) 计算，不是文件所印。")
WHOLE = Phrase("{region}（全域）")


def ranked(areas: Sequence[Area]) -> list[Area]:
    """Return areas as a table tells them: own goals largest first, then what is lent, withheld, missing."""

    def key(area: Area) -> tuple[int, float, str]:
        value = area.resolution.target.value if area.resolution.target else None
        return ORDER[area.resolution.status], -(value if value is not None else -1e18), area.region.adcode

    return sorted(areas, key=key)


def targets_table(shown: Shown, resolver: Resolver) -> Table | None:
    """Return one row a region; None for a view without regions."""
    if not shown.areas:
        return None
    areas, left_out = _kept(ranked(shown.areas))
    rows = _Rows(shown, resolver, areas)
    notes = [COMPUTED.say(rows.lang)] if rows.annual else []
    if left_out:
        notes.append(
            Phrase("另有{count}个地区未列入本表，全表见本视图的 Excel 文件。", {"count": left_out}).say(rows.lang)
        )
    return Table(
        caption=_caption(shown),
        columns=rows.columns(),
        rows=tuple(rows.cells()),
        strong=int(rows.whole is not None),
        note=("" if rows.lang == "zh" else " ").join(notes),
    )


def _kept(areas: Sequence[Area]) -> tuple[list[Area], int]:
    """Leave out the regions without any goal where they are many, then whatever no table can hold."""
    empty = sum(area.resolution.status == "none" for area in areas)
    kept = [area for area in areas if empty <= MOST_EMPTY or area.resolution.status != "none"][:MOST_ROWS]
    return kept, len(areas) - len(kept)


def _caption(shown: Shown) -> str:
    values = {"level": _LEVELS[shown.view.level], "indicator": shown.indicator.title.get(shown.view.lang)}
    return Phrase("各{level}{indicator}", values).say(shown.view.lang)


_LEVELS = {Level.PROVINCE: Phrase("省级地区"), Level.PREFECTURE: Phrase("地级地区"), Level.COUNTY: Phrase("县级地区")}


class _Rows:
    """The columns of one table: which are worth printing is known from its rows."""

    def __init__(self, shown: Shown, resolver: Resolver, areas: Sequence[Area]) -> None:
        self.shown, self.lang, self._resolver = shown, shown.view.lang, resolver
        self.whole = shown.own if shown.own.status == "own" and len(shown.areas) > 1 else None
        self.answers = [*([self.whole] if self.whole else []), *(area.resolution for area in areas)]
        self.other = self._other_tier()
        self.annual = self._annual()
        self.worded = any(answer.status != "own" for answer in self.answers)

    def columns(self) -> tuple[Column, ...]:
        tier: Tier = self.shown.view.tier
        heads = [Column(head=Phrase("地区").say(self.lang), width=WIDTHS["region"])]
        value = WIDTHS["value"]
        heads.append(Column(head=TIER_WORDS[tier].say(self.lang), width=value, align="right"))
        if self.other:
            heads.append(Column(head=TIER_WORDS[self.other].say(self.lang), width=value, align="right"))
        if self.annual:
            heads.append(Column(head=Phrase("年均（系统推算）").say(self.lang), width=value, align="right"))
        if self.worded:
            heads.append(Column(head=Phrase("取值说明").say(self.lang), width=WIDTHS["state"]))
        heads.append(Column(head=Phrase("出处").say(self.lang), width=WIDTHS["section"], slim=False))
        return tuple(heads)

    def cells(self) -> list[tuple[str, ...]]:
        return [self._row(answer) for answer in self.answers]

    def _row(self, answer: Resolution) -> tuple[str, ...]:
        name = answer.region.name
        if answer is self.whole:
            name = Phrase(WHOLE.text, {"region": name}).say(self.lang)
        cells = [name, value_label(answer) if answer.status == "own" else NOTHING]
        if self.other:
            cells.append(self._tier_cell(self._resolve(answer, self.shown.indicator.id, self.other)))
        if self.annual:
            found = self._resolve(answer, ANNUAL, self.shown.view.tier)
            cells.append(value_label(found) if found.status == "own" else NOTHING)
        if self.worded:
            cells.append(self._state(answer))
        return (*cells, self._section(answer))

    @staticmethod
    def _tier_cell(answer: Resolution) -> str:
        """Print the goal of the other tier; ``/`` is the document's own word for none."""
        if answer.status == "own":
            return value_label(answer)
        return answer.target.value_text if answer.status == "none" and answer.target is not None else NOTHING

    def _state(self, answer: Resolution) -> str:
        if answer.status == "own":
            return STATUS_WORDS["own"].say(self.lang)
        if answer.status == "parent" and answer.from_region is not None and answer.target is not None:
            values = {"region": answer.from_region.name, "value": target_label(answer.target)}
            return Phrase("{region}目标 {value}，未分解到本级", values).say(self.lang)
        return legend.STATES[answer.status][0].say(self.lang)

    def _section(self, answer: Resolution) -> str:
        if answer.plan is None:
            return NOTHING
        if len(self.shown.plans) < 2:
            return answer.section
        return f"{answer.plan.short_title.get(self.lang)} {answer.section}"

    def _other_tier(self) -> Tier | None:
        other: Tier = "incentive" if self.shown.view.tier == "basic" else "basic"
        if other not in self.shown.tiers:
            return None
        found = (self._resolve(answer, self.shown.indicator.id, other) for answer in self.answers)
        return other if any(answer.status == "own" for answer in found) else None

    def _annual(self) -> bool:
        if self.shown.indicator.id != CUT:
            return False
        found = (self._resolve(answer, ANNUAL, self.shown.view.tier) for answer in self.answers)
        return any(answer.status == "own" for answer in found)

    def _resolve(self, answer: Resolution, indicator: str, tier: Tier) -> Resolution:
        return self._resolver.resolve(answer.region.adcode, indicator, self.shown.view.year, tier)
