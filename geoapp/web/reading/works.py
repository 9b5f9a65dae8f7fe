"""``/projects``: the list of works, its twin, and the same rows as files."""

from flask import Blueprint, Response, render_template, request

from geoapp.analysis.works.question import WorksQuestion, WorksReader
from geoapp.errors import InvalidView, Issue
from geoapp.files.content import KINDS
from geoapp.files.registry import FORMATS, write_file
from geoapp.files.works.listed import LAYERS, listed
from geoapp.model.phrase import Phrase
from geoapp.pages.works.table import address
from geoapp.web.http.addresses import absolute
from geoapp.web.http.context import atlas, language
from geoapp.web.http.responses import download_reply, json_reply, reply
from geoapp.web.reading.pages import LANGUAGE

bp = Blueprint("works", __name__)
SUFFIXES = ("xlsx", "csv", "geojson")


@bp.get("/projects")
def page() -> Response:
    """The list; what of a link means nothing here is said, not refused."""
    question, issues = _read()
    pages = atlas().faces(language()).pages
    odd = [_ignored(issue).say(language()) for issue in issues]
    html = render_template(
        "works.html", page=pages.works_page(question, language()), drawing=pages.works_map(question), odd=odd
    )
    return reply(html.encode(), "text/html")


@bp.get("/projects.json")
def as_json() -> Response:
    """The same for programs, strict."""
    return json_reply(atlas().faces(language()).pages.works_page(_strictly(), language()))


@bp.get(f"/projects.<any({','.join(SUFFIXES)}):suffix>")
def as_file(suffix: str) -> Response:
    """Every row of the list, in its order: one for each region an undertaking stands in."""
    question = _strictly()
    here, lang = atlas(), language()
    faces = here.faces(lang)
    content = listed(
        faces.pages.works.ask(question),
        question,
        faces.view_resolver,
        faces.dataset,
        faces.cards,
        address=absolute(address(question)),
        lang=lang,
    )
    body = write_file(content, suffix)
    kind = FORMATS[suffix].mimetype + ("; charset=utf-8" if suffix == "csv" else "")
    name = KINDS[LAYERS[question.nature]].say(lang)
    return download_reply(body, kind, f"{name}.{suffix}", f"geoapp-projects.{suffix}")


def _read() -> tuple[WorksQuestion, list[Issue]]:
    pairs = [(name, text) for name, text in request.args.items(multi=True) if name not in LANGUAGE]
    here = atlas()
    question, issues = WorksReader(here.dataset, here.gazetteer).read(pairs)
    for text in request.args.getlist("lang"):
        if text not in ("zh", "en"):
            issues.append(Issue("lang", f"{text[:80]!r} is not a known language", "zh, en"))
    return question, issues


def _strictly() -> WorksQuestion:
    question, issues = _read()
    if issues:
        raise InvalidView(issues)
    return question


def _ignored(issue: Issue) -> Phrase:
    if issue.problem == "unknown parameter":
        return Phrase("没有“{name}”这个参数", {"name": issue.where})
    text = request.args.get(issue.where, "")[:80]
    return Phrase("“{name}={text}”无法使用", {"name": issue.where, "text": text})
