"""Every file of a view, read back by GDAL, pandas, pyarrow or openpyxl and compared cell by cell with the view."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import geopandas
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.files.registry import FORMATS
from geoapp.settings import Settings
from tests.data.view_files import READERS, Row, key

Found = dict[str, dict[str, tuple[Row, Any]]]
"""By kind and id: the cells of a row and its shape."""
VIEWS = {
    "own values and zeros": "region=150600&indicator=ei_gdp_cut&year=2025",
    "a parent's value, one type of project": "region=654200&indicator=ei_gdp_cut&year=2015&type=hydropower",
    "not published, no points": "region=620600&year=2025&layers=none",
    "a box, a selection, incentive, English": (
        "region=150600&indicator=ei_gdp_cut&year=2025&bbox=109,39.5,111,40.5&sel=150621&lang=en&tier=incentive"
    ),
    "goals in words, one programme": (
        "region=150600&indicator=river_grade&year=2025&level=prefecture&programme=voc_monitoring_pilot"
    ),
    "amounts, parks only": "region=150600&indicator=new_energy_added&year=2025&level=prefecture&layers=parks",
    "the whole country": "region=100000&indicator=ei_gdp_cut&year=2025&level=prefecture",
}
OPTIONS = {
    "geojson": ["crs=4490", "crs=gcj02", "crs=bd09", "geometry=point", "geometry=none", "geometry=full"],
    "csv": ["geometry=lo", "geometry=none", "crs=gcj02", "geometry=full", "encoding=gbk"],
    "xlsx": ["geometry=none", "crs=bd09"],
    "gpkg": ["crs=4490", "crs=gcj02", "geometry=point", "geometry=none", "geometry=full"],
    "shp.zip": ["crs=4490", "crs=gcj02", "geometry=point", "geometry=full", "encoding=gbk"],
    "kml": ["crs=gcj02", "geometry=point", "geometry=none", "geometry=full"],
    "fgb": ["crs=4490", "crs=bd09", "geometry=point", "geometry=full"],
    "parquet": ["crs=4490", "crs=gcj02", "geometry=point", "geometry=none", "geometry=full"],
}
MOVED = {
    "crs=4490": set(),
    "crs=gcj02": {"targets", "parks", "projects"},
    "crs=bd09": {"targets", "parks", "projects"},
    "geometry=point": {"targets"},
    "geometry=none": {"targets", "parks", "projects"},
    "geometry=full": {"targets"},
}
"""The kinds whose shapes an option changes."""
GBK = str.maketrans({"−": "-", "²": "2"})
SAME_PLACE = 1.1e-6
"""Degrees that six decimals may be off by."""
DBF_TEXT = 254


@pytest.fixture(scope="module")
def whole(settings: Settings, atlas: Atlas) -> FlaskClient:
    """A client of an atlas whose operator gives out every vertex."""
    return create_app(settings.model_copy(update={"full_geometry": True})).test_client()


def asked_again(client: FlaskClient, query: str) -> Found:
    """Return what the view must hold, by other doors: /view.json, /resolve, and the open API's items."""
    view = client.get(f"/view.json?{query}").json
    assert view is not None
    asked = dict(parse_qsl(view["view"]))
    lang = asked.get("lang", "zh")
    found: Found = {"targets": {}, "parks": {}, "projects": {}}
    for area in view["areas"]:
        of = "&".join(f"{name}={asked[name]}" for name in ("indicator", "year", "tier"))
        answer = client.get(f"/resolve?adcode={area['adcode']}&{of}&lang={lang}").json
        assert answer is not None
        answer |= {"citation": answer["citation"] and answer["citation"]["text"]}
        del answer["caveats"]  # in words there, by their ids in files
        found["targets"][area["adcode"]] = (answer, None)
    for point in view["points"]:
        item = json.loads(client.get(f"/ogc/collections/{point['layer']}/items/{point['id']}").data)
        found[point["layer"]][point["id"]] = (item["properties"], shapely.from_geojson(json.dumps(item["geometry"])))
    return found


