"""A QGIS layer definition: the view's layers, drawn live from ``/ogc`` with the map's colours and labels.

The regions come from their collection; which class and which label each has is written into the
style by code, since that answer (own, lent, not published, none) is the view's and not the region's.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import orjson

from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.analysis.value_scale import amount, circles_whole
from geoapp.analysis.vectors import ShownLayer
from geoapp.features.records import LEVELS
from geoapp.files import qlr_style as qgis
from geoapp.files.content import KINDS, Kind
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase, sense
from geoapp.model.plan import Park, Project
from geoapp.model.region import CHINA, Level
from geoapp.portrayal import legend, style
from geoapp.portrayal.cards import STATUS_WORDS
from geoapp.portrayal.palette import NONE
from geoapp.portrayal.ui_texts import PRECISION_WORDS
from geoapp.portrayal.view_content import attribution
from geoapp.sheets.scene.glyphs import ACTION, kind_of

MANY, CROWD, LONGEST = 30, 200, 400
"""Areas from which only those with a value are named, as on our map; from which edges are fine; in a filter."""


class _Document:
    """The tree of layers and their definitions, the first on top."""

    def __init__(self, title: str, credit: str) -> None:
        self.root = Element("qlr")
        self._credit = credit
        opened = {"checked": "Qt::Checked", "expanded": "1"}
        unnamed = SubElement(self.root, "layer-tree-group", {"name": "", **opened})
        self._tree = SubElement(unnamed, "layer-tree-group", {"name": title, **opened})
        self._layers = SubElement(self.root, "maplayers")

    def add(self, key: str, name: str, geometry: str, address: str, provider: str = "OAPIF") -> Element:
        """Return a new layer that QGIS's provider reads from an address."""
        identifier = f"geoapp_{key}"
        node = {"id": identifier, "name": name, "providerKey": provider, "source": address}
        SubElement(self._tree, "layer-tree-layer", {**node, "checked": "Qt::Checked", "expanded": "1"})
        about = {"type": "vector", "geometry": geometry, "wkbType": geometry, "labelsEnabled": "0"}
        layer = SubElement(self._layers, "maplayer", about)
        texts = {"id": identifier, "layername": name, "datasource": address, "attribution": self._credit}
        for tag, text in texts.items():
            SubElement(layer, tag).text = text
        SubElement(layer, "provider", encoding="UTF-8").text = provider
        srs = SubElement(SubElement(layer, "srs"), "spatialrefsys")
        SubElement(srs, "proj4").text = "+proj=longlat +datum=WGS84 +no_defs"  # by its name alone QGIS 3.22 finds none
        SubElement(srs, "authid").text = "EPSG:4326"
        return layer

    def encode(self) -> bytes:
        """Return the file."""
        indent(self.root)
        document: bytes = tostring(self.root, encoding="utf-8", xml_declaration=True)
        return b"<!DOCTYPE qgis-layer-definition>\n" + document.split(b"\n", 1)[1] + b"\n"


def write_qlr(resolved: ResolvedView, dataset: Dataset, lines: bytes, base: str) -> bytes:
    """Return a layer definition (QGIS 3.16 or later) that asks ``base`` for its features.

    Args:
        lines: the lines a map of the country must carry (GeoJSON); they go into the file itself.
    """
    lang = resolved.view.lang
    document = _Document(resolved.title.say(lang), attribution(dataset, lang))
    titles = {term.id: term.title.get(lang) for term in dataset.terms if term.kind == "project_type"}
    if resolved.parks:
        _add_points(document, base, "parks", resolved.parks, {"park": KINDS["parks"].say(lang)}, lang)
    if resolved.projects:
        _add_points(document, base, "projects", resolved.projects, titles, lang)
    if resolved.actions:
        _add_points(document, base, "actions", resolved.actions, titles, lang)
    for shown in resolved.vectors:
        _add_vectors(document, base, shown, resolved)
    if resolved.indicator.draw == "symbol":
        _add_amounts(document, resolved, base)
    if resolved.region.level is Level.NATION:
        layer = document.add("lines", Phrase("南海诸岛范围线").say(lang), "Line", _inline(lines), "ogr")
        qgis.draw_line(layer)
    where = _among("adcode", (area.region.adcode for area in resolved.areas)) if _is_part(resolved) else ""
    address = _address(base, collection_of(resolved.view.level), where)
    goals = resolved.view.fill == "targets"
    name = resolved.indicator.title.get(lang) if goals else sense("many", "地区").say(lang)
    layer = document.add("regions", name, "Polygon", address)
    _draw_areas(layer, resolved)
    return document.encode()


