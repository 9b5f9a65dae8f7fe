"""Real clients read what we serve: GDAL in two versions, OWSLib, schemathesis, MVT and PMTiles readers."""

import gzip
import json
import os
import shutil
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
from geoapp.render.fields import FIELDS

ROOT = Path(__file__).resolve().parents[2]
COLLECTIONS = list(FIELDS)
SMALL = ["provinces", "statistics", "parks", "projects"]


pytestmark = pytest.mark.usefixtures("drawn")


def expected(atlas: Atlas, name: str) -> list[str]:
    return [record.id for record in atlas.collections[name].records]


def key(name: str) -> str:
    return "id" if "id" in {field.name for field in FIELDS[name]} else "adcode"


@pytest.mark.parametrize("name", SMALL)
def test_gdal_reads_a_collection_page_by_page(server: str, atlas: Atlas, name: str) -> None:
    frame = pyogrio.read_dataframe(f"OAPIF:{server}/ogc", layer=name, PAGE_SIZE="7")
    assert sorted(frame[key(name)]) == sorted(expected(atlas, name))
    assert frame.crs.to_authority() in (("OGC", "CRS84"), ("EPSG", "4326"))
    assert frame.geometry.is_valid.all()


def test_gdal_filters_by_box_on_the_server(server: str, atlas: Atlas) -> None:
    box = (109.0, 39.0, 110.0, 40.0)
    frame = pyogrio.read_dataframe(f"OAPIF:{server}/ogc", layer="counties", bbox=box)
    import shapely

    shapes = atlas.store.geometry("county", "lo")
    assert sorted(frame.adcode) == sorted(c for c, s in shapes.items() if shapely.intersects(s, shapely.box(*box)))


def test_gdal_pushes_attribute_filters(server: str, atlas: Atlas) -> None:
    frame = pyogrio.read_dataframe(f"OAPIF:{server}/ogc", layer="targets", where="adcode = '150621'")
    wanted = [r.id for r in atlas.collections["targets"].records if r.adcode == "150621"]
    assert sorted(frame.id) == sorted(wanted)


@pytest.mark.parametrize("name", ["parks", "provinces"])
def test_debians_ogrinfo_reads_it_too(server: str, atlas: Atlas, name: str) -> None:
    tool = shutil.which("ogrinfo")
    assert tool, "ogrinfo is missing; `make browser` installs gdal-bin"
    command = [tool, "-ro", "-al", "-geom=NO", f"OAPIF:{server}/ogc", name, "-oo", "PAGE_SIZE=10"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, env={**os.environ, "NO_PROXY": "*"}, check=False
    )
    assert done.returncode == 0, done.stderr
    found = [line.split(" = ")[1] for line in done.stdout.splitlines() if line.startswith(f"  {key(name)} (String)")]
    assert sorted(found) == sorted(expected(atlas, name))


def test_owslib_walks_the_api(server: str, atlas: Atlas) -> None:
    client = Features(f"{server}/ogc")
    assert client.links
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in client.conformance()["conformsTo"]
    assert client.feature_collections() == COLLECTIONS
    assert client.collection("parks")["itemType"] == "feature"
    assert set(client.collection_queryables("parks")["properties"]) == {*(f.name for f in FIELDS["parks"]), "geometry"}
    page = client.collection_items("projects", limit=5, bbox=[82, 43, 87, 48])
    assert page["numberReturned"] == 5
    first = page["features"][0]["id"]
    assert client.collection_item("projects", first)["id"] == first
    filtered = client.collection_items("projects", filter="type='hydropower'", limit=100)
    assert {feature["properties"]["type"] for feature in filtered["features"]} == {"hydropower"}


def test_schemathesis_finds_no_fault(server: str, tmp_path: Path) -> None:
    """All checks, on every kind of operation; two collections stand for the seven, which share their code."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        *("--config-file", str(ROOT / "schemathesis.toml"), "run", f"{server}/ogc/api", "--checks", "all"),
        *("--max-examples", "5", "--generation-deterministic", "--phases", "examples,coverage,fuzzing", "--no-color"),
        *("--include-path-regex", "^/$|^/(conformance|api|collections)$|projects|statistics"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "Tested: 22" in done.stdout


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
