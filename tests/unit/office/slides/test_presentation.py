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


def titles(deck):
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def test_every_slide_has_a_title_of_its_own_that_says_what_it_shows(tacheng):
    found = titles(opened(tacheng))
    assert found[:3] == [
        "塔城地区“十四五”单位GDP能耗累计降低率",
        "塔城地区：各县级地区单位GDP能耗累计降低率",
        "塔城地区：文件点名的园区（15个）",
    ]
    assert found[-1] == "资料来源与说明"
    assert len(set(found)) == len(found)


def test_what_is_written_stands_in_placeholders_that_the_outline_shows(tacheng):
    kinds = {"TITLE", "BODY", "FOOTER", "SLIDE_NUMBER", "PICTURE", "TABLE", "CHART"}
    for slide in opened(tacheng).slides:
        found = {str(each.placeholder_format.type).split(" ")[0] for each in slide.placeholders}
        assert {"TITLE", "FOOTER", "SLIDE_NUMBER"} <= found <= kinds
        loose = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and not shape.is_placeholder]
        assert all(text.startswith(("标“系统推算”", "位置：")) for text in loose), "only a table's note is loose"
        body = [each for each in slide.placeholders if str(each.placeholder_format.type).startswith("BODY")]
        assert body
        assert all(each.text_frame.text for each in body), "no empty prompt is left on a slide"


def test_the_speaker_has_the_sources_and_the_way_back(write):
    deck = opened(write("region=150600&date=2026-03-31", base="http://atlas.example.cn"))
    for slide in deck.slides:
        spoken = slide.notes_slide.notes_text_frame.text
        assert "《鄂尔多斯市“十四五”节能减排综合工作实施方案》，鄂尔多斯市人民政府，2022-11-29" in spoken
    first = deck.slides[0].notes_slide.notes_text_frame.text
    assert "原图：atlas.example.cn/?region=150600&year=2025 · 绘制于 2026-03-31" in first


def test_bars_by_region_stand_beside_the_table(write):
    deck = opened(write("region=150600"))
    (slide,) = [each for each in deck.slides if any(shape.has_chart for shape in each.shapes)]
    assert any(shape.has_table for shape in slide.shapes)
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert list(chart.plots[0].categories)[:3] == ["鄂托克旗", "杭锦旗", "乌审旗"]
    assert list(chart.plots[0].series[0].values)[:3] == [26, 24, 22]
    assert len(list(chart.plots[0].categories)) == 9
    assert not any(shape.has_chart for each in opened(write("region=654200")).slides for shape in each.shapes), (
        "all lent"
    )


def test_no_type_is_smaller_than_ten_points(write):
    for query in ("region=150600&qr=1", "region=654200&book=1"):
        data = unzip(write(query, base="http://atlas.example.cn"))
        for name in data:
            if name.startswith(("ppt/slides/slide", "ppt/slideLayouts/slideLayout10")):
                sizes = [
                    int(each.get("sz"))
                    for each in pptx.oxml.parse_xml(data[name]).iter()
                    if each.get("sz", "").isdigit()
                ]
                assert all(size >= 1000 for size in sizes), name


def test_a_table_fills_its_slide(tacheng):
    deck = opened(tacheng)
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_table:
                assert shape.top + sum(row.height for row in shape.table.rows) > Mm(31 + 0.75 * 145), (
                    slide.shapes.title.text
                )


def test_the_map_leads_to_its_view(write):
    deck = opened(write("region=640200&layers=none&qr=1", base="http://atlas.example.cn"))
    first = deck.slides[0]
    pictures = [shape for shape in first.shapes if shape._element.tag.endswith("}pic")]
    assert len(pictures) == 2, "the map and the code"
    link = pictures[0]._element.nvPicPr.cNvPr.find(qn("a:hlinkClick"))
    url = "http://atlas.example.cn/?region=640200&year=2025&layers=none"
    assert first.part.rels[link.get(qn("r:id"))].target_ref == url
    assert url.removeprefix("http://") in text_of(first)


def test_the_map_slide_says_what_is_seen(tacheng):
    first = opened(tacheng).slides[0]
    (picture,) = [shape for shape in first.shapes if shape._element.tag.endswith("}pic")]
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
                assert shape.top + sum(row.height for row in shape.table.rows) <= Mm(179)


def test_every_run_has_the_chinese_face_of_the_theme_and_its_language(tacheng):
    runs = 0
    for name, data in unzip(tacheng).items():
        if name.startswith("ppt/slides/slide"):
            root = pptx.oxml.parse_xml(data)
            for run in root.iter(qn("a:r")):
                look = run.find(qn("a:rPr"))
                assert look.find(qn("a:ea")).get("typeface") == "+mn-ea"
                assert look.get("lang") == "zh-CN"
                runs += 1
    assert runs > 300
    theme = unzip(tacheng)["ppt/theme/theme1.xml"].decode()
    assert theme.count('<a:ea typeface="微软雅黑"/>') == 2


def test_the_same_charts_have_the_same_bytes(write):
    assert write("region=150600&layers=none") == write("region=150600&layers=none")


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
        "石嘴山市：各县级地区单位GDP能耗累计降低率",
        "武威市“十四五”单位GDP能耗累计降低率",
        "武威市：各县级地区单位GDP能耗累计降低率",
        "资料来源与说明",
    ]
    assert "内部工作底稿" in text_of(deck.slides[0])


def test_findings_without_room_go_on_the_next_slide(write, monkeypatch):
    monkeypatch.setattr("geoapp.office.assemble.findings", lambda *_: tuple(f"第{n}句。" * 30 for n in range(30)))
    deck = opened(write("region=640200&layers=none"))
    wording = "".join(text_of(slide) for slide in deck.slides)
    assert all(f"第{n}句。" in wording for n in range(30))
    assert titles(deck)[1].endswith("：主要情况（续）")


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
