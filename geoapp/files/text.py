"""CSV: one table for all layers, for Excel and for programs, with its metadata beside it."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

import orjson
import shapely

from geoapp.analysis.query import BadValue
from geoapp.errors import InvalidView, Issue
from geoapp.files import columns
from geoapp.files.columns import Column
from geoapp.files.content import Content, Layer, flat, union_columns

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet would run as a formula."""
GBK_TABLE = str.maketrans({"−": "-", "²": "2"})
"""Characters of ours that GBK lacks, and what stands for them."""
CSVW_TYPES = {"text": "string", "number": "number", "integer": "integer", "flag": "boolean"}


def write_csv(content: Content) -> bytes:
    """Return the rows of all layers. UTF-8 begins with a BOM, without which Excel garbles Chinese."""
    out = StringIO(newline="")
    header = table_columns(content)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in header])
    for layer in content.layers:
        for row in placed_rows(layer):
            writer.writerow([cell(row.get(column.name)) for column in header])
    return encode_text(out.getvalue(), content.options.encoding)


def table_columns(content: Content) -> tuple[Column, ...]:
    """Return the columns of the one table, with those that hold the geometry."""
    place = {
        "none": (),
        "point": (columns.LON, columns.LAT),
        "lo": (columns.WKT,),
        "full": (columns.WKT,),
    }[content.options.geometry]
    return (*union_columns(content), *place)


def placed_rows(layer: Layer) -> Iterable[dict[str, Any]]:
    """Yield rows with ``lon`` and ``lat`` where there are points, ``wkt`` where there are polygons.

    The region of the view comes first; it has no polygon, which would hold all the others.
    """
    if layer.whole is not None:
        yield layer.whole
    for number, row in enumerate(layer.rows):
        shape = layer.shapes[number] if layer.shapes is not None else None
        if shape is None:
            yield row
        elif isinstance(shape, shapely.Point):
            yield {**row, "lon": shape.x, "lat": shape.y, "wkt": shapely.to_wkt(shape, rounding_precision=6)}
        else:
            yield {**row, "wkt": shapely.to_wkt(shape, rounding_precision=6)}


def cell(value: Any) -> Any:
    """Return a cell that no spreadsheet runs: text like ``=1+1`` gets an apostrophe in front."""
    value = flat(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def encode_text(text: str, encoding: str) -> bytes:
    """Encode for spreadsheets: UTF-8 with BOM, or GBK.

    Raises:
        InvalidView: the text has a character that GBK cannot hold.
    """
    if encoding == "utf-8":
        return text.encode("utf-8-sig")
    try:
        return text.translate(GBK_TABLE).encode("gbk")
    except UnicodeEncodeError as error:
        character = text[error.start : error.end]
        fault = BadValue(f"GBK has no character {character!r}, which occurs in this view", "use encoding=utf-8")
        raise InvalidView([Issue("encoding", fault.problem, fault.hint)]) from None


def write_sidecar(content: Content) -> bytes:
    """Return the CSV's metadata (W3C CSV on the Web): notes and columns, kept out of the table itself."""
    described = [
        {"name": column.name, "titles": column.title.say(content.lang), "datatype": CSVW_TYPES[column.type]}
        for column in table_columns(content)
    ]
    encoding = content.options.encoding
    return orjson.dumps(
        {
            "@context": "http://www.w3.org/ns/csvw",
            "url": f"view.csv?{content.resolved.view.query()}",
            "dialect": {"encoding": encoding, "header": True, "delimiter": ","},
            "dc:title": content.title,
            "notes": [{"key": note.key, "label": note.label, "text": note.text} for note in content.notes],
            "tableSchema": {"columns": described},
        },
        option=orjson.OPT_INDENT_2,
    )
