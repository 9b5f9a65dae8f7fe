"""A reader's own column as results against targets: gap and status follow, in every face, named as the reader's own."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from flask.testing import FlaskClient

from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIADONG, JILIN

TEXT = "地区,2024年降低率（%）,能耗（万吨标准煤）\n城北区,18.5,3\n东河县,12.5,4\n𠮷林县,9,5\n"
Json = dict[str, Any]


@pytest.fixture
def kept(world_client: FlaskClient) -> Iterator[Json]:
    found: Json = world_client.post("/tables", data=TEXT.encode(), content_type="text/csv").json
    yield found
    world_client.delete(f"/tables/{found['id']}")


def view(kept: Json, column: str = "c2", year: int = 2024, measure: str = "status") -> str:
    goals = f"region={JIADONG}&level=county&indicator=ei_gdp_cut&year=2025&layers=none"
    return f"{goals}&measure={measure}&results=table:{kept['id']}:{column}.{year}"


def areas(client: FlaskClient, query: str) -> dict[str, Json]:
    reply = client.get(f"/view.json?{query}")
    assert reply.status_code == 200, reply.text
    return {area["adcode"]: area for area in json.loads(reply.data)["areas"]}


def test_a_column_is_held_against_the_goals_and_nothing_published_is(world_client: FlaskClient, kept: Json) -> None:
    found = areas(world_client, view(kept))
    assert found[CHENGBEI]["progress"] == "on_track", "18.5 of 16 that four fifths of 20 ask for"
    assert found[CHENGBEI]["cells"][1] == "18.5%（2024年）"
    assert found[DONGHE]["progress"] == "behind", "12.5 of 14.4 that four fifths of 18 ask for"
    assert found[CHENGZHONG]["progress"] == "no_result", "published results are not mixed in"
    assert "progress" not in found[JILIN], "what is lent is held against nobody's number"
    gaps = areas(world_client, view(kept, measure="gap"))
    assert gaps[CHENGBEI]["value"] == 2.5


def test_in_the_target_year_it_is_reached_or_not(world_client: FlaskClient, kept: Json) -> None:
    found = areas(world_client, view(kept, year=2025))
    assert (found[CHENGBEI]["progress"], found[DONGHE]["progress"]) == ("not_reached", "not_reached")


def test_a_column_of_another_unit_is_not_comparable(world_client: FlaskClient, kept: Json) -> None:
    found = areas(world_client, view(kept, column="c3"))
    assert found[CHENGBEI]["progress"] == "not_comparable"
    assert "结果的单位与目标不同" in found[CHENGBEI]["words"]


def test_every_face_names_the_results_as_the_reader_s_own(world_client: FlaskClient, kept: Json) -> None:
    query = view(kept)
    answer = world_client.get(f"/view.json?{query}")
    data = json.loads(answer.data)
    assert "由使用者提供，未经核对" in data["subtitle"]
    assert "结果由使用者提供" in data["notice"]
    assert any("使用者提供" in each["title"] for each in data["sources"])
    assert answer.headers["Cache-Control"] == "private, no-store"
    rows = list(csv.DictReader(io.StringIO(world_client.get(f"/view.csv?{query}").text.lstrip("﻿"))))
    row = next(each for each in rows if each["adcode"] == CHENGBEI)
    assert (row["goal"], row["achieved"], row["progress"]) == ("20.0", "18.5", "on_track")
    assert "使用者提供" in row["result_source"]
    assert "使用者提供" in world_client.get(f"/view.svg?{query}").text
    document = docx.Document(io.BytesIO(world_client.get(f"/view.docx?{query}").data))
    cells = {cell.text for table in document.tables for line in table.rows for cell in line.cells}
    assert any("使用者自己的数据" in cell for cell in cells)
    for suffix in ("png", "pdf", "pptx", "xlsx", "geojson", "gpkg"):
        assert world_client.get(f"/view.{suffix}?{query}&lang=en").status_code == 200
    assert "使用者" not in world_client.get(f"/view.json?{query.partition('&results')[0]}").text


@pytest.mark.parametrize(
    "change",
    [
        ("&measure=status", "&measure=target"),
        ("indicator=ei_gdp_cut&year=2025", "indicator=elec_use&year=2023"),
        (".2024", ".24"),
        (":c2.", ":c9."),
        (":c2.2024", ":c2"),
    ],
)
def test_what_cannot_be_held_against_a_goal_is_a_sentence(
    world_client: FlaskClient, kept: Json, change: tuple[str, str]
) -> None:
    reply = world_client.get(f"/view.json?{view(kept).replace(*change)}")
    assert reply.status_code == 400
    assert "results" in reply.text
    assert world_client.get(f"/?{view(kept).replace(*change)}").status_code == 200


def test_the_table_says_which_goals_its_region_has(world_client: FlaskClient, kept: Json) -> None:
    goals = {each["id"]: each["goals"] for each in kept["goals"]}
    assert "2025.basic" in goals["ei_gdp_cut"]
    assert "2025.incentive" in goals["ei_gdp_cut"]
    assert "elec_use" not in goals, "no plan sets it"
