"""Findings in words, each computed from the data of the view."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from geoapp.analysis.derived import CAVEAT
from geoapp.analysis.resolution.labels import bare_label, target_label
from geoapp.analysis.resolution.resolve import EACH_WORDS, SUMS, Resolution, Resolver
from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.model.phrase import Phrase, in_a_row
from geoapp.model.vocabulary import STATUSES
from geoapp.office.named import listed, named
from geoapp.office.progress.told import progress_told
from geoapp.office.published.tables import vector_findings
from geoapp.portrayal.cards import Cards

MOST_DOUBTS = 3
EMPTY = Phrase("本视图没有可显示的地区。")
RANGES = {
    "cut": Phrase("{count}个地区有本级目标：降幅最大的是{top}（{high}），最小的是{bottom}（{low}）。"),
    "less": Phrase("{count}个地区有本级目标：削减最多的是{top}（{high}），最少的是{bottom}（{low}）。"),
    "amount": Phrase("{count}个地区有本级目标：最大的是{top}（{high}），最小的是{bottom}（{low}）。"),
    "level": Phrase("{count}个地区有本级目标：最高的是{top}（{high}），最低的是{bottom}（{low}）。"),
}
AGAINST = {
    "cut": Phrase("降幅比{region}目标大的有{above}个（{names}），比它小的有{below}个。"),
    "level": Phrase("高于{region}目标的有{above}个（{names}），低于的有{below}个。"),
}
STATES = {
    "own": Phrase("有本级目标的{count}个"),
    "parent": Phrase("只有上级目标的{count}个"),
    "not_published": Phrase("附件未公开的{count}个"),
    "none": Phrase("未设目标的{count}个"),
    "not_collected": Phrase("未收录规划文件的{count}个"),
}


def findings(resolved: ResolvedView, cards: Cards) -> tuple[str, ...]:
    """Return what a view shows, sentence by sentence: the whole, the range, what is missing, the points."""
    lang, origin = resolved.view.lang, resolved.indicator.origin
    caveat = [origin.caveat.get(lang)] if origin else [CAVEAT.title.get(lang)] if resolved.indicator.derived else []
    phrases = [*told(resolved, cards.resolver), *named(resolved, cards), *vector_findings(resolved)]
    return (*caveat, *(phrase.say(lang) for phrase in phrases), *doubts(resolved, cards))


def told(resolved: ResolvedView, resolver: Resolver) -> list[Phrase]:
    """Return what is to be said of a view's areas."""
    if resolved.view.fill == "none":
        return []
    if not resolved.areas:
        return [EMPTY]
    if resolved.indicator.goalless or resolved.indicator.derived:
        return list(_unset(resolved))
    if resolved.view.measure != "target":
        return list(progress_told(resolved))
    teller = _Teller(resolved, resolver)
    values = (teller.whole, teller.each, teller.range, teller.against_whole, teller.incentive)
    return [phrase for way in (*values, teller.states, teller.missing) for phrase in way()]


