"""Every file of a view, opened again with the tools planners use, holds the rows of the view."""

import csv
import json
import sqlite3
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import quote

import geopandas
import numpy as np
import openpyxl
import pyarrow.parquet as pq
import pytest
import shapely
from click.testing import CliRunner
from flask.testing import FlaskClient

from geoapp.atlas import Atlas
from geoapp.boundaries.datum import bd09_to_wgs84, gcj02_to_wgs84
from geoapp.cli.main import main
from geoapp.files.registry import FORMATS
from geoapp.settings import Settings

VIEWS = [
    "region=150600&indicator=ei_gdp_cut&year=2025&level=county",
    "region=654200&indicator=ei_gdp_cut&year=2015&type=hydropower&layers=projects",
    "region=620600&year=2025&level=county&layers=none",
    "region=640200&year=2025&layers=projects,actions",
    "region=150600&bbox=109,39.5,111,40.5&sel=150621&lang=en&tier=incentive",
]
KINDS = {"targets": "adcode", "parks": "id", "projects": "id", "actions": "id"}


def get(client: FlaskClient, suffix: str, query: str) -> bytes:
    reply = client.get(f"/view.{suffix}?{query}")
    assert reply.status_code == 200, reply.text
    return reply.data


def expected(client: FlaskClient, query: str) -> dict[str, list[str]]:
    """Return the ids the map shows, by kind."""
    view = client.get(f"/view.json?{query}").json
    assert view is not None
    found = {"targets": [area["adcode"] for area in view["areas"]], "parks": [], "projects": [], "actions": []}
    for point in view["points"]:
        found[point["layer"]].append(point["id"])
    return found


@pytest.mark.parametrize("query", VIEWS)
def test_geojson_holds_the_rows_of_the_map_and_what_must_be_said(client: FlaskClient, query: str) -> None:
    body = get(client, "geojson", query)
    document = json.loads(body)
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for feature in document["features"]:
        found[feature["properties"]["layer"]].append(feature["id"])
    assert found == expected(client, query)
    assert b"NaN" not in body
    members = {"title", "sources", "attribution", "usage_notice", "notice", "data_version", "boundary_edition", "view"}
    assert members <= set(document)
    assert "审图号" in document["attribution"] or "lang=en" in query
    for feature in document["features"]:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        parts = shapely.get_parts(shape)
        assert all(part.exterior.is_ccw for part in parts if part.geom_type == "Polygon"), "RFC 7946, 3.1.6"


def test_geopackage_is_version_1_3_and_carries_its_notes(client: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / "view.gpkg"
    path.write_bytes(get(client, "gpkg", VIEWS[0]))
    database = sqlite3.connect(path)
    try:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        check = database.execute("PRAGMA integrity_check").fetchone()[0]
        foreign = database.execute("PRAGMA foreign_key_check").fetchall()
        notes = "".join(text for (text,) in database.execute("SELECT metadata FROM gpkg_metadata"))
        boxes = {row[0]: row[1:] for row in database.execute("SELECT table_name, min_x, max_y FROM gpkg_contents")}
        rtrees = database.execute(
            "SELECT count(*) FROM gpkg_extensions WHERE extension_name='gpkg_rtree_index'"
        ).fetchone()
    finally:
        database.close()
    assert (version, check, foreign) == (10300, "ok", [])
    assert "鄂尔多斯市“十四五”节能减排综合工作实施方案" in notes
    assert "仅供地图可视化使用" in notes
    assert set(boxes) == {"targets", "parks", "projects"}
    assert rtrees == (3,)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_shapefiles_have_short_names_an_encoding_and_a_readme(client: FlaskClient, encoding: str) -> None:
    body = get(client, "shp.zip", f"{VIEWS[0]}&encoding={encoding}")
    with zipfile.ZipFile(BytesIO(body)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    codec = "utf-8-sig" if encoding == "utf-8" else "gbk"
    assert "仅供参考" in files["说明.txt"].decode(codec)
    table = list(csv.DictReader(StringIO(files["字段说明.csv"].decode(codec))))
    assert {row["图层"] for row in table} == {"targets", "parks", "projects"}
    assert all(row["字段"].isascii() and len(row["字段"]) <= 10 for row in table)
    for kind in ("targets", "parks", "projects"):
        assert files[f"{kind}.cpg"] == (b"GBK" if encoding == "gbk" else b"UTF-8")


def test_xlsx_has_chinese_headings_rows_and_a_page_of_notes(client: FlaskClient) -> None:
    query = VIEWS[0]
    book = openpyxl.load_workbook(BytesIO(get(client, "xlsx", query)))
    assert book.sheetnames == ["目标", "园区", "项目", "说明", "字段说明"]
    for sheet in ("目标", "园区", "项目"):
        (top,) = book[sheet].iter_rows(max_row=1, values_only=True)
        assert all("一" <= str(title)[0] <= "鿿" for title in top)
    notes = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True)}
    assert {"标题", "资料来源", "边界来源", "使用限制", "声明", "坐标系", "数据版本", "边界版本"} <= set(notes)


