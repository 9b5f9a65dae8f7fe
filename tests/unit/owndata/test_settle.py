"""What a reader decides: one row of a region counts, a row may be left out, a wrong wish changes nothing."""

import pytest

from geoapp.errors import UnreadableTable
from geoapp.owndata.matching.names import NameIndex
from geoapp.owndata.reading.read import read_book
from geoapp.owndata.settle import Decisions, read_decisions, settle
from geoapp.owndata.table import Table
from geoapp.owndata.understand import Understanding
from tests.data.world import World
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE

TEXT = "地区,数,量（万吨）\n城北区,1,5\n城中区,2,-6\n东何县,3,7\n城北区,4,8\n东河县,5,9\n"


@pytest.fixture(scope="module")
def table(world: World) -> Table:
    return Understanding(NameIndex(world.gazetteer)).table(read_book(TEXT.encode(), "表.csv"))


def rows(table: Table) -> list[tuple[str, str, str]]:
    return [(row.status, row.how, row.adcode) for row in table.rows]


def test_of_two_rows_of_a_region_the_chosen_one_counts(world: World, table: Table) -> None:
    settled = settle(table, Decisions(rows={5: CHENGBEI}), world.gazetteer)
    assert rows(settled)[0] == ("ignored", "other_row", "")
    assert rows(settled)[3] == ("matched", "settled", CHENGBEI)
    other = settle(settled, Decisions(rows={2: CHENGBEI}), world.gazetteer)
    assert [row.status for row in other.rows if row.name == "城北区"] == ["matched", "ambiguous"]


def test_a_row_settled_to_anothers_region_opens_that_one_again(world: World, table: Table) -> None:
    settled = settle(table, Decisions(rows={4: DONGHE}), world.gazetteer)
    assert rows(settled)[2] == ("matched", "settled", DONGHE)
    assert rows(settled)[4] == ("ambiguous", "repeated", "")
    assert settled.rows[4].candidates == (DONGHE,)


def test_a_row_is_left_out(world: World, table: Table) -> None:
    settled = settle(table, Decisions(rows={3: None}), world.gazetteer)
    assert rows(settled)[1] == ("ignored", "left_out", "")


def test_an_old_code_is_todays(world: World, table: Table) -> None:
    assert settle(table, Decisions(rows={4: "910299"}), world.gazetteer).rows[2].adcode == "910221"


@pytest.mark.parametrize(
    ("decisions", "words"),
    [
        (Decisions(rows={1: CHENGZHONG}), "没有第 1 行"),
        (Decisions(rows={3: "100000"}), "不是行政区代码"),
        (Decisions(columns={"c3": {"draw": "symbol"}}), "第 3 行是负数（-6）"),
        (Decisions(columns={"c2": {"year": 25}}), "四位数字"),
        (Decisions(columns={"c2": {"colour": "red"}}), "可改 draw"),
        (Decisions(columns={"c1": {"draw": "fill"}}), "不是数值列"),
    ],
)
def test_what_cannot_be(world: World, table: Table, decisions: Decisions, words: str) -> None:
    with pytest.raises(UnreadableTable) as caught:
        settle(table, decisions, world.gazetteer)
    assert words in caught.value.wording.say("zh")


def test_columns_as_the_reader_wants_them(world: World, table: Table) -> None:
    wishes = {"c2": {"draw": "symbol", "unit": "个", "year": 2025, "title": "项目数"}}
    column = settle(table, Decisions(columns=wishes), world.gazetteer).column("c2")
    assert column is not None
    assert (column.draw, column.unit, column.year, column.title, column.settled) == (
        "symbol",
        "个",
        2025,
        "项目数",
        True,
    )


def test_both_ways_to_write_rows() -> None:
    listed = read_decisions({"rows": [{"row": 7, "adcode": "110105"}, {"row": 8, "status": "ignored", "adcode": ""}]})
    assert listed.rows == {7: "110105", 8: None}
    assert read_decisions({"rows": {"7": "110105", "8": None}}).rows == listed.rows
    assert read_decisions([{"row": 7, "adcode": 110105}]).rows == {7: "110105"}
    assert read_decisions({"row": 7, "adcode": None}).rows == {7: None}
