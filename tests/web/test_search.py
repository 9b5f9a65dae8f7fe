"""Search over HTTP: the contract of the box, and the page behind it."""

import pytest
from flask.testing import FlaskClient

HTML = {"Accept": "text/html"}


def test_results_have_the_fields_of_the_contract(client: FlaskClient) -> None:
    reply = client.get("/search.json?q=达旗")
    assert reply.status_code == 200
    assert reply.json is not None
    assert reply.json["results"][0] == {
        "kind": "region",
        "id": "150621",
        "adcode": "150621",
        "name": "达拉特旗",
        "where": "内蒙古自治区 · 鄂尔多斯市",
        "url": "/regions/150621",
    }
    assert reply.json["groups"][0] == {"kind": "region", "ids": ["150621"]}
    assert (reply.json["near"], reply.json["said"]) == (False, "")


@pytest.mark.parametrize("url", ["/search.json", "/search.json?q=", "/search.json?q=%20%20"])
def test_an_empty_question_has_no_results(client: FlaskClient, url: str) -> None:
    assert client.get(url).json == {"results": []}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("q=" + "x" * 101, "q"),
        ("q=" + "沙" * 5000, "q"),
        ("q=a&q=b", "q"),
        ("q=a&limit=0", "limit"),
        ("q=a&limit=51", "limit"),
        ("q=a&limit=ten", "limit"),
        ("q=a&lang=fr", "lang"),
        ("query=a", "query"),
    ],
)
def test_faults_name_the_parameter(client: FlaskClient, query: str, parameter: str) -> None:
    reply = client.get(f"/search.json?{query}")
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")
    assert reply.json is not None
    assert [each["parameter"] for each in reply.json["errors"]] == [parameter]


def test_a_hundred_characters_are_allowed(client: FlaskClient) -> None:
    assert client.get("/search.json?q=" + "x" * 100).status_code == 200


def test_the_limit_is_kept(client: FlaskClient) -> None:
    reply = client.get("/search.json?q=市&limit=3")
    assert reply.json is not None
    assert len(reply.json["results"]) == 3


def test_the_page_lists_what_the_twin_lists(client: FlaskClient) -> None:
    page = client.get("/search?q=沙湾", headers=HTML).get_data(as_text=True)
    twin = client.get("/search.json?q=沙湾&limit=50").json
    assert twin is not None
    assert all(hit["name"] in page and hit["url"] in page for hit in twin["results"])


def test_the_page_says_when_nothing_is_found(client: FlaskClient) -> None:
    assert "没有找到" in client.get("/search?q=火星上的地方", headers=HTML).get_data(as_text=True)


def test_the_page_is_lenient_with_what_it_does_not_know(client: FlaskClient) -> None:
    assert client.get("/search?q=沙湾&utm_source=mail", headers=HTML).status_code == 200


def test_a_question_too_long_for_the_page_is_a_problem_page(client: FlaskClient) -> None:
    reply = client.get("/search?q=" + "x" * 101, headers=HTML)
    assert (reply.status_code, reply.mimetype) == (400, "text/html")


def test_the_question_is_shown_as_text(client: FlaskClient) -> None:
    page = client.get("/search?q=<img src=x onerror=alert(1)>", headers=HTML).get_data(as_text=True)
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


@pytest.mark.parametrize("text", ["lüliang", "lyuliang", "lvliang", "luliang", "Lǚliáng"])
def test_lu_with_dots_is_found_however_it_is_typed(client: FlaskClient, text: str) -> None:
    assert first(client, text) == "吕梁市"


@pytest.mark.parametrize(("text", "name"), [("liuan", "六安市"), ("leting", "乐亭县"), ("danxian", "南丹县")])
def test_misread_names_come_after_names_read_so(client: FlaskClient, text: str, name: str) -> None:
    assert first(client, text) == name


@pytest.mark.parametrize("query", ["%B6%F5%B6%FB%B6%E0%CB%B9", "%B6%F5%B6%FB%B6%E0%CB%B9&lang=en"])
def test_a_question_in_gbk_is_read(client: FlaskClient, query: str) -> None:
    found = client.get(f"/search.json?q={query}").json
    assert found is not None
    assert found["results"][0]["name"] == ("Ordos" if "lang=en" in query else "鄂尔多斯市")
    page = client.get(f"/search?q={query}").text
    assert 'value="鄂尔多斯"' in page


def test_bytes_that_are_no_text_find_nothing(client: FlaskClient) -> None:
    answer = client.get("/search.json?q=%ff%ff").json
    assert answer is not None
    assert (answer["results"], answer["near"]) == ([], False)


def first(client: FlaskClient, text: str) -> str:
    """Return the name found first."""
    found = client.get("/search.json", query_string={"q": text}).json
    assert found is not None
    return str(found["results"][0]["name"])


def test_results_stand_in_groups_with_the_kind_of_the_best_one_first(client: FlaskClient) -> None:
    reply = client.get("/search.json?q=能耗&limit=50").json
    assert reply is not None
    kinds = [group["kind"] for group in reply["groups"]]
    assert kinds[0] == reply["results"][0]["kind"]
    assert len(kinds) == len(set(kinds)) > 1
    assert sorted(each for group in reply["groups"] for each in group["ids"]) == sorted(
        h["id"] for h in reply["results"]
    )
    page = client.get("/search?q=能耗", headers=HTML).text
    assert [page.index(f'id="of-{kind}"') for kind in kinds] == sorted(page.index(f'id="of-{kind}"') for kind in kinds)


@pytest.mark.parametrize(
    ("text", "first", "said"),
    [
        ("鄂爾多斯", "150600", "按简体“鄂尔多斯”查找"),
        ("大拉特旗", "150621", "没有叫“大拉特旗”的；下面是只差一个字符的名称"),
        ("火星基地", None, "地区、规划文件、指标、园区和项目的名称里都没有“火星基地”，也没有只差一个字符的"),
        ("150699", None, "没有区划代码 150699；最接近的是"),
    ],
)
def test_another_reading_and_an_empty_answer_say_why(
    client: FlaskClient, text: str, first: str | None, said: str
) -> None:
    reply = client.get(f"/search.json?q={text}").json
    assert reply is not None
    assert [hit["id"] for hit in reply["results"]][:1] == ([first] if first else [])
    assert reply["said"].startswith(said)
    assert said in client.get(f"/search?q={text}", headers=HTML).text


def test_an_indicator_leads_to_a_map_that_shows_it_or_to_its_page(client: FlaskClient) -> None:
    shown = {}
    for text in ("ei_gdp_cut", "raster:elevation-5min:mean", "coal_use", "river_grade", "energy_total_control"):
        hits = client.get(f"/search.json?q={text}").get_json()["results"]
        shown |= {hit["id"]: hit.get("map") for hit in hits if hit["kind"] == "indicator"}
    assert shown["ei_gdp_cut"]
    assert shown["energy_total_control"] is None
    for address in filter(None, shown.values()):
        body = client.get(address.replace("/?", "/view.json?")).get_json()
        assert sum(body["counts"].get(status, 0) for status in ("own", "parent")) > 0, address
