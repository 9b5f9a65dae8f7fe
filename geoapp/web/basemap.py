"""The optional background: Tianditu tiles through our own address, so that the key stays here."""

import time
from functools import lru_cache
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from flask import Blueprint, Response, current_app

from geoapp.errors import NotFound
from geoapp.web.http.problems import problem, sentence

bp = Blueprint("basemap", __name__)
SECONDS = 4.0
"""A tile that takes longer is given up: a worker is worth more than a background."""
LARGEST = 1_000_000
DEEPEST = 18
DAY = 86_400
REST = 20.0
"""Seconds an upstream that did not answer is left alone."""


class NoTile(Exception):
    """The upstream gave no picture; the message has no key in it."""


@bp.get("/basemap/tianditu/<int:z>/<int:x>/<int:y>")
def tianditu(z: int, x: int, y: int) -> Response:
    """One tile of the background, in Web Mercator. 404 without a key, 502 when Tianditu fails."""
    settings = current_app.extensions["geoapp-settings"]
    if not settings.tianditu_key:
        raise NotFound("no background is set up; the operator sets GEOAPP_TIANDITU_KEY")
    if not (0 < z <= DEEPEST and x < 2**z and y < 2**z):
        raise NotFound(f"no tile {z}/{x}/{y}; zooms are 1 to {DEEPEST}")
    url = settings.tianditu_url.format(z=z, x=x, y=y, key=quote(settings.tianditu_key))
    try:
        body, mimetype = _upstream().fetch(url)
    except NoTile as error:
        return problem(HTTPStatus.BAD_GATEWAY, "basemap", sentence(str(error)))
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = f"public, max-age={DAY}"
    return response


class Upstream:
    """Fetches tiles and keeps the good ones. One that does not answer is left alone for a while:
    a dead server must not hold the threads that serve the atlas.
    """

    def __init__(self) -> None:
        self._kept = lru_cache(maxsize=512)(_fetch)
        self._rest_until = 0.0

    def fetch(self, url: str) -> tuple[bytes, str]:
        """Return one picture and its type.

        Raises:
            NoTile: the upstream is away, refuses the key or its quota, or sends no picture.
        """
        host = urlsplit(url).hostname
        if time.monotonic() < self._rest_until:
            raise NoTile(f"the background server {host} did not answer a moment ago")
        try:
            return self._kept(url)
        except HTTPError as error:
            raise NoTile(f"the background server {host} answered {error.code}") from None
        except (OSError, HTTPException):
            self._rest_until = time.monotonic() + REST
            raise NoTile(f"the background server {host} did not answer") from None


def _upstream() -> Upstream:
    found: Upstream = current_app.extensions.setdefault("geoapp-basemap", Upstream())
    return found


def _fetch(url: str) -> tuple[bytes, str]:
    request = Request(url, headers={"User-Agent": "geoapp"})  # noqa: S310 - the operator's own setting
    with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
        mimetype = answer.headers.get_content_type()
        body: bytes = answer.read(LARGEST)
    if not mimetype.startswith("image/"):
        raise NoTile(f"the background server {urlsplit(url).hostname} sent {mimetype} instead of a picture")
    return body, mimetype
