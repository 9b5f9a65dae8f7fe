"""Files of the made-up world, hostile names and all, read back by others' readers: nothing lost, nothing run."""

import csv
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoapp.analysis.resolution.labels import target_label
from geoapp.atlas import Atlas
from geoapp.boundaries.datum import gcj02_to_bd09, wgs84_to_gcj02
from geoapp.errors import InvalidView
from geoapp.files.archive import unzip, zip_files
from geoapp.files.content import COLUMNS, KINDS, Content
from geoapp.files.kml import encode_shape
from geoapp.files.registry import FORMATS, write_file
from geoapp.files.text import FORMULA, cell, encode_text, write_sidecar
from geoapp.portrayal import legend, palette
from tests.data.view_files import READERS, Row, key
from tests.data.world_map import CHENGBEI, DONGHE, EXCLAVE, ISLET, JIADONG, JILIN, SHIZI, county_shapes
from tests.data.world_rows import HOSTILE, JIADONG25

WITH_IDS = [each for each in FORMATS if each != "xlsx"]
"""Formats with ids of caveats; a workbook has their words, which are those of the real vocabulary for its reader."""
QUERY = f"region={JIADONG}&year=2025&sel={DONGHE}"


def content(atlas: Atlas, query: str = QUERY, suffix: str = "geojson") -> Content:
    view, options = atlas.file_request(parse_qsl(query), suffix, full_allowed=True)
    return atlas.content(view, options)


def read(atlas: Atlas, folder: Path, suffix: str, query: str = QUERY) -> list[tuple[str, Row, Any]]:
    path = folder / f"view.{suffix}"
    path.write_bytes(write_file(content(atlas, query, suffix), suffix))
    return list(READERS[suffix](path))


@pytest.mark.parametrize("suffix", [each for each in WITH_IDS if each != "csv"])
def test_every_format_gives_back_every_row_and_every_name(world_atlas: Atlas, tmp_path: Path, suffix: str) -> None:
    rows = read(world_atlas, tmp_path, suffix)
    resolved = content(world_atlas).resolved
    assert Counter(kind for kind, _, _ in rows) == {
        "targets": len(resolved.areas),
        "parks": len(resolved.parks),
        "projects": len(resolved.projects),
    }
    wanted = {each.region.adcode: each.region.name for each in resolved.areas}
    wanted |= {each.id: each.name for each in (*resolved.parks, *resolved.projects)}
    found = {row[key(kind)]: row["region_name" if kind == "targets" else "name"] for kind, row, _ in rows}
    assert found == wanted
    assert HOSTILE in found.values()
    assert "@SUM(A1)" in found.values()
    assert "𠮷林县" in found.values()


@pytest.mark.parametrize("suffix", WITH_IDS)
def test_every_format_has_the_values_and_their_sources(world_atlas: Atlas, tmp_path: Path, suffix: str) -> None:
    rows = {row["adcode"]: row for kind, row, _ in read(world_atlas, tmp_path, suffix) if kind == "targets"}
    own, lent = rows[CHENGBEI], rows[JILIN]
    assert (float(own["value"]), own["value_text"], own["status"], own["from_adcode"]) == (20, "-20", "own", CHENGBEI)
    assert (float(lent["value"]), lent["status"], lent["from_adcode"]) == (16, "parent", JIADONG)
    assert float(rows["910101"]["value"]) == 0, "a zero is a value"
    for row in rows.values():
        assert row["section"] == "附件1"
        assert row["plan"] == JIADONG25
        assert "甲东市" in row["citation"]
        assert int(row["target_year"]) == 2025
        assert int(row["base_year"]) == 2020


@pytest.mark.parametrize("suffix", WITH_IDS)
def test_only_the_selected_row_is_marked(world_atlas: Atlas, tmp_path: Path, suffix: str) -> None:
    rows = read(world_atlas, tmp_path, suffix)
    marked = [row[key(kind)] for kind, row, _ in rows if str(row["selected"]).lower() in ("true", "1")]
    assert marked == [DONGHE]
    assert all(
        "selected" not in row for _, row, _ in read(world_atlas, tmp_path, suffix, f"region={JIADONG}&year=2025")
    )