def collection_of(level: Level) -> str:
    """Return the collection that holds a level's regions."""
    return next(name for name, each in LEVELS.items() if each is level)


def _is_part(resolved: ResolvedView) -> bool:
    """Say whether QGIS is to filter. Without a filter it draws no more, since other areas have no category.

    Later versions hand the filter on to the server, which reads no longer ones.
    """
    part = resolved.region.level is not Level.NATION or resolved.view.bbox is not None
    return part and len(resolved.areas) <= LONGEST


def _address(base: str, collection: str, where: str) -> str:
    """Return what QGIS's provider connects to. Quotes inside a value are written after a backslash."""
    escaped = where.replace("\\", "\\\\").replace("'", "\\'")
    return (
        (f" filter='{escaped}'" if where else "")
        + " pagingEnabled='true' restrictToRequestBBOX='1' srsname='OGC:CRS84'"
        + f" typename='{collection}' url='{base}/ogc' version='OGC_API_FEATURES'"
    )


def _among(name: str, values: Iterable[str]) -> str:
    return f'"{name}" IN ({", ".join(qgis.quoted(value) for value in values)})'


def _inline(lines: bytes) -> str:
    """Return the dash line as text that GDAL reads in place of a file name."""
    kept = [each for each in orjson.loads(lines)["features"] if each["properties"]["kind"] == "dash"]
    return orjson.dumps({"type": "FeatureCollection", "features": kept}).decode()


def _add_points(
    document: _Document,
    base: str,
    kind: Kind,
    points: Sequence[Park | Project],
    titles: Mapping[str, str],
    lang: str,
) -> None:
    """Add parks or projects, each kind with its mark; how well the place is known shows in mark and words."""
    parks = kind == "parks"
    address = _address(base, "parks" if parks else "projects", _among("id", (each.id for each in points)))
    layer = document.add(kind, KINDS[kind].say(lang), "Point", address)
    renderer = qgis.categorized(layer, '"precision"' if parks else '"type" || \' \' || "precision"')
    order = list(titles)
    for number, precision in sorted({(order.index(_glyph(each)), str(each.precision)) for each in points}):
        drawn = order[number]
        words = f"{titles[drawn]} · {PRECISION_WORDS[precision].say(lang)}"
        value = precision if parks else f"{drawn} {precision}"
        qgis.add_category(renderer, words, [value], qgis.point_symbol(drawn, precision))
    qgis.label(layer, '"name"', style.ACCENT if parks else style.MARK, inside=False)


def _glyph(point: Park | Project) -> str:
    return kind_of(point).removeprefix(ACTION)


def _add_vectors(document: _Document, base: str, shown: ShownLayer, resolved: ResolvedView) -> None:
    """Add a published vector layer, each type in its colour."""
    found, lang = shown.layer, resolved.view.lang
    part = resolved.view.region != CHINA and len(shown.features) <= LONGEST
    where = _among("id", (each.id for each in shown.features)) if part else ""
    geometry = {"point": "Point", "line": "Line", "polygon": "Polygon"}[found.shape]
    layer = document.add(found.id, found.title.get(lang), geometry, _address(base, found.id, where))
    renderer = qgis.categorized(layer, "type")
    kinds = {feature.kind for feature in shown.features}
    for kind in found.kinds:
        if kind.id in kinds:
            symbol = qgis.vector_symbol(found.shape, kind.colour)
            qgis.add_category(renderer, kind.title.get(lang), [kind.id], symbol)


