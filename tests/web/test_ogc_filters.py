"""CQL2 filters and property filters of the open API, against plain Python conditions on the records."""

import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from geoapp.atlas import Atlas

EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


def ids(client: FlaskClient, query: str, name: str = "counties") -> list[str]:
    reply = client.get(f"/ogc/collections/{name}/items?limit=10000&{query}")
    assert reply.status_code == 200, reply.text
    return [feature["id"] for feature in json.loads(reply.data)["features"]]


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


@pytest.mark.parametrize("box", ["120,30,110,40", "170,30,-170,40"])
@pytest.mark.parametrize("system", ["", f"{EPSG}4490"])
def test_a_box_whose_west_is_greater_crosses_the_antimeridian(client: FlaskClient, box: str, system: str) -> None:
    west, south, east, north = box.split(",")
    numbers = f"{south},{west},{north},{east}" if system else box
    text = f"filter=S_INTERSECTS(geometry,BBOX({numbers}))" + (f"&filter-crs={quote(system)}" if system else "")
    assert ids(client, text) == ids(client, f"bbox={box}")


def test_a_box_upside_down_is_refused(client: FlaskClient) -> None:
    reply = client.get("/ogc/collections/counties/items?filter=S_INTERSECTS(geometry,BBOX(109,40,110,39))")
    assert reply.status_code == 400
    assert "south above its north" in reply.text


@pytest.mark.parametrize(
    ("system", "shape"),
    [
        (f"{EPSG}4326", "POLYGON((39 109,39 110,40 110,40 109,39 109))"),
        (f"{EPSG}4490", "BBOX(39,109,40,110)"),
        (f"{EPSG}3857", "BBOX(12133824.5,4721671.57,12245143.99,4865942.28)"),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "BBOX(109,39,110,40)"),
    ],
)
def test_shapes_in_filters_come_in_four_systems(client: FlaskClient, system: str, shape: str) -> None:
    text = f"NOT (S_DISJOINT(geometry,{shape}) OR level <> 'county')"
    assert ids(client, f"filter={quote(text)}&filter-crs={quote(system)}") == ids(client, "bbox=109,39,110,40")


def test_a_filter_may_name_its_language(client: FlaskClient) -> None:
    text, tree = "adcode='150621'", '{"op":"=","args":[{"property":"adcode"},"150621"]}'
    for query in (
        *(f"filter={quote(each)}" for each in (text, tree)),
        f"filter={quote(text)}&filter-lang=cql2-text",
        f"filter={quote(tree)}&filter-lang=cql2-json",
    ):
        assert ids(client, query) == ["150621"]


def test_lists_match_by_one_of_their_words(client: FlaskClient, atlas: Atlas) -> None:
    word = atlas.collections["parks"].records[0].properties["programmes"][0]
    wanted = [r.id for r in atlas.collections["parks"].records if word in r.properties["programmes"]]
    assert ids(client, f"programmes={word}", "parks") == wanted


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("T_AFTER(target_year,DATE('2020-01-01'))", "T_AFTER"),
        ("target_year > TIMESTAMP('2020-01-01T00:00:00Z')", "TIMESTAMP"),
        ("ACCENTI(region_name) = ACCENTI('x')", "ACCENTI"),
        ("value > 3 AND avg(value) > 2", "avg"),
        ("value % 2 = 1", "%"),
        ("value DIV 2 = 3", "DIV"),
        ("value ^ 2 > 3", "^"),
        ('{"op":"t_after","args":[{"property":"target_year"},{"date":"2020-01-01"}]}', "t_after"),
        ('{"op":"=","args":[{"property":"target_year"},{"date":"2020-01-01"}]}', "date"),
        ('{"op":"=","args":[{"op":"avg","args":[{"property":"value"}]},2]}', "avg"),
    ],
)
def test_cql2_that_is_not_offered_is_refused_as_that(client: FlaskClient, text: str, word: str) -> None:
    reply = client.get(f"/ogc/collections/targets/items?filter={quote(text)}")
    assert reply.status_code == 400
    assert reply.json is not None
    (fault,) = reply.json["errors"]
    assert fault["problem"] == f"{word} is CQL2 that this server does not offer"


@pytest.mark.parametrize("text", ["value = = 3", "value >", "(value > 3", "value > 3)", '{"op":"="'])
def test_what_is_no_cql2_is_not_called_so(client: FlaskClient, text: str) -> None:
    reply = client.get(f"/ogc/collections/targets/items?filter={quote(text)}")
    assert reply.status_code == 400
    assert "is not CQL2" in reply.text


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("urn:ogc:def:crs:EPSG::4326", "4326"),
        ("urn:ogc:def:crs:EPSG:9.9:4490", "4490"),
        ("[EPSG:3857]", "3857"),
        ("EPSG:4326", "4326"),
        ("epsg:3857", "3857"),
        ("https://www.opengis.net/def/crs/EPSG/0/4326", "4326"),
    ],
)
def test_systems_are_known_by_every_form_of_their_name(client: FlaskClient, form: str, code: str) -> None:
    url = "/ogc/collections/counties/items/150621?crs="
    named, by_uri = client.get(url + quote(form)), client.get(f"{url}{EPSG}{code}")
    assert named.headers["Content-Crs"] == f"<{EPSG}{code}>"
    assert named.json["geometry"] == by_uri.json["geometry"]


@pytest.mark.parametrize("form", ["urn:ogc:def:crs:OGC:1.3:CRS84", "[OGC:CRS84]", "OGC:CRS84"])
def test_crs84_has_its_names_too(client: FlaskClient, form: str) -> None:
    wanted = ids(client, "bbox=109,39,110,40")
    assert ids(client, f"bbox=109,39,110,40&bbox-crs={quote(form)}") == wanted
    swapped = ids(client, f"bbox=39,109,40,110&bbox-crs={quote('urn:ogc:def:crs:EPSG::4326')}")
    assert swapped == wanted


@pytest.mark.parametrize("form", ["EPSG:9999", "urn:ogc:def:crs:OGC::4326", "urn:x:EPSG::4326", "EPSG"])
def test_systems_that_are_not_offered_are_refused(client: FlaskClient, form: str) -> None:
    assert client.get(f"/ogc/collections/counties/items?crs={quote(form)}").status_code == 400
