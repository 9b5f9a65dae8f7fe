"""Bytes become responses: ETag, conditional answers, gzip, caching. One place for all of it."""

import gzip
import hashlib
from functools import lru_cache
from typing import Any

import orjson
from flask import Response, request

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


def json_reply(value: Any, *, mimetype: str = "application/json", status: int = 200) -> Response:
    """Return a value as JSON; NaN and infinity become null, as JSON has neither."""
    response = reply(orjson.dumps(value), mimetype)
    if status != 200:
        response.status_code = status
    return response


@lru_cache(maxsize=128)
def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, 5, mtime=0)
