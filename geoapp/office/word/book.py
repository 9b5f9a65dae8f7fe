"""A map book: after the view itself, a page for each of its regions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geoapp.analysis.derived import TITLES as DERIVED
from geoapp.analysis.query import BELOW
from geoapp.analysis.resolved_view import Area, ResolvedView, ViewResolver
from geoapp.analysis.undertakings import distinct
from geoapp.analysis.value_scale import ValueScale
from geoapp.model.phrase import Phrase, sense
from geoapp.model.region import Level, Region
from geoapp.model.view import View
from geoapp.office import fit
from geoapp.office.address import QR_SIDE, Ways
from geoapp.office.citations import Citations
from geoapp.office.content import NOTHING, Chapter, Column, Table, cited
from geoapp.office.findings import doubts
from geoapp.office.named import named
from geoapp.office.points import capacity
from geoapp.office.word.dress import TEXT_WIDTH, Dress
from geoapp.portrayal.alt_text import alt_text
from geoapp.portrayal.cards import Cards
from geoapp.portrayal.style import MARKS, bracketed

Json = dict[str, Any]
LARGE = (156.0, 146.0, 136.0, 126.0, 116.0, 106.0)
USUAL = (96.0, 86.0, 76.0, 68.0, 60.0, 54.0)
MAP_HEIGHTS = (*LARGE, *USUAL)
"""Millimetres. A page that can say everything has the largest map there is room for; on others the map gives way."""
CLOSE = 1.3
"""What is this much too high by the widest metrics has room in most faces, with the smallest map."""
SLACK, BULLET = 6.0, 7.0
"""Millimetres: what Word and our metrics may differ by on a page, and how far a list is set in."""
WITHOUT = {
    "not_published": Phrase("{tier}未公布：列于{section}，该附件不公开，不作推算。"),
    "none": Phrase("文件未设{tier}。"),
    "not_collected": Phrase("图集未收录规划文件，有无{tier}不得而知。"),
}
"""Why a region has no figure, not even that of the division above."""


def levels_of(regions: Sequence[Region], whole: View) -> list[View]:
    """Return the views in which the regions of a book stand among their sisters, and those their own maps show.

    There is one for each level; every page of the book is drawn on their scale.
    """
    levels = dict.fromkeys(_level(region, whole) for region in regions)
    levels |= dict.fromkeys(BELOW[region.level] for region in regions)
    return [replace(whole, level=level, bbox=None, sel="") for level in levels]


def pages(
    regions: Sequence[Region], whole: View, levels: Sequence[ResolvedView], maker: "PageMaker"
) -> Iterator[Chapter]:
    """Return a page for each region of a book, in its order.

    Args:
        whole: the book's own view.
        levels: what the views of :func:`levels_of` show.
    """
    among = {each.view.level: each for each in levels}
    for region in regions:
        sisters, inside = among[_level(region, whole)], among[BELOW[region.level]]
        area = next(each for each in sisters.areas if each.region.adcode == region.adcode)
        yield maker.page(area, sisters, inside.scale)


def _level(region: Region, whole: View) -> Level:
    """Return the level on which a region is shown: that of the book's own view, where it has a place there."""
    return whole.level if whole.level in region.levels else region.level


