"""Briefings of one or several views: ``/view.docx``, ``/view.pptx``, and ``/view.pdf`` of more than one sheet."""

from flask import Blueprint, Response, current_app, request

from geoapp.atlas import Atlas
from geoapp.office.briefings import MIMETYPES, briefing_key
from geoapp.office.maps import Imprint
from geoapp.office.own_templates.files import Templates
from geoapp.web.exports.pictures import EXTENSION as PICTURES
from geoapp.web.exports.pictures import picture
from geoapp.web.http.addresses import absolute
from geoapp.web.http.context import atlas
from geoapp.web.http.heavy import heavy
from geoapp.web.http.picture_cache import PictureCache
from geoapp.web.http.responses import download_reply
from geoapp.web.reading.documents import shown_documents

bp = Blueprint("briefings", __name__)


@bp.get("/view.docx")
def as_docx() -> Response:
    """The view, several of them or a map book as a Word document."""
    return _briefing("docx")


@bp.get("/view.pptx")
def as_pptx() -> Response:
    """The same as slides."""
    return _briefing("pptx")


@bp.get("/view.pdf")
def as_pdf() -> Response:
    """The view as a PDF page, vector and searchable; several views or a map book with an index and bookmarks."""
    return _briefing("pdf") if {"views", "book"} & set(request.args) else picture("pdf")


def _briefing(suffix: str) -> Response:
    """Answer with a file to keep; it waits in the queue of the pictures, as its maps are drawn there."""
    here, settings = atlas(), current_app.extensions["geoapp-settings"]
    wanted = here.briefings.read(list(request.args.items(multi=True)))
    templates = Templates(settings.templates_office)
    imprint = Imprint(
        maker=settings.maker,
        review_no=settings.review_no,
        base=absolute(""),
        templates=templates,
        documents=shown_documents(),
    )
    key = briefing_key(wanted, imprint, [here.state(part.view) for part in wanted.parts])
    cache: PictureCache = current_app.extensions[PICTURES]
    theirs = any(part.view.own_data for part in wanted.parts)
    body = cache.get(key, suffix, lambda: heavy(Atlas.briefing, here, wanted, suffix, imprint), keep=not theirs)
    name = f"{here.briefings_in(wanted.lang).name(wanted)}.{suffix}"
    return download_reply(body, MIMETYPES[suffix], name, f"geoapp-{wanted.parts[0].view.region}-briefing.{suffix}")
