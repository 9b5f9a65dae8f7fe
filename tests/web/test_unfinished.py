"""A download that breaks off never looks finished: its length is said beforehand, and its end is at the end."""

import gzip
import json
import socket
import zipfile
from http.client import HTTPConnection, IncompleteRead
from io import BytesIO
from urllib.parse import urlsplit

import pytest

from geoapp.atlas import Atlas
from geoapp.settings import Settings
from tests.conftest import Server

COUNTRY = "/ogc/collections/counties/items?limit=10000"
FILE = "/view.geojson?region=100000&level=county&layers=none&year=2025"


def slow_connection(url: str) -> HTTPConnection:
    """Return a connection with a small window, so that the server cannot be ahead of its reader."""
    place = urlsplit(url)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=30)
    connection.sock = socket.socket()
    connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    connection.sock.settimeout(30)
    connection.sock.connect((place.hostname, place.port))
    return connection


def test_a_stopped_server_leaves_an_answer_that_is_seen_to_be_short(settings: Settings, atlas: Atlas) -> None:
    with Server(settings.build_dir, GEOAPP_FULL_GEOMETRY="true") as running:
        connection = slow_connection(running.url)
        connection.request("GET", COUNTRY)
        reply = connection.getresponse()
        promised, begun = int(reply.headers["Content-Length"]), reply.read(100_000)
        running.stop()
        with pytest.raises((IncompleteRead, ConnectionError)) as caught:
            reply.read()
        connection.close()
    begun += caught.value.partial if isinstance(caught.value, IncompleteRead) else b""
    assert (reply.status, 0 < len(begun) < promised) == (200, True)
    with pytest.raises(json.JSONDecodeError):
        json.loads(begun)


def fetch(url: str, encoding: str = "identity") -> bytes:
    place = urlsplit(url)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=30)
    connection.request("GET", f"{place.path}?{place.query}", headers={"Accept-Encoding": encoding})
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    assert (reply.status, int(reply.headers["Content-Length"])) == (200, len(body))
    return body


@pytest.mark.parametrize("path", [COUNTRY, FILE, "/view.gpkg?region=150600", "/ogc/api?f=json"])
def test_every_answer_says_its_length_beforehand(server: str, path: str) -> None:
    for encoding in ("identity", "gzip"):
        assert fetch(server + path, encoding)


def test_the_end_of_an_answer_is_at_its_end(server: str) -> None:
    for suffix in ("shp.zip", "xlsx"):
        with pytest.raises(zipfile.BadZipFile):
            zipfile.ZipFile(BytesIO(fetch(f"{server}/view.{suffix}?region=150600")[:-100]))
    with pytest.raises(json.JSONDecodeError):
        json.loads(fetch(f"{server}/view.geojson?region=150600")[:-1])
    with pytest.raises(EOFError):
        gzip.decompress(fetch(f"{server}{COUNTRY}", "gzip")[:-10])
