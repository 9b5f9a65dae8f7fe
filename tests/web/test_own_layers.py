"""A reader's own points and shapes: taken with every slip named, on every face as hers, listed nowhere, forgotten."""

import io
import zipfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.data.world_layers import write_zone

TABLE = "名称,类别,规模,经度,纬度\n甲<b>站,光伏,12.5,102°30′E,37.5\n乙站,风电,7.5,102.25,37.26\n丙站,风电,1,99,34\n"
SAID = "使用者提供：站.csv，"
WGS84 = {"datum": "wgs84"}
SOURCE = "<SrcDataSource>/etc/passwd</SrcDataSource>"
VIRTUAL = f"<OGRVRTDataSource><OGRVRTLayer name='a'>{SOURCE}</OGRVRTLayer></OGRVRTDataSource>"
"""A file that tells GDAL to read another one."""


def post(client: FlaskClient, data: bytes | str, file: str, **options: str) -> TestResponse:
    body = data.encode() if isinstance(data, str) else data
    form = {"file": (io.BytesIO(body), file), **options}
    return client.post("/layers", data=form, headers={"Accept": "application/json"})


@pytest.fixture
def own(listed_client: FlaskClient) -> str:
    """A layer that was taken; its id in views."""
    answer = post(listed_client, TABLE, "站.csv", datum="wgs84", kind="类别", amount="规模", unit="MW")
    assert answer.status_code == 201, answer.text
    layer: str = answer.json["layer"]
    return layer


def test_a_table_with_coordinates_says_what_lies_in_which_county(listed_client: FlaskClient) -> None:
    answer = post(listed_client, TABLE, "站.csv", datum="wgs84", kind="类别", amount="规模", unit="MW")
    found = answer.json
    assert answer.headers["Location"].endswith(f"/layers/{found['id']}")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert (found["rows"], found["outside"]) == (3, ["4"])
    assert found["regions"] == [{"adcode": "910121", "name": "东河县", "count": 2, "amount": 20.0}]
    assert found["cited"].startswith(SAID)
    assert listed_client.get(f"/layers/{found['id']}").json["regions"] == found["regions"]


def test_every_face_shows_it_as_the_reader_s_own(listed_client: FlaskClient, own: str) -> None:
    here = f"region=910100&layers={own}&fill=none"
    view = listed_client.get(f"/view.json?{here}")
    assert view.headers["Cache-Control"] == "private, no-store"
    (layer,) = view.json["vectors"]
    assert layer["count"] == 2
    features = listed_client.get(layer["features"])
    assert features.json["names"] == ["甲<b>站", "乙站"]
    assert "no-store" in features.headers["Cache-Control"]
    card = listed_client.get(f"/points/{features.json['ids'][0]}/card")
    assert "甲&lt;b&gt;站" in card.text
    assert SAID in card.text
    for suffix in ("svg", "csv", "kml", "geojson"):
        assert SAID in listed_client.get(f"/view.{suffix}?{here}").text, suffix
    for suffix in ("png", "pdf", "xlsx", "gpkg", "shp.zip", "fgb", "parquet", "docx", "pptx"):
        assert listed_client.get(f"/view.{suffix}?{here}").status_code == 200, suffix
    page = listed_client.get(f"/?{here}")
    assert page.status_code == 200


def test_nobody_else_hears_of_it(listed_client: FlaskClient, own: str) -> None:
    secret = own.removeprefix("own:")
    for url in (
        "/vectors.json",
        "/ogc/collections?f=json",
        "/quality.json",
        "/search.json?q=站",
        "/view.json",
        "/indicators",
    ):
        answer = listed_client.get(url)
        assert answer.status_code == 200
        assert secret not in answer.text
        assert "站.csv" not in answer.text
    assert listed_client.get(f"/ogc/collections/{own}/items").status_code == 404