@pytest.mark.parametrize("query", VIEWS)
def test_csv_has_a_bom_and_no_cell_that_excel_runs(client: FlaskClient, query: str) -> None:
    body = get(client, "csv", query)
    assert body.startswith(b"\xef\xbb\xbf")
    for row in csv.reader(StringIO(body.decode("utf-8-sig"))):
        for text in row:
            assert not text.startswith(("=", "+", "@", "\t")), text
            assert not (text.startswith("-") and not _is_number(text)), text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_the_csv_points_to_its_metadata(client: FlaskClient) -> None:
    reply = client.get(f"/view.csv?{VIEWS[0]}")
    target = reply.headers["Link"].split(">")[0].removeprefix("<")
    metadata = client.get(target).json
    assert metadata is not None
    header = reply.data.decode("utf-8-sig").splitlines()[0].split(",")
    assert [column["name"] for column in metadata["tableSchema"]["columns"]] == header
    assert "usage_notice" in {note["key"] for note in metadata["notes"]}


def test_gbk_text_is_what_old_software_reads(client: FlaskClient) -> None:
    reply = client.get(f"/view.csv?{VIEWS[0]}&encoding=gbk")
    assert reply.content_type == "text/csv; charset=gbk"
    assert "达拉特旗" in reply.data.decode("gbk")


def test_parquet_carries_its_notes(client: FlaskClient) -> None:
    notes = pq.read_schema(BytesIO(get(client, "parquet", VIEWS[0]))).metadata
    assert "仅供参考" in notes[b"notice"].decode()


@pytest.mark.parametrize(("crs", "undo"), [("gcj02", gcj02_to_wgs84), ("bd09", bd09_to_wgs84)])
def test_offset_coordinates_are_labelled_and_can_be_undone(client: FlaskClient, crs: str, undo) -> None:
    straight = json.loads(get(client, "geojson", VIEWS[0]))
    shifted = json.loads(get(client, "geojson", f"{VIEWS[0]}&crs={crs}"))
    assert crs.upper().replace("0", "-0") in shifted["title"]
    assert "不是测绘坐标" in shifted["coordinates"]
    for before, after in zip(straight["features"], shifted["features"], strict=True):
        old = shapely.get_coordinates(shapely.from_geojson(json.dumps(before["geometry"])))
        new = shapely.get_coordinates(shapely.from_geojson(json.dumps(after["geometry"])))
        assert np.abs(new - old).max() > 0.001
        back = np.column_stack(undo(new[:, 0], new[:, 1]))
        assert np.abs(back - old).max() < 5e-6


def test_files_in_4490_say_so(client: FlaskClient, tmp_path: Path) -> None:
    for suffix, read in (
        ("gpkg", geopandas.read_file),
        ("fgb", geopandas.read_file),
        ("parquet", geopandas.read_parquet),
    ):
        path = tmp_path / f"view.{suffix}"
        path.write_bytes(get(client, suffix, f"{VIEWS[2]}&crs=4490"))
        assert read(path).crs.to_epsg() == 4490


