"""The ground beyond the border: theirs, named, and nothing of ours."""

import json
from pathlib import Path

import pytest
import shapely

from geoapp.boundaries.abroad import abroad
from geoapp.errors import InvalidData
from geoapp.model.region import Level

PINNED = Path(__file__).resolve().parents[3] / "shapes" / "abroad.json"


@pytest.fixture(scope="module")
def found(atlas):
    provinces = atlas.store.geometry(Level.PROVINCE, "lo")
    return json.loads(abroad(PINNED, provinces.values()))["features"]


def shape(feature):
    return shapely.from_geojson(json.dumps(feature["geometry"]))


def test_foreign_ground_is_land_and_none_of_ours(found):
    land = shape(found[0])
    assert found[0]["properties"] == {"kind": "land"}
    for lon, lat in ((76.9, 43.2), (105.8, 21.0), (127.0, 37.5), (139.7, 35.7), (77.2, 28.6)):
        assert shapely.contains_xy(land, lon, lat), (lon, lat)
    for lon, lat in ((116.4, 39.9), (121.5, 25.03), (114.17, 22.39), (113.55, 22.16), (87.6, 43.8), (112.3, 16.8)):
        assert not shapely.contains_xy(land, lon, lat), (lon, lat)


def test_every_neighbour_is_found_by_its_point(found):
    asked = json.loads(PINNED.read_text(encoding="utf-8"))["neighbours"]
    named = {each["properties"]["name"]: shape(each) for each in found[1:]}
    assert list(named) == [each["name"] for each in asked]
    for each in asked:
        assert shapely.distance(named[each["name"]], shapely.Point(each["lon"], each["lat"])) < 0.2, each["name"]


def test_another_package_is_refused(tmp_path):
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))
    pinned["files"]["land"]["bytes"] += 1
    path = tmp_path / "abroad.json"
    path.write_text(json.dumps(pinned), encoding="utf-8")
    with pytest.raises(InvalidData, match="the file has 505088 bytes, the manifest says 505089"):
        abroad(path, [])
