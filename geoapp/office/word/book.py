"""A map book: after the prefecture, a page for each of its counties."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from geoapp.analysis.derived import TITLES as DERIVED
from geoapp.analysis.derived import distinct
from geoapp.analysis.resolved_view import Area, ResolvedView, ViewResolver
from geoapp.model.phrase import Phrase, sense
from geoapp.model.region import Level
from geoapp.model.view import View
from geoapp.office import fit
from geoapp.office.citations import Citations
from geoapp.office.content import NOTHING, Chapter, Column, Table, cited
from geoapp.office.findings import doubts
from geoapp.office.named import named
from geoapp.office.points import capacity
from geoapp.office.word.styles import TEXT_HEIGHT, TEXT_STYLES, TEXT_WIDTH
from geoapp.portrayal.alt_text import alt_text
from geoapp.portrayal.cards import Cards
from geoapp.portrayal.style import MARKS, bracketed

Json = dict[str, Any]
MAP_HEIGHTS = (96.0, 86.0, 76.0, 68.0, 60.0, 54.0)
"""Millimetres, the wanted one first."""
SLACK, BULLET = 6.0, 7.0
"""Millimetres: what Word and our metrics may differ by on a page, and how far a list is set in."""
CAPTION = fit.paragraph("", TEXT_STYLES["Caption"], TEXT_WIDTH)
NOTE = fit.paragraph("", TEXT_STYLES["Table Note"], TEXT_WIDTH)


def county_pages(
    whole: ResolvedView, view_resolver: ViewResolver, cards: Cards, citations: Citations
) -> Iterator[Chapter]:
    """Return a page for each county of the view's prefecture, in order of code."""
    counties = replace(whole.view, level=Level.COUNTY, bbox=None, sel="")
    sisters = whole if counties == whole.view else view_resolver.show(counties)
    for area in sisters.areas:
        yield _page(area, sisters, view_resolver, cards, citations)


def _page(
    area: Area, sisters: ResolvedView, view_resolver: ViewResolver, cards: Cards, citations: Citations
) -> Chapter:
    county, lang = area.region, sisters.view.lang
    resolved = view_resolver.show(replace(sisters.view, region=county.adcode))
    card = cards.region(county, resolved.view)
    phrases = [*_headline(card), *_rank(area, sisters), *named(resolved, cards)]
    points = _points(resolved, cards, citations)
    chapter = Chapter(
        resolved=resolved,
        title=county.name,
        subtitle=MARKS[lang][1].join((resolved.title.say(lang), resolved.subtitle.say(lang))),
        cited=cited(resolved),
        alt=alt_text(resolved),
        findings=(*(phrase.say(lang) for phrase in phrases), *doubts(resolved, cards)),
        targets=_targets(card, resolved.view, citations),
        lists=(points,) if points else (),
    )
    return _fitted(chapter, sum(_stays(each, resolved.view) for each in _goals(card)))


def _fitted(chapter: Chapter, least: int) -> Chapter:
    """Make a page of a chapter: the largest map beside which all that is the county's own has room.

    What a county only shares with its prefecture is shortened. Where even the smallest map leaves
    too little room, the page runs over: the first ``least`` rows of the goals are never cut.
    """
    room = TEXT_HEIGHT - SLACK - fit.paragraph(chapter.title, TEXT_STYLES["Heading 1"], TEXT_WIDTH)
    room -= fit.paragraph(chapter.subtitle, TEXT_STYLES["Subtitle"], TEXT_WIDTH)
    room -= sum(fit.paragraph(each, TEXT_STYLES["Small Bullet"], TEXT_WIDTH - BULLET) for each in chapter.findings)
    room -= CAPTION * (1 + len(chapter.tables)) + sum(sum(fit.row_heights(each)) for each in chapter.lists)
    targets = chapter.targets
    needed = sum(fit.row_heights(fit.spread(targets.part(0, least)))) + NOTE if targets else 0.0
    page = next((height for height in MAP_HEIGHTS if room - height >= needed), MAP_HEIGHTS[-1])
    if targets is not None:
        path = f"/regions/{chapter.resolved.region.adcode}"
        kept = fit.shortened(targets, room - page - NOTE, least, lambda n: _rest(n, path).say(chapter.lang))
        targets = fit.spread(kept)
    return replace(chapter, page=page, targets=targets)


def _rest(count: int, path: str) -> Phrase:
    return Phrase("另有{count}项为上级目标，未分解到本县，见图集网页 {path}。", {"count": count, "path": path})


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
            yield Phrase("没有本级目标：{above}{tier} {value} 未分解到本级（{section}）。", above)
        elif answer["tier"] == "incentive" and answer["value_text"] is None:
            continue  # only some plans know this tier
        elif answer["status"] == "not_published":
            yield Phrase("{tier}未公布：列于{section}，该附件不公开，不作推算。", values)
        elif answer["value_text"] is not None:
            yield Phrase("{tier}：{section}印“/”，即不设。", values)
        else:
            yield Phrase("文件未设{tier}。", values)


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
    return fit.spread(Table(caption=Phrase("适用的目标").say(lang), columns=columns, rows=tuple(rows)))


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
    for project in (group[0] for group in distinct(resolved.projects)):
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
    return fit.spread(
        Table(caption=Phrase("园区与项目").say(lang), columns=columns, rows=tuple(rows)).told(), fit.ON_PAPER
    )
