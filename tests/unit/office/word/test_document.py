"""Word documents: native, editable, in Chinese faces, the same bytes every time."""

import io
from urllib.parse import parse_qsl

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from geoapp import __version__
from geoapp.atlas import built_on
from geoapp.errors import InvalidView
from geoapp.files.archive import unzip
from geoapp.office.maps import DPI, Imprint
from geoapp.office.word.dress import OFFICIAL, REPORT, TEXT_WIDTH
from geoapp.office.word.flow_items import broken, chinese_date, numeral
from geoapp.office.word.styles import TABLE

EMU = 36_000


@pytest.fixture(scope="module")
def write(atlas):
    """Write a briefing; return its bytes."""

    def make(query, **imprint):
        asked = atlas.briefings.read(parse_qsl(query, keep_blank_values=True))
        return atlas.briefing(asked, "docx", Imprint(**imprint))

    return make


@pytest.fixture(scope="module")
def ordos(write):
    return write("region=150600", maker="某设计院")


def opened(data):
    return docx.Document(io.BytesIO(data))


def texts(document, style):
    return [each.text for each in document.paragraphs if each.style.name == style]


def test_heads_title_and_captions_are_native(ordos):
    document = opened(ordos)
    assert texts(document, "Title") == ["鄂尔多斯市“十四五”单位GDP能耗累计降低率"]
    assert texts(document, "Heading 1") == ["一、主要情况", "二、分地区目标", "三、园区与项目", "四、资料来源与说明"]
    assert len(texts(document, "List Bullet")) == 10
    fields = [each.get(qn("w:instr")) for each in document.element.body.iter(qn("w:fldSimple"))]
    assert fields == ["SEQ 图 \\* ARABIC", *["SEQ 表 \\* ARABIC"] * 3]


def test_the_map_is_drawn_at_the_width_it_is_placed(ordos):
    (picture,) = opened(ordos).inline_shapes
    assert picture.width == round(TEXT_WIDTH * EMU)
    png = next(data for name, data in unzip(ordos).items() if name.endswith(".png"))
    image = Image.open(io.BytesIO(png))
    assert image.width == round(TEXT_WIDTH / 25.4 * DPI)
    assert image.width / image.height == pytest.approx(picture.width / picture.height, rel=0.01)
    assert image.info["dpi"][0] == pytest.approx(DPI, abs=0.5)


def test_pictures_carry_the_values_in_words(ordos):
    (alt,) = [each.get("descr") for each in opened(ordos).element.body.iter(qn("wp:docPr"))]
    assert alt.startswith("地图：鄂尔多斯市“十四五”单位GDP能耗累计降低率")
    assert "鄂托克旗 26%" in alt
    assert len(alt) <= 300


def test_tables_repeat_their_head_and_never_break_a_row(ordos):
    document = opened(ordos)
    assert len(document.tables) == 3
    for table in document.tables:
        first, *rest = table._tbl.tr_lst
        assert first.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in (first, *rest))
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        cells = [int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in first.tc_lst]
        assert widths == cells, "LibreOffice reads the grid, Word the cells"
        assert abs(sum(widths) - TEXT_WIDTH * 1440 / 25.4) < 10
    numbers = document.tables[0].rows[1].cells[1].paragraphs[0]
    assert (numbers.text, numbers.alignment) == ("16.5%", 2)


def test_every_style_in_use_names_a_chinese_face(ordos):
    document = opened(ordos)
    used = {each.style.name for each in document.paragraphs}
    used |= {p.style.name for table in document.tables for row in table.rows for c in row.cells for p in c.paragraphs}
    assert used <= set(REPORT.texts)
    for name in used:
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in ("宋体", "黑体", "仿宋", "楷体"), name
    xml = unzip(ordos)["word/styles.xml"].decode()
    assert "Theme=" not in xml, "a theme's face would win, and the template's theme is Japanese"
    assert {each.get(qn("w:eastAsia")) for each in document.styles.element.iter(qn("w:lang"))} == {"zh-CN"}
    assert document.settings.element.find(qn("w:themeFontLang")).get(qn("w:eastAsia")) == "zh-CN"


def test_elements_stand_in_the_order_of_the_schema(ordos):
    """Word calls a file damaged where LibreOffice forgives it (ECMA-376 part 1, 17.4.66, 17.4.60, 17.3.1.26)."""
    document = opened(ordos)
    orders = {
        "w:tcPr": ("tcW", "tcBorders", "shd", "vAlign"),
        "w:tblPr": ("tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption"),
        "w:pPr": (
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "numPr",
            "spacing",
            "ind",
            "contextualSpacing",
            "jc",
        ),
    }
    ours = {document.styles[name].style_id for name in REPORT.texts} | {TABLE}
    styles = [style for style in document.styles.element if style.get(qn("w:styleId")) in ours]
    for tag, order in orders.items():
        for root in (document.element.body, *styles):
            for each in root.iter(qn(tag)):
                names = [child.tag.split("}")[1] for child in each]
                places = [order.index(name) for name in names if name in order]
                assert places == sorted(places), (tag, names)


