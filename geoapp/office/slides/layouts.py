"""The layouts of our slides: real placeholders, so that the outline view, a new theme and a screen reader find all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from geoapp.office.slides.styles import EDGE, FOOT_TOP, SLIDE, SOFT, TITLE_HEIGHT, TITLE_SIZE, TITLE_TOP

Box = tuple[float, float, float, float]
"""Left, top, width, height in millimetres."""
EMU = 36_000
"""In a millimetre."""
WIDTH = SLIDE[0] - 2 * EDGE
GAP = 6.0
MAP_SHARE, TABLE_SHARE = 222 / 314.667, 208 / 314.667
"""Of the body's width: a map beside its findings, a table beside its chart."""
SUBTITLE_HEIGHT, BELOW_SUBTITLE = 8.0, 1.5
WAY_HEIGHT = 15.0
CODE_SIDE = 24.0
"""Millimetres of a QR code on a slide, read from a seat."""
NUMBER_WIDTH, FOOT_HEIGHT = 20.0, 9.0
SMALLEST = 10.0
"""Points: no type on a slide is smaller."""
TITLE, SUBTITLE, TEXT, PICTURE, TABLE, CHART, WAY, FOOT, NUMBER = 0, 13, 1, 14, 15, 16, 17, 11, 12
"""The index of each placeholder, by which a slide finds its layout's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where title, body and foot stand on a slide, in millimetres: as we set them, or as a template's master does.

    Attributes:
        title_size: points.
        body_top: of what stands below the subtitle.
    """

    left: float = EDGE
    width: float = WIDTH
    title_top: float = TITLE_TOP
    title_height: float = TITLE_HEIGHT
    title_size: float = TITLE_SIZE
    title_bold: bool = True
    body_top: float = 31.0
    body_bottom: float = 176.0
    foot_top: float = FOOT_TOP

    @property
    def height(self) -> float:
        """Return the height of the body."""
        return self.body_bottom - self.body_top

    @property
    def whole(self) -> Box:
        """Return the body."""
        return self.left, self.body_top, self.width, self.height

    @property
    def subtitle(self) -> Box:
        """Return the line under the title."""
        return self.left, self.body_top - SUBTITLE_HEIGHT - BELOW_SUBTITLE, self.width, SUBTITLE_HEIGHT

    @property
    def map(self) -> Box:
        """Return the place of a map with something beside it."""
        return self.left, self.body_top, MAP_SHARE * self.width, self.height

    @property
    def beside_map(self) -> Box:
        """Return the place of the findings."""
        left, _, width, height = self._right_of(self.map)
        return left, self.body_top, width, height - WAY_HEIGHT

    @property
    def way(self) -> Box:
        """Return the place of the address of a map."""
        left, _, width, _ = self._right_of(self.map)
        return left, self.body_bottom - WAY_HEIGHT, width, WAY_HEIGHT

    @property
    def table(self) -> Box:
        """Return the place of a table with a chart beside it."""
        return self.left, self.body_top, TABLE_SHARE * self.width, self.height

    @property
    def chart(self) -> Box:
        """Return the place of that chart."""
        return self._right_of(self.table)

    def _right_of(self, box: Box) -> Box:
        taken = box[2] + GAP
        return self.left + taken, self.body_top, self.width - taken, self.height


OURS = Room()


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


def foot_slots(room: Room) -> tuple[Slot, Slot]:
    """Return the placeholders of source and number, which every slide repeats."""
    right = room.left + room.width - NUMBER_WIDTH
    source: Box = (room.left, room.foot_top, room.width - NUMBER_WIDTH, FOOT_HEIGHT)
    number: Box = (right, room.foot_top, NUMBER_WIDTH, FOOT_HEIGHT)
    return (
        Slot(index=FOOT, kind="ftr", name="来源", box=source, size=SMALLEST, colour=SOFT),
        Slot(index=NUMBER, kind="sldNum", name="页码", box=number, size=SMALLEST, colour=SOFT, align="r"),
    )


def slots_of(room: Room) -> dict[str, tuple[Slot, ...]]:
    """Return the placeholders of each of our layouts."""
    title: Box = (room.left, room.title_top, room.width, room.title_height)
    common = (
        Slot(index=TITLE, kind="title", name="标题", box=title),
        Slot(index=SUBTITLE, kind="body", name="副标题", box=room.subtitle, size=13, colour=SOFT),
        *foot_slots(room),
    )
    return {
        "地图与要点": (
            *common,
            Slot(index=PICTURE, kind="pic", name="地图", box=room.map),
            Slot(index=TEXT, kind="body", name="正文", box=room.beside_map, size=15, bullet=True),
            Slot(index=WAY, kind="body", name="原图地址", box=room.way, size=SMALLEST, colour=SOFT),
        ),
        "整幅地图": (*common, Slot(index=PICTURE, kind="pic", name="地图", box=room.whole)),
        "表": (*common, Slot(index=TABLE, kind="tbl", name="表", box=room.whole)),
        "表与图": (
            *common,
            Slot(index=TABLE, kind="tbl", name="表", box=room.table),
            Slot(index=CHART, kind="chart", name="图", box=room.chart),
        ),
        "图": (*common, Slot(index=CHART, kind="chart", name="图", box=room.whole)),
        "正文": (*common, Slot(index=TEXT, kind="body", name="正文", box=room.whole, size=15, bullet=True)),
    }


def add_layouts(deck: Any, room: Room) -> dict[str, Any]:
    """Add our layouts to the master of a deck, and return them by name."""
    from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from pptx.opc.packuri import PackURI
    from pptx.oxml import parse_xml
    from pptx.parts.slide import SlideLayoutPart

    master = deck.slide_master
    listed = master.element.find(".//{*}sldLayoutIdLst")
    number, found = _highest_id(deck), {}
    for place, (name, slots) in enumerate(slots_of(room).items(), start=1):
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
    fill = f'<a:solidFill><a:schemeClr val="{slot.colour}"/></a:solidFill>' if slot.colour else ""
    return (
        '<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:normAutofit/></a:bodyPr><a:lstStyle>'
        f'<a:lvl1pPr marL="{indent}" indent="{-indent}" algn="{slot.align}"><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'{bullet}<a:defRPr sz="{round(slot.size * 100)}">{fill}</a:defRPr></a:lvl1pPr></a:lstStyle>'
    )
