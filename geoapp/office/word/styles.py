"""The styles of a Word briefing: named ones that people restyle at one stroke, Chinese faces on all of them.

Word shows Chinese in a Japanese face unless the East Asian face and language of a style are named;
python-docx names the Latin one only. Faces and sizes follow GB/T 9704-2012 in kind (黑体 for heads,
仿宋 for text, 宋体 in tables), set smaller: a briefing is attached to a report, it is none itself.
"""

from dataclasses import dataclass
from typing import Any

PAPER = (210.0, 297.0)
MARGINS = {"top": 28.0, "bottom": 22.0, "left": 28.0, "right": 26.0}
"""Millimetres. The text is 156 mm wide, as GB/T 9704-2012 sets it; a map needs more height than that."""
TEXT_WIDTH = PAPER[0] - MARGINS["left"] - MARGINS["right"]
TEXT_HEIGHT = PAPER[1] - MARGINS["top"] - MARGINS["bottom"]
TABLE = "AtlasTable"
TWIPS = 1440 / 25.4
"""Word's own unit, in a millimetre."""
CELL_ACROSS, CELL_DOWN = 74, 28
"""Room left of and above a cell's text in twips, and the same right and below."""
INK, SOFT, ACCENT = "1D2A2B", "56605F", "A93B25"
HEAD_FILL, STRONG_FILL, RULE = "E4EDE9", "F3F6F4", "9AA8A3"
SONG, HEI, FANG, KAI = "宋体", "黑体", "仿宋", "楷体"
SERIF, SANS = "Times New Roman", "Arial"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """One paragraph style. Sizes and distances are points; ``line`` is the exact height of a line.

    Attributes:
        line: 0 leaves the height to what stands in the paragraph, as a picture needs.
        indent: characters the first line is set in, as Chinese text is.
    """

    east: str
    latin: str
    size: float
    line: float
    bold: bool = False
    colour: str = INK
    align: str = "left"
    before: float = 0.0
    after: float = 0.0
    indent: int = 0
    keep: bool = False


TEXT_STYLES: dict[str, TextStyle] = {
    "Normal": TextStyle(east=FANG, latin=SERIF, size=12, line=20),
    "Title": TextStyle(east=SONG, latin=SERIF, size=22, line=30, bold=True, align="center", after=6),
    "Subtitle": TextStyle(east=KAI, latin=SERIF, size=10.5, line=15, colour=SOFT, align="center", after=6),
    "Heading 1": TextStyle(east=HEI, latin=SANS, size=15, line=22, before=10, after=4, keep=True),
    "Heading 2": TextStyle(east=KAI, latin=SANS, size=13, line=20, bold=True, before=6, after=3, keep=True),
    "Body Text": TextStyle(east=FANG, latin=SERIF, size=12, line=20, indent=2),
    "List Bullet": TextStyle(east=FANG, latin=SERIF, size=12, line=20),
    "Caption": TextStyle(east=HEI, latin=SANS, size=10, line=15, align="center", before=3, after=4),
    "Header": TextStyle(east=SONG, latin=SERIF, size=9, line=12, colour=SOFT),
    "Footer": TextStyle(east=SONG, latin=SERIF, size=9, line=12, colour=SOFT, align="center"),
    "Map": TextStyle(east=SONG, latin=SERIF, size=9, line=0, align="center", before=2, keep=True),
    "Table Text": TextStyle(east=SONG, latin=SERIF, size=9, line=12),
    "Table Head": TextStyle(east=HEI, latin=SANS, size=9, line=12, align="center", keep=True),
    "Table Note": TextStyle(east=KAI, latin=SERIF, size=9, line=13, colour=SOFT, before=3, after=6),
    "Small Bullet": TextStyle(east=FANG, latin=SERIF, size=10.5, line=15),
}
BULLETS = ("List Bullet", "Small Bullet")


def dress(document: Any, lang: str) -> None:
    """Set every style, the document's own defaults, and its languages."""
    from docx.enum.style import WD_STYLE_TYPE

    styles = document.styles
    _strip_themes(styles.element)
    for name, look in TEXT_STYLES.items():
        known = any(style.name == name for style in styles)
        style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if not known:
            style.base_style, style.quick_style = styles["Normal"], True
        _set(style, look, lang)
    _hang(styles)
    _default_language(document, lang)
    styles.element.append(_table_style())


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


def _set(style: Any, look: TextStyle, lang: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    _faces(style.element.get_or_add_rPr().get_or_add_rFonts(), look.east, look.latin)
    form = style.paragraph_format
    form.alignment = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER}[look.align]
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.keep_with_next, form.keep_together = look.keep, look.keep or None
    if look.line:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    else:
        form.line_spacing = 1.0
    if look.indent and lang == "zh":
        form.first_line_indent = Pt(look.indent * look.size)
    _plain(style)


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
    form.insert_element_before(deepcopy(numbering), "w:spacing", "w:ind", "w:jc")


def _default_language(document: Any, lang: str) -> None:
    """Say which languages the text is in, for spelling and for the choice of Chinese glyphs."""
    from docx.oxml.ns import qn

    latin = "en-GB" if lang == "en" else "en-US"
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), latin)
        tag.set(qn("w:eastAsia"), "zh-CN")
    settings = document.settings.element
    theme = settings.find(qn("w:themeFontLang"))
    theme.set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word says "compatibility mode" beside the title


def _table_style() -> Any:
    """Return the one style of all tables: rules above, below and between rows, a tinted head."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def rule(side: str, eighths: int, colour: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour}"/>'

    def room(side: str, twips: int) -> str:
        return f'<w:{side} w:w="{twips}" w:type="dxa"/>'

    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="Atlas Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/><w:tblPr><w:tblBorders>'
        f"{rule('top', 12, INK)}{rule('bottom', 12, INK)}{rule('insideH', 4, RULE)}{rule('insideV', 4, RULE)}"
        f"</w:tblBorders><w:tblCellMar>"
        f"{room('top', CELL_DOWN)}{room('left', CELL_ACROSS)}{room('bottom', CELL_DOWN)}{room('right', CELL_ACROSS)}"
        f"</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>{rule("bottom", 8, INK)}</w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD_FILL}"/></w:tcPr></w:tblStylePr></w:style>'
    )