def test_the_file_says_what_wrote_it_for_whom_and_when(ordos, write, atlas):
    wording = opened(ordos).core_properties
    assert (wording.title, wording.author) == ("鄂尔多斯市“十四五”单位GDP能耗累计降低率", "某设计院")
    assert wording.created == wording.modified
    assert wording.created.date().isoformat() == built_on(atlas.store)
    assert wording.last_printed is None, "nobody knows when it was printed"
    app = unzip(ordos)["docProps/app.xml"].decode()
    whole, part = (int(each) for each in __version__.split(".")[:2])
    assert f"<Company>某设计院</Company><AppVersion>{whole:02d}.{part:04d}</AppVersion>" in app
    assert "<Application>geoapp</Application>" in app
    dated = opened(write("region=640200&date=2026-03-31&maker=某委", maker="某设计院")).core_properties
    assert (dated.created.date().isoformat(), dated.author) == ("2026-03-31", "某委")
    assert (wording.language, wording.category) == ("zh-CN", "内部工作底稿")
    assert atlas.version in wording.keywords
    assert "docProps/thumbnail.jpeg" not in unzip(ordos)


def test_the_same_briefing_has_the_same_bytes(ordos, write):
    assert write("region=150600", maker="某设计院") == ordos
    assert write("region=150600", maker="另一家") != ordos


def test_the_operators_review_number_takes_the_place_of_the_warning(write):
    plain, reviewed = opened(write("region=640200")), opened(write("region=640200", review_no="GS(2026)0001号"))
    assert texts(plain, "Body Text")[-1].startswith("专题内容未经地图审核")
    assert not texts(reviewed, "Body Text")[-1].startswith("专题内容未经地图审核")
    assert texts(reviewed, "Subtitle")[0].startswith("审图号：GS(2026)0001号 · 数据版本")


def test_several_views_are_chapters_each_on_its_own_page(write):
    document = opened(write("title=两地&date=2026-03-31&views=region%3D640200&views=region%3D620600%26title%3D武威"))
    assert texts(document, "Title") == ["两地"]
    heads = [each for each in document.paragraphs if each.style.name == "Heading 1"]
    assert [each.text for each in heads] == [
        "一、石嘴山市“十四五”单位GDP能耗累计降低率",
        "二、武威",
        "三、资料来源与说明",
    ]
    assert [bool(each.paragraph_format.page_break_before) for each in heads] == [False, True, False]
    assert "制作：2026-03-31" in texts(document, "Subtitle")[0]
    assert len(document.inline_shapes) == 2


def test_a_map_book_has_a_page_for_each_county(write):
    document = opened(write("region=640200&book=1"))
    heads = [each for each in document.paragraphs if each.style.name == "Heading 1" and "、" not in each.text]
    assert [each.text for each in heads] == ["大武口区", "惠农区", "平罗县"]
    assert all(each.paragraph_format.page_break_before for each in heads)
    assert len(document.inline_shapes) == 4


def test_hostile_titles_stay_text(write):
    title = "<script>alert(1)</script> & “w:p”"
    document = opened(write(f"region=640200&title={title.replace('&', '%26')}"))
    assert texts(document, "Title") == [title]
    assert document.core_properties.title == title


def test_an_empty_view_says_so(write):
    document = opened(write("region=150600&bbox=0,0,1,1"))
    assert texts(document, "List Bullet")[0] == "本视图没有可显示的地区。"
    assert not document.tables
    assert len(document.inline_shapes) == 1


def test_in_english(write):
    document = opened(write("region=150600&lang=en"))
    heads = ["1. Findings", "2. Targets by region", "3. Parks and projects", "4. Sources and notes"]
    assert texts(document, "Heading 1") == heads
    assert document.core_properties.language == "en-GB"
    assert document.tables[0].rows[0].cells[0].text == "Region"


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (35, "三十五")]
)
def test_heads_are_counted_in_chinese(number, text):
    assert numeral(number) == text


BASE = "http://atlas.example.cn"


def words_of(element):
    return "".join(each.text for each in element.iter(qn("w:t")))


def links(document):
    """Return the words and the address of each link, and the addresses that pictures lead to."""
    targets = {key: each.target_ref for key, each in document.part.rels.items() if each.is_external}
    body = document.element.body
    words = [(words_of(each), targets[each.get(qn("r:id"))]) for each in body.iter(qn("w:hyperlink"))]
    return words, [targets[each.get(qn("r:id"))] for each in body.iter(qn("a:hlinkClick"))]


def test_a_figure_leads_back_to_its_view_and_says_when_it_was_drawn(write):
    document = opened(write("region=150600&date=2026-03-31&layers=none", base=BASE))
    words, pictures = links(document)
    view = f"{BASE}/?region=150600&year=2025&layers=none"
    assert words == [("atlas.example.cn/?region=150600&year=2025&layers=none", view)]
    assert pictures == [view]
    assert "原图：atlas.example.cn/?region=150600&year=2025&layers=none · 绘制于 2026-03-31" in texts(
        document, "Table Note"
    )
    undated = texts(opened(write("region=640200&layers=none", base=BASE)), "Table Note")
    assert any(" · 数据构建于 20" in text for text in undated)


