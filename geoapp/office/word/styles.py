"""Puts a look on a Word document: named styles that people restyle at one stroke, Chinese faces on all of them.

Word shows Chinese in a Japanese face unless the East Asian face and language of a style are named;
python-docx names the Latin one only.
"""

from typing import Any

from geoapp.office.word.dress import CELL_ACROSS, CELL_DOWN, OFFICIAL_SIZE, PAPER, SERIF, SONG, Dress, TextStyle
from geoapp.office.word.faces import name_faces
from geoapp.office.word.numbering import give_bullets

TABLE = "AtlasTable"
BULLETS = ("List Bullet", "Small Bullet")
AFTER_SNAP = ("w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc")
"""What follows ``w:snapToGrid`` in a paragraph's properties (ECMA-376 part 1, 17.3.1.26)."""
GRID = {"type": "lines", "linePitch": "579"}
"""22 lines on a page, 28.95 points each, in twentieths. A grid of characters too would do in Word what ``TIGHTER`` does
everywhere: LibreOffice and what is made of it give a character that is wider than its cell two cells."""
TIGHTER = "-5"
"""Twentieths of a point that 16-point characters stand closer, so that a line has the standard's 28 and not 27."""
ALIGNS = {"left": "LEFT", "center": "CENTER", "right": "RIGHT", "both": "JUSTIFY"}
NUMBER_BELOW = 7.0
"""Millimetres from the text to the line of the page number (GB/T 9704-2012, 7.5)."""


def dress_document(document: Any, look: Dress, lang: str, *, keep: bool = False) -> None:
    """Set page, styles, the document's own defaults, and its languages.

    Args:
        keep: the document comes from somebody's own template: styles it has stay as they are.
    """
    from docx.enum.style import WD_STYLE_TYPE

    styles = document.styles
    if not keep:
        _strip_themes(styles.element)
        name_faces(document)
    for name, text in look.texts.items():
        known = any(style.name == name for style in styles)
        style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if not known:
            style.base_style, style.quick_style = styles["Normal"], True
        if not (known and keep):
            _set(style, text, lang, official=look.official)
    if look.finding in BULLETS:
        if keep:
            give_bullets(document, styles[BULLETS[0]])
        _hang(styles)
    _default_language(document, lang)
    if not any(style.style_id == TABLE for style in styles):
        base = styles.default(WD_STYLE_TYPE.TABLE)
        styles.element.append(_table_style(look, base.style_id if base is not None else "TableNormal"))


def set_page(section: Any, look: Dress) -> None:
    """Set paper, margins and, for an official paper, the grid of lines and characters."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(PAPER[0]), Mm(PAPER[1])
    for side, width in look.margins.items():
        setattr(section, f"{side}_margin", Mm(width))
    section.header_distance = section.footer_distance = Mm(13)
    if not look.official:
        return
    number = look.texts["Footer"].line / 72 * 25.4
    section.footer_distance = Mm(look.margins["bottom"] - NUMBER_BELOW - number)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    for name, value in GRID.items():
        grid.set(qn(f"w:{name}"), value)
    section._sectPr.append(grid)


def _strip_themes(root: Any) -> None:
    """Name faces outright: a theme's face wins over a named one, and the template's theme is Japanese."""
    from docx.oxml.ns import qn

    for fonts in root.iter(qn("w:rFonts")):
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        _faces(fonts, SONG, SERIF)


def _faces(fonts: Any, east: str, latin: str) -> None:
    from docx.oxml.ns import qn

    for name, face in (("ascii", latin), ("hAnsi", latin), ("eastAsia", east), ("cs", latin)):
        fonts.set(qn(f"w:{name}"), face)


def _set(style: Any, look: TextStyle, lang: str, *, official: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    _faces(style.element.get_or_add_rPr().get_or_add_rFonts(), look.east, look.latin)
    form = style.paragraph_format
    form.alignment = getattr(WD_ALIGN_PARAGRAPH, ALIGNS[look.align])
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.keep_with_next, form.keep_together = look.keep, look.keep or None
    if look.line:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    else:
        form.line_spacing = 1.0
    if look.indent and lang == "zh":
        form.first_line_indent = Pt(look.indent * look.size)
    _plain(style)
    if official and look.size == OFFICIAL_SIZE:
        _tighten(style)
    elif official:
        _off_the_grid(style)


def _tighten(style: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    closer = OxmlElement("w:spacing")
    closer.set(qn("w:val"), TIGHTER)
    style.element.get_or_add_rPr().insert_element_before(closer, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def _off_the_grid(style: Any) -> None:
    """Keep small type from the grid of the body: it would be set wider apart, line by line."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    style.element.get_or_add_pPr().insert_element_before(off, *AFTER_SNAP)


def _plain(style: Any) -> None:
    """Take away the rule that the template draws under titles, and the room between their letters."""
    from docx.oxml.ns import qn

    for ornament in (*style.element.iter(qn("w:pBdr")), *style.element.findall(f"{qn('w:rPr')}/{qn('w:spacing')}")):
        ornament.getparent().remove(ornament)


def _hang(styles: Any) -> None:
    """Give the small list the bullets of the large one."""
    from copy import deepcopy

    from docx.oxml.ns import qn

    numbering = styles[BULLETS[0]].element.find(f".//{qn('w:numPr')}")
    form = styles[BULLETS[1]].element.get_or_add_pPr()
    if numbering is not None and form.find(qn("w:numPr")) is None:
        form.insert_element_before(deepcopy(numbering), "w:snapToGrid", *AFTER_SNAP)


def _default_language(document: Any, lang: str) -> None:
    """Say which languages the text is in, for spelling and for the choice of Chinese glyphs."""
    from docx.oxml.ns import qn

    latin = "en-GB" if lang == "en" else "en-US"
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), latin)
        tag.set(qn("w:eastAsia"), "zh-CN")
    settings = document.settings.element
    for theme in settings.findall(qn("w:themeFontLang")):
        theme.set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word says "compatibility mode" beside the title


def _table_style(look: Dress, base: str) -> Any:
    """Return the one style of all tables: rules above, below and between rows, in a report a tinted head."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def rule(side: str, eighths: int, colour: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour}"/>'

    def room(side: str, twips: int) -> str:
        return f'<w:{side} w:w="{twips}" w:type="dxa"/>'

    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.head}"/>' if look.head else ""
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="Atlas Table"/>'
        f'<w:basedOn w:val="{base}"/><w:uiPriority w:val="99"/><w:qFormat/><w:tblPr><w:tblBorders>'
        f"{rule('top', 12, look.ink)}{rule('bottom', 12, look.ink)}"
        f"{rule('insideH', 4, look.rule)}{rule('insideV', 4, look.rule)}"
        f"</w:tblBorders><w:tblCellMar>"
        f"{room('top', CELL_DOWN)}{room('left', CELL_ACROSS)}{room('bottom', CELL_DOWN)}{room('right', CELL_ACROSS)}"
        f"</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>{rule("bottom", 8, look.ink)}</w:tcBorders>'
        f"{shade}</w:tcPr></w:tblStylePr></w:style>"
    )
