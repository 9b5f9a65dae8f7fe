"""The layouts of our slides: real placeholders, so that the outline view, a new theme and a screen reader find all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from geoapp.office.slides.styles import EDGE, FOOT_TOP, SLIDE, SOFT, TITLE_HEIGHT, TITLE_TOP

Box = tuple[float, float, float, float]
"""Left, top, width, height in millimetres."""
EMU = 36_000
"""In a millimetre."""
WIDTH = SLIDE[0] - 2 * EDGE
BODY_TOP, BODY_BOTTOM = 31.0, 176.0
BODY_HEIGHT = BODY_BOTTOM - BODY_TOP
GAP = 6.0
MAP_WIDTH = 222.0
ASIDE = (EDGE + MAP_WIDTH + GAP, WIDTH - MAP_WIDTH - GAP)
"""Left edge and width of what stands right of a map."""
WAY_HEIGHT = 15.0
CODE_SIDE = 24.0
"""Millimetres of a QR code on a slide, read from a seat."""
TABLE_WIDTH = 208.0
"""Of a table beside its chart."""
NUMBER_WIDTH, FOOT_HEIGHT = 20.0, 9.0
SMALLEST = 10.0
"""Points: no type on a slide is smaller."""
TITLE, SUBTITLE, TEXT, PICTURE, TABLE, CHART, WAY, FOOT, NUMBER = 0, 13, 1, 14, 15, 16, 17, 11, 12
"""The index of each placeholder, by which a slide finds its layout's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One placeholder of a layout. A box of None keeps the master's."""

    index: int
    kind: str
    name: str
    box: Box | None
    size: float = 0.0
    bullet: bool = False
    colour: str = ""
    align: str = "l"


TITLE_SLOT = Slot(index=TITLE, kind="title", name="标题", box=(EDGE, TITLE_TOP, WIDTH, TITLE_HEIGHT))
SUBTITLE_SLOT = Slot(index=SUBTITLE, kind="body", name="副标题", box=(EDGE, 21.5, WIDTH, 8.0), size=13, colour=SOFT)
FOOT_SLOT = Slot(
    index=FOOT,
    kind="ftr",
    name="来源",
    box=(EDGE, FOOT_TOP, WIDTH - NUMBER_WIDTH, FOOT_HEIGHT),
    size=SMALLEST,
    colour=SOFT,
)
NUMBER_SLOT = Slot(
    index=NUMBER,
    kind="sldNum",
    name="页码",
    box=(SLIDE[0] - EDGE - NUMBER_WIDTH, FOOT_TOP, NUMBER_WIDTH, FOOT_HEIGHT),
    size=SMALLEST,
    colour=SOFT,
    align="r",
)
COMMON = (TITLE_SLOT, SUBTITLE_SLOT, FOOT_SLOT, NUMBER_SLOT)
WHOLE: Box = (EDGE, BODY_TOP, WIDTH, BODY_HEIGHT)
BESIDE_MAP: Box = (ASIDE[0], BODY_TOP, ASIDE[1], BODY_HEIGHT - WAY_HEIGHT)
WAY_BOX: Box = (ASIDE[0], BODY_BOTTOM - WAY_HEIGHT, ASIDE[1], WAY_HEIGHT)
TEXT_SLOT = Slot(index=TEXT, kind="body", name="正文", box=WHOLE, size=15, bullet=True)
LAYOUTS: dict[str, tuple[Slot, ...]] = {
    "地图与要点": (
        *COMMON,
        Slot(index=PICTURE, kind="pic", name="地图", box=(EDGE, BODY_TOP, MAP_WIDTH, BODY_HEIGHT)),
        Slot(index=TEXT, kind="body", name="正文", box=BESIDE_MAP, size=15, bullet=True),
        Slot(index=WAY, kind="body", name="原图地址", box=WAY_BOX, size=SMALLEST, colour=SOFT),
    ),
    "整幅地图": (*COMMON, Slot(index=PICTURE, kind="pic", name="地图", box=WHOLE)),
    "表": (*COMMON, Slot(index=TABLE, kind="tbl", name="表", box=WHOLE)),
    "表与图": (
        *COMMON,
        Slot(index=TABLE, kind="tbl", name="表", box=(EDGE, BODY_TOP, TABLE_WIDTH, BODY_HEIGHT)),
        Slot(
            index=CHART,
            kind="chart",
            name="图",
            box=(EDGE + TABLE_WIDTH + GAP, BODY_TOP, WIDTH - TABLE_WIDTH - GAP, BODY_HEIGHT),
        ),
    ),
    "图": (*COMMON, Slot(index=CHART, kind="chart", name="图", box=WHOLE)),
    "正文": (*COMMON, TEXT_SLOT),
}


def add_layouts(deck: Any) -> dict[str, Any]:
    """Add our layouts to the master of a deck, and return them by name."""
    from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from pptx.opc.packuri import PackURI
    from pptx.oxml import parse_xml
    from pptx.parts.slide import SlideLayoutPart

    master = deck.slide_master
    listed = master.element.find(".//{*}sldLayoutIdLst")
    number, found = _highest_id(deck), {}
    for place, (name, slots) in enumerate(LAYOUTS.items(), start=1):
        path = PackURI(f"/ppt/slideLayouts/slideLayout{100 + place}.xml")
        element = parse_xml(_layout_xml(name, slots))
        part = SlideLayoutPart(path, CONTENT_TYPE.PML_SLIDE_LAYOUT, master.part.package, element)
        part.relate_to(master.part, RELATIONSHIP_TYPE.SLIDE_MASTER)
        entry = listed.makeelement(f"{{{_P}}}sldLayoutId", {"id": str(number + place)})
        entry.set(f"{{{_R}}}id", master.part.relate_to(part, RELATIONSHIP_TYPE.SLIDE_LAYOUT))
        listed.append(entry)
        found[name] = part.slide_layout
    return found


_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _highest_id(deck: Any) -> int:
    """Return the highest number of a master or a layout: each has one of its own, above 2³¹."""
    told = [each.get("id") for each in deck.element.iter(f"{{{_P}}}sldMasterId")]
    for master in deck.slide_masters:
        told += [each.get("id") for each in master.element.iter(f"{{{_P}}}sldLayoutId")]
    return max(int(each) for each in told)


def _layout_xml(name: str, slots: Sequence[Slot]) -> str:
    from pptx.oxml.ns import nsdecls

    drawn = "".join(slot_xml(slot, number) for number, slot in enumerate(slots, start=2))
    return (
        f'<p:sldLayout {nsdecls("a", "p", "r")} preserve="1" userDrawn="1"><p:cSld name={quoteattr(name)}><p:spTree>'
        f'<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{drawn}</p:spTree>'
        "</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def slot_xml(slot: Slot, number: int) -> str:
    """Return a placeholder of a layout: where it stands and how its text is set unless a slide says otherwise."""
    place = f' idx="{slot.index}"' if slot.index else ""
    prompt = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr/><a:t>‹#›</a:t></a:fld>'
    if slot.kind != "sldNum":
        prompt = f"<a:r><a:rPr/><a:t>{slot.name}</a:t></a:r>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(slot.name)}/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f'</p:cNvSpPr><p:nvPr><p:ph type="{slot.kind}"{place}/></p:nvPr></p:nvSpPr><p:spPr>{_place_xml(slot.box)}'
        f"</p:spPr><p:txBody>{_frame_xml(slot)}<a:p>{prompt}</a:p></p:txBody></p:sp>"
    )


def _place_xml(box: Box | None) -> str:
    if box is None:
        return ""
    left, top, width, height = (round(each * EMU) for each in box)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _frame_xml(slot: Slot) -> str:
    """Return the frame of a placeholder's text and the look of its first level."""
    if not slot.size:
        return "<a:bodyPr/><a:lstStyle/>"
    bullet = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if slot.bullet else "<a:buNone/>"
    indent = round(5.0 * EMU) if slot.bullet else 0
    fill = f'<a:solidFill><a:srgbClr val="{slot.colour}"/></a:solidFill>' if slot.colour else ""
    return (
        '<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:normAutofit/></a:bodyPr><a:lstStyle>'
        f'<a:lvl1pPr marL="{indent}" indent="{-indent}" algn="{slot.align}"><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'{bullet}<a:defRPr sz="{round(slot.size * 100)}">{fill}</a:defRPr></a:lvl1pPr></a:lstStyle>'
    )
