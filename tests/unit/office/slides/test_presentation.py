"""Slides: native titles, text and tables, in Chinese faces, within their edges, the same bytes every time."""

import io
from urllib.parse import parse_qsl

import pptx
import pytest
from pptx.oxml.ns import qn
from pptx.util import Mm

from geoapp.files.archive import unzip
from geoapp.office.content import NOTHING
from geoapp.office.maps import Imprint


@pytest.fixture(scope="module")
def write(atlas):
    """Write slides; return their bytes."""

    def make(query, **imprint):
        asked = atlas.briefings.read(parse_qsl(query, keep_blank_values=True))
        return atlas.briefing(asked, "pptx", Imprint(**imprint))

    return make


@pytest.fixture(scope="module")
def tacheng(write):
    return write("region=654200")


def opened(data):
    return pptx.Presentation(io.BytesIO(data))


def text_of(slide):
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def tables(deck):
    return [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]


def test_slides_are_wide_and_titled(tacheng):
    deck = opened(tacheng)
    assert (deck.slide_width, deck.slide_height) == (Mm(338.667), Mm(190.5))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == ["塔城地区“十四五”单位GDP能耗累计降低率"] * (len(titles) - 1) + ["资料来源与说明"]


def test_the_map_slide_says_what_is_seen(tacheng):
    first = opened(tacheng).slides[0]
    (picture,) = [
        shape for shape in first.shapes if shape.shape_type is not None and "PICTURE" in str(shape.shape_type)
    ]
    alt = picture._element.nvPicPr.cNvPr.get("descr")
    assert alt.startswith("地图：塔城地区“十四五”单位GDP能耗累计降低率")
    assert "塔城市、乌苏市、沙湾市、额敏县、托里县、裕民县等7个没有公布本级目标" in text_of(first)
    assert "内部工作底稿　资料来源：塔城“十四五”节能规划（塔地发改基础〔2023〕17号）" in text_of(first)


def test_both_formats_tell_the_same_rows(tacheng, assemble):
    (chapter,) = assemble("region=654200").chapters
    told = [tuple(cell.text for cell in row.cells) for table in tables(opened(tacheng)) for row in table.rows]
    heads = [tuple(column.head for column in table.columns) for table in chapter.tables]
    assert [row for row in told if row not in heads] == [row for table in chapter.tables for row in table.rows]
    assert len(chapter.tables) == 3


def test_nothing_leaves_the_slide(tacheng):
    deck = opened(tacheng)
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
            if shape.has_table:
                assert shape.top + sum(row.height for row in shape.table.rows) <= Mm(178)


def test_every_run_names_a_chinese_face_and_its_language(tacheng):
    runs = 0
    for name, data in unzip(tacheng).items():
        if name.startswith("ppt/slides/slide"):
            root = pptx.oxml.parse_xml(data)
            for run in root.iter(qn("a:r")):
                look = run.find(qn("a:rPr"))
                assert look.find(qn("a:ea")).get("typeface") == "微软雅黑"
                assert look.get("lang") == "zh-CN"
                runs += 1
    assert runs > 300
    theme = unzip(tacheng)["ppt/theme/theme1.xml"].decode()
    assert theme.count('<a:ea typeface="微软雅黑"/>') == 2


def test_numbers_stand_right_and_heads_in_the_middle(write):
    table = tables(opened(write("region=150600&layers=none")))[0]
    aligns = [[cell.text_frame.paragraphs[0].alignment for cell in table.rows[row].cells][:3] for row in (0, 1)]
    assert [[int(each) for each in row] for row in aligns] == [[2, 2, 2], [1, 3, 3]]


def test_the_same_slides_have_the_same_bytes(tacheng, write):
    assert write("region=654200") == tacheng


def test_several_views_begin_with_a_cover(write):
    deck = opened(write("title=两地&views=region%3D640200%26layers%3Dnone&views=region%3D620600%26layers%3Dnone"))
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == [
        "两地",
        "石嘴山市“十四五”单位GDP能耗累计降低率",
        "石嘴山市“十四五”单位GDP能耗累计降低率",
        "武威市“十四五”单位GDP能耗累计降低率",
        "武威市“十四五”单位GDP能耗累计降低率",
        "资料来源与说明",
    ]
    assert "内部工作底稿" in text_of(deck.slides[0])


def test_findings_without_room_go_on_the_next_slide(write, monkeypatch):
    monkeypatch.setattr("geoapp.office.assemble.findings", lambda *_: tuple(f"第{n}句。" * 30 for n in range(30)))
    deck = opened(write("region=640200&layers=none"))
    wording = "".join(text_of(slide) for slide in deck.slides)
    assert all(f"第{n}句。" in wording for n in range(30))
    assert "主要情况（续）" in text_of(deck.slides[1])


def test_a_long_title_is_set_smaller(write):
    title = "国" * 50
    first = opened(write(f"region=640200&layers=none&title={title}")).slides[0]
    run = first.shapes.title.text_frame.paragraphs[0].runs[0]
    assert run.text == title
    assert run.font.size.pt * 50 <= 314.667 / 25.4 * 72


def test_an_empty_view_says_so(write):
    deck = opened(write("region=150600&bbox=0,0,1,1"))
    assert "本视图没有可显示的地区。" in text_of(deck.slides[0])
    assert not tables(deck)


def test_a_dash_stands_where_there_is_nothing(write):
    table = tables(opened(write("region=640200&layers=none")))[0]
    assert table.rows[2].cells[1].text == NOTHING
