"""OGC API - Features: strict where peers are sloppy, and right about every header."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import jsonschema
import numpy as np
import pytest
import shapely
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from geoapp import builder
from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.cli.main import plan_of
from geoapp.features.fields import FIELDS
from geoapp.settings import Settings

ITEMS = "/ogc/collections/counties/items"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
COLLECTIONS = list(FIELDS)


def ids(client: FlaskClient, query: str, name: str = "counties") -> list[str]:
    reply = client.get(f"/ogc/collections/{name}/items?limit=10000&{query}")
    assert reply.status_code == 200, reply.text
    return [feature["id"] for feature in json.loads(reply.data)["features"]]


@pytest.mark.parametrize("path", ["", "/conformance", "/collections", "/api", "/collections/targets"])
def test_documents_link_to_themselves_and_to_their_page(client: FlaskClient, path: str) -> None:
    document = client.get(f"/ogc{path}").json or json.loads(client.get(f"/ogc{path}").data)
    if path == "/api":
        assert document["openapi"].startswith("3.0")
    else:
        rels = {link["rel"] for link in document["links"]}
        assert {"self", "alternate"} <= rels
    for headers, query in (({"Accept": "text/html,*/*;q=0.8"}, ""), ({}, "?f=html")):
        page = client.get(f"/ogc{path}{query}", headers=headers)
        assert (page.status_code, page.mimetype) == (200, "text/html")


def test_every_link_of_every_document_leads_somewhere(client: FlaskClient) -> None:
    seen, waiting = set(), ["/ogc"]
    while waiting:
        path = waiting.pop()
        if path in seen or len(seen) > 300:
            continue
        seen.add(path)
        reply = client.get(path)
        assert reply.status_code == 200, path
        if "json" in reply.mimetype:
            found = json.loads(reply.data)
            links = found.get("links", []) + [each for c in found.get("collections", []) for each in c["links"]]
            for link in links:
                assert link["href"].startswith("http://localhost/"), link
                if link["rel"] not in ("next", "prev", "item"):
                    waiting.append(link["href"].removeprefix("http://localhost"))
    assert len(seen) > 60


@pytest.mark.parametrize("name", COLLECTIONS)
def test_properties_are_the_contract_and_fit_their_schema(client: FlaskClient, name: str) -> None:
    schema = json.loads(client.get(f"/ogc/collections/{name}/schema").data)
    properties = {key: value for key, value in schema["properties"].items() if key != "geometry"}
    body = json.loads(client.get(f"/ogc/collections/{name}/items?limit=10000").data)
    assert body["numberReturned"] == len(body["features"]) == body["numberMatched"]
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(
        {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    )
    for feature in body["features"]:
        assert list(feature["properties"]) == list(properties)
        assert not list(validator.iter_errors(feature["properties"])), feature["id"]
        assert feature["geometry"]["type"] == (
            "Point" if name in ("parks", "projects") else feature["geometry"]["type"]
        )


@pytest.mark.parametrize("name", COLLECTIONS)
def test_pages_follow_each_other_and_the_last_has_no_next(client: FlaskClient, name: str) -> None:
    whole = ids(client, "", name)
    url, found = f"/ogc/collections/{name}/items?limit={max(3, len(whole) // 4)}", []
    while url:
        body = json.loads(client.get(url).data)
        found += [feature["id"] for feature in body["features"]]
        following = [link["href"] for link in body["links"] if link["rel"] == "next"]
        url = following[0].removeprefix("http://localhost") if following else ""
    assert found == whole
    assert len(set(found)) == len(found)


def test_paging_goes_on_in_the_build_it_began_in(
    settings: Settings, atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shapes").symlink_to(settings.build_dir / "shapes")
    own = settings.model_copy(update={"build_dir": tmp_path})
    first = builder.build(plan_of(own), lambda _: None).version
    app = create_app(own)
    client = app.test_client()
    body = json.loads(client.get("/ogc/collections/targets/items?limit=50").data)
    following = next(link["href"] for link in body["links"] if link["rel"] == "next").removeprefix("http://localhost")
    assert f"data_version={first}" in following
    expected = [feature["id"] for feature in json.loads(client.get(following).data)["features"]]

    layers = tmp_path / "layers"
    _copy_without_first_target(own.layers_dir, layers)
    second = builder.build(plan_of(own.model_copy(update={"layers_dir": layers})), lambda _: None).version
    assert second != first
    monkeypatch.setattr("geoapp.web.http.context.CHECK_EVERY", -1.0)  # look for a new build now, not in two seconds
    assert json.loads(client.get("/healthz").data)["data_version"] == second
    assert [feature["id"] for feature in json.loads(client.get(following).data)["features"]] == expected
    gone = client.get("/ogc/collections/targets/items?data_version=0123456789ab")
    assert (gone.status_code, gone.mimetype) == (409, "application/problem+json")


def _copy_without_first_target(source: Path, target: Path) -> None:
    import shutil

    shutil.copytree(source, target)
    table = target / "plans" / "wuwei-2021-2025" / "targets.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(lines[:1] + lines[2:]), encoding="utf-8")


def test_the_time_stamp_is_now(client: FlaskClient) -> None:
    stamp = json.loads(client.get(ITEMS).data)["timeStamp"]
    assert abs((datetime.now(UTC) - datetime.fromisoformat(stamp)).total_seconds()) < 5


@pytest.mark.parametrize(
    "query", ["limit=3", "limit=10000", "bbox=109,39,110,40", "limit=0001&offset=2890", "adcode=000000"]
)
def test_gzip_holds_the_same_bytes(client: FlaskClient, query: str) -> None:
    packed = client.get(f"{ITEMS}?{query}", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    plain = client.get(f"{ITEMS}?{query}", headers={"Accept-Encoding": "gzip;q=0, br"})
    assert "Content-Encoding" not in plain.headers
    one, two = json.loads(gzip.decompress(packed.data)), json.loads(plain.data)
    one.pop("timeStamp"), two.pop("timeStamp")
    assert one == two
    assert int(packed.headers["Content-Length"]) == len(packed.data)


def test_a_box_finds_what_a_full_scan_finds(client: FlaskClient, atlas: Atlas) -> None:
    shapes = atlas.store.geometry("county", "lo")
    for box in [(109, 39, 110, 40), (73, 3, 136, 54), (110.5, 39.9, 110.5, 39.9), (0, 0, 1, 1)]:
        wanted = sorted(code for code, shape in shapes.items() if shapely.intersects(shape, shapely.box(*box)))
        assert ids(client, "bbox=" + ",".join(map(str, box))) == wanted


def test_boxes_cross_the_antimeridian_and_come_in_four_systems(client: FlaskClient) -> None:
    wanted = ids(client, "bbox=134.5,47,180,49")
    assert wanted
    assert ids(client, "bbox=134.5,47,-170,49") == wanted
    assert ids(client, "bbox=134.5,47,0,180,49,9") == wanted
    assert ids(client, f"bbox=47,134.5,49,180&bbox-crs={EPSG}4326") == wanted
    assert ids(client, f"bbox=47,134.5,49,180&bbox-crs={EPSG}4490") == wanted
    metres = "14972471.5,5942074,20037508,6274861"
    assert ids(client, f"bbox={metres}&bbox-crs={EPSG}3857") == wanted


def test_coordinates_come_in_four_systems(client: FlaskClient) -> None:
    straight = json.loads(client.get(f"{ITEMS}/150621").data)["geometry"]
    base = shapely.get_coordinates(shapely.from_geojson(json.dumps(straight)))
    for code in ("4326", "4490", "3857"):
        for path in (f"{ITEMS}/150621?crs={EPSG}{code}", f"{ITEMS}?adcode=150621&crs={EPSG}{code}"):
            reply = client.get(path)
            assert reply.headers["Content-Crs"] == f"<{EPSG}{code}>"
            body = json.loads(reply.data)
            geometry = body.get("geometry") or body["features"][0]["geometry"]
            found = shapely.get_coordinates(shapely.from_geojson(json.dumps(geometry)))
            if code == "3857":
                import pyproj

                moved = pyproj.Transformer.from_crs(4326, 3857, always_xy=True).transform(base[:, 0], base[:, 1])
                assert np.abs(np.column_stack(moved) - found).max() < 0.02
            else:
                assert np.array_equal(found[:, ::-1], base)


def test_time_is_a_year(client: FlaskClient) -> None:
    every = ids(client, "", "statistics")
    of_2020 = ids(client, "year=2020", "statistics")
    assert 0 < len(of_2020) < len(every)
    assert ids(client, "datetime=2020-06-01", "statistics") == of_2020
    assert ids(client, "datetime=2020-01-01T00:00:00Z/2020-12-31T23:59:59Z", "statistics") == of_2020
    assert ids(client, "datetime=../2015-01-01", "statistics") == ids(client, "filter=year%3C=2015", "statistics")
    assert ids(client, "datetime=2016-01-01/", "statistics") == ids(client, "filter=year%3E2015", "statistics")
    assert ids(client, "datetime=2015-06-01", "targets") == ids(client, "target_year=2015", "targets")
    assert ids(client, "datetime=1900-01-01", "parks") == ids(client, "", "parks"), "no time: always matched"


def test_sorting_and_choosing_properties(client: FlaskClient) -> None:
    body = json.loads(
        client.get("/ogc/collections/targets/items?limit=10000&sortby=-value,%2Badcode&properties=adcode,value").data
    )
    rows = [feature["properties"] for feature in body["features"]]
    assert all(list(row) == ["adcode", "value"] for row in rows)
    known = [(-row["value"], row["adcode"]) for row in rows if row["value"] is not None]
    assert known == sorted(known)
    assert [row["value"] for row in rows[len(known) :]] == [None] * (len(rows) - len(known))


@pytest.mark.parametrize("name", COLLECTIONS)
def test_the_first_feature_shows_the_type_of_every_number_and_list(client: FlaskClient, name: str) -> None:
    """GDAL and QGIS take the types of columns from the first features."""
    body = json.loads(client.get(f"/ogc/collections/{name}/items?limit=10000").data)
    first, *others = (feature["properties"] for feature in body["features"])
    for field in FIELDS[name]:
        if field.type != "string" and any(each[field.name] not in (None, []) for each in others):
            assert first[field.name] not in (None, []), field.name
    rest = [feature["id"] for feature in body["features"][1:]]
    assert body["features"][0]["id"] not in rest


def test_hostile_text_is_data_on_pages(client: FlaskClient, app: Flask) -> None:
    page = client.get(f"/ogc/collections/counties/items?f=html&limit=1&name={quote('</script><script>alert(1)')}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_the_definition_is_valid_and_complete_in_itself(client: FlaskClient) -> None:
    document = json.loads(client.get("/ogc/api").data)
    validate(document)
    text = json.dumps(document)
    assert all(part.startswith("#/") for part in _references(document))
    assert "featureId" in text
    for name in COLLECTIONS:
        assert f"/collections/{name}/items" in document["paths"]


def test_the_page_of_the_definition_names_operations_and_parameters(client: FlaskClient) -> None:
    document, page = json.loads(client.get("/ogc/api").data), client.get("/ogc/api?f=html").text
    for path, operation in document["paths"].items():
        assert f"<code>GET {path}</code>" in page
        assert operation["get"]["summary"] in page
    for word in ("bbox-crs", "filter-lang", "name_in_source", "featureId", "cql2-text, cql2-json"):
        assert f"{word}</" in page


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [each for value in node.values() for each in _references(value)]
    return [each for value in node for each in _references(value)] if isinstance(node, list) else []


@pytest.mark.parametrize("limit", ["10001", "999999999", "9" * 40, "0010001"])
def test_a_limit_above_the_most_gives_the_most(client: FlaskClient, limit: str) -> None:
    body = client.get(f"/ogc/collections/parks/items?limit={limit}").json
    assert body is not None
    assert body["numberReturned"] == body["numberMatched"]


@pytest.mark.parametrize("limit", ["0", "000", "-1", "1.5", "ten", "", "１０"])
def test_a_limit_that_is_none_is_refused(client: FlaskClient, limit: str) -> None:
    assert client.get(f"/ogc/collections/parks/items?limit={limit}").status_code == 400


@pytest.mark.parametrize("path", ["/ogc/collections/none", "/ogc/collections/parks/items?x=1", "/ogc/nothing"])
def test_problems_of_the_api_carry_the_code_of_features(client: FlaskClient, path: str) -> None:
    body = client.get(path).json
    assert body is not None
    assert body["type"] == f"/problems/{body['code']}"
    assert "code" not in (client.get("/view.json?x=1").json or {"code"})
