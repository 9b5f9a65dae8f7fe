"""A reader's own points and shapes: taken with every slip named, on every face as hers, listed nowhere, forgotten."""

import io
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from geoapp.app import create_app
from geoapp.settings import Settings
from tests.data.broken_shapes import BROKEN
from tests.data.world_folders import WorldFolders
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
    county = {"adcode": "910121", "name": "东河县", "where": "甲省 甲东市", "count": 2, "amount": 20.0}
    assert found["regions"] == [county]
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
    assert "没有写明坐标系" in answer.text


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


def test_its_page_says_what_lies_where_and_gives_it_back(listed_client: FlaskClient, own: str) -> None:
    secret = own.removeprefix("own:")
    answer = listed_client.get(f"/layers/{secret}", headers={"Accept": "text/html"})
    assert answer.headers["Cache-Control"] == "private, no-store"
    page = answer.text
    for words in (SAID, "东河县", "规模（MW）", "保存到", "光伏", "类别"):
        assert words in page
    assert re.search(r"合计</th><td class=\"n\">2</td><td class=\"n\">20</td>", page)
    english = listed_client.get(f"/layers/{secret}?lang=en", headers={"Accept": "text/html"}).text
    assert "Kept until" in english
    assert "不在任何县级" not in english
    for link in re.findall(r'href="(/view\.[^"]+)"', page):
        assert listed_client.get(unescape(link)).status_code == 200, link
    assert listed_client.get(f"/layers/{secret}.json").json == listed_client.get(f"/layers/{secret}").json


def test_the_map_leads_to_its_page(listed_client: FlaskClient, own: str) -> None:
    (layer,) = listed_client.get(f"/view.json?layers={own}&fill=none").json["vectors"]
    assert layer["url"] == f"/layers/{own.removeprefix('own:')}"
    assert listed_client.get(layer["url"], headers={"Accept": "text/html"}).status_code == 200


def test_another_column_colours_sizes_and_names_it(listed_client: FlaskClient) -> None:
    found = post(listed_client, TABLE, "站.csv", datum="wgs84").json
    view = f"/view.json?region=910100&layers={found['layer']}&fill=none"
    assert [each["title"] for each in listed_client.get(view).json["vectors"][0]["kinds"]] == ["站.csv"]
    drawn = {"kind": "类别", "amount": "规模", "unit": "MW", "name": "类别"}
    answer = listed_client.patch(f"/layers/{found['id']}", json=drawn)
    assert (answer.status_code, answer.json["drawn"]) == (200, drawn)
    assert answer.json["regions"][0]["amount"] == 20.0
    (layer,) = listed_client.get(view).json["vectors"]
    assert [each["title"] for each in layer["kinds"]] == ["光伏", "风电"]
    assert (layer["amount"], layer["unit"], layer["largest"]) == ("规模", "MW", 12.5)
    assert listed_client.get(layer["features"]).json["names"] == ["光伏", "风电"]
    form = listed_client.post(f"/layers/{found['id']}", data={"kind": "", "amount": "", "name": "名称", "unit": ""})
    assert (form.status_code, form.headers["Location"]) == (303, f"/layers/{found['id']}")
    (layer,) = listed_client.get(view).json["vectors"]
    assert (len(layer["kinds"]), layer["amount"]) == (1, "")


def test_what_is_a_rate_is_not_added_up(listed_client: FlaskClient) -> None:
    table = TABLE.replace("规模", "利用率")
    answer = post(listed_client, table, "站.csv", datum="wgs84", amount="利用率", unit="%")
    assert "amount" not in answer.json["regions"][0]
    page = listed_client.get(f"/layers/{answer.json['id']}", headers={"Accept": "text/html"}).text
    assert "“利用率”像是率或水平，不相加" in page


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        ({"kind": "颜色"}, "没有“颜色”这一列；有：名称, 类别, 规模"),
        ({"amount": "类别"}, "“类别”列不全是数"),
        ({"colour": "red"}, "请求内容不对"),
        ({"kind": 3}, "请求内容不对"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    listed_client: FlaskClient, own: str, drawn: dict[str, object], said: str
) -> None:
    url = f"/layers/{own.removeprefix('own:')}"
    before = listed_client.get(url).json
    answer = listed_client.patch(url, json=drawn, headers={"Accept": "text/html"})
    assert answer.status_code == 422
    assert said in answer.text
    assert listed_client.get(url).json == before


