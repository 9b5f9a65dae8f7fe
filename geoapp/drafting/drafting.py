"""A document becomes a draft: its facts, its rows with their evidence, proposals, what stays open."""

from collections.abc import Iterable
from dataclasses import dataclass

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.drafting.language.outline import Outline, outline
from geoapp.drafting.language.places import Places
from geoapp.drafting.language.terms import TermBook
from geoapp.drafting.reading.document import Document
from geoapp.drafting.rows import Row
from geoapp.drafting.rules.context import Context, Proposal
from geoapp.drafting.rules.frontpage import FrontPage, read_front_page
from geoapp.drafting.rules.parks import park_rows
from geoapp.drafting.rules.project_tables import project_table_rows
from geoapp.drafting.rules.projects import project_rows
from geoapp.drafting.rules.prose import prose_rows
from geoapp.drafting.rules.settle import settle
from geoapp.drafting.rules.tables import table_rows
from geoapp.drafting.rules.worded import worded_rows
from geoapp.ingest.schemas import PlaceRow
from geoapp.model.region import Adcode


@dataclass(frozen=True, slots=True)
class Draft:
    """What the rules made of a document."""

    document: Document
    page: FrontPage
    outline: Outline
    rows: tuple[Row, ...]
    proposals: tuple[Proposal, ...]


def draft(
    document: Document, gazetteer: Gazetteer, book: TermBook, region: str = "", points: Iterable[PlaceRow] = ()
) -> Draft:
    """Draft a document; ``region`` is the six-digit code where the title does not say it.

    Raises:
        NoRegion: the document's region cannot be told and none was given.
    """
    page = read_front_page(document, gazetteer, region)
    places = Places(gazetteer, Adcode(page.region))
    known = {p.name: gazetteer.regions[Adcode(p.adcode)].name for p in points if places.holds(Adcode(p.adcode))}
    context = Context(document, page, places, book, outline(document), points=known)
    named = [*park_rows(context), *project_rows(context), *project_table_rows(context)]
    context.names = [(row.start, row.end) for row in named]
    rows = settle(context, [*named, *prose_rows(context), *worded_rows(context), *table_rows(context)])
    used = {row.fields.get("indicator") for row in rows}
    proposals = tuple(p for p in context.proposals.values() if p.id in used)
    return Draft(document, page, context.outline, tuple(rows), proposals)
