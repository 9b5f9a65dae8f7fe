"""The siting form over published vector layers: inside, outside, near and far, by type, in every face of a screen."""

import pytest
from flask.testing import FlaskClient

from tests.data.world_layers import RED
from tests.data.world_map import DONGHE

HERE = f"region={DONGHE}&resolution=1000"


def left(client: FlaskClient, query: str) -> float:
    """Return the part of the county that a screen leaves."""
    answer = client.get(f"/screen.json?{HERE}&{query}")
    assert answer.status_code == 200, answer.text
    whole, kept = answer.json["funnel"]
    return float(kept["km2"] / whole["km2"])


def test_inside_and_outside_are_the_two_parts_of_the_county(listed_client: FlaskClient) -> None:
    inside = left(listed_client, "layer1=redline&where1=inside")
    assert inside == pytest.approx(RED.area, rel=0.03)  # the county is one degree by one
    assert left(listed_client, "layer1=redline&where1=outside") == pytest.approx(1 - inside)
    assert left(listed_client, "layer2=redline") == pytest.approx(1 - inside), "outside, where nothing is said"


def test_far_and_near_part_the_county_and_a_type_is_less_than_all(listed_client: FlaskClient) -> None:
    far = left(listed_client, "layer1=stations&where1=farther&km1=15")
    assert far + left(listed_client, "layer1=stations&where1=nearer&km1=15") == pytest.approx(1, abs=0.001)
    assert 1 > left(listed_client, "layer1=stations:hydro&where1=farther&km1=15") > far


def test_the_page_says_each_step_and_whose_layer_it_is(listed_client: FlaskClient) -> None:
    query = f"{HERE}&layer1=redline&layer2=stations:hydro&where2=farther&km2=2"
    page = listed_client.get(f"/screen?{query}").text
    assert "链接里有用不上的内容" not in page
    for words in ("在红线之外", "距电站（水电） ≥ 2 km", "测试名录，2021，CC BY 4.0", "某局，2024，内部"):
        assert words in page
    assert '<option value="stations:hydro" selected>' in page
    assert '<option value="farther" selected>' in page
    english = listed_client.get(f"/screen?{query}&lang=en").text
    assert "Outside Red line" in english
    assert listed_client.get(f"/screen.png?{query}").mimetype == "image/png"
    assert listed_client.get(f"/screen.geojson?{query}").json["screen"]["layers"][0]["id"] == "redline"


@pytest.mark.parametrize(
    ("query", "wording"),
    [
        ("layer1=redline&layer2=moon", "“layer2=moon”无法使用"),
        ("layer1=redline&layer2=redline&where2=beside", "“where2=beside”无法使用"),
        ("layer1=redline&layer2=stations&where2=farther", "专题图层 2 的距离没有给出千米数，没有用上"),
        ("layer1=redline&km1=3", "专题图层 1 问的是之内或之外，千米数没有用上"),
        ("layer1=redline&layer2=redline&km2=-1", "“km2=-1”无法使用"),
    ],
)
def test_what_the_page_cannot_use_is_named_and_the_rest_screens(
    listed_client: FlaskClient, query: str, wording: str
) -> None:
    page = listed_client.get(f"/screen?{HERE}&{query}").text
    assert wording in page
    assert "在红线之外" in page


@pytest.mark.parametrize(
    ("query", "zh", "en"),
    [
        ("layer1=stations", "“电站”是点或线，没有之内之外；请改用距离", "use a distance"),
        ("layer1=lines&where1=inside", "“输电线”是点或线", "points or lines"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_the_readers_language(
    listed_client: FlaskClient, query: str, zh: str, en: str
) -> None:
    assert zh in listed_client.get(f"/screen?{HERE}&{query}").text
    assert en in listed_client.get(f"/screen?{HERE}&{query}&lang=en").text
    assert listed_client.get(f"/screen.json?{HERE}&{query}").status_code == 400


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("layer1=moon", "no vector layer has the id 'moon'"),
        ("layer1=stations:tide&where1=nearer&km1=1", "stations has no kind 'tide'"),
        ("layer1=stations&where1=nearer", "give at_most_km and/or at_least_km"),
        ("layer1=stations&where1=nearer&km1=x", "km1: 'x' is not a number"),
        ("layer3=stations", "layer3"),
    ],
)
def test_programs_are_told_every_fault(listed_client: FlaskClient, query: str, said: str) -> None:
    answer = listed_client.get(f"/screen.json?{HERE}&{query}")
    assert answer.status_code == 400
    assert said in answer.text
