"""The list of works: the page, its twin and its files say the same."""

import csv
import io
import shutil
from typing import Any

import openpyxl
import orjson
import pytest
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.settings import Settings
from tests.data.pages import HTML, Reader, read

ASKED = "type=circular_economy,storage&status=planned&sort=-name&q=市"


def listed(client: FlaskClient, query: str) -> Any:
    """Return the twin of a list."""
    answer = client.get(f"/projects.json?{query}")
    assert answer.status_code == 200
    return answer.json


@pytest.mark.parametrize("query", ["", ASKED, "nature=action", "region=150600", "precision=site,town"])
def test_files_hold_exactly_the_rows_of_the_list_in_its_order(client: FlaskClient, query: str) -> None:
    body = listed(client, query)
    ids = [row for point in body["points"] for row in point["rows"]]
    assert len(ids) == body["rows"] > 0
    rows = list(
        csv.DictReader(io.StringIO(client.get(f"/projects.csv?{query}").get_data(as_text=True).lstrip("\ufeff")))
    )
    assert [row["id"] for row in rows] == ids
    features = client.get(f"/projects.geojson?{query}").json["features"]
    assert [each["id"] for each in features] == ids
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/projects.xlsx?{query}").data)).worksheets[0]
    header, *cells = sheet.iter_rows(values_only=True)
    assert [row[header.index("编号")] for row in cells] == ids


def test_a_file_leads_back_to_its_list_and_cites_only_what_it_holds(client: FlaskClient) -> None:
    body = client.get("/projects.geojson?type=hydropower&sort=-name").json
    assert body["list"].endswith("/projects?type=hydropower&sort=-name")
    assert {source["plan"] for source in body["sources"]} == {each["properties"]["plan"] for each in body["features"]}


def test_the_list_agrees_with_the_map_it_leads_to(client: FlaskClient) -> None:
    body = listed(client, "type=circular_economy,hydropower&region=654200")
    view = client.get(body["map"].replace("/?", "/view.json?")).json
    assert sorted(point["id"] for point in view["points"]) == sorted(row for p in body["points"] for row in p["rows"])
    assert view["layers"]["targets"] == 0


def test_the_page_sorts_and_narrows_by_links_and_a_form_alone(client: FlaskClient) -> None:
    page = client.get(f"/projects?{ASKED}", headers=HTML).get_data(as_text=True)
    names = [each["name"] for each in listed(client, ASKED)["points"]]
    assert names == sorted(names, key=lambda name: name.encode("gb18030"), reverse=True)
    places = [page.index(f">{name}</a></th>") for name in names]
    assert places == sorted(places)
    reader = Reader(page)
    assert [attrs.get("aria-sort") for tag, attrs in reader.elements if "aria-sort" in attrs] == ["descending"] + [
        "none"
    ] * 6
    checked = {attrs["value"] for tag, attrs in reader.elements if tag == "input" and "checked" in attrs}
    assert checked == {"circular_economy", "storage", "planned"}
    assert not [tag for tag, _ in reader.elements if tag == "script"]


def test_totals_count_undertakings_and_add_powers_only(client: FlaskClient, atlas: Atlas) -> None:
    body = listed(client, "")
    assert body["count"] == body["of"] == body["natures"][0]["count"]
    powers = [w.capacity for w in atlas.dataset.projects if w.nature == "work" and w.capacity_unit == "万千瓦"]
    assert (body["totals"]["power"], body["totals"]["powered"]) == (sum(filter(None, powers)), len(powers))
    assert body["totals"]["power_unit"] == "万千瓦"
    english = listed(client, "lang=en")["totals"]
    assert (english["power"], english["power_unit"]) == (10 * body["totals"]["power"], "MW")


def test_odd_parameters_are_said_on_the_page_and_refused_by_files(client: FlaskClient) -> None:
    assert "没有“colour”这个参数" in read(client, "/projects?colour=red").text
    assert "“type=x”无法使用" in read(client, "/projects?type=x").text
    for suffix in ("json", "xlsx", "csv", "geojson"):
        answer = client.get(f"/projects.{suffix}?type=x")
        assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (400, "type")


def test_a_page_behind_the_last_is_the_last(client: FlaskClient) -> None:
    assert listed(client, "page=99")["page"] == listed(client, "")["pages"]


def test_nothing_found_is_said_with_a_way_back(client: FlaskClient) -> None:
    page = read(client, "/projects?q=没有这样的东西")
    assert "没有符合条件的项目" in page.text
    assert "/projects" in page.all("href")


PLANS, EACH = 364, 12


@pytest.fixture(scope="module")
def country(settings: Settings, atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The real build with a plan for each of many regions, a dozen works in each."""
    folder = tmp_path_factory.mktemp("country")
    source = (settings.build_dir / "atlas" / "current").resolve()
    target = folder / "atlas" / source.name
    shutil.copytree(source, target)
    (folder / "atlas" / "current").symlink_to(source.name)
    data = orjson.loads((target / "dataset.json").read_bytes())
    plan, works = data["plans"][0], [each for each in data["projects"] if each["nature"] == "work"]
    places = [each for each in data["regions"] if each["level"] == "prefecture"]
    for number in range(PLANS):
        code = places[number % len(places)]["adcode"]
        data["plans"].append({**plan, "id": f"made-{number}", "region": code})
        for order in range(EACH):
            made = {"id": f"made-{number}-j{order:03}", "plan": f"made-{number}", "adcode": code, "caveats": []}
            data["projects"].append({**works[(number + order) % len(works)], **made})
    (target / "dataset.json").write_bytes(orjson.dumps(data))
    return create_app(settings.model_copy(update={"build_dir": folder})).test_client()


@pytest.mark.parametrize("query", ["", "?sort=-plan&page=20", "?type=hydropower,gas,storage,other&plan=made-1,made-2"])
def test_a_page_of_thousands_of_works_stays_small(country: FlaskClient, query: str) -> None:
    page = read(country, f"/projects{query}")
    assert 400 < len(page.elements) < 5_000
    assert len(country.get("/projects.json?").json["points"]) == 100


def test_every_work_of_a_country_is_on_exactly_one_page(country: FlaskClient) -> None:
    first = country.get("/projects.json").json
    assert first["count"] > PLANS * EACH
    found = [
        point["id"]
        for page in range(1, first["pages"] + 1)
        for point in country.get(f"/projects.json?page={page}").json["points"]
    ]
    assert len(found) == len(set(found)) == first["count"]
    rows = country.get("/projects.csv").get_data(as_text=True).strip().splitlines()
    assert len(rows) - 1 == first["rows"]
