"""Two maps as one table and as a difference, through the web, on the made-up world."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from tests.data.world_map import CHENGBEI, JIA, JIADONG

VIEW = f"region={JIADONG}&indicator=ei_gdp_cut&year=2025&level=county"
PAIR = f"{VIEW}&compare=ei_gdp_cut.2025.incentive"
DIFFERENCE = f"{VIEW}&tier=incentive&against=2025.basic"


def test_the_page_leads_to_both_maps_and_files(world_client: FlaskClient) -> None:
    page = world_client.get(f"/compare/views?{PAIR}").text
    for words in (
        "22.6%",
        "+2.6个百分点",
        "/compare/views.xlsx?",
        "/compare/views.csv?",
        "compare=ei_gdp_cut.2025.incentive",
    ):
        assert words in page
    assert world_client.get(f"/compare/views?{PAIR}&lang=en").status_code == 200


def test_the_table_is_one_for_page_json_csv_and_workbook(world_client: FlaskClient) -> None:
    found: Any = json.loads(world_client.get(f"/compare/views.json?{PAIR}").data)
    rows = list(csv.reader(io.StringIO(world_client.get(f"/compare/views.csv?{PAIR}").data.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [each["adcode"] for each in found["rows"]]
    line = next(row for row in rows if row[0] == CHENGBEI)
    assert [line[2], line[5], line[8]] == ["20.0", "22.6", "2.6"]
    book = openpyxl.load_workbook(io.BytesIO(world_client.get(f"/compare/views.xlsx?{PAIR}").data))
    sheet = book.worksheets[0]
    number = next(row for row in range(2, sheet.max_row + 1) if sheet[f"A{row}"].value == CHENGBEI)
    left, right = (sheet[cell].value for cell in str(sheet[f"J{number}"].value).lstrip("=").split("-"))
    assert left - right == pytest.approx(sheet[f"I{number}"].value)
    notes = [row[0].value for row in book.worksheets[1].iter_rows()]
    assert any("甲东市" in str(note) for note in notes)


@pytest.mark.parametrize("compare", ["", "nothing.2025.basic", f"ei_gdp_cut.2025.basic.{JIA}", "ei_gdp_cut.25.basic"])
def test_a_comparison_that_cannot_be_is_a_sentence(world_client: FlaskClient, compare: str) -> None:
    reply = world_client.get(f"/compare/views.json?{VIEW}&compare={compare}")
    assert reply.status_code == 400
    assert "compare" in reply.text


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf", "docx", "pptx", "geojson", "kml", "gpkg", "shp.zip", "json"])
def test_every_face_shows_the_difference(world_client: FlaskClient, suffix: str) -> None:
    for lang in ("zh", "en"):
        reply = world_client.get(f"/view.{suffix}?{DIFFERENCE}&lang={lang}")
        assert reply.status_code == 200, reply.text[:300]


def test_files_of_a_difference_hold_both_values(world_client: FlaskClient) -> None:
    text = world_client.get(f"/view.csv?{DIFFERENCE}&layers=none").text.lstrip("﻿")
    row = next(each for each in csv.DictReader(io.StringIO(text)) if each["adcode"] == CHENGBEI)
    assert (row["value"], row["first"], row["second"]) == ("2.6", "22.6", "20.0")
    assert "甲东市" in row["second_source"]


def test_a_picture_holds_the_view_and_its_difference(world_client: FlaskClient) -> None:
    svg = world_client.get(f"/view.svg?{PAIR}.minus").text
    assert "2025年减2025年" not in svg
    assert "激励目标减基本目标" in svg
    page = world_client.get(f"/?{PAIR}.minus").text
    assert "无法使用" not in page
    odd = world_client.get(f"/?{VIEW}&compare=coal_share.2025.basic.minus").text
    assert "无法使用" in odd
