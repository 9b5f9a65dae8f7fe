"""A map book: after the prefecture, a page for each of its counties."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from geoapp.analysis.shown import Shower, Shown, format_number
from geoapp.model.phrase import Phrase, sense
from geoapp.model.region import Level, Region
from geoapp.render.cards import Cards
from geoapp.render.office.content import Chapter, Column, Table
from geoapp.render.office.findings import alt_text
from geoapp.render.office.tables import NOTHING
from geoapp.render.scene.style import bracketed

Json = dict[str, Any]
ROWS = 19
"""Table rows that one page holds beside the map and the findings."""
MOST_POINTS = 9


def county_pages(shown: Shown, shower: Shower, cards: Cards) -> Iterator[Chapter]:
    """Return a page for each county of the view's prefecture, in order of code."""
    for county in shower.gazetteer.at_level(shown.region.adcode, Level.COUNTY):
        yield _page(county, shown, shower, cards)


def _page(county: Region, whole: Shown, shower: Shower, cards: Cards) -> Chapter:
    view = replace(whole.view, region=county.adcode, level=Level.COUNTY, sel="", bbox=None)
    shown = shower.show(view)
    card = cards.region(county, view)
    points = _points(card, view.lang)
    room = ROWS - (min(len(points.rows), MOST_POINTS) + 2 if points else 0)
    lists = (points.part(0, MOST_POINTS),) if points and len(points.rows) <= MOST_POINTS else ()
    if points and not lists:
        lists = (_shortened(points, MOST_POINTS, view.lang),)
    return Chapter(
        shown=shown,
        title=county.name,
        subtitle=shown.title.say(view.lang) + _tail(shown, view.lang),
        alt=alt_text(shown),
        findings=tuple(phrase.say(view.lang) for phrase in _findings(county, whole, card)),
        targets=_targets(card, room, view.lang),
        lists=lists,
        page=True,
    )


def _tail(shown: Shown, lang: str) -> str:
    return ("；" if lang == "zh" else "; ") + shown.subtitle.say(lang)


def _findings(county: Region, whole: Shown, card: Json) -> Iterator[Phrase]:
    """Say what the county must reach, its rank among its sisters, and what is named there."""
    for answer in card["headline"]:
        values = {"tier": answer["tier_words"], "value": answer["label"], "section": answer["section"]}
        if answer["status"] == "own":
            yield Phrase("{tier} {value}（{section}）。", values)
        elif answer["status"] == "parent":
            above = {**values, "above": answer["from_name"]}
            yield Phrase("没有本级目标：{above}{tier} {value} 未分解到本级（{section}）。", above)
        elif answer["status"] == "not_published":
            yield Phrase("{tier}列于{section}，该附件未公开，不作推算。", values)
        else:
            yield Phrase("文件未设{tier}。", values)
    numbers = sorted(
        (a.resolution.target.value, a.region.adcode)
        for a in whole.areas
        if a.resolution.status == "own" and a.resolution.target and a.resolution.target.value is not None
    )
    mine = next((value for value, code in numbers if code == county.adcode), None)
    if mine is not None and len(numbers) > 1:
        rank = 1 + sum(value > mine for value, _ in numbers)
        same = sum(value == mine for value, _ in numbers) > 1
        place = {"region": whole.region.name, "count": len(numbers), "rank": rank}
        if same:
            yield Phrase("在{region}有目标的{count}个地区中，由高到低列第{rank}（并列）。", place)
        else:
            yield Phrase("在{region}有目标的{count}个地区中，由高到低列第{rank}。", place)
    named = {"parks": len(card["parks"]), "projects": len(card["projects"])}
    if any(named.values()):
        yield Phrase("文件点名的园区{parks}个、项目{projects}个。", named)
    else:
        yield Phrase("文件没有点名这里的园区或项目。")


def _targets(card: Json, room: int, lang: str) -> Table | None:
    """Return the county's own goals, then what applies from above, as far as the page has room."""
    rows = [_row(each, STATED["own"].say(lang), lang) for each in card["targets"]]
    for answer in card["inherited"]:
        if answer["status"] == "parent":
            whose = Phrase("{region}，未分解", {"region": answer["from_name"]}).say(lang)
        else:
            whose = STATED[answer["status"]].say(lang)
        rows.append(_row(answer, whose, lang))
    if not rows:
        return None
    note = ""
    if len(rows) > room:
        rest = Phrase(
            "另有{count}项目标，见图集中{region}的页面。", {"count": len(rows) - room, "region": card["name"]}
        )
        note = rest.say(lang)
    columns = (
        Column(head=Phrase("指标").say(lang), width=36),
        Column(head=sense("one", "目标").say(lang), width=19, align="right"),
        Column(head=Phrase("目标年").say(lang), width=10, align="center"),
        Column(head=Phrase("谁的目标").say(lang), width=21),
        Column(head=Phrase("出处").say(lang), width=14, slim=False),
    )
    return Table(caption=Phrase("适用的目标").say(lang), columns=columns, rows=tuple(rows[:room]), note=note)


STATED = {"own": Phrase("本级"), "not_published": Phrase("附件不公开")}


def _row(goal: Json, whose: str, lang: str) -> tuple[str, ...]:
    tier = bracketed(goal["tier_words"], lang) if goal.get("tier") == "incentive" else ""
    value = goal["label"] or NOTHING
    return (f"{goal['indicator_name']}{tier}", value, str(goal["target_year"]), whose, goal["section"] or NOTHING)


def _points(card: Json, lang: str) -> Table | None:
    rows = [
        (
            each["name"],
            ("、" if lang == "zh" else ", ").join(each["programme_words"]),
            NOTHING,
            NOTHING,
            each["section"],
        )
        for each in card["parks"]
    ]
    rows += [
        (each["name"], each["type_words"], _size(each), each["status_words"], each["section"])
        for each in card["projects"]
    ]
    if not rows:
        return None
    columns = (
        Column(head=Phrase("名称").say(lang), width=36),
        Column(head=Phrase("类别").say(lang), width=25),
        Column(head=Phrase("规模").say(lang), width=14, align="right"),
        Column(head=Phrase("状态").say(lang), width=11),
        Column(head=Phrase("出处").say(lang), width=14, slim=False),
    )
    return Table(caption=Phrase("园区与项目").say(lang), columns=columns, rows=tuple(rows))


def _size(project: Json) -> str:
    if project["capacity"] is None:
        return NOTHING
    return f"{format_number(project['capacity'])} {project['capacity_unit']}".strip()


def _shortened(table: Table, most: int, lang: str) -> Table:
    rest = Phrase("另有{count}项，见前文全表。", {"count": len(table.rows) - most}).say(lang)
    return replace(table, rows=table.rows[:most], note=rest)
