"""GDAL in two versions and OWSLib read each collection whole, in pages, in a box and filtered: row by row our data."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from owslib.ogcapi.features import Features

from geoapp.atlas import Atlas
from geoapp.features.fields import FIELDS
from geoapp.features.records import Record

COLLECTIONS = list(FIELDS)
PAGE = {"prefectures": 60, "counties": 400, "targets": 40, "projects": 20}
"""Features a page, so that a collection takes several; others go in sevens."""
BOX = (82.0, 37.0, 106.0, 45.0)
WHERE = {
    "provinces": "name = '新疆维吾尔自治区'",
    "prefectures": "parent = '150000'",
    "counties": "adcode = '150621'",
    "targets": "tier = 'incentive' AND adcode = '150621'",
    "statistics": "year = 2020",
    "progress": "status = 'no_result'",
    "parks": "precision = 'county'",
    "projects": "type = 'hydropower'",
}
PLACE = 1.1e-6
"""Degrees: half of the last decimal of either side."""


def records(atlas: Atlas, name: str) -> dict[str, Record]:
    return {record.id: record for record in atlas.collections[name].records}


def key(name: str) -> str:
    return "id" if "id" in {field.name for field in FIELDS[name]} else "adcode"


def plain(cell: Any) -> Any:
    """Return a cell as JSON has it: lists, None for what is missing, Python's own numbers."""
    if isinstance(cell, str):
        return json.loads(cell) if cell[:2] in ('["', "[ ", "[]") else cell
    if isinstance(cell, list | np.ndarray):
        return list(cell)
    if cell is None or cell != cell:
        return None
    return cell.item() if isinstance(cell, np.generic) else cell


def assert_rows(rows: list[dict[str, Any]], shapes: list[Any], atlas: Atlas, name: str, wanted: set[str]) -> None:
    """Assert that rows are the records wanted, each once, with every property and their shape."""
    collection, known = atlas.collections[name], records(atlas, name)
    assert sorted(row[key(name)] for row in rows) == sorted(wanted)
    for row, shape in zip(rows, shapes, strict=True):
        record = known[row[key(name)]]
        assert {field.name: plain(row[field.name]) for field in FIELDS[name]} == record.properties
        drawn = collection.shape(collection.number(record.id))
        assert shapely.equals_exact(shapely.normalize(shape), shapely.normalize(drawn), tolerance=PLACE), record.id


def inside(atlas: Atlas, name: str) -> set[str]:
    """Return the ids of features that meet the box, by a full scan."""
    collection, box = atlas.collections[name], shapely.box(*BOX)
    return {
        record.id
        for number, record in enumerate(collection.records)
        if shapely.intersects(collection.shape(number), box)
    }


@pytest.mark.parametrize("name", COLLECTIONS)
def test_gdal_reads_a_collection_page_by_page(server: str, atlas: Atlas, name: str) -> None:
    frame = pyogrio.read_dataframe(f"OAPIF:{server}/ogc", layer=name, PAGE_SIZE=str(PAGE.get(name, 7)))
    assert frame.crs.to_authority() in (("OGC", "CRS84"), ("EPSG", "4326"))
    rows = frame.drop(columns="geometry").to_dict("records")
    assert_rows(rows, list(frame.geometry), atlas, name, set(records(atlas, name)))


@pytest.mark.parametrize("name", COLLECTIONS)
def test_gdal_asks_for_a_box(server: str, atlas: Atlas, name: str) -> None:
    frame = pyogrio.read_dataframe(f"OAPIF:{server}/ogc", layer=name, bbox=BOX, PAGE_SIZE="100")
    wanted = inside(atlas, name)
    assert 0 < len(wanted) < len(records(atlas, name))
    rows = frame.drop(columns="geometry").to_dict("records")
    assert_rows(rows, list(frame.geometry), atlas, name, wanted)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_gdal_filters_by_attributes(server: str, atlas: Atlas, name: str) -> None:
    frame = pyogrio.read_dataframe(f"OAPIF:{server}/ogc", layer=name, where=WHERE[name])
    conditions = [part.split(" = ") for part in WHERE[name].split(" AND ")]
    wanted = {
        identifier
        for identifier, record in records(atlas, name).items()
        if all(str(record.properties[field]) == value.strip("'") for field, value in conditions)
    }
    assert 0 < len(wanted) < len(records(atlas, name))
    rows = frame.drop(columns="geometry").to_dict("records")
    assert_rows(rows, list(frame.geometry), atlas, name, wanted)


def run(*command: str) -> str:
    """Run one of Debian's GDAL tools."""
    tool = shutil.which(command[0])
    assert tool, f"{command[0]} is missing; `make browser` installs gdal-bin"
    quiet = {**os.environ, "NO_PROXY": "*"}
    done = subprocess.run([tool, *command[1:]], capture_output=True, text=True, timeout=60, env=quiet, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", COLLECTIONS)
def test_debians_ogrinfo_and_ogr2ogr_read_it_too(server: str, atlas: Atlas, tmp_path: Path, name: str) -> None:
    source, paged = f"OAPIF:{server}/ogc", ("-oo", f"PAGE_SIZE={PAGE.get(name, 7)}")
    summary = run("ogrinfo", "-ro", "-so", "-al", source, name, *paged)
    assert f"Feature Count: {len(records(atlas, name))}\n" in summary
    copy = tmp_path / "copy.json"
    run("ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=7", str(copy), source, name, *paged)
    features = json.loads(copy.read_bytes())["features"]
    shapes = [shapely.from_geojson(json.dumps(each["geometry"])) for each in features]
    assert_rows([each["properties"] for each in features], shapes, atlas, name, set(records(atlas, name)))


@pytest.mark.parametrize("name", COLLECTIONS)
def test_owslib_walks_every_page_and_asks_for_a_box(server: str, atlas: Atlas, name: str) -> None:
    client, known = Features(f"{server}/ogc"), records(atlas, name)
    limit = max(5, len(known) // 3)
    pages = [client.collection_items(name, limit=limit, offset=start) for start in range(0, len(known), limit)]
    found = [feature for page in pages for feature in page["features"]]
    shapes = [shapely.from_geojson(json.dumps(each["geometry"])) for each in found]
    assert_rows([each["properties"] for each in found], shapes, atlas, name, set(known))
    boxed = client.collection_items(name, limit=10_000, bbox=list(BOX))
    assert {each["id"] for each in boxed["features"]} == inside(atlas, name)
    first = found[0]["id"]
    assert client.collection_item(name, first)["properties"] == found[0]["properties"]
