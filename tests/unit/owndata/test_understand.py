"""Tables as they are made: where the header is, what the columns are, which region each row is."""

import pytest

from geoapp.errors import UnreadableTable
from geoapp.owndata.matching.names import NameIndex
from geoapp.owndata.reading.read import read_book
from geoapp.owndata.table import Table
from geoapp.owndata.understand import Understanding
from tests.data.world import World
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIADONG, XIHE


@pytest.fixture(scope="module")
def understanding(world: World) -> Understanding:
    return Understanding(NameIndex(world.gazetteer))


def read(understanding: Understanding, text: str, name: str = "表.csv") -> Table:
    return understanding.table(read_book(text.encode(), name))


def columns(table: Table) -> list[tuple[str, str, str, int | None]]:
    return [(each.title, each.kind, each.unit, each.year) for each in table.columns]


def statuses(table: Table) -> list[tuple[str, str, str]]:
    return [(row.name, row.status, row.how) for row in table.rows]


def test_titles_two_storeys_notes_totals(understanding: Understanding) -> None:
    table = read(
        understanding,
        "甲东市各县区能耗,,,,\n,,,单位：万吨,\n地区,能耗总量,,占比（%）,\n,2024年,2025年,2024年,2025年\n"
        '城北区,"1,234",—,１２．５％,13\n东河县,5,约30,7,8\n西河县,6,7,8,9\n合计,11,7,8,9\n注：来自统计局,,,,\n',
    )
    assert (table.header, table.titles) == ((3, 4), ("甲东市各县区能耗", "单位：万吨"))
    assert table.notes == ("注：来自统计局",)
    assert columns(table) == [
        ("地区", "region", "", None),
        ("能耗总量", "number", "万吨", 2024),
        ("能耗总量", "number", "万吨", 2025),
        ("占比", "number", "%", 2024),
        ("占比", "number", "%", 2025),
    ]
    assert [each.draw for each in table.indicators] == ["symbol", "symbol", "fill", "fill"]
    assert table.numbers["c2"] == (1234.0, 5.0, 6.0, 11.0)
    assert table.numbers["c3"] == (None, None, 7.0, 7.0)
    assert [(fault.cell, fault.text) for fault in table.faults] == [("C6", "约30")]
    assert statuses(table) == [
        ("城北区", "matched", "official"),
        ("东河县", "matched", "official"),
        ("西河县", "matched", "official"),
        ("合计", "ignored", "total"),
    ]


def test_a_typing_error_in_the_first_row_is_still_a_row(understanding: Understanding) -> None:
    table = read(understanding, "地区,数\n城化区,1.5\n东河县,2\n")
    assert table.header == (1, 1)
    assert [row.status for row in table.rows] == ["unmatched", "matched"]
    assert CHENGBEI in table.rows[0].candidates


def test_a_name_of_several_is_left_to_the_reader_those_nearby_first(understanding: Understanding) -> None:
    table = read(understanding, "地区,数\n城中区,1\n东河县,2\n城北区,3\n")
    assert table.rows[0].status == "ambiguous"
    assert table.rows[0].candidates == (CHENGZHONG, "910202", "920101")
    assert table.counts == {"matched": 2, "ambiguous": 1, "unmatched": 0, "ignored": 0}


def test_the_title_says_which_one_is_meant(understanding: Understanding) -> None:
    table = read(understanding, "甲东市各县区数,\n地区,数\n城中区,1\n东河县,2\n")
    assert (table.rows[0].adcode, table.rows[0].how) == (CHENGZHONG, "title")


def test_columns_of_province_prefecture_and_county(understanding: Understanding) -> None:
    table = read(
        understanding,
        "省,市,县,数\n甲省,甲东市,城中区,1\n,,东河县,2\n,甲西地区,城中区,3\n乙市,市辖区,城中区,4\n乙市,,城北区,5\n",
    )
    assert [row.adcode for row in table.rows] == [CHENGZHONG, DONGHE, "910202", "920101", ""]
    assert (table.rows[4].status, table.rows[4].how, table.rows[4].candidates) == (
        "ambiguous",
        "elsewhere",
        (CHENGBEI,),
    )


