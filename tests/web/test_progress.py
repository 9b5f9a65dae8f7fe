"""Targets against results through the web, on the made-up world: every door gives one and the same judgement."""

import csv
import io
import json
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from flask.testing import FlaskClient

from tests.data.world import World
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


VIEW = f"region={JIA}&level=county&indicator=ei_gdp_cut&year=2025"


@pytest.mark.parametrize("measure", ["achieved", "gap", "status"])
def test_the_map_s_data_have_the_columns_of_progress(world_client: FlaskClient, measure: str) -> None:
    found = get(world_client, f"/view.json?{VIEW}&measure={measure}")
    assert found["columns"] == ["目标", "实际", "差距", "完成情况"]
    row = next(area for area in found["areas"] if area["adcode"] == CHENGBEI)
    assert row["cells"] == ["20%", "19.9%", "−0.1个百分点", "未完成"]
    assert row["progress"] == "not_reached"
    assert "2025年实际 19.9%" in row["words"]
    counted = sum(line["count"] for line in found["legend"]["classes"])
    assert counted == len(found["areas"])
    english = get(world_client, f"/view.json?{VIEW}&measure={measure}&lang=en")
    assert english["columns"] == ["Target", "Achieved", "Gap", "Progress"]


def test_a_view_of_goals_says_nothing_of_progress(world_client: FlaskClient) -> None:
    found = get(world_client, f"/view.json?{VIEW}")
    assert not {"columns", "progress", "cells"} & {*found, *found["areas"][0]}
    assert [each["id"] for each in found["measures"]] == ["target", "achieved", "gap", "status"]
    assert "measures" not in get(world_client, f"/view.json?region={JIA}&indicator=reuse_rate&year=2025")
    for suffix in ("png", "csv", "xlsx"):
        one, same = (world_client.get(f"/view.{suffix}?{VIEW}{more}").data for more in ("", "&measure=target"))
        assert one == same


def test_files_have_target_achieved_gap_and_status(world_client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(world_client.get(f"/view.csv?{VIEW}&measure=status").text.lstrip("﻿"))))
    row = next(each for each in rows if each["adcode"] == CHENGBEI)
    said = [row[name] for name in ("value", "goal", "achieved", "achieved_year", "gap", "progress", "label")]
    assert said == ["20.0", "20.0", "19.9", "2025", "-0.1", "not_reached", "未完成"]
    assert "甲省节能结果公报" in row["result_source"]
    assert "achieved" not in world_client.get(f"/view.csv?{VIEW}").text.splitlines()[0]


def test_a_workbook_shows_how_gap_and_completion_are_made(world_client: FlaskClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(world_client.get(f"/view.xlsx?{VIEW}&measure=gap").data))
    sheet = book["目标"]
    heads = [cell.value for cell in sheet[1]]
    letters = {head: cell.column_letter for head, cell in zip(heads, sheet[1], strict=True)}
    code, gap, formula = (letters[head] for head in ("行政区划代码", "差距（正为好于计划）", "差距（公式）"))
    number = next(row for row in range(2, sheet.max_row + 1) if sheet[f"{code}{row}"].value == CHENGBEI)
    made = sheet[f"{formula}{number}"].value
    left, right = (sheet[cell].value for cell in made.lstrip("=").split("-"))
    assert left - right == pytest.approx(sheet[f"{gap}{number}"].value)
    share = sheet[f"{letters['目标完成率（公式）']}{number}"].value
    top, bottom = (sheet[cell].value for cell in share.lstrip("=").split("/"))
    assert top / bottom == pytest.approx(0.995)


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf", "docx", "pptx", "geojson", "kml", "gpkg", "qlr", "shp.zip"])
def test_every_face_of_a_measure_answers(world_client: FlaskClient, suffix: str) -> None:
    for measure in ("status", "gap", "achieved"):
        reply = world_client.get(f"/view.{suffix}?{VIEW}&measure={measure}&lang=en")
        assert reply.status_code == 200, (measure, reply.text[:300])


def test_a_picture_names_every_status(world_client: FlaskClient) -> None:
    svg = world_client.get(f"/view.svg?{VIEW}&measure=status").text
    for words in ("进度达标", "进度滞后", "未完成", "完成"):
        assert words in svg


def test_a_briefing_tells_of_progress(world_client: FlaskClient) -> None:
    document = docx.Document(io.BytesIO(world_client.get(f"/view.docx?{VIEW}&measure=status").data))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "4个本级目标中：完成1个、进度达标1个、进度滞后1个、未完成1个。" in text
    assert "与计划差距最大的是石子市（−4.6个百分点）。" in text
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    assert any({"目标", "实际", "差距", "完成情况"} <= set(head) for head in heads)


