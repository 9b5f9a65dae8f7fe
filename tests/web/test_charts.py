"""Tables as charts: every plan, two indicators, years; page, picture and table of each say the same."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from PIL import Image

BARS = "kind=bars&indicator=ei_gdp_cut&year=2025&tier=basic"
SCATTER = "kind=scatter&indicator=ei_gdp_cut&year=2025&tier=basic&other=green_building_new"
LINE = "kind=line&indicator=coal_use"
KINDS = pytest.mark.parametrize("query", [BARS, SCATTER, LINE], ids=["bars", "scatter", "line"])


def test_bars_are_over_all_plans_and_each_region_stands_once(client: FlaskClient) -> None:
    """Ordos prints its own target in three places; it is one bar with three places."""
    body = client.get(f"/chart.json?{BARS}").json
    assert len({row["plan"] for row in body["rows"]}) == 4
    assert [row["value"] for row in body["rows"]] == sorted((row["value"] for row in body["rows"]), reverse=True)
    (ordos,) = [row for row in body["rows"] if row["adcode"] == "150600"]
    assert ordos["section"].count("；") == 2
    assert {row["adcode"] for row in body["rows"] if row["whole"]} == {"150600", "640200", "654200", "620600"}


def test_a_scatter_has_the_regions_of_both(client: FlaskClient) -> None:
    body = client.get(f"/chart.json?{SCATTER}").json
    assert {row["adcode"] for row in body["rows"]} == {"150600", "640200", "654200", "620600"}
    assert all(row["other"] is not None and row["other_label"] for row in body["rows"])
    assert body["other_title"]


def test_a_line_runs_over_the_years(client: FlaskClient) -> None:
    rows = client.get(f"/chart.json?{LINE}").json["rows"]
    assert [row["year"] for row in rows] == sorted({row["year"] for row in rows})
    assert len(rows) == 5


@KINDS
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_picture_and_tables_hold_what_the_chart_holds(client: FlaskClient, query: str, lang: str) -> None:
    query += "&lang=en" if lang == "en" else ""
    rows = client.get(f"/chart.json?{query}").json["rows"]
    svg = client.get(f"/chart.svg?{query}").text
    assert all(row["region"] in svg for row in rows)
    assert Image.open(io.BytesIO(client.get(f"/chart.png?{query}").data)).width > 2000
    assert client.get(f"/chart.pdf?{query}").data.startswith(b"%PDF")
    table = list(csv.reader(io.StringIO(client.get(f"/chart.csv?{query}").data.decode("utf-8-sig"))))
    assert [line[0] for line in table[1:]] == [row["adcode"] for row in rows]
    assert [float(line[4]) for line in table[1:]] == [row["value"] for row in rows]
    sheet = load_workbook(io.BytesIO(client.get(f"/chart.xlsx?{query}").data)).worksheets[0]
    assert sheet.max_row == len(rows) + 1
    assert [cell.value for cell in sheet[1]] == table[0]
    page = client.get(f"/chart?{query}").text
    assert all(row["label"] in page for row in rows)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("kind=pie", "kind"), ("indicator=nothing", "indicator"), ("kind=line&indicator=ei_gdp_cut", "indicator"),
     ("year=1900", "year"), ("tier=best", "tier"), ("x=1", "x"), (f"{BARS}&year=2015", "year")],
)  # fmt: skip
def test_files_refuse_what_they_cannot_draw_and_the_page_opens(client: FlaskClient, query: str, parameter: str) -> None:
    for suffix in ("json", "png", "csv"):
        reply = client.get(f"/chart.{suffix}?{query}")
        assert reply.status_code == 400
        assert [fault["parameter"] for fault in reply.json["errors"]] == [parameter]
    assert client.get(f"/chart?{query}").status_code == 200


def test_nothing_to_draw_is_said(client: FlaskClient) -> None:
    """Of two indicators that no region has both of, there is no chart: a sentence on the page, 404 for a file."""
    query = "kind=scatter&indicator=ultra_low_sectors&other=cut_cod"
    assert client.get(f"/chart.json?{query}").json["rows"] == []
    assert "没有可画的" in client.get(f"/chart?{query}").text
    assert client.get(f"/chart.png?{query}").status_code == 404
    assert client.get("/chart.gif").status_code == 404


def test_an_indicator_s_page_leads_to_its_charts(client: FlaskClient) -> None:
    assert "/chart?kind=bars&amp;indicator=ei_gdp_cut" in client.get("/indicators/ei_gdp_cut").text
    assert "/chart?kind=line&amp;indicator=coal_use" in client.get("/indicators/coal_use").text
    assert "/chart" not in client.get("/indicators/sun_noon").text.split("<main")[1]
