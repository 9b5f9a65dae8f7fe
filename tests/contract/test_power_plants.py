"""已建电站: every row of the source on the map or named, sums that are the source's, its owner on every face."""

import csv
import re
from collections import Counter

import pytest
import shapely
from flask.testing import FlaskClient

from geoapp.atlas import Atlas
from geoapp.model.region import Level
from tests.conftest import ROOT

LAYER = "power-plants-2021"
OWNER = "世界资源研究所（WRI）全球电站数据库，2021，CC BY 4.0"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (ROOT / "layers" / "vectors" / f"{LAYER}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_the_source_is_a_feature_with_what_it_says(atlas: Atlas, rows: list[dict[str, str]]) -> None:
    features = atlas.vectors.features(LAYER)
    assert len(features) == len(rows) == 3096
    layer = atlas.vectors.get(LAYER)
    for feature, row in zip(features, rows, strict=True):
        assert feature.name == row["name"]
        assert feature.amount(layer) == float(row["capacity_mw"])
        assert feature.value(layer, "geolocation_source") == row["geolocation_source"]
        assert ("cdm_place" in feature.caveats) == (row["geolocation_source"] == "UNFCCC CDM Registry")
        assert (feature.lon, feature.lat) == pytest.approx((float(row["lon"]), float(row["lat"])), abs=1e-6)


def test_stations_lie_in_the_county_they_are_joined_to_or_in_none(atlas: Atlas) -> None:
    counties = atlas.store.geometry(Level.COUNTY, "full")
    outside = set(atlas.vectors.get(LAYER).outside)
    everything = shapely.union_all([shape for code, shape in atlas.store.geometry(Level.PROVINCE, "full").items()])
    shapely.prepare(everything)
    for feature in atlas.vectors.features(LAYER):
        if feature.id in outside:
            assert not shapely.contains_xy(everything, feature.lon, feature.lat), feature.name
        else:
            assert shapely.intersects_xy(counties[feature.adcode], feature.lon, feature.lat), feature.name  # type: ignore[index]


def test_provinces_and_what_lies_outside_make_the_source_s_total(atlas: Atlas, rows: list[dict[str, str]]) -> None:
    layer, features = atlas.vectors.get(LAYER), atlas.vectors.features(LAYER)
    outside = sum(each.amount(layer) or 0 for each in features if not each.adcode)
    provinces = [
        atlas.resolve(region.adcode, "power_plants_2021", None, "basic").number or 0
        for region in atlas.gazetteer.at_level(atlas.region("100000").adcode, Level.PROVINCE)
    ]
    assert sum(provinces) + outside == pytest.approx(sum(float(row["capacity_mw"]) for row in rows))


def test_the_types_of_a_province_make_its_sum(atlas: Atlas) -> None:
    kinds = [f"power_plants_2021_{kind.id}" for kind in atlas.vectors.get(LAYER).kinds]
    parts = [atlas.resolve("150000", kind, None, "basic").number or 0 for kind in kinds]  # type: ignore[arg-type]
    assert sum(parts) == pytest.approx(atlas.resolve("150000", "power_plants_2021", None, "basic").number)


def test_repeated_rows_are_kept_and_say_so(atlas: Atlas) -> None:
    found = Counter(caveat for each in atlas.vectors.features(LAYER) for caveat in each.caveats)
    assert (found["repeated_row"], found["cdm_place"], found["place_unsourced"]) == (12, 1598, 418)


@pytest.mark.parametrize(
    "url",
    [
        f"/view.json?region=150600&layers={LAYER}",
        f"/view.svg?region=150600&layers={LAYER}",
        f"/view.csv?region=150600&layers={LAYER}&fill=none",
        f"/view.kml?region=150600&layers={LAYER}&fill=none",
        f"/ogc/collections/{LAYER}?f=json",
        f"/ogc/collections/{LAYER}/items?limit=1",
        "/quality",
        "/indicators/power_plants_2021_hydro",
        "/view.svg?region=150000&indicator=power_plants_2021&layers=none",
    ],
)
def test_owner_licence_and_year_are_on_every_face(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    assert OWNER in answer.text


def test_the_page_of_the_layer_names_owner_licence_and_year(client: FlaskClient) -> None:
    text = re.sub(r"<[^>]+>|\s+", "", client.get(f"/vectors/{LAYER}").text)
    assert "数据来源世界资源研究所（WRI）全球电站数据库数据时间2021许可CCBY4.0" in text


def test_the_licence_lies_beside_the_data() -> None:
    text = (ROOT / "layers" / "vectors" / f"{LAYER}.licence.md").read_text(encoding="utf-8")
    assert "Creative Commons Attribution 4.0 International" in text
    assert "World Resources Institute" in text


def test_the_layer_is_off_by_default(client: FlaskClient) -> None:
    assert LAYER not in client.get("/view.json").json["layers"]
