"""Published figures through the web, on the made-up world: every face shows them, none calls them targets."""

import csv
import io
import json
from typing import Any

import docx
import openpyxl
import pytest
from flask.testing import FlaskClient

from tests.data.world_map import CHENGBEI, JIA, JIADONG

VIEW = f"region={JIADONG}&level=county&indicator=elec_use&year=2023"


def get(client: FlaskClient, path: str) -> Any:
    reply = client.get(path)
    assert reply.status_code == 200, (path, reply.text[:300])
    return json.loads(reply.data)


def test_the_map_s_data_say_the_years_of_figures_and_the_periods(world_client: FlaskClient) -> None:
    found = get(world_client, f"/view.json?{VIEW}")
    assert (found["reported"], found["tier"], found["words"]["value"]) == (True, None, "数值")
    assert found["reported_years"] == [2015, 2020, 2021, 2022, 2023, 2024]
    assert found["own"]["value"] == 68
    goals = get(world_client, f"/view.json?region={JIADONG}&indicator=ei_gdp_cut&year=2025")
    assert (goals["reported"], goals["reported_years"]) == (False, [2020, 2023, 2024])
    assert [each["id"] for each in goals["periods"]] == ["2011-2015", "2021-2025", "2026-2030"]
    assert goals["period"] == "2021-2025"


def test_files_hold_the_figure_with_its_document(world_client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(world_client.get(f"/view.csv?{VIEW}&layers=none").text.lstrip("﻿"))))
    row = next(each for each in rows if each["adcode"] == CHENGBEI)
    assert (row["value"], row["status"], row["status_words"], row["plan"]) == (
        "9.5", "own", "公布的统计值", "jia-results",
    )  # fmt: skip
    assert "甲省节能结果公报" in row["citation"]
    assert {each["status_words"] for each in rows if each["status"] != "own"} == {"未收录统计值"}
    book = openpyxl.load_workbook(io.BytesIO(world_client.get(f"/view.xlsx?{VIEW}").data))
    assert "统计值" in book.sheetnames
    assert "目标" not in book.sheetnames


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf", "docx", "pptx", "geojson", "kml", "gpkg", "shp.zip", "qlr"])
def test_every_face_answers(world_client: FlaskClient, suffix: str) -> None:
    for lang in ("zh", "en"):
        reply = world_client.get(f"/view.{suffix}?{VIEW}&lang={lang}")
        assert reply.status_code == 200, reply.text[:300]


def test_word_tells_figures_and_no_targets(world_client: FlaskClient) -> None:
    document = docx.Document(io.BytesIO(world_client.get(f"/view.docx?{VIEW}&layers=none").data))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "甲省节能结果公报" in text + cells
    assert "目标" not in text + cells


def test_search_leads_to_the_figures_and_never_to_an_empty_map(world_client: FlaskClient) -> None:
    for question in ("用电量", "天然气占比"):
        hit = get(world_client, f"/search.json?q={question}")["results"][0]
        query = hit["map"].partition("?")[2]
        assert get(world_client, f"/view.json?{query}")["counts"]["own"] > 0
    nothing = get(world_client, "/search.json?q=重点用能单位")["results"][0]
    assert "map" not in nothing, "its kind is not drawn: the page alone"


def test_resolve_answers_with_targets_only(world_client: FlaskClient) -> None:
    found = get(world_client, f"/resolve?adcode={JIADONG}&indicator=elec_use&year=2023")
    assert (found["status"], found["value"]) == ("none", None)


def test_a_card_shows_the_figure_of_the_view(world_client: FlaskClient) -> None:
    page = world_client.get(f"/regions/{CHENGBEI}?indicator=elec_use&year=2023").text
    headline = page[page.index('class="headline"') : page.index("</section>", page.index('class="headline"'))]
    assert "9.5 亿千瓦时" in headline
    assert "基本目标" not in headline


def test_the_front_door_and_the_explorer_offer_the_periods(world_client: FlaskClient) -> None:
    front = world_client.get("/").text
    assert "period=2026-2030" in front
    page = world_client.get(f"/?region={JIA}&period=2026-2030").text
    assert "“十五五”" in page[page.index("<title>") : page.index("</title>")]
