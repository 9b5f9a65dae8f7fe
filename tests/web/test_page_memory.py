"""Pages from memory are the pages as they are made: the same bytes, headers and conditions, and nobody else's."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from geoapp.web.http.context import EXTENSION
from geoapp.web.http.page_memory import PageMemory

PATHS = ("/", "/?lang=en&layers=none", "/view.json", "/plans", "/quality", "/indicators.json", "/view.html")
OTHERS = ("/?fade=targets:60", "/?x=table%3A1", "/plans/none", "/healthz", "/metrics", "/view.png?region=1")


class Counted:
    """The application, and how often it was asked."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app, self.asked = app, 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked += 1
        return self.app(environ, start_response)


@pytest.fixture
def behind(world_app: Flask) -> Counted:
    """The world's application without a memory before it."""
    return Counted(Flask.wsgi_app.__get__(world_app))


@pytest.fixture
def client(world_app: Flask, behind: Counted) -> Client:
    """A client of that application behind a memory of its own."""
    return Client(PageMemory(behind, world_app.extensions[EXTENSION]))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("packed", ["gzip", "identity"])
def test_the_second_answer_is_the_first_and_nothing_is_rendered(
    client: Client, behind: Counted, path: str, packed: str
) -> None:
    plain = Client(behind.app).get(path, headers={"Accept-Encoding": packed})
    first, second = (client.get(path, headers={"Accept-Encoding": packed}) for _ in range(2))
    assert behind.asked == 1
    assert first.status_code == 200
    for answer in (first, second):
        assert answer.data == plain.data
        assert sorted(answer.headers) == sorted(plain.headers)


def test_a_client_that_has_the_page_gets_304_from_memory_and_before_it_was_there(
    client: Client, behind: Counted
) -> None:
    tag = Client(behind.app).get("/plans").headers["ETag"]
    first, second = (client.get("/plans", headers={"If-None-Match": tag}) for _ in range(2))
    assert (first.status_code, second.status_code) == (304, 304)
    assert second.data == b""
    assert second.headers["ETag"] == tag
    assert behind.asked == 1
    assert client.get("/plans").status_code == 200, "the 304 was not what was kept"


@pytest.mark.parametrize("path", OTHERS)
def test_what_is_no_page_for_everybody_is_asked_for_each_time(client: Client, behind: Counted, path: str) -> None:
    client.get(path)
    client.get(path)
    assert behind.asked == 2


@pytest.mark.parametrize("kept", ["private, no-store", "no-store", "private"])
def test_what_others_must_not_see_is_not_kept(world_app: Flask, kept: str) -> None:
    def one_readers(_: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [("Cache-Control", kept), ("ETag", '"x"'), ("Content-Type", "text/plain")])
        return [b"mine"]

    behind = Counted(one_readers)
    client = Client(PageMemory(behind, world_app.extensions[EXTENSION]))
    assert [client.get("/plans").data for _ in range(2)] == [b"mine", b"mine"]
    assert behind.asked == 2


def test_languages_hosts_and_prefixes_have_pages_of_their_own(client: Client, behind: Counted) -> None:
    client.get("/plans")
    client.get("/plans?lang=en")
    client.get("/plans", base_url="http://127.0.0.2/")
    client.get("/plans", headers={"Accept": "application/json"})
    assert behind.asked == 4


def test_the_memory_is_bounded_in_bytes(world_app: Flask, behind: Counted) -> None:
    size = len(Client(behind.app).get("/plans", headers={"Accept-Encoding": "identity"}).data)
    client = Client(PageMemory(behind, world_app.extensions[EXTENSION], budget=3 * (size + 2_000)))
    for number in range(6):
        client.get(f"/plans?x={number}")
    before = behind.asked
    client.get("/plans?x=5")
    client.get("/plans?x=0")
    assert behind.asked == before + 1, "the newest is there, the oldest is not"


def test_a_page_is_made_again_after_its_time(world_app: Flask, behind: Counted) -> None:
    client = Client(PageMemory(behind, world_app.extensions[EXTENSION], seconds=0.0))
    client.get("/plans")
    client.get("/plans")
    assert behind.asked == 2
