"""Every address in an answer, whatever its kind: pages, JSON, XML, archives of XML, PDF, headers."""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.data.nginx import HOST, Answer

ATTRIBUTE = re.compile(r"""\b(?:href|src|action|content|data-cite|data-root|poster)=(["'])(.*?)\1""", re.DOTALL)
SCRIPT = re.compile(r'<script type="application/json"[^>]*>(.*?)</script>', re.DOTALL)
WHOLE = re.compile(r"""https?://[^\s"'<>)\\\]}，。；]+""")
PATH = re.compile(r"/(?:[a-z?]|$)")
ARCHIVES = ("application/vnd.openxmlformats-officedocument", "application/zip", "application/x-shapefile")
OURS = (HOST, "127.0.0.1", "localhost")
"""Hosts that an answer of ours can mean itself by; other whole addresses are names of standards and licences."""


def addresses(answer: Answer) -> Iterator[str]:
    """Yield the addresses of an answer: whole ones, and paths from the root of the host."""
    for name in ("location", "content-location", "link"):
        value = answer.header(name)
        yield from re.findall(r"<([^>]*)>", value) or filter(None, [value])
    kind, body = answer.mimetype, answer.body
    if "json" in kind:
        yield from _of_json(json.loads(body))
    elif kind == "text/html":
        yield from _of_page(body.decode())
    elif kind.startswith(ARCHIVES) or body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                yield from WHOLE.findall(html.unescape(archive.read(name).decode("utf-8", "ignore")))
    else:
        yield from WHOLE.findall(html.unescape(body.decode("utf-8", "ignore")))


def is_address(text: str) -> bool:
    """Say whether a text leads to the atlas, rightly or not."""
    return PATH.match(text) is not None or urlsplit(text).hostname in OURS


def _of_page(text: str) -> Iterator[str]:
    for _, value in ATTRIBUTE.findall(text):
        if PATH.match(value) or value.startswith("http"):
            yield html.unescape(value)
    for block in SCRIPT.findall(text):
        yield from _of_json(json.loads(block))
    yield from WHOLE.findall(html.unescape(SCRIPT.sub("", text)))


def _of_json(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _of_json(each)
    elif isinstance(value, list):
        for each in value:
            yield from _of_json(each)
    elif isinstance(value, str):
        if len(value) > 1 and PATH.match(value):
            yield value
        yield from WHOLE.findall(html.unescape(value))
