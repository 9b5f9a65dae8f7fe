"""The state of the data: rows read, joined and placed; contradictions; coverage; editions."""

from flask import Blueprint, Response, render_template, request

from geoapp.web.http.context import atlas, language
from geoapp.web.http.params import read_params
from geoapp.web.http.responses import json_reply, reply
from geoapp.web.reading.pages import LANGUAGE

bp = Blueprint("quality", __name__)


@bp.get("/quality.json")
def quality_json() -> Response:
    """The page's data, for programs."""
    read_params(request.args, LANGUAGE)
    return json_reply(atlas().quality(language()))


@bp.get("/quality")
def quality_page() -> Response:
    """The page."""
    page = render_template("quality.html", page=atlas().quality(language()))
    return reply(page.encode(), "text/html")