@dataclass(frozen=True, slots=True)
class PageMaker:
    """Makes the pages of one book."""

    view_resolver: ViewResolver
    cards: Cards
    citations: Citations
    look: Dress
    ways: Ways

    def page(self, area: Area, sisters: ResolvedView, scale: ValueScale | None) -> Chapter:
        """Return the page of one region among its sisters, its map drawn on a scale it shares with the others."""
        region, lang = area.region, sisters.view.lang
        inside = replace(sisters.view, region=region.adcode, level=BELOW[region.level])
        resolved = self.view_resolver.show(inside, scale)
        card = self.cards.region(region, resolved.view)
        phrases = [*_headline(card), *_rank(area, sisters), *named(resolved, self.cards)]
        points = _points(resolved, self.cards, self.citations)
        way, links = self.ways.line(resolved.view, region)
        chapter = Chapter(
            resolved=resolved,
            title=region.name,
            subtitle=MARKS[lang][1].join((resolved.title.say(lang), resolved.subtitle.say(lang))),
            cited=cited(resolved),
            alt=alt_text(resolved),
            findings=(*(phrase.say(lang) for phrase in phrases), *doubts(resolved, self.cards)),
            targets=_targets(card, resolved.view, self.citations),
            lists=(fit.spread(points, fit.on_paper(self.look)),) if points else (),
            way=way,
            links=links,
            address=self.ways.address(resolved.view, region),
            qr=self.ways.code(resolved.view, region),
        )
        return self._fitted(chapter, sum(_stays(each, resolved.view) for each in _goals(card)))

    def _fitted(self, chapter: Chapter, least: int) -> Chapter:
        """Make a page of a chapter: the largest map beside which everything has room.

        Where that is none, what the region only shares with the division above is shortened, and the map takes what
        the region's own leaves. The first ``least`` rows of the goals are never cut: where they and the smallest map
        are too much for a page, it runs over.
        """
        setting, targets = fit.on_paper(self.look), chapter.targets
        room = self._room(chapter)
        if targets is None:
            page = next((height for height in MAP_HEIGHTS if room >= height), USUAL[0])
            return replace(chapter, page=page)
        own = sum(fit.row_heights(fit.spread(targets.part(0, least), setting), setting))
        note = self._height("", "Table Note")
        whole = sum(fit.row_heights(fit.spread(targets, setting), setting))
        fitting = [height for height in LARGE if room - height >= whole]
        fitting += [height for height in USUAL if room - height >= own + note]
        page = fitting[0] if fitting else USUAL[-1] if room * CLOSE >= own + USUAL[-1] else USUAL[0]
        link = self.ways.link(f"/regions/{chapter.resolved.region.adcode}")
        kept = fit.shortened(
            targets, room - page - note, least, lambda n: _rest(n, link.words).say(chapter.lang), setting
        )
        links = (link,) if kept.note and link.url else ()
        return replace(chapter, page=page, targets=replace(fit.spread(kept, setting), links=links))

    def _room(self, chapter: Chapter) -> float:
        """Return what a page has left for the map and the goals, millimetres."""
        room = self.look.height - SLACK - self._height(chapter.title, "Heading 1")
        room -= self._height(chapter.subtitle, "Subtitle")
        room -= sum(self._height(each, "Small Bullet", TEXT_WIDTH - BULLET) for each in chapter.findings)
        room -= self._height("", "Caption") * (1 + len(chapter.tables))
        room -= sum(sum(fit.row_heights(each, fit.on_paper(self.look))) for each in chapter.lists)
        if chapter.qr:
            return room - QR_SIDE
        return room - (self._height(chapter.way, "Table Note") if chapter.way else 0.0)

    def _height(self, text: str, style: str, width: float = TEXT_WIDTH) -> float:
        return fit.paragraph(text, self.look.texts[style], width)


def _rest(count: int, path: str) -> Phrase:
    return Phrase("另有{count}项为上级目标，未分解到本级，见图集网页 {path}。", {"count": count, "path": path})


def _headline(card: Json) -> Iterator[Phrase]:
    """Say what the county must reach, tier by tier, or why no figure of its own is there."""
    for answer in card["headline"]:
        values = {"tier": answer["tier_words"], "value": answer["label"], "section": answer["section"]}
        if answer["origin"] or answer["indicator"] in DERIVED:
            yield Phrase(
                "{region}：{value}。", {"region": card["name"], "value": answer["label"] or answer["status_words"]}
            )
        elif answer["status"] == "own":
            yield Phrase("{tier} {value}（{section}）。", values)
        elif answer["status"] == "parent":
            above = {**values, "above": answer["from_name"]}
            if answer["extent"] == "part":
                yield Phrase("未收录本级目标：{above}{tier} {value}，其文件只收录了一部分（{section}）。", above)
                continue
            yield Phrase("没有本级目标：{above}{tier} {value} 未分解到本级（{section}）。", above)
        elif answer["tier"] == "incentive" and answer["value_text"] is None:
            continue  # only some plans know this tier
        elif answer["status"] == "none" and answer["value_text"] is not None:
            yield Phrase("{tier}：{section}印“/”，即不设。", values)
        else:
            yield replace(WITHOUT[answer["status"]], values=values)


