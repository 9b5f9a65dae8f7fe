"""Whatever is wrong with a request to the open API or to a view's files is said, and the parameter named."""

import json
from collections.abc import Iterable
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from geoapp.features.fields import FIELDS, Field
from geoapp.files.options import FILE_PARAMETERS
from geoapp.files.registry import FORMATS
from geoapp.model.view import VIEW_PARAMETERS

ITEMS = "/ogc/collections/counties/items"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
BAD = {
    "empty": "",
    "nonsense": "~xyz~",
    "another script's digits": "２０２５",
    "negative": "-1",
    "huge": "9" * 400,
    "not a number": "NaN",
    "infinite": "-inf",
    "with a blank": " 10",
    "with a line break": "10\n",
    "with an underscore": "1_0",
    "hexadecimal": "0x10",
    "exponent": "1e1",
    "a NUL": "\0",
    "long": "x" * 20_000,
    "markup": "<script>alert(1)</script>",
    "SQL": "' OR 1=1 --",
    "emoji": "\N{PILE OF POO}",
    "broken UTF-8": "\udcff",
}
NUMBERS = {"number": {"negative", "exponent"}, "integer": {"negative"}}
"""What is a value all the same, by the type of a property."""
ITEM_PARAMETERS = (
    *("limit", "offset", "bbox", "bbox-crs", "crs", "datetime", "filter", "filter-lang", "filter-crs"),
    *("sortby", "properties", "data_version", "f", "lang"),
)
DOCUMENTS = (
    *("/ogc", "/ogc/api", "/ogc/conformance", "/ogc/collections", "/ogc/collections/parks"),
    *(f"/ogc/collections/parks/{each}" for each in ("schema", "queryables", "items", "tiles", "tiles/WebMercatorQuad")),
    "/ogc/collections/counties/items/150621",
)
FILES = (*FORMATS, "json", "qlr", "files.json", "csv-metadata.json")


def named(client: FlaskClient, url: str) -> list[str]:
    """Return the parameters that the answer, a 400, complains about."""
    reply = client.get(url)
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json"), (url[:200], reply.status_code)
    faults = json.loads(reply.data)["errors"]
    assert all(each["problem"] for each in faults)
    return [each["parameter"] for each in faults]


def encoded(text: str) -> str:
    return quote(text.encode("utf-8", "surrogateescape"))


def refused(client: FlaskClient, base: str, name: str, but: Iterable[str] = ()) -> None:
    """Assert that each bad value of a parameter, and the parameter twice, is refused by its name."""
    more = "&" if "?" in base else "?"
    for what, value in BAD.items():
        if what not in but:
            assert named(client, f"{base}{more}{name}={encoded(value)}") == [name], what
    assert named(client, f"{base}{more}{name}=~&{name}=~") in ([name], [name, name])


def is_open(field: Field) -> bool:
    """Say whether any text may be a value of a property."""
    return field.type in ("string", "array") and not field.enum and not field.pattern


@pytest.mark.parametrize("parameter", ITEM_PARAMETERS)
def test_each_parameter_of_items(client: FlaskClient, parameter: str) -> None:
    refused(client, "/ogc/collections/targets/items", parameter, {"huge"} if parameter == "limit" else ())


@pytest.mark.parametrize("name", FIELDS)
def test_each_property_of_a_collection(client: FlaskClient, name: str) -> None:
    for field in FIELDS[name]:
        base = f"/ogc/collections/{name}/items"
        if is_open(field):
            assert named(client, f"{base}?{field.name}=a&{field.name}=b") == [field.name]
        else:
            refused(client, base, field.name, NUMBERS.get(field.type, ()))


@pytest.mark.parametrize("path", DOCUMENTS)
def test_each_document(client: FlaskClient, path: str) -> None:
    refused(client, path, "f")
    refused(client, path, "lang")
    assert named(client, f"{path}?unheard_of=1") == ["unheard_of"]


@pytest.mark.parametrize("suffix", FILES)
def test_each_format_of_a_view(client: FlaskClient, suffix: str) -> None:
    base = f"/view.{suffix}?region=150600" if suffix not in ("json", "geojson") else f"/view.{suffix}"
    for name in ("indicator", "year", "lang"):
        refused(client, base, name)
    assert named(client, f"{base}{'&' if '?' in base else '?'}unheard_of=1&width=100") == ["unheard_of", "width"]
    if suffix in FORMATS:
        for name in FILE_PARAMETERS:
            refused(client, base, name)


