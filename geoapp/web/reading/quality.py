"""The state of the data: rows read, joined and placed; contradictions; coverage; editions."""

from flask import Blueprint, Response, render_template, request

from geoapp.web.http.context import atlas, language
from geoapp.web.http.params import read_params
from geoapp.web.http.responses import json_reply, reply
from geoapp.web.reading.pages import FOLDS, LANGUAGE, folded_by, table_reply

bp = Blueprint("quality", __name__)


@bp.get("/quality.json")
def quality_json() -> Response:
    """The page's data, for programs."""
    read_params(request.args, LANGUAGE)
    return json_reply(atlas().faces(language()).pages.quality(language()))


@bp.get("/quality")
def quality_page() -> Response:
    """The page."""
    found = atlas().faces(language()).pages.quality(language(), folded_by(request.args))
    page = render_template("quality.html", page=found, knows=FOLDS, has_table=True)
    return reply(page.encode(), "text/html")


@bp.get("/quality.csv")
def quality_csv() -> Response:
    """The plans and their rows as a table."""
    return _table("csv")


@bp.get("/quality.xlsx")
def quality_xlsx() -> Response:
    """The same as a workbook."""
    return _table("xlsx")


def _table(suffix: str) -> Response:
    read_params(request.args, LANGUAGE)
    return table_reply("quality", atlas().faces(language()).pages.quality(language()), suffix)
