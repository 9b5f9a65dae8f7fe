"""Tables of projects: each line is one work, in the division its column or its name says, and none of it a goal."""

import pytest

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.drafting.drafting import Draft, draft
from geoapp.drafting.language.terms import TermBook
from geoapp.drafting.reading.document import Grid, Paragraph, assemble
from tests.unit.drafting.conftest import said

HEAD = (Paragraph("榆林市“十四五”节能减排方案"), Paragraph("一、重点项目"))
COLUMNS = ("name", "name_in_source", "type", "capacity", "capacity_unit", "status")


@pytest.fixture
def made(gazetteer: Gazetteer, book: TermBook) -> Draft:
    grid = Grid(
        (
            ("序号", "项目 名称", "建设地点", "建设内容及规模", "总投资（万元）", "建设性质"),
            ("一、新能源", "一、新能源", "一、新能源", "一、新能源", "一、新能源", "一、新能源"),
            ("1", "毛乌素风电场", "靖边县", "装机300MW", "65000", "新建"),
            ("2", "神木市热电厂供热管网改造", "", "改造管网18公里", "8200", "改造"),
            ("3", "焦化厂余热发电", "全市", "2×30MW", "32000", "续建"),
            ("合计", "合计", "", "", "105200", ""),
        )
    )
    return draft(assemble(["x"], (*HEAD, grid, Paragraph("到2025年底前全部建成。"))), gazetteer, book)


def test_each_line_is_a_project_where_its_column_or_its_name_says(made: Draft) -> None:
    assert said(made, "projects", *COLUMNS) == [
        ("毛乌素风电场", "靖边县", "wind_solar_base", "300", "MW", "planned"),
        ("神木市热电厂供热管网改造", "神木市", "heating", "", "", "renovating"),
        ("焦化厂余热发电", "全市", "heating", "60", "MW", "building"),
    ]
    assert ["capacity_multiplied" in row.caveats for row in made.rows] == [False, False, True]


def test_no_number_of_such_a_table_is_a_goal(made: Draft) -> None:
    assert said(made, "targets", "name_in_source", "value") == []


def test_a_table_of_indicators_is_none_of_projects(gazetteer: Gazetteer, book: TermBook) -> None:
    grid = Grid((("项目", "单位", "2025年"), ("单位GDP能耗降低", "%", "15")))
    found = draft(assemble(["x"], (*HEAD, grid)), gazetteer, book)
    assert said(found, "targets", "indicator", "value") == [("ei_gdp_cut", "15")]
    assert said(found, "projects", "name") == []
