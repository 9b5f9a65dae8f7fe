"""Errors become answers: RFC 9457 problems for programs, a page with the same sentence for people."""

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import orjson
from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from geoapp.errors import (
    Busy,
    FontMissing,
    ForeignHost,
    GeoappError,
    Gone,
    InvalidAdcode,
    InvalidData,
    InvalidView,
    Issue,
    LibraryMissing,
    NoRoom,
    NotAcceptable,
    NotAllowed,
    NotBuilt,
    NotFound,
    Outdated,
    Sayable,
    TableTooLarge,
    TooBusy,
    UnreadableDocument,
    UnreadableTable,
    UnusableTemplate,
    WorkEnded,
)
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.web.http.addresses import outward
from geoapp.web.http.context import HAN, language
from geoapp.web.http.problem_pages import HELP

STATUS: dict[type[GeoappError], HTTPStatus] = {
    InvalidView: HTTPStatus.BAD_REQUEST,
    ForeignHost: HTTPStatus.BAD_REQUEST,
    InvalidAdcode: HTTPStatus.BAD_REQUEST,
    InvalidData: HTTPStatus.INTERNAL_SERVER_ERROR,
    NotFound: HTTPStatus.NOT_FOUND,
    Gone: HTTPStatus.GONE,
    Outdated: HTTPStatus.CONFLICT,
    NotAcceptable: HTTPStatus.NOT_ACCEPTABLE,
    UnreadableDocument: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnreadableTable: HTTPStatus.UNPROCESSABLE_ENTITY,
    TableTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    NotAllowed: HTTPStatus.FORBIDDEN,
    NoRoom: HTTPStatus.INSUFFICIENT_STORAGE,
    NotBuilt: HTTPStatus.SERVICE_UNAVAILABLE,
    TooBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    WorkEnded: HTTPStatus.SERVICE_UNAVAILABLE,
    FontMissing: HTTPStatus.SERVICE_UNAVAILABLE,
    LibraryMissing: HTTPStatus.SERVICE_UNAVAILABLE,
    UnusableTemplate: HTTPStatus.SERVICE_UNAVAILABLE,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The only table of statuses. An error without an entry is our fault: 500."""
NAME_FIRST = (InvalidView, InvalidData, LibraryMissing, UnusableTemplate)
"""Errors that begin with a name (a parameter, a file, a library), which is kept as it is written."""
FULL = (TooBusy, Busy)
"""Errors of a full house: nothing is broken, so the log has a line for each and no traceback."""
LISTS = {
    "/regions": Phrase("地区"),
    "/plans": Phrase("规划文件"),
    "/indicators": Phrase("指标"),
    "/parks": Phrase("园区"),
    "/projects": Phrase("项目"),
    "/problems/not-found": Phrase("问题说明"),
}
"""Lists that a problem may suggest, as a reader calls them."""
ENGLISH = re.compile(r"(?:[a-z]+ ){3}[a-z]+")
"""Four plain words: an English sentence, whatever Chinese name stands in it."""


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(GeoappError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def problem(
    status: HTTPStatus, slug: str, detail: str, *, wordings: Iterable[Sayable] = (), **members: Any
) -> Response:
    """Return a problem in the form the client reads: programs get the detail, people the wordings in their language."""
    body = {
        "type": Address(f"/problems/{slug}"),
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
        "instance": Address(request.path),
        **members,
    }
    if request.path.startswith("/ogc"):
        body["code"] = slug  # what Features 1.0 calls it; its clients require the member
    if _wants_page():
        page = render_template(
            "problem.html", problem=body, sentences=_sentences(slug, detail, wordings), list_name=_list_name(body)
        )
        response = Response(page, status=status, mimetype="text/html")
    else:
        response = Response(orjson.dumps(outward(body)), status=status, mimetype="application/problem+json")
    response.headers["Vary"] = "Accept"
    return response


def sentence(text: str) -> str:
    """Return a message of ours, which a log has after a colon, as a sentence of its own."""
    return text[:1].upper() + text[1:]


def _sentences(slug: str, detail: str, wordings: Iterable[Sayable]) -> list[str]:
    """Return what a page says, in its language to the end: the wordings, else what it means and how to mend it."""
    lang = language()
    if said := [sentence(each.say(lang)) for each in wordings]:
        return said
    if lang == "en" or (HAN.search(detail) and not ENGLISH.search(detail)):
        return [detail]
    known = HELP.get(slug, HELP["error"])
    return [known.meaning.say(lang), known.mend.say(lang)]


def _wordings(error: GeoappError) -> list[Sayable]:
    return [error.wording] if isinstance(error, NotFound) and error.wording is not None else []


def _list_name(body: dict[str, Any]) -> str:
    """Return what a suggested list is called, where the suggestion is a list."""
    known = LISTS.get(body.get("suggestion", ""))
    return known.say(language()) if known is not None else ""


def _parameter(issue: Issue) -> Phrase:
    """Return what is wrong with a parameter, in words of the page's language; the hint is for programs."""
    times = request.args.getlist(issue.where)
    if len(times) > 1:
        return Phrase("参数“{name}”给了不止一次", {"name": issue.where})
    if not times:
        return Phrase("缺少参数“{name}”", {"name": issue.where})
    return Phrase("“{name}={text}”无法使用", {"name": issue.where, "text": times[0]})


def _wants_page() -> bool:
    """Say whether a person reads the answer: a browser opened a page, or a document of the open API."""
    if request.path.startswith("/ogc") and request.args.get("f") in ("json", "html"):
        return request.args["f"] == "html"
    if "." in request.path.rsplit("/", 1)[-1].removesuffix(".html"):
        return False
    return request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"


def _ours(error: GeoappError) -> Response:
    status = STATUS.get(type(error), HTTPStatus.INTERNAL_SERVER_ERROR)
    if isinstance(error, FULL):
        current_app.logger.warning("%s", error)
    elif status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        current_app.logger.exception("%s", error)
    if isinstance(error, InvalidView):
        faults = [{"parameter": each.where, "problem": each.problem, "hint": each.hint} for each in error.issues]
        return problem(status, error.slug, str(error), wordings=map(_parameter, error.issues), errors=faults)
    if isinstance(error, NotFound) and error.suggestion:
        near = {"suggestion": Address(error.suggestion), **({"suggestion_name": error.named} if error.named else {})}
        return problem(status, error.slug, sentence(str(error)), wordings=_wordings(error), **near)
    if isinstance(error, UnreadableTable | NotAllowed):  # what a reader uploads is answered in the reader's language
        return problem(status, error.slug, error.wording.say(language()), wordings=[error.wording])
    wording = str(error) if isinstance(error, NAME_FIRST) else sentence(str(error))
    response = problem(status, error.slug, wording, wordings=_wordings(error))
    if isinstance(error, TooBusy):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _http(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    detail = {
        HTTPStatus.NOT_FOUND: f"nothing is served at {request.path}",
        HTTPStatus.METHOD_NOT_ALLOWED: f"{request.method} is not possible at {request.path}",
    }.get(status, error.description or status.phrase)
    wording = {
        HTTPStatus.NOT_FOUND: Phrase("网址 {path} 没有内容", {"path": request.path}),
        HTTPStatus.METHOD_NOT_ALLOWED: Phrase(
            "网址 {path} 不能用 {method}", {"path": request.path, "method": request.method}
        ),
    }.get(status)
    response = problem(
        status, status.phrase.lower().replace(" ", "-"), sentence(detail), wordings=[wording] if wording else []
    )
    for name, value in error.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> Response:
    current_app.logger.exception("unexpected: %s", error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "error", "An unexpected error; the operator's log has it")
