"""Large downloads: slow readers keep nobody out, and there is an end to how many there may be."""

import json
import socket
import urllib.request
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geoapp.errors import TooBusy
from geoapp.features.parts import PART_BYTES, Parts
from geoapp.web.http.sending import Sending

COUNTRY = "/ogc/collections/counties/items?limit=10000"
LARGE = Parts(b"x" * (3 * PART_BYTES))


def test_a_download_is_counted_until_its_end_or_the_clients() -> None:
    sending = Sending(slots=1)
    body = sending.out(LARGE)
    assert sending.now == 0, "nothing is sent yet: HEAD ends here"
    pieces = iter(body)
    next(pieces)
    assert sending.now == 1
    with pytest.raises(TooBusy, match="too many downloads are under way; try again in a moment"):
        sending.out(LARGE)
    assert sending.out(b"small") == [b"small"]
    pieces.close()
    assert sending.now == 0
    assert b"".join(sending.out(LARGE)) == bytes(LARGE)
    assert sending.now == 0


@pytest.mark.parametrize("path", [COUNTRY, f"{COUNTRY}&f=json"])
def test_one_download_too_many_is_503_with_a_time(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(app.extensions["geoapp"], "sending", Sending(slots=0))
    refused = client.get(path)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert json.loads(refused.data)["detail"] == "Too many downloads are under way; try again in a moment"
    assert client.get("/ogc/collections/counties/items?limit=10").status_code == 200


def test_slow_readers_of_the_country_keep_nobody_out(server: str) -> None:
    """With a thread for each of four requests, four readers who never read shut the worker for everyone."""
    held = []
    try:
        for _ in range(24):
            reader = socket.socket()
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.connect(("127.0.0.1", urlsplit(server).port))
            reader.sendall(f"GET {COUNTRY} HTTP/1.1\r\nHost: slow\r\n\r\n".encode())
            held.append(reader)
        for reader in held:
            assert reader.recv(15).startswith(b"HTTP/1.1 200 OK")
        with urllib.request.urlopen(f"{server}/healthz", timeout=5) as answer:
            assert answer.status == 200
    finally:
        for reader in held:
            reader.close()