@pytest.mark.parametrize("suffix", [each for each in FORMATS if each not in ("csv", "xlsx")])
def test_shapes_are_the_divisions_with_their_parts_and_holes(world_atlas: Atlas, tmp_path: Path, suffix: str) -> None:
    query = "region=910000&level=county&year=2025&geometry=full&layers=none"
    shapes = {row["adcode"]: shape for _, row, shape in read(world_atlas, tmp_path, suffix, query)}
    for code, shape in county_shapes().items():
        if code in shapes:
            assert shapely.hausdorff_distance(shapes[code], shape) < 2e-6, code
    assert shapely.contains(shapes[JILIN], EXCLAVE.centroid)
    assert not shapely.intersects(shapes[SHIZI], EXCLAVE.centroid)
    islet = {
        r["adcode"]: s for _, r, s in read(world_atlas, tmp_path, suffix, "region=920000&level=county&geometry=full")
    }
    assert shapely.contains(islet["920102"], ISLET.centroid)


@pytest.mark.parametrize("crs", ["gcj02", "bd09"])
@pytest.mark.parametrize("suffix", ["geojson", "csv", "kml"])
def test_offset_files_are_offset_by_the_formula(world_atlas: Atlas, tmp_path: Path, suffix: str, crs: str) -> None:
    query = f"region={JIADONG}&year=2025&layers=parks&crs={crs}"
    park = next(
        shape for kind, row, shape in read(world_atlas, tmp_path, suffix, query) if row.get("name") == "城北工业园区"
    )
    lon, lat = wgs84_to_gcj02(101.25, 37.25)
    if crs == "bd09":
        lon, lat = gcj02_to_bd09(lon, lat)
    assert (park.x, park.y) == pytest.approx((float(lon), float(lat)), abs=1.1e-6)


# Cells


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_run_as_a_formula(first: str) -> None:
    text = f"{first}1+1"
    assert cell(text) == f"'{text}"
    assert cell(f"x{text}") == f"x{text}"
    assert first in FORMULA


@given(st.text())
def test_a_text_cell_comes_back_whole(text: str) -> None:
    guarded = cell(text)
    assert guarded.removeprefix("'") == text or guarded == text
    assert guarded == text or text[0] in "=+-@\t\r"
    assert guarded[:1] not in ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "true"),
        (False, "false"),
        (-1.5, -1.5),
        (0, 0),
        (None, None),
        (["a", "b"], "a;b"),
        ([], ""),
        (["=a"], "'=a"),
    ],
)
def test_other_cells(value: Any, written: Any) -> None:
    assert cell(value) == written


def test_numbers_below_zero_stay_numbers_in_a_table(world_atlas: Atlas) -> None:
    text = write_file(content(world_atlas, f"region={JIADONG}&indicator=net_import_change&year=2025", "csv"), "csv")
    table = csv.DictReader(StringIO(text.decode("utf-8-sig")))
    rows = {row["adcode"]: row for row in table if row["layer"] == "targets"}
    assert (rows["910101"]["value"], rows["910101"]["value_text"]) == ("-3.0", "'-3%")
    assert rows[DONGHE]["value"] == "0.0"


def test_a_workbook_runs_nothing_and_says_so_to_who_edits(world_atlas: Atlas) -> None:
    book = openpyxl.load_workbook(BytesIO(write_file(content(world_atlas, QUERY, "xlsx"), "xlsx")))
    cells = [each for sheet in book for row in sheet.iter_rows() for each in row if isinstance(each.value, str)]
    assert not [each for each in cells if each.data_type == "f"]
    odd = [each for each in cells if each.value.startswith(FORMULA)]
    assert {HOSTILE, "@SUM(A1)", "-20"} <= {each.value for each in odd}
    assert all(each.style.startswith("Normal") and each.quotePrefix for each in odd)
    assert not any(each.quotePrefix for each in cells if each not in odd)


