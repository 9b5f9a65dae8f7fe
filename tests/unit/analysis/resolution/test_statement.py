"""A label read as a statement is met by exactly the numbers that meet the document's sentence."""

import operator
import re
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.analysis.resolution.labels import target_label
from geoapp.analysis.resolution.statement import Scale
from geoapp.atlas import Atlas
from geoapp.model.plan import Target, Unit, says_cut
from geoapp.model.vocabulary import Comparator, Direction

NAMES = {
    "单位GDP能耗累计降低率": "%",
    "化学需氧量重点工程减排量": "吨",
    "淘汰退出落后产能：焦化": "万吨",
    "溶剂型油墨使用比例降低": "个百分点",
    "焦炭单位产品综合能耗变化率": "%",
    "全社会用电量增长率": "%",
    "煤炭占能源消费比重": "%",
    "炼钢转炉工序综合能耗": "千克标准煤/吨",
}
WORDS: dict[str, Callable[[float, float], bool]] = {
    "eq": operator.eq,
    "ge": operator.ge,
    "le": operator.le,
    "gt": operator.gt,
    "lt": operator.lt,
    "approx": operator.eq,
}
SIGNS = {"": "eq", "≥": "ge", "≤": "le", ">": "gt", "<": "lt", "≈": "approx"}
LABEL = re.compile(r"([≥≤><≈]?)([+−]?)([\d,]+(?:\.\d+)?)\D*")


def goal(name: str, value: float, comparator: str = "eq", direction: str = "reduce") -> Target:
    return Target(
        id="x-t001",
        plan="x",
        adcode="150600",  # type: ignore[arg-type]  # any code will do
        region_name="鄂尔多斯市",
        name_in_source="全市",
        indicator="x",
        indicator_name=name,
        value=value,
        value_text="as printed",
        unit=NAMES[name],
        comparator=comparator,  # type: ignore[arg-type]  # drawn from the list
        direction=direction,  # type: ignore[arg-type]  # drawn from the list
        base_year=2020,
        target_year=2025,
        nature=None,
        tier=None,
        sector="energy",
        section="一",
        caveats=(),
    )


def meets_sentence(target: Target, happened: float) -> bool:
    """Say whether a change that happened (−15: fell by 15), or a level reached, meets the document's sentence."""
    assert target.value is not None
    holds = WORDS[target.comparator]
    if target.direction == "reduce":  # 下降15%以上
        return holds(-happened, abs(target.value))
    if target.direction == "increase":  # 增长15%以上
        return holds(happened, abs(target.value))
    reached = -happened if says_cut(target.indicator_name) else happened  # 降低率达到15%
    if target.comparator == "eq" and target.direction == "at_least":
        return reached >= target.value
    if target.comparator == "eq" and target.direction == "at_most":
        return reached <= target.value
    return holds(reached, target.value)


def meets_label(target: Target, happened: float) -> bool:
    """Say whether a reader of the label and of the indicator's name takes the goal as met."""
    found = LABEL.fullmatch(target_label(target))
    assert found is not None, target_label(target)
    sign, minus, digits = found.groups()
    number = float(digits.replace(",", "")) * (-1 if minus == "−" else 1)
    reading = -happened if says_cut(target.indicator_name) else happened
    return WORDS[SIGNS[sign]](reading, number)


@given(
    name=st.sampled_from(sorted(NAMES)),
    comparator=st.sampled_from(get_args(Comparator)),
    direction=st.sampled_from(get_args(Direction)),
    value=st.decimals(-(10**7), 10**7, places=4).map(float),
    step=st.sampled_from((-1.0, -0.0001, 0.0, 0.0001, 1.0)),
)
def test_label_and_sentence_are_met_by_the_same_numbers(
    name: str, comparator: str, direction: str, value: float, step: float
) -> None:
    target = goal(name, value, comparator, direction)
    for centre in (value, -value, 0.0):
        happened = round(centre + step, 4) + 0.0
        assert meets_label(target, happened) == meets_sentence(target, happened)


@pytest.mark.parametrize(
    ("target", "label"),
    [
        (goal("单位GDP能耗累计降低率", 15, "ge"), "≥15%"),
        (goal("单位GDP能耗累计降低率", -14.5), "14.5%"),  # a slip of the sign says no rise
        (goal("化学需氧量重点工程减排量", 2100), "2,100 吨"),
        (goal("淘汰退出落后产能：焦化", 362), "362 万吨"),
        (goal("溶剂型油墨使用比例降低", 10, "gt"), ">10个百分点"),
        (goal("焦炭单位产品综合能耗变化率", -10.88), "−10.88%"),
        (goal("焦炭单位产品综合能耗变化率", -5, "ge"), "≤−5%"),
        (goal("全社会用电量增长率", 10, "approx", "increase"), "≈10%"),
        (goal("煤炭占能源消费比重", 80, "eq", "at_most"), "≤80%"),
        (goal("煤炭占能源消费比重", 80, "eq", "at_least"), "≥80%"),
        (goal("炼钢转炉工序综合能耗", -21, "eq", "reach"), "−21 千克标准煤/吨"),
        (goal("单位GDP能耗累计降低率", 0), "0"),
    ],
)
def test_labels(target: Target, label: str) -> None:
    assert target_label(target) == label


def test_no_printed_cut_has_a_minus(atlas: Atlas) -> None:
    cuts = [target for target in atlas.dataset.targets if says_cut(target.indicator_name)]
    assert len(cuts) > 80
    assert [target.id for target in cuts if "−" in target_label(target)] == []


UNITS = [
    Unit(unit="吨", si_unit="t", factor=1, source=""),
    Unit(unit="万吨", si_unit="t", factor=10_000, source=""),
    Unit(unit="%", si_unit="1", factor=0.01, source=""),
    Unit(unit="‰", si_unit="1", factor=0.001, source=""),
    Unit(unit="家", si_unit="1", factor=1, source=""),
    Unit(unit="个百分点", si_unit="percentage point", factor=1, source=""),
]


@pytest.mark.parametrize(
    ("unit", "wanted", "number"),
    [("万吨", "吨", 50_000.0), ("吨", "万吨", 0.0005), ("‰", "%", 0.5), ("%", "个百分点", None), ("家", "%", None)],
)
def test_goals_of_one_indicator_stand_on_one_scale(atlas: Atlas, unit: str, wanted: str, number: float | None) -> None:
    indicator = replace(atlas.indicator("cut_cod"), unit=wanted)
    target = replace(goal("化学需氧量重点工程减排量", 5), unit=unit)
    assert Scale(UNITS).number(target, indicator) == number
