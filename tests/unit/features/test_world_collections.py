"""Collections of the made-up world are searched as a plain loop over their records would search them."""

import json
from itertools import pairwise
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoapp.atlas import Atlas
from geoapp.errors import NotFound
from geoapp.features.bbox_index import BBoxIndex
from geoapp.features.collections import Collection, Query
from geoapp.features.fields import FIELDS, YEAR_FIELD
from geoapp.features.geojson import encode_collection, encode_point, encode_shape
from geoapp.features.parts import PART_BYTES, Parts
from geoapp.features.records import records, shape_of
from geoapp.model.region import CHINA
from geoapp.model.view import BBox
from tests.data.world import build_world
from tests.data.world_map import DONGHE, SHIZI, polygons

DATA = build_world().dataset
NAMES = tuple(FIELDS)
degrees = st.floats(-180, 180, allow_nan=False)


@st.composite
def boxes(draw: st.DrawFn) -> BBox:
    if draw(st.booleans()):  # near the world, so that many features meet it
        west, south = draw(st.floats(99, 106)), draw(st.floats(34, 39))
        return west, south, west + draw(st.floats(0, 3)), south + draw(st.floats(0, 3))
    south, north = sorted((draw(degrees) / 2, draw(degrees) / 2))
    return draw(degrees), south, draw(degrees), north


def spans(box: BBox) -> shapely.Geometry:
    west, south, east, north = box
    if west <= east:
        return shapely.box(west, south, east, north)
    return shapely.MultiPolygon([shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)])


def given_shape(collection: Collection, number: int) -> shapely.Geometry:
    return shapely.from_geojson(collection.layer.geometry(number))


@pytest.mark.parametrize("name", NAMES)
def test_a_collection_holds_every_record_with_its_public_properties(world_atlas: Atlas, name: str) -> None:
    collection = world_atlas.collections[name]
    assert len(collection) == len(collection.records) == len(records(name, DATA)) > 0
    for number, record in enumerate(collection.records):
        feature = json.loads(collection.layer.feature(number) + b"}")
        assert list(feature["properties"]) == [field.name for field in FIELDS[name]] == list(collection.names)
        assert feature["properties"] == record.properties
        assert feature["id"] == record.id
        assert collection.number(record.id) == number
    ids = [record.id for record in collection.records]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", NAMES)
def test_properties_are_what_the_contract_says_of_them(world_atlas: Atlas, name: str) -> None:
    kinds = {"string": str, "number": (int, float), "integer": int, "array": list}
    for record in world_atlas.collections[name].records:
        for field in FIELDS[name]:
            value = record.properties[field.name]
            if value is None:
                assert field.nullable, (record.id, field.name)
                continue
            assert isinstance(value, kinds[field.type])
            assert not field.enum or value in field.enum


@pytest.mark.parametrize("name", NAMES)
def test_the_first_feature_has_most_numbers_and_lists_and_the_rest_are_in_order(name: str) -> None:
    found = records(name, DATA)
    typed = [field.name for field in FIELDS[name] if field.type != "string"]
    known = [sum(record.properties[each] not in (None, []) for each in typed) for record in found]
    assert known[0] == max(known)
    if name in ("provinces", "prefectures", "counties"):
        rest = [record.id for record in found]
        assert rest == sorted(rest)


def test_an_unknown_collection_or_feature_is_named(world_atlas: Atlas) -> None:
    with pytest.raises(NotFound, match="no collection has the id 'towns'; known are provinces, "):
        world_atlas.collections["towns"]
    with pytest.raises(NotFound, match="collection 'parks' has no feature 'x'; /ogc/collections/parks/items lists"):
        world_atlas.collections["parks"].number("x")


def test_years_and_extent(world_atlas: Atlas) -> None:
    assert world_atlas.collections["targets"].years == (2015, 2030)
    assert world_atlas.collections["statistics"].years == (2015, 2025)
    assert world_atlas.collections["parks"].years is None
    west, south, east, north = world_atlas.collections["counties"].extent
    assert (west, south, north) == pytest.approx((100, 35, 38.004), abs=0.01)
    assert east == pytest.approx(179.9)
    assert world_atlas.collections["parks"].is_point
    assert not world_atlas.collections["targets"].is_point


@given(st.sampled_from(NAMES), boxes())
def test_a_box_finds_what_meets_it(world_atlas: Atlas, name: str, box: BBox) -> None:
    collection, frame = world_atlas.collections[name], spans(box)
    wanted = [n for n in range(len(collection)) if shapely.intersects(frame, given_shape(collection, n))]
    assert list(collection.select(Query(bbox=box))) == wanted


FILTERS: dict[str, list[tuple[str, Any]]] = {
    "targets": [("adcode", DONGHE), ("indicator", "ei_gdp_cut"), ("tier", "basic"), ("value", 20), ("tier", None)],
    "parks": [("programmes", "circular"), ("precision", "county"), ("adcode", DONGHE)],
    "projects": [("type", "gas"), ("status", "applying"), ("capacity", 0), ("caveats", "shared_across_regions")],
}


