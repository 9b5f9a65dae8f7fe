"""Tables: a line for each indicator, a line for each division, grades, dashes, changes."""

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.drafting.drafting import draft
from geoapp.drafting.language.terms import TermBook
from geoapp.drafting.reading.document import Grid, Paragraph, assemble
from tests.unit.drafting.conftest import said

HEAD = (Paragraph("榆林市“十四五”节能减排方案"), Paragraph("一、主要目标"))


def test_divisions_and_tiers(gazetteer: Gazetteer, book: TermBook) -> None:
    grid = Grid(
        (
            ("地区", "能耗强度降低（%）", "能耗强度降低（%）"),
            ("地区", "基本目标", "激励目标"),
            ("全市", "-14.5", "-16"),
            ("神木市", "-18", "-20.4"),
            ("佳县", "0", "/"),
        )
    )
    made = draft(assemble(["x"], (*HEAD, grid)), gazetteer, book)
    assert said(made, "targets", "name_in_source", "value", "value_text", "tier", "direction") == [
        ("全市", "14.5", "-14.5", "basic", "reduce"), ("全市", "16", "-16", "incentive", "reduce"),
        ("神木市", "18", "-18", "basic", "reduce"), ("神木市", "20.4", "-20.4", "incentive", "reduce"),
        ("佳县", "0", "0", "basic", "reduce"), ("佳县", "", "/", "incentive", "reduce"),
    ]  # fmt: skip
    assert ["none_set" in row.caveats for row in made.rows] == [False] * 5 + [True]


def test_indicators_with_years_changes_and_natures(gazetteer: Gazetteer, book: TermBook) -> None:
    grid = Grid(
        (
            ("指标", "单位", "2020年", "2025年", "变化幅度", "属性"),
            ("工业", "", "", "", "", ""),
            ("水泥熟料单位产品综合能耗", "千克标准煤/吨", "112", "≤104", "[-7%]", "约束性"),
            ("黄河干流水质", "-", "—", "Ⅱ类", "", "约束性"),
            ("每万人拥有公交车", "标台", "8", "10", "", "预期性"),
        )
    )
    made = draft(assemble(["x"], (*HEAD, grid)), gazetteer, book)
    assert said(made, "statistics", "indicator", "year", "value")[0] == ("uec_clinker", "2020", "112")
    assert said(made, "targets", "indicator", "value", "unit", "comparator", "nature")[:3] == [
        ("uec_clinker", "104", "千克标准煤/吨", "le", "binding"),
        ("uec_clinker_change", "-7", "%", "eq", "binding"),
        ("river_grade", "", "类", "eq", "binding"),
    ]
    assert [each.title_zh for each in made.proposals] == ["每万人拥有公交车"]
