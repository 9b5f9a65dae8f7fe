"""Numbers out of a raster: the value at a point, a piece as GeoTIFF."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geoapp.errors import InvalidView, Issue
from geoapp.model.view import BBox
from geoapp.raster.colours import class_of
from geoapp.raster.record import LegendClass, RasterRecord
from geoapp.raster.source.handles import open_handle

MOST_CELLS = 16_000_000
"""Cells of one download: at most 64 MB, made in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointValue:
    """A raster at a point. ``no_data``: the raster covers it but knows nothing; ``outside``: beyond its edge."""

    status: Literal["value", "no_data", "outside"]
    value: float | None
    line: LegendClass | None


def point_value(path: Path, record: RasterRecord, lon: float, lat: float) -> PointValue:
    """Return the value of the cell at a point (degrees), not interpolated."""
    source = open_handle(path)
    from rasterio.warp import transform
    from rasterio.windows import Window

    x, y = lon, lat
    if not source.crs.is_geographic:
        xs, ys = transform("EPSG:4326", source.crs, [lon], [lat])
        x, y = xs[0], ys[0]
    place = source.transform
    column, row = (x - place.c) / place.a, (y - place.f) / place.e
    if not (math.isfinite(column + row) and 0 <= column < source.width and 0 <= row < source.height):
        return PointValue(status="outside", value=None, line=None)
    cell = source.read(1, window=Window(int(column), int(row), 1, 1), masked=True)
    if cell.mask.all():
        return PointValue(status="no_data", value=None, line=None)
    value = round(float(cell[0, 0]) * source.scales[0] + source.offsets[0], 10)
    return PointValue(status="value", value=value, line=class_of(record.legend, record.kind, value))


def clip(path: Path, record: RasterRecord, bbox: BBox) -> bytes:
    """Return the cells inside a box (degrees) as a GeoTIFF in the raster's own grid, with its metadata.

    Raises:
        InvalidView: the box misses the raster, or holds more than 16 million cells.
    """
    source = open_handle(path)
    from rasterio.io import MemoryFile
    from rasterio.warp import transform_bounds
    from rasterio.windows import Window, from_bounds

    bounds = bbox if source.crs.is_geographic else transform_bounds("EPSG:4326", source.crs, *bbox)
    asked = from_bounds(*bounds, source.transform)
    left, top = max(math.floor(asked.col_off), 0), max(math.floor(asked.row_off), 0)
    right = min(math.ceil(asked.col_off + asked.width), source.width)
    bottom = min(math.ceil(asked.row_off + asked.height), source.height)
    if left >= right or top >= bottom:
        raise InvalidView([Issue("bbox", f"lies outside raster {record.id}", f"it covers {record.bbox}")])
    cells = (right - left) * (bottom - top)
    if cells > MOST_CELLS:
        problem = f"holds {cells:,} cells of raster {record.id}; one download has {MOST_CELLS:,} at most"
        raise InvalidView([Issue("bbox", problem, "choose a smaller region or give a smaller bbox")])
    window = Window(left, top, right - left, bottom - top)
    profile = {
        "driver": "GTiff", "width": window.width, "height": window.height, "count": 1, "crs": source.crs,
        "dtype": source.dtypes[0], "nodata": source.nodata, "transform": source.window_transform(window),
        "compress": "deflate", "tiled": True, "blockxsize": 256, "blockysize": 256,
    }  # fmt: skip
    with MemoryFile() as memory:
        with memory.open(**profile) as made:
            made.write(source.read(1, window=window), 1)
            made.scales, made.offsets = source.scales, source.offsets
            made.update_tags(**_tags(record))
            made.set_band_description(1, record.title.zh)
            made.set_band_unit(1, record.unit)
        return bytes(memory.read())


def _tags(record: RasterRecord) -> dict[str, str]:
    return {
        "TITLE": record.title.zh,
        "TITLE_EN": record.title.en,
        "UNIT": record.unit,
        "DATE": record.date,
        "LICENCE": record.licence,
        "ATTRIBUTION": record.attribution.zh,
        "NOTE": record.note.zh,
        "SOURCE": record.source,
        "SOURCE_SHA256": record.source_sha256,
    }
