"""Pages with a map: the explorer and the bare map for iframes."""

import base64
import hashlib

from flask import Blueprint, Response, g, render_template, request

from geoapp.render.webmap import render_map
from geoapp.web.context import atlas
from geoapp.web.responses import reply

bp = Blueprint("explorer", __name__)
PAGE_ONLY = ("embed",)


@bp.get("/")
def explorer() -> Response:
    """The explorer: map, controls, legend, ranking, cards. Odd parameters are named, not refused."""
    return _page("explorer.html")


@bp.get("/view.html")
def bare_map() -> Response:
    """The bare interactive map of a view, for iframes."""
    return _page("view.html")


def _page(template: str) -> Response:
    here = atlas()
    view, ignored = here.view_leniently(request.args.items(multi=True), extra=PAGE_ONLY)
    shown = here.show(view)
    parts = render_map(shown)
    g.script_hash = base64.b64encode(hashlib.sha256(parts.script.encode()).digest()).decode()
    page = render_template(
        template,
        view=view,
        shown=shown,
        map=parts,
        boot=here.view_json(view),
        choices=here.choices(view),
        ignored=ignored,
        embed=request.args.get("embed") == "1",
    )
    return reply(page.encode(), "text/html")