@given(st.data())
def test_filters_years_boxes_and_conditions_all_must_hold(world_atlas: Atlas, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FILTERS)))
    collection = world_atlas.collections[name]
    filters = tuple(data.draw(st.lists(st.sampled_from(FILTERS[name]), max_size=2, unique_by=lambda f: f[0])))
    box = data.draw(st.none() | boxes())
    years = data.draw(st.none() | st.sampled_from([(2015.0, 2015.0), (2016.0, 2029.0), (2025.0, 2040.0)]))
    letter = data.draw(st.sampled_from(["", "1", "j"]))
    where = (lambda properties, _: letter in properties["id"]) if letter else None

    def holds(number: int) -> bool:
        said = collection.records[number].properties
        fits = all(value in said[key] if isinstance(said[key], list) else said[key] == value for key, value in filters)
        time = YEAR_FIELD.get(name)
        in_time = years is None or time is None or years[0] <= said[time] <= years[1]
        near = box is None or shapely.intersects(spans(box), given_shape(collection, number))
        return fits and in_time and near and letter in said["id"]

    query = Query(bbox=box, filters=filters, years=years, where=where)
    assert list(collection.select(query)) == [n for n in range(len(collection)) if holds(n)]


def test_sorting_is_by_all_names_in_turn_with_what_is_unknown_last(world_atlas: Atlas) -> None:
    collection = world_atlas.collections["targets"]
    for descending in (False, True):
        order = collection.select(Query(sortby=(("value", descending), ("id", not descending))))
        rows = [collection.records[n].properties for n in order]
        values = [row["value"] for row in rows if row["value"] is not None]
        assert values == sorted(values, reverse=descending)
        assert all(row["value"] is None for row in rows[len(values) :])
        for one, two in pairwise(rows):
            if one["value"] == two["value"]:
                assert (one["id"] > two["id"]) is (not descending)
    assert Query().everything
    assert not Query(sortby=(("id", False),)).everything


def test_some_properties_only(world_atlas: Atlas) -> None:
    collection = world_atlas.collections["parks"]
    found = json.loads(collection.feature_bytes(0, ["name", "plan"], None) + b"}")
    assert list(found["properties"]) == ["name", "plan"]
    assert found["geometry"] == json.loads(collection.layer.geometry(0))


@pytest.mark.parametrize("name", NAMES)
def test_shapes_are_points_regions_or_the_frame_of_the_country(world_atlas: Atlas, name: str) -> None:
    collection, shapes = world_atlas.collections[name], polygons()
    for number, record in enumerate(collection.records):
        drawn = collection.shape(number)
        if record.point is not None:
            assert (drawn.x, drawn.y) == record.point
        else:
            level = next(level for level, found in shapes.items() if record.adcode in found)
            assert shapely.hausdorff_distance(drawn, shapes[level][record.adcode]) < 0.01
    nation = records("targets", DATA)[0]
    region = {each.adcode: each for each in DATA.regions}
    wide = shape_of(type(nation)(nation.id, {}, CHINA, None), "targets", region, lambda _: {})
    assert wide.bounds == region[CHINA].bbox


# Below


@given(st.lists(st.tuples(*[st.integers(0, 20)] * 4), max_size=300), st.tuples(*[st.integers(0, 20)] * 4))
def test_an_index_finds_the_boxes_that_meet_another_and_those_inside_it(rows: list[Any], other: Any) -> None:
    def box(sides: Any) -> BBox:
        a, b, c, d = sides
        return float(min(a, c)), float(min(b, d)), float(max(a, c)), float(max(b, d))

    import numpy as np

    table, asked = [box(row) for row in rows], box(other)
    inside, near = BBoxIndex(np.array(table, dtype=float).reshape(-1, 4)).meeting(asked)
    meets = [
        n
        for n, b in enumerate(table)
        if b[0] <= asked[2] and b[2] >= asked[0] and b[1] <= asked[3] and b[3] >= asked[1]
    ]
    within = [
        n
        for n in meets
        if table[n][0] >= asked[0] and table[n][2] <= asked[2] and table[n][1] >= asked[1] and table[n][3] <= asked[3]
    ]
    assert sorted(inside) == within
    assert sorted(near) == [n for n in meets if n not in within]


@given(st.lists(st.binary(max_size=20), max_size=6), st.data())
def test_parts_are_cut_as_their_whole(pieces: list[bytes], data: st.DataObject) -> None:
    whole, parts = b"".join(pieces), Parts(*pieces)
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(start, len(whole)))
    assert (bytes(parts), len(parts)) == (whole, len(whole))
    assert bytes(parts[start:stop]) == whole[start:stop]
    assert b"".join(parts[start:stop]) == whole[start:stop]


def test_long_parts_are_given_in_steps() -> None:
    body = bytes(range(256)) * (PART_BYTES // 100)
    steps = list(Parts(memoryview(body), b"end"))
    assert b"".join(steps) == body + b"end"
    assert max(map(len, steps)) == PART_BYTES


def test_rings_run_as_geojson_asks_and_members_stand_before_the_features() -> None:
    shape = shapely.orient_polygons(polygons()[list(polygons())[-1]][SHIZI], exterior_cw=True)
    drawn = json.loads(encode_shape(shape))
    exterior, hole = drawn["coordinates"]
    assert shapely.LinearRing(exterior).is_ccw
    assert not shapely.LinearRing(hole).is_ccw
    assert json.loads(encode_point(101.12345678, 37)) == {"type": "Point", "coordinates": [101.123457, 37.0]}
    body = encode_collection([b'{"a":1}', b'{"a":2}'], {"title": "<&>", "n": None})
    assert json.loads(body) == {
        "type": "FeatureCollection",
        "title": "<&>",
        "n": None,
        "features": [{"a": 1}, {"a": 2}],
    }
    assert json.loads(encode_collection([], {})) == {"type": "FeatureCollection", "features": []}
