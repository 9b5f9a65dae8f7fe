"""Pages that were asked before: the same view again costs a lookup, not a rendering.

A page depends on the build, the published rasters, the address and how it was reached; all of that is the key. What it
depends on beside them (a document put into the folder of documents, say) shows within :data:`SECONDS`. Only answers
that everybody may keep are kept: those marked ``no-cache`` with an ETag, never ``private`` or ``no-store``.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from cachetools import TTLCache
from werkzeug.wrappers import Response

from geoapp.errors import GeoappError
from geoapp.web.http.context import Serving
from geoapp.web.ogc.answer import Environ, asked

Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
PAGES = re.compile(r"/|/view\.(?:html|json)|/(?:plans|indicators|parks|projects|regions|points|quality)(?:[/.].*)?")
NAMES_ITS_OWN = re.compile(r":|%3a", re.IGNORECASE)
"""A query that names something outside of the build, such as ``table:…``, which may go at any moment."""
BUDGET = 24 * 2**20
"""Bytes of pages that one worker keeps."""
SECONDS = 60.0
HEAD = 2_000
"""About what the key and the headers of a page take."""
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
TOLD = ("HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE")
"""Headers by which answers differ."""


@dataclass(frozen=True, slots=True)
class Page:
    """One whole answer."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def may_be_kept(self) -> bool:
        """Say whether everybody may be given this answer."""
        told = dict(self.headers)
        return self.status.startswith("200") and told.get("Cache-Control") == "no-cache" and "ETag" in told

    def reply(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer with it, or with 304 to a client that has it."""
        response = Response(self.body, self.status, list(self.headers))
        if "ETag" in response.headers:
            response.make_conditional(environ)
        return response(environ, start_response)


class PageMemory:
    """WSGI middleware that keeps pages."""

    def __init__(self, app: Wsgi, serving: Serving, budget: int = BUDGET, seconds: float = SECONDS) -> None:
        """Keep at most ``budget`` bytes of pages of an application, each for ``seconds``."""
        self.app, self._serving = app, serving
        self._lock = Lock()
        self._pages: TTLCache[Hashable, Page] = TTLCache(budget, seconds, getsizeof=lambda page: len(page.body) + HEAD)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer from memory, or as the application does."""
        key = self._key(environ)
        if key is None:
            return self.app(environ, start_response)
        with self._lock:
            page = self._pages.get(key)
        if page is None:
            page = self._ask({name: value for name, value in environ.items() if name not in CONDITIONS})
            if page.may_be_kept and len(page.body) < BUDGET // 8:
                with self._lock:
                    self._pages[key] = page
        return page.reply(environ, start_response)

    def _key(self, environ: Environ) -> Hashable | None:
        """Return all that a page's bytes depend on; None for what is no page."""
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] != "GET" or not PAGES.fullmatch(path) or NAMES_ITS_OWN.search(query):
            return None
        try:
            base = asked(environ).base
        except GeoappError:  # a host that is not ours: the application says so
            return None
        here = self._serving.atlas()
        state = (here.version, here.rasters.library.state)
        return (*state, base, environ.get("SCRIPT_NAME", ""), path, query, *(environ.get(name, "") for name in TOLD))

    def _ask(self, environ: Environ) -> Page:
        status, headers = "", []

        def started(line: str, fields: list[tuple[str, str]], *_: object) -> None:
            nonlocal status, headers
            status, headers = line, fields

        answer = self.app(environ, started)
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        return Page(status, tuple(headers), body)
