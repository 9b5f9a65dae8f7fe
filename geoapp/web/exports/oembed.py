"""oEmbed 1.0 (https://oembed.com): the address of a page in, the frame that shows its map out."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit
from xml.etree import ElementTree as ET

import orjson
from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotImplemented as NotProvided

from geoapp.analysis.query import BadValue, one_of
from geoapp.atlas import Atlas
from geoapp.errors import NotFound
from geoapp.model.phrase import Phrase
from geoapp.model.view import VIEW_PARAMETERS, View
from geoapp.web.explorer import PAGE_ONLY, read_page
from geoapp.web.http.addresses import root
from geoapp.web.http.context import atlas
from geoapp.web.http.params import read_params, whole_number
from geoapp.web.http.responses import reply
from geoapp.web.ogc.answer import asked

bp = Blueprint("oembed", __name__)
FRAME = (960, 600)
"""Pixels. A consumer asks for less with ``maxwidth`` and ``maxheight``."""
THUMBNAILS = ((800, 550), (640, 440))
"""Pixels at 72 dpi, largest first; on less, a province of a hundred counties has no room."""
MOST_PIXELS = 10_000
LONGEST_URL = 2_000
KEPT = 3_600
"""Seconds a consumer may keep an answer: new data change the title and the thumbnail."""
FORMATS = {"json": "application/json", "xml": "text/xml"}
PROVIDER = Phrase("规划图集")
ODD = re.compile(r"[\s\x00-\x1f\x7f]")
PAGE = re.compile(r"/(regions|plans|indicators|parks|projects)/([^/.]+)")
SUBJECT = ("region", "indicator")
"""Parameters that say what a map is of; the others say how it is shown."""
USUAL_PORTS = (None, 80, 443)

Pairs = list[tuple[str, str]]
VIEWS: dict[str, Callable[[Atlas, str], Pairs]] = {
    "regions": lambda here, name: [("region", here.region(name).adcode)],
    "plans": lambda here, name: [("region", here.plan(name).region), ("year", str(here.plan(name).end_year))],
    "indicators": lambda here, name: [("indicator", here.indicator(name).id)],
    "parks": lambda here, name: [("sel", here.point(name).id)],
    "projects": lambda here, name: [("sel", here.point(name).id)],
}
"""What the map of a page to read shows."""


@bp.get("/oembed")
def oembed() -> Response:
    """The frame, title and thumbnail of a page of this atlas, as JSON or XML."""
    params = read_params(
        request.args,
        {
            "url": _address,
            "maxwidth": whole_number(1, MOST_PIXELS),
            "maxheight": whole_number(1, MOST_PIXELS),
            "format": str,
            "dnt": lambda text: one_of(text, ["0", "1"], "answer"),  # WordPress asks not to be tracked: nobody is
        },
        required=("url",),
    )
    form = params.get("format", "json")
    if form not in FORMATS:
        raise NotProvided(f"oEmbed answers come as json or xml, not as {form[:40]!r}; leave out format=, or use these")
    here, page = atlas(), params["url"]
    most = (params.get("maxwidth", MOST_PIXELS), params.get("maxheight", MOST_PIXELS))
    answer = _answer(here, _view(here, page), f"{page.scheme}://{page.netloc}{root()}", most)
    body = orjson.dumps(answer) if form == "json" else _xml(answer)
    return reply(body, FORMATS[form], max_age=KEPT)


@bp.app_context_processor
def _everywhere() -> dict[str, Any]:
    return {"oembed_of_this": _discovery}


@bp.after_app_request
def _announce(response: Response) -> Response:
    """Name the oEmbed address of a page in its headers too, for consumers that read no HTML."""
    if response.mimetype == "text/html" and response.status_code == 200:
        for form, url in _discovery().items():
            response.headers.add("Link", f'<{url}>; rel="alternate"; type="{FORMATS[form]}+oembed"')
    return response


def _discovery() -> dict[str, str]:
    """Return the oEmbed addresses of the page that is being made, by format; none if it has no map.

    They are absolute: WordPress does not resolve relative ones.
    """
    if not _has_map(request.path):
        return {}
    here = asked(request.environ)
    page = f"{here.base}{quote(here.path)}" + (f"?{here.query}" if here.query else "")
    if len(page) > LONGEST_URL:
        return {}
    return {form: f"{here.base}/oembed?{urlencode({'url': page, 'format': form})}" for form in FORMATS}


def _has_map(path: str) -> bool:
    return path in ("/", "/view.html") or PAGE.fullmatch(path) is not None


def _address(text: str) -> SplitResult:
    """Read the address of a page: absolute, http or https."""
    try:
        parts = urlsplit(text)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not parts.username
    except ValueError:
        known = False
    if not known or ODD.search(text) or len(text) > LONGEST_URL:
        raise BadValue(f"{text[:80]!r} is not the address of a page", "a whole address: http://host/?region=150600")
    return parts


def _view(here: Atlas, page: SplitResult) -> View:
    """Return the view a page shows; odd parameters give the nearest, as on the page itself.

    Raises:
        NotFound: the page is not ours, has no map, or asks for a region or indicator that is none of ours.
    """
    if _host(page) != _host(urlsplit(asked(request.environ).base)):
        raise NotFound(f"the host {page.netloc} is another server; this one gives frames for its own pages only")
    given = parse_qsl(page.query, keep_blank_values=True)
    path = unquote(page.path).removeprefix(root()) or "/"
    found = PAGE.fullmatch(path)
    if found is not None:
        kind, name = found.groups()
        own = VIEWS[kind](here, name)
        fixed = {parameter for parameter, _ in own}
        given = own + [(name, text) for name, text in given if name in VIEW_PARAMETERS and name not in fixed]
    elif not _has_map(path):
        raise NotFound(
            f"the page {path} has no map of its own; /, /view.html, /regions/…, /plans/…, /indicators/…, "
            "/parks/… and /projects/… have"
        )
    _assert_known(here, given)
    return read_page(here, given)[0]


def _assert_known(here: Atlas, given: Pairs) -> None:
    """Refuse what the page itself opens with a notice: a frame of another place would stand there as the one meant."""
    faults = [each for each in here.view_leniently(given, extra=PAGE_ONLY)[1] if each.where in SUBJECT]
    if faults:
        raise NotFound("the page has no map of what it names: " + "; ".join(map(str, faults)))


def _host(page: SplitResult) -> tuple[str, int | None]:
    """Return host and unusual port. A proxy may have taken https off, so the scheme says nothing."""
    return (page.hostname or "").lower(), None if page.port in USUAL_PORTS else page.port


def _answer(here: Atlas, view: View, home: str, most: tuple[int, int]) -> dict[str, Any]:
    data = here.view_json(view)
    width, height = (min(usual, limit) for usual, limit in zip(FRAME, most, strict=True))
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": data["title"],
        "provider_name": PROVIDER.say(view.lang),
        "provider_url": f"{home}/",
        "cache_age": KEPT,
        "width": width,
        "height": height,
        "html": render_template("_frame.html", home=home, view=view, data=data, width=width, height=height).strip(),
    }
    for across, down in THUMBNAILS:
        if across <= most[0] and down <= most[1]:
            query = f"{view.query()}&v={here.version}&width={across}&height={down}&dpi=72"
            picture = {"url": f"{home}/view.png?{query}", "width": across, "height": down}
            return {**answer, **{f"thumbnail_{name}": value for name, value in picture.items()}}
    return answer


def _xml(answer: dict[str, Any]) -> bytes:
    root = ET.Element("oembed")
    for name, value in answer.items():
        ET.SubElement(root, name).text = str(value)
    head = b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
    return head + bytes(ET.tostring(root, encoding="utf-8", xml_declaration=False))
