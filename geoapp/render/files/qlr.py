"""A QGIS layer definition: the view's layers, drawn live from ``/ogc`` with the map's colours and labels.

The regions come from their collection; which class and which label each has is written into the
style by code, since that answer (own, lent, not published, none) is the view's and not the region's.
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from geoapp.analysis.shown import Area, Shown
from geoapp.model.region import Level
from geoapp.render import legend
from geoapp.render.collections import LEVELS
from geoapp.render.files.content import KINDS

OUTLINE = "#5b6470"
POINTS = {"parks": "#7a3e9d", "projects": "#c2410c"}
FONT = "Noto Sans CJK SC"


def write_qlr(shown: Shown, base: str, attribution: str) -> bytes:
    """Return a layer definition (QGIS 3.16 or later) that asks ``base`` for its features."""
    root = Element("qlr")
    tree = SubElement(root, "layer-tree-group", name=shown.title.say(shown.view.lang), checked="Qt::Checked")
    layers = SubElement(root, "maplayers")
    for kind, points in (("parks", shown.parks), ("projects", shown.projects)):
        if kind in shown.view.layers and points:
            name = KINDS[kind].say(shown.view.lang)
            layer = _layer(tree, layers, kind, kind, name, base, attribution, _quoted("id", (p.id for p in points)))
            _point_style(layer, POINTS[kind])
    name = shown.indicator.title.get(shown.view.lang)
    codes = _quoted("adcode", (area.region.adcode for area in shown.areas))
    layer = _layer(tree, layers, "regions", collection_of(shown.view.level), name, base, attribution, codes)
    _area_style(layer, shown)
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return b"<!DOCTYPE qgis-layer-definition>\n" + document.split(b"\n", 1)[1] + b"\n"


def collection_of(level: Level) -> str:
    """Return the collection that holds a level's regions."""
    return next(name for name, each in LEVELS.items() if each is level)


def _quoted(name: str, values: Iterable[str]) -> str:
    return f'"{name}" IN ({", ".join(_text(value) for value in values)})'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _layer(
    tree: Element, layers: Element, key: str, collection: str, name: str, base: str, attribution: str, where: str
) -> Element:
    identifier = f"geoapp_{key}"
    source = (
        f" pagingEnabled='true' restrictToRequestBBOX='1' srsname='OGC:CRS84' typename='{collection}'"
        f" url='{base}/ogc' version='OGC_API_FEATURES'"
    )
    SubElement(
        tree, "layer-tree-layer", id=identifier, name=name, providerKey="OAPIF", source=source, checked="Qt::Checked"
    )
    geometry = "Point" if key in POINTS else "Polygon"
    layer = SubElement(layers, "maplayer", type="vector", geometry=geometry, wkbType=geometry, labelsEnabled="1")
    for tag, text in (
        ("id", identifier),
        ("layername", name),
        ("datasource", source),
        ("subsetString", where),
        ("attribution", attribution),
    ):
        SubElement(layer, tag).text = text
    SubElement(layer, "provider", encoding="UTF-8").text = "OAPIF"
    srs = SubElement(SubElement(layer, "srs"), "spatialrefsys")
    SubElement(srs, "authid").text = "OGC:CRS84"
    return layer


def _area_style(layer: Element, shown: Shown) -> None:
    renderer = SubElement(layer, "renderer-v2", type="categorizedSymbol", attr="adcode", enableorderby="0")
    categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, line in enumerate(legend.entries(shown)):
        codes = [a.region.adcode for a in shown.areas if legend.area_key(a.rank, a.resolution.status) == line.key]
        if not codes:
            continue
        label = line.label.say(shown.view.lang)
        category = SubElement(categories, "category", symbol=str(number), label=label, render="true", type="list")
        for code in codes:
            SubElement(category, "val", value=code, type="QString")
        _fill(symbols, str(number), line.colour, hatched=line.look in ("hatch", "dots"))
    _labels(layer, _label_expression(shown.areas), "#202428")


def _label_expression(areas: Iterable[Area]) -> str:
    pairs = ", ".join(f"{_text(a.region.adcode)}, {_text(a.label)}" for a in areas if a.resolution.status == "own")
    return f"\"name\" || coalesce('\\n' || map_get(map({pairs}), \"adcode\"), '')" if pairs else '"name"'


def _point_style(layer: Element, colour: str) -> None:
    renderer = SubElement(layer, "renderer-v2", type="singleSymbol")
    symbol = SubElement(SubElement(renderer, "symbols"), "symbol", type="marker", name="0", alpha="1")
    marker = SubElement(symbol, "layer", {"class": "SimpleMarker", "enabled": "1"})
    for name, value in (
        ("name", "circle"),
        ("color", _rgba(colour)),
        ("outline_color", "255,255,255,255"),
        ("size", "2.6"),
    ):
        _option(marker, name, value)
    _labels(layer, '"name"', colour)


def _fill(symbols: Element, name: str, colour: str, *, hatched: bool) -> None:
    symbol = SubElement(symbols, "symbol", type="fill", name=name, alpha="0.85")
    layer = SubElement(symbol, "layer", {"class": "SimpleFill", "enabled": "1"})
    style = "b_diag" if hatched else "solid"
    for key, value in (
        ("color", _rgba("#8a8f98" if hatched else colour)),
        ("style", style),
        ("outline_color", _rgba(OUTLINE)),
        ("outline_width", "0.26"),
    ):
        _option(layer, key, value)


def _option(layer: Element, name: str, value: str) -> None:
    """Write a property twice: as QGIS before 3.26 reads it, and as later ones do."""
    SubElement(layer, "prop", k=name, v=value)
    options = layer.find("Option")
    if options is None:
        options = SubElement(layer, "Option", type="Map")
    SubElement(options, "Option", name=name, value=value, type="QString")


def _labels(layer: Element, expression: str, colour: str) -> None:
    settings = SubElement(SubElement(layer, "labeling", type="simple"), "settings", calloutType="simple")
    style = SubElement(
        settings,
        "text-style",
        fieldName=expression,
        isExpression="1",
        fontFamily=FONT,
        fontSize="8",
        textColor=_rgba(colour),
    )
    SubElement(style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferColor="255,255,255,220")
    SubElement(settings, "placement", placement="0", priority="5")


def _rgba(colour: str) -> str:
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"