def test_it_is_forgotten_at_once(listed_client: FlaskClient, own: str) -> None:
    assert listed_client.delete(f"/layers/{own.removeprefix('own:')}").status_code == 204
    answer = listed_client.get(f"/view.json?layers={own}")
    assert answer.status_code == 400
    assert answer.json["errors"] == [
        {
            "parameter": "layers",
            "problem": f"'{own}' is no layer that is kept",
            "hint": "upload the file again at /table",
        }
    ]
    assert listed_client.get(f"/layers/{own.removeprefix('own:')}").status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "options", "said"),
    [
        (TABLE, "站.csv", {}, "请说明坐标的基准"),
        (
            TABLE.replace("102.25,37.26", "37.26,102.25"),
            "站.csv",
            {"datum": "wgs84"},
            "第 3 行的坐标 '37.26', '102.25' 经纬度写反了",
        ),
        (TABLE.replace("102.25", "约102"), "站.csv", {"datum": "wgs84"}, "第 3 行的坐标 '约102', '37.26' 不是度数"),
        (
            "名称,X,Y\n甲,1,2\n",
            "站.csv",
            {"datum": "wgs84"},
            "没有认出坐标列，请指明经度列和纬度列；第一行是：名称, X, Y",
        ),
        (VIRTUAL, "a.kml", {}, "文件损坏，或与扩展名不符"),
        ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><kml/>', "a.kml", {}, "文件损坏，或与扩展名不符"),
        (b"PK\x03\x04 no zip", "a.zip", {}, "文件损坏，或与扩展名不符"),
        ('{"type": "FeatureCollection", "features": []}', "a.geojson", {}, "没有一行有位置"),
    ],
)
def test_what_cannot_be_read_is_said_in_the_reader_s_language(
    listed_client: FlaskClient, data: str | bytes, name: str, options: dict[str, str], said: str
) -> None:
    body = data.encode() if isinstance(data, str) else data
    form = {"file": (io.BytesIO(body), name), **options}
    answer = listed_client.post("/layers", data=form, headers={"Accept": "text/html"})
    assert answer.status_code in (400, 422)
    assert said in answer.text.replace("&#39;", "'")


def test_a_surveyor_s_shapefile_is_read_and_one_without_its_system_is_not(
    listed_client: FlaskClient, tmp_path: Path
) -> None:
    write_zone(tmp_path / "redline.zip")
    answer = post(listed_client, (tmp_path / "redline.zip").read_bytes(), "redline.zip", name="名称")
    assert (answer.status_code, answer.json["shape"]) == (201, "polygon")
    write_zone(tmp_path / "bare.zip", prj=False)
    answer = post(listed_client, (tmp_path / "bare.zip").read_bytes(), "bare.zip")
    assert answer.status_code in (400, 422)
    assert "names no coordinate system" in answer.text


def test_a_zip_that_hides_another_kind_of_file_is_not_opened(listed_client: FlaskClient) -> None:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("a.shp", VIRTUAL)
    answer = post(listed_client, body.getvalue(), "a.zip")
    assert answer.status_code in (400, 422)


def test_too_many_vertices_are_refused(listed_client: FlaskClient) -> None:
    places = "102,37.5 102.1,37.5 " * 100_001
    line = f"<LineString><coordinates>{places}</coordinates></LineString>"
    kml = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>{line}</Placemark></Document></kml>'
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", kml)
    answer = post(listed_client, body.getvalue(), "a.kmz")
    assert "200,002" in answer.text
    assert answer.status_code in (400, 413, 422)


def test_a_form_of_another_site_is_refused(listed_client: FlaskClient) -> None:
    form = {"file": (io.BytesIO(TABLE.encode()), "站.csv"), "datum": "wgs84"}
    answer = listed_client.post("/layers", data=form, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403


def test_a_browser_s_form_leads_to_the_map(listed_client: FlaskClient) -> None:
    form = {"file": (io.BytesIO(TABLE.encode()), "站.csv"), "datum": "gcj02"}
    answer = listed_client.post("/layers", data=form, headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 303
    assert "layers=own:" in answer.headers["Location"].replace("%3A", ":")
    assert listed_client.get(answer.headers["Location"]).status_code == 200