def test_a_csv_is_read_by_excel_and_described_beside_it(world_atlas: Atlas) -> None:
    made = content(world_atlas, QUERY, "csv")
    body = write_file(made, "csv")
    assert body.startswith(b"\xef\xbb\xbf")
    rows = sum(len(layer.rows) for layer in made.layers)
    assert body.count(b"\r\n") in (1 + rows, 2 + rows), "a head, and where there is one the row of the whole"
    header = next(csv.reader(StringIO(body.decode("utf-8-sig"))))
    about = json.loads(write_sidecar(made))
    assert [each["name"] for each in about["tableSchema"]["columns"]] == header
    assert header[0] == "layer"
    assert header[-2:] == ["lon", "lat"]
    kinds = {each["name"]: each["datatype"] for each in about["tableSchema"]["columns"]}
    assert (kinds["value"], kinds["target_year"], kinds["selected"], kinds["name"]) == (
        "number",
        "integer",
        "boolean",
        "string",
    )
    assert about["url"] == f"view.csv?{made.resolved.view.query()}"
    assert {note["key"]: note["text"] for note in about["notes"]} == {n.key: n.text for n in made.notes}


@pytest.mark.parametrize(
    ("geometry", "ends"), [("none", []), ("point", ["lon", "lat"]), ("lo", ["wkt"]), ("full", ["wkt"])]
)
def test_a_table_holds_the_geometry_asked_for(world_atlas: Atlas, geometry: str, ends: list[str]) -> None:
    made = content(world_atlas, f"{QUERY}&geometry={geometry}", "csv")
    rows = list(csv.DictReader(StringIO(write_file(made, "csv").decode("utf-8-sig"))))
    assert [name for name in rows[0] if name in ("lon", "lat", "wkt")] == ends
    assert all(row[name] for row in rows for name in ends if row["adcode"] != JIADONG)


# What a file says of itself


def notes(made: Content) -> dict[str, str]:
    return {note.key: note.text for note in made.notes}


def test_the_notes_name_title_sources_boundaries_and_limits(world_atlas: Atlas) -> None:
    made = content(world_atlas, "region=910121&year=2025&layers=projects")
    said = notes(made)
    assert said["title"] == made.resolved.title.say("zh")
    sources = [text for name, text in said.items() if name.startswith("source_")]
    assert len(sources) == len(made.resolved.plans) == 2
    for plan, text in zip(made.resolved.plans, sources, strict=True):
        assert plan.title.zh in text
        assert plan.document_no in text
        assert plan.issuer.zh in text
    assert "attribution_zh of the grid" in said["attribution"]
    assert said["usage_notice"] == "usage_notice_zh of the grid"
    assert said["data_version"] == world_atlas.version
    assert said["boundary_edition"] == world_atlas.dataset.edition.id
    assert said["view"] == f"?{made.resolved.view.query()}"
    english = notes(content(world_atlas, "region=910121&year=2025&lang=en"))
    assert english["usage_notice"] == "usage_notice_en of the grid"


def test_the_source_of_what_no_plan_sets_is_named(world_atlas: Atlas) -> None:
    made = content(world_atlas, f"region={JIADONG}&indicator=sun_noon&layers=none")
    origin = made.resolved.indicator.origin
    assert origin is not None
    said = notes(made)
    assert said["origin"] == origin.cited.zh
    assert not [name for name in said if name.startswith("source_")]
    english = notes(content(world_atlas, f"region={JIADONG}&indicator=sun_noon&layers=none&lang=en"))
    assert english["origin"] == origin.cited.en


@pytest.mark.parametrize(
    ("crs", "word", "offset"),
    [
        ("4326", "EPSG:4326", ""),
        ("4490", "EPSG:4490", ""),
        ("gcj02", "GCJ-02", " [GCJ-02]"),
        ("bd09", "BD-09", " [BD-09]"),
    ],
)
def test_the_coordinate_system_is_named_and_an_offset_stands_in_the_title(
    world_atlas: Atlas, crs: str, word: str, offset: str
) -> None:
    made = content(world_atlas, f"{QUERY}&crs={crs}")
    assert word in notes(made)["coordinates"]
    assert made.title == made.resolved.title.say("zh") + offset


