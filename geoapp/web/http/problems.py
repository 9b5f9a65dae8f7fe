"""Errors become answers: RFC 9457 problems for programs, a page with the same sentence for people."""

import re
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
    LibraryMissing,
    NotAcceptable,
    NotBuilt,
    NotFound,
    Outdated,
    TooBusy,
)
from geoapp.model.address import Address
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
    NotBuilt: HTTPStatus.SERVICE_UNAVAILABLE,
    TooBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    FontMissing: HTTPStatus.SERVICE_UNAVAILABLE,
    LibraryMissing: HTTPStatus.SERVICE_UNAVAILABLE,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The only table of statuses. An error without an entry is our fault: 500."""
NAME_FIRST = (InvalidView, InvalidData, LibraryMissing)
"""Errors that begin with a name (a parameter, a file, a library), which is kept as it is written."""
FULL = (TooBusy, Busy)
"""Errors of a full house: nothing is broken, so the log has a line for each and no traceback."""
ENGLISH = re.compile(r"(?:[a-z]+ ){3}[a-z]+")
"""Four plain words: an English sentence, whatever Chinese name stands in it."""


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(GeoappError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def problem(status: HTTPStatus, slug: str, detail: str, **members: Any) -> Response:
    """Return a problem in the form the client reads."""
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
        page = render_template("problem.html", problem=body, meaning=_meaning(slug, detail))
        response = Response(page, status=status, mimetype="text/html")
    else:
        response = Response(orjson.dumps(outward(body)), status=status, mimetype="application/problem+json")
    response.headers["Vary"] = "Accept"
    return response


def sentence(text: str) -> str:
    """Return a message of ours, which a log has after a colon, as a sentence of its own."""
    return text[:1].upper() + text[1:]


def _meaning(slug: str, detail: str) -> str:
    """Return what the problem means, for a reader of Chinese who would get the detail in English."""
    chinese = HAN.search(detail) and not ENGLISH.search(detail)
    if language() == "en" or chinese or slug not in HELP:
        return ""
    return HELP[slug].meaning.say("zh")


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
        return problem(status, error.slug, str(error), errors=faults)
    if isinstance(error, NotFound) and error.suggestion:
        near = {"suggestion": Address(error.suggestion), **({"suggestion_name": error.named} if error.named else {})}
        return problem(status, error.slug, sentence(str(error)), **near)
    wording = str(error) if isinstance(error, NAME_FIRST) else sentence(str(error))
    response = problem(status, error.slug, wording)
    if isinstance(error, TooBusy):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _http(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    detail = {
        HTTPStatus.NOT_FOUND: f"nothing is served at {request.path}",
        HTTPStatus.METHOD_NOT_ALLOWED: f"{request.method} is not possible at {request.path}",
    }.get(status, error.description or status.phrase)
    response = problem(status, status.phrase.lower().replace(" ", "-"), sentence(detail))
    for name, value in error.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> Response:
    current_app.logger.exception("unexpected: %s", error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "error", "An unexpected error; the operator's log has it")
