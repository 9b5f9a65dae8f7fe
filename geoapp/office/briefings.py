"""Briefings: a request in, the bytes of a Word document, of slides or of a PDF out. The same in, the same out."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from geoapp.analysis.query import ViewReader
from geoapp.analysis.resolved_view import ViewResolver
from geoapp.errors import InvalidView, Issue
from geoapp.model.phrase import Phrase
from geoapp.office.assemble import Assembler
from geoapp.office.maps import Imprint, Maps
from geoapp.office.own_templates.deck import open_deck
from geoapp.office.own_templates.document import fitted
from geoapp.office.own_templates.files import Kind, Templates
from geoapp.office.pdf_book import write_pdf
from geoapp.office.request import TABLES, BriefingRequest, Pairs, read_briefing, read_file
from geoapp.office.slides.presentation import write_pptx
from geoapp.office.word.document import write_docx
from geoapp.office.word.dress import DRESSES
from geoapp.portrayal.cards import Cards
from geoapp.sheets.snapshot import Snapshots, drawing_version

OFFICE_TYPE = "application/vnd.openxmlformats-officedocument."
MIMETYPES = {
    "docx": OFFICE_TYPE + "wordprocessingml.document",
    "pptx": OFFICE_TYPE + "presentationml.presentation",
    "pdf": "application/pdf",
}
REFUSED = '\\/:*?"<>|'
LONGEST_NAME = 80


class Briefings:
    """Writes the briefings of one build."""

    def __init__(
        self, reader: ViewReader, view_resolver: ViewResolver, cards: Cards, snapshots: Snapshots, built: str
    ) -> None:
        """Write for one build, made on the day ``built`` (YYYY-MM-DD)."""
        self._reader, self._view_resolver, self._snapshots = reader, view_resolver, snapshots
        self._assembler = Assembler(cards.dataset, cards, view_resolver, built)

    def read(self, pairs: Pairs) -> BriefingRequest:
        """Read a briefing from a query string, strictly (see :func:`read_briefing`)."""
        return read_briefing(self._reader, pairs)

    def read_file(self, path: Path) -> BriefingRequest:
        """Read a briefing from a TOML file, strictly (see :func:`read_file`)."""
        return read_file(self._reader, path)

    def write(self, request: BriefingRequest, suffix: str, imprint: Imprint) -> bytes:
        """Return the briefing as ``docx``, ``pptx`` or ``pdf``; the last has its maps only, each on a sheet.

        Raises:
            InvalidView: a view has no room for its legend on a page, or something is asked for that the format lacks.
            FontMissing: the typeface of the maps is not installed.
            UnusableTemplate: the operator's own template lacks what the briefing needs.
        """
        _assert_writable(request, suffix)
        template = imprint.templates.find(request.style) if suffix == "docx" else None
        look = fitted(DRESSES[request.style], template) if template else DRESSES[request.style]
        briefing = self._assembler.briefing(request, imprint, look)
        imprint = replace(imprint, maker=briefing.author)
        if suffix == "pdf":
            return write_pdf(briefing, self._snapshots, imprint)
        maps = Maps(self._snapshots.snapshot, imprint, request.date)
        if suffix == "docx":
            return write_docx(briefing, maps, look, template)
        return write_pptx(briefing, maps, imprint.templates.find("slides"))

    def name(self, request: BriefingRequest) -> str:
        """Return a file name that says what is inside, without characters that systems refuse."""
        first, lang = request.parts[0], request.lang
        title = request.title or first.title or self._view_resolver.show(first.view).title.say(lang)
        kind = Phrase("图册") if request.book else Phrase("简报")
        kept = (each if each not in REFUSED and unicodedata.category(each)[0] != "C" else "_" for each in title)
        return f"{''.join(kept).strip('. ')[:LONGEST_NAME]}_{kind.say(lang)}"


def assert_usable(templates: Templates, kind: Kind) -> str:
    """Return the file name of the template of a kind, empty where there is none.

    Raises:
        UnusableTemplate: it lacks what a briefing needs.
    """
    template = templates.find(kind)
    if template is None:
        return ""
    if kind == "slides":
        open_deck(template)
    else:
        fitted(DRESSES[kind], template)
    return template.name


def _assert_writable(request: BriefingRequest, suffix: str) -> None:
    """Refuse what only another format can say; nothing that is asked for is left out in silence."""
    issues = []
    if suffix != "docx" and request.style == "official":
        issues.append(Issue("style", "official papers (GB/T 9704) are written in Word", "use /view.docx"))
    if suffix == "pdf" and request.tables != TABLES:
        issues.append(Issue("tables", "a PDF of several sheets has maps only", "use /view.docx, or leave it out"))
    if issues:
        raise InvalidView(issues)


def briefing_key(request: BriefingRequest, imprint: Imprint, states: Iterable[str]) -> str:
    """Return the name a briefing is kept under: the hash of everything that its bytes depend on.

    Args:
        states: of the atlas, for each of the views.
    """
    printed = (imprint.maker, imprint.review_no, imprint.base, imprint.templates.state, *imprint.documents.values())
    parts = "\x1d".join((request.key, *printed, *states, drawing_version()))
    return hashlib.sha256(parts.encode()).hexdigest()[:32]
