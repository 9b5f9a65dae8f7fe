"""The targets of a view as a table; printed columns first, computed ones marked as such."""

from collections.abc import Sequence

from geoapp.analysis.resolution.labels import value_label
from geoapp.analysis.resolution.resolve import Resolution, Resolver
from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.model.phrase import Phrase
from geoapp.model.region import Level
from geoapp.model.vocabulary import SILENT, Tier
from geoapp.office.citations import Citations
from geoapp.office.content import NOTHING, Column, Table
from geoapp.portrayal.cards import TIER_WORDS, ZONAL_WORDS, state_words
from geoapp.portrayal.progress import HEADS
from geoapp.portrayal.progress import cells as progress_cells
from geoapp.portrayal.view_content import status_words

ANNUAL = "d_annual"
CUT = "ei_gdp_cut"
MOST_ROWS = 160
MOST_EMPTY = 30
"""Beyond this many regions without any goal, a table that has others counts them instead of listing them."""
COMPUTED = Phrase("标“系统推算”的一列由图集按 1−(1−累计降幅)^(1/年数) 计算，不是文件所印。")
LEVELS = {Level.PROVINCE: Phrase("省级地区"), Level.PREFECTURE: Phrase("地级地区"), Level.COUNTY: Phrase("县级地区")}
WHOLE_TABLE = Phrase("本视图的 Excel 文件")
"""What the note of a shortened table names, and leads to where the atlas has an address."""
ORDER = {"own": 0, "parent": 1, "not_published": 2, "none": 3, "not_collected": 4}


def ranked(areas: Sequence[Area]) -> list[Area]:
    """Return areas as a table tells them: own goals largest first, then what is lent, withheld, missing."""

    def key(area: Area) -> tuple[int, float, str]:
        number = area.resolution.number
        return ORDER[area.resolution.status], -(number if number is not None else -1e18), area.region.adcode

    return sorted(areas, key=key)


def targets_table(resolved: ResolvedView, resolver: Resolver, citations: Citations) -> Table | None:
    """Return one row a region; None where there is none to tell of."""
    areas, left_out = _kept(ranked(resolved.areas))
    rows = _Rows(resolved, resolver, areas, citations)
    if resolved.view.fill == "none" or (not areas and rows.whole is None):
        return None
    notes = [COMPUTED.say(rows.lang)] if rows.annual else []
    if left_out:
        rest = Phrase("另有{count}个地区未列入本表，全表见{file}。", {"count": left_out, "file": WHOLE_TABLE})
        notes.append(rest.say(rows.lang))
    table = Table(
        caption=_caption(resolved),
        columns=rows.columns(),
        rows=tuple(rows.cells()),
        strong=int(rows.whole is not None),
        note=("" if rows.lang == "zh" else " ").join(notes),
    )
    return table.told()


def _kept(areas: Sequence[Area]) -> tuple[list[Area], int]:
    """Leave out the regions without any goal where they are many, then whatever no table can hold.

    Where no region has a goal they are the table: it then says so of each, in words.
    """
    empty = sum(area.resolution.status in SILENT for area in areas)
    all_told = empty <= MOST_EMPTY or empty == len(areas)
    kept = [area for area in areas if all_told or area.resolution.status not in SILENT][:MOST_ROWS]
    return kept, len(areas) - len(kept)


def _caption(resolved: ResolvedView) -> str:
    values = {"level": LEVELS[resolved.view.level], "indicator": resolved.indicator.title.get(resolved.view.lang)}
    return Phrase("各{level}{indicator}", values).say(resolved.view.lang)


OWN = Phrase("使用者自己的数据")


