"""The rows of a list of works as a file: those of the page, in its order, with everything a file of a view says."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from geoapp.analysis.query import BELOW
from geoapp.analysis.resolved_view import ViewResolver
from geoapp.analysis.works.question import Group, WorksQuestion
from geoapp.files.content import Content, Note, collect
from geoapp.files.options import FileOptions
from geoapp.files.zonal_columns import ZonalTable
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.view import Lang, PointLayer, View
from geoapp.portrayal.cards import Cards

LAYERS: Mapping[str, PointLayer] = {"work": "projects", "action": "actions"}


def listed(
    groups: Sequence[Group],
    question: WorksQuestion,
    resolver: ViewResolver,
    dataset: Dataset,
    cards: Cards,
    *,
    address: str,
    lang: Lang,
) -> Content:
    """Return what a file of a list holds: one row for each region an undertaking stands in.

    Args:
        address: of the list, for the note that leads back to it.
    """
    layer = LAYERS[question.nature]
    rows = tuple(row for group in groups for row in group)
    view = View(
        region=question.region,
        year=None,
        level=BELOW[cards.gazetteer[question.region].level],
        fill="none",
        layers=(layer,),
        lang=lang,
    )
    shown = resolver.show(view)
    used = {row.plan for row in rows}
    shown = replace(
        shown,
        areas=(),
        projects=rows if layer == "projects" else (),
        actions=rows if layer == "actions" else (),
        plans=tuple(plan for plan in dataset.plans if plan.id in used),
    )
    content = collect(
        shown, dataset, cards, None, ZonalTable(columns=(), rows={}, sources=()), FileOptions(geometry="point")
    )
    return replace(content, notes=tuple(_led_back(note, address, lang) for note in content.notes))


def _led_back(note: Note, address: str, lang: str) -> Note:
    """Let the note of the view name the list, which knows words and an order that no view has."""
    return Note(key="list", label=Phrase("名单").say(lang), text=address) if note.key == "view" else note
