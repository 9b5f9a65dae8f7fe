"""GeoPackage, Shapefile and FlatGeobuf through GDAL (pyogrio's array interface: no pandas in the worker)."""

import csv
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geoapp.files.archive import zip_files
from geoapp.files.columns import Column
from geoapp.files.content import Content, Layer, flat, union_columns
from geoapp.files.text import encode_text
from geoapp.model.phrase import Phrase

EPSG = {"4326": "EPSG:4326", "4490": "EPSG:4490"}
"""GCJ-02 and BD-09 are no coordinate systems: their files carry none, and say so in their notes."""
README = "说明.txt"
FIELD_TABLE = "字段说明.csv"


def write_gpkg(content: Content) -> bytes:
    """Return a GeoPackage 1.3: one layer per kind, the notes in its metadata tables."""
    with tempfile.TemporaryDirectory(prefix="geoapp-") as folder:
        path = Path(folder) / "view.gpkg"
        for number, layer in enumerate(content.layers):
            _write(
                path,
                layer,
                "GPKG",
                content,
                layer=layer.kind,
                dataset_options={"VERSION": "1.3", "METADATA_TABLES": "YES"} if number == 0 else None,
                layer_options={"IDENTIFIER": f"{layer.kind} {layer.title}", "DESCRIPTION": content.title},
                dataset_metadata={note.key: f"{note.label}：{note.text}" for note in content.notes}
                if number == 0
                else None,
            )
        return path.read_bytes()


def write_fgb(content: Content) -> bytes:
    """Return a FlatGeobuf: all layers in one, since the format has no more than one."""
    merged = merge(content)
    with tempfile.TemporaryDirectory(prefix="geoapp-") as folder:
        path = Path(folder) / "view.fgb"
        options = {"TITLE": content.title, "DESCRIPTION": content.notes_text, "SPATIAL_INDEX": "YES"}
        _write(path, merged, "FlatGeobuf", content, layer="view", layer_options=options)
        return path.read_bytes()


def write_shp(content: Content) -> bytes:
    """Return a zip: a Shapefile per kind, its encoding in ``.cpg``, a readme and a table of fields."""
    encoding = content.options.encoding
    files: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory(prefix="geoapp-") as folder:
        for layer in content.layers:
            options = {
                "DBF_DATE_LAST_UPDATE": content.date,
                "SPATIAL_INDEX": "NO",
            }
            path = Path(folder) / f"{layer.kind}.shp"
            _write(path, layer, "ESRI Shapefile", content, layer=layer.kind, layer_options=options, short=True)
        for path in sorted(Path(folder).iterdir()):
            files[path.name] = path.read_bytes()
    for layer in content.layers:
        files[f"{layer.kind}.cpg"] = b"GBK" if encoding == "gbk" else b"UTF-8"
    files[README] = encode_text(content.notes_text.replace("\n", "\r\n") + "\r\n", encoding)
    files[FIELD_TABLE] = encode_text(_field_table(content), encoding)
    return zip_files(files, content.date)


def merge(content: Content) -> Layer:
    """Return all layers as one, with the layer's name in the first column."""
    shapes = [layer.shapes for layer in content.layers if layer.shapes is not None]
    return Layer(
        kind="targets",
        title=content.title,
        columns=union_columns(content),
        rows=[row for layer in content.layers for row in layer.rows],
        shapes=np.concatenate(shapes) if shapes else None,
        geometry_type="Unknown",
    )


def _write(path: Path, table: Layer, driver: str, content: Content, *, short: bool = False, **options: Any) -> None:
    from pyogrio import raw, set_gdal_config_options  # loads GDAL, 60 MB: only where a file is made

    set_gdal_config_options({"OGR_CURRENT_DATE": f"{content.date}T00:00:00.000Z"})
    fields = [_field(column, table.rows, content) for column in table.columns]
    with warnings.catch_warnings():
        # Files in GCJ-02 and BD-09 have no system on purpose; DBF has no more than 254 bytes for a text.
        warnings.filterwarnings("ignore", "'crs' was not provided")
        raw.write(
            str(path),
            geometry=shapely.to_wkb(table.shapes) if table.shapes is not None else None,
            geometry_type=table.geometry_type if table.shapes is not None else None,
            fields=[column.short if short else column.name for column in table.columns],
            field_data=[data for data, _ in fields],
            field_mask=[mask for _, mask in fields],
            crs=EPSG.get(content.options.crs) if table.shapes is not None else None,
            driver=driver,
            promote_to_multi=False if table.geometry_type != "MultiPolygon" else None,
            encoding=("GBK" if content.options.encoding == "gbk" else "UTF-8") if short else None,
            **options,
        )


def _field(column: Column, rows: Sequence[dict[str, Any]], content: Content) -> tuple[Any, Any]:
    """Return a column as an array and the mask of its empty cells."""
    values = [flat(row.get(column.name)) for row in rows]
    mask = np.array([value is None for value in values], dtype=bool)
    if column.type == "text":
        texts = (gbk(value) for value in values) if content.options.encoding == "gbk" else values
        return np.array(list(texts), dtype=object), mask
    kinds: dict[str, type] = {"number": np.float64, "integer": np.int32, "flag": np.bool_}
    fill = np.nan if column.type == "number" else 0
    filled = [fill if value is None else value for value in values]
    return np.array(filled, dtype=kinds[column.type]), mask


def gbk(value: str | None) -> str | None:
    """Return a text that GBK can hold, or refuse it with the character that it cannot."""
    return None if value is None else encode_text(value, "gbk").decode("gbk")


def _field_table(content: Content) -> str:
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    heads = (Phrase("图层"), Phrase("字段"), Phrase("全名"), Phrase("含义"))
    writer.writerow([head.say(content.lang) for head in heads])
    writer.writerows(_field_rows(content))
    return out.getvalue()


def _field_rows(content: Content) -> Iterable[tuple[str, str, str, str]]:
    for layer in content.layers:
        for column in layer.columns:
            yield layer.kind, column.short, column.name, column.title.say(content.lang)
