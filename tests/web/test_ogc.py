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
from geoapp.cli import plan_of
from geoapp.render.fields import FIELDS
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


def test_every_link_of_every_document_leads_somewhere(client: FlaskClient, drawn: Atlas) -> None:
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


def test_paging_goes_on_in_the_build_it_began_in(settings: Settings, atlas: Atlas, tmp_path: Path) -> None:
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
    app.extensions["geoapp"]._checked = -1e9  # look for a new build now, not in two seconds
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
    ("query", "parameter"),
    [
        ("foo=1", "foo"),
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=1e3", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("limit=10&limit=20", "limit"),
        ("offset=-1", "offset"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=nan,1,2,3", "bbox"),
        ("bbox=1,2,inf,3", "bbox"),
        ("bbox=1,5,3,2", "bbox"),
        ("bbox=", "bbox"),
        ("bbox=1,2,3,4&bbox-crs=EPSG:9999", "bbox-crs"),
        (f"bbox=1e9,0,2e9,1&bbox-crs={EPSG}3857", "bbox"),
        ("crs=EPSG:4326", "crs"),
        ("datetime=yesterday", "datetime"),
        ("datetime=2025", "datetime"),
        ("datetime=2025-02-30", "datetime"),
        ("datetime=../..", "datetime"),
        ("datetime=2025-01-01/2020-01-01", "datetime"),
        ("datetime=2020-01-01/2021-01-01/2022-01-01", "datetime"),
        ("adcode=15062", "adcode"),
        ("level=village", "level"),
        ("sortby=nothing", "sortby"),
        ("sortby=name,name", "sortby"),
        ("properties=nothing", "properties"),
        ("filter=", "filter"),
        ("filter=name%3D1", "filter"),
        ("filter=nothing%3D'x'", "filter"),
        ("filter=name LIKE 1", "filter"),
        ("filter=" + "(" * 3000 + "1=1", "filter"),
        ("filter=" + quote('{"op":"and","args":[]}'), "filter"),
        ("filter=" + quote('{"a":' * 500 + "1" + "}" * 500), "filter"),
        ("filter-lang=ecql", "filter-lang"),
        ("f=xml", "f"),
        ("lang=fr", "lang"),
    ],
)
def test_faults_are_400_and_name_the_parameter(client: FlaskClient, query: str, parameter: str) -> None:
    reply = client.get(f"{ITEMS}?{query}")
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")
    assert [each["parameter"] for each in json.loads(reply.data)["errors"]] == [parameter]


def test_all_faults_are_named_at_once(client: FlaskClient) -> None:
    reply = client.get(f"{ITEMS}?limit=0&bbox=nan,1,2,3&level=x&foo=1&filter=(")
    assert {each["parameter"] for each in json.loads(reply.data)["errors"]} == {
        "limit",
        "bbox",
        "level",
        "foo",
        "filter",
    }


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ogc/collections/villages", 404),
        ("/ogc/collections/villages/items", 404),
        ("/ogc/collections/counties/items/999999", 404),
        ("/ogc/nothing", 404),
    ],
)
def test_what_does_not_exist_is_404(client: FlaskClient, path: str, status: int) -> None:
    reply = client.get(path)
    assert (reply.status_code, reply.mimetype) == (status, "application/problem+json")


