"""Runs and tables of slides as DrawingML.

Written out, since python-pptx sets each property by itself: a table of 160 rows takes ten times
longer that way, and it names no East Asian face, so that PowerPoint takes the reader's own. Faces and colours are the
theme's.
"""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from geoapp.office import fit
from geoapp.office.content import Table
from geoapp.office.slides.styles import CELL_INK, HEAD_INK, INK, THEME_EAST, THEME_LATIN

EMU = 36_000
"""In a millimetre."""
MOST_GROWN = 1.6
"""How many times higher than its text asks a row becomes, so that a table fills its slide."""
ALIGN = {"left": "l", "right": "r", "center": "ctr"}


def run_xml(
    text: str,
    size: float,
    lang: str,
    *,
    bold: bool = False,
    colour: str = INK,
    link: str = "",
    declared: bool = True,
) -> str:
    """Return a run in the faces of the theme.

    Args:
        colour: its place in the theme.
        link: the relationship of the address it leads to.
        declared: says what its names mean, for a run parsed by itself.
    """
    from pptx.oxml.ns import nsdecls

    tongues = 'lang="en-GB" altLang="zh-CN"' if lang == "en" else 'lang="zh-CN" altLang="en-US"'
    leads = f'<a:hlinkClick r:id="{link}"/>' if link else ""
    return (
        f'<a:r{" " + nsdecls("a", "r") if declared else ""}><a:rPr {tongues} sz="{round(size * 100)}" b="{int(bold)}">'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="{THEME_LATIN}"/><a:ea typeface="{THEME_EAST}"/>{leads}</a:rPr>'
        f"<a:t>{escape(text)}</a:t></a:r>"
    )


def add_run(
    paragraph: Any, text: str, size: float, lang: str, *, bold: bool = False, colour: str = INK, link: str = ""
) -> None:
    """Add a run to a paragraph of python-pptx; ``link`` is the relationship of the address it leads to."""
    from pptx.oxml import parse_xml

    paragraph._p.append(parse_xml(run_xml(text, size, lang, bold=bold, colour=colour, link=link)))


def fill_table(placeholder: Any, table: Table, setting: fit.Setting, lang: str, room: float) -> float:
    """Put a native table into a placeholder; return where it ends, millimetres from the top of the slide.

    Args:
        room: millimetres the table may be high; rows grow to fill it, within reason.
    """
    from pptx.oxml import parse_xml
    from pptx.util import Mm

    heights = fit.row_heights(table, setting)
    grown = max(1.0, min(MOST_GROWN, room / sum(heights)))
    heights = [height * grown for height in heights]
    frame = placeholder.insert_table(1, len(table.columns))
    frame.name = table.caption
    frame._element.nvGraphicFramePr.cNvPr.set("descr", table.caption)
    frame.height = Mm(sum(heights))
    grid = frame.table._tbl
    for column, share in zip(frame.table.columns, table.shares, strict=True):
        column.width = Mm(share * setting.width)
    grid.remove(grid.tr_lst[0])
    rows = [tuple(column.head for column in table.columns), *table.rows]
    for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
        aligns = ["center" if number == 0 else column.align for column in table.columns]
        look = _RowStyle(setting, lang, bold=number <= table.strong, colour=CELL_INK if number else HEAD_INK)
        grid.append(parse_xml(look.row(row, aligns, height)))
    top: float = frame.top.mm
    return top + sum(heights)


class _RowStyle:
    """How the cells of one row look."""

    def __init__(self, setting: fit.Setting, lang: str, *, bold: bool, colour: str) -> None:
        self.setting, self.lang, self.bold, self.colour = setting, lang, bold, colour

    def row(self, cells: tuple[str, ...], aligns: Sequence[str], height: float) -> str:
        """Return a row; its height is the least, office programs stretch it where they must."""
        from pptx.oxml.ns import nsdecls

        drawn = "".join(self._cell(cell, align) for cell, align in zip(cells, aligns, strict=True))
        return f'<a:tr {nsdecls("a")} h="{round(height * EMU)}">{drawn}</a:tr>'

    def _cell(self, text: str, align: str) -> str:
        run = run_xml(text, self.setting.size, self.lang, bold=self.bold, colour=self.colour, declared=False)
        across, down = round(self.setting.across / 2 * EMU), round(self.setting.down / 2 * EMU)
        return (
            f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{ALIGN[align]}"><a:lnSpc>'
            f'<a:spcPts val="{round(self.setting.line * 100)}"/></a:lnSpc></a:pPr>{run}</a:p></a:txBody>'
            f'<a:tcPr anchor="ctr" marL="{across}" marR="{across}" marT="{down}" marB="{down}"/></a:tc>'
        )
