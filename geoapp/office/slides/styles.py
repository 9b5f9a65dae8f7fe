"""The theme of a slide briefing: 16:9, our colours and faces in the master, so that new slides follow."""

from typing import Any

SLIDE = (338.667, 190.5)
"""Millimetres: PowerPoint's 13.333 × 7.5 inches."""
EDGE = 12.0
"""Millimetres left and right of everything on a slide."""
TITLE_TOP, TITLE_HEIGHT, TITLE_SIZE = 6.0, 15.0, 24.0
FOOT_TOP = 179.0
FACE, LATIN = "微软雅黑", "Arial"
INK, SOFT, ACCENT, GREEN = "tx1", "tx2", "accent2", "accent1"
"""Colours by their places in the theme: a bureau's own template, or another theme chosen later, colours everything."""
CELL_INK, HEAD_INK = "dk1", "lt1"
"""What table styles are made for, on a dark theme too."""
THEME_EAST, THEME_LATIN = "+mn-ea", "+mn-lt"
TEMPLATE_WIDTH = 9_144_000
"""EMU: the template's slides are 4:3."""
THEME = (
    ('<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>', '<a:dk1><a:srgbClr val="1D2A2B"/></a:dk1>'),
    ("1F497D", "56605F"),
    ("4F81BD", "2B7A5E"),
    ("C0504D", "A93B25"),
    ('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{LATIN}"/>'),
    ('<a:ea typeface=""/>', f'<a:ea typeface="{FACE}"/>'),
    ('<a:font script="Hans" typeface="宋体"/>', f'<a:font script="Hans" typeface="{FACE}"/>'),
)
"""What of the template's theme is changed, and into what. The look of tables follows the first accent."""


def dress(deck: Any) -> None:
    """Make the template's slides wide, and set the master's title, faces and colours."""
    from pptx.util import Mm

    deck.slide_width, deck.slide_height = Mm(SLIDE[0]), Mm(SLIDE[1])
    master = deck.slide_master
    ratio = deck.slide_width / TEMPLATE_WIDTH
    for page in (master, *master.slide_layouts):
        for shape in page.placeholders:
            if shape.element.spPr.find(f"{{{_A}}}xfrm") is not None:
                shape.left, shape.width = round(shape.left * ratio), round(shape.width * ratio)
    _title(master)
    _theme(master)
    links = deck.part.package._rels
    for key in [key for key, link in links.items() if link.reltype.endswith("/thumbnail")]:
        links.pop(key)  # the template's preview: file managers would show an empty slide


_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _title(master: Any) -> None:
    """Set titles at the top left in one line; every layout that says nothing else follows."""
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Mm

    title = next(iter(master.placeholders))
    title.left, title.top = Mm(EDGE), Mm(TITLE_TOP)
    title.width, title.height = Mm(SLIDE[0] - 2 * EDGE), Mm(TITLE_HEIGHT)
    frame = title.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    level = master.element.find(f".//{{*}}titleStyle/{{{_A}}}lvl1pPr")
    level.set("algn", "l")
    look = level.find(f"{{{_A}}}defRPr")
    look.set("sz", str(round(TITLE_SIZE * 100)))
    look.set("b", "1")


def _theme(master: Any) -> None:
    part = next(link.target_part for link in master.part.rels.values() if link.reltype.endswith("/theme"))
    text = part.blob.decode()
    for old, new in THEME:
        assert old in text, "python-pptx has another template than the one these styles were made for"
        text = text.replace(old, new)
    part._blob = text.encode()
