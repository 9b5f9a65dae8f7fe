"""Cards, region pages and /resolve."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

FIELDS = [
    "status",
    "value",
    "value_text",
    "unit",
    "comparator",
    "tier",
    "base_year",
    "target_year",
    "adcode",
    "region_name",
    "from_adcode",
    "from_name",
    "plan",
    "section",
    "path",
]


def test_resolve_answers_with_every_field_of_the_contract(client: FlaskClient) -> None:
    body = client.get("/resolve?adcode=150621&indicator=ei_gdp_cut&year=2025&tier=incentive").json
    assert set(FIELDS) <= set(body)
    assert {name: body[name] for name in FIELDS} == {
        "status": "own",
        "value": 20.4,
        "value_text": "-20.4",
        "unit": "%",
        "comparator": "eq",
        "tier": "incentive",
        "base_year": 2020,
        "target_year": 2025,
        "adcode": "150621",
        "region_name": "达拉特旗",
        "from_adcode": "150621",
        "from_name": "达拉特旗",
        "plan": "ordos-2021-2025",
        "section": "附件1",
        "path": ["达拉特旗：本级目标"],
    }


def test_resolve_without_a_year_takes_the_plan_that_applies(client: FlaskClient) -> None:
    assert client.get("/resolve?adcode=652800&indicator=ei_gdp_cut").json["target_year"] == 2015
    assert client.get("/resolve?adcode=654200&indicator=ei_gdp_cut").json["target_year"] == 2025


def test_an_old_code_is_resolved_as_its_successor(client: FlaskClient) -> None:
    body = client.get("/resolve?adcode=654223&indicator=ei_gdp_cut&year=2015").json
    assert (body["adcode"], body["region_name"], body["status"]) == ("654203", "沙湾市", "parent")
    reply = client.get("/regions/654223?lang=en")
    assert (reply.status_code, reply.headers["Location"]) == (301, "/regions/654203?lang=en")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("150621", ["达拉特旗", "18%", "20.4%", "附件1"]),
        ("620622", ["古浪县", "未公开"]),
        ("640202", ["大武口区", "石嘴山市", "15%"]),
    ],
)
@pytest.mark.parametrize("path", ["/regions/{}", "/regions/{}/card"])
def test_the_card_says_what_applies_and_who_says_so(
    client: FlaskClient, code: str, words: list[str], path: str
) -> None:
    text = client.get(path.format(code)).text
    for word in words:
        assert word in text


def test_the_json_twin_holds_targets_parks_projects_and_citations(client: FlaskClient) -> None:
    body = client.get("/regions/150621.json").json
    assert [target["label"] for target in body["targets"] if target["indicator"] == "ei_gdp_cut"] == ["18%", "20.4%"]
    assert "达拉特经济开发区" in [park["name"] for park in body["parks"]]
    assert all(each["citation"]["section"] for each in (*body["targets"], *body["parks"], *body["projects"]))
    assert all(answer["from_name"] == "鄂尔多斯市" for answer in body["inherited"])


def test_a_region_nobody_speaks_of_has_a_card_too(client: FlaskClient) -> None:
    reply = client.get("/regions/440305/card")
    assert reply.status_code == 200
    assert "南山区" in reply.text


def test_values_come_in_their_normal_unit_too(client: FlaskClient) -> None:
    body = client.get("/resolve?adcode=150600&indicator=new_energy_added").json
    assert (body["value"], body["unit"], body["value_si"], body["unit_si"]) == (5000, "万千瓦", 50000, "MW")
    assert client.get("/resolve?adcode=150621&indicator=ei_gdp_cut").json["value_si"] == 0.18


def test_a_goal_of_2015_joins_the_unit_of_its_day_and_says_what_became_of_it(client: FlaskClient) -> None:
    turpan = client.get("/resolve?adcode=650400&indicator=ei_gdp_cut&year=2015").json
    assert (turpan["value"], turpan["status"]) == (10, "own")
    assert turpan["path"][-1] == "2015年时为吐鲁番地区，2015-04起为吐鲁番市，目标按今天的区划沿用"
    shawan = client.get("/resolve?adcode=654203&indicator=ei_gdp_cut&year=2015").json
    assert shawan["path"][-1] == "2015年时为沙湾县，2021-01起为沙湾市，目标按今天的区划沿用"
    assert "沙湾县" not in " ".join(client.get("/resolve?adcode=654203&indicator=ei_gdp_cut&year=2025").json["path"])


@pytest.mark.parametrize(
    ("text", "suggestion", "name"),
    [
        ("150699", "/regions/150627", "伊金霍洛旗"),
        ("159999", "/regions/150000", "内蒙古自治区"),
        ("999999", "/regions", "地区"),
        ("乌审旗", "/regions/150626", "乌审旗"),
        ("nothing", "/regions", "地区"),
    ],
)
def test_an_unknown_code_leads_somewhere_near(client: FlaskClient, text: str, suggestion: str, name: str) -> None:
    told = client.get(f"/regions/{text}.json")
    assert (told.status_code, told.json["suggestion"]) == (404, suggestion)
    page = client.get(f"/regions/{text}", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert f'<a class="button" href="{suggestion}">打开 {name}</a>' in page.text


@pytest.mark.parametrize("code", ["150621", "150600", "650000", "659001"])
def test_a_region_s_page_offers_its_own_layer(client: FlaskClient, code: str) -> None:
    text = client.get(f"/regions/{code}").text
    link = re.search(r'href="(/view\.geojson\?[^"]+)"', text)
    assert link is not None
    features = client.get(unescape(link[1])).json["features"]
    targets = [each["properties"]["adcode"] for each in features if each["properties"]["layer"] == "targets"]
    assert targets
    assert all(each[:2] == code[:2] for each in targets)
    if code == "150621":
        assert targets == ["150621"]
