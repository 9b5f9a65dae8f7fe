"""Write one cloud-optimised GeoTIFF (zstd, 512 blocks, overviews, finite nodata) in windows."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geoapp.raster.record import RasterKind
from geoapp.raster.source.survey import EVERY, Progress, Survey, Values, read_window
from geoapp.raster.writing import writing

if TYPE_CHECKING:
    from rasterio.io import DatasetReader

BLOCK = 512
STEPS_OF_INT16 = 64_000
FINE_ENOUGH = 5e-4
"""Half a step may be this part of the bulk of the values, no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How values are stored: ``value = stored × scale + offset``."""

    dtype: str
    nodata: float
    scale: float = 1.0
    offset: float = 0.0
    resampling: str = "average"

    @property
    def words(self) -> str:
        """What is done to the values, for the person who adds the file."""
        if self.scale == 1.0:
            return f"stored as {self.dtype}, no data = {self.nodata:g}"
        return f"stored as {self.dtype} in steps of {self.scale:g} (error at most {self.scale / 2:g})"


def choose_encoding(survey: Survey, kind: RasterKind, *, keep_float: bool = False) -> Encoding:
    """Choose the smallest type that keeps the values, or keeps them finely enough."""
    low, high = survey.tally.minimum, survey.tally.maximum
    resampling = "mode" if kind == "classes" else "average"
    if kind == "classes" or survey.whole:
        return _whole(low, high, resampling)
    span = high - low
    step = _round_step(span / STEPS_OF_INT16)
    if not keep_float and span > 0 and step / 2 <= FINE_ENOUGH * survey.bulk:
        offset = round((low + high) / 2 / step) * step
        return Encoding(dtype="int16", nodata=-32768, scale=step, offset=offset)
    return Encoding(dtype="float32", nodata=_nodata_of_floats(low))


def _nodata_of_floats(low: float) -> float:
    return -9999.0 if low > -9999 else float(np.float32(-3.4e38))


def _whole(low: float, high: float, resampling: str) -> Encoding:
    # Overviews average whole numbers too; GDAL rounds them, which is right for a picture.
    if low >= 0 and high <= 254:
        return Encoding(dtype="uint8", nodata=255, resampling=resampling)
    if low >= -32767 and high <= 32767:
        return Encoding(dtype="int16", nodata=-32768, resampling=resampling)
    if low >= -2147483647 and high <= 2147483647:
        return Encoding(dtype="int32", nodata=-2147483648, resampling=resampling)
    # Exact to 9e15, and read by every program; 64-bit integers need GDAL 3.5.
    return Encoding(dtype="float64", nodata=_nodata_of_floats(low), resampling=resampling)


def _round_step(rough: float) -> float:
    if rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(round(factor * power, 12) for factor in (1, 2, 5, 10) if factor * power >= rough)


def stored(values: Values, valid: Values, encoding: Encoding) -> Values:
    """Return values as they are stored, nodata where there are none."""
    whole = np.issubdtype(np.dtype(encoding.dtype), np.integer)
    values = np.where(valid, values, 0)
    if encoding.scale != 1.0:
        values = (values - encoding.offset) / encoding.scale
    if whole and np.issubdtype(values.dtype, np.floating):
        values = np.rint(values)
    return np.where(valid, values, encoding.nodata).astype(encoding.dtype)


def write_cog(
    source: "DatasetReader", band: int, crs: Any, survey: Survey, encoding: Encoding, target: Path, progress: Progress
) -> None:
    """Write the COG beside a plain copy in the target's folder (removed again by the caller).

    Raises:
        RasterError: the source ends early, or the disk is full.
    """
    import rasterio

    plain = target.with_suffix(".plain.tif")
    profile = {
        "driver": "GTiff", "width": source.width, "height": source.height, "count": 1, "crs": crs,
        "transform": source.transform, "dtype": encoding.dtype, "nodata": encoding.nodata, "tiled": True,
        "blockxsize": BLOCK, "blockysize": BLOCK, "compress": "zstd", "zstd_level": 1, "bigtiff": "IF_SAFER",
    }  # fmt: skip
    with writing(target):
        with rasterio.open(plain, "w", **profile) as copy:
            copy.scales, copy.offsets = (encoding.scale,), (encoding.offset,)
            _copy_cells(source, band, survey, encoding, copy, progress)
        finish_cog(plain, target, encoding, progress)


def _copy_cells(
    source: "DatasetReader", band: int, survey: Survey, encoding: Encoding, copy: Any, progress: Progress
) -> None:
    from geoapp.raster.source.raster_file import windows

    total, done, wording = source.width * source.height, 0, 0.0
    block = (math.lcm(BLOCK, min(source.block_shapes[band - 1][0], BLOCK)), BLOCK)
    for window in windows(source.width, source.height, block):
        values, valid = read_window(source, band, window, survey.nodata)
        copy.write(stored(values, valid, encoding), 1, window=window)
        done += window.width * window.height
        if done / total - wording >= EVERY and done < total:
            wording = done / total
            progress(f"copying cells: {wording:.0%}")


def finish_cog(plain: Path, target: Path, encoding: Encoding, progress: Progress) -> None:
    """Add overviews to a plain tiled copy level by level, then lay it out as a COG."""
    import rasterio
    import rasterio.shutil
    from rasterio.enums import Resampling

    with rasterio.open(plain, "r+") as copy:
        factor, largest = 2, max(copy.width, copy.height)
        while largest / factor * 2 > BLOCK:
            progress(f"overview 1:{factor}")
            copy.build_overviews([factor], Resampling[encoding.resampling])
            factor *= 2
    progress("laying the file out")
    floats = dict.fromkeys(("float32", "float64"), "FLOATING_POINT")
    predictor = {**floats, "uint8": "NO"}.get(encoding.dtype, "STANDARD")
    rasterio.shutil.copy(
        plain, target, driver="COG", compress="ZSTD", blocksize=BLOCK, predictor=predictor, bigtiff="IF_SAFER",
        overviews="FORCE_USE_EXISTING" if factor > 2 else "NONE", num_threads="2",
    )  # fmt: skip
