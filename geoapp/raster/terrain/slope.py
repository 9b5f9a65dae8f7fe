"""Slope of a height model on its own grid, window by window, before anything is averaged.

Averaging heights first would flatten the land. Rows of a geographic grid get their own
east-west step: a degree shrinks with the cosine of the latitude.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geoapp.raster.writing import writing

if TYPE_CHECKING:
    from rasterio.io import DatasetReader
    from rasterio.windows import Window

COARSEST_M = 100.0
"""Cells above this (3″ is 93 m) give slopes that mean nothing: 95 % of China is "below 3°" on 5′."""
DEGREE_M = 111_320.0
TILE = 2048
NODATA = -1.0


def slope_degrees(heights: npt.NDArray[np.float64], dx: npt.NDArray[np.float64], dy: float) -> npt.NDArray[np.float64]:
    """Return slopes of the inner cells by Horn's method (3 × 3), NaN where a neighbour is NaN.

    Args:
        heights: rows × columns, metres, NaN where unknown.
        dx: east-west step of each inner row, metres.
        dy: north-south step, metres.
    """
    north, middle, south = heights[:-2], heights[1:-1], heights[2:]
    east = north[:, 2:] + 2 * middle[:, 2:] + south[:, 2:]
    west = north[:, :-2] + 2 * middle[:, :-2] + south[:, :-2]
    down = south[:, :-2] + 2 * south[:, 1:-1] + south[:, 2:]
    up = north[:, :-2] + 2 * north[:, 1:-1] + north[:, 2:]
    found: npt.NDArray[np.float64] = np.degrees(
        np.arctan(np.hypot((east - west) / (8 * dx[:, None]), (down - up) / (8 * dy)))
    )
    return found


def write_slope(source: "DatasetReader", area: "Window", target: Path) -> None:
    """Write the slope of a window of a height model as float32 GeoTIFF, tile by tile."""
    import rasterio
    from rasterio.windows import Window

    profile = {
        "driver": "GTiff", "width": area.width, "height": area.height, "count": 1, "crs": source.crs,
        "dtype": "float32", "nodata": NODATA, "transform": source.window_transform(area), "tiled": True,
        "compress": "zstd", "zstd_level": 1,
    }  # fmt: skip
    with writing(target), rasterio.open(target, "w", **profile) as made:
        for top in range(0, area.height, TILE):
            for left in range(0, area.width, TILE):
                size = (min(TILE, area.height - top), min(TILE, area.width - left))
                tile = Window(area.col_off + left, area.row_off + top, size[1], size[0])
                made.write(_tile(source, tile), 1, window=Window(left, top, size[1], size[0]))


def _tile(source: "DatasetReader", tile: Any) -> npt.NDArray[np.float32]:
    from rasterio.windows import Window

    halo = Window(tile.col_off - 1, tile.row_off - 1, tile.width + 2, tile.height + 2)
    raw = source.read(1, window=halo, boundless=True, masked=True)
    heights = raw.astype(np.float64).filled(np.nan) * source.scales[0] + source.offsets[0]
    dx, dy = np.full(tile.height, source.transform.a), -source.transform.e
    if source.crs.is_geographic:
        rows = tile.row_off + np.arange(tile.height) + 0.5
        dx = dx * DEGREE_M * np.cos(np.radians(source.transform.f + rows * source.transform.e))
        dy = dy * DEGREE_M
    slope = slope_degrees(heights, dx, dy)
    return np.where(np.isfinite(slope), slope, NODATA).astype(np.float32)
