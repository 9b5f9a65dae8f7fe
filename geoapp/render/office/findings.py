"""Findings in words, each computed from the data of the view; the picture in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geoapp.analysis.resolve import SUMS, Resolution, Resolver
from geoapp.analysis.shown import Area, Shown, target_label, value_label
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Target
from geoapp.model.region import Level
from geoapp.render.cards import Cards
from geoapp.render.office.points import distinct

LONGEST_ALT = 300
MOST_NAMED = 6
MOST_DOUBTS = 3
TOO_COARSE = ("county", "prefecture", "province")


def listed(names: Sequence[str], lang: str, most: int = MOST_NAMED) -> str:
    """Return names in a row; beyond ``most`` the rest is counted, never dropped in silence."""
    shown = ("、" if lang == "zh" else ", ").join(names[:most])
    if len(names) <= most:
        return shown
    return Phrase("{names}等{count}个", {"names": shown, "count": len(names)}).say(lang)


def findings(shown: Shown, cards: Cards) -> tuple[str, ...]:
    """Return what a view shows, sentence by sentence: the whole, the range, what is missing, the points."""
    teller = _Teller(shown, cards.resolver)
    phrases = [
        *teller.whole(),
        *teller.range(),
        *teller.against_whole(),
        *teller.incentive(),
        *teller.missing(),
        *_points(shown, cards.dataset),
    ]
    return (*(phrase.say(shown.view.lang) for phrase in phrases), *_doubts(shown, cards))


def alt_text(shown: Shown) -> str:
    """Return the picture in at most 300 characters: title, top and bottom regions, states, source."""
    lang = shown.view.lang
    teller = _Teller(shown, None)
    parts = [
        Phrase("地图：{title}。", {"title": shown.title}).say(lang),
        *(phrase.say(lang) for phrase in (*teller.range(), *teller.missing())),
    ]
    if not shown.areas:
        parts.append(Phrase("本视图没有可显示的地区。").say(lang))
    sources = [
        Phrase("来源：{sources}。", {"sources": listed(names, lang, 3)}).say(lang)
        for names in ([_cited(plan.citation) for plan in shown.plans], [p.short_title.get(lang) for p in shown.plans])
        if names
    ]
    return _fitted(parts, sources, "" if lang == "zh" else " ")


def _cited(citation: str) -> str:
    return citation


def _fitted(parts: Sequence[str], sources: Sequence[str], space: str) -> str:
    """Keep whole sentences while they fit; the source stays, in its shorter form if need be."""
    tail = next((each for each in sources if len(parts[0]) + len(space) + len(each) <= LONGEST_ALT), "")
    text = parts[0]
    for part in parts[1:]:
        if len(text) + len(part) + len(tail) + 2 * len(space) <= LONGEST_ALT:
            text += space + part
    return (text + space + tail)[:LONGEST_ALT].strip()


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells of the areas of one view."""

    shown: Shown
    resolver: Resolver | None

    def whole(self) -> Iterator[Phrase]:
        answer = self.shown.own
        if answer.target is None or answer.status != "own":
            return
        values = {"region": answer.region.name, "value": target_label(answer.target), "section": answer.section}
        yield Phrase("{region}目标为 {value}（{section}）。", values)

    def range(self) -> Iterator[Phrase]:
        """Say the largest and the smallest goal; only where all are of one unit."""
        ranked = _ranked(self.shown.areas)
        if not ranked:
            return
        first, last = ranked[0], ranked[-1]
        lang = self.shown.view.lang
        count = len(ranked)
        if len(ranked) == 1:
            if first.region.adcode != self.shown.own.region.adcode:
                yield Phrase("仅{region}有本级目标：{value}。", {"region": first.region.name, "value": first.label})
            return
        if len({_unit(area) for area in ranked}) > 1:
            yield Phrase("{count}个地区有本级目标，单位不同，不作比较。", {"count": count})
            return
        if first.label == last.label:
            yield Phrase("{count}个地区的本级目标相同，都是 {value}。", {"count": count, "value": first.label})
            return
        values = {
            "count": count,
            "top": _named(ranked, first, lang),
            "high": first.label,
            "bottom": _named(ranked, last, lang),
            "low": last.label,
        }
        yield Phrase(_RANGES[_words_of(self.shown, ranked)].text, values)
        if last.resolution.target is not None and last.resolution.target.value == 0:
            yield Phrase("目标为 0 是文件所定，不是缺数。")

    def against_whole(self) -> Iterator[Phrase]:
        """Count the regions that must do more, or less, than the region as a whole; rates only."""
        whole = self.shown.own.target
        ranked = _ranked(self.shown.areas)
        if self.shown.own.status != "own" or whole is None or whole.value is None or len(ranked) < 2:
            return
        kind = self.shown.indicator.kind
        same = all(a.resolution.target and a.resolution.target.direction == whole.direction for a in ranked)
        if kind in SUMS or not same:
            return
        above = [area.region.name for area in ranked if (_number(area) or 0) > whole.value]
        below = [area for area in ranked if (_number(area) or 0) < whole.value]
        lang = self.shown.view.lang
        values = {
            "region": self.shown.own.region.name,
            "above": len(above),
            "names": listed(above, lang),
            "below": len(below),
        }
        if above and below:
            yield Phrase("高于{region}目标的有{above}个（{names}），低于的有{below}个。", values)

    def incentive(self) -> Iterator[Phrase]:
        view = self.shown.view
        if self.resolver is None or view.tier != "basic" or "incentive" not in self.shown.tiers:
            return
        answers = [
            self.resolver.resolve(area.region.adcode, view.indicator, view.year, "incentive")
            for area in self.shown.areas
        ]
        found = sorted((a for a in answers if a.status == "own"), key=lambda a: -(_value(a.target) or 0))
        refused = [a.region.name for a in answers if a.status == "none" and a.target is not None]
        if len(found) > 1:
            yield Phrase("另有激励目标：{count}个地区，从 {low} 到 {high}。", {
                "count": len(found), "low": value_label(found[-1]), "high": value_label(found[0]),
            })  # fmt: skip
        if refused:
            names = {"names": listed(refused, view.lang)}
            yield Phrase("{names}的激励目标文件印“/”，即不设。", names)

    def missing(self) -> Iterator[Phrase]:
        """Say which regions have no published goal of their own, and why, state by state."""
        lang = self.shown.view.lang
        for answer, names in _grouped(self.shown.areas, "parent"):
            assert answer.target is not None
            assert answer.from_region is not None
            values = {
                "names": listed(names, lang),
                "above": answer.from_region.name,
                "value": target_label(answer.target),
            }
            yield Phrase("{names}没有本级目标：{above}目标 {value} 未分解到本级，图上以斜线表示。", values)
        for answer, names in _grouped(self.shown.areas, "not_published"):
            annex = {"names": listed(names, lang), "section": answer.section, "title": _annex(answer)}
            yield Phrase("{names}的目标列于{section}{title}，该附件未公开，不作推算。", annex)
        none = [area.region.name for area in self.shown.areas if area.resolution.status == "none"]
        if none:
            yield Phrase("{names}：文件未设此目标。", {"names": listed(none, lang)})


