"""Files as offices hand them out: what layout did to a text is undone, what is in it stays."""

from pathlib import Path

import docx
import openpyxl
import pytest

from geoapp.drafting.reading.cleaning import tidy
from geoapp.drafting.reading.document import Grid, Paragraph
from geoapp.drafting.reading.read import join_tables, read_documents
from geoapp.errors import UnreadableDocument
from tests.data.drafts.documents import make


def paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of a document."""
    return [block.text for block in read_documents([path]).blocks if not block.rows]


def table(path: Path) -> list[list[str]]:
    """Return the first table of a document."""
    block = next(block for block in read_documents([path]).blocks if block.rows)
    return [[cell.text for cell in row] for row in block.rows]


def test_a_sentence_goes_on_over_a_page_and_its_number(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    text = "一、目标\n\n化学需氧量、氨氮重点工程\n\n- 12 -\n\n减排量分别达到 300 吨、5 吨，实\n现目标。\n\n"
    text += "第 3 页 共 9 页\n二、任务\n"
    path.write_bytes(text.encode("gb18030"))
    assert paragraphs(path) == ["一、目标", "化学需氧量、氨氮重点工程减排量分别达到300吨、5吨，实现目标。", "二、任务"]


def test_cells_between_tabs_and_cells_on_lines_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        "表1\n指标\t单位\t2025年\n工业\n秸秆\t%\t90\n正文。\n\t地  区\n\t基本\n目标\n\n\t全市\n\t-5\n", encoding="utf-8"
    )
    grids = [[[c.text for c in row] for row in b.rows] for b in read_documents([path]).blocks if b.rows]
    assert grids == [
        [["指标", "单位", "2025年"], ["工业", "", ""], ["秸秆", "%", "90"]],
        [["地区", "基本目标"], ["全市", "-5"]],
    ]


def test_radicals_that_fonts_print_become_the_characters() -> None:
    assert tidy("⾮化⽯能源　⽐ 重 ⻘海⻋") == "非化石能源比重青海车"


def test_word_s_own_numbers_merged_cells_and_deleted_words(tmp_path: Path) -> None:
    path = make("yulin", tmp_path)
    rows = table(path)
    assert rows[1][0] == rows[2][0] == "能源"
    document = docx.Document()
    document.add_paragraph("第一条", style="List Number")
    document.add_paragraph("第二条", style="List Number")
    document.save(str(tmp_path / "numbered.docx"))
    assert paragraphs(tmp_path / "numbered.docx") == ["1. 第一条", "2. 第二条"] or paragraphs(
        tmp_path / "numbered.docx"
    ) == ["1.第一条", "2.第二条"]


def test_a_page_of_a_site_is_its_article(tmp_path: Path) -> None:
    found = paragraphs(make("linze", tmp_path))
    assert found[0].startswith("临泽县人民政府关于")
    assert not [text for text in found if "首页" in text or "版权所有" in text or "浏览次数" in text]


def test_a_pdf_loses_its_running_head_and_keeps_its_tables(tmp_path: Path) -> None:
    path = make("qinghai", tmp_path)
    document = read_documents([path])
    assert document.blocks[0].text == "青海省“十五五”节能降碳规划"
    assert sum(block.text == "青海省“十五五”节能降碳规划" for block in document.blocks) == 1
    assert not [block for block in document.blocks if "页" in block.text and len(block.text) < 8]
    assert table(path)[:2] == [["地区", *["单位GDP能耗下降率（%）"] * 2], ["地区", "基本目标", "激励目标"]]
    assert document.blocks[-1].page == max(block.page or 0 for block in document.blocks) > 1


def test_a_table_over_two_pages_is_one() -> None:
    head = ("指标", "值")
    parts = [Grid((head, ("甲", "1")), 1), Grid((head, ("乙", "2")), 2), Paragraph("后文。", 2)]
    assert list(join_tables(parts)) == [Grid((head, ("甲", "1"), ("乙", "2")), 1), parts[2]]


def test_a_workbook_s_sheets_are_tables_under_their_titles(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "附件1"
    for row in (["目标分解表", None], ["地区", "降幅（%）"], ["神木市", -18.5]):
        sheet.append(row)
    book.save(tmp_path / "annex.xlsx")
    assert paragraphs(tmp_path / "annex.xlsx") == ["附件1", "目标分解表"]
    assert table(tmp_path / "annex.xlsx") == [["地区", "降幅（%）"], ["神木市", "-18.5"]]


def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    for name, content, words in (
        ("a.docx", b"not a zip", "not a Word document"),
        ("b.pdf", b"%PDF-broken", "not a readable PDF"),
        ("c.txt", b"", "holds no text"),
        ("d.csv", b"x", "no known kind of document"),
        ("e.xlsx", b"PK", "not an Excel workbook"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UnreadableDocument, match=words):
            read_documents([tmp_path / name])
