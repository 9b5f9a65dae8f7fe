"""Briefings on a bureau's own templates: what they set stays, what they lack is ours or is named."""

import io
from urllib.parse import parse_qsl

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from pptx.util import Mm

from geoapp.errors import UnusableTemplate
from geoapp.files.archive import unzip
from geoapp.office.briefings import assert_usable, briefing_key
from geoapp.office.maps import Imprint
from geoapp.office.own_templates.files import Templates
from tests.data.office_templates import LETTERHEAD, RED, slide_template, word_template

VIEW = "region=150600"


@pytest.fixture
def write(atlas):
    """Write a briefing on the templates of a place."""

    def make(place, suffix, query=VIEW):
        asked = atlas.briefings.read(parse_qsl(query, keep_blank_values=True))
        return atlas.briefing(asked, suffix, Imprint(templates=Templates(place)))

    return make


def test_a_word_briefing_keeps_the_letterhead_and_the_styles_of_its_template(write, tmp_path):
    word_template(tmp_path)
    document = docx.Document(io.BytesIO(write(tmp_path, "docx")))
    assert document.sections[0].header.paragraphs[0].text == LETTERHEAD
    assert document.sections[0].left_margin.mm == pytest.approx(25, abs=0.1)
    title = document.paragraphs[0]
    assert (title.style.name, title.style.font.size, title.style.font.color.rgb) == ("Title", Pt(26), RED)
    assert all(run.font.size in (None, Pt(26)) for run in title.runs)
    assert "范例" not in "".join(each.text for each in document.paragraphs)
    assert len(document.tables) == 3


def test_cells_follow_the_template_s_style_of_that_name_whatever_its_identifier(write, tmp_path):
    word_template(tmp_path)
    document = docx.Document(io.BytesIO(write(tmp_path, "docx")))
    cell = document.tables[0].rows[1].cells[0].paragraphs[0]
    assert (cell.style.name, cell.style.style_id, cell.style.font.size) == ("Table Text", "bureauCell", Pt(8))


def test_pages_are_numbered_where_the_template_does_not(write, tmp_path):
    word_template(tmp_path)
    footer = docx.Document(io.BytesIO(write(tmp_path, "docx"))).sections[0].footer._element
    assert [each.get(qn("w:instr")) for each in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_a_template_without_bullets_gets_them(write, tmp_path):
    word_template(tmp_path, bullets=False)
    data = write(tmp_path, "docx")
    style = docx.Document(io.BytesIO(data)).styles["List Bullet"].element
    number = style.find(f".//{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    assert f'w:numId="{number}"' in unzip(data)["word/numbering.xml"].decode()
    assert "•" in unzip(data)["word/numbering.xml"].decode()


def test_the_same_template_gives_the_same_bytes_and_another_one_another_key(write, tmp_path, atlas):
    word_template(tmp_path)
    assert write(tmp_path, "docx") == write(tmp_path, "docx")
    asked = atlas.briefings.read(parse_qsl(VIEW))
    before = briefing_key(asked, Imprint(templates=Templates(tmp_path)), ["state"])
    word_template(tmp_path, margin=24)
    assert briefing_key(asked, Imprint(templates=Templates(tmp_path)), ["state"]) != before


def test_official_papers_follow_the_standard_unless_they_have_a_template_of_their_own(write, tmp_path):
    word_template(tmp_path, "bureau.dotx")
    official = f"{VIEW}&style=official"
    assert LETTERHEAD in docx.Document(io.BytesIO(write(tmp_path, "docx"))).sections[0].header.paragraphs[0].text
    document = docx.Document(io.BytesIO(write(tmp_path, "docx", official)))
    assert document.sections[0].header.is_linked_to_previous
    assert document.sections[0].top_margin.mm == pytest.approx(37, abs=0.1)
    word_template(tmp_path, "official.dotx")
    document = docx.Document(io.BytesIO(write(tmp_path, "docx", official)))
    assert document.sections[0].header.paragraphs[0].text == LETTERHEAD


def test_slides_take_the_master_the_theme_and_the_room_of_their_template(write, tmp_path):
    slide_template(tmp_path)
    two = "views=region%3D150600%26layers%3Dnone&views=region%3D640200%26layers%3Dnone"
    data = write(tmp_path, "pptx", two)
    deck = pptx.Presentation(io.BytesIO(data))
    assert "范例" not in [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert "8B1A1A" in unzip(data)["ppt/theme/theme1.xml"].decode()
    for slide in list(deck.slides)[1:]:
        for shape in slide.shapes:
            assert shape.top >= Mm(30), f"{shape.name} stands in the band that the template keeps free"
            assert shape.left >= Mm(20)
            assert shape.left + shape.width <= Mm(319)
            assert shape.top + shape.height <= Mm(190.5)


def test_slides_name_no_colour_and_no_face_outside_the_theme(write, tmp_path):
    slide_template(tmp_path)
    for name, part in unzip(write(tmp_path, "pptx")).items():
        if name.startswith(("ppt/slides/slide", "ppt/charts/chart")):
            assert b"srgbClr" not in part
            assert b'typeface="Arial"' not in part


SPOILT = [
    (lambda folder: word_template(folder, margin=45), "report", "has 120 × ", "make its margins smaller"),
    (lambda folder: slide_template(folder, wide=False), "slides", "has slides of 254 × 190 mm", "Widescreen"),
    (lambda folder: slide_template(folder, titled=False), "slides", "no placeholder for the title", "Master Layout"),
    (lambda folder: (folder / "report.dotx").write_bytes(b"no package"), "report", "cannot be read", "save it once"),
    (lambda folder: docx.Document().save(folder / "report.dotx"), "report", "is not a template", "save it as .dotx"),
    (
        lambda folder: [word_template(folder, name) for name in ("a.dotx", "b.dotx")],
        "report",
        "a.dotx and b.dotx",
        "name one",
    ),
    (lambda folder: (folder / "readme.txt").write_text("nothing"), "report", "holds no template", "report.dotx"),
]


@pytest.mark.parametrize(("spoil", "kind", "problem", "mend"), SPOILT)
def test_a_template_that_lacks_something_is_refused_with_what_and_how_to_mend_it(tmp_path, spoil, kind, problem, mend):
    spoil(tmp_path)
    with pytest.raises(UnusableTemplate) as refused:
        assert_usable(Templates(tmp_path), kind)
    assert "(GEOAPP_TEMPLATES_OFFICE)" in str(refused.value)
    assert problem in str(refused.value)
    assert mend in str(refused.value)


def test_a_place_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(UnusableTemplate, match=r"nowhere .GEOAPP_TEMPLATES_OFFICE. does not exist"):
        assert_usable(Templates(tmp_path / "nowhere"), "report")
