"""Briefings of one or several views: ``/view.docx`` and ``/view.pptx``."""

from flask import Blueprint, Response, current_app, request

from geoapp.office.briefings import MIMETYPES, briefing_key
from geoapp.office.maps import Imprint
from geoapp.web.exports.pictures import EXTENSION as PICTURES
from geoapp.web.http.context import atlas
from geoapp.web.http.picture_cache import PictureCache
from geoapp.web.http.responses import download_reply

bp = Blueprint("briefings", __name__)


@bp.get("/view.docx")
def as_docx() -> Response:
    """The view, several of them or a map book as a Word document."""
    return _briefing("docx")


@bp.get("/view.pptx")
def as_pptx() -> Response:
    """The same as slides."""
    return _briefing("pptx")


def _briefing(suffix: str) -> Response:
    """Answer with a file to keep; it waits in the queue of the pictures, as its maps are drawn there."""
    here, settings = atlas(), current_app.extensions["geoapp-settings"]
    asked = here.briefings.read(list(request.args.items(multi=True)))
    imprint = Imprint(maker=settings.maker, review_no=settings.review_no)
    key = briefing_key(asked, imprint, [here.state(part.view) for part in asked.parts])
    cache: PictureCache = current_app.extensions[PICTURES]
    body = cache.get(key, suffix, lambda: here.briefing(asked, suffix, imprint))
    name = f"{here.briefings_in(asked.lang).name(asked)}.{suffix}"
    return download_reply(body, MIMETYPES[suffix], name, f"geoapp-{asked.parts[0].view.region}-briefing.{suffix}")