def test_a_table_that_is_cut_leads_to_the_whole_one(write):
    words, _ = links(opened(write("region=100000&layers=projects", base=BASE)))
    assert (
        "本视图的 Excel 文件",
        f"{BASE}/view.xlsx?region=100000&indicator=ei_gdp_cut&year=2025&tier=basic&level=prefecture&layers=projects",
    ) in words


def test_a_code_where_one_is_asked_for_holds_the_address(write):
    import cv2
    import numpy as np

    data = write("region=640200&layers=none&qr=1", base=BASE)
    codes = [png for name, png in unzip(data).items() if name.endswith(".png") and len(png) < 9000]
    (code,) = codes
    picture = cv2.imdecode(np.frombuffer(code, np.uint8), cv2.IMREAD_GRAYSCALE)
    read, *_ = cv2.QRCodeDetector().detectAndDecode(picture)
    assert read == f"{BASE}/?region=640200&year=2025&layers=none"
    assert len(opened(data).inline_shapes) == 2


@pytest.fixture(scope="module")
def official(write):
    return write("region=150600&style=official&maker=某发展和改革委员会&date=2026-03-31")


def test_an_official_paper_is_set_as_the_standard_says(official):
    """GB/T 9704-2012, 5.2 and 7: paper, margins, 22 lines of 28 characters, faces and sizes."""
    document = opened(official)
    section = document.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    looks = {
        "Title": ("方正小标宋简体", 22),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体", 16),
        "Body Text": ("仿宋", 16),
    }
    for name, (face, size) in looks.items():
        style = document.styles[name]
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == style.element.rPr.rFonts.get(qn("w:ascii")) == face
        assert style.font.size.pt == size
        assert str(style.font.color.rgb) == "000000"
    body = document.styles["Body Text"]
    assert body.paragraph_format.line_spacing.pt == pytest.approx(28.95)
    closer = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (16 + closer) <= TEXT_WIDTH / 25.4 * 72 < 29 * (16 + closer)
    assert 22 * 28.95 <= OFFICIAL.height / 25.4 * 72 < 23 * 28.95


def test_official_heads_numbers_and_signature(official, write):
    document = opened(official)
    assert texts(document, "Heading 1")[:2] == ["一、主要情况", "二、分地区目标"]
    assert texts(document, "Signature") == ["某发展和改革委员会", "2026年3月31日"]
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
        (paragraph,) = footer.paragraphs
        assert words_of(paragraph._p) == "— 1 —"
        assert int(paragraph.alignment) == side
    assert section.footer.paragraphs[0].style.font.size.pt == 14
    assert not section.header.paragraphs[0].text
    two = opened(write("style=official&views=region%3D640200%26layers%3Dnone&views=region%3D620600%26layers%3Dnone"))
    assert texts(two, "Heading 2") == ["（一）主要情况", "（二）分地区目标"] * 2


def test_every_face_has_others_that_stand_in_for_it(ordos, official):
    for data in (ordos, official):
        table = docx.oxml.parse_xml(unzip(data)["word/fontTable.xml"])
        fonts = {each.get(qn("w:name")): each.find(qn("w:altName")).get(qn("w:val")) for each in table}
        styles = docx.oxml.parse_xml(unzip(data)["word/styles.xml"])
        used = {each.get(qn(f"w:{kind}")) for each in styles.iter(qn("w:rFonts")) for kind in ("ascii", "eastAsia")}
        assert used <= set(fonts)
        assert "Liberation Serif" in fonts["Times New Roman"]
        assert "华文中宋" in fonts["方正小标宋简体"], "Office has it where 小标宋 is missing"


def test_slides_are_no_official_paper(atlas):
    asked = atlas.briefings.read([("region", "640200"), ("style", "official")])
    with pytest.raises(InvalidView, match=r"official papers .* are written in Word"):
        atlas.briefing(asked, "pptx", Imprint())


def test_tables_that_are_not_asked_for_are_left_out(write):
    document = opened(write("region=150600&tables=parks"))
    assert [table.rows[0].cells[1].text for table in document.tables] == ["示范类别"]
    assert texts(document, "Heading 1") == ["一、主要情况", "二、园区与项目", "三、资料来源与说明"]
    assert not opened(write("region=150600&tables=none")).tables


def test_a_long_title_is_broken_where_the_sense_allows():
    assert broken("塔城地区“十四五”单位GDP能耗累计降低率", OFFICIAL) == "塔城地区“十四五”\n单位GDP能耗累计降低率"
    assert broken("塔城地区“十四五”单位GDP能耗累计降低率", REPORT) == "塔城地区“十四五”单位GDP能耗累计降低率"
    assert chinese_date("2026-03-31") == "2026年3月31日"