def test_word_has_a_chapter_of_results_with_a_table_and_one_chart(world_client: FlaskClient) -> None:
    document = docx.Document(io.BytesIO(world_client.get(f"/view.docx?{VIEW}&measure=status&layers=none").data))
    heads = [each.text for each in document.paragraphs if each.style and each.style.name.startswith("Heading")]
    assert any(head.endswith("完成情况") for head in heads)
    assert not [head for head in heads if "分地区目标" in head]
    assert len(document.inline_shapes) == 2, "the map and one chart"
    captions = [each.text for each in document.paragraphs if each.style and each.style.name == "Caption"]
    assert any(each.endswith("单位GDP能耗累计降低率：结果与目标") for each in captions)
    plain = docx.Document(io.BytesIO(world_client.get(f"/view.docx?{VIEW}&layers=none").data))
    assert len(plain.inline_shapes) == 1


def test_slides_have_a_native_chart_of_results_and_goals(world_client: FlaskClient) -> None:
    deck = pptx.Presentation(io.BytesIO(world_client.get(f"/view.pptx?{VIEW}&measure=status&layers=none").data))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 1
    assert [series.name for series in charts[0].plots[0].series] == ["实际", "目标"]


def test_results_are_charted_beside_their_goals(world_client: FlaskClient) -> None:
    query = "kind=progress&indicator=ei_gdp_cut&year=2025&tier=basic"
    rows = {row["adcode"]: row for row in get(world_client, f"/chart.json?{query}")["rows"]}
    assert (rows[CHENGBEI]["value"], rows[CHENGBEI]["goal"]) == (19.9, 20.0)
    assert "目标值（竖线）" in world_client.get(f"/chart.svg?{query}").text
    assert world_client.get(f"/chart.xlsx?{query}").status_code == 200
    assert world_client.get("/chart?kind=progress&lang=en").status_code == 200
    assert "kind=progress" in world_client.get("/indicators/ei_gdp_cut").text


def test_a_plan_says_what_became_of_its_goals(world_client: FlaskClient, world: World) -> None:
    found = get(world_client, "/plans/jiadong-2021-2025.json")["progress"]
    measurable = [t for t in world.dataset.targets if t.plan == "jiadong-2021-2025" and t.value is not None]
    assert sum(found["counts"].values()) == len(measurable)
    assert (found["counts"]["reached"], found["counts"]["not_reached"]) == (4, 3)
    assert len(found["rows"]) == len(measurable) - found["counts"]["no_result"]
    assert all(row["sources"] for row in found["rows"] if row["cells"][1] != "—")
    page = world_client.get("/plans/jiadong-2021-2025").text
    assert found["words"] in page
    assert "甲东市节能结果公报" in page
    assert get(world_client, "/plans/jia-results.json")["progress"] is None


def test_statuses_are_counted_per_plan_and_indicator(world_client: FlaskClient) -> None:
    found = get(world_client, "/progress.json")
    for plan in found["plans"]:
        for status in (each["id"] for each in found["statuses"]):
            assert plan["counts"] == plan["counts"] | {
                status: sum(indicator["counts"][status] for indicator in plan["indicators"])
            }
    assert not {"jia-results", "jiadong-results"} & {plan["id"] for plan in found["plans"]}
    english = world_client.get("/progress?lang=en").text
    assert "Targets against results" in english
    assert "Not reached" in english


def test_a_card_says_it_in_one_sentence(world_client: FlaskClient) -> None:
    page = world_client.get(f"/regions/{CHENGBEI}?indicator=ei_gdp_cut&year=2025").text
    assert "2025年实际 19.9%，未完成（差距 −0.1个百分点）" in page
    assert "2023年实际" not in world_client.get(f"/regions/{JILIN}?indicator=ei_gdp_cut&year=2025").text


def test_the_open_api_has_progress_as_a_collection(world_client: FlaskClient, world: World) -> None:
    found = get(world_client, "/ogc/collections/progress/items?limit=1000")
    goals = [t for t in world.dataset.targets if t.value is not None]
    assert found["numberMatched"] == len(goals)
    rows = {feature["id"]: feature["properties"] for feature in found["features"]}
    row = next(each for each in rows.values() if each["adcode"] == CHENGBEI and each["status"] == "not_reached")
    assert (row["indicator"], row["target"], row["achieved"], row["achieved_year"], row["gap"]) == (
        "ei_gdp_cut", 20.0, 19.9, 2025, -0.1,
    )  # fmt: skip
    assert (row["plan"], row["result_source"]) == ("jiadong-2021-2025", ["jia-results"])
    behind = get(world_client, "/ogc/collections/progress/items?status=behind")
    assert {feature["properties"]["status"] for feature in behind["features"]} == {"behind"}
    assert behind["numberMatched"] == sum(each["status"] == "behind" for each in rows.values())
    assert world_client.get("/ogc/collections/progress/items?status=late").status_code == 400
