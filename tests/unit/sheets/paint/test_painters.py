"""One scene, three painters: same words, same bytes every time, files that other programs read."""

import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pypdf
import pytest
from PIL import Image

from geoapp.errors import FontMissing
from geoapp.sheets import fonts
from geoapp.sheets.paint import paint, pdf
from geoapp.sheets.paper import Sheet, read_sheet
from geoapp.sheets.scene.primitives import Circle, Group, Path, Scene, Text

ORDOS = [("region", "150600")]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pictures(atlas):
    """The Ordos sheet in the three formats."""
    view = atlas.view(ORDOS)
    return {form: atlas.snapshot(view, replace(Sheet(), format=form)) for form in ("png", "svg", "pdf")}


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_view_gives_the_same_bytes(atlas, pictures, form):
    assert atlas.snapshot(atlas.view(ORDOS), replace(Sheet(), format=form)) == pictures[form]


def test_a_png_carries_its_size_resolution_and_title(pictures):
    image = Image.open(io.BytesIO(pictures["png"]))
    assert image.size == (1600, 1100)
    assert image.mode == "RGB"
    assert image.info["dpi"] == pytest.approx((144, 144), abs=0.1)
    assert image.text["Title"] == "鄂尔多斯市“十四五”单位GDP能耗累计降低率"
    image.load()


def test_png_rows_survive_the_filter():
    from geoapp.sheets.paint.skia_png import encode

    pixels = np.random.default_rng(1).integers(0, 255, (600, 37, 4), dtype=np.uint8)
    strips = (pixels[:290], pixels[290:])
    image = Image.open(io.BytesIO(encode(strips, (37, 600), 300, "t")))
    assert (np.asarray(image) == pixels[..., :3]).all()


def test_strips_meet_without_a_seam(atlas, monkeypatch):
    from geoapp.sheets.paint import skia_png

    scene = atlas.snapshots.scene(atlas.show(atlas.view(ORDOS)), Sheet())
    whole = np.asarray(Image.open(io.BytesIO(skia_png.paint(scene, 72))), dtype=int)
    monkeypatch.setattr(skia_png, "AT_ONCE", 60_000)
    strips = np.asarray(Image.open(io.BytesIO(skia_png.paint(scene, 72))), dtype=int)
    assert strips.shape == whole.shape == (550, 800, 3)
    assert (abs(strips - whole) > 8).mean() < 2e-5


def test_an_svg_has_text_as_text_and_tidy_ids(pictures):
    root = ElementTree.fromstring(pictures["svg"])
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert {"area-150621", "labels", "legend", "sources", "title", "scale-bar"} <= set(ids)
    area = next(node for node in root.iter(f"{SVG}path") if node.get("id") == "area-150621")
    assert area[0].text == "达拉特旗：18%"
    words = {(node.text or "").strip() for node in root.iter(f"{SVG}text")}
    assert {"达拉特旗", "18%", "内部工作底稿"} <= words
    assert root[0].text == "鄂尔多斯市“十四五”单位GDP能耗累计降低率"
    assert "鄂托克旗 26%" in root[1].text


@pytest.mark.parametrize("code", ["150600", "654200", "640200", "620600"])
def test_an_svg_of_a_prefecture_is_small_and_asks_for_nothing(atlas, code):
    svg = atlas.snapshot(atlas.view([("region", code)]), replace(Sheet(), format="svg"))
    assert len(svg) < 300_000
    assert set(re.findall(rb"https?://[^\"' ]+", svg)) == {b"http://www.w3.org/2000/svg"}


def test_markup_in_a_title_stays_text(atlas):
    svg = atlas.snapshot(atlas.view(ORDOS), replace(Sheet(), format="svg", title="<script>alert(1)</script>&\"'"))
    root = ElementTree.fromstring(svg)
    assert not list(root.iter(f"{SVG}script"))
    assert root[0].text == "<script>alert(1)</script>&\"'"


def test_a_pdf_can_be_searched(pictures):
    page = pypdf.PdfReader(io.BytesIO(pictures["pdf"])).pages[0]
    text = page.extract_text()
    for words in ("十四五", "达拉特旗", "18%", "资料来源", "内部工作底稿", "乌审旗"):
        assert words in text
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (800, 550)


def test_a_pdf_embeds_its_two_fonts(pictures):
    page = pypdf.PdfReader(io.BytesIO(pictures["pdf"])).pages[0]
    fonts_ = [each.get_object() for each in page["/Resources"]["/Font"].values()]
    assert len(fonts_) >= 2
    assert {font["/BaseFont"].split("+")[1] for font in fonts_} == {"NotoSansSC-Regular", "NotoSansSC-Bold"}


