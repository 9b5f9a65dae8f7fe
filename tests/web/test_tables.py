"""A reader's own table over HTTP: taken, settled, shown in every face of a view, given back, forgotten."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.settings import Settings
from tests.data.world_folders import WorldFolders
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIADONG

TEXT = (
    "2025年各县区能耗,,\n地区,能耗强度（吨标准煤/万元）,能耗总量（万吨标准煤）\n"
    "城北区,0.85,120\n东河县,1.52,约800\n城中区,0.3,20\n白去旗,3,4\n合计,1,940\n"
)
PRIVATE = "private, no-store"
Json = dict[str, Any]


def post(client: FlaskClient, text: str = TEXT, **more: Any) -> Json:
    answer = client.post("/tables", data=text.encode(), content_type="text/csv", **more)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json
    return found


@pytest.fixture
def kept(world_client: FlaskClient) -> Iterator[Json]:
    found = post(world_client)
    yield found
    world_client.delete(f"/tables/{found['id']}")


def test_a_table_is_taken_with_what_was_understood(world_client: FlaskClient) -> None:
    answer = world_client.post("/tables", data=TEXT.encode(), content_type="text/csv")
    found = answer.json
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/tables/{found['id']}")
    assert len(found["id"]) == 32
    assert found["counts"] == {"matched": 2, "ambiguous": 1, "unmatched": 1, "ignored": 1}
    assert found["summary"] == "4 行中 2 行已对上，1 行待您决定，1 行没有找到"
    assert [(c["id"], c["title"], c["kind"], c["unit"], c["year"]) for c in found["columns"]] == [
        ("c1", "地区", "region", "", None),
        ("c2", "能耗强度", "number", "吨标准煤/万元", 2025),
        ("c3", "能耗总量", "number", "万吨标准煤", 2025),
    ]
    rows = {row["name"]: row for row in found["rows"]}
    assert (rows["城北区"]["row"], rows["城北区"]["adcode"], rows["城北区"]["status"]) == (3, CHENGBEI, "matched")
    assert rows["城中区"]["candidates"][0] == {"adcode": CHENGZHONG, "name": "城中区", "where": "甲省 甲东市"}
    assert (rows["城中区"]["likely"], rows["城北区"]["likely"]) == (True, False), "the others lie in 甲东市 too"
    assert rows["白去旗"]["candidates"][0]["name"] == "白云旗"
    assert found["faults"][0] | {"problem": ""} == {
        "row": 4,
        "column": "c3",
        "cell": "C4",
        "text": "约800",
        "problem": "",
    }
    assert f"region={JIADONG}&indicator=table:{found['id']}:c2&level=county" in found["view"]
    assert world_client.get(answer.headers["Location"]).json == found


def test_a_form_and_a_body_say_the_same(world_client: FlaskClient) -> None:
    form = world_client.post("/tables", data={"file": (io.BytesIO(TEXT.encode("gb18030")), "各县区.csv")}).json
    body = post(world_client)
    assert form["file"] == "各县区.csv"
    assert [row["status"] for row in form["rows"]] == [row["status"] for row in body["rows"]]


def test_rows_are_settled_and_the_map_follows(world_client: FlaskClient, kept: Json) -> None:
    def values() -> dict[str, float]:
        areas = world_client.get(f"/view.json?{kept['view']}").json["areas"]
        return {area["adcode"]: area["value"] for area in areas if area["status"] == "own"}

    assert values() == {CHENGBEI: 0.85, DONGHE: 1.52}
    tag = world_client.get(f"/view.csv?{kept['view']}").headers["ETag"]
    settled = world_client.patch(f"/tables/{kept['id']}", json={"rows": [{"row": 5, "adcode": CHENGZHONG}]})
    assert (settled.status_code, settled.json["counts"]["matched"]) == (200, 3)
    assert values() == {CHENGBEI: 0.85, DONGHE: 1.52, CHENGZHONG: 0.3}
    assert world_client.get(f"/view.csv?{kept['view']}").headers["ETag"] != tag
    left_out = world_client.patch(f"/tables/{kept['id']}", json={"rows": {"6": None}})
    assert left_out.json["counts"] == {"matched": 3, "ambiguous": 0, "unmatched": 0, "ignored": 2}


def test_fills_and_circles_as_the_reader_says(world_client: FlaskClient, kept: Json) -> None:
    view = kept["view"].replace(":c2&", ":c3&")
    assert world_client.get(f"/view.json?{view}").json["draw"] == "symbol"
    answer = world_client.patch(
        f"/tables/{kept['id']}", json={"columns": [{"id": "c3", "draw": "fill", "unit": "万吨"}]}
    )
    assert answer.status_code == 200
    shown = world_client.get(f"/view.json?{view}").json
    assert (shown["draw"], shown["unit"]) == ("fill", "万吨")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"rows": [{"row": 99, "adcode": "910102"}]}, "没有第 99 行"),
        ({"rows": [{"row": 5, "adcode": "000001"}]}, "第 5 行：000001 不是行政区代码"),
        ({"columns": [{"id": "c1", "draw": "fill"}]}, "c1 不是数值列"),
        ({"columns": [{"id": "c2", "draw": "dots"}]}, "draw（fill 或 symbol）"),
        ({"sheet": "没有"}, "没有名为“没有”的工作表"),
        ({"row": 5}, "请求内容应为 JSON"),
        ([7], "请求内容应为 JSON"),
        ("x", "请求内容应为 JSON"),
        ({"rows": [{"adcode": "910102"}]}, "请求内容应为 JSON"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_changes_nothing(
    world_client: FlaskClient, kept: Json, body: object, words: str
) -> None:
    answer = world_client.patch(f"/tables/{kept['id']}", json=body)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert words in answer.json["detail"]
    assert world_client.get(f"/tables/{kept['id']}").json == kept


def test_every_face_names_the_origin(world_client: FlaskClient, kept: Json) -> None:
    said = "使用者提供：粘贴的表格，"
    shown = world_client.get(f"/view.json?{kept['view']}").json
    assert shown["sources"][0]["issuer"].startswith(said)
    assert shown["subtitle"].endswith("使用者提供，未经核对")
    for face in ("svg", "kml"):
        text = world_client.get(f"/view.{face}?{kept['view']}").text
        assert "使用者提供" in text, face
    book = openpyxl.load_workbook(io.BytesIO(world_client.get(f"/view.xlsx?{kept['view']}").data))
    notes = [str(row[1]) for row in book["说明"].iter_rows(values_only=True)]
    assert any(said in note and note.endswith("未经核对") for note in notes)
    assert "使用者提供，未经核对" in world_client.get(f"/?{kept['view']}").text


def test_nobody_else_sees_it_and_nobody_keeps_it(world_client: FlaskClient, kept: Json) -> None:
    for path in ("/indicators.json", "/quality.json", "/search.json?q=能耗强度", "/ogc/collections?f=json", "/"):
        assert kept["id"] not in world_client.get(path).text
    for path in (
        f"/tables/{kept['id']}",
        f"/view.png?{kept['view']}",
        f"/view.json?{kept['view']}",
        f"/?{kept['view']}",
    ):
        assert world_client.get(path).headers["Cache-Control"] == PRIVATE
    listed = world_client.get("/view.json?indicator=ei_gdp_cut2")
    assert kept["id"] not in listed.text


def test_the_table_is_given_back_with_four_columns_more(world_client: FlaskClient, kept: Json) -> None:
    data = world_client.get(f"/tables/{kept['id']}.csv").data.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(data))
    assert header == [
        "地区",
        "能耗强度（吨标准煤/万元）",
        "能耗总量（万吨标准煤）",
        "adcode",
        "region_name",
        "match",
        "candidates",
    ]
    assert rows[0] == ["城北区", "0.85", "120", CHENGBEI, "城北区", "matched", ""]
    assert rows[2][3:6] == ["", "", "ambiguous"]
    assert "城中区 910101" in rows[2][6]
    book = openpyxl.load_workbook(io.BytesIO(world_client.get(f"/tables/{kept['id']}.xlsx").data))
    assert [cell.value for cell in book.active[2]][:6] == ["城北区", 0.85, 120, CHENGBEI, "城北区", "matched"]


def test_nothing_given_back_is_a_formula(world_client: FlaskClient) -> None:
    found = post(world_client, '地区,数,备注\n城北区,1,"=HYPERLINK(""http://x"")"\n东河县,2,@x\n')
    rows = list(csv.reader(io.StringIO(world_client.get(f"/tables/{found['id']}.csv").data.decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ['\'=HYPERLINK("http://x")', "'@x"]
    book = openpyxl.load_workbook(io.BytesIO(world_client.get(f"/tables/{found['id']}.xlsx").data))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"inlineStr", "s", "n"}


def test_nothing_drawn_of_a_table_outlives_it(
    world_client: FlaskClient, world_folders: WorldFolders, kept: Json
) -> None:
    def drawn() -> set[Path]:
        return set((world_folders.build_dir / "cache").rglob("*.*"))

    before = drawn()
    for face in ("png", "svg", "pdf", "docx"):
        assert world_client.get(f"/view.{face}?{kept['view']}").status_code == 200
    assert drawn() == before


def test_forgotten_is_forgotten(world_client: FlaskClient) -> None:
    found = post(world_client)
    assert world_client.delete(f"/tables/{found['id']}").status_code == 204
    for method in (world_client.get, world_client.delete):
        gone = method(f"/tables/{found['id']}")
        assert (gone.status_code, gone.mimetype) == (404, "application/problem+json")
    shown = world_client.get(f"/view.json?{found['view']}")
    assert (shown.status_code, shown.json["errors"][0]["parameter"]) == (400, "indicator")
    assert world_client.get(f"/?{found['view']}").status_code == 200, "a page opens the nearest view and says so"


def test_another_worker_and_a_rebuild_find_the_same(
    world_client: FlaskClient, world_folders: WorldFolders, kept: Json
) -> None:
    other = create_app(Settings(build_dir=world_folders.build_dir, layers_dir=world_folders.layers)).test_client()
    assert other.get(f"/tables/{kept['id']}").json == kept
    world_client.patch(f"/tables/{kept['id']}", json={"rows": {"5": CHENGZHONG}})
    areas = other.get(f"/view.json?{kept['view']}").json["areas"]
    assert {area["adcode"] for area in areas if area["status"] == "own"} == {CHENGBEI, DONGHE, CHENGZHONG}


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"", 422, "没有表格"),
        (b"%PDF-1.7", 422, "不是表格"),
        ("名目,数\n甲,1\n".encode(), 422, "A1"),
        (b"x" * (10 * 2**20 + 1), 413, "最多 10 MB"),
        (b"x" * (11 * 2**20), 413, "最多 10 MB"),
    ],
)
def test_bad_input_gets_a_sentence(world_client: FlaskClient, data: bytes, status: int, words: str) -> None:
    answer = world_client.post("/tables?name=报表.csv", data=data, content_type="text/csv")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert words in answer.json["detail"]
    english = world_client.post("/tables?name=report.csv&lang=en", data=data, content_type="text/csv").json["detail"]
    assert english.replace("名目", "").isascii()


def test_another_sites_page_may_not_post(world_client: FlaskClient, kept: Json) -> None:
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ):
        for call in (world_client.post, world_client.patch, world_client.delete):
            path = "/tables" if call == world_client.post else f"/tables/{kept['id']}"
            answer = call(path, data=TEXT.encode(), headers=headers)
            assert (answer.status_code, answer.json["type"]) == (403, "/problems/not-allowed")
    for own in ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, {"Origin": "http://localhost:8443"}):
        assert world_client.post("/tables", data=TEXT.encode(), headers=own).status_code == 201


def client_with(world_folders: WorldFolders, **more: Any) -> FlaskClient:
    return create_app(
        Settings(build_dir=world_folders.build_dir, layers_dir=world_folders.layers, **more)
    ).test_client()


def test_the_operator_can_turn_it_off(world_folders: WorldFolders, kept: Json) -> None:
    off = client_with(world_folders, tables="off")
    assert off.post("/tables", data=TEXT.encode()).status_code == 403
    assert off.get(f"/tables/{kept['id']}").status_code == 403
    assert off.get(f"/view.json?{kept['view']}").status_code == 400


def test_a_word_guards_uploads(world_folders: WorldFolders) -> None:
    client = client_with(world_folders, tables_token="open sesame now")
    assert client.post("/tables", data=TEXT.encode()).status_code == 403
    assert client.post("/tables", data=TEXT.encode(), headers={"Authorization": "Bearer wrong"}).status_code == 403
    right = {"Authorization": "Bearer open sesame now"}
    assert client.post("/tables", data=TEXT.encode(), headers=right).status_code == 201


def test_numbers_of_a_text_file_are_numbers_in_the_workbook_and_codes_stay_texts(world_client: FlaskClient) -> None:
    found = post(world_client, "地区,数,编号\n城北区,0.85,007\n东河县,1200,008\n西河县,-3,约5\n")
    book = openpyxl.load_workbook(io.BytesIO(world_client.get(f"/tables/{found['id']}.xlsx").data))
    rows = [[cell.value for cell in row][1:3] for row in book.active.iter_rows(min_row=2)]
    assert rows == [[0.85, "007"], [1200, "008"], [-3, "约5"]]
