"""Sentences as offices write them, and the rows that a careful person reads from them (docs/data.md, section 4)."""

import pytest

from tests.unit.drafting.conftest import Drafting, said

GOAL = ("indicator", "value", "value_text", "comparator", "direction", "target_year")


@pytest.mark.parametrize(
    ("sentence", "goals"),
    [
        (
            "到2025年，全市单位地区生产总值能耗比2020年下降15%，力争下降17%。",
            [("ei_gdp_cut", "15", "basic", "2020"), ("ei_gdp_cut", "17", "incentive", "2020")],
        ),
        (
            "到2025年，单位地区生产总值能耗比2020年累计下降12%，“十四五”期间年均下降2.52%。",
            [("ei_gdp_cut", "12", "", "2020"), ("ei_gdp_cut_annual", "2.52", "", "2020")],
        ),
        ("到2025年，溶剂型工业涂料、油墨使用比例分别降低20个百分点、10个百分点。",
         [("solvent_paint_cut", "20", "", "2020"), ("solvent_ink_cut", "10", "", "2020")]),
        ("到2025年，主要农作物化肥、农药利用率均达到43%以上。",
         [("fert_efficiency", "43", "", ""), ("pesticide_efficiency", "43", "", "")]),
        ("到2025年，80%以上的县级及以上机关建成节约型机关。", [("saving_offices", "80", "", "")]),
        ("到2025年，城区清洁取暖率达到98%，县城达到85%以上。",
         [("clean_heat_urban", "98", "", ""), ("clean_heat_county", "85", "", "")]),
        ("到2025年，一般工业固废综合利用率达到百分之七十五。", [("solid_waste_use", "75", "", "")]),
        ("到2025年，建成2—3个节能环保示范园区。", [("demo_parks", "2", "", "")]),
    ],
)  # fmt: skip
def test_values_and_what_they_measure(drafted: Drafting, sentence: str, goals: list[tuple[str, ...]]) -> None:
    assert said(drafted(sentence), "targets", "indicator", "value", "tier", "base_year") == goals


@pytest.mark.parametrize(
    ("printed", "comparator", "direction"),
    [
        ("达到15%", "eq", "reach"),
        ("达到15%以上", "ge", "at_least"),
        ("不低于15%", "ge", "at_least"),
        ("控制在15%以内", "le", "at_most"),
        ("突破15%", "gt", "at_least"),
        ("达到15%左右", "approx", "reach"),
    ],
)
def test_qualifiers_become_comparators(drafted: Drafting, printed: str, comparator: str, direction: str) -> None:
    made = drafted(f"到2025年，非化石能源占能源消费总量比重{printed}。")
    assert said(made, "targets", "comparator", "direction") == [(comparator, direction)]


def test_thresholds_standards_dates_and_numbers_of_documents_are_no_goals(drafted: Drafting) -> None:
    made = drafted(
        "根据《某某方案》（陕政发〔2022〕30号）要求，65蒸吨/小时及以上燃煤锅炉改造于2023年6月底前启动，"
        "新建居住建筑执行75%节能标准，年综合能源消费量5万吨标准煤以上的企业开展审计。"
    )
    assert said(made, "targets", "indicator", "value") == []


def test_regions_of_a_list_have_a_row_each_and_the_next_clause_is_the_whole_again(drafted: Drafting) -> None:
    made = drafted("到2025年，神木市、府谷县单位地区生产总值能耗分别比2020年下降11%；秸秆综合利用率达到90%。")
    assert said(made, "targets", "name_in_source", "indicator") == [
        ("神木市", "ei_gdp_cut"), ("府谷县", "ei_gdp_cut"), ("全市", "straw_use"),
    ]  # fmt: skip


def test_all_is_a_hundred_and_words_have_no_value(drafted: Drafting) -> None:
    made = drafted("到2025年，城镇新建建筑全面执行绿色建筑标准，节能减排政策机制更加健全。")
    assert said(made, "targets", "indicator", "value", "caveats") == [
        ("green_building_new", "100", "worded_as_all"),
        ("saving_mechanism", "", "verbal"),
    ]


def test_what_has_been_reached_is_a_statistic(drafted: Drafting) -> None:
    made = drafted("2020年，全社会用电量达到412亿千瓦时。", section="一、工作基础")
    assert said(made, "targets", "indicator") == []
    assert said(made, "statistics", "indicator", "year", "value") == [("elec_use", "2020", "412")]


def test_an_unknown_indicator_is_proposed_and_never_matched_wrongly(drafted: Drafting) -> None:
    made = drafted("到2025年，秸秆综合利用率达到90%，农膜回收率达到86%。")
    (known,), (proposed,) = said(made, "targets", "indicator")
    assert known == "straw_use"
    assert [(each.id, each.title_zh, each.unit, each.kind) for each in made.proposals] == [
        (proposed, "农膜回收率", "%", "share")
    ]
    assert any("农膜回收率" in sentence for row in made.rows for sentence in row.open)


def test_a_year_holds_for_the_list_below_it(drafted: Drafting) -> None:
    made = drafted("到2024年，实现以下目标：\n\n——秸秆综合利用率达到90%。\n\n——粪污综合利用率达到80%。")
    assert said(made, "targets", "indicator", "target_year") == [("straw_use", "2024"), ("manure_use", "2024")]


def test_evidence_is_the_very_characters(drafted: Drafting) -> None:
    made = drafted("到2025年，秸秆综合利用率稳定在 90%以上。")
    row = made.rows[0]
    assert made.document.text[row.start : row.end] == row.fields["value_text"] == "90%以上"


@pytest.mark.parametrize(
    ("sentence", "goals"),
    [
        (
            "到2025年，神木市、佳县、靖边县单位GDP能耗分别下降13.5%、14%和12%。",
            [("神木市", "13.5"), ("佳县", "14"), ("靖边县", "12")],
        ),
        (
            "2025年神木市和佳县单位GDP能耗比2020年分别下降13%、14%以上。",
            [("神木市", "13"), ("佳县", "14")],
        ),
        ("到2025年，神木市、佳县单位GDP能耗均下降13%。", [("神木市", "13"), ("佳县", "13")]),
    ],
)
def test_divisions_in_a_list_have_one_figure_each(
    drafted: Drafting, sentence: str, goals: list[tuple[str, str]]
) -> None:
    made = drafted(sentence)
    assert said(made, "targets", "name_in_source", "value") == goals
    assert {row.fields["indicator"] for row in made.rows} == {"ei_gdp_cut"}