def test_a_pdf_is_exact_a4(atlas):
    sheet = read_sheet({"paper": "a4", "orientation": "portrait"}, "pdf")
    page = pypdf.PdfReader(io.BytesIO(atlas.snapshot(atlas.view(ORDOS), sheet))).pages[0]
    assert float(page.mediabox.width) == pytest.approx(595.28, abs=0.01)
    assert float(page.mediabox.height) == pytest.approx(841.89, abs=0.01)


def test_all_painters_draw_the_same_words(atlas, pictures):
    scene = atlas.snapshots.scene(atlas.show(atlas.view(ORDOS)), Sheet())
    words = [text.text for text in scene.texts()]
    root = ElementTree.fromstring(pictures["svg"])
    assert [node.text or "" for node in root.iter(f"{SVG}text")] == words
    extracted = re.sub(r"\s", "", pypdf.PdfReader(io.BytesIO(pictures["pdf"])).pages[0].extract_text())
    assert [word for word in words if re.sub(r"\s", "", word) not in extracted] == []


def test_painters_agree_on_every_primitive():
    """Paint one of each kind; PDF rendering is compared in the goldens."""
    square = np.array([[20.0, 20.0], [80.0, 20.0], [80.0, 80.0], [20.0, 80.0]])
    group = Group("all")
    group.add(Path((square, square * 0.5 + 25), fill="#ff0000"))
    group.add(Circle(150, 50, 20, fill="#00ff00", stroke="#000000", width=2, dash=(3, 2)))
    group.add(Path((square + np.array([180, 0]),), stroke="#0000ff", width=6, opacity=0.5))
    group.add(Text(300, 60, "能", 40, "#000000", bold=True, anchor="middle", halo="#ffff00", halo_width=3, turn=90))
    scene = Scene(360, 100, "t", "d", (group,))
    image = np.asarray(Image.open(io.BytesIO(paint(scene, "png", 72))))
    assert tuple(image[25, 25]) == (255, 0, 0)
    assert tuple(image[50, 50]) == (255, 255, 255)
    assert tuple(image[50, 150]) == (0, 255, 0)
    assert tuple(image[50, 200]) == (127, 127, 255)
    glyph = image[:, 280:340]
    assert (glyph == 0).all(axis=2).any()
    assert ((glyph[..., 0] > 240) & (glyph[..., 2] < 60)).any()


def test_a_pdf_draws_each_point_of_a_path_and_closes_only_rings():
    corners = np.array([[10.0, 10.0], [60.06, 10.0], [60.0, 40.0]])
    lines = (corners, corners + np.array([0.0, 50.0]))
    ring, line = (Path(lines, stroke="#000000", width=1.0, closed=closed) for closed in (True, False))
    scene = Scene(100, 100, "", "", (Group("ring", [ring]), Group("line", [line])))
    stream = pypdf.PdfReader(io.BytesIO(paint(scene, "pdf", 72))).pages[0].get_contents().get_data().decode()
    assert stream.count("10 10 m 60 10 l 60 40 l h") == 1, "points lie on eighths of a point"
    assert stream.count("10 60 m 60 60 l 60 90 l h") == 1
    assert stream.count("10 10 m 60 10 l 60 40 l 10 60 m 60 60 l 60 90 l S") == 1, "lines stay open"


def test_a_pdf_is_refused_when_fontconfig_knows_another_font(monkeypatch):
    pdf.register_fonts.cache_clear()
    monkeypatch.setattr(pdf, "measure", lambda *_: 1.0)
    with pytest.raises(FontMissing, match="fontconfig finds another font than ours for Noto Sans SC; remove it"):
        pdf.register_fonts()
    monkeypatch.undo()
    pdf.register_fonts()


def test_borrowed_characters_are_drawn_and_found():
    """ə and ⅓ come from the second carried font, Hangul from the machine's."""
    words = "约⅓ ə 한 能"
    scene = Scene(300, 100, "t", "d", (Group("g", [Text(10, 60, words, 30, "#000000", halo="#ffffff", halo_width=2)]),))
    image = np.asarray(Image.open(io.BytesIO(paint(scene, "png", 72))).convert("L"))
    columns = (image < 128).any(axis=0)
    left = 10.0
    for char in words:
        right = left + fonts.measure(char, 30)
        assert columns[round(left) : round(right)].any() == (char != " "), char
        left = right
    text = pypdf.PdfReader(io.BytesIO(paint(scene, "pdf", 72))).pages[0].extract_text()
    assert re.sub(r"\s", "", text) == "约⅓ə한能"


def test_dots_survive_the_svg():
    from geoapp.sheets.paint import svg

    dot = Path((np.array([[5.0, 5.0], [5.004, 5.0]]),), stroke="#000000", width=2, closed=False)
    text = svg.paint(Scene(10, 10, "t", "d", (Group("g", [dot]),))).decode()
    assert 'd="M5 5h.01"' in text
    assert fonts.FAMILY in text
