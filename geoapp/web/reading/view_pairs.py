"""``/compare/views?<view>&compare=…``: two maps of one region as one table; ``.json``, ``.csv`` and ``.xlsx`` too."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from geoapp.errors import InvalidView, Issue
from geoapp.files.changes.pairs import pair_csv, pair_xlsx
from geoapp.model.view import VIEW_PARAMETERS
from geoapp.web.explorer import compared_view, is_comparison
from geoapp.web.http.context import atlas, language
from geoapp.web.http.responses import download_reply, json_reply, reply

bp = Blueprint("view_pairs", __name__)
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COMPARE = "compare"
EXAMPLE = "name the other map: compare=ei_gdp_cut.2015.basic"


@bp.get("/compare/views")
def page() -> Response:
    """The table, with what can be taken away."""
    found = _asked()
    query = request.query_string.decode("ascii", "replace")
    knows = (*VIEW_PARAMETERS, COMPARE)
    return reply(render_template("view_pair.html", page=found, query=query, knows=knows).encode(), "text/html")


@bp.get("/compare/views.json")
def as_json() -> Response:
    """The same for programs."""
    return json_reply(_asked())


@bp.get("/compare/views.csv")
def as_csv() -> Response:
    """The same as CSV."""
    found = _asked()
    return download_reply(
        pair_csv(found, language()), "text/csv; charset=utf-8", f"{found['title']}.csv", "geoapp-views.csv"
    )


@bp.get("/compare/views.xlsx")
def as_workbook() -> Response:
    """The same as a workbook."""
    found = _asked()
    return download_reply(pair_xlsx(found, language()), SHEET, f"{found['title']}.xlsx", "geoapp-views.xlsx")


def _asked() -> dict[str, Any]:
    """Read both views strictly.

    Raises:
        InvalidView: a view or the comparison is unusable, or the other map is of another region, which has other rows.
    """
    here = atlas()
    view = here.view(request.args.items(multi=True), extra=(COMPARE,))
    compare = request.args.get(COMPARE, "").removesuffix(".minus")
    if not is_comparison(compare, view):
        raise InvalidView([Issue(COMPARE, f"{compare[:60]!r} is not another view of this region", EXAMPLE)])
    other = compared_view(view, compare)
    if other.region != view.region:
        problem = "is of another region, which has other rows"
        raise InvalidView([Issue(COMPARE, problem, "leave the code out, or give two addresses to a briefing")])
    return here.view_pair(view, other)
