"""Search: as JSON for the box of the explorer, as a page for everybody else."""

from dataclasses import asdict
from urllib.parse import unquote_to_bytes

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from geoapp.analysis.query import BadValue, one_of
from geoapp.analysis.search.results import Found, Hit
from geoapp.analysis.search.searcher import MOST_CHARACTERS
from geoapp.errors import InvalidView, Issue
from geoapp.web.http.context import atlas, language
from geoapp.web.http.params import read_params, whole_number
from geoapp.web.http.responses import json_reply, reply

bp = Blueprint("search", __name__)
DEFAULT, MOST, ON_PAGE = 10, 50, 50


def _given() -> MultiDict[str, str]:
    """Return the parameters; a question in GBK, as old Chinese systems write links, is read as what it says."""
    given = request.args.copy()
    for part in request.query_string.split(b"&"):
        name, _, value = part.partition(b"=")
        raw = unquote_to_bytes(value.replace(b"+", b" "))
        if name == b"q" and not _decodes(raw, "utf-8") and _decodes(raw, "gb18030"):
            given.setlist("q", [raw.decode("gb18030")])
    return given


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _question(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise BadValue(f"is {len(text)} characters long", f"at most {MOST_CHARACTERS}; a name or a code is enough")
    return text


@bp.get("/search.json")
def search_json() -> Response:
    """What a text may mean, best first. An empty text has no results."""
    params = read_params(
        _given(),
        {
            "q": _question,
            "limit": whole_number(1, MOST),
            "lang": lambda text: one_of(text, ["zh", "en"], "language"),
        },
    )
    found = atlas().search(params.get("q", ""), params.get("limit", DEFAULT), language())
    return json_reply({"results": [_result(hit) for hit in found.hits], **_about(found)})


@bp.get("/search")
def search_page() -> Response:
    """The same as a page. Parameters it does not know are left aside."""
    try:
        text = _question(_given().get("q", ""))
    except BadValue as error:
        raise InvalidView([Issue("q", error.problem, error.hint)]) from None
    found = atlas().search(text, ON_PAGE, language())
    said = found.said.say(language()) if found.said else ""
    page = render_template("search.html", question=text.strip(), found=found, said=said, most=ON_PAGE, knows=("q",))
    return reply(page.encode(), "text/html")


def _result(hit: Hit) -> dict[str, object]:
    """Return a hit; what only some kinds have is left out where there is none."""
    return {name: value for name, value in asdict(hit).items() if value is not None or name == "adcode"}


def _about(found: Found) -> dict[str, object]:
    """Return what the answer says beside its results; nothing of an empty question."""
    if not found.hits and found.said is None:
        return {}
    return {
        "groups": [{"kind": kind, "ids": [hit.id for hit in hits]} for kind, hits in found.groups.items()],
        "near": found.near,
        "said": found.said.say(language()) if found.said else "",
    }
