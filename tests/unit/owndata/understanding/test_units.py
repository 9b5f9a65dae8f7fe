"""Units in headers, and what they say of a column."""

import pytest

from geoapp.owndata.understanding.units import is_unit, proposed_draw, split_unit, unit_for_all


@pytest.mark.parametrize(
    ("header", "title", "unit"),
    [
        ("能耗强度（吨标准煤/万元）", "能耗强度", "吨标准煤/万元"),
        ("用电量(亿千瓦时)", "用电量", "亿千瓦时"),
        ("占比（%）", "占比", "%"),
        ("装机[万千瓦]", "装机", "万千瓦"),
        ("能耗总量（单位：万吨标准煤）", "能耗总量", "万吨标准煤"),
        ("降低率/%", "降低率", "%"),
        ("面积（km²）", "面积", "km²"),
        ("人口，万人", "人口", "万人"),
        ("能耗（含化工园区）", "能耗（含化工园区）", ""),
        ("能耗（2025年）", "能耗（2025年）", ""),
        ("城镇/农村", "城镇/农村", ""),
    ],
)
def test_a_unit_is_parted_from_its_header(header: str, title: str, unit: str) -> None:
    assert split_unit(header) == (title, unit)


@pytest.mark.parametrize(
    "text", ["%", "个百分点", "吨标准煤/万元", "亿元", "平方公里", "㎡", "元/千瓦时", "万m3", "℃", "MWp"]
)
def test_units(text: str) -> None:
    assert is_unit(text)


@pytest.mark.parametrize("text", ["", "/", "2025年", "地区", "第一产业", "城北区", "22"])
def test_no_units(text: str) -> None:
    assert not is_unit(text)


def test_a_unit_for_the_whole_table() -> None:
    assert unit_for_all("填报单位：甲省统计局   单位：万吨标准煤、%") == "万吨标准煤"
    assert unit_for_all("填报单位：甲省统计局") == ""


@pytest.mark.parametrize(
    ("title", "unit", "draw"),
    [
        ("能耗强度", "吨标准煤/万元", "fill"),
        ("占比", "%", "fill"),
        ("能耗总量", "万吨标准煤", "symbol"),
        ("项目数", "个", "symbol"),
        ("人均用电量", "千瓦时", "fill"),
        ("气温", "℃", "fill"),
        ("指标值", "", "fill"),
        ("用电量", "", "symbol"),
    ],
)
def test_rates_are_fills_and_amounts_are_circles(title: str, unit: str, draw: str) -> None:
    assert proposed_draw(title, unit) == draw