def test_forms_nobody_has_are_406_with_those_that_exist(client: FlaskClient) -> None:
    for path in ("/ogc", "/ogc/collections", ITEMS, f"{ITEMS}/150621"):
        reply = client.get(path, headers={"Accept": "image/png"})
        assert (reply.status_code, reply.mimetype) == (406, "application/problem+json")
        assert "json" in json.loads(reply.data)["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_writing_is_405_not_500(client: FlaskClient, method: str) -> None:
    for path in ("/ogc", ITEMS, f"{ITEMS}/150621"):
        reply = client.open(path, method=method, data=b"{")
        assert reply.status_code == 405
        assert set(reply.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_browsers_elsewhere_may_read(client: FlaskClient) -> None:
    for reply in (client.get(ITEMS), client.get("/ogc"), client.get("/ogc/collections/x"), client.options(ITEMS)):
        assert reply.headers["Access-Control-Allow-Origin"] == "*"
    asked = client.options(ITEMS, headers={"Origin": "https://x.cn", "Access-Control-Request-Method": "GET"})
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (200, "GET, HEAD, OPTIONS")


def test_head_says_what_get_would_send(client: FlaskClient) -> None:
    for path in (f"{ITEMS}?limit=3", f"{ITEMS}?limit=10000", f"{ITEMS}/150621", "/ogc/api"):
        head, got = client.head(path), client.get(path)
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["Content-Length"] == str(len(got.data))
        assert head.headers["Content-Type"] == got.headers["Content-Type"]


def test_conditional_and_partial_answers(client: FlaskClient) -> None:
    url = f"{ITEMS}/150621"
    whole = client.get(url)
    tag = whole.headers["ETag"]
    assert not tag.startswith("W/")
    assert client.get(url, headers={"If-None-Match": f'"x", W/{tag}'}).status_code == 304
    assert client.get(url, headers={"If-None-Match": "*"}).status_code == 304
    part = client.get(url, headers={"Range": "bytes=10-19", "If-Range": tag})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert client.get(url, headers={"Range": "bytes=9999999-"}).status_code == 416
    assert client.get(url, headers={"Range": "lines=1-2"}).data == whole.data
    assert client.get(url, headers={"Range": "bytes=0-1,4-5"}).status_code == 200
    page = client.get(ITEMS)
    assert page.headers["ETag"].startswith("W/"), "its time stamp changes"
    assert client.get(ITEMS, headers={"If-None-Match": page.headers["ETag"]}).status_code == 304
    assert client.get(f"{ITEMS}?limit=11", headers={"If-None-Match": page.headers["ETag"]}).status_code == 200
    assert client.get(ITEMS, headers={"Range": "bytes=0-1", "If-Range": page.headers["ETag"]}).status_code == 200


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


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("value>10", lambda p: p["value"] is not None and p["value"] > 10),
        ("value>10 AND tier='incentive'", lambda p: (p["value"] or 0) > 10 and p["tier"] == "incentive"),
        (
            "adcode='150621' OR adcode='150622' AND value>1000",
            lambda p: p["adcode"] == "150621" or (p["adcode"] == "150622" and (p["value"] or 0) > 1000),
        ),
        ("NOT (value>10)", lambda p: p["value"] is not None and not p["value"] > 10),
        ("value IS NULL", lambda p: p["value"] is None),
        ("target_year BETWEEN 2016 AND 2030", lambda p: 2016 <= p["target_year"] <= 2030),
        ("sector IN ('energy','water')", lambda p: p["sector"] in ("energy", "water")),
        ("indicator_name LIKE '%能耗%'", lambda p: "能耗" in p["indicator_name"]),
        ("CASEI(indicator)=CASEI('EI_GDP_CUT')", lambda p: p["indicator"] == "ei_gdp_cut"),
        ("value*2-1>=35", lambda p: p["value"] is not None and p["value"] * 2 - 1 >= 35),
        ("A_CONTAINS(caveats,('base_year_implied'))", lambda p: "base_year_implied" in p["caveats"]),
        (
            '{"op":"and","args":[{"op":">","args":[{"property":"value"},10]},'
            '{"op":"between","args":[{"property":"target_year"},2016,2030]}]}',
            lambda p: (p["value"] or 0) > 10 and 2016 <= p["target_year"] <= 2030,
        ),
    ],
)
def test_cql2_filters(client: FlaskClient, atlas: Atlas, text: str, test) -> None:
    wanted = [record.id for record in atlas.collections["targets"].records if test(record.properties)]
    assert wanted
    assert ids(client, f"filter={quote(text)}", "targets") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "S_INTERSECTS(geometry,BBOX(109,39,110,40))",
        "S_INTERSECTS(geometry,POLYGON((109 39,110 39,110 40,109 40,109 39)))",
        '{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[109,39,110,40]}]}',
    ],
)
def test_spatial_filters_agree_with_the_box(client: FlaskClient, text: str) -> None:
    assert ids(client, f"filter={quote(text)}") == ids(client, "bbox=109,39,110,40")


def test_lists_match_by_one_of_their_words(client: FlaskClient, atlas: Atlas) -> None:
    word = atlas.collections["parks"].records[0].properties["programmes"][0]
    wanted = [r.id for r in atlas.collections["parks"].records if word in r.properties["programmes"]]
    assert ids(client, f"programmes={word}", "parks") == wanted


def test_hostile_text_is_data_on_pages(client: FlaskClient, app: Flask) -> None:
    page = client.get(f"/ogc/collections/counties/items?f=html&limit=1&name={quote('</script><script>alert(1)')}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_a_host_that_is_none_makes_no_links(client: FlaskClient) -> None:
    reply = client.get(ITEMS, headers={"Host": 'x"><script>'})
    assert reply.status_code == 400


def test_the_definition_is_valid_and_complete_in_itself(client: FlaskClient) -> None:
    document = json.loads(client.get("/ogc/api").data)
    validate(document)
    text = json.dumps(document)
    assert all(part.startswith("#/") for part in _references(document))
    assert "featureId" in text
    for name in COLLECTIONS:
        assert f"/collections/{name}/items" in document["paths"]


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [each for value in node.values() for each in _references(value)]
    return [each for value in node for each in _references(value)] if isinstance(node, list) else []
