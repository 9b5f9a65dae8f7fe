"""Numbers of the ground over HTTP: maps, cards, files, pages; never a plan's, never 0 for no data."""

import csv
import io
from io import BytesIO
from urllib.parse import parse_qsl

import openpyxl
import pytest
from flask.testing import FlaskClient

from geoapp.atlas import Atlas
from geoapp.web.http.context import EXTENSION

INDICATOR = "ground_elevation_5min"
VIEW = f"region=150600&indicator={INDICATOR}"
COLUMNS = {
    "ground_clear_sky_irradiation_mean",
    "ground_clear_sky_irradiation_share",
    "ground_elevation_5min_mean",
    "ground_elevation_5min_share",
    "sun_noon",
    "sun_row_spacing",
}
FULL = {f"ground_elevation_5min_{end}" for end in ("min", "max", "median", "cells")}


def atlas_of(client: FlaskClient) -> Atlas:
    found: Atlas = client.application.extensions[EXTENSION].atlas()
    return found


def table(client: FlaskClient, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/view.csv?{query}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_map_of_the_ground_says_what_it_is_not(client: FlaskClient) -> None:
    view = client.get(f"/view.json?{VIEW}").json
    assert (view["year"], view["tier"], view["view"]) == (None, None, f"{VIEW}&level=county&layers=parks,projects")
    assert view["subtitle"].startswith("各地按面积平均，单位：m；鄂尔多斯市 1,3")
    assert view["subtitle"].endswith("不是规划内容，只作背景")
    assert view["origin"]["id"] == "raster:elevation-5min"
    assert (view["sources"][0]["plan"], view["sources"][0]["title"]) == (None, "海拔（5′网格平均）")
    assert view["legend"]["classes"][0]["key"] == "class-0"
    assert {area["status"] for area in view["areas"]} == {"own"}
    heights = client.get("/rasters/elevation-5min/regions.json?within=150600&level=county").json["regions"]
    means = {row["adcode"]: row["mean"] for row in heights}
    assert all(area["value"] == round(means[area["adcode"]]) for area in view["areas"])


def test_the_bound_is_named_as_one_wherever_it_is_shown(client: FlaskClient) -> None:
    query = "region=150600&indicator=ground_clear_sky_irradiation"
    for lang, words in (("zh", "晴空理论上限，未计云量，不是资源"), ("en", "clear-sky upper bound, clouds left out")):
        assert words in client.get(f"/view.json?{query}&lang={lang}").json["subtitle"]
        assert words in client.get(f"/view.svg?{query}&lang={lang}&layers=none").text
        assert words in client.get(f"/indicators/ground_clear_sky_irradiation?lang={lang}").text
    assert "理论上限，不是资源" in client.get("/regions/150621").text


def test_the_question_behind_keeps_its_keys(client: FlaskClient) -> None:
    planned = client.get("/resolve?adcode=150621&indicator=ei_gdp_cut&year=2025").json
    zonal = client.get(f"/resolve?adcode=150621&indicator={INDICATOR}").json
    assert set(zonal) == set(planned)
    assert (zonal["status"], zonal["plan"], zonal["target_year"], zonal["tier"]) == ("own", None, None, None)
    assert (zonal["label"], zonal["value_text"], zonal["value"]) == ("1,180 m", "1,180 m", 1180.0)
    assert "SHA-256" in zonal["section"]
    assert zonal["path"] == ["达拉特旗：按面积平均；全境有数据"]
    refused = client.get(f"/resolve?adcode=150621&indicator={INDICATOR}&year=2025")
    assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (400, "year")
    country = client.get(f"/resolve?adcode=100000&indicator={INDICATOR}").json
    assert (country["status"], country["value"], country["status_words"]) == ("none", None, "没有数据")


def test_every_table_has_the_ground_and_the_chosen_raster_in_full(client: FlaskClient) -> None:
    plain = [row for row in table(client, "region=150600") if row["layer"] == "targets"]
    assert set(plain[0]) >= COLUMNS
    assert not set(plain[0]) & FULL
    chosen = [row for row in table(client, "region=150600&raster=elevation-5min") if row["layer"] == "targets"]
    assert set(chosen[0]) >= COLUMNS | FULL
    values = {row["adcode"]: row for row in client.get("/rasters/elevation-5min/regions.json").json["regions"]}
    assert chosen[0]["adcode"] == "150600", "the region of the view is itself a row"
    for row in chosen[1:]:
        known = values[row["adcode"]]
        for end, name in (("mean", "mean"), ("min", "minimum"), ("max", "maximum"), ("median", "median")):
            assert float(row[f"{INDICATOR}_{end}"]) == pytest.approx(known[name], abs=1e-6)
        assert float(row[f"{INDICATOR}_share"]) == known["share"]


def test_no_data_is_an_empty_cell(client: FlaskClient) -> None:
    rows = {
        row["adcode"]: row for row in table(client, f"region=100000&level=county&indicator={INDICATOR}&layers=none")
    }
    sansha = [row for row in rows.values() if row["status"] == "none"]
    assert sansha
    for row in sansha:
        assert (row["value"], row["ground_elevation_5min_mean"], row["status_words"]) == ("", "", "没有数据")
        assert row["ground_elevation_5min_share"] in ("", "0.0")


def test_the_workbook_says_where_the_columns_come_from(client: FlaskClient) -> None:
    book = openpyxl.load_workbook(BytesIO(client.get(f"/view.xlsx?{VIEW}").data))
    notes = [row[1].value for row in book["说明"].iter_rows()]
    assert any("海拔（5′网格平均）" in note and "只作背景" in note for note in notes)
    assert any("晴空理论上限，未计云量" in note for note in notes)
    heads = [cell.value for cell in book["目标"][1]]
    assert "海拔（5′网格平均）（m）：中位数" in heads


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "shp.zip", "kml", "fgb", "parquet", "qlr", "png", "svg", "pdf"])
def test_every_face_of_a_view_knows_the_ground(client: FlaskClient, suffix: str) -> None:
    answer = client.get(f"/view.{suffix}?{VIEW}")
    assert answer.status_code == 200, answer.text
    assert "None" not in answer.headers["Content-Disposition"]


