"""Slides on a bureau's own master: its theme, its title, its logo; our layouts take the room that it leaves."""

from typing import Any

from geoapp.errors import UnusableTemplate
from geoapp.office.own_templates.files import Template, stream
from geoapp.office.slides.layouts import BELOW_SUBTITLE, FOOT_HEIGHT, SUBTITLE_HEIGHT, Room
from geoapp.office.slides.styles import SLIDE

LEAST_WIDTH, LEAST_HEIGHT = 260.0, 110.0
"""Millimetres of a body in which a map with its legend and a table have room."""
NEAR = 1.0
"""Millimetres that a slide may differ from 16:9."""
TITLES, BODIES, COVERS, BELOW = ("title", "ctrTitle"), ("body",), ("ctrTitle", "title"), ("subTitle", "body")
LOWEST_TITLE, HIGHEST_TITLE = 18.0, 28.0


def open_deck(template: Template) -> tuple[Any, Any, Room]:
    """Return an empty deck on a template, its cover's layout, and the room its master leaves.

    Raises:
        UnusableTemplate: it lacks what slides need.
    """
    import pptx

    try:
        deck = pptx.Presentation(stream(template))
    except (KeyError, ValueError) as error:
        raise UnusableTemplate(template.name, f"cannot be read: {error}", "save it once more in PowerPoint") from None
    width, height = ((side.mm if side is not None else 0.0) for side in (deck.slide_width, deck.slide_height))
    if abs(width - SLIDE[0]) > NEAR or abs(height - SLIDE[1]) > NEAR:
        told = f"has slides of {width:.0f} × {height:.0f} mm; briefings need {SLIDE[0]:.0f} × {SLIDE[1]:.0f} mm (16:9)"
        raise UnusableTemplate(template.name, told, "choose Design, Slide Size, Widescreen (设计 › 幻灯片大小 › 宽屏)")
    _empty(deck)
    return deck, _cover(deck, template), _room(deck, template)


def _empty(deck: Any) -> None:
    """Take away the slides that a template has as samples."""
    listed = deck.slides._sldIdLst
    for each in list(listed):
        deck.part.drop_rel(each.rId)
        listed.remove(each)


def _cover(deck: Any, template: Template) -> Any:
    """Return the layout of a cover: a title and one text below it, with the index that covers have."""
    for layout in deck.slide_layouts:
        found = {shape.placeholder_format.idx: _kind(shape) for shape in layout.placeholders}
        if found.get(0) in COVERS and found.get(1) in BELOW:
            return layout
    problem = "has no layout of a cover with a title and a subtitle"
    raise UnusableTemplate(template.name, problem, "add the layout Title Slide (标题幻灯片) to its master")


def _room(deck: Any, template: Template) -> Room:
    """Return where the master puts title, body and foot."""
    master = deck.slide_master
    title, body = _of(master, TITLES), _of(master, BODIES)
    for shape, name in ((title, "title (标题)"), (body, "text (文本)")):
        if shape is None or shape.width is None:
            hint = "add it under View, Slide Master, Master Layout (视图 › 幻灯片母版 › 母版版式)"
            raise UnusableTemplate(template.name, f"has no placeholder for the {name} on its master", hint)
    foot = _of(master, ("ftr",))
    bottom = body.top.mm + body.height.mm
    foot_top = foot.top.mm if foot is not None else min(bottom + 1, SLIDE[1] - FOOT_HEIGHT - 2)
    below_title = title.top.mm + title.height.mm + SUBTITLE_HEIGHT + BELOW_SUBTITLE
    size, bold = _title_type(master)
    room = Room(
        left=body.left.mm,
        width=body.width.mm,
        title_top=title.top.mm,
        title_height=title.height.mm,
        title_size=size,
        title_bold=bold,
        body_top=max(body.top.mm, below_title),
        body_bottom=min(bottom, foot_top - 1),
        foot_top=foot_top,
    )
    if room.width < LEAST_WIDTH or room.height < LEAST_HEIGHT:
        told = f"leaves {room.width:.0f} × {room.height:.0f} mm for a map or a table on its master"
        least = f"{LEAST_WIDTH:.0f} × {LEAST_HEIGHT:.0f} mm"
        hint = f"make its title lower or its text placeholder larger, to at least {least} under one line of subtitle"
        raise UnusableTemplate(template.name, told, hint)
    return room


def _title_type(master: Any) -> tuple[float, bool]:
    """Return size and weight of the master's titles; a size that leaves no room for a sentence is lowered."""
    look = master.element.find(".//{*}titleStyle/{*}lvl1pPr/{*}defRPr")
    told = look.attrib if look is not None else {}
    size = int(told.get("sz", "2400")) / 100
    return max(LOWEST_TITLE, min(size, HIGHEST_TITLE)), told.get("b") in ("1", "true")


def _of(master: Any, kinds: tuple[str, ...]) -> Any:
    return next((shape for shape in master.placeholders if _kind(shape) in kinds), None)


def _kind(shape: Any) -> str:
    kind: str = shape.element.find(".//{*}nvPr/{*}ph").get("type", "obj")
    return kind
