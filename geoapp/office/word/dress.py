"""The two looks of a Word document: a report, and an official paper as GB/T 9704-2012 sets it.

The report follows the standard in kind (黑体 for heads, 仿宋 for text, 宋体 in tables) and is set smaller: a briefing
is attached to a report, it is none itself. The official paper follows it to the letter: 仿宋 三号, 22 lines of 28
characters on a page (28.95 points a line), the title in 小标宋 二号, heads in 黑体, 楷体, 仿宋, margins 37/35/28/26 mm.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

Style = Literal["report", "official"]
PAPER = (210.0, 297.0)
TEXT_WIDTH = 156.0
"""Millimetres, as GB/T 9704-2012 sets it; both looks have it."""
TWIPS = 1440 / 25.4
"""Word's own unit, in a millimetre."""
CELL_ACROSS, CELL_DOWN = 74, 16
"""Room left of and above a cell's text in twips, and the same right and below."""
INK, SOFT, ACCENT, BLACK = "1D2A2B", "56605F", "A93B25", "000000"
SONG, HEI, FANG, KAI, TITLE_SONG = "宋体", "黑体", "仿宋", "楷体", "方正小标宋简体"
SERIF, SANS = "Times New Roman", "Arial"
OFFICIAL_SIZE, OFFICIAL_LINE = 16.0, 28.95
"""Points: 三号, and 22 lines on the 225 mm of an official page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """One paragraph style. Sizes and distances are points; ``line`` is the exact height of a line.

    Attributes:
        line: 0 leaves the height to what stands in the paragraph, as a picture needs.
        indent: characters the first line is set in, as Chinese text is.
        keep: stays on the page of the paragraph that follows.
    """

    east: str
    latin: str
    size: float
    line: float
    bold: bool = False
    colour: str = INK
    align: Literal["left", "center", "right", "both"] = "left"
    before: float = 0.0
    after: float = 0.0
    indent: int = 0
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """One look of a document.

    Attributes:
        margins: millimetres.
        texts: the paragraph styles by Word's own names.
        titles: sizes of the title to try, so that it stands on one line; one that is set by rule has only its own.
        finding: the style of a sentence of the findings.
        ink: rules of tables; ``head`` and ``strong`` tint the head and the row of the whole, none where empty.
        heads: how heads of the first and the second level are counted; an empty text counts none.
        official: page numbers outside as "— 1 —", no running head, a grid of lines and characters, a signature.
    """

    margins: Mapping[str, float]
    texts: Mapping[str, TextStyle]
    titles: tuple[float, ...]
    finding: str
    ink: str
    rule: str
    head: str
    strong: str
    heads: tuple[str, str]
    official: bool = False

    @property
    def height(self) -> float:
        """Return the height of the text on a page, millimetres."""
        return PAPER[1] - self.margins["top"] - self.margins["bottom"]


REPORT = Dress(
    margins={"top": 28.0, "bottom": 22.0, "left": 28.0, "right": 26.0},
    texts={
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
        "Table Note": TextStyle(east=KAI, latin=SERIF, size=9, line=13, colour=SOFT, before=2, after=4),
        "Small Bullet": TextStyle(east=FANG, latin=SERIF, size=10.5, line=15),
    },
    titles=(22.0, 20.0, 18.0, 16.0),
    finding="List Bullet",
    ink=INK,
    rule="9AA8A3",
    head="E4EDE9",
    strong="F3F6F4",
    heads=("{chinese}、", ""),
)


def _black(face: str) -> TextStyle:
    """Return body text of the official paper in a face, which its Latin letters and digits have too.

    The standard asks for 仿宋 wherever it says nothing else; and a machine without Times then needs none.
    """
    return TextStyle(east=face, latin=face, size=OFFICIAL_SIZE, line=OFFICIAL_LINE, colour=BLACK)


OFFICIAL = Dress(
    margins={"top": 37.0, "bottom": 35.0, "left": 28.0, "right": 26.0},
    texts={
        "Normal": _black(FANG),
        "Title": replace(_black(TITLE_SONG), size=22, line=36, align="center", after=14),
        "Subtitle": replace(_black(KAI), size=14, align="center"),
        "Heading 1": replace(_black(HEI), indent=2, keep=True),
        "Heading 2": replace(_black(KAI), indent=2, keep=True),
        "Body Text": replace(_black(FANG), indent=2, align="both"),
        "Caption": replace(_black(HEI), size=12, line=20, align="center", before=3, after=4),
        "Footer": replace(_black(SONG), size=14, line=20),
        "Map": replace(_black(SONG), size=10.5, line=0, align="center", before=2, keep=True),
        "Table Text": replace(_black(SONG), size=10.5, line=15),
        "Table Head": replace(_black(HEI), size=10.5, line=15, align="center", keep=True),
        "Table Note": replace(_black(KAI), size=10.5, line=15, before=2, after=4),
        "Small Bullet": replace(_black(FANG), size=12, line=18),
        "Signature": replace(_black(FANG), align="right"),
    },
    titles=(22.0,),
    finding="Body Text",
    ink=BLACK,
    rule=BLACK,
    head="",
    strong="",
    heads=("{chinese}、", "（{chinese}）"),
    official=True,
)
DRESSES: dict[Style, Dress] = {"report": REPORT, "official": OFFICIAL}
