"""A plan's document as text, with the passage marked that a record is printed in.

Documents lie on the operator's disk, never in the repository: in the plan's folder as
``document.*``, or in ``GEOAPP_DOCUMENTS_DIR``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, current_app, g, render_template, request

from geoapp.drafting.language.terms import TermBook
from geoapp.drafting.passages import Read, Record, document_of, passage, read
from geoapp.drafting.reading.document import Block
from geoapp.drafting.vocabulary import read_terms
from geoapp.errors import NotFound
from geoapp.model.plan import Plan
from geoapp.web.http.addresses import absolute
from geoapp.web.http.context import atlas, language
from geoapp.web.http.responses import reply

bp = Blueprint("documents", __name__)
EXTENSION = "geoapp-documents"


@dataclass(frozen=True, slots=True)
class Documents:
    """Where the plans and their documents lie."""

    layers: Path
    folder: Path | None

    def of(self, plan: Plan) -> Path | None:
        """Return a plan's document, or None where this machine has none."""
        return document_of(plan, self.layers, self.folder)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; the marked one is what the record says."""

    text: str
    marked: bool = False


@bp.get("/plans/<identifier>/document")
def document(identifier: str) -> Response:
    """The document's text; ``record`` marks the passage of one record."""
    plan = next((each for each in atlas().dataset.plans if each.id == identifier), None)
    documents = _documents()
    path = documents.of(plan) if plan is not None else None
    if plan is None or path is None:
        message = f"the document of plan {identifier!r} is not on this server"
        raise NotFound(message, suggestion=f"/plans/{identifier}" if plan else "/plans", named="the plan")
    source = _read(path, path.stat().st_mtime_ns)
    record = _record(request.args.get("record", ""))
    place = passage(source, record, _terms(documents.layers)) if record is not None else None
    html = render_template(
        "document.html",
        plan=plan,
        title=plan.title.get(language()),
        record=record,
        found=place is not None,
        blocks=[_shown(source, block, place) for block in source.document.blocks],
    )
    return reply(html.encode(), "text/html")


def passage_of(citation_plan: str, record: str) -> str:
    """Return where a citation leads: the passage here, or the official address; nothing without either."""
    known: dict[str, str] = g.setdefault("documents", {})
    if citation_plan not in known:
        known[citation_plan] = _document_url(citation_plan)
    where = known[citation_plan]
    return f"{where}?record={record}#passage" if record and where.startswith("/") else where


def shown_documents() -> dict[str, str]:
    """Return where this server shows the text of a plan's document, by plan, as absolute addresses."""
    documents = _documents()
    plans = [plan for plan in atlas().dataset.plans if documents.of(plan) is not None]
    return {plan.id: absolute(f"/plans/{plan.id}/document") for plan in plans}


def _document_url(identifier: str) -> str:
    plan = next((each for each in atlas().dataset.plans if each.id == identifier), None)
    if plan is None:
        return ""
    return f"/plans/{plan.id}/document" if _documents().of(plan) is not None else plan.document_url


def _documents() -> Documents:
    found: Documents = current_app.extensions[EXTENSION]
    return found


def _record(identifier: str) -> Record | None:
    data = atlas().dataset
    groups: tuple[tuple[Record, ...], ...] = (data.targets, data.statistics, data.parks, data.projects)
    return next((each for group in groups for each in group if each.id == identifier), None) if identifier else None


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> Read:
    """Read a document once; ``changed`` is its time of change, so that a new file is read anew."""
    return read(path)


@lru_cache(maxsize=1)
def _terms(layers: Path) -> TermBook:
    return read_terms(layers)


def _shown(source: Read, block: Block, place: tuple[int, int] | None) -> dict[str, object]:
    rows = [[list(_pieces(c.text, c.start, place)) for c in row] for row in block.rows]
    return {
        "heading": block.number in source.outline.standing,
        "page": block.page,
        "rows": rows,
        "pieces": list(_pieces(block.text, block.start, place)) if not rows else [],
    }


def _pieces(text: str, start: int, place: tuple[int, int] | None) -> Iterator[Piece]:
    if place is None or not (start <= place[0] and place[1] <= start + len(text)):
        yield Piece(text)
        return
    first, last = place[0] - start, place[1] - start
    yield from (
        piece for piece in (Piece(text[:first]), Piece(text[first:last], marked=True), Piece(text[last:])) if piece.text
    )
