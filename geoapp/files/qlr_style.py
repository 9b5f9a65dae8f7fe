"""Symbols and labels of the QGIS layer definition: the looks of our own map in QGIS's XML.

QGIS reads a property as ``<Option>`` since 3.26 and as ``<prop>`` before; each is written both ways.
Sizes are millimetres, as QGIS prints them: one pixel of the web map is 0.2646 mm.
"""

from base64 import b64encode
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from geoapp.portrayal import style
from geoapp.sheets.scene import fills
from geoapp.sheets.scene.glyphs import EXACT, GLYPHS

MM = 25.4 / 96
OUTLINE = "#5b6470"
LARGEST, LEAST = 18.0, 1.4
"""Diameter of the largest and of the least proportional circle, mm."""
MARK_SIZE = 4.6
FARTHEST = 4_000_000
"""Scale from which points are named; over a whole province or more their names would hide the areas."""
WRAP = 12
"""Characters after which a long name breaks."""
Values = Mapping[str, object]
WASHED = 52
"""Opacity of an area of a vector layer, of 255."""


def quoted(value: str) -> str:
    """Return a text as QGIS expressions write it."""
    return "'" + value.replace("'", "''") + "'"


def lookup(values: Mapping[str, str], field: str) -> str:
    """Return an expression that gives each feature the value under its code; empty without values."""
    pairs = ", ".join(f"{quoted(code)}, {value}" for code, value in values.items())
    return f'map_get(map({pairs}), "{field}")' if pairs else ""


def categorized(layer: Element, expression: str) -> Element:
    """Give a layer a renderer with categories by the value of an expression."""
    renderer = SubElement(layer, "renderer-v2", type="categorizedSymbol", attr=expression, enableorderby="0")
    SubElement(renderer, "categories")
    SubElement(renderer, "symbols")
    return renderer


def add_category(renderer: Element, label: str, values: list[str], symbol: Element) -> None:
    """Add a category that holds for several values."""
    categories, symbols = renderer[0], renderer[1]
    name = str(len(symbols))
    category = SubElement(categories, "category", symbol=name, label=label, render="true", type="list")
    for value in values:
        SubElement(category, "val", value=value, type="QString")
    symbol.set("name", name)
    symbols.append(symbol)


def area_symbol(look: str, colour: str, edge_width: float = 0.26) -> Element:
    """Return the fill of an area: its colour, or the ground of its look with the pattern on it."""
    symbol = _symbol("fill", "0.88")
    zonal = {"color": _rgba(fills.fill_of(look, colour)), "style": "solid"}
    _add(symbol, "SimpleFill", {**zonal, "outline_color": _rgba(OUTLINE), "outline_width": edge_width})
    pitch = fills.PITCH * MM
    if look == "hatch":
        _lines(symbol, fills.hatch_ink(colour), "45", pitch, fills.HATCH_WIDTH * MM)
    elif look == "lines":
        _lines(symbol, fills.RULE, "0", pitch, MM)
    elif look == "dots":
        _dots(symbol, pitch, {"color": _rgba(fills.DOT), "outline_style": "no", "size": fills.DOT_SIZE * MM})
    elif look == "dashes":
        edge = {"outline_color": _rgba(fills.STROKE), "outline_width": fills.STROKE_WIDTH * MM}
        stroke = {"name": "line", "angle": 90, "color": _rgba(fills.STROKE), "size": fills.STROKE_LENGTH * MM}
        _dots(symbol, pitch * 1.25, {**stroke, **edge})
    elif look == "rings":
        edge = {"outline_color": _rgba(fills.RING), "outline_width": fills.RING_WIDTH * MM}
        _dots(symbol, pitch * 1.25, {"color": "0,0,0,0", **edge, "size": 2 * fills.RING_RADIUS * MM})
    return symbol


def amount_symbol(size: float, sizes: Mapping[str, str]) -> Element:
    """Return a circle in the middle of an area: ``size`` in the legend, its own by code on the map (mm)."""
    symbol = _symbol("fill", "1")
    middle = _add(symbol, "CentroidFill", {"point_on_surface": 1, "point_on_all_parts": 0, "clip_points": 0})
    circle = SubElement(middle, "symbol", type="marker", name="@0@0", alpha="1")
    colour = {"color": _rgba(style.AMOUNT, 140), "outline_color": _rgba(style.AMOUNT_EDGE), "outline_width": 0.32}
    marker = _add(circle, "SimpleMarker", {"name": "circle", **colour, "size": f"{size:.2f}"})
    _by_expression(marker, "size", lookup(sizes, "adcode"))
    return symbol


def point_symbol(kind: str, precision: str) -> Element:
    """Return a mark as on our map: solid where the place is known, dashed where only its county is."""
    colour = style.ACCENT if kind == "park" else style.MARK
    exact = precision in EXACT
    dash = "" if exact else ' stroke-dasharray="2.5 1.9"' if precision == "county" else ' stroke-dasharray="1.4 1"'
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16" fill="none">'
        f'<circle cx="8" cy="8" r="7.9" fill="#ffffff"/><circle cx="8" cy="8" r="6.8" '
        f'fill="{colour if exact else "none"}" stroke="{colour}" stroke-width="1.1"{dash}/>'
        f'<path transform="translate(3.6 3.6) scale(.55)" d="{GLYPHS[kind]}" '
        f'stroke="{style.PAPER if exact else colour}" stroke-width="2.2"/></svg>'
    )
    symbol = _symbol("marker", "1")
    picture = f"base64:{b64encode(drawing.encode()).decode()}"
    _add(symbol, "SvgMarker", {"name": picture, "size": MARK_SIZE, "outline_width": 0})
    return symbol


