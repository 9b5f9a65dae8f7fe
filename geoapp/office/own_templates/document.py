"""A Word document on a bureau's own template: its page, its styles and its letterhead stay; what it lacks is ours."""

from dataclasses import replace
from typing import Any

from geoapp.errors import UnusableTemplate
from geoapp.office.own_templates.files import Template, stream
from geoapp.office.word.dress import PAPER, TEXT_WIDTH, Dress, TextStyle

NEAR = 0.5
"""Millimetres that a page may be narrower than ours: margins are rounded."""
LEAST_HEIGHT = 200.0
"""Millimetres of text on a page that hold the largest map with its caption."""
SINGLE = 1.3
"""Height of a single line, in type sizes."""


def open_document(template: Template) -> Any:
    """Return the template without its sample text.

    Raises:
        UnusableTemplate: it cannot be opened, or its page is too small for maps and tables.
    """
    import docx
    from docx.oxml.ns import qn

    try:
        document = docx.Document(stream(template))
        body, last = document.element.body, document.sections[-1]._sectPr
    except (KeyError, ValueError, IndexError) as error:
        raise UnusableTemplate(template.name, f"cannot be read: {error}", "save it once more in Word or WPS") from None
    for each in list(body):
        if each is not last and each.tag != qn("w:sectPr"):
            body.remove(each)
    _assert_room(document, template)
    return document


def _assert_room(document: Any, template: Template) -> None:
    width, height = _room(document.sections[0])
    if width < TEXT_WIDTH - NEAR or height < LEAST_HEIGHT:
        told = f"has {width:.0f} × {height:.0f} mm for text on a page; maps and tables need {TEXT_WIDTH:.0f} ×"
        told += f" {LEAST_HEIGHT:.0f} mm"
        raise UnusableTemplate(template.name, told, "make its margins smaller (on A4, left and right 27 mm or less)")


def _room(section: Any) -> tuple[float, float]:
    """Return width and height of the text on a page, millimetres; a page that says nothing is A4 with our margins."""
    sides = (section.page_width, section.left_margin, section.right_margin)
    ends = (section.page_height, section.top_margin, section.bottom_margin)
    width = TEXT_WIDTH if None in sides else sides[0].mm - sides[1].mm - sides[2].mm
    height = PAPER[1] - 50.0 if None in ends else ends[0].mm - ends[1].mm - ends[2].mm
    return width, height


def fitted(look: Dress, template: Template) -> Dress:
    """Return a look with the sizes that a template gives its styles, so that pages are filled by what will stand there.

    Raises:
        UnusableTemplate: see :func:`open_document`.
    """
    document = open_document(template)
    known = {style.name: style for style in document.styles}
    texts = {name: _measured(text, known[name]) if name in known else text for name, text in look.texts.items()}
    _, height = _room(document.sections[0])
    numbered = [_is_numbered(known.get(f"Heading {depth}")) for depth in (1, 2)]
    first, second = ("" if each else head for each, head in zip(numbered, look.heads, strict=True))
    return replace(
        look,
        margins={"top": 0.0, "bottom": PAPER[1] - height, "left": 0.0, "right": PAPER[0] - TEXT_WIDTH},
        texts=texts,
        titles=(texts["Title"].size,),
        heads=(first, second),
    )


def _measured(text: TextStyle, style: Any) -> TextStyle:
    """Return a text style with the size, line and distances that a template's style has, or inherits."""
    size = _inherited(style, lambda each: each.font.size)
    spacing = _inherited(style, lambda each: each.paragraph_format.line_spacing)
    before = _inherited(style, lambda each: each.paragraph_format.space_before)
    after = _inherited(style, lambda each: each.paragraph_format.space_after)
    points = size.pt if size is not None else text.size
    line = spacing.pt if hasattr(spacing, "pt") else SINGLE * points * (spacing or 1.0)
    return replace(
        text,
        size=points,
        line=line,
        before=before.pt if before is not None else 0.0,
        after=after.pt if after is not None else 0.0,
    )


def _inherited(style: Any, told: Any) -> Any:
    """Return what a style says, or the nearest that it is based on."""
    while style is not None:
        if (found := told(style)) is not None:
            return found
        style = style.base_style
    return None


def _is_numbered(style: Any) -> bool:
    return style is not None and style.element.find(".//{*}numPr") is not None


def has_header(section: Any) -> bool:
    """Say whether a template has a head on its pages, such as a letterhead."""
    return not section.header.is_linked_to_previous


def has_numbers(section: Any) -> bool:
    """Say whether a template numbers its pages."""
    footers = (section.footer, section.even_page_footer, section.first_page_footer)
    told = [each._element for each in footers if not each.is_linked_to_previous]
    codes = [text for root in told for text in (*root.xpath(".//w:instrText/text()"), *root.xpath(".//@w:instr"))]
    return any("PAGE" in code for code in codes)


def last_paragraph(footer: Any) -> Any:
    """Return an empty paragraph at the end of a footer, whatever a template has written above it."""
    last = footer.paragraphs[-1]
    return last if not last.text and not last._p.xpath(".//w:drawing") else footer.add_paragraph()
