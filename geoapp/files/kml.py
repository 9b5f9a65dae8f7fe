"""KML for Google Earth and Ovital: folders per kind, the map's colours, every field in the balloon.

Written as XML by us, because GDAL's drivers pass on neither the colours nor the notes.
"""

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import shapely

from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.files.content import Content, Layer, Row, flat
from geoapp.portrayal import legend, palette

POINT_COLOURS = {"parks": "#7a3e9d", "projects": "#c2410c", "actions": "#92623a"}
FILLS = {
    "parent": palette.PARENT,
    "not_published": palette.NOT_PUBLISHED,
    "not_collected": palette.NOT_COLLECTED,
}
"""Plain grounds: KML has no patterns."""
FILL_ALPHA, LINE = "b0", "ff555555"


def write_kml(content: Content) -> bytes:
    """Return a KML 2.2 document."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>',
        f"<name>{escape(content.title)}</name><open>1</open>",
        f"<description>{escape(content.notes_text)}</description>",
        "<ExtendedData>",
        *(_data(note.key, note.label, note.text) for note in content.notes),
        "</ExtendedData>",
    ]
    for layer in content.layers:
        parts += _folder(layer, content.resolved)
    parts.append("</Document></kml>\n")
    return "".join(parts).encode()


def _folder(layer: Layer, resolved: ResolvedView) -> Iterable[str]:
    yield f"<Folder id={quoteattr(layer.kind)}><name>{escape(layer.title)}</name>"
    for number, row in enumerate(layer.rows):
        shape = layer.shapes[number] if layer.shapes is not None else None
        name = row.get("name") or " ".join(part for part in (row["region_name"], row.get("label")) if part)
        yield f"<Placemark id={quoteattr(str(row.get('id') or row['adcode']))}><name>{escape(name)}</name>"
        colour = (
            _area_colour(resolved.areas[number], resolved)
            if layer.kind == "targets"
            else POINT_COLOURS.get(layer.kind) or _kind_colour(layer.kind, row, resolved)
        )
        yield _style(colour)
        yield "<ExtendedData>"
        for column in layer.columns:
            value = flat(row.get(column.name))
            if value is not None:
                yield _data(column.name, column.title.say(resolved.view.lang), str(value))
        yield "</ExtendedData>"
        if shape is not None:
            yield encode_shape(shape)
        yield "</Placemark>"
    yield "</Folder>"


def _data(name: str, label: str, value: str) -> str:
    resolved = f"<displayName>{escape(label)}</displayName>"
    return f"<Data name={quoteattr(name)}>{resolved}<value>{escape(value)}</value></Data>"


def _kind_colour(layer: str, row: Row, resolved: ResolvedView) -> str:
    """Return the colour of a vector layer's feature: that of its type."""
    found = next(each.layer for each in resolved.vectors if each.layer.id == layer)
    return found.kind(row["type"]).colour


def _area_colour(area: Area, resolved: ResolvedView) -> str:
    """Return the map's colour of an area; lent and missing values keep their own look."""
    status = area.resolution.status
    if area.progress is not None and area.rank is None:
        return legend.area_fill(area, resolved)[1]
    if status == "own" and area.rank is not None:
        ramp = palette.colours(resolved.indicator, len(resolved.classes.intervals), resolved.classes.below)
        return palette.ZERO if area.rank < 0 else ramp[area.rank]
    return FILLS.get(status, palette.NONE)


def _style(colour: str) -> str:
    """KML writes colours as alpha, blue, green, red."""
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    fill = f"<PolyStyle><color>{FILL_ALPHA}{blue}{green}{red}</color></PolyStyle>"
    line = f"<LineStyle><color>{LINE}</color><width>1</width></LineStyle>"
    icon = f"<IconStyle><color>ff{blue}{green}{red}</color></IconStyle>"
    return f"<Style>{icon}{line}{fill}</Style>"


def encode_shape(shape: Any) -> str:
    """Encode a point, line or polygon; KML is longitude, latitude in degrees."""
    if shape.geom_type == "Point":
        return f"<Point><coordinates>{shape.x:.6f},{shape.y:.6f}</coordinates></Point>"
    parts = "".join(
        _polygon(part) if part.geom_type == "Polygon" else f"<LineString>{_places(part)}</LineString>"
        for part in shapely.get_parts(shape)
    )
    return f"<MultiGeometry>{parts}</MultiGeometry>"


def _polygon(part: Any) -> str:
    holes = "".join(f"<innerBoundaryIs>{_ring(hole)}</innerBoundaryIs>" for hole in part.interiors)
    return f"<Polygon><outerBoundaryIs>{_ring(part.exterior)}</outerBoundaryIs>{holes}</Polygon>"


def _ring(ring: Any) -> str:
    return f"<LinearRing>{_places(ring)}</LinearRing>"


def _places(line: Any) -> str:
    points = " ".join(f"{lon:.6f},{lat:.6f}" for lon, lat in shapely.get_coordinates(line).tolist())
    return f"<coordinates>{points}</coordinates>"