def carried(suffix: str, body: bytes, folder: Path) -> Iterator[str]:
    """The texts in which a format carries its notes."""
    path = folder / f"notes.{suffix}"
    path.write_bytes(body)
    if suffix == "parquet":
        yield from (text.decode() for text in pyarrow.parquet.read_schema(path).metadata.values())
    elif suffix == "xlsx":
        yield from (row[1] for row in openpyxl.load_workbook(path)["说明"].iter_rows(values_only=True))
    elif suffix == "shp.zip":
        with zipfile.ZipFile(path) as archive:
            yield archive.read("说明.txt").decode("utf-8-sig")
    elif suffix == "gpkg":
        yield from pyogrio.read_info(path, layer="targets")["dataset_metadata"].values()
    elif suffix == "geojson":
        yield json.dumps(json.loads(body), ensure_ascii=False)
    elif suffix == "kml":
        yield "\n".join(ElementTree.fromstring(body).itertext())
    elif suffix == "fgb":
        yield body.decode("utf-8", "ignore")


@pytest.mark.parametrize("suffix", [each for each in FORMATS if each != "csv"])
def test_every_format_carries_the_notes(world_atlas: Atlas, tmp_path: Path, suffix: str) -> None:
    made = content(world_atlas, QUERY, suffix)
    found = "\n".join(carried(suffix, write_file(made, suffix), tmp_path))
    said = notes(made)
    for name in ("attribution", "usage_notice", "notice", "data_version", "coordinates"):
        assert said[name] in found, name
    assert made.resolved.plans[0].title.zh in found


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_view_gives_the_same_bytes(world_atlas: Atlas, suffix: str) -> None:
    one, two = (write_file(content(world_atlas, QUERY, suffix), suffix) for _ in range(2))
    assert one == two


# KML


def test_kml_paints_areas_as_the_map_does(world_atlas: Atlas) -> None:
    made = content(world_atlas, QUERY, "kml")
    root = ElementTree.fromstring(write_file(made, "kml"))
    space = {"k": "http://www.opengis.net/kml/2.2"}
    folder = root.find(".//k:Folder[@id='targets']", space)
    assert folder is not None
    colours = {
        mark.get("id"): mark.findtext("k:Style/k:PolyStyle/k:color", "", space)
        for mark in folder.findall("k:Placemark", space)
    }
    for area in made.resolved.areas:
        colour = colours[area.region.adcode]
        wanted = legend.area_fill(area, made.resolved)[1] if area.resolution.status == "own" else palette.PARENT
        assert (colour[:2], f"#{colour[6:8]}{colour[4:6]}{colour[2:4]}") == ("b0", wanted), area.region.name


def test_kml_has_a_ring_for_every_hole() -> None:
    text = encode_shape(county_shapes()[SHIZI])
    assert text.count("<innerBoundaryIs>") == 1
    assert text.count("<outerBoundaryIs>") == 1
    assert encode_shape(county_shapes()[JILIN]).count("<outerBoundaryIs>") == 2
    assert encode_shape(shapely.Point(101.5, 37.25)) == "<Point><coordinates>101.500000,37.250000</coordinates></Point>"


# Encodings, archives, names, options


@given(st.text(alphabet=st.characters(codec="gbk", exclude_characters="−²")))
def test_gbk_is_read_back(text: str) -> None:
    assert encode_text(text, "gbk").decode("gbk") == text
    assert encode_text(text, "utf-8").decode("utf-8-sig") == text


def test_a_character_that_gbk_lacks_is_named(world_atlas: Atlas) -> None:
    assert encode_text("−5 m²", "gbk").decode("gbk") == "-5 m2"
    for suffix in ("csv", "shp.zip"):
        with pytest.raises(InvalidView, match="GBK has no character '𠮷', which occurs in this view"):
            write_file(content(world_atlas, f"{QUERY}&encoding=gbk", suffix), suffix)