class _Rows:
    """The columns of one table: which are worth printing is known from its rows."""

    def __init__(self, resolved: ResolvedView, resolver: Resolver, areas: Sequence[Area], citations: Citations) -> None:
        self.resolved, self.lang, self._resolver, self._citations = resolved, resolved.view.lang, resolver, citations
        self.whole = resolved.own if resolved.own.status == "own" and len(resolved.areas) > 1 else None
        self.answers = [*([self.whole] if self.whole else []), *(area.resolution for area in areas)]
        self.other = self._other_tier()
        self.annual = self._annual()
        self.measured = {area.region.adcode: area for area in (*areas, resolved.whole) if area.progress}
        self.worded = any(answer.status != "own" or answer.each for answer in self.answers)

    def columns(self) -> tuple[Column, ...]:
        unset = self.resolved.indicator.goalless or (self.resolved.indicator.derived and not self.other)
        numbers = [Phrase("数值") if unset else TIER_WORDS[self.resolved.view.tier]]
        numbers += [TIER_WORDS[self.other]] if self.other else []
        numbers += [Phrase("年均（系统推算）")] if self.annual else []
        if self.resolved.view.measure != "target":
            numbers = list(HEADS)
        return (
            Column(head=Phrase("地区").say(self.lang)),
            *(Column(head=head.say(self.lang), align="right") for head in numbers),
            Column(head=Phrase("文件原值").say(self.lang)),
            *((Column(head=Phrase("取值说明").say(self.lang)),) if self.worded else ()),
            Column(head=Phrase("出处").say(self.lang)),
        )

    def cells(self) -> list[tuple[str, ...]]:
        return [self._row(answer) for answer in self.answers]

    def _row(self, answer: Resolution) -> tuple[str, ...]:
        name, own = answer.region.name, answer.status == "own"
        if answer is self.whole:
            name = Phrase("{region}（全域）", {"region": name}).say(self.lang)
        cells = [name, (value_label(answer) if own else "") or NOTHING]
        if self.resolved.view.measure != "target":
            return self._measured(cells, answer)
        if self.other:
            cells.append(self._tier_cell(self._resolve(answer, self.resolved.indicator.id, self.other)))
        if self.annual:
            found = self._resolve(answer, ANNUAL, self.resolved.view.tier)
            cells.append(value_label(found) if found.status == "own" else NOTHING)
        cells.append(_printed(answer))
        if self.worded:
            cells.append(self._state(answer))
        record = answer.target.id if answer.target is not None else ""
        return (*cells, self._citations.cite(answer.plan.id if answer.plan else None, answer.section, record))

    def _measured(self, cells: list[str], answer: Resolution) -> tuple[str, ...]:
        """Return a row of target, achieved, gap and status, with the documents of the goal and of the result."""
        area = self.measured.get(answer.region.adcode)
        plan = answer.plan.id if answer.plan else None
        cited = [self._citations.cite(plan, answer.section)]
        progress = area.progress if area else None
        if progress is None:
            cells += [NOTHING, NOTHING, NOTHING]
        else:
            cells = [cells[0], *progress_cells(progress, answer.indicator.unit, self.lang)]
            cited += [
                self._citations.cite(each.plan, each.section) if each.plan else OWN.say(self.lang)
                for each in progress.results
            ]
        cells.append(_printed(answer))
        if self.worded:
            cells.append(self._state(answer))
        return (*cells, "；".join(dict.fromkeys(filter(None, cited))))

    @staticmethod
    def _tier_cell(answer: Resolution) -> str:
        """Print the goal of the other tier; ``/`` is the document's own word for none."""
        if answer.status == "own":
            return value_label(answer)
        return answer.target.value_text if answer.status == "none" and answer.target is not None else NOTHING

    def _state(self, answer: Resolution) -> str:
        """Say what the value is; a lent one is named as its owner's."""
        if answer.status == "own":
            return (ZONAL_WORDS["own"] if answer.indicator.derived else state_words(answer)).say(self.lang)
        return status_words(Area(region=answer.region, resolution=answer, label="", rank=None), self.lang)

    def _other_tier(self) -> Tier | None:
        other: Tier = "incentive" if self.resolved.view.tier == "basic" else "basic"
        if other not in self.resolved.tiers or self.resolved.view.measure != "target":
            return None
        found = (self._resolve(answer, self.resolved.indicator.id, other) for answer in self.answers)
        return other if any(answer.status == "own" for answer in found) else None

    def _annual(self) -> bool:
        if self.resolved.indicator.id != CUT or self.resolved.view.measure != "target":
            return False
        found = (self._resolve(answer, ANNUAL, self.resolved.view.tier) for answer in self.answers)
        return any(answer.status == "own" for answer in found)

    def _resolve(self, answer: Resolution, indicator: str, tier: Tier) -> Resolution:
        return self._resolver.shown(answer.region.adcode, indicator, self.resolved.view.year, tier)


def _printed(answer: Resolution) -> str:
    """Return a region's own value as its document prints it; what the atlas computes is not printed."""
    if answer.status != "own" or answer.target is None or answer.plan is None or answer.indicator.derived:
        return NOTHING
    return answer.target.value_text
