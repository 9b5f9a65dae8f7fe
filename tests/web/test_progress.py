"""Targets against results through the web, on the made-up world: every door gives one and the same judgement."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.data.world_map import CHENGBEI, DONGHE, JIA, JIADONG, JIAXI, JILIN


def get(client: FlaskClient, path: str) -> Any:
    reply = client.get(path)
    assert reply.status_code == 200, (path, reply.text[:300])
    return json.loads(reply.data)


def resolve(client: FlaskClient, code: str, more: str = "") -> Any:
    return get(client, f"/resolve?adcode={code}&indicator=ei_gdp_cut&year=2025{more}")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (JIADONG, ("reached", 16.5, 2025, 0.5)),
        (CHENGBEI, ("not_reached", 19.9, 2025, -0.1)),
        (DONGHE, ("on_track", 12.5, 2023, 1.7)),
        (JIAXI, ("behind", 10.0, 2024, -0.4)),
        (JIA, ("not_comparable", None, 2024, None)),
        (JILIN, (None, None, None, None)),
    ],
)
def test_resolve_says_what_was_achieved(world_client: FlaskClient, code: str, said: tuple[Any, ...]) -> None:
    found = resolve(world_client, code)
    assert (found["progress"], found["achieved"], found["achieved_year"], found["gap"]) == said


def test_an_achieved_number_never_comes_without_its_document(world_client: FlaskClient) -> None:
    for code in (JIADONG, CHENGBEI, DONGHE, JIAXI):
        found = resolve(world_client, code)
        assert found["results"], code
        assert all(each["citation"]["text"] for each in found["results"])
    assert resolve(world_client, JIAXI)["achieved_computed"] is True
    assert "由图集" in resolve(world_client, JIAXI)["progress_reason"]


def test_a_result_that_is_not_compared_is_named_with_the_reason_in_the_reader_s_language(
    world_client: FlaskClient,
) -> None:
    found = resolve(world_client, JIA)
    assert found["progress_words"] == "不可比"
    assert found["progress_reason"] == "结果以2015年为基年，目标以2020年为基年"
    assert [each["value"] for each in found["not_compared"]] == [30.0]
    english = resolve(world_client, JIA, "&lang=en")
    assert english["progress_words"] == "Not comparable"
    assert english["progress_reason"] == "the result counts from 2015, the target from 2020"


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        ("ei_gdp_cut", "直线比较，结果须与目标同一基年"),
        ("ei_gdp_cut_annual", "复合"),
        ("coal_share", "基年值到目标值的直线"),
        ("coal_words", "不判断是否完成"),
    ],
)
def test_an_indicator_says_in_one_sentence_how_it_is_judged(
    world_client: FlaskClient, indicator: str, words: str
) -> None:
    assert words in get(world_client, f"/indicators/{indicator}.json")["progress_words"]
    assert words in world_client.get(f"/indicators/{indicator}").text
    assert "怎样算完成" not in world_client.get("/indicators/d_park_count").text