def read(client: FlaskClient, suffix: str, query: str, folder: Path) -> Found:
    """Download a file and read all of it back."""
    reply = client.get(f"/view.{suffix}?{query}")
    assert reply.status_code == 200, reply.text
    path = folder / f"view.{suffix}"
    path.write_bytes(reply.data)
    found: Found = {"targets": {}, "parks": {}, "projects": {}}
    for kind, row, shape in READERS[suffix](path):
        assert row[key(kind)] not in found[kind], "a row twice"
        found[kind][row[key(kind)]] = (row, shape)
    return found


def is_missing(cell: Any) -> bool:
    return cell is None or cell is pd.NA or cell in ("", []) or (isinstance(cell, float) and np.isnan(cell))


def agrees(cell: Any, wanted: Any, suffix: str) -> bool:
    """Say whether a cell says what GeoJSON says; missing is never 0, and 0 never missing."""
    if is_missing(wanted) or is_missing(cell):
        return is_missing(wanted) and is_missing(cell)
    if isinstance(cell, list):
        return cell == wanted
    if isinstance(wanted, bool):
        return str(cell).lower() in (("true", "1") if wanted else ("false", "0"))
    if isinstance(wanted, int | float):
        return float(cell) == pytest.approx(wanted, rel=1e-12)
    text = ";".join(wanted) if isinstance(wanted, list) else wanted
    if suffix == "shp.zip" and len(text.encode()) > DBF_TEXT:
        return bool(cell) and text.startswith(str(cell)) and len(str(cell).encode()) > DBF_TEXT - 4
    return str(cell) == text


def compare(found: Found, wanted: Found, suffix: str) -> None:
    """Assert that two readings hold the same rows, cells and shapes."""
    assert {kind: sorted(rows) for kind, rows in found.items()} == {k: sorted(rows) for k, rows in wanted.items()}
    for kind, rows in wanted.items():
        for identifier, (row, shape) in rows.items():
            cells, drawn = found[kind][identifier]
            for name, value in row.items():
                if name != "layer":
                    assert name in cells or (suffix == "kml" and is_missing(value)), (kind, name)
                    assert agrees(cells.get(name), value, suffix), (identifier, name, cells.get(name), value)
            assert same_shape(drawn, shape), (identifier, suffix)


def same_shape(one: Any, other: Any) -> bool:
    """Compare corner by corner; a region of one part may be a polygon or a multipolygon of one."""
    if one is None or other is None:
        return one is None and other is None
    parts = [shapely.geometrycollections(shapely.get_parts(each)) for each in (one, other)]
    return bool(shapely.equals_exact(*(shapely.normalize(each) for each in parts), tolerance=SAME_PLACE))


@pytest.mark.parametrize("query", VIEWS.values(), ids=VIEWS)
def test_geojson_says_what_the_view_the_answers_and_the_api_say(
    client: FlaskClient, atlas: Atlas, tmp_path: Path, query: str
) -> None:
    found, wanted = read(client, "geojson", query, tmp_path), asked_again(client, query)
    assert {kind: list(rows) for kind, rows in found.items()} == {kind: list(rows) for kind, rows in wanted.items()}
    shapes = atlas.store.geometry(atlas.view(parse_qsl(query)).level, "lo")
    for kind, rows in found.items():
        for identifier, (row, shape) in rows.items():
            answer, place = wanted[kind][identifier]
            for name in set(row) & set(answer):
                cell, wording = row[name], answer[name]
                if name in ("from_adcode", "from_name") and row["status"] == "none":
                    wording = None
                assert agrees(cell, wording, "geojson"), (identifier, name, cell, wording)
            assert same_shape(shape, shapes[identifier] if place is None else place), identifier
            if row.get("target_id"):
                target = json.loads(client.get(f"/ogc/collections/targets/items/{row['target_id']}").data)["properties"]
                for name in ("value", "value_text", "unit", "base_year", "target_year", "nature", "plan", "caveats"):
                    assert row[name] == target[name], (identifier, name)
                owner = None if row["status"] == "none" else target["adcode"]  # a printed "/" sets no target
                assert (row["from_adcode"], row["direction"]) == (owner, target["direction"])


