"""``/compare/plans`` on the made-up world: two periods of a region side by side, nothing dropped in silence."""

import io
import json
from typing import Any

import docx
import openpyxl
import pytest
from flask.testing import FlaskClient

from tests.data.world import World

PAIR = "a=jia-2021-2025&b=jia-2026-2030"


def changes(client: FlaskClient, query: str = PAIR) -> Any:
    reply = client.get(f"/compare/plans.json?{query}")
    assert reply.status_code == 200, reply.text[:300]
    return json.loads(reply.data)


def test_every_goal_of_both_plans_is_there_once(world_client: FlaskClient, world: World) -> None:
    found = changes(world_client)
    for side, plan, year in (("a", "jia-2021-2025", 2025), ("b", "jia-2026-2030", 2030)):
        goals = {
            (t.adcode, t.indicator, t.tier or "basic")
            for t in world.dataset.targets
            if (t.plan, t.target_year) == (plan, year)
        }
        assert {(r["adcode"], r["indicator"], r["tier"]) for r in found["rows"] if r[side]} == goals
    assert sum(found["counts"].values()) == len(found["rows"])


def test_a_change_is_that_of_the_numbers(world_client: FlaskClient) -> None:
    rows = {(row["adcode"], row["indicator"], row["tier"]): row for row in changes(world_client)["rows"]}
    cut = rows["910000", "ei_gdp_cut", "basic"]
    assert (cut["a"]["label"], cut["b"]["label"], cut["change"]) == ("≥14%", "11%", "lowered")
    assert rows["910000", "ei_gdp_cut", "incentive"]["change"] == "dropped"
    assert rows["910000", "coal_share", "basic"]["change_words"] == "不再列"


def test_the_earlier_plan_stands_first_whatever_the_order(world_client: FlaskClient) -> None:
    assert changes(world_client, "b=jia-2021-2025&a=jia-2026-2030") == changes(world_client)
    earlier = changes(world_client, "a=jia-2021-2025&b=jia-2015")
    assert (earlier["a"]["id"], earlier["b"]["id"]) == ("jia-2015", "jia-2021-2025")
    cut = next(row for row in earlier["rows"] if row["indicator"] == "ei_gdp_cut" and row["tier"] == "basic")
    assert cut["change"] == "raised"


def test_page_workbook_and_word_have_the_same_rows(world_client: FlaskClient) -> None:
    found = changes(world_client)
    page = world_client.get(f"/compare/plans?{PAIR}").text
    assert page.count("<tr>") == 1 + len(found["rows"])
    sheet = openpyxl.load_workbook(io.BytesIO(world_client.get(f"/compare/plans.xlsx?{PAIR}").data)).worksheets[0]
    assert sheet.max_row == 1 + len(found["rows"])
    document = docx.Document(io.BytesIO(world_client.get(f"/compare/plans.docx?{PAIR}").data))
    assert len(document.tables[0].rows) == 1 + len(found["rows"])
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [str(c.value or "") for c in sheet[2]]
    assert found["a"]["citation"] in "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_without_two_plans_the_page_offers_what_can_be_compared(world_client: FlaskClient) -> None:
    page = world_client.get("/compare/plans").text
    assert f"/compare/plans?{PAIR.replace('&', '&amp;')}" in page
    assert "jia-results" not in page
    assert "Changes between two plans" in world_client.get("/compare/plans?lang=en").text


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("a=jia-2015", 400, "is missing"),
        ("a=jia-2015&b=jia-2015", 400, "same plan"),
        ("a=jia-2015&b=jiaxi-2021-2025", 400, "one region"),
        ("a=jia-2015&b=none", 404, "none"),
        ("a=jia-2015&b=jia-2026-2030&c=1", 400, "unknown parameter"),
    ],
)
def test_what_cannot_be_compared_is_said(world_client: FlaskClient, query: str, status: int, words: str) -> None:
    reply = world_client.get(f"/compare/plans.json?{query}&lang=en")
    assert reply.status_code == status
    assert words in reply.text
