"""The front door at ``/``, the help page, and the navigation bar that every page has."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for

from geoapp.model.phrase import Phrase, sense
from geoapp.model.view import VIEW_PARAMETERS
from geoapp.web.http.context import atlas, language
from geoapp.web.http.params import read_params
from geoapp.web.http.responses import json_reply, reply
from geoapp.web.reading.pages import LANGUAGE, link

bp = Blueprint("front", __name__)
SECTIONS = (
    ("explorer.explorer", Phrase("地图")),
    ("pages.plans", Phrase("规划文件")),
    ("pages.indicators", sense("many", "指标")),
    ("pages.parks", Phrase("园区")),
    ("works.page", Phrase("项目")),
    ("pages.regions", sense("many", "地区")),
    ("quality.quality_page", Phrase("数据质量")),
    ("table.page", Phrase("自己的数据")),
    ("front.guide", Phrase("帮助")),
)
"""Endpoint and words of each entry of the bar; one that is not offered here is left out."""


def is_front(names: Iterable[str], page_only: Iterable[str]) -> bool:
    """Say whether a query asks for no view: only then ``/`` is the front door."""
    return not (set(names) & {*VIEW_PARAMETERS, *page_only} - {"lang"})


def front_page() -> Response:
    """Return the front door."""
    pages = atlas().faces(language()).pages
    page = render_template("front.html", page=pages.front(language()), drawing=pages.coverage)
    return reply(page.encode(), "text/html")


@bp.get("/help")
def guide() -> Response:
    """What the states, precisions and tiers mean, and how to cite: one screen."""
    page = render_template("guide.html", page=atlas().faces(language()).pages.guide(language()))
    return reply(page.encode(), "text/html")


@bp.get("/help.json")
def guide_json() -> Response:
    """The same for programs."""
    read_params(request.args, LANGUAGE)
    return json_reply(atlas().faces(language()).pages.guide(language()))


@bp.app_context_processor
def _navigation() -> dict[str, Any]:
    """Offer templates the entries of the bar."""
    return {"sections": sections}


def sections() -> list[dict[str, Any]]:
    """Return the entries of the navigation bar that exist here, and which of them this page belongs to."""
    here = request.path
    found = []
    for endpoint, words in SECTIONS:
        if endpoint in current_app.view_functions:
            path = url_for(endpoint).removeprefix(request.script_root)
            current = "page" if here == path else "true" if path != "/" and here.startswith(f"{path}/") else ""
            found.append({"url": link(path), "words": words.say(language()), "current": current})
    return found
