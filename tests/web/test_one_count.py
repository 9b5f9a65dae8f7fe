"""However many parks, projects and actions there are, every face says the same: undertakings, each counted once."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from flask.testing import FlaskClient
from pptx import Presentation

from tests.data.documents import is_part

PLANS = Path(__file__).parents[2] / "layers" / "plans"
REGIONS = {
    "ordos-2021-2025": "150600",
    "shizuishan-2021-2025": "640200",
    "tacheng-2021-2025": "654200",
    "wuwei-2021-2025": "620600",
    "xinjiang-2015": "650000",
}
WORDS = {
    "zh": {"parks": "园区{}个", "projects": "项目{}个", "actions": "举措{}项"},
    "en": {"parks": "parks {}", "projects": "projects {}", "actions": "actions {}"},
}


def get(client: FlaskClient, url: str) -> Any:
    return client.get(url).json


def truth(plan: str) -> dict[str, int]:
    """Count the rows of a pack by hand: the rule written down once more."""
    with (PLANS / plan / "projects.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    with (PLANS / plan / "parks.csv").open(encoding="utf-8-sig") as file:
        parks = len(list(csv.DictReader(file)))
    names: dict[str, set[str]] = {"work": set(), "action": set()}
    for row in rows:
        names[row["nature"]].add(row["name"] if "shared_across_regions" in row["caveats"] else row["id"])
    return {"parks": parks, "projects": len(names["work"]), "actions": len(names["action"])}


@pytest.fixture(params=REGIONS)
def plan(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def query(plan: str, lang: str) -> str:
    return f"region={REGIONS[plan]}&year={plan[-4:]}&layers=parks,projects,actions&lang={lang}"


def told(plan: str, lang: str) -> list[str]:
    return [WORDS[lang][layer].format(n) for layer, n in truth(plan).items() if n]


def holds(text: str, wanted: list[str]) -> bool:
    return all(re.search(rf"{re.escape(each)}(?!\d)", text, re.IGNORECASE) for each in wanted)


def test_the_view_its_choices_and_its_points(client: FlaskClient, plan: str, query: str) -> None:
    body = get(client, f"/view.json?{query}")
    wanted = truth(plan)
    assert {layer: body["layers"][layer] for layer in wanted} == wanted
    assert {layer: body["facets"][layer] for layer in wanted} == wanted
    once = {layer: {p["undertaking"] for p in body["points"] if p["layer"] == layer} for layer in wanted}
    assert {layer: len(ids) for layer, ids in once.items()} == wanted, "what the panel lists and its legend counts"


def test_the_alternative_text_of_page_and_picture(client: FlaskClient, plan: str, lang: str, query: str) -> None:
    page = client.get(f"/?{query}").text
    picture = client.get(f"/view.svg?{query}").text
    for text in (
        page.split('property="og:description" content="')[1].split('"')[0],
        picture.split("<desc")[1].split("</desc>")[0],
    ):
        counts = told(plan, lang)
        # a long English text leaves the counts out: all of them, never one, and never with another number
        silent = lang == "en" and not re.search(r"\b(?:projects?|parks?|actions?)\b", text, re.IGNORECASE)
        assert silent or holds(text, counts)


def test_the_workbook(client: FlaskClient, plan: str, lang: str, query: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/view.xlsx?{query}").data))
    notes = " ".join(str(cell.value) for row in book.worksheets[-2].iter_rows() for cell in row)
    assert holds(notes, told(plan, lang))


def test_the_briefings(client: FlaskClient, plan: str, lang: str, query: str) -> None:
    document = Document(io.BytesIO(client.get(f"/view.docx?{query}").data))
    assert holds(" ".join(each.text for each in document.paragraphs), told(plan, lang))
    slides = Presentation(io.BytesIO(client.get(f"/view.pptx?{query}").data)).slides
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    assert holds(" ".join(texts), told(plan, lang))


def test_the_pages_of_the_plan_and_of_quality(client: FlaskClient, plan: str) -> None:
    body, quality = get(client, f"/plans/{plan}.json"), get(client, "/quality.json")
    wanted = truth(plan)
    assert {layer: body["counts"][layer] for layer in wanted} == wanted
    chapters = {layer: sum(len(chapter[layer]) for chapter in body["chapters"]) for layer in wanted}
    assert chapters == wanted
    assert next(each["undertakings"] for each in quality["plans"] if each["id"] == plan) == wanted


def test_the_lists_of_the_country(client: FlaskClient) -> None:
    whole = [path.parent.name for path in PLANS.glob("*/plan.toml") if not is_part(path)]
    packs = [truth(plan) for plan in whole]
    wanted = {layer: sum(pack[layer] for pack in packs) for layer in ("parks", "projects", "actions")}
    parks, projects = get(client, "/parks.json"), get(client, "/projects.json")
    quality = get(client, "/quality.json")
    assert (parks["count"], projects["count"], projects["actions"]["count"]) == tuple(wanted.values())
    assert quality["totals"]["undertakings"] == wanted


def test_maps_speak_of_works_unless_asked(client: FlaskClient) -> None:
    usual = get(client, "/view.json?region=150600&year=2025")
    actions = get(client, "/view.json?region=150600&year=2025&nature=action")
    assert {point["nature"] for point in usual["points"] if point["layer"] == "projects"} == {"work"}
    assert usual["layers"]["actions"] == 0
    assert {point["nature"] for point in actions["points"] if point["layer"] != "parks"} == {"action"}
    assert "layers=parks,actions" in actions["view"]
    shared = [point for point in usual["points"] if "spread" in point]
    assert {point["spread"] for point in shared} == {"分布在4个县"}


def test_a_nature_that_the_layers_exclude_is_a_fault(client: FlaskClient) -> None:
    reply = client.get("/view.json?region=150600&layers=parks&nature=action")
    assert reply.status_code == 400
    assert "nature" in reply.text
