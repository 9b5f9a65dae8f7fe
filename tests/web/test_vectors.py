"""A published vector layer on every face: its features, its owner and licence, nothing where it is not asked for."""

import io
import json
import zipfile
from html import escape
from pathlib import Path

import mapbox_vector_tile
import pyogrio
import pytest
import shapely
from docx import Document
from flask.testing import FlaskClient
from pptx import Presentation

from tests.data.world_layers import MARKUP, RED, STATIONS

OWNER = "测试名录，2021，CC BY 4.0"
HERE = "region=910100&layers=stations&fill=none"


def page(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text[:300]
    return answer.text


def test_a_view_that_does_not_ask_for_a_layer_says_nothing_of_it(listed_client: FlaskClient) -> None:
    found = listed_client.get("/view.json?region=910100").json
    assert "vectors" not in found
    assert set(found["layers"]) == {"targets", "parks", "projects"}
    assert OWNER not in page(listed_client, "/view.svg?region=910100")


def test_a_view_counts_the_features_of_its_region_by_type_and_names_their_owner(listed_client: FlaskClient) -> None:
    found = listed_client.get(f"/view.json?{HERE}").json
    assert found["layers"]["stations"] == 5
    (layer,) = found["vectors"]
    assert [(kind["id"], kind["count"]) for kind in layer["kinds"]] == [("hydro", 2), ("wind", 3)]
    assert layer["cited"] == OWNER
    assert found["title"] == "甲东市2021年电站"
    assert [source["issuer"] for source in found["sources"]] == [OWNER]


def test_a_layer_that_is_not_published_is_refused_with_those_that_are(listed_client: FlaskClient) -> None:
    answer = listed_client.get("/view.json?layers=station")
    assert answer.status_code == 400
    assert answer.json["errors"] == [
        {"parameter": "layers", "problem": "'station' is not a known layer", "hint": "did you mean stations?"}
    ]


def test_the_map_fetches_a_region_s_features_once_and_keeps_them(listed_client: FlaskClient) -> None:
    layer = listed_client.get(f"/view.json?{HERE}").json["vectors"][0]
    answer = listed_client.get(layer["features"], headers={"Accept-Encoding": "gzip"})
    assert "immutable" in answer.headers["Cache-Control"]
    found = listed_client.get(layer["features"]).json
    assert found["ids"] == ["stations:1", "stations:2", "stations:3", "stations:5", "stations:6"]
    assert found["amounts"] == [120.5, 49.0, None, 8.0, 1.5]
    assert [found["kind_ids"][number] for number in found["kinds"]] == ["hydro", "wind", "wind", "hydro", "wind"]
    whole = listed_client.get(layer["features"].replace("910100", "100000")).json
    assert len(whole["ids"]) == len(STATIONS)
    assert listed_client.get("/vectors/stations/000000000000.json").status_code == 404


def test_lines_and_areas_come_with_their_shapes(listed_client: FlaskClient) -> None:
    layer = listed_client.get("/view.json?region=910100&layers=redline").json["vectors"][0]
    (shape,) = listed_client.get(layer["features"]).json["shapes"]
    assert shapely.hausdorff_distance(shapely.from_geojson(json.dumps(shape)), RED) < 1e-4


def test_a_card_says_every_column_as_text(listed_client: FlaskClient) -> None:
    card = page(listed_client, "/points/stations:2/card")
    assert escape(MARKUP, quote=False) in card
    assert MARKUP not in card
    for words in ("风电", "49 MW", "东河县", OWNER, "坐标是近似的", "102.6000, 37.4000"):
        assert words in card
    assert listed_client.get("/points/stations:99/card").status_code == 404
    assert listed_client.get("/points/nowhere:1/card").status_code == 404
    assert "不在任何县级行政区内" in page(listed_client, "/points/stations:7/card")


def test_a_selection_of_a_feature_opens_its_prefecture(listed_client: FlaskClient) -> None:
    found = listed_client.get("/view.json?sel=stations:2&layers=stations").json
    assert found["region"] == "910100"


def test_pages_say_whose_data_it_is_and_what_lies_in_no_county(listed_client: FlaskClient) -> None:
    listed = page(listed_client, "/vectors")
    assert OWNER in listed
    one = page(listed_client, "/vectors/stations")
    for words in ("测试名录", "CC BY 4.0", "只供测试", "At sea", "7 / 8", "坐标是近似的", "来源把同一行列了不止一次"):
        assert words in one
    twin = listed_client.get("/vectors/stations.json").json
    assert [each["id"] for each in twin["outside"]] == ["7"]
    assert {kind["id"]: kind["amount"] for kind in twin["kinds"]} == {"hydro": 188.5, "wind": 250.5}
    assert "for 2021" in page(listed_client, "/indicators/stations?lang=en")
    quality = listed_client.get("/quality.json").json["vectors"]
    assert [(each["id"], each["rows"], each["not_joined"]) for each in quality] == [
        ("lines", 1, 0),
        ("redline", 1, 0),
        ("stations", 8, 1),
    ]
    assert "/vectors/stations#outside" in page(listed_client, "/quality")


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "shp.zip", "kml", "geojson"])
@pytest.mark.parametrize(("layer", "count"), [("stations", 5), ("lines", 1), ("redline", 1)])
def test_files_hold_exactly_the_features(
    listed_client: FlaskClient, tmp_path: Path, suffix: str, layer: str, count: int
) -> None:
    region = "910000" if layer == "lines" else "910100"
    answer = listed_client.get(f"/view.{suffix}?region={region}&layers={layer}&fill=none")
    assert answer.status_code == 200
    path = tmp_path / f"view.{suffix}"
    path.write_bytes(answer.data)
    source = f"/vsizip/{path}/{layer}.shp" if suffix == "shp.zip" else path
    names = [name for name, _ in pyogrio.list_layers(source)]
    meta, _, geometry, _ = pyogrio.raw.read(source, layer=names[-1], encoding="UTF-8" if suffix == "shp.zip" else None)
    assert len(geometry) == count
    dimension = {"stations": 0, "lines": 1, "redline": 2}[layer]
    assert set(shapely.get_dimensions(shapely.from_wkb(geometry)).tolist()) == {dimension}
    own = {"stations": "mw"}.get(layer, "width")
    assert own in meta["fields"]


