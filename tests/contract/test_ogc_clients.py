"""Real clients read what we serve: GDAL in two versions, OWSLib, schemathesis, MVT and PMTiles readers."""

import gzip
import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import mapbox_vector_tile
import pyogrio
import pytest
from flask.testing import FlaskClient
from owslib.ogcapi.features import Features
from pmtiles.reader import MemorySource, Reader

from geoapp.atlas import Atlas
from geoapp.features.fields import FIELDS

ROOT = Path(__file__).resolve().parents[2]
COLLECTIONS = list(FIELDS)


def test_owslib_walks_the_api(server: str, atlas: Atlas) -> None:
    client = Features(f"{server}/ogc")
    assert client.links
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in client.conformance()["conformsTo"]
    assert client.feature_collections() == [*COLLECTIONS, "power-plants-2021"]
    assert client.collection("parks")["itemType"] == "feature"
    assert set(client.collection_queryables("parks")["properties"]) == {*(f.name for f in FIELDS["parks"]), "geometry"}
    page = client.collection_items("projects", limit=5, bbox=[82, 43, 87, 48])
    assert page["numberReturned"] == 5
    first = page["features"][0]["id"]
    assert client.collection_item("projects", first)["id"] == first
    filtered = client.collection_items("projects", filter="type='hydropower'", limit=100)
    assert {feature["properties"]["type"] for feature in filtered["features"]} == {"hydropower"}


def test_schemathesis_finds_no_fault(server: str, tmp_path: Path) -> None:
    """All operations, all phases, all checks, no warnings; the seed is fixed."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        *("--config-file", str(ROOT / "schemathesis.toml"), "run", f"{server}/ogc/api", "--checks", "all"),
        *("--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "10", "--generation-deterministic"),
        *("--include-path-regex", ".*", "--no-color"),  # else it leaves out the definition's own path
    ]
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, cwd=tmp_path, env=here, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    with urllib.request.urlopen(f"{server}/ogc/api", timeout=20) as reply:
        operations = sum(len(path.keys() & {"get", "post"}) for path in json.load(reply)["paths"].values())
    assert f"Tested: {operations}" in done.stdout


def tile_of(server: str, path: str) -> tuple[int, bytes]:
    request = urllib.request.Request(f"{server}/ogc/collections/{path}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=20) as reply:
        body = reply.read()
        return reply.status, gzip.decompress(body) if reply.headers.get("Content-Encoding") == "gzip" else body


def test_tiles_are_vector_tiles_with_our_properties(server: str) -> None:
    _, body = tile_of(server, "counties/tiles/WebMercatorQuad/6/24/51")
    layers = mapbox_vector_tile.decode(body)
    assert list(layers) == ["counties"]
    names = {feature["properties"]["name"] for feature in layers["counties"]["features"]}
    assert "达拉特旗" in names
    _, body = tile_of(server, "projects/tiles/WebMercatorQuad/4/6/12")
    kinds = {f["properties"]["type"] for f in mapbox_vector_tile.decode(body)["projects"]["features"]}
    assert kinds & {"wind_solar_base", "storage"}


def test_gdal_reads_our_tiles(server: str) -> None:
    archive = f"/vsicurl/{server}/ogc/collections/provinces/tiles.pmtiles"
    frame = pyogrio.read_dataframe(archive, ZOOM_LEVEL="3")
    assert "150000" in set(frame.adcode)


def test_the_archive_is_served_by_ranges_and_holds_what_the_tiles_hold(server: str) -> None:
    url = f"{server}/ogc/collections/parks/tiles.pmtiles"
    with urllib.request.urlopen(url, timeout=20) as reply:
        whole = reply.read()
        assert reply.headers["Accept-Ranges"] == "bytes"
    request = urllib.request.Request(url, headers={"Range": "bytes=0-126"})
    with urllib.request.urlopen(request, timeout=20) as reply:
        assert (reply.status, reply.read()) == (206, whole[:127])
    reader = Reader(MemorySource(whole))
    header = reader.header()
    assert (header["min_zoom"], header["max_zoom"]) == (0, 8)
    for z, x, y in [(0, 0, 0), (4, 12, 6), (6, 51, 24), (8, 206, 97)]:
        kept = reader.get(z, x, y)
        status, body = tile_of(server, f"parks/tiles/WebMercatorQuad/{z}/{y}/{x}")
        assert (status, body) == ((204, b"") if kept is None else (200, gzip.decompress(kept)))


@pytest.mark.parametrize(
    ("place", "status"), [("99/0/0", 404), ("3/8/0", 404), ("3/0/-1", 404), ("3/x/0", 404), ("3/0/0?foo=1", 400)]
)
def test_places_that_are_none_are_refused(server: str, place: str, status: int) -> None:
    with pytest.raises(HTTPError) as caught:
        tile_of(server, f"parks/tiles/WebMercatorQuad/{place}")
    with caught.value:
        assert caught.value.code == status
        assert caught.value.headers["Content-Type"] == "application/problem+json"


def test_tilejson_says_where_and_how_deep(client: FlaskClient) -> None:
    body = json.loads(client.get("/ogc/collections/targets/tiles/WebMercatorQuad/tilejson.json").data)
    assert body["tiles"] == ["http://localhost/ogc/collections/targets/tiles/WebMercatorQuad/{z}/{y}/{x}"]
    assert (body["minzoom"], body["maxzoom"]) == (0, 6)
    assert set(body["vector_layers"][0]["fields"]) == {field.name for field in FIELDS["targets"]}


@pytest.mark.parametrize("ending", ["mvt", "pbf"])
def test_gdal_reads_single_tiles_by_their_address(server: str, ending: str) -> None:
    url = f"MVT:{server}/ogc/collections/counties/tiles/xyz/6/51/24.{ending}"
    by_gdal = pyogrio.read_dataframe(url, layer="counties")
    _, body = tile_of(server, "counties/tiles/WebMercatorQuad/6/24/51")
    drawn = {each["properties"]["adcode"] for each in mapbox_vector_tile.decode(body)["counties"]["features"]}
    assert drawn >= set(by_gdal["adcode"]) > {"150621", "150602", "150603"}  # GDAL leaves out what lies in the margin
    west, south, east, north = by_gdal.to_crs(4326).total_bounds
    assert 104 < west < east < 115
    assert 35 < south < north < 46


@pytest.mark.parametrize(
    "place", ["WebMercatorQuad/6/24/51.mvt", "WebMercatorQuad/6/24/51.pbf", "xyz/6/51/24", "xyz/6/51/24.mvt"]
)
def test_endings_and_orders_give_the_same_tile(server: str, place: str) -> None:
    assert tile_of(server, f"counties/tiles/{place}") == tile_of(server, "counties/tiles/WebMercatorQuad/6/24/51")