def _draw_areas(layer: Element, resolved: ResolvedView) -> None:
    """Draw the areas as the legend says, in its order; a line that lends several colours has a category for each."""
    renderer = qgis.categorized(layer, "adcode")
    edge = 0.1 if len(resolved.areas) > CROWD else 0.26
    if resolved.view.fill == "none":
        plain = qgis.area_symbol("empty", NONE, edge)
        codes: list[str] = [area.region.adcode for area in resolved.areas]
        qgis.add_category(renderer, sense("many", "地区").say(resolved.view.lang), codes, plain)
        return
    circled = [area for area in resolved.areas if _amount(area, resolved) > 0]
    for line in legend.entries(resolved):
        alike: dict[tuple[str, str], list[str]] = defaultdict(list)
        for area in resolved.areas:
            if area not in circled and legend.area_key(area, resolved) == line.key:
                alike[legend.area_fill(area, resolved)].append(area.region.adcode)
        for (look, colour), codes in alike.items():
            qgis.add_category(renderer, line.label.say(resolved.view.lang), codes, qgis.area_symbol(look, colour, edge))
    if circled:
        words, codes = STATUS_WORDS["own"].say(resolved.view.lang), [area.region.adcode for area in circled]
        qgis.add_category(renderer, words, codes, qgis.area_symbol(*legend.area_fill(circled[0], resolved), edge))
    qgis.label(layer, _label_of(resolved.areas), style.INK, inside=True)


def _label_of(areas: Sequence[Area]) -> str:
    """Return the label: name and own value; where there are many areas, only of those with a value."""
    own: dict[str, str] = {a.region.adcode: qgis.quoted(a.label) for a in areas if a.resolution.status == "own"}
    value = qgis.lookup(own, "adcode")
    if not value:
        return '"name"' if len(areas) <= MANY else "''"
    return f"\"name\" || '\\n' || {value}" if len(areas) > MANY else f"\"name\" || coalesce('\\n' || {value}, '')"


def _amount(area: Area, resolved: ResolvedView) -> float:
    """Return the amount that stands on an area as a circle; 0 where none does."""
    return amount(area.drawn) if resolved.indicator.draw == "symbol" else 0.0


def _add_amounts(document: _Document, resolved: ResolvedView, base: str) -> None:
    """Add the proportional circles: one on each area that has an amount, and that of the whole region."""
    most, lang = resolved.scale.largest, resolved.view.lang
    name = Phrase("{indicator}（圆）", {"indicator": resolved.indicator.title.get(lang)}).say(lang)
    amounts: dict[str, float] = {a.region.adcode: value for a in resolved.areas if (value := _amount(a, resolved)) > 0}
    own, code, whole = resolved.whole.label, resolved.region.adcode, amount(resolved.whole.drawn)
    if own and whole and code not in amounts and circles_whole(resolved.indicator):
        address = _address(base, collection_of(resolved.region.level), _among("adcode", [code]))
        layer = document.add("whole", f"{name} · {resolved.region.name}", "Polygon", address)
        symbol = qgis.amount_symbol(_diameter(whole, most), {})
        qgis.add_category(qgis.categorized(layer, "adcode"), own, [code], symbol)
        qgis.label(layer, qgis.quoted(f"{resolved.region.name} {own}"), style.INK, inside=True)
    if amounts:
        address = _address(base, collection_of(resolved.view.level), _among("adcode", amounts))
        _draw_amounts(document.add("amounts", name, "Polygon", address), amounts, most, resolved)


def _draw_amounts(layer: Element, amounts: Mapping[str, float], most: float, resolved: ResolvedView) -> None:
    """Draw a circle for each amount; the categories are the legend's round sizes."""
    renderer = qgis.categorized(layer, "adcode")
    sizes = {code: f"{_diameter(value, most):.2f}" for code, value in amounts.items()}
    steps = [line for line in legend.entries(resolved) if line.look == "symbol"]
    left = dict(amounts)
    for number, line in enumerate(steps):
        least = line.size**2 * most * (1 - 1e-9) if number < len(steps) - 1 else 0.0
        codes = [code for code, value in left.items() if value >= least]
        left = {code: value for code, value in left.items() if value < least}
        if codes:
            symbol = qgis.amount_symbol(qgis.LARGEST * line.size, {code: sizes[code] for code in codes})
            qgis.add_category(renderer, line.label.say(resolved.view.lang), codes, symbol)


def _diameter(value: float, most: float) -> float:
    return max(qgis.LARGEST * math.sqrt(value / most), qgis.LEAST)