def test_the_page_offers_the_ground_apart_from_the_plans(client: FlaskClient) -> None:
    page = client.get("/?region=150600").text
    assert '<optgroup label="地面与光照（非规划内容）">' in page
    assert f'<option value="{INDICATOR}"' in page
    odd = client.get(f"/?{VIEW}&year=2025&tier=incentive").text
    assert "“year=2025”无法使用" in odd
    assert "“tier=incentive”无法使用" in odd


def test_the_list_and_the_page_of_indicators(client: FlaskClient) -> None:
    sectors = {each["id"]: each for each in client.get("/indicators.json").json["sectors"]}
    listed = {each["id"]: each for each in sectors["ground"]["indicators"]}
    assert set(listed) >= {INDICATOR, "ground_clear_sky_irradiation", "sun_noon", "sun_row_spacing"}
    assert listed[INDICATOR]["origin"]["caveat"] == "不是规划内容，只作背景"
    assert sectors["ground"]["title"] == "地面与光照（非规划内容）"
    page = client.get("/indicators/sun_row_spacing.json").json
    rows = {row["adcode"]: row for group in page["planning_regions"] for row in group["rows"]}
    assert rows["654201"]["value"] > rows["150626"]["value"] > 2
    assert page["goals"] == []


def test_a_card_of_the_ground_and_its_kin(client: FlaskClient) -> None:
    card = client.get(f"/regions/150621/card?{VIEW}").text
    for words in ("1,180 m", "按面积平均；全境有数据", "不是规划内容", "/rasters/elevation-5min"):
        assert words in card
    assert "None" not in card
    siblings = client.get(f"/regions/150621/kin?{VIEW}").text
    assert "None" not in siblings
    assert "1,426 m" in siblings


def test_plans_and_findings_do_not_know_the_ground(client: FlaskClient) -> None:
    for path in ("/plans/ordos-2021-2025.json", "/quality.json", "/ogc/collections/targets/items?limit=1000&f=json"):
        assert "ground_" not in client.get(path).text


def test_the_search_finds_the_ground(client: FlaskClient) -> None:
    found = client.get("/search.json?q=海拔").json["results"]
    assert found[0]["url"] == f"/indicators/{INDICATOR}"
    assert found[0]["where"].startswith("地面与光照（非规划内容）")


def test_a_new_raster_makes_new_pictures(client: FlaskClient) -> None:
    """Pictures and files are kept by what they show: the catalogue of rasters counts where they are in it."""
    here = atlas_of(client)
    zonal, plan = (here.view(parse_qsl(query)) for query in (VIEW, "region=150600"))
    under = here.view(parse_qsl("region=150600&raster=elevation-5min"))
    assert here.state(plan) == here.version
    assert here.state(zonal) == here.state(under) == f"{here.version}-{here.rasters.library.state}"
    assert here.rasters.library.state
