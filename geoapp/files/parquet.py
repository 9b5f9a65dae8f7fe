"""GeoParquet 1.1 through pyarrow."""

from io import BytesIO
from typing import Any

import orjson
import shapely

from geoapp.files.content import Content, flat
from geoapp.files.vector import merge


def write_parquet(content: Content) -> bytes:
    """Return one GeoParquet table of all layers; the notes are key-value metadata."""
    import pyarrow as pa  # 90 MB: only where a file is made
    import pyarrow.parquet as pq

    types = {"text": pa.string(), "number": pa.float64(), "integer": pa.int32(), "flag": pa.bool_()}
    layer = merge(content)
    arrays = {
        column.name: pa.array([flat(row.get(column.name)) for row in layer.rows], types[column.type])
        for column in layer.columns
    }
    notes = {note.key: note.text for note in content.notes}
    if layer.shapes is not None:
        arrays["geometry"] = pa.array(shapely.to_wkb(layer.shapes).tolist(), pa.binary())
        notes["geo"] = orjson.dumps(_geo(content, layer.shapes)).decode()
    table = pa.table(arrays).replace_schema_metadata(notes)
    out = BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def _geo(content: Content, shapes: Any) -> dict[str, Any]:
    kinds = sorted({shape.geom_type for shape in shapes})
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": kinds}
    if len(shapes):
        column["bbox"] = shapely.total_bounds(shapes).tolist()
    if content.options.crs == "4490":
        from pyproj import CRS

        column["crs"] = CRS.from_epsg(4490).to_json_dict()
    elif content.options.crs != "4326":
        column["crs"] = None  # an offset, not a coordinate system
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
