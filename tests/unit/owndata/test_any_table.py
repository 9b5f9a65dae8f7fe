"""Whatever is uploaded: a table whose parts agree, or a sentence; never another error, never a row without an end."""

from collections.abc import Callable
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from geoapp.errors import UnreadableTable
from geoapp.owndata.matching.names import NameIndex
from geoapp.owndata.reading.read import read_book
from geoapp.owndata.reading.sheet import Book, Cell, Sheet
from geoapp.owndata.table import STATUSES
from geoapp.owndata.table_file import from_bytes, to_bytes
from geoapp.owndata.understand import Understanding
from tests.data.world import build_world

INDEX = NameIndex(build_world().gazetteer)
UNDERSTANDING = Understanding(INDEX)
WORDS = (
    "城北区",
    "东河县",
    "城中区",
    "甲东市",
    "甲省",
    "合计",
    "其中：城北区",
    "地区",
    "代码",
    "年份",
    "数（万吨）",
    "单位：%",
    "注：某",
)
Made = TypeVar("Made")
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.sampled_from(
        (910102, 910102.0, "910121", 2021, "2022年", "—", "约3", "1,234", "12.5%", "#DIV/0!", True, "（%）")
    ),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(max_size=6),
)


def or_sentence(make: Callable[[], Made]) -> Made | str:
    """Return what is made, or the sentence that says why it is not."""
    try:
        return make()
    except UnreadableTable as fault:
        return fault.wording.say("zh")


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = draw(st.integers(1, 5))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width).map(tuple), max_size=8).map(tuple))
    return Sheet(name=draw(st.sampled_from(("", "数据"))), rows=rows)


@given(sheets())
def test_any_cells(sheet: Sheet) -> None:
    table = or_sentence(lambda: UNDERSTANDING.table(Book(name="表.xlsx", sheets=(sheet,))))
    if isinstance(table, str):
        assert table.startswith("表.xlsx")
        return
    assert len(table.rows) == len(table.cells)
    assert all(len(numbers) == len(table.rows) for numbers in table.numbers.values())
    assert set(table.numbers) == {column.id for column in table.indicators}
    assert sum(table.counts.values()) == len(table.rows)
    for row in table.rows:
        assert row.status in STATUSES
        assert bool(row.adcode) == (row.status == "matched")
        assert row.adcode == "" or row.adcode in INDEX.gazetteer
        assert all(code in INDEX.gazetteer for code in row.candidates)
        assert row.status != "ambiguous" or row.candidates
    matched = [(row.adcode, row.year) for row in table.rows if row.adcode]
    assert len(matched) == len(set(matched))
    assert from_bytes(to_bytes(table)) == table


@given(st.one_of(st.binary(max_size=200), st.text(max_size=80).map(str.encode)))
def test_any_bytes(data: bytes) -> None:
    book = or_sentence(lambda: read_book(data, "a.csv"))
    if isinstance(book, str):
        assert book.startswith("a.csv")
        return
    assert all(len(row) == len(book.sheets[0].rows[0]) for row in book.sheets[0].rows)
