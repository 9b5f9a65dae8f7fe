"""Made-up templates of a bureau: a letterhead, a red title, a slide master with a band; and spoilt ones."""

from pathlib import Path

import docx
import pptx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from pptx.util import Mm as SlideMm

from geoapp.files.archive import unzip, zip_files

LETTERHEAD = "某省发展和改革委员会"
RED = RGBColor(0xC0, 0x00, 0x00)
DATE = "2026-01-01"


def word_template(folder: Path, name: str = "report.dotx", *, margin: float = 25.0, bullets: bool = True) -> Path:
    """Write a Word template with a letterhead, a title in red and sample text; ``margin`` in millimetres."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(margin)
    section.header.paragraphs[0].text = LETTERHEAD
    title = document.styles["Title"]
    title.font.size, title.font.color.rgb, title.font.name = Pt(26), RED, "华文中宋"
    document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(8)
    document.styles["Table Text"].element.set(qn("w:styleId"), "bureauCell")
    if not bullets:
        document.styles["List Bullet"].delete()
    document.add_paragraph("此处为范例文字")
    document.add_table(2, 2)
    document.save(folder / name)
    return _as_template(folder / name, b"document.main+xml")


def slide_template(folder: Path, name: str = "slides.potx", *, wide: bool = True, titled: bool = True) -> Path:
    """Write a slide template whose master keeps a band of 30 mm at the top free, with one sample slide."""
    deck = pptx.Presentation()
    if wide:
        deck.slide_width, deck.slide_height = SlideMm(338.667), SlideMm(190.5)
    master = deck.slide_master
    places = {"title": (20, 30, 298, 14), "body": (20, 56, 298, 120), "ftr": (20, 180, 200, 8)}
    for shape in list(master.placeholders):
        kind = shape.element.find(".//{*}nvPr/{*}ph").get("type")
        if kind == "title" and not titled:
            shape.element.getparent().remove(shape.element)
        elif kind in places:
            shape.left, shape.top, shape.width, shape.height = (SlideMm(each) for each in places[kind])
    part = next(link.target_part for link in master.part.rels.values() if link.reltype.endswith("/theme"))
    part._blob = part.blob.replace(b"4F81BD", b"8B1A1A").replace(b'typeface="Calibri"', b'typeface="Georgia"')
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "范例"
    deck.save(folder / name)
    return _as_template(folder / name, b"presentation.main+xml")


def _as_template(path: Path, kind: bytes) -> Path:
    parts = unzip(path.read_bytes())
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(kind, b"template.main+xml")
    path.write_bytes(zip_files(parts, DATE))
    return path