def test_codes_win_over_names_unless_they_disagree(understanding: Understanding) -> None:
    table = read(understanding, "代码,名称,数\n910102.0,城北区,1\n910299,旧河县,2\n910121,城北区,3\n")
    assert [(row.adcode, row.how) for row in table.rows[:2]] == [(CHENGBEI, "adcode"), (XIHE, "old_code")]
    assert (table.rows[2].status, table.rows[2].how) == ("ambiguous", "code_and_name")
    assert set(table.rows[2].candidates) == {CHENGBEI, DONGHE}


def test_rows_of_one_region_are_left_to_the_reader(understanding: Understanding) -> None:
    table = read(understanding, "地区,数\n城北区,1\n东河县,2\n城北区,3\n")
    assert [(row.status, row.how) for row in table.rows] == [
        ("ambiguous", "repeated"),
        ("matched", "official"),
        ("ambiguous", "repeated"),
    ]


def test_rows_with_years_become_columns_with_years(understanding: Understanding) -> None:
    table = read(understanding, "地区,年份,强度\n城北区,2021,1\n城北区,2022,2\n东河县,2021,3\n东河县,2022,x\n")
    assert [(each.id, each.year) for each in table.indicators] == [("c3-2021", 2021), ("c3-2022", 2022)]
    assert {row.status for row in table.rows} == {"matched"}
    assert [(fault.column, fault.cell) for fault in table.faults] == [("c3-2022", "C5")]


def test_headers_that_are_years_only_are_called_like_the_table(understanding: Understanding) -> None:
    table = read(understanding, "各地用电量,,\n地区,2021,2022\n城北区,1,2\n东河县,3,4\n")
    assert [(each.title, each.year) for each in table.indicators] == [("各地用电量", 2021), ("各地用电量", 2022)]


def test_another_unit_behind_a_number_stops_its_cell_only(understanding: Understanding) -> None:
    table = read(understanding, "地区,能耗（万吨）\n城北区,5\n东河县,7吨\n西河县,8\n")
    assert table.numbers["c2"] == (5.0, None, 8.0)
    assert [(fault.cell, fault.text) for fault in table.faults] == [("B3", "7吨")]


def test_numbers_below_zero_are_never_proposed_as_circles(understanding: Understanding) -> None:
    (column,) = read(understanding, "地区,增加量（万吨）\n城北区,-5\n东河县,7\n").indicators
    assert column.draw == "fill"


def test_without_regions_the_first_cell_is_named(understanding: Understanding) -> None:
    with pytest.raises(UnreadableTable) as caught:
        read(understanding, "名目,数\n甲,1\n", "不对.csv")
    assert caught.value.wording.say("zh").startswith(
        "不对.csv：没有一列写的是行政区名称或代码；第一个有内容的单元格 A1 是“名目”"
    )


def test_a_column_that_is_headed_as_regions_is_one_even_if_no_name_is_known(understanding: Understanding) -> None:
    table = read(understanding, "旗县,数\n某某旗,1\n某某县,2\n")
    assert [row.status for row in table.rows] == ["unmatched", "unmatched"]
    with pytest.raises(UnreadableTable):
        read(understanding, "名称,数\n某某项目,1\n某某工程,2\n")


def test_a_prefecture_of_its_own_row(understanding: Understanding) -> None:
    table = read(understanding, "市,数\n甲东市,1\n甲西地区,2\n")
    assert [row.adcode for row in table.rows] == [JIADONG, "910200"]


def test_a_column_of_lost_results_and_errors_is_one_of_numbers_and_each_cell_is_named(
    understanding: Understanding,
) -> None:
    table = read(understanding, "地区,数\n城北区,#公式未计算\n东河县,#DIV/0!\n西河县,3\n")
    assert columns(table)[1][1] == "number"
    assert [(fault.cell, fault.text) for fault in table.faults] == [("B2", "#公式未计算"), ("B3", "#DIV/0!")]
    assert table.numbers["c2"] == (None, None, 3.0)


def test_a_column_of_words_stays_one(understanding: Understanding) -> None:
    assert columns(read(understanding, "地区,负责人\n城北区,甲\n东河县,#DIV/0!\n西河县,乙\n"))[1][1] == "text"
