"""The pages with a map, without a browser."""

from html import unescape

import pytest
from flask.testing import FlaskClient


def test_an_odd_link_opens_and_says_so(client: FlaskClient) -> None:
    answer = client.get("/?region=150600&year=2015&foo=1&compare=a.b.c&fade=parks:2000")
    assert answer.status_code == 200
    text = unescape(answer.text)
    for part in ("没有“foo”这个参数", "改为显示2025年", "“compare=a.b.c”无法使用", "“fade=parks:2000”无法使用"):
        assert part in text
    assert '"year": 2025' in answer.text


@pytest.mark.parametrize("query", ["", "?region=150600", "?region=150600&compare=ei_gdp_cut.2025.incentive"])
def test_a_good_link_says_nothing(client: FlaskClient, query: str) -> None:
    assert 'class="notice" role="status"' not in client.get("/" + query).text


@pytest.mark.parametrize("path", ["/", "/view.html?region=150600&embed=1"])
def test_pages_name_no_other_host(client: FlaskClient, path: str) -> None:
    page = client.get(path).text.replace('href="http://localhost/oembed', "")
    for word in ('src="http', 'href="http', "url(http", "//cdn"):
        assert word not in page


def test_the_card_of_a_project_says_how_little_is_known_of_its_place(client: FlaskClient) -> None:
    found = client.get("/view.json?region=654200&type=hydropower").get_json()["points"]
    project = next(point["id"] for point in found if point.get("type") and point["precision"] == "county")
    answer = client.get(f"/points/{project}/card")
    assert answer.status_code == 200
    assert "只知所在县" in answer.text
    assert "图上符号不是实际位置" in answer.text
    assert "三(一) 专栏1" in answer.text


def test_unknown_points_are_not_found(client: FlaskClient) -> None:
    assert client.get("/points/nothing/card").status_code == 404
    assert client.get("/regions/999999/kin").status_code == 404
