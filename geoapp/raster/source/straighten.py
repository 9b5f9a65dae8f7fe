"""Grids that lie another way round: south on top, or longitudes beyond 180°. Cells are moved, never resampled."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoapp.raster.source.masks import mask_of
from geoapp.raster.writing import writing

if TYPE_CHECKING:
    from rasterio.io import DatasetReader

WHOLE_TURN = 360.0
STRIP = 512
"""Rows that are turned at a time."""


@dataclass(frozen=True, slots=True)
class Move:
    """How a grid is brought to the usual order.

    Attributes:
        flip: its first row is the southernmost, as climate models and many NetCDF files have it.
        turns: whole turns that its longitudes run past the usual ones (433…495° is 73…135°).
        columns: how many stay; in a grid from 0 to 360° those east of 180° lie on the other side of the earth.
    """

    flip: bool
    turns: int
    columns: int


def move_of(dataset: "DatasetReader", crs: Any) -> Move:
    """Return how a grid must be moved."""
    grid, turns, columns = dataset.transform, 0, dataset.width
    straight = grid.b == 0 and grid.d == 0 and grid.a > 0
    if straight and crs.is_geographic:
        left = dataset.bounds.left
        turns = int((left + WHOLE_TURN / 2) // WHOLE_TURN) if WHOLE_TURN / 2 < left < 2 * WHOLE_TURN else 0
        columns = min(columns, int((180 + WHOLE_TURN * turns - left) / grid.a + 1e-6))
    return Move(bool(straight and grid.e > 0), turns, columns if columns > 0 else dataset.width)


@contextmanager
def straightened(dataset: "DatasetReader", path: Path, band: int, crs: Any) -> Iterator[tuple["DatasetReader", int]]:
    """Give a dataset and a band as they are, or a copy of the band with north on top and longitudes up to 180°.

    Raises:
        RasterError: there is no room for the copy.
    """
    import rasterio

    move = move_of(dataset, crs)
    if move == Move(flip=False, turns=0, columns=dataset.width):
        yield dataset, band
        return
    with tempfile.TemporaryDirectory(prefix="geoapp-raster-") as folder:
        copy = Path(folder) / f"{path.stem}.tif"
        with writing(copy):
            _write(dataset, band, crs, move, copy)
        with rasterio.open(copy) as straight:
            yield straight, 1


def _write(dataset: "DatasetReader", band: int, crs: Any, move: Move, target: Path) -> None:
    """Copy a band strip by strip: raw numbers, the mask, scale, colours and name."""
    import rasterio
    from rasterio.transform import Affine
    from rasterio.windows import Window

    grid, height = dataset.transform, dataset.height
    north = grid.f + grid.e * height if move.flip else grid.f
    profile = {
        "driver": "GTiff", "width": move.columns, "height": height, "count": 1, "crs": crs, "compress": "deflate",
        "transform": Affine(grid.a, 0, grid.c - WHOLE_TURN * move.turns, 0, -abs(grid.e), north),
        "dtype": dataset.dtypes[band - 1], "nodata": dataset.nodatavals[band - 1], "bigtiff": "IF_SAFER",
    }  # fmt: skip
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(target, "w", **profile) as copy:
        copy.scales, copy.offsets = (dataset.scales[band - 1],), (dataset.offsets[band - 1],)
        copy.set_band_description(1, dataset.descriptions[band - 1] or "")
        _write_colours(dataset, band, copy)
        for top in range(0, height, STRIP):
            rows = min(STRIP, height - top)
            source = Window(0, height - top - rows if move.flip else top, move.columns, rows)
            place, order = Window(0, top, move.columns, rows), slice(None, None, -1 if move.flip else 1)
            copy.write(dataset.read(band, window=source)[order], 1, window=place)
            if dataset.nodatavals[band - 1] is None:
                copy.write_mask(mask_of(dataset, band, window=source)[order], window=place)


def _write_colours(dataset: "DatasetReader", band: int, copy: Any) -> None:
    try:
        copy.write_colormap(1, dataset.colormap(band))
    except ValueError:
        return  # the band has no colours