@pytest.mark.parametrize("name", VIEW_PARAMETERS)
def test_each_parameter_of_a_view(client: FlaskClient, name: str) -> None:
    refused(client, "/view.geojson", name)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("offset=10000001", "offset"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=1,2,3,4,5", "bbox"),
        ("bbox=nan,1,2,3", "bbox"),
        ("bbox=1,2,inf,3", "bbox"),
        ("bbox=1,2,1_0,4", "bbox"),
        ("bbox=1,2,%203,4", "bbox"),
        ("bbox=1,5,3,2", "bbox"),
        ("bbox=0,0,0,91", "bbox"),
        ("bbox=1,2,3,4&bbox-crs=EPSG:9999", "bbox-crs"),
        (f"bbox=1e9,0,2e9,1&bbox-crs={EPSG}3857", "bbox"),
        ("crs=EPSG:9999", "crs"),
        ("datetime=2025", "datetime"),
        ("datetime=2025-02-30", "datetime"),
        ("datetime=../..", "datetime"),
        ("datetime=2025-01-01/2020-01-01", "datetime"),
        ("datetime=2020-01-01/2021-01-01/2022-01-01", "datetime"),
        ("adcode=15062", "adcode"),
        ("level=village", "level"),
        ("sortby=name,name", "sortby"),
        ("properties=name,name", "properties"),
        ("filter=name%3D1", "filter"),
        ("filter=nothing%3D'x'", "filter"),
        ("filter=name LIKE 1", "filter"),
        ("filter=" + "(" * 3000 + "1=1", "filter"),
        ("filter=" + quote('{"op":"and","args":[]}'), "filter"),
        ("filter=" + quote('{"a":' * 500 + "1" + "}" * 500), "filter"),
        ("filter=S_INTERSECTS(geometry,POINT(a b))", "filter"),
        ("filter-lang=cql2-json&filter=level='county'", "filter"),
        ("filter-lang=cql2-text&filter=" + quote('{"op":"=","args":[{"property":"level"},"county"]}'), "filter"),
        ("filter-lang=ecql&filter=level='county'", "filter-lang"),
        ("filter-crs=EPSG:9999&filter=level='county'", "filter-crs"),
        ("filter_lang=cql2-text", "filter_lang"),
        ("LIMIT=10", "LIMIT"),
    ],
)
def test_values_that_are_nearly_right(client: FlaskClient, query: str, parameter: str) -> None:
    assert named(client, f"{ITEMS}?{query}") == [parameter]


def test_all_faults_are_named_at_once(client: FlaskClient) -> None:
    found = named(client, f"{ITEMS}?limit=0&bbox=nan,1,2,3&level=x&foo=1&filter=(")
    assert sorted(found) == ["bbox", "filter", "foo", "level", "limit"]
    found = named(client, "/view.csv?crs=3857&encoding=latin1&year=NaN&geometry=round&foo=1")
    assert sorted(found) == ["crs", "encoding", "foo", "geometry", "year"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/ogc/collections/villages", ["villages", "provinces", "projects"]),
        ("/ogc/collections/villages/items", ["villages", "provinces", "projects"]),
        ("/ogc/collections/villages/items/1", ["villages", "provinces", "projects"]),
        ("/ogc/collections/villages/tiles/WebMercatorQuad/0/0/0", ["villages", "provinces", "projects"]),
        ("/ogc/collections/counties/items/999999", ["999999", "/ogc/collections/counties/items"]),
        ("/ogc/collections/counties/items/%00", ["/ogc/collections/counties/items"]),
        ("/ogc/nothing", ["/ogc/nothing"]),
        ("/view.dwg", ["dwg", "gpkg", "xlsx", "png"]),
    ],
)
def test_what_does_not_exist_is_404_with_what_does(client: FlaskClient, path: str, words: list[str]) -> None:
    reply = client.get(path)
    assert (reply.status_code, reply.mimetype) == (404, "application/problem+json")
    detail = json.loads(reply.data)["detail"]
    assert [word for word in words if word not in detail] == [], detail


@pytest.mark.parametrize("path", DOCUMENTS)
def test_forms_nobody_has_are_406_with_those_that_exist(client: FlaskClient, path: str) -> None:
    for wanted in ("image/png", "application/xml", "text/csv;q=1", "text/html;q=0"):
        reply = client.get(path, headers={"Accept": wanted})
        assert (reply.status_code, reply.mimetype) == (406, "application/problem+json"), wanted
        detail = json.loads(reply.data)["detail"]
        assert "json" in detail
        assert "text/html" in detail


def test_a_host_that_is_none_makes_no_links(client: FlaskClient) -> None:
    for path in (ITEMS, "/ogc", "/view.qlr?region=150600"):
        assert client.get(path, headers={"Host": 'x"><script>'}).status_code == 400
