"""oEmbed 1.0 as a consumer meets it: what is answered, what is refused, how it is found."""

import re
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from geoapp.atlas import Atlas

HOME = "http://localhost"


def ask(client: FlaskClient, page: str, more: str = ""):
    return client.get(f"/oembed?url={quote(page, safe='')}{more}")


def test_the_answer_is_a_frame_with_a_picture(client: FlaskClient, atlas: Atlas) -> None:
    answer = ask(client, f"{HOME}/?region=150600&year=2025")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    found = answer.get_json()
    assert found["version"] == "1.0"
    assert found["type"] == "rich"
    assert found["title"] == "鄂尔多斯市“十四五”单位GDP能耗累计降低率"
    assert (found["provider_name"], found["provider_url"]) == ("规划图集", "http://localhost/")
    assert found["cache_age"] == 3600
    frame = re.fullmatch(
        r'<iframe src="([^"]+)" title="([^"]+)" width="960" height="600" [^>]*></iframe>', found["html"]
    )
    assert frame is not None
    source = urlsplit(unescape(frame[1]))
    assert f"{source.scheme}://{source.netloc}{source.path}" == f"{HOME}/view.html"
    assert parse_qs(source.query)["embed"] == ["1"]
    assert client.get(f"{source.path}?{source.query}").status_code == 200
    assert f"v={atlas.version}" in found["thumbnail_url"]
    assert (found["thumbnail_width"], found["thumbnail_height"]) == (800, 550)
    assert client.get(found["thumbnail_url"].removeprefix(HOME)).mimetype == "image/png"


def test_both_sizes_keep_to_what_the_consumer_has_room_for(client: FlaskClient) -> None:
    found = ask(client, f"{HOME}/?region=150600", "&maxwidth=700&maxheight=480").get_json()
    assert (found["width"], found["height"]) == (700, 480)
    assert 'width="700" height="480"' in found["html"]
    assert (found["thumbnail_width"], found["thumbnail_height"]) == (640, 440)
    small = ask(client, f"{HOME}/?region=150600", "&maxwidth=320").get_json()
    assert (small["width"], small["height"]) == (320, 600)
    assert "thumbnail_url" not in small


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("/view.html?region=150600&compare=a.b.c&embed=1", {"region": "150600"}),
        ("/regions/654223?lang=en", {"region": "654203", "lang": "en"}),
        ("/plans/wuwei-2021-2025", {"region": "620600", "year": "2025"}),
        ("/indicators/ei_gdp_cut_annual", {"indicator": "ei_gdp_cut_annual"}),
        ("?region=150600", {"region": "150600"}),
        ("/?region=150600&year=2015", {"year": "2025"}),
    ],
)
def test_pages_with_a_map(client: FlaskClient, page: str, query: dict[str, str]) -> None:
    html = unescape(ask(client, HOME + page).get_json()["html"])
    resolved = parse_qs(html.split("?")[1].split('"')[0])
    assert {name: resolved[name][0] for name in query} == query
    assert "compare" not in resolved


def test_a_project_is_shown_in_its_region(client: FlaskClient, atlas: Atlas) -> None:
    project = next(each for each in atlas.dataset.projects if each.adcode == "150625")
    html = ask(client, f"{HOME}/projects/{project.id}").get_json()["html"]
    assert f"sel={project.id}" in html
    assert "region=150600" in html


def test_a_proxy_that_takes_https_off_keeps_https_in_the_frame(client: FlaskClient) -> None:
    found = ask(client, "https://localhost/?region=150600").get_json()
    assert found["html"].startswith('<iframe src="https://localhost/view.html?')


def test_xml_says_the_same(client: FlaskClient) -> None:
    page = f"{HOME}/?region=620600"
    answer = ask(client, page, "&format=xml")
    assert answer.mimetype == "text/xml"
    root = ET.fromstring(answer.data)
    assert root.tag == "oembed"
    assert {child.tag: child.text for child in root} == {
        name: str(value) for name, value in ask(client, page, "&format=json").get_json().items()
    }