def test_geometry_can_be_left_out_pointed_or_whole(client: FlaskClient, full_client: FlaskClient) -> None:
    def kinds(body: bytes) -> set[str | None]:
        features = [each for each in json.loads(body)["features"] if each["properties"]["layer"] == "targets"]
        return {each["geometry"] and each["geometry"]["type"] for each in features}

    low = get(client, "geojson", VIEWS[0])
    assert kinds(low) == {"MultiPolygon"}
    assert kinds(get(client, "geojson", VIEWS[0] + "&geometry=none")) == {None}
    assert kinds(get(client, "geojson", VIEWS[0] + "&geometry=point")) == {"Point"}
    whole = get(full_client, "geojson", VIEWS[0] + "&geometry=full")
    assert len(whole) > 1.1 * len(low)


@pytest.fixture
def full_client(settings: Settings, atlas: Atlas) -> FlaskClient:
    """A client of an atlas whose operator gives out full detail."""
    from geoapp.app import create_app

    return create_app(settings.model_copy(update={"full_geometry": True})).test_client()


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/view.gpkg?geometry=full", ["geometry"]),
        ("/view.xlsx?geometry=lo", ["geometry"]),
        ("/view.fgb?geometry=none", ["geometry"]),
        ("/view.kml?encoding=gbk", ["encoding"]),
        ("/view.csv?crs=3857&encoding=latin1&year=NaN", ["year", "crs", "encoding"]),
        ("/view.csv?crs=4326&crs=4490", ["crs"]),
        ("/view.csv?width=100", ["width"]),
    ],
)
def test_faults_name_every_parameter(client: FlaskClient, path: str, parameters: list[str]) -> None:
    reply = client.get(path)
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")
    assert reply.json is not None
    assert sorted(each["parameter"] for each in reply.json["errors"]) == sorted(parameters)


def test_an_unknown_format_is_404_with_those_that_exist(client: FlaskClient) -> None:
    reply = client.get("/view.dwg")
    assert reply.status_code == 404
    assert reply.json is not None
    assert "gpkg" in reply.json["detail"]


@pytest.mark.parametrize("suffix", list(FORMATS))
@pytest.mark.parametrize("query", [VIEWS[0], f"{VIEWS[3]}&crs=gcj02&geometry=point"])
def test_the_command_line_gives_the_same_bytes(
    client: FlaskClient, settings: Settings, tmp_path: Path, suffix: str, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOAPP_BUILD_DIR", str(settings.build_dir))
    output = tmp_path / f"out.{suffix}"
    done = CliRunner().invoke(main, ["export", query, "-o", str(output)])
    assert done.exit_code == 0, done.output
    assert output.read_bytes() == get(client, suffix, query)
    assert sorted(path.name for path in tmp_path.iterdir()) == (
        ["out.csv", "out.csv-metadata.json"] if suffix == "csv" else [output.name]
    )


def test_names_are_chinese_and_downloads_resume(client: FlaskClient) -> None:
    url = f"/view.gpkg?{VIEWS[0]}"
    whole = client.get(url)
    assert whole.headers["Content-Disposition"].endswith(
        "filename*=UTF-8''" + quote("鄂尔多斯市_单位GDP能耗累计降低率_2025.gpkg", safe="")
    )
    tag = whole.headers["ETag"]
    part = client.get(url, headers={"Range": "bytes=100-199", "If-Range": tag})
    assert (part.status_code, part.data) == (206, whole.data[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole.data)}"
    tail = client.get(url, headers={"Range": "bytes=-5"})
    assert tail.data == whole.data[-5:]
    assert client.get(url, headers={"Range": "bytes=1-2", "If-Range": '"old"'}).status_code == 200
    beyond = client.get(url, headers={"Range": "bytes=999999999-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(whole.data)}")
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    head = client.head(url)
    assert (head.data, head.headers["Content-Length"]) == (b"", str(len(whole.data)))


@pytest.mark.parametrize("query", [VIEWS[0], VIEWS[1], "level=county"])
def test_the_dialog_knows_rows_and_about_the_size(client: FlaskClient, query: str) -> None:
    listing = client.get(f"/view.files.json?{query}").json
    assert listing is not None
    resolved = expected(client, query)
    assert listing["rows"] == {kind: len(ids) for kind, ids in resolved.items()}
    for entry in listing["files"]:
        real = len(client.get(entry["url"]).data)
        assert 0.6 < entry["bytes_about"] / real < 1.6, entry["format"]
