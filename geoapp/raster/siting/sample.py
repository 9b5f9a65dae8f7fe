"""A raster on the cells of a screen: averaged where it is finer, repeated where it is coarser."""

import math
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy.typing as npt

from geoapp.raster.record import RasterRecord
from geoapp.raster.siting.grid import Grid, Mask
from geoapp.raster.siting.spec import Criterion
from geoapp.raster.source.handles import open_handle
from geoapp.raster.terrain.slope import write_slope

if TYPE_CHECKING:
    from rasterio.io import DatasetReader

Values = npt.NDArray[Any]


def sample(path: Path, record: RasterRecord, criterion: Criterion, grid: Grid) -> tuple[Values, Mask]:
    """Return values on the grid (rows × columns) and where they are known.

    Slope is computed on the raster's own cells first and averaged then, never the reverse.
    """
    import rasterio

    source = open_handle(path)
    if criterion.measure == "value":
        resampling = "nearest" if record.kind == "classes" else criterion.resampling
        return _warped(source, grid, resampling)
    with TemporaryDirectory(prefix="geoapp-slope-") as folder:
        made = Path(folder) / "slope.tif"
        write_slope(source, _window(source, grid), made)
        with rasterio.open(made) as slope:
            return _warped(slope, grid, criterion.resampling)


def _warped(source: "DatasetReader", grid: Grid, resampling: str) -> tuple[Values, Mask]:
    from rasterio.enums import Resampling
    from rasterio.vrt import WarpedVRT

    rows, columns = grid.owner.shape
    with WarpedVRT(
        source, crs=grid.crs, transform=grid.transform, width=columns, height=rows, resampling=Resampling[resampling]
    ) as warped:
        raw, known = warped.read(1), warped.read_masks(1) > 0
    return raw * source.scales[0] + source.offsets[0], known


def _window(source: "DatasetReader", grid: Grid) -> Any:
    """Return the window of a raster that covers the grid, a few cells wider."""
    from rasterio.transform import array_bounds
    from rasterio.warp import transform_bounds
    from rasterio.windows import Window, from_bounds

    bounds = array_bounds(*grid.owner.shape, grid.transform)
    asked = from_bounds(*transform_bounds(grid.crs, source.crs, *bounds, densify_pts=41), source.transform)
    left, top = max(math.floor(asked.col_off) - 2, 0), max(math.floor(asked.row_off) - 2, 0)
    right = min(math.ceil(asked.col_off + asked.width) + 2, source.width)
    bottom = min(math.ceil(asked.row_off + asked.height) + 2, source.height)
    return Window(left, top, max(right - left, 1), max(bottom - top, 1))
