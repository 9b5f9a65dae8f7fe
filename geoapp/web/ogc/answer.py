"""Answers of the hot paths, without Flask: what a client asked, and bytes with the right headers."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from geoapp.analysis.query import BadValue
from geoapp.errors import ForeignHost, InvalidView, Issue
from geoapp.features.parts import Body
from geoapp.web.http.public_address import is_foreign
from geoapp.web.http.ranges import parse_range

Environ = dict[str, Any]
HOST = re.compile(r"^[A-Za-z0-9._\-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$")
FOREIGN_SENTENCE = (
    "this server does not have the host name of this request; "
    "the operator lists its names in GEOAPP_TRUSTED_HOSTS or sets GEOAPP_PUBLIC_URL"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says that matters here; ``base`` is where the atlas begins for this reader."""

    path: str
    query: str
    base: str
    accept: str
    encodings: str
    none_match: str
    range: str
    if_range: str

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query as names and values."""
        return parse_qsl(self.query, keep_blank_values=True)

    @property
    def gzip(self) -> bool:
        """Whether the client takes gzip; a quality of zero refuses it."""
        return "gzip" in self.encodings and _accepts_gzip(self.encodings)


def asked(environ: Environ) -> Asked:
    """Return what a WSGI request asks.

    Raises:
        ForeignHost: the Host header names another server.
        InvalidView: the Host header is not a host, so no link can be made from it.
    """
    if is_foreign(environ):
        raise ForeignHost(FOREIGN_SENTENCE)
    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    if not HOST.match(host):
        raise InvalidView([Issue("Host", f"{host!r} is not a host", "host or host:port")])
    get = environ.get
    return Asked(
        path=environ["PATH_INFO"],
        query=get("QUERY_STRING", ""),
        base=f"{environ['wsgi.url_scheme']}://{host}{environ.get('SCRIPT_NAME', '')}",
        accept=get("HTTP_ACCEPT", ""),
        encodings=get("HTTP_ACCEPT_ENCODING", ""),
        none_match=get("HTTP_IF_NONE_MATCH", ""),
        range=get("HTTP_RANGE", ""),
        if_range=get("HTTP_IF_RANGE", ""),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """A body that can be given plain or gzipped, and what identifies it.

    Attributes:
        etag: with its quotes. Weak (``W/``) where bodies differ in their time stamp only.
        packed: the gzipped body; None for what does not compress.
    """

    mimetype: str
    etag: str
    plain: Callable[[], Body]
    packed: Callable[[], Body] | None
    headers: tuple[tuple[str, str], ...] = ()
    cache: str = "no-cache"
    status: int = 200


@dataclass(slots=True)
class Reply:
    """Status, headers and body, ready to be sent."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: Body = b""


def reply_to(answer: Answer, want: Asked) -> Reply:
    """Return what is sent: 304 to whoever has it, a part to whoever asks, gzip to whoever takes it."""
    packed = answer.packed is not None and want.gzip and not want.range
    etag = f'{answer.etag[:-1]}-gz"' if packed and not answer.etag.startswith("W/") else answer.etag
    headers = [
        ("ETag", etag),
        ("Cache-Control", answer.cache),
        ("Vary", "Accept, Accept-Encoding"),
        *answer.headers,
    ]
    if want.none_match and _has(want.none_match, answer.etag):
        return Reply(304, headers)
    if answer.status == 204:
        return Reply(204, headers)
    headers += [("Content-Type", answer.mimetype), ("Accept-Ranges", "bytes")]
    if want.range and _range_applies(want, answer.etag):
        return _part(answer.plain(), headers, want.range)
    if packed and answer.packed is not None:
        body = answer.packed()
        headers.append(("Content-Encoding", "gzip"))
    else:
        body = answer.plain()
    headers.append(("Content-Length", str(len(body))))
    return Reply(200, headers, body)


def _part(body: Body, headers: list[tuple[str, str]], wanted: str) -> Reply:
    part = parse_range(wanted, len(body))
    if part is None:
        return Reply(200, [*headers, ("Content-Length", str(len(body)))], body)
    kept = body[part.start : part.stop]
    headers += [("Content-Range", part.header), ("Content-Length", str(len(kept)))]
    return Reply(206 if part.satisfiable else 416, headers, kept)


def _range_applies(want: Asked, etag: str) -> bool:
    """Say whether a part may be given: a weak tag never vouches for bytes (RFC 9110, 13.1.5)."""
    return not want.if_range or (want.if_range == etag and not etag.startswith("W/"))


def _has(header: str, etag: str) -> bool:
    """Compare weakly, as RFC 9110, 13.1.2 asks."""
    tags = [tag.strip().removeprefix("W/").replace('-gz"', '"') for tag in header.split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags


def _accepts_gzip(header: str) -> bool:
    for part in header.split(","):
        name, _, parameters = part.partition(";")
        if name.strip().lower() == "gzip":
            return not re.fullmatch(r"\s*q=0(\.0{0,3})?\s*", parameters)
    return False


def choose(accept: str, given: str | None, json_types: tuple[str, ...]) -> str | None:
    """Return ``json`` or ``html`` by the parameter ``f``, else by the Accept header; None if neither will do."""
    if given is not None:
        return given
    if not accept or accept == "*/*":
        return "json"
    best, quality = None, 0.0
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((_weight(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
        form = "html" if name in ("text/html", "application/xhtml+xml", "text/*") else None
        if name in json_types or name in ("*/*", "application/*"):
            form = "json"
        if form is not None and weight > quality:
            best, quality = form, weight
    return best


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def read_form(text: str) -> str:
    """Read the parameter ``f``."""
    if text not in ("json", "html"):
        raise BadValue(f"{text!r} is not a known form", "json or html")
    return text
