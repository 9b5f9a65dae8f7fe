"""The short way past Flask gives what Flask gives, byte for byte."""

import json

import pytest
from flask import Flask
from werkzeug.test import Client

from geoapp.web.http.fast_path import FastPath
from geoapp.web.http.page_memory import PageMemory
from geoapp.web.metrics import Meter

ITEMS = "/ogc/collections/counties/items"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Accept-Encoding": "gzip"},
        {"Accept": "application/geo+json, text/html;q=0.1"},
        {"Range": "bytes=5-50"},
        {"If-None-Match": "*"},
        {"Accept": "text/html"},
        {"Accept": "image/png"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize(
    "path",
    [
        ITEMS,
        f"{ITEMS}?limit=2891",
        f"{ITEMS}?bbox=109,39,110,40&limit=2",
        f"{ITEMS}?sortby=-name&properties=name&limit=3",
        f"{ITEMS}?limit=x",
        f"{ITEMS}?f=html&limit=2&offset=3",
        f"{ITEMS}/150621",
        f"{ITEMS}/150621?crs=http://www.opengis.net/def/crs/EPSG/0/3857",
        f"{ITEMS}/000000",
        "/ogc/collections/parks/items?limit=1&filter=name%20LIKE%20'%25'",
    ],
)
def test_both_ways_give_the_same(app: Flask, path: str, method: str, headers: dict[str, str]) -> None:
    meter: Meter = app.extensions["geoapp-meter"]
    assert isinstance(meter.app, PageMemory)
    hot = meter.app.app
    assert isinstance(hot, FastPath)
    short = Client(hot).open(path, method=method, headers=headers)
    long = Client(hot.app).open(path, method=method, headers=headers)
    assert short.status_code == long.status_code
    assert _plain(short.headers) == _plain(long.headers)
    assert _timeless(short.data) == _timeless(long.data)


def _plain(headers) -> list[tuple[str, str]]:
    return sorted((name.lower(), value) for name, value in headers if name != "Date")


def _timeless(body: bytes) -> object:
    """Return a page without its time stamp, which may tick between the two."""
    try:
        document = json.loads(body)
    except ValueError:
        return b"" if body.startswith(b"\x1f\x8b") else body.split(b'"timeStamp"')[0]
    document.pop("timeStamp", None)
    return document