@given(st.dictionaries(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), st.binary(), max_size=5))
def test_an_archive_gives_back_its_files_without_a_clock(files: dict[str, bytes]) -> None:
    packed = zip_files(files, "2025-01-31")
    assert unzip(packed) == files
    assert list(unzip(packed)) == list(files)
    assert packed == zip_files(files, "2025-01-31")
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        assert all(info.date_time == (2025, 1, 31, 0, 0, 0) for info in archive.infolist())
        assert all(info.external_attr >> 16 == 0o100644 for info in archive.infolist())


@pytest.mark.parametrize(
    ("query", "stem"),
    [
        (f"region={JIADONG}&year=2025", "甲东市_单位GDP能耗累计降低率_2025"),
        (f"region={JIADONG}&year=2025&tier=incentive", "甲东市_单位GDP能耗累计降低率_2025_激励目标"),
        (f"region={JIADONG}&year=2025&crs=bd09", "甲东市_单位GDP能耗累计降低率_2025_BD09"),
        (f"region={JIADONG}&year=2025&indicator=green_factories", "甲东市_绿色工厂_&__2025"),
        (f"region={JIADONG}&year=2025&lang=en", "甲东市_ei_gdp_cut_2025"),
        (f"region={JIADONG}&indicator=sun_noon", None),
    ],
)
def test_a_file_is_named_after_what_is_in_it(world_atlas: Atlas, query: str, stem: str | None) -> None:
    name = world_atlas.file_name(*world_atlas.file_request(parse_qsl(query), "geojson", full_allowed=True))
    assert not set('\\/:*?"<>| ') & set(name)
    assert stem is None or name == stem
    assert ("2025" in name) is ("sun" not in query)


@pytest.mark.parametrize(
    ("suffix", "option", "problem"),
    [
        ("xlsx", "geometry=lo", "geometry: 'lo' is not a known geometry of xlsx"),
        ("fgb", "geometry=none", "geometry: 'none' is not a known geometry of fgb"),
        ("geojson", "encoding=gbk", "encoding: geojson is always UTF-8"),
        ("geojson", "crs=3857", "crs: '3857' is not a known coordinate system"),
        ("geojson", "crs=4326&crs=4490", "crs: given more than once"),
        ("geojson", "geometry=full", "geometry: the operator does not give out full boundary detail"),
        ("geojson", "nothing=1", "nothing: unknown parameter"),
    ],
)
def test_options_that_cannot_be_are_refused(world_atlas: Atlas, suffix: str, option: str, problem: str) -> None:
    with pytest.raises(InvalidView) as caught:
        world_atlas.file_request(parse_qsl(f"region={JIADONG}&{option}"), suffix, full_allowed=False)
    assert [str(issue).partition(" (")[0] for issue in caught.value.issues] == [problem]


@pytest.mark.parametrize(
    ("suffix", "geometry"), [("csv", "point"), ("xlsx", "point"), ("geojson", "lo"), ("shp.zip", "lo")]
)
def test_without_options_tables_have_points_and_the_rest_the_simple_borders(
    world_atlas: Atlas, suffix: str, geometry: str
) -> None:
    _, options = world_atlas.file_request(parse_qsl(QUERY), suffix, full_allowed=False)
    assert (options.geometry, options.crs, options.encoding) == (geometry, "4326", "utf-8")
    assert options.detail == ("lo" if geometry == "lo" else None)


def test_names_of_columns_fit_their_formats() -> None:
    for kind, found in COLUMNS.items():
        assert len({column.name for column in found}) == len({column.short for column in found}) == len(found), kind
        assert all(column.short.isascii() and len(column.short) <= 10 for column in found)
    assert set(KINDS) == set(COLUMNS)


def test_labels_in_files_are_those_of_the_map(world_atlas: Atlas) -> None:
    made = content(world_atlas)
    for area, row in zip(made.resolved.areas, made.layers[0].rows, strict=True):
        if area.resolution.status == "own":
            assert area.resolution.target is not None
            assert row["label"] == target_label(area.resolution.target)
        assert row["indicator_name"] == made.resolved.indicator.title.zh
