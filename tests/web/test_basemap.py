"""The background comes through our own address; the key never leaves the server."""

import io
import urllib.request
from collections.abc import Callable
from email.message import Message
from typing import Any
from urllib.error import HTTPError, URLError

import pytest
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.settings import Settings

KEY = "secret key/1"
Upstream = Callable[..., Any]


class Picture(io.BytesIO):
    """What a tile server answers."""

    def __init__(self, kind: str = "image/png") -> None:
        super().__init__(b"\x89PNG tile")
        self.headers = Message()
        self.headers["Content-Type"] = kind


@pytest.fixture
def keyed(settings: Settings, atlas: Atlas) -> FlaskClient:
    app = create_app(
        settings.model_copy(update={"tianditu_key": KEY, "tianditu_url": "http://up.test/{z}/{x}/{y}?tk={key}"})
    )
    app.testing = True
    return app.test_client()


def use(monkeypatch: pytest.MonkeyPatch, upstream: Upstream) -> list[str]:
    asked: list[str] = []

    def fetch(request: urllib.request.Request, timeout: float) -> Any:
        asked.append(request.full_url)
        return upstream()

    monkeypatch.setattr("geoapp.web.basemap.urlopen", fetch)
    return asked


def test_without_a_key_there_is_no_background(client: FlaskClient) -> None:
    assert client.get("/basemap/tianditu/5/24/12").status_code == 404
    assert '"basemap": false' in client.get("/?region=100000").text


def test_a_tile_is_fetched_once_with_the_key_and_kept(keyed: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = use(monkeypatch, Picture)
    for _ in range(2):
        answer = keyed.get("/basemap/tianditu/5/24/12")
        assert (answer.status_code, answer.data, answer.mimetype) == (200, b"\x89PNG tile", "image/png")
    assert asked == ["http://up.test/5/24/12?tk=secret%20key/1"]


def test_the_key_is_in_no_page(keyed: FlaskClient) -> None:
    page = keyed.get("/?basemap=tianditu").text
    assert "secret" not in page
    assert '"basemap": true' in page


@pytest.mark.parametrize(
    ("fault", "wording"),
    [
        (HTTPError("u", 418, "no key", Message(), None), "The background server up.test answered 418"),
        (URLError("refused"), "The background server up.test did not answer"),
    ],
)
def test_a_failing_upstream_is_said_without_the_key(
    keyed: FlaskClient, monkeypatch: pytest.MonkeyPatch, fault: Exception, wording: str
) -> None:
    def fail() -> None:
        raise fault

    use(monkeypatch, fail)
    answer = keyed.get("/basemap/tianditu/5/24/12")
    assert answer.status_code == 502
    assert answer.get_json()["detail"] == wording
    assert "secret" not in answer.text


def test_a_dead_upstream_is_left_alone(keyed: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise URLError("refused")

    asked = use(monkeypatch, fail)
    assert [keyed.get(f"/basemap/tianditu/5/24/{y}").status_code for y in range(4)] == [502] * 4
    assert len(asked) == 1


def test_a_page_instead_of_a_picture_is_refused(keyed: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, lambda: Picture("text/html"))
    assert keyed.get("/basemap/tianditu/5/24/12").status_code == 502


@pytest.mark.parametrize("path", ["0/0/0", "5/32/1", "5/1/32", "19/1/1"])
def test_tiles_that_do_not_exist(keyed: FlaskClient, path: str) -> None:
    assert keyed.get(f"/basemap/tianditu/{path}").status_code == 404