def _unset(resolved: ResolvedView) -> Iterator[Phrase]:
    """Say the range of numbers that no plan sets: nothing of them is a target."""
    if resolved.own.target is not None and len(resolved.areas) > 1:
        yield Phrase(
            "{region}：{value}。", {"region": resolved.own.region.name, "value": target_label(resolved.own.target)}
        )
    ranked = _ranked(resolved.areas)
    if len(ranked) > 1 and ranked[0].bare_label == ranked[-1].bare_label:
        alike = {"count": len(ranked), "names": _alike(ranked, ranked[0]), "value": ranked[0].bare_label}
        yield Phrase("{count}个地区有数值：{names}都是{value}。", alike)
    elif len(ranked) > 1:
        first, last = ranked[0], ranked[-1]
        yield Phrase(
            "{count}个地区有数值：最高的是{top}（{high}），最低的是{bottom}（{low}）。",
            {"count": len(ranked), **_ends(ranked, first, last)},
        )
    missing = [area.region.name for area in resolved.areas if area.resolution.status == "none"]
    if missing and resolved.indicator.derived:
        yield Phrase("{names}：文件没有可供计算的数值。", {"names": listed(missing)})
    elif missing and resolved.indicator.compared:
        yield Phrase("{names}：两者不都有本级数值，不作比较。", {"names": listed(missing)})
    elif missing:
        yield Phrase("{names}没有数据（不是0）。", {"names": listed(missing)})
    yield from _not_collected(resolved)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells of the areas of one view."""

    resolved: ResolvedView
    resolver: Resolver

    def whole(self) -> Iterator[Phrase]:
        """Say the goal of the region as a whole."""
        answer = self.resolved.own
        if answer.target is not None and answer.status == "own":
            values = {"region": answer.region.name, "value": target_label(answer.target), "section": answer.section}
            yield Phrase("{region}目标为 {value}（{section}）。", values)

    def each(self) -> Iterator[Phrase]:
        """Say that a document sets a goal for each region of a level, not for all of them together."""
        found = {(a.resolution.each, a.resolution.section): a.resolution for a in self.resolved.areas}
        for (level, section), answer in found.items():
            if level is not None and answer.target is not None:
                values = {"each": EACH_WORDS[level], "value": target_label(answer.target), "section": section}
                yield Phrase("文件{each}：{value}（{section}）。", values)

    def range(self) -> Iterator[Phrase]:
        """Say the largest and the smallest goal; only where all are of one unit."""
        ranked = _ranked(self.resolved.areas)
        if not ranked:
            return
        first, last, count = ranked[0], ranked[-1], len(ranked)
        if count == 1:
            if first.region.adcode != self.resolved.own.region.adcode:
                yield Phrase("仅{region}有本级目标：{value}。", {"region": first.region.name, "value": first.label})
        elif unlike := _unlike(self.resolved.areas):
            yield Phrase("{count}个地区有本级目标，单位不同，不作比较。", {"count": count + unlike})
        elif first.bare_label == last.bare_label:
            yield Phrase("{count}个地区的本级目标相同，都是 {value}。", {"count": count, "value": first.bare_label})
        else:
            yield replace(RANGES[self._kind()], values={"count": count, **_ends(ranked, first, last)})
            if _number(last) == 0:
                yield Phrase("目标为 0 是文件所定，不是缺数。")

    def _kind(self) -> str:
        sums = self.resolved.indicator.kind in SUMS
        if self.resolved.indicator.is_cut:
            return "less" if sums else "cut"
        return "amount" if sums else "level"

    def against_whole(self) -> Iterator[Phrase]:
        """Count the regions that must do more, or less, than the region as a whole; rates only."""
        whole, ranked, indicator = self.resolved.own, _ranked(self.resolved.areas), self.resolved.indicator
        if whole.status != "own" or whole.number is None or len(ranked) < 2 or indicator.kind in SUMS:
            return
        above = [area.name for area in ranked if _number(area) > whole.number]
        below = sum(_number(area) < whole.number for area in ranked)
        if above and below:
            values = {"region": whole.region.name, "above": len(above), "names": listed(above), "below": below}
            yield replace(AGAINST["cut" if indicator.is_cut else "level"], values=values)

    def incentive(self) -> Iterator[Phrase]:
        """Say the range of the other, stricter tier where the documents set one."""
        view = self.resolved.view
        if view.tier != "basic" or "incentive" not in self.resolved.tiers:
            return
        codes = [area.region.adcode for area in self.resolved.areas]
        answers = [self.resolver.resolve(code, view.indicator, view.year, "incentive") for code in codes]
        found = [(a.number, bare_label(a.target)) for a in answers if a.status == "own" and a.target is not None]
        numbers = sorted(((n, label) for n, label in found if n is not None), key=lambda pair: pair[0])
        refused = [a.region.name for a in answers if a.status == "none" and a.target is not None]
        if len(numbers) > 1:
            ends = {"count": len(numbers), "low": numbers[0][1], "high": numbers[-1][1]}
            yield Phrase("另有激励目标：{count}个地区，从 {low} 到 {high}。", ends)
        if refused:
            yield Phrase("{names}的激励目标文件印“/”，即不设。", {"names": listed(refused)})

    def states(self) -> Iterator[Phrase]:
        """Count the areas of each state, where there is more than one."""
        counts = self.resolved.counts
        if len(counts) > 1:
            parts = [replace(STATES[each], values={"count": counts[each]}) for each in STATUSES if each in counts]
            yield Phrase("{count}个地区中：{parts}。", {"count": len(self.resolved.areas), "parts": in_a_row(parts)})

    def missing(self) -> Iterator[Phrase]:
        """Say which regions have no published goal of their own, and why, state by state."""
        for answer, names in _grouped(self.resolved.areas, "parent"):
            above = answer.from_region.name if answer.from_region else ""
            value = target_label(answer.target) if answer.target else ""
            values = {"names": listed(names), "above": above, "value": value}
            if answer.lent_by_part:
                yield Phrase("未收录{names}的本级目标：{above}目标 {value}，其文件只收录了一部分。", values)
            elif self.resolved.view.raster:  # then areas are outlined only
                yield Phrase("{names}没有公布本级目标：{above}目标 {value} 未分解到本级。", values)
            else:
                yield Phrase("{names}没有公布本级目标：{above}目标 {value} 未分解到本级，图上以斜线表示。", values)
        for answer, names in _grouped(self.resolved.areas, "not_published"):
            annex = {"names": listed(names), "section": answer.section, "title": _annex(answer)}
            yield Phrase("{names}的目标未公布：列于{section}{title}，该附件不公开，不作推算。", annex)
        none = [area.region.name for area in self.resolved.areas if area.resolution.status == "none"]
        if len(none) > 1 and len(none) == len(self.resolved.areas):
            yield Phrase("这{count}个地区，所收文件都未设此目标。", {"count": len(none)})
        elif none:
            yield Phrase("{names}：所收文件未设此目标。", {"names": listed(none)})
        yield from _not_collected(self.resolved)


def _not_collected(resolved: ResolvedView) -> Iterator[Phrase]:
    """Say of which regions the atlas has no document: nothing can be said of their goals."""
    names = [area.region.name for area in resolved.areas if area.resolution.status == "not_collected"]
    if names and resolved.indicator.reported:
        yield Phrase("{names}：图集未收录这一年的统计值（不是0）。", {"names": listed(names)})
        return
    if len(names) > 1 and len(names) == len(resolved.areas):
        yield Phrase("图集未收录这{count}个地区的规划文件，有无目标不得而知。", {"count": len(names)})
    elif names:
        yield Phrase("{names}：图集未收录规划文件，有无目标不得而知。", {"names": listed(names)})


def _ranked(areas: Iterable[Area]) -> list[Area]:
    """Return the areas with a number of their own, largest first; equal ones in order of code."""
    own = [area for area in areas if area.resolution.status == "own" and area.resolution.number is not None]
    return sorted(own, key=lambda area: (-_number(area), area.region.adcode))


def _unlike(areas: Iterable[Area]) -> int:
    """Count the areas whose own value is printed in a unit that measures something else."""
    return sum(area.resolution.unlike for area in areas if area.resolution.status == "own")


def _number(area: Area) -> float:
    number = area.resolution.number
    assert number is not None  # only areas that _ranked returned are asked
    return number


def _ends(ranked: Sequence[Area], first: Area, last: Area) -> dict[str, object]:
    """Return the regions at both ends, each with the part its value is for, and the values they share."""
    high, low = first.bare_label, last.bare_label
    return {"top": _alike(ranked, first), "high": high, "bottom": _alike(ranked, last), "low": low}


def _alike(ranked: Sequence[Area], like: Area) -> object:
    return listed([area.name for area in ranked if _number(area) == _number(like)], 4)


def _grouped(areas: Iterable[Area], status: str) -> list[tuple[Resolution, list[str]]]:
    """Return the areas of a state by the goal or the annex they share."""
    groups: dict[object, tuple[Resolution, list[str]]] = {}
    for area in areas:
        answer = area.resolution
        if answer.status == status:
            key = (answer.target.id if answer.target else answer.plan and answer.plan.id, answer.section)
            groups.setdefault(key, (answer, []))[1].append(area.region.name)
    return list(groups.values())


def _annex(answer: Resolution) -> str:
    annexes = answer.plan.unpublished if answer.plan else ()
    return next((f"《{annex.title}》" for annex in annexes if annex.section == answer.section), "")


def doubts(resolved: ResolvedView, cards: Cards) -> list[str]:
    """Return the contradictions of the documents that touch a goal of this view."""
    lang = resolved.view.lang
    found: dict[str, None] = {}
    for answer in (resolved.own, *(area.resolution for area in resolved.areas)):
        if answer.target is not None and answer.status == "own":
            for each in cards.findings(answer.target.id, lang):
                if each["severity"] == "contradiction":
                    found[each["text"]] = None
    words = [Phrase("文件自身不一致：{text}", {"text": text}).say(lang) for text in list(found)[:MOST_DOUBTS]]
    if len(found) > MOST_DOUBTS:
        words.append(Phrase("另有{count}处不一致，见数据质量页。", {"count": len(found) - MOST_DOUBTS}).say(lang))
    return words
