"""Files become sheets; what is no table, locked, damaged or dangerous is refused in a sentence."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from geoapp.errors import TableTooLarge, UnreadableTable
from geoapp.owndata.reading.confined import OLE
from geoapp.owndata.reading.read import read_book
from geoapp.owndata.reading.sheet import MOST_BYTES, UNCALCULATED, cell_name

ROWS = "地区,数值\n城北区,1\n"


def workbook(rows: list[list[object]], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "能耗"
    for row in rows:
        sheet.append(row)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, part: str, change: bytes) -> bytes:
    """Return a package with one part put into it or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, change)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_of_chinese_offices(encoding: str) -> None:
    (sheet,) = read_book(ROWS.encode(encoding), "表.csv").sheets
    assert sheet.rows == (("地区", "数值"), ("城北区", "1"))


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_the_one_that_most_lines_agree_on(delimiter: str) -> None:
    text = delimiter.join(("地区", "数值，甲")) + "\n" + delimiter.join(("城北区", "1"))
    assert read_book(text.encode(), "a").sheets[0].rows[1] == ("城北区", "1")


def test_a_quoted_cell_keeps_its_commas_and_line_ends() -> None:
    (sheet,) = read_book('地区,数值\n"城北区\n（城区）","1,234"\n'.encode(), "a.csv").sheets
    assert sheet.rows[1] == ("城北区\n（城区）", "1,234")


def test_a_workbook_gives_numbers_percentages_and_what_has_no_result() -> None:
    data = workbook(
        [["地区", "占比", "数", "式"], ["城北区", 0.125, 3, "=1+1"], ["东河县", 0.3, 2.5, None]],
        {"B2": "0.0%", "B3": "General"},
    )
    (sheet,) = read_book(data, "a.xlsx").sheets
    assert (sheet.name, sheet.rows[1]) == ("能耗", ("城北区", "12.5%", 3, UNCALCULATED))
    assert sheet.rows[2][1:3] == (0.3, 2.5)


def test_a_text_that_only_holds_a_percent_sign_is_no_percent_format() -> None:
    data = workbook([["地区", "数"], ["城北区", 0.5]], {"B2": '0.0"% of all"'})
    assert read_book(data, "a.xlsx").sheets[0].rows[1][1] == 0.5


def test_an_error_of_the_sheet_is_kept_as_one() -> None:
    data = workbook([["地区", "数"], ["城北区", "#DIV/0!"]])
    assert b't="e"' in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert read_book(data, "a.xlsx").sheets[0].rows[1][1] == "#DIV/0!"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"   \n", "空的"),
        (b"%PDF-1.7 ...", "不是表格"),
        (b"\x89PNG\r\n", "不是表格"),
        ("<html><table><tr><td>地区</td></tr></table></html>".encode(), "其实是网页"),
        (b"PK\x03\x04 cut off", "损坏"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "损坏"),
        (b"\xd0\xcf\x11\xe0" + bytes(64) + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("地区,数值\n".encode() + b"\xff\xff\xff,1\n", "第 2 行"),
        ('地区,数值\n"城北区,1\n'.encode(), "引号"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableTable) as caught:
        read_book(data, "报表.xls")
    said = caught.value.wording.say("zh")
    assert said.startswith("报表.xls：")
    assert words in said


def test_too_many_bytes_rows_or_columns() -> None:
    for data, words in (
        (b"a" * (MOST_BYTES + 1), "最多 10 MB"),
        (("x,1\n" * 20_001).encode(), "20001 行，最多读 20000 行"),
        ((",".join("x" * 61) + "\n").encode(), "61 列，最多读 60 列"),
    ):
        with pytest.raises(TableTooLarge) as caught:
            read_book(data, "大表.csv")
        assert words in caught.value.wording.say("zh")


def test_a_bomb_is_not_opened() -> None:
    bomb = repacked(workbook([["a"]]), "xl/media/zeros.bin", bytes(201 * 2**20))
    assert len(bomb) < 2**20
    with pytest.raises(UnreadableTable, match="200 MB"):
        read_book(bomb, "a.xlsx")


def test_entities_are_refused_by_the_part_they_stand_in() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    with pytest.raises(UnreadableTable, match=r"xl/sharedStrings\.xml"):
        read_book(repacked(workbook([["a"]]), "xl/sharedStrings.xml", laughs), "a.xlsx")


def test_a_package_whose_parts_are_no_xml_is_damaged() -> None:
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        with pytest.raises(UnreadableTable) as caught:
            read_book(repacked(workbook([["a", 1]]), part, b"<x"), "坏.xlsx")
        assert "损坏" in caught.value.wording.say("zh"), part


def test_a_cell_at_the_far_corner_costs_no_memory_of_the_server() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "地区", 1
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(UnreadableTable) as caught:
        read_book(out.getvalue(), "远.xlsx")
    assert "很远的单元格" in caught.value.wording.say("zh")


def test_names_of_cells() -> None:
    assert [cell_name(5, column) for column in (0, 25, 26, 701, 702)] == ["A5", "Z5", "AA5", "ZZ5", "AAA5"]


TABLES = Path(__file__).resolve().parents[3] / "data" / "tables"


def test_what_wps_saves_in_the_old_format_of_excel_is_read_whatever_it_is_called() -> None:
    data = (TABLES / "25-老格式.xls").read_bytes()
    assert read_book(data, "表.et").sheets == read_book(data, "表.xls").sheets


@pytest.mark.parametrize("data", [OLE + b"\0" * 2000, b"\x01\x02ET\0\0\0" * 40])
def test_the_format_of_wps_itself_is_refused_with_the_way_out(data: bytes) -> None:
    with pytest.raises(UnreadableTable) as caught:
        read_book(data, "能耗.ET")
    assert (
        caught.value.wording.say("zh")
        == "能耗.ET：这一种 .et（WPS 自己的格式）读不出来；请在 WPS 里打开，另存为 .xlsx 再试"
    )
    assert "save it as .xlsx" in caught.value.wording.say("en")