def vector_symbol(shape: str, colour: str) -> Element:
    """Return the mark of one type of a published vector layer: a dot, a line, or an area in its colour."""
    if shape == "point":
        symbol = _symbol("marker", "1")
        edge = {"outline_color": _rgba(style.PAPER), "outline_width": 0.2}
        _add(symbol, "SimpleMarker", {"name": "circle", "color": _rgba(colour), **edge, "size": "2.2"})
    elif shape == "line":
        symbol = _symbol("line", "1")
        _add(symbol, "SimpleLine", {"line_color": _rgba(colour), "line_width": "0.5"})
    else:
        symbol = _symbol("fill", "1")
        edge = {"outline_color": _rgba(colour), "outline_width": 0.4}
        _add(symbol, "SimpleFill", {"color": _rgba(colour, WASHED), "style": "solid", **edge})
    return symbol


def draw_line(layer: Element) -> None:
    """Draw a layer of lines like the coast."""
    renderer = SubElement(layer, "renderer-v2", type="singleSymbol")
    symbol = _symbol("line", "1")
    _add(symbol, "SimpleLine", {"line_color": _rgba(OUTLINE), "line_width": "0.5", "capstyle": "round"})
    SubElement(renderer, "symbols").append(symbol)


def label(layer: Element, expression: str, colour: str, *, inside: bool) -> None:
    """Write a text beside each point, or level and inside each area. The font is the reader's own."""
    layer.set("labelsEnabled", "1")
    settings = SubElement(SubElement(layer, "labeling", type="simple"), "settings", calloutType="simple")
    text = SubElement(settings, "text-style", fieldName=expression, isExpression="1", fontSize="8")
    text.set("textColor", _rgba(colour))
    halo = {"bufferDraw": "1", "bufferSize": "0.7", "bufferSizeUnits": "MM", "bufferColor": "255,255,255,230"}
    SubElement(text, "text-buffer", halo)
    SubElement(settings, "text-format", autoWrapLength="0" if inside else str(WRAP), multilineAlign="1")
    place = {"placement": "4", "priority": "8"} if inside else {"placement": "6", "priority": "5", "dist": "0.6"}
    SubElement(settings, "placement", {**place, "centroidInside": "1", "offsetType": "1"})
    far = {"scaleVisibility": "0"} if inside else {"scaleVisibility": "1", "scaleMin": "1", "scaleMax": str(FARTHEST)}
    SubElement(settings, "rendering", {**far, "obstacle": "0"})


def _symbol(kind: str, alpha: str) -> Element:
    return Element("symbol", type=kind, name="0", alpha=alpha, clip_to_extent="1")


def _lines(symbol: Element, colour: str, angle: str, pitch: float, width: float) -> None:
    pattern = _add(symbol, "LinePatternFill", {"angle": angle, "distance": f"{pitch:.2f}"})
    line = SubElement(pattern, "symbol", type="line", name="@0@1", alpha="1")
    _add(line, "SimpleLine", {"line_color": _rgba(colour), "line_width": f"{width:.2f}", "capstyle": "flat"})


def _dots(symbol: Element, pitch: float, marker: Values) -> None:
    grid = {"distance_x": f"{pitch:.2f}", "distance_y": f"{pitch:.2f}", "displacement_x": f"{pitch / 2:.2f}"}
    pattern = _add(symbol, "PointPatternFill", grid)
    dot = SubElement(pattern, "symbol", type="marker", name="@0@1", alpha="1")
    _add(dot, "SimpleMarker", {"name": "circle", **marker})


def _add(symbol: Element, kind: str, values: Values) -> Element:
    layer = SubElement(symbol, "layer", {"class": kind, "enabled": "1", "pass": "0", "locked": "0"})
    options = SubElement(layer, "Option", type="Map")
    for name, value in values.items():
        SubElement(options, "Option", name=name, value=str(value), type="QString")
        SubElement(layer, "prop", k=name, v=str(value))
    return layer


def _by_expression(layer: Element, name: str, expression: str) -> None:
    """Let an expression decide about one property of a symbol layer."""
    top = SubElement(SubElement(layer, "data_defined_properties"), "Option", type="Map")
    SubElement(top, "Option", name="name", value="", type="QString")
    one = SubElement(SubElement(top, "Option", name="properties", type="Map"), "Option", name=name, type="Map")
    SubElement(one, "Option", name="active", value="true", type="bool")
    SubElement(one, "Option", name="expression", value=expression, type="QString")
    SubElement(one, "Option", name="type", value="3", type="int")
    SubElement(top, "Option", name="type", value="collection", type="QString")


def _rgba(colour: str, alpha: int = 255) -> str:
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + f",{alpha}"
