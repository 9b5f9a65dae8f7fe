"""Caching, compression, conditional answers, headers."""

import gzip
import re

import pytest
from flask.testing import FlaskClient

from geoapp.atlas import Atlas

PACKED = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("url", ["/", "/view.json?region=150600", "/view.geojson?region=150600", "/regions/150621"])
def test_answers_have_an_etag_and_are_not_sent_twice(client: FlaskClient, url: str) -> None:
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(url).data == first.data


def test_text_is_compressed_and_says_so(client: FlaskClient) -> None:
    plain, packed = client.get("/view.json?region=150600"), client.get("/view.json?region=150600", headers=PACKED)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_geometry_never_changes_under_its_url(client: FlaskClient, atlas: Atlas) -> None:
    url = f"/geo/county/{atlas.dataset.edition.id}.json?within=150600&detail=full"
    reply = client.get(url, headers=PACKED)
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(gzip.decompress(reply.data)) > len(reply.data)


def test_static_files_are_cached_under_their_hash_only(client: FlaskClient) -> None:
    page = client.get("/?region=100000").text
    url = page.split('<script type="module" src="')[1].split('"')[0]
    assert "immutable" in client.get(url).headers["Cache-Control"]
    old = url.replace(url.split("/")[2], "000000000000")
    assert client.get(old).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("url", ["/", "/view.html?region=150600", "/regions/150621"])
def test_pages_name_no_other_host(client: FlaskClient, url: str) -> None:
    reply = client.get(url)
    links = re.findall(r"""(?:src|href|action)=["']([^"']+)""", reply.text)
    assert len(links) > 3
    assert [link for link in links if not link.startswith(("/", "#", "?", "http://localhost/oembed"))] == []
    assert [link for link in links if link.startswith("//")] == []
    assert reply.headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_frames_may_hold_the_bare_map_only(client: FlaskClient) -> None:
    assert "frame-ancestors *" in client.get("/view.html").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in client.get("/").headers["Content-Security-Policy"]


def test_health_tells_what_is_served(client: FlaskClient, atlas: Atlas) -> None:
    body = client.get("/healthz").json
    assert (body["status"], body["data_version"]) == ("ok", atlas.version)
    assert body["records"]["regions"] > 3200
