"""What stands in for a face that a machine does not have: the font table of a Word document.

A style names one face. Word, WPS and LibreOffice look the others up here, where the face is missing: Windows has
仿宋 and 楷体 but no 小标宋, offices add 仿宋_GB2312, the desktops of 统信 and 麒麟 have 方正 and Liberation faces.
"""

from typing import Any
from xml.sax.saxutils import quoteattr

STAND_INS = {
    "宋体": ("SimSun", "NSimSun", "方正书宋_GBK", "Noto Serif CJK SC", "Songti SC"),
    "黑体": ("SimHei", "方正黑体_GBK", "Noto Sans CJK SC", "Heiti SC"),
    "仿宋": ("仿宋_GB2312", "FangSong", "方正仿宋_GBK", "华文仿宋"),
    "楷体": ("楷体_GB2312", "KaiTi", "方正楷体_GBK", "华文楷体"),
    "方正小标宋简体": ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "华文中宋", "STZhongsong", "宋体"),
    "Times New Roman": ("Liberation Serif", "Nimbus Roman", "Tinos", "FreeSerif"),
    "Arial": ("Liberation Sans", "Nimbus Sans", "Arimo", "Helvetica"),
}
ROMAN = ("宋体", "仿宋", "楷体", "方正小标宋简体", "Times New Roman")
HAN_CHARSET, LATIN_CHARSET = "86", "00"
FONT_TABLE = "/word/fontTable.xml"


def name_faces(document: Any) -> None:
    """Write the font table of a document that was made from python-docx's own template."""
    part = next(each for each in document.part.package.iter_parts() if str(each.partname) == FONT_TABLE)
    part._blob = font_table().encode()


def font_table() -> str:
    """Return the font table as WordprocessingML; its order of elements is that of the schema (17.8.3)."""
    from docx.oxml.ns import nsdecls

    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(','.join(others))}/>"
        f'<w:charset w:val="{LATIN_CHARSET if name.isascii() else HAN_CHARSET}"/>'
        f'<w:family w:val="{"roman" if name in ROMAN else "swiss"}"/><w:pitch w:val="variable"/></w:font>'
        for name, others in STAND_INS.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
