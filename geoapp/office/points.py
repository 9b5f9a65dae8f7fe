"""Parks and projects as table rows: one row a thing, though it be named for several regions."""

from collections import Counter
from collections.abc import Container, Sequence
from typing import TypeVar

from geoapp.analysis.resolution.labels import format_number
from geoapp.analysis.resolved_view import ResolvedView
from geoapp.analysis.undertakings import distinct, spread
from geoapp.model.phrase import Phrase, in_a_row
from geoapp.model.plan import Park, Project
from geoapp.model.view import POINT_LAYERS
from geoapp.office.citations import Citations
from geoapp.office.content import NOTHING, Column, Table
from geoapp.office.tables import WHOLE_TABLE
from geoapp.portrayal.cards import Cards
from geoapp.portrayal.style import MARKS, bracketed
from geoapp.portrayal.ui_texts import PRECISION_WORDS

Point = TypeVar("Point", Park, Project)
PROJECTS, ACTIONS = Phrase("文件点名的项目（{count}个）"), Phrase("文件提出的举措（{count}项）")
MOST_ROWS = 120


def point_tables(
    resolved: ResolvedView,
    cards: Cards,
    citations: Citations,
    kinds: Container[str] = POINT_LAYERS,
    most: int = MOST_ROWS,
) -> tuple[Table, ...]:
    """Return the tables of parks, of projects and of actions that are asked for; a kind without any has none."""
    tables = []
    if resolved.parks and "parks" in kinds:
        tables.append(_parks(resolved, cards, citations, most))
    if resolved.projects and "projects" in kinds:
        tables.append(_projects(PROJECTS, resolved.projects, resolved, cards, citations, most))
    if resolved.actions and "actions" in kinds:
        tables.append(_projects(ACTIONS, resolved.actions, resolved, cards, citations, most))
    return tuple(tables)


def _parks(resolved: ResolvedView, cards: Cards, citations: Citations, most: int) -> Table:
    lang, groups = resolved.view.lang, distinct(resolved.parks)
    rows = [
        (
            group[0].name,
            _joined(cards.point(group[0], lang)["programme_words"], lang) or NOTHING,
            _places(group, lang),
            citations.cite(group[0].plan, group[0].section, group[0].id),
        )
        for group in groups[:most]
    ]
    heads = (Phrase("名称"), Phrase("示范类别"), Phrase("所在"), Phrase("出处"))
    return Table(
        caption=Phrase("文件点名的园区（{count}个）", {"count": len(groups)}).say(lang),
        columns=tuple(Column(head=head.say(lang)) for head in heads),
        rows=tuple(rows),
        note=_note(groups, most, lang),
    )


def _projects(
    caption: Phrase,
    projects: Sequence[Project],
    resolved: ResolvedView,
    cards: Cards,
    citations: Citations,
    most: int,
) -> Table:
    lang, groups = resolved.view.lang, distinct(projects)
    rows = []
    for group in groups[:most]:
        words = cards.point(group[0], lang)
        place, size = _places(group, lang), _sizes(group, lang)
        where = citations.cite(group[0].plan, group[0].section, group[0].id)
        rows.append((group[0].name, words["type_words"], place, size, words["status_words"], where))
    columns = (
        Column(head=Phrase("名称").say(lang)),
        Column(head=Phrase("类型").say(lang)),
        Column(head=Phrase("所在").say(lang)),
        Column(head=Phrase("规模").say(lang), align="right"),
        Column(head=Phrase("状态").say(lang)),
        Column(head=Phrase("出处").say(lang)),
    )
    table = Table(
        caption=Phrase(caption.text, {"count": len(groups)}).say(lang),
        columns=columns,
        rows=tuple(rows),
        note=_note(groups, most, lang),
    )
    return table.told()


def capacity(project: Project) -> str:
    """Print a project's size with its unit; a dash where none is printed."""
    if project.capacity is None:
        return NOTHING
    return f"{format_number(project.capacity)} {project.capacity_unit}".strip()


def _places(group: Sequence[Point], lang: str) -> str:
    names, wide = _joined(list(dict.fromkeys(point.region_name for point in group)), lang), spread([group])
    return names + bracketed(wide.say(lang), lang) if wide else names


def _sizes(group: Sequence[Project], lang: str) -> str:
    return _joined([each for each in dict.fromkeys(map(capacity, group)) if each != NOTHING], lang) or NOTHING


def _joined(words: Sequence[str], lang: str) -> str:
    return MARKS[lang][0].join(words)


def _note(groups: Sequence[Sequence[Park] | Sequence[Project]], most: int, lang: str) -> str:
    """Say how exactly the places are known, and how many rows the table leaves out."""
    counted = Counter(str(group[0].precision) for group in groups)
    parts = [
        Phrase("{words} {count}", {"words": words, "count": counted[each]})
        for each, words in PRECISION_WORDS.items()
        if counted[each]
    ]
    notes = [Phrase("位置：{parts}。图上位置为示意，不得用于选址。", {"parts": in_a_row(parts)}).say(lang)]
    if len(groups) > most:
        rest = Phrase("另有{count}项未列入，全表见{file}。", {"count": len(groups) - most, "file": WHOLE_TABLE})
        notes.insert(0, rest.say(lang))
    return ("" if lang == "zh" else " ").join(notes)
