"""HTTP on every document of the open API and every file: HEAD, OPTIONS, other sites, ETags, ranges, methods."""

import pytest
from flask.testing import FlaskClient

from geoapp.files.registry import FORMATS

ORDOS = "region=150600&year=2025"
COUNTIES = "/ogc/collections/counties"
DOCUMENTS = [
    *("/ogc", "/ogc/", "/ogc/api", "/ogc/conformance", "/ogc/collections", COUNTIES),
    *(f"{COUNTIES}/{each}" for each in ("queryables", "schema", "items?limit=5", "items?limit=10000", "items/150621")),
]
TILES = [f"{COUNTIES}/{each}" for each in ("tiles", "tiles/WebMercatorQuad", "tiles/WebMercatorQuad/tilejson.json")]
BINARY = [f"{COUNTIES}/tiles/WebMercatorQuad/4/6/12", f"{COUNTIES}/tiles.pmtiles"]
FILES = [f"/view.{suffix}?{ORDOS}" for suffix in (*FORMATS, "qlr", "csv-metadata.json")]
OTHERS = [f"/view.{suffix}?{ORDOS}" for suffix in ("json", "files.json")]
PAGES = ["/ogc?f=html", "/ogc/api?f=html", f"{COUNTIES}?f=html", f"{COUNTIES}/items?f=html&limit=5"]
EVERYTHING = [*DOCUMENTS, *TILES, *BINARY, *FILES, *OTHERS, *PAGES]
SAME = ("Content-Length", "Content-Type", "Content-Disposition", "Content-Crs", "ETag", "Link", "Vary", "Cache-Control")
EXPOSED = {"Content-Crs", "Content-Disposition", "Content-Range", "ETag", "Link"}


@pytest.mark.parametrize("path", EVERYTHING)
def test_head_says_what_get_would_send(client: FlaskClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert (got.status_code, head.status_code, head.data) == (200, 200, b"")
    assert int(got.headers["Content-Length"]) == len(got.data)
    assert {name: head.headers.get(name) for name in SAME} == {name: got.headers.get(name) for name in SAME}


@pytest.mark.parametrize("path", EVERYTHING)
def test_browsers_on_other_sites_may_ask(client: FlaskClient, path: str) -> None:
    got = client.get(path, headers={"Origin": "https://example.cn"})
    assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert set(got.headers["Access-Control-Expose-Headers"].split(", ")) >= EXPOSED
    asking = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "range, if-none-match"}
    flight = client.options(path, headers={"Origin": "https://example.cn", **asking})
    assert (flight.status_code, flight.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert set(flight.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert flight.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert {"Range", "If-None-Match", "If-Range"} <= set(flight.headers["Access-Control-Allow-Headers"].split(", "))
    missing = client.get("/ogc/collections/villages", headers={"Origin": "https://example.cn"})
    assert missing.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", EVERYTHING)
def test_who_has_it_gets_no_body_again(client: FlaskClient, path: str) -> None:
    got = client.get(path)
    tag = got.headers["ETag"]
    for known in (tag, f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.data) == (304, b""), known
        assert again.headers["ETag"] == tag
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_writing_is_405_and_says_what_is_possible(client: FlaskClient, path: str, method: str) -> None:
    reply = client.open(path, method=method, data=b"{")
    told = "text/html" if "f=html" in path else "application/problem+json"
    assert (reply.status_code, reply.mimetype) == (405, told)
    assert set(reply.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("path", [*FILES, *BINARY, f"{COUNTIES}/items/150621"])
def test_parts_are_parts_of_the_same_bytes(client: FlaskClient, path: str) -> None:
    whole = client.get(path)
    size, tag = len(whole.data), whole.headers["ETag"]
    assert not tag.startswith("W/"), "a weak tag vouches for no bytes"
    assert whole.headers["Accept-Ranges"] == "bytes"
    for asked, start, stop in (("10-19", 10, 20), (f"{size - 4}-", size - 4, size), ("-5", size - 5, size)):
        part = client.get(path, headers={"Range": f"bytes={asked}", "If-Range": tag})
        assert (part.status_code, part.data) == (206, whole.data[start:stop])
        assert part.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{size}"
    beyond = client.get(path, headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["Content-Range"], beyond.data) == (416, f"bytes */{size}", b"")
    for unclear in ("lines=1-2", "bytes=0-1,4-5", "bytes=9-1", "bytes=-", "bytes=a-b"):
        assert client.get(path, headers={"Range": unclear}).data == whole.data
    assert client.get(path, headers={"Range": "bytes=0-1", "If-Range": '"other"'}).data == whole.data


def test_a_page_of_features_has_a_weak_tag(client: FlaskClient) -> None:
    """Its time stamp changes, so that parts of two answers would not fit together."""
    page = client.get(f"{COUNTIES}/items")
    assert page.headers["ETag"].startswith("W/")
    assert client.get(f"{COUNTIES}/items?limit=11", headers={"If-None-Match": page.headers["ETag"]}).status_code == 200
    part = client.get(f"{COUNTIES}/items", headers={"Range": "bytes=0-1", "If-Range": page.headers["ETag"]})
    assert part.status_code == 200
