"""Pages to read: plans, indicators, parks, projects, regions. Each has a JSON twin of the same data."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, render_template, request

from geoapp.analysis.query import one_of
from geoapp.atlas import Atlas
from geoapp.files.plain_table import rows_csv, rows_xlsx
from geoapp.model.phrase import Phrase
from geoapp.pages.charts import Line, line, track
from geoapp.pages.many.fold import Asked
from geoapp.pages.many.tables import page_rows
from geoapp.web.http.addresses import at
from geoapp.web.http.context import atlas, language
from geoapp.web.http.params import read_params
from geoapp.web.http.responses import download_reply, json_reply, reply

bp = Blueprint("pages", __name__)
Json = dict[str, Any]
LANGUAGE = {"lang": lambda text: one_of(text, ["zh", "en"], "language")}


def link(path: str) -> str:
    """Return the address of a path of ours for this reader, in the language of this request."""
    path = at(path)
    if language() != "en":
        return path
    parts = urlsplit(path)
    query = f"{parts.query}&lang=en" if parts.query else "lang=en"
    return parts._replace(query=query).geturl()


def twin() -> str:
    """Return the path of this page's JSON twin."""
    return link(f"{request.path}.json")


def switched() -> str:
    """Return this page in the other language."""
    kept = [(name, text) for name, text in request.args.items(multi=True) if name != "lang"]
    if language() != "en":
        kept.append(("lang", "en"))
    return at(request.path) + (f"?{urlencode(kept)}" if kept else "")


def ignored_here(known: Iterable[str]) -> list[str]:
    """Say what of the link to this page means nothing here, as pages with a map do; chat programs add such things.

    Args:
        known: the parameters the page reads, besides ``lang``.
    """
    given = request.args
    names = {*known, *LANGUAGE}
    odd = [Phrase("没有“{name}”这个参数", {"name": name}) for name in given if name not in names]
    if given.get("lang", "zh") not in ("zh", "en"):
        odd.append(Phrase("“{name}={text}”无法使用", {"name": "lang", "text": given["lang"][:80]}))
    return [phrase.say(language()) for phrase in odd]


def figures_line(figures: Iterable[Json]) -> Line | None:
    """Return the chart of a series of figures, each with ``year`` and ``value``."""
    return line([(figure["year"], figure["value"]) for figure in figures])


@bp.app_context_processor
def _everywhere() -> Json:
    """What every template may use. Nothing of it is asked of the atlas before a template wants it."""
    foot = lambda: atlas().pages.foot(language())  # noqa: E731 - a name for a call that may not happen
    helpers = {
        "link": link,
        "twin": twin,
        "switched": switched,
        "line": figures_line,
        "track": track,
        "foot": foot,
        "ignored_here": ignored_here,
    }
    return {"lang": language(), **helpers}


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FOLDS = ("in", "q", "page")
"""What a reader of a long page may choose: a province, words, a page. Where all fits on one page it changes nothing."""


def folded_by(given: Mapping[str, str]) -> Asked:
    """Return what of a long page is asked for; nonsense is the first page."""
    page = given.get("page", "1")
    number = int(page) if re.fullmatch(r"\d{1,4}", page, re.ASCII) else 1
    return Asked(given.get("in", ""), given.get("q", "").strip()[:100], number)


def table_reply(kind: str, page: Json, suffix: str) -> Response:
    """Answer with a page's table as a file."""
    rows = page_rows(kind, page, language())
    plain = f"geoapp-{kind if kind != 'indicator' else page['id']}.{suffix}"
    if suffix == "csv":
        return download_reply(rows_csv(rows), "text/csv", f"{page['title']}.csv", plain)
    return download_reply(rows_xlsx(rows, language()), WORKBOOK, f"{page['title']}.xlsx", plain)


def _page(
    path: str,
    template: str,
    build: Callable[..., Json],
    *,
    folds: bool = False,
    table: str = "",
    **extra: Callable[[Atlas, Json], Any],
) -> None:
    """Serve a page at ``path`` and its twin at ``path.json``; both are made from one value.

    Args:
        folds: ``build`` takes what of a long page is asked for; the twin says all of it.
        table: the page's table (:data:`geoapp.pages.many.tables.TABLES`), given at ``path.csv`` and ``path.xlsx``.
    """

    def page(**ids: str) -> Response:
        here = atlas()
        data = build(here, language(), **ids, **({"asked": folded_by(request.args)} if folds else {}))
        more = {name: make(here, data) for name, make in extra.items()}
        knows = FOLDS if folds else ()
        html = render_template(template, page=data, knows=knows, has_table=bool(table), **more)
        return reply(html.encode(), "text/html")

    def as_json(**ids: str) -> Response:
        read_params(request.args, LANGUAGE)
        return json_reply(build(atlas(), language(), **ids))

    def as_table(suffix: str, **ids: str) -> Response:
        read_params(request.args, LANGUAGE)
        return table_reply(table, build(atlas(), language(), **ids), suffix)

    name = path.strip("/").replace("/<identifier>", "_one")
    for suffix in ("csv", "xlsx") if table else ():
        bp.add_url_rule(f"{path}.{suffix}", f"{name}_{suffix}", partial(as_table, suffix))
    bp.add_url_rule(path, name, page)
    bp.add_url_rule(f"{path}.json", f"{name}_json", as_json)


_page(
    "/plans",
    "plans.html",
    lambda here, lang, asked=None: here.faces(lang).pages.plans(lang, asked),
    folds=True,
    table="plans",
)
_page("/plans/<identifier>", "plan.html", lambda here, lang, identifier: here.faces(lang).pages.plan(identifier, lang))
_page(
    "/progress",
    "progress.html",
    lambda here, lang, asked=None: here.faces(lang).pages.progress(lang, asked),
    folds=True,
    table="progress",
)
_page("/indicators", "indicators.html", lambda here, lang: here.faces(lang).pages.indicators(lang))
_page(
    "/indicators/<identifier>",
    "indicator.html",
    lambda here, lang, identifier, asked=None: here.faces(lang).pages.indicator(identifier, lang, asked),
    folds=True,
    table="indicator",
)
_page(
    "/parks",
    "parks.html",
    lambda here, lang, asked=None: here.faces(lang).pages.parks(lang, asked),
    folds=True,
    table="parks",
)
_page(
    "/parks/<identifier>",
    "point.html",
    lambda here, lang, identifier: here.faces(lang).pages.park(identifier, lang),
    locator=lambda here, data: here.faces(language()).pages.locator(data["id"]),
)
_page(
    "/projects/<identifier>",
    "point.html",
    lambda here, lang, identifier: here.faces(lang).pages.project(identifier, lang),
    locator=lambda here, data: here.faces(language()).pages.locator(data["id"]),
)
_page(
    "/regions",
    "regions.html",
    lambda here, lang, asked=None: here.faces(lang).pages.regions(lang, asked),
    folds=True,
    table="regions",
)
