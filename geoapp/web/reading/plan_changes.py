"""``/compare/plans?a=…&b=…``: what changed between two plans of a region; ``.json``, ``.xlsx`` and ``.docx`` too."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from geoapp.files.changes.document import changes_docx
from geoapp.files.changes.workbook import changes_xlsx
from geoapp.web.http.context import atlas, language
from geoapp.web.http.params import Reader, read_params
from geoapp.web.http.responses import download_reply, json_reply, reply
from geoapp.web.reading.pages import LANGUAGE

bp = Blueprint("plan_changes", __name__)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/compare/plans")
def page() -> Response:
    """The comparison; without two plans what there is to compare."""
    pages = atlas().faces(language()).pages
    pairs = pages.comparable_plans(language())
    asked = request.args.get("a"), request.args.get("b")
    changes = pages.plan_changes(asked[0], asked[1], language()) if asked[0] and asked[1] else None
    return reply(
        render_template("plan_changes.html", page=changes, pairs=pairs, knows=("a", "b")).encode(), "text/html"
    )


@bp.get("/compare/plans.json")
def as_json() -> Response:
    """The same for programs."""
    return json_reply(_asked())


@bp.get("/compare/plans.xlsx")
def as_workbook() -> Response:
    """The same as a workbook."""
    found = _asked()
    return download_reply(changes_xlsx(found, language()), SHEET, f"{found['title']}.xlsx", _plain(found, "xlsx"))


@bp.get("/compare/plans.docx")
def as_document() -> Response:
    """The same as a Word table."""
    found = _asked()
    return download_reply(changes_docx(found, language()), WORD, f"{found['title']}.docx", _plain(found, "docx"))


def _asked() -> dict[str, Any]:
    readers: dict[str, Reader] = {"a": str, "b": str, **LANGUAGE}
    asked = read_params(request.args, readers, required=("a", "b"))
    found: dict[str, Any] = atlas().faces(language()).pages.plan_changes(asked["a"], asked["b"], language())
    return found


def _plain(found: dict[str, Any], suffix: str) -> str:
    return f"geoapp-{found['a']['id']}-{found['b']['id']}.{suffix}"