@pytest.mark.parametrize(
    ("query", "status", "word"),
    [
        ("", 400, "url: is missing"),
        ("url=", 400, "is not the address of a page"),
        ("url=/view.html", 400, "is not the address of a page"),
        ("url=ftp%3A//localhost/", 400, "is not the address of a page"),
        ("url=http%3A//localhost%3A99999/", 400, "is not the address of a page"),
        ("url=http%3A//%5Bbad/", 400, "is not the address of a page"),
        ("url=http%3A//a%3Ab%40localhost/", 400, "is not the address of a page"),
        ("url=http%3A//localhost/%0d%0aX%3A1", 400, "is not the address of a page"),
        ("url=http%3A//localhost/&maxwidth=0", 400, "maxwidth"),
        ("url=http%3A//localhost/&maxheight=wide", 400, "maxheight"),
        ("url=http%3A//localhost/&max=3", 400, "max: unknown parameter"),
        ("url=http%3A//localhost/&url=http%3A//localhost/", 400, "more than once"),
        ("url=http%3A//other.cn/%3Fregion%3D150600", 404, "other.cn is another server"),
        ("url=http%3A//localhost%3A8001/", 404, "another server"),
        ("url=http%3A//localhost/quality", 404, "/quality has no map"),
        ("url=http%3A//localhost/regions/999999", 404, "999999"),
        ("url=http%3A//localhost/projects/nothing", 404, "nothing"),
        ("url=http%3A//localhost/view.html%3Fregion%3D999999", 404, "region: '999999' is not the code of a division"),
        ("url=http%3A//localhost/%3Findicator%3Dnone", 404, "indicator: 'none' is not a known indicator"),
        ("url=http%3A//localhost/regions/150600%3Findicator%3Dnone", 404, "indicator: 'none'"),
        ("url=http%3A//localhost/&format=yaml", 501, "json or xml"),
    ],
)
def test_what_cannot_be_answered_says_why(client: FlaskClient, query: str, status: int, word: str) -> None:
    answer = client.get(f"/oembed?{query}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert word in answer.get_json()["detail"]


def test_wordpress_may_ask_not_to_be_tracked(client: FlaskClient) -> None:
    assert ask(client, f"{HOME}/", "&dnt=1").status_code == 200


def test_an_answer_is_sent_once(client: FlaskClient) -> None:
    url = "/oembed?url=http%3A//localhost/%3Fregion%3D150600"
    first = client.get(url)
    assert first.headers["Cache-Control"] == "public, max-age=3600"
    assert client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("page", ["/?region=150600", "/view.html?region=620600&embed=1"])
def test_a_page_names_its_oembed_address(client: FlaskClient, page: str) -> None:
    answer = client.get(page)
    links = dict(re.findall(r'<link rel="alternate" type="([^"]+)\+oembed" href="([^"]+)"', answer.text))
    assert set(links) == {"application/json", "text/xml"}
    for mimetype, url in links.items():
        found = client.get(unescape(url).removeprefix(HOME))
        assert (found.status_code, found.mimetype) == (200, mimetype)
        assert f'<{unescape(url)}>; rel="alternate"; type="{mimetype}+oembed"' in answer.headers.getlist("Link")


def test_reading_pages_name_theirs_in_the_headers(client: FlaskClient) -> None:
    links = client.get("/regions/150600").headers.getlist("Link")
    assert len(links) == 2
    assert client.get("/quality").headers.getlist("Link") == []
    assert client.get("/regions/150600/card").headers.getlist("Link") == []


def test_a_link_to_the_atlas_has_a_picture_of_its_own_host(client: FlaskClient, atlas: Atlas) -> None:
    page = client.get("/?region=150600", base_url="https://atlas.internal").text
    tags = {
        name: unescape(text) for name, text in re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]*)"', page)
    }
    assert tags["image"].startswith("https://atlas.internal/view.png?region=150600&")
    assert f"&v={atlas.version}" in tags["image"]
    assert tags["image:alt"].startswith("地图：鄂尔多斯市")
    assert client.get(tags["image"].removeprefix("https://atlas.internal")).status_code == 200


def test_the_frame_says_what_of_its_address_was_ignored(client: FlaskClient) -> None:
    page = client.get("/view.html?region=999999&embed=1").text
    assert re.search(r'<div class="notice" role="status">.*<span>“region=999999”无法使用，改用“100000”</span>', page)
    assert 'class="notice"' not in client.get("/view.html?region=150600&embed=1").text


def test_only_the_map_may_be_framed_elsewhere(client: FlaskClient) -> None:
    assert "frame-ancestors *" in client.get("/view.html?embed=1").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in client.get("/").headers["Content-Security-Policy"]
    answer = client.get("/view.html?embed=1")
    assert "X-Frame-Options" not in answer.headers
    assert "Set-Cookie" not in answer.headers