def test_too_many_words_are_no_colours(listed_client: FlaskClient) -> None:
    rows = "".join(f"{n}站,102.25,37.{n:02}\n" for n in range(10, 30))
    answer = post(listed_client, f"名称,经度,纬度\n{rows}", "站.csv", datum="wgs84", kind="名称")
    assert answer.status_code == 422
    assert "“名称”列有 20 种写法，图上最多分得清 12 种" in answer.text


def test_a_view_shows_the_types_it_asks_for_in_every_face(listed_client: FlaskClient, own: str) -> None:
    kind = next(each["id"] for each in listed_client.get(f"/view.json?layers={own}").json["vectors"][0]["types"])
    here = f"region=910100&layers={own}&fill=none&kind={kind}"
    seen = listed_client.get(f"/view.json?{here}").json
    assert seen["vectors"][0]["count"] == 1
    assert [each["count"] for each in seen["vectors"][0]["types"]] == [1, 1]
    assert f"kind={kind}" in seen["view"]
    text = listed_client.get(f"/view.csv?{here}").text
    assert "甲" in text
    assert "乙站" not in text
    assert len(listed_client.get(f"/view.geojson?{here}").json["features"]) == 1
    wrong = listed_client.get(f"/view.json?layers={own}&kind={own}:tide")
    assert wrong.status_code == 400
    assert "has no type 'tide'" in wrong.text
    assert listed_client.get("/view.json?kind=moon").status_code == 400


def test_it_is_forgotten_from_its_page(listed_client: FlaskClient, own: str) -> None:
    url = f"/layers/{own.removeprefix('own:')}"
    foreign = listed_client.post(f"{url}/forget", headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert listed_client.post(f"{url}/forget").headers["Location"] == "/table"
    assert listed_client.get(url, headers={"Accept": "text/html"}).status_code == 404


def client_with(folders: WorldFolders, **more: Any) -> FlaskClient:
    return create_app(Settings(build_dir=folders.build_dir, layers_dir=folders.layers, **more)).test_client()


def test_the_word_of_the_operator_guards_layers_as_it_does_tables(listed_folders: WorldFolders, own: str) -> None:
    client = client_with(listed_folders, tables_token="open sesame now")
    url = f"/layers/{own.removeprefix('own:')}"
    right = {"Authorization": "Bearer open sesame now"}
    assert post(client, TABLE, "站.csv", datum="wgs84").status_code == 403
    assert client.patch(url, json={"kind": ""}).status_code == 403
    assert client.post(f"{url}/forget").status_code == 403
    assert client.delete(url).status_code == 403
    assert client.get(url).status_code == 200, "who knows the link sees it"
    assert client.patch(url, json={"kind": ""}, headers=right).status_code == 200


def test_the_operator_can_turn_layers_off(listed_folders: WorldFolders, own: str) -> None:
    off = client_with(listed_folders, tables="off")
    assert post(off, TABLE, "站.csv", datum="wgs84").status_code == 403
    assert off.get(f"/layers/{own.removeprefix('own:')}").status_code == 403
    assert off.get(f"/view.json?layers={own}").status_code == 400


LIBRARIES = re.compile(r"GDAL|OGR|sqlite|codec|/tmp/|vsizip|Traceback|GEOS|Shape_|SHAPE_")


@pytest.mark.parametrize("wrong", BROKEN)
@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_broken_shapes_are_told_in_the_reader_s_language(
    listed_client: FlaskClient, tmp_path: Path, wrong: str
) -> None:
    name, make, said = BROKEN[wrong]
    data = make(tmp_path)
    answer = post(listed_client, data, name)
    assert answer.status_code == 422
    assert answer.json["detail"].startswith(f"{name}：")
    assert said in answer.json["detail"]
    form = {"file": (io.BytesIO(data), name), "lang": "en"}
    english = listed_client.post("/layers?lang=en", data=form, headers={"Accept": "application/json"}).json["detail"]
    assert re.search("[一-龥]", english.replace("红线", "").replace("蓝线", "").replace("厂区", "")) is None
    assert LIBRARIES.search(answer.json["detail"] + english) is None


def test_a_file_that_is_too_large_is_refused_in_a_sentence(listed_client: FlaskClient) -> None:
    body = b"x" * (11 * 2**20)
    answer = listed_client.post("/layers", data=body, content_type="multipart/form-data; boundary=y")
    assert (answer.status_code, answer.json["detail"][:33]) == (413, "POST /layers：文件有 11.0 MB，最多 10 MB")
