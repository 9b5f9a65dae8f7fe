"""What a request may reach: the current atlas, the assets, the language."""

import hashlib
import logging
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from flask import current_app, g, request
from markupsafe import Markup

from geoapp.atlas import Atlas
from geoapp.errors import GeoappError, NotBuilt, Outdated
from geoapp.model.phrase import section_words
from geoapp.model.view import Lang
from geoapp.web.http.sending import Sending

EXTENSION = "geoapp"
HAN = re.compile("[㐀-鿿]")
CHECK_EVERY = 2.0
"""Seconds between looks at the link that a build moves."""


class Serving:
    """Keeps the current atlas, and changes to a newer build between requests.

    A build that cannot be opened is not taken: the last good one keeps serving.
    """

    def __init__(self, load: Callable[[str], Atlas], link: Path) -> None:
        """Open the build that ``link`` names; ``load`` opens a build by its name in the same folder."""
        self._load, self._link = load, link
        self._atlas = load(link.name)
        self._older: Atlas | None = None
        self._seen = self._target()
        self._checked = time.monotonic()
        self.sending = Sending()

    def atlas(self) -> Atlas:
        """Return the atlas of the newest good build."""
        now = time.monotonic()
        if now - self._checked > CHECK_EVERY:
            self._checked = now
            target = self._target()
            if target != self._seen:
                self._seen = target
                try:
                    self._older, self._atlas = self._atlas, self._load(self._link.name)
                except GeoappError:
                    logging.getLogger("geoapp").exception("the new build cannot be opened, the old one serves on")
        return self._atlas

    def atlas_of(self, version: str) -> Atlas:
        """Return the atlas of a data version, so that paging goes on in the build it began in.

        Raises:
            Outdated: that build is no longer on disk.
        """
        for known in (self.atlas(), self._older):
            if known is not None and known.version == version:
                return known
        gone = f"data version {version!r} is not kept; start again from the first page, without data_version"
        if not re.fullmatch("[0-9a-f]{6,64}", version):
            raise Outdated(gone)
        try:
            self._older = self._load(version)
        except NotBuilt:
            raise Outdated(gone) from None
        return self._older

    def _target(self) -> str:
        try:
            return str(self._link.readlink())
        except OSError:
            return ""


class Assets:
    """Static files under one hash, so that they can be cached for ever."""

    def __init__(self, folder: Path, bundled: Mapping[str, Path]) -> None:
        """Serve a folder's files, and beside them what was bundled of them, as ``bundle/…``."""
        self.files = {f"bundle/{name}": path for name, path in bundled.items()}
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self.files[path.relative_to(folder).as_posix()] = path
        digest = hashlib.sha256()
        for name, path in sorted(self.files.items()):
            digest.update(name.encode() + path.read_bytes())
        self.version = digest.hexdigest()[:12]

    def url(self, name: str) -> str:
        """Return the URL of a static file, with the hash of all of them."""
        if name not in self.files:
            raise KeyError(f"no static file {name!r}")
        return f"/static/{self.version}/{name}"


def atlas() -> Atlas:
    """Return the atlas this request is answered from: one build from start to end."""
    if "atlas" not in g:
        serving: Serving = current_app.extensions[EXTENSION]
        g.atlas = serving.atlas()
    found: Atlas = g.atlas
    return found


def language() -> Lang:
    """Return the language of the request: ``lang=en`` or Chinese."""
    return "en" if request.args.get("lang") == "en" else "zh"


def said_heading(section: str) -> str:
    """Say a printed heading path in the reader's language: 附件1 is Annex 1 on an English page."""
    return marked_chinese(section_words(section, language()))


def marked_chinese(text: str) -> str:
    """Mark a Chinese name on an English page, so that a screen reader says it in Chinese."""
    if language() == "zh" or not HAN.search(text):
        return text
    return Markup('<span lang="zh-CN">{}</span>').format(text)
