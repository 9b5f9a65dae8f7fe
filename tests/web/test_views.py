"""A view's faces: what it resolved to, and exactly its features."""

import orjson
import pytest
import shapely
from flask.testing import FlaskClient
from geojson_pydantic import FeatureCollection

ORDOS = "region=150600&indicator=ei_gdp_cut&year=2025"


def test_json_says_what_the_view_resolved_to(client: FlaskClient) -> None:
    body = client.get(f"/view.json?{ORDOS}").json
    assert body["title"] == "鄂尔多斯市“十四五”单位GDP能耗累计降低率"
    assert body["subtitle"] == "2025年比2020年，基本目标，单位：%；鄂尔多斯市目标 16.5%"
    assert body["layers"] == {"targets": 9, "parks": 8, "projects": 4, "actions": 0}
    assert body["counts"] == {"own": 9}
    assert [(line["key"], line["label"], line["count"]) for line in body["legend"]["classes"]] == [
        ("zero", "0（目标为零）", 2),
        ("class-0", "5", 2),
        ("class-1", "10", 1),
        ("class-2", "18", 1),
        ("class-3", "22", 1),
        ("class-4", "24～26", 2),
    ]
    assert [source["plan"] for source in body["sources"]] == ["ordos-2021-2025"]
    assert len(body["data_version"]) == 12


@pytest.mark.parametrize(
    ("region", "status", "words"),
    [
        ("640200", "parent", "石嘴山市目标 15%，未分解到本级"),
        ("620600", "not_published", "文件载明附件不公开"),
    ],
)
def test_states_have_their_own_words(client: FlaskClient, region: str, status: str, words: str) -> None:
    body = client.get(f"/view.json?region={region}").json
    assert {area["status"] for area in body["areas"]} == {status}
    assert {area["words"] for area in body["areas"]} == {words}
    assert status in [line["key"] for line in body["legend"]["classes"]]


@pytest.mark.parametrize(("lang", "subtitle"), [("zh", "2025年，基本目标"), ("en", "Basic target, 2025")])
def test_goals_in_words_name_no_unit(client: FlaskClient, lang: str, subtitle: str) -> None:
    body = client.get(f"/view.json?region=620600&indicator=energy_total_control&lang={lang}").json
    assert body["subtitle"].startswith(subtitle)
    assert "—" not in body["subtitle"]
    assert not any(word in body["subtitle"] for word in ("单位", "unit"))


def test_geojson_is_valid_and_holds_exactly_the_view(client: FlaskClient) -> None:
    reply = client.get(f"/view.geojson?{ORDOS}")
    assert reply.mimetype == "application/geo+json"
    collection = FeatureCollection(**orjson.loads(reply.data))
    kinds = [feature.properties["layer"] for feature in collection.features]
    assert (kinds.count("targets"), kinds.count("parks"), kinds.count("projects")) == (9, 8, 7), (
        "the base stands in four counties, a row each"
    )
    body = orjson.loads(reply.data)
    for member in ("title", "sources", "attribution", "usage_notice", "notice", "data_version", "boundary_edition"):
        assert body[member]
    assert "crs" not in body


def test_geojson_carries_status_citation_and_no_false_numbers(client: FlaskClient) -> None:
    areas = {
        feature["properties"]["adcode"]: feature["properties"]
        for query in (ORDOS, "region=620600", "region=640200")
        for feature in orjson.loads(client.get(f"/view.geojson?{query}&layers=none").data)["features"]
    }
    assert (areas["150621"]["status"], areas["150621"]["value"], areas["150621"]["section"]) == ("own", 18, "附件1")
    assert (areas["150602"]["status"], areas["150602"]["value"]) == ("own", 0)
    assert (areas["620622"]["status"], areas["620622"]["value"]) == ("not_published", None)
    assert (areas["640221"]["status"], areas["640221"]["from_name"]) == ("parent", "石嘴山市")


def test_points_lie_inside_the_region_they_name(client: FlaskClient, atlas) -> None:
    for feature in orjson.loads(client.get("/view.geojson?region=100000&level=province").data)["features"]:
        properties = feature["properties"]
        if properties["layer"] != "targets":
            shape = atlas.shape(atlas.region(properties["adcode"]))
            assert shape.covers(shapely.Point(feature["geometry"]["coordinates"])), properties["name"]


def test_no_point_is_more_exact_than_known(client: FlaskClient) -> None:
    features = orjson.loads(client.get("/view.geojson?region=100000&level=province").data)["features"]
    points = [f["properties"] for f in features if f["properties"]["layer"] != "targets"]
    exact = {point["name"] for point in points if point["precision"] in ("site", "town")}
    assert 0 < len(exact) <= 12
    works = [p for p in points if p.get("type") == "hydropower"]
    assert len(works) == 6
    assert {work["precision"] for work in works} == {"county"}


def test_filters_are_honoured(client: FlaskClient) -> None:
    def names(query: str) -> set[str]:
        body = orjson.loads(client.get(f"/view.geojson?region=654200&{query}").data)
        return {f["properties"].get("type") or f["properties"]["layer"] for f in body["features"]}

    assert names("layers=projects&type=hydropower") == {"targets", "hydropower"}
    assert names("layers=parks") == {"targets", "parks"}
    assert names("layers=none") == {"targets"}


def test_a_box_keeps_only_what_it_touches(client: FlaskClient) -> None:
    body = client.get("/view.json?region=150600&bbox=109.5,39.5,110.5,40.5").json
    assert 0 < body["layers"]["targets"] < 9
    assert "150623" not in {area["adcode"] for area in body["areas"]}