def _rank(area: Area, sisters: ResolvedView) -> Iterator[Phrase]:
    """Say the county's place among its sisters, where their goals are numbers on one scale."""
    if sisters.indicator.origin is not None or sisters.indicator.derived:
        return
    numbers = [a.resolution.number for a in sisters.areas if a.resolution.status == "own"]
    known = [number for number in numbers if number is not None]
    mine = area.resolution.number if area.resolution.status == "own" else None
    if mine is None or len(known) < 2:
        return
    rank = 1 + sum(number > mine for number in known)
    place = {"region": sisters.region.name, "count": len(known), "rank": rank}
    if known.count(mine) > 1:
        yield Phrase("在{region}有目标的{count}个地区中，由高到低列第{rank}（并列）。", place)
    else:
        yield Phrase("在{region}有目标的{count}个地区中，由高到低列第{rank}。", place)


def _goals(card: Json) -> list[Json]:
    """Return what the county must reach by its own goals, and by those of others that hold for it."""
    return [*card["targets"], *card["inherited"]]


def _stays(goal: Json, view: View) -> bool:
    """Say whether a goal is the one the map shows, the county's own, or kept from it."""
    return _resolved(goal, view) or goal.get("status", "own") != "parent"


def _resolved(goal: Json, view: View) -> bool:
    return (goal["indicator"], goal["target_year"]) == (view.indicator, view.year)


def _targets(card: Json, view: View, citations: Citations) -> Table | None:
    """Return a row for each goal: the one the map shows first, then what is the county's own, then the rest."""
    lang = view.lang
    goals = sorted(_goals(card), key=lambda each: (not _resolved(each, view), not _stays(each, view)))
    rows = [_row(goal, lang, citations) for goal in goals]
    columns = (
        Column(head=Phrase("指标").say(lang)),
        Column(head=sense("one", "目标").say(lang), align="right"),
        Column(head=Phrase("目标年").say(lang), align="center"),
        Column(head=Phrase("谁的目标").say(lang)),
        Column(head=Phrase("出处").say(lang)),
    )
    if not rows:
        return None
    return Table(caption=Phrase("适用的目标").say(lang), columns=columns, rows=tuple(rows))


def _row(goal: Json, lang: str, citations: Citations) -> tuple[str, ...]:
    whose = {
        "parent": Phrase("{region}，未分解", {"region": goal.get("from_name")}),
        "not_published": Phrase("附件不公开"),
    }.get(goal.get("status", "own"), Phrase("本级"))
    tier = bracketed(goal["tier_words"], lang) if goal.get("tier") == "incentive" else ""
    name, value = f"{goal['indicator_name']}{tier}", goal["label"] or NOTHING
    where = citations.cite(goal["plan"], goal["section"])
    return (name, value, str(goal["target_year"] or NOTHING), whose.say(lang), where)


def _points(resolved: ResolvedView, cards: Cards, citations: Citations) -> Table | None:
    """Return the county's parks and projects in one table."""
    lang = resolved.view.lang
    rows = []
    for park in (group[0] for group in distinct(resolved.parks)):
        programmes = MARKS[lang][0].join(cards.point(park, lang)["programme_words"])
        rows.append(
            (
                park.name,
                programmes or sense("one", "园区").say(lang),
                NOTHING,
                NOTHING,
                citations.cite(park.plan, park.section),
            )
        )
    for project in (group[0] for group in distinct((*resolved.projects, *resolved.actions))):
        words = cards.point(project, lang)
        where = citations.cite(project.plan, project.section)
        rows.append((project.name, words["type_words"], capacity(project), words["status_words"], where))
    columns = (
        Column(head=Phrase("名称").say(lang)),
        Column(head=Phrase("类别").say(lang)),
        Column(head=Phrase("规模").say(lang), align="right"),
        Column(head=Phrase("状态").say(lang)),
        Column(head=Phrase("出处").say(lang)),
    )
    if not rows:
        return None
    return Table(caption=Phrase("园区与项目").say(lang), columns=columns, rows=tuple(rows)).told()