_RANGES = {
    "cut": Phrase("{count}个地区有本级目标：降幅最大的是{top}（{high}），最小的是{bottom}（{low}）。"),
    "amount": Phrase("{count}个地区有本级目标：最大的是{top}（{high}），最小的是{bottom}（{low}）。"),
    "level": Phrase("{count}个地区有本级目标：最高的是{top}（{high}），最低的是{bottom}（{low}）。"),
}


def _words_of(shown: Shown, ranked: Sequence[Area]) -> str:
    if all(area.resolution.target and area.resolution.target.direction == "reduce" for area in ranked):
        return "cut"
    return "amount" if shown.indicator.kind in SUMS else "level"


def _ranked(areas: Iterable[Area]) -> list[Area]:
    """Return the areas with a number of their own, largest first; equal ones in order of code."""
    own = [area for area in areas if area.resolution.status == "own" and _number(area) is not None]
    return sorted(own, key=lambda area: -(_number(area) or 0))


def _number(area: Area) -> float | None:
    return _value(area.resolution.target)


def _value(target: Target | None) -> float | None:
    return target.value if target is not None else None


def _unit(area: Area) -> str:
    return area.resolution.target.unit if area.resolution.target else ""


def _named(ranked: Sequence[Area], like: Area, lang: str) -> str:
    return listed([area.region.name for area in ranked if _number(area) == _number(like)], lang, 4)


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


def _points(shown: Shown, dataset: Dataset) -> Iterator[Phrase]:
    lang = shown.view.lang
    parks, projects = distinct(shown.parks), distinct(shown.projects)
    if not parks and not projects:
        return
    yield Phrase("文件点名的园区{parks}个、项目{projects}个。", {"parks": len(parks), "projects": len(projects)})
    if projects:
        yield Phrase("项目最多的类型：{types}。", {"types": listed(_types(projects, dataset, lang), lang, 4)})
    coarse = sum(group[0].precision in TOO_COARSE for group in parks)
    coarse += sum(group[0].precision in TOO_COARSE for group in projects)
    if coarse:
        yield Phrase("其中{count}个文件只写到县市或更粗，图上是示意位置，不得用于选址。", {"count": coarse})


def _types(projects: Sequence[Sequence[object]], dataset: Dataset, lang: str) -> list[str]:
    titles: Mapping[str, str] = {t.id: t.title.get(lang) for t in dataset.terms if t.kind == "project_type"}
    counted = Counter(str(getattr(group[0], "type", "")) for group in projects)
    return [f"{titles.get(each, each)} {count}" for each, count in counted.most_common(4)]


def _doubts(shown: Shown, cards: Cards) -> list[str]:
    """Return the contradictions of the documents that touch a goal of this view."""
    lang = shown.view.lang
    answers = [shown.own, *(area.resolution for area in shown.areas)]
    found: dict[str, None] = {}
    for answer in answers:
        if answer.target is not None and answer.status == "own":
            for each in cards.findings(answer.target.id, lang):
                if each["severity"] == "contradiction":
                    found[each["text"]] = None
    words = [Phrase("文件自身不一致：{text}", {"text": text}).say(lang) for text in list(found)[:MOST_DOUBTS]]
    if len(found) > MOST_DOUBTS:
        words.append(Phrase("另有{count}处不一致，见数据质量页。", {"count": len(found) - MOST_DOUBTS}).say(lang))
    return words


def is_whole_missing(shown: Shown) -> bool:
    """Say whether the view's region is a county, which is its own only area."""
    return shown.region.level is Level.COUNTY