def test_tables_name_owner_and_caveats_in_every_row(listed_client: FlaskClient) -> None:
    rows = page(listed_client, f"/view.csv?{HERE}").splitlines()
    assert len(rows) == 6
    assert rows[2].count(OWNER) == 1
    assert "坐标是近似的" in rows[2]
    with zipfile.ZipFile(io.BytesIO(listed_client.get(f"/view.xlsx?{HERE}").data)) as book:
        texts = b"".join(book.read(name) for name in book.namelist() if name.endswith(".xml")).decode()
    assert OWNER in texts


def test_a_sheet_draws_each_point_of_the_region_and_names_the_owner(listed_client: FlaskClient) -> None:
    svg = page(listed_client, f"/view.svg?{HERE}")
    group = svg[svg.index('id="vectors-stations"') :]
    group = group[: group.index("</g>")]
    assert group.count("<circle") == 5
    assert OWNER in svg
    shapes = page(listed_client, "/view.svg?region=910000&layers=redline,lines&fill=none")
    assert 'id="vectors-lines"' in shapes
    assert "某局，2024，内部" in shapes
    for suffix in ("png", "pdf"):
        assert listed_client.get(f"/view.{suffix}?{HERE}").status_code == 200


def test_a_sum_is_a_circle_in_each_part_and_none_over_the_whole(listed_client: FlaskClient) -> None:
    url = "region=910000&indicator=stations&level=prefecture&layers=none"
    svg = page(listed_client, f"/view.svg?{url}")
    group = svg[svg.index('id="amounts"') :]
    assert group[: group.index("</g>")].count("<circle") == 2
    found = listed_client.get(f"/view.json?{url}").json
    assert (found["own"]["value"], found["own"]["circle"], found["largest"]) == (239.0, False, 179.0)


def test_word_and_slides_count_the_features_and_name_the_owner(listed_client: FlaskClient) -> None:
    document = Document(io.BytesIO(listed_client.get(f"/view.docx?{HERE}").data))
    words = "\n".join(each.text for each in document.paragraphs)
    assert "电站（2021年来源所列）5处，装机合计 179 MW。" in words
    assert f"电站：{OWNER}" in words
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["合计", "5", "179"] in rows
    assert ["水电", "2", "128.5"] in rows
    slides = Presentation(io.BytesIO(listed_client.get(f"/view.pptx?{HERE}").data))
    told = [shape.text_frame.text for slide in slides.slides for shape in slide.shapes if shape.has_text_frame]
    assert any(OWNER in text for text in told)


def test_a_layer_is_a_collection_of_its_own(listed_client: FlaskClient) -> None:
    about = listed_client.get("/ogc/collections/stations").json
    assert (about["numberOfItems"], about["attribution"], about["license"]) == (8, OWNER, "CC BY 4.0")
    found = listed_client.get("/ogc/collections/stations/items?type=wind&filter=mw>40").json
    assert [each["properties"]["name"] for each in found["features"]] == [MARKUP, "At sea"]
    assert found["attribution"] == OWNER
    queryables = listed_client.get("/ogc/collections/stations/queryables").json["properties"]
    assert queryables["mw"] == {"title": "装机", "type": "number"}
    assert queryables["type"]["enum"] == ["hydro", "wind"]
    outside = listed_client.get("/ogc/collections/stations/items/7").json["properties"]
    assert (outside["adcode"], outside["region_name"]) == (None, None)
    box = listed_client.get("/ogc/collections/redline/items?bbox=102.3,37.3,102.31,37.31").json
    assert box["numberMatched"] == 1
    assert page(listed_client, "/ogc/collections/stations/items?f=html").count("&lt;b onclick=x&gt;") == 1
    assert listed_client.get("/ogc/api").status_code == 200


@pytest.mark.parametrize(
    ("layer", "geometry"), [("stations", "Point"), ("lines", "LineString"), ("redline", "Polygon")]
)
def test_tiles_hold_points_lines_and_areas(listed_client: FlaskClient, layer: str, geometry: str) -> None:
    answer = listed_client.get(f"/ogc/collections/{layer}/tiles/WebMercatorQuad/8/99/201")
    assert answer.status_code == 200
    (tile,) = mapbox_vector_tile.decode(answer.data).values()
    assert {each["geometry"]["type"] for each in tile["features"]} == {geometry}


def test_qgis_gets_the_layer_in_its_colours(listed_client: FlaskClient) -> None:
    qlr = page(listed_client, "/view.qlr?region=910000&layers=stations,lines,redline")
    for name in ("geoapp_stations", "geoapp_lines", "geoapp_redline"):
        assert name in qlr
    assert "31,111,178,255" in qlr
