"""Small rasters with known answers, and the bad files planners bring."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.transform import Affine, from_origin

WEST, NORTH = 106.0, 41.0
"""A grid over Ordos: the corner most builders start from."""


def write_raster(
    path: Path,
    cells: npt.NDArray[Any],
    *,
    crs: Any = "EPSG:4326",
    transform: Affine | None = None,
    nodata: float | None = None,
    **options: Any,
) -> Path:
    """Write bands × rows × columns (or rows × columns) as a GeoTIFF of 0.05° cells over Ordos."""
    bands = cells if cells.ndim == 3 else cells[None]
    with rasterio.open(
        path, "w", driver="GTiff", count=bands.shape[0], height=bands.shape[1], width=bands.shape[2],
        dtype=bands.dtype, crs=crs, transform=transform or from_origin(WEST, NORTH, 0.05, 0.05), nodata=nodata,
        **options,
    ) as file:  # fmt: skip
        file.write(bands)
    return path


def ramp(rows: int = 80, columns: int = 100, low: float = 0.0, high: float = 1.0) -> npt.NDArray[np.float32]:
    """Values that rise evenly from the north-west to the south-east."""
    return np.linspace(low, high, rows * columns, dtype=np.float32).reshape(rows, columns)