def test_the_views_show_every_state(client: FlaskClient, tmp_path: Path) -> None:
    """The rows compared below hold zeros, goals in words, all five states, and lists."""
    rows = [r for query in VIEWS.values() for r, _ in read(client, "geojson", query, tmp_path)["targets"].values()]
    assert {row["status"] for row in rows} == {"own", "parent", "not_published", "none", "not_collected"}
    assert any(row["value"] == 0 for row in rows)
    assert any(row["value"] is None and row["status"] == "own" for row in rows)
    assert any(row["caveats"] for row in rows)
    assert {row.get("selected") for row in rows} == {None, True, False}


@pytest.mark.parametrize("suffix", [each for each in FORMATS if each != "geojson"])
@pytest.mark.parametrize("query", VIEWS.values(), ids=VIEWS)
def test_every_format_holds_every_cell(client: FlaskClient, tmp_path: Path, suffix: str, query: str) -> None:
    place = "&geometry=point" if suffix in ("csv", "xlsx") else ""
    wanted = read(client, "geojson", query + place, tmp_path)
    compare(areas_of(client, suffix, query, tmp_path), wanted, suffix)


def areas_of(client: FlaskClient, suffix: str, query: str, folder: Path) -> Any:
    """Read a file back without the row of the view's own region, with which tables begin."""
    found = read(client, suffix, query, folder)
    if suffix in ("csv", "xlsx") and len(found["targets"]) > 1:
        found["targets"].pop(dict(parse_qsl(query)).get("region", "100000"), None)
    return found


@pytest.mark.parametrize(
    ("suffix", "option"), [(suffix, option) for suffix, options in OPTIONS.items() for option in options]
)
def test_options_change_the_shapes_and_nothing_else(
    client: FlaskClient, whole: FlaskClient, tmp_path: Path, suffix: str, option: str
) -> None:
    query = VIEWS["own values and zeros"]
    best = whole if option == "geometry=full" else client
    place = "&geometry=point" if suffix in ("csv", "xlsx") and not option.startswith("geometry") else ""
    wanted = read(best, "geojson", query + place + ("" if "gbk" in option else f"&{option}"), tmp_path)
    if suffix == "geojson":
        assert moved_from(read(client, "geojson", query, tmp_path), wanted) == MOVED[option]
    if "gbk" in option:
        for row, _ in (each for rows in wanted.values() for each in rows.values()):
            row |= {name: cell.translate(GBK) for name, cell in row.items() if isinstance(cell, str)}
    compare(areas_of(best, suffix, f"{query}&{option}", tmp_path), wanted, suffix)


def moved_from(plain: Found, other: Found) -> set[str]:
    """Return the kinds whose shapes differ; the cells must not."""
    kinds = set()
    for kind, rows in plain.items():
        assert {identifier: row for identifier, (row, _) in rows.items()} == {
            identifier: row for identifier, (row, _) in other[kind].items()
        }
        if any(not same_shape(shape, other[kind][identifier][1]) for identifier, (_, shape) in rows.items()):
            kinds.add(kind)
    return kinds


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "parquet", "shp.zip"])
@pytest.mark.parametrize(
    ("crs", "names"),
    [("4326", (("EPSG", "4326"), ("OGC", "CRS84"))), ("4490", (("EPSG", "4490"),)), ("gcj02", ()), ("bd09", ())],
)
def test_files_name_their_system_and_offsets_have_none(
    client: FlaskClient, tmp_path: Path, suffix: str, crs: str, names: tuple[tuple[str, str], ...]
) -> None:
    path = tmp_path / f"view.{suffix}"
    path.write_bytes(client.get(f"/view.{suffix}?{VIEWS['own values and zeros']}&crs={crs}&layers=none").data)
    if suffix == "parquet":
        system = geopandas.read_parquet(path).crs
    else:
        system = pyogrio.read_dataframe(f"/vsizip/{path}/targets.shp" if suffix == "shp.zip" else path).crs
    assert (system is None) if not names else (system is not None and system.to_authority() in names)


def test_a_workbook_is_read_by_pandas_too(client: FlaskClient) -> None:
    body = BytesIO(client.get(f"/view.xlsx?{VIEWS['own values and zeros']}").data)
    frame = pd.read_excel(body, sheet_name="目标", dtype={"行政区划代码": str}, engine="calamine")
    assert dict(zip(frame["行政区划代码"], frame["数值"], strict=True))["150602"] == 0
