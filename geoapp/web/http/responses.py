"""Bytes become responses: ETag, conditional answers, gzip, caching. One place for all of it."""

import gzip
import hashlib
from threading import Lock
from typing import Any
from urllib.parse import quote

import orjson
from cachetools import LRUCache
from flask import Response, request

from geoapp.web.http.addresses import outward
from geoapp.web.http.ranges import parse_range

YEAR = 31_536_000
SMALL = 860
"""Bytes under which compressing costs more than it saves."""


def reply(
    body: bytes,
    mimetype: str,
    *,
    etag: str = "",
    max_age: int = 0,
    immutable: bool = False,
    packed: bytes | None = None,
) -> Response:
    """Return bytes with an ETag, as 304 when the client has them, gzipped when it may be.

    Args:
        packed: the gzipped body where the caller keeps one; otherwise it is made here and kept
            while it is asked for often.
    """
    tag = etag or hashlib.sha256(body).hexdigest()[:20]
    response = Response(mimetype=mimetype)
    zipped = request.accept_encodings.quality("gzip") > 0 and len(body) > SMALL
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
        tag += "-gz"
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(tag)
    if immutable:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = f"public, max-age={max_age}" if max_age else "no-cache"
    response.set_data((packed if packed is not None else _gzip(body)) if zipped else body)
    response.make_conditional(request)
    return response


def download_reply(body: bytes, mimetype: str, name: str, plain_name: str) -> Response:
    """Return a file to keep: strong ETag, ranges, its name in any script (RFC 6266).

    Args:
        name: the name people see, in UTF-8.
        plain_name: an ASCII name for clients that know no other.
    """
    response = Response(content_type=mimetype)
    response.set_etag(hashlib.sha256(body).hexdigest()[:20])
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Accept-Ranges"] = "bytes"
    safe = quote(name, safe="")
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain_name}\"; filename*=UTF-8''{safe}"
    part = parse_range(request.headers.get("Range", ""), len(body)) if _range_wanted(response) else None
    if part is not None:
        response.status_code = 206 if part.satisfiable else 416
        response.headers["Content-Range"] = part.header
        response.set_data(body[part.start : part.stop])
        return response
    response.set_data(body)
    response.make_conditional(request)
    return response


def _range_wanted(response: Response) -> bool:
    """Say whether a range is asked of this very body: ``If-Range`` names it, and no 304 is due."""
    tag = response.get_etag()[0] or ""
    if request.if_none_match.contains_weak(tag):
        return False
    return "If-Range" not in request.headers or request.if_range.etag == tag


def json_reply(value: Any, *, mimetype: str = "application/json", status: int = 200) -> Response:
    """Return a value as JSON, its addresses as this reader asks for them; NaN and infinity become null."""
    response = reply(orjson.dumps(outward(value)), mimetype)
    if status != 200:
        response.status_code = status
    return response


PACKED: LRUCache[bytes, bytes] = LRUCache(8 * 2**20, getsizeof=lambda packed: len(packed) + 100)
"""Compressed bodies by the hash of the plain ones: a bound in bytes, and the plain ones are not held."""
PACKING = Lock()


def _gzip(body: bytes) -> bytes:
    name = hashlib.sha256(body).digest()
    with PACKING:
        found = PACKED.get(name)
    if found is None:
        found = gzip.compress(body, 5, mtime=0)
        if len(found) < PACKED.maxsize // 8:
            with PACKING:
                PACKED[name] = found
    return found
