"""Parks and projects as table rows: one row a thing, though it be named for several regions."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from geoapp.analysis.derived import ONCE
from geoapp.analysis.shown import Shown, format_number
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Project
from geoapp.render.cards import Cards
from geoapp.render.office.content import Column, Table
from geoapp.render.words import PRECISION_WORDS

Point = TypeVar("Point", Park, Project)
NAME, KIND, PLACE, SIZE = Phrase("名称"), Phrase("类型"), Phrase("所在"), Phrase("规模")
STATE, WHERE, PROGRAMMES = Phrase("状态"), Phrase("出处"), Phrase("示范类别")
PARKS = Phrase("文件点名的园区（{count}个）")
PROJECTS = Phrase("文件点名的项目（{count}个）")
PRECISION = Phrase("位置：{parts}。图上位置为示意，不得用于选址。")
REST = Phrase("另有{count}项，全表见本视图的 Excel 文件。")
MOST_ROWS = 120


def distinct(points: Sequence[Point]) -> list[list[Point]]:
    """Return points with the rows of one thing together: a project shared by regions stands once."""
    groups: dict[object, list[Point]] = {}
    for point in points:
        key = (point.plan, point.name) if ONCE in point.caveats else point.id
        groups.setdefault(key, []).append(point)
    return list(groups.values())


def point_tables(shown: Shown, cards: Cards, most: int = MOST_ROWS) -> tuple[Table, ...]:
    """Return the tables of parks and of projects; a kind without any has none."""
    tables = []
    if shown.parks:
        tables.append(_parks(shown, cards, most))
    if shown.projects:
        tables.append(_projects(shown, cards, most))
    return tuple(tables)


def _parks(shown: Shown, cards: Cards, most: int) -> Table:
    lang, groups = shown.view.lang, distinct(shown.parks)
    rows = []
    for group in groups[:most]:
        words = cards.point(group[0], lang)
        programmes = _joined(words["programme_words"], lang)
        rows.append((group[0].name, programmes, _places(group, lang), section(shown, group[0], lang)))
    columns = (
        Column(head=NAME.say(lang), width=34),
        Column(head=PROGRAMMES.say(lang), width=34),
        Column(head=PLACE.say(lang), width=16),
        Column(head=WHERE.say(lang), width=16, slim=False),
    )
    caption = PARKS.text
    return Table(
        caption=Phrase(caption, {"count": len(groups)}).say(lang),
        columns=columns,
        rows=tuple(rows),
        note=_note(groups, most, lang),
    )


def _projects(shown: Shown, cards: Cards, most: int) -> Table:
    lang, groups = shown.view.lang, distinct(shown.projects)
    rows = []
    for group in groups[:most]:
        words = cards.point(group[0], lang)
        rows.append((
            group[0].name, words["type_words"], _places(group, lang), _sizes(group, lang),
            words["status_words"], section(shown, group[0], lang),
        ))  # fmt: skip
    columns = (
        Column(head=NAME.say(lang), width=35),
        Column(head=KIND.say(lang), width=13),
        Column(head=PLACE.say(lang), width=16),
        Column(head=SIZE.say(lang), width=15, align="right"),
        Column(head=STATE.say(lang), width=9),
        Column(head=WHERE.say(lang), width=14, slim=False),
    )
    caption = PROJECTS.text
    return Table(
        caption=Phrase(caption, {"count": len(groups)}).say(lang),
        columns=columns,
        rows=tuple(rows),
        note=_note(groups, most, lang),
    )


def section(shown: Shown, record: Park | Project, lang: str) -> str:
    """Return where a record stands; with the document's short name where the view has several."""
    if len(shown.plans) < 2:
        return record.section
    plan = next(plan for plan in shown.plans if plan.id == record.plan)
    return f"{plan.short_title.get(lang)} {record.section}"


def _places(group: Sequence[Point], lang: str) -> str:
    return _joined(list(dict.fromkeys(point.region_name for point in group)), lang)


def _sizes(group: Sequence[Project], lang: str) -> str:
    sizes = dict.fromkeys(
        f"{format_number(each.capacity)} {each.capacity_unit}".strip() for each in group if each.capacity is not None
    )
    return _joined(list(sizes), lang) or "—"


def _joined(words: Sequence[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(words)


def _note(groups: Sequence[Sequence[Park] | Sequence[Project]], most: int, lang: str) -> str:
    counted = Counter(group[0].precision for group in groups)
    parts = [f"{words.say(lang)} {counted[each]}" for each, words in PRECISION_WORDS.items() if counted[each]]  # type: ignore[index]
    notes = [Phrase(PRECISION.text, {"parts": _joined(parts, lang)}).say(lang)]
    if len(groups) > most:
        notes.insert(0, Phrase(REST.text, {"count": len(groups) - most}).say(lang))
    return "".join(notes) if lang == "zh" else " ".join(notes)
