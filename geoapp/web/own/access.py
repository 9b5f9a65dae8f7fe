"""Who may upload: whether the operator lets anybody, who knows the word, whose page sends the request."""

import hashlib
import hmac
import time
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from flask import Response, current_app, request

from geoapp.errors import NotAllowed
from geoapp.model.phrase import Phrase
from geoapp.owndata.tables import Tables

EXTENSION = "geoapp-tables"
COOKIE = "geoapp_tables"
PRUNE_EVERY = 600.0
"""Seconds between looks for what is past its days, made when somebody asks for anything."""
OFF = Phrase("管理员关闭了“自己的数据”（GEOAPP_TABLES=off）")
NO_TOKEN = Phrase("上传需要口令：请在请求头写 Authorization: Bearer 口令，或在“自己的数据”页面输入；口令向管理员索取")
FOREIGN = Phrase("请求是别的网站（{origin}）发来的，没有执行；请从图集自己的页面上传")


@dataclass(slots=True)
class OwnData:
    """What readers may do with data of their own.

    Attributes:
        token: the word without which nobody uploads; empty for everybody.
    """

    tables: Tables
    on: bool
    token: str
    _pruned: float = field(default_factory=lambda: -PRUNE_EVERY)

    @property
    def pass_word(self) -> str:
        """What the cookie of those who know the token holds."""
        return hmac.new(self.token.encode(), b"geoapp tables", hashlib.sha256).hexdigest()

    def tidy_up(self) -> None:
        """Remove what is past its days, at most once in a while."""
        if self.on and time.monotonic() - self._pruned > PRUNE_EVERY:
            self._pruned = time.monotonic()
            self.tables.uploads.prune()


def own_data() -> OwnData:
    """Return what readers may do here."""
    found: OwnData = current_app.extensions[EXTENSION]
    return found


def require_on() -> None:
    """Refuse where the operator turned it off.

    Raises:
        NotAllowed: it is off.
    """
    if not own_data().on:
        raise NotAllowed(OFF)


def require_own_page() -> None:
    """Refuse requests that change something and come from another site's page, or without the word.

    Browsers name the page themselves (``Sec-Fetch-Site``, ``Origin``); programs that are no browsers name none.

    Raises:
        NotAllowed: the request is another site's, or the word is missing.
    """
    origin = request.headers.get("Origin", "")
    strange = request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none")
    if strange or (origin and urlsplit(origin).netloc != request.host):
        raise NotAllowed(Phrase(FOREIGN.text, {"origin": origin[:80] or request.headers.get("Sec-Fetch-Site", "")}))
    if not knows_token():
        raise NotAllowed(NO_TOKEN)


def knows_token() -> bool:
    """Say whether the request has the word, or the cookie of those who had it; where none is asked for, anybody has."""
    own = own_data()
    if not own.token:
        return True
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    cookie = request.cookies.get(COOKIE, "")
    return hmac.compare_digest(bearer.encode(), own.token.encode()) or hmac.compare_digest(
        cookie.encode(), own.pass_word.encode()
    )


def keep_private(response: Response) -> Response:
    """Let nobody on the way keep what shows a reader's own data: tables, and views of them in any face."""
    own_data().tidy_up()
    asked = request.path + unquote(
        unquote(request.query_string.decode("latin-1"))
    )  # views stand in views, quoted twice
    if request.path.startswith("/table") or "table:" in asked:
        response.headers["Cache-Control"] = "private, no-store"
    return response
