"""Sums over regions: of a region's own features, the same from below and from above, never a zero for nothing."""

import pytest

from geoapp.atlas import Atlas
from geoapp.model.region import CHINA, Adcode
from geoapp.vector.indicators import indicator_id
from tests.data.world_map import CHENGZHONG, DONGHE, JIA, JIADONG, JIAXI, YI


def amount(atlas: Atlas, region: Adcode, indicator: str = "stations") -> float | None:
    return atlas.resolve(region, indicator, None, "basic").number


def test_a_region_sums_what_lies_in_it_by_type_and_in_all(listed_atlas: Atlas) -> None:
    assert amount(listed_atlas, DONGHE) == 120.5 + 49 + 8
    assert amount(listed_atlas, DONGHE, "stations_wind") == 49
    assert amount(listed_atlas, JIADONG) == 120.5 + 49 + 8 + 1.5
    assert amount(listed_atlas, JIAXI) == 60
    assert amount(listed_atlas, JIA) == amount(listed_atlas, JIADONG) + amount(listed_atlas, JIAXI)  # type: ignore[operator]


def test_where_the_source_lists_nothing_there_is_no_value(listed_atlas: Atlas) -> None:
    answer = listed_atlas.resolve(YI, "stations", None, "basic")
    assert (answer.status, answer.number) == ("none", None)
    assert amount(listed_atlas, CHINA) is None


def test_what_is_listed_twice_or_without_a_number_is_said(listed_atlas: Atlas) -> None:
    said = listed_atlas.resolve(JIAXI, "stations", None, "basic").path[0]
    assert said.say("zh") == "甲西地区：来源所列2处之和，含来源重复列出的2行"
    target = listed_atlas.resolve(JIAXI, "stations", None, "basic").target
    assert target is not None
    assert target.caveats == ("summed_objects", "summed_repeated")
    said = listed_atlas.resolve(CHENGZHONG, "stations", None, "basic").path[0]
    assert said.say("zh") == "城中区：来源所列2处之和，另有1处没有数值"


def test_an_indicator_of_a_layer_names_its_source_and_is_drawn_as_symbols(listed_atlas: Atlas) -> None:
    indicator = listed_atlas.indicator("stations_hydro")
    assert indicator.title.zh == "电站装机（水电），2021年来源所列"
    assert (indicator.draw, indicator.kind, indicator.unit) == ("symbol", "capacity", "MW")
    assert indicator.origin is not None
    assert indicator.origin.cited.zh == "电站：测试名录，2021，CC BY 4.0"
    assert "lines" not in listed_atlas.resolver.indicators  # has no amount to add up


@pytest.mark.parametrize(("layer", "kind", "name"), [("a-b-1", "", "a_b_1"), ("a-b", "c_d", "a_b_c_d")])
def test_ids_fit_column_names(layer: str, kind: str, name: str) -> None:
    assert indicator_id(layer, kind) == name
