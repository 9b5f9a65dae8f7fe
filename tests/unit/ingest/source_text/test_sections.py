"""A source text is cut at its headings, whatever the scan did to it."""

import pytest

from geoapp.ingest.source_text.sections import Document, fold

TEXT = """关于印发的通知
一、发展基础..... - 1 -
(二)目标..... - 2 -
一、发展基础
（一） 发展现状
2020年为674.38万吨。
1. 机制
完善机制。
2. 结构
比例为 ７３ ％ 左
右，见表1。
表 1 分品种情况（万吨）
类型\t2015\t2016
煤炭\t489.6\t453.9
工业\t\t
石油\t83.6\t141.3

此后为正文，占 16%。
（二）面临形势
形势。
专栏1 重点项目
1. 锅炉。节能 2 万吨。
2. 电机。
二、目标
总体要求 12%。
附件：1.某目标
附件1
“十四五”目标
\t地     区
\t目标（%）

\t全  市
\t-16.5
\t-18.7\x20

\t鄂托克旗
\t-26
\t/
附件3
\t序号
\t指标

\t3
\t绿色园区
\t5

\t31
\t清洁取暖
\t80
"""


@pytest.fixture(scope="module")
def document() -> Document:
    return Document(TEXT)


@pytest.mark.parametrize(
    ("path", "begins", "ends"),
    [
        ("一", "一、发展基础(一)发展现状", "2.电机。"),
        ("一(一)", "(一)发展现状2020年为674.38万吨。", "此后为正文,占16%。"),
        ("一(一)1", "1.机制完善机制。", "完善机制。"),
        ("一(一)2", "2.结构比例为73%左右,见表1。", "此后为正文,占16%。"),
        ("一(二)", "(二)面临形势形势。", "2.电机。"),
        ("一(二) 专栏1", "专栏1重点项目", "2.电机。"),
        ("二", "二、目标总体要求12%。", "附件:1.某目标"),
    ],
)
def test_a_path_leads_to_its_part(document: Document, path: str, begins: str, ends: str) -> None:
    passage = document.passage(path)
    assert passage is not None
    assert passage.text.startswith(begins)
    assert passage.text.endswith(ends)


def test_a_table_has_rows_and_ends_at_the_prose(document: Document) -> None:
    passage = document.passage("一(一)2 表1")
    assert passage is not None
    assert passage.rows == (
        ("类型", "2015", "2016"),
        ("煤炭", "489.6", "453.9"),
        ("工业", "", ""),
        ("石油", "83.6", "141.3"),
    )
    assert "正文" not in passage.text


def test_cells_on_lines_of_their_own_are_one_row(document: Document) -> None:
    passage = document.passage("附件1")
    assert passage is not None
    assert passage.rows == (("地区", "目标(%)"), ("全市", "-16.5", "-18.7"), ("鄂托克旗", "-26", "/"))


def test_a_numbered_row_is_a_passage(document: Document) -> None:
    passage = document.passage("附件3 #31")
    assert passage is not None
    assert passage.rows == (("31", "清洁取暖", "80"),)


@pytest.mark.parametrize("path", ["三", "一(三)", "一(一)4", "一(二) 专栏2", "附件2", "附件3 #4", "第一章", ""])
def test_a_heading_that_is_not_there(document: Document, path: str) -> None:
    assert document.passage(path) is None


def test_fold_forgets_width_and_space() -> None:
    assert fold(" Ⅱ类　（１００ ％）\n") == "II类(100%)"
