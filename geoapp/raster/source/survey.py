"""Look at every cell of a file once: its range, its suspicious values, its histogram."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geoapp.errors import RasterError
from geoapp.raster.source.ends import Ends
from geoapp.raster.source.masks import mask_of
from geoapp.raster.source.raster_file import windows

if TYPE_CHECKING:
    from rasterio.io import DatasetReader

Progress = Callable[[str], None]
Values = npt.NDArray[Any]
ABSURD = 1e30
"""From this size on a float is a marker whatever it says: no quantity of this world is so large."""
MOST_DISTINCT = 64
THUMB = 512
BINS = 20
EVERY = 0.1


@dataclass(slots=True)
class Tally:
    """What one pass over all cells found; values are scaled as the file says.

    Attributes:
        cells: cells with data, after declared nodata, NaN and masks were taken out.
        classes: distinct values of an integer raster while they are at most 64, else None.
    """

    cells: int = 0
    minimum: float = math.inf
    maximum: float = -math.inf
    zeros: int = 0
    smallest_above_zero: float = math.inf
    classes: set[int] | None = None

    def add(self, values: Values, whole: bool) -> None:
        """Add the valid cells of one window."""
        if not values.size:
            return
        self.cells += int(values.size)
        low, high = float(values.min()), float(values.max())
        self.minimum, self.maximum = min(self.minimum, low), max(self.maximum, high)
        self.zeros += int(np.count_nonzero(values == 0))
        above = values[values > 0]
        if above.size:
            self.smallest_above_zero = min(self.smallest_above_zero, float(above.min()))
        if whole and self.classes is not None:
            self.classes |= {int(each) for each in np.unique(values)} if len(self.classes) <= MOST_DISTINCT else set()
            if len(self.classes) > MOST_DISTINCT:
                self.classes = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Everything ``raster add`` prints and decides by.

    Attributes:
        nodata: the values taken as "no data" (declared or answered).
        histogram: limits and counts of 20 equal bins, from a thumbnail.
        low, high: 2nd and 98th percentile of the thumbnail.
        bulk: the narrowest span that holds half of the thumbnail: markers and outliers cannot widen it.
        whole: the values are whole numbers by their type, without a scale.
        few_values: the thumbnail holds at most 32 different whole numbers.
        suspects: raw values that look like undeclared "no data" to the number of cells that hold them.
        scaled: the file declares a scale or an offset.
    """

    name: str
    driver: str
    size: tuple[int, int]
    dtype: str
    crs: str
    cell: tuple[float, float]
    declared_nodata: float | None
    nodata: tuple[float, ...]
    tally: Tally
    histogram: tuple[tuple[float, ...], tuple[int, ...]]
    low: float
    high: float
    bulk: float
    median: float
    whole: bool
    few_values: bool
    suspects: dict[float, int]
    scaled: bool
    colours: dict[int, str]
    names: dict[int, str]


def survey(
    dataset: "DatasetReader", band: int, crs: Any, nodata: tuple[float, ...] | None, progress: Progress
) -> Survey:
    """Read the whole band once in windows of about four million cells.

    Raises:
        RasterError: the file ends early, or no cell has data.
    """
    markers = marker_values(dataset, band, nodata)
    tally, ends = _scan(dataset, band, markers, progress)
    if not tally.cells:
        raise RasterError(f"{_name(dataset)}: not one cell has data; there is nothing to show")
    thumb = _thumbnail(dataset, band, markers)
    whole = _is_whole(dataset, band)
    few_values = bool(whole and len(np.unique(thumb)) <= 32)
    dtype = dataset.dtypes[band - 1]
    counts, limits = np.histogram(thumb, bins=BINS)
    low, median, high = (float(each) for each in np.percentile(thumb, [2, 50, 98]))
    colours, names = _table(dataset, band)
    return Survey(
        name=_name(dataset),
        driver=dataset.driver,
        size=(dataset.width, dataset.height),
        dtype=dtype,
        crs=crs.to_string() if crs.to_epsg() else crs.to_wkt(),
        cell=(abs(dataset.transform.a), abs(dataset.transform.e)),
        declared_nodata=dataset.nodatavals[band - 1],
        nodata=markers,
        tally=tally,
        histogram=(tuple(map(float, limits)), tuple(map(int, counts))),
        low=low,
        high=high,
        bulk=_bulk(thumb),
        median=median,
        whole=whole,
        few_values=few_values,
        suspects=ends.suspects(dtype, tally.cells, few_values=few_values),
        scaled=(dataset.scales[band - 1], dataset.offsets[band - 1]) != (1.0, 0.0),
        colours=colours,
        names=names,
    )


def _bulk(values: Values) -> float:
    """Return the width of the narrowest span that holds half of the values."""
    ordered = np.sort(values.astype(np.float64))
    half = len(ordered) // 2
    return float((ordered[half:] - ordered[: len(ordered) - half]).min())


def _is_whole(dataset: "DatasetReader", band: int) -> bool:
    return bool(np.issubdtype(np.dtype(dataset.dtypes[band - 1]), np.integer)) and dataset.scales[band - 1] == 1


def _name(dataset: "DatasetReader") -> str:
    return Path(dataset.name).name


def marker_values(dataset: "DatasetReader", band: int, nodata: tuple[float, ...] | None) -> tuple[float, ...]:
    """Return the raw values that mean "no data": those answered, else the declared one."""
    if nodata is not None:
        return nodata
    declared = dataset.nodatavals[band - 1]
    return () if declared is None or math.isnan(declared) else (float(declared),)


def read_window(dataset: "DatasetReader", band: int, window: Any, markers: tuple[float, ...]) -> tuple[Values, Values]:
    """Return the scaled values of a window and where they hold data.

    Raises:
        RasterError: as :func:`read_raw`.
    """
    raw, valid = read_raw(dataset, band, window, markers)
    return scaled(dataset, band, raw, valid), valid


def read_raw(dataset: "DatasetReader", band: int, window: Any, markers: tuple[float, ...]) -> tuple[Values, Values]:
    """Return the numbers of a window as the file holds them, and where they hold data: by every mask it carries.

    Raises:
        RasterError: the block is not in the file: it ends early or is damaged.
    """
    from rasterio.errors import RasterioIOError

    try:
        raw = dataset.read(band, window=window)
        valid = mask_of(dataset, band, window=window) > 0
    except RasterioIOError as error:
        row = window.row_off
        problem = f"cannot be read from row {row} of {dataset.height} on: it ends early or is damaged"
        raise RasterError(f"{_name(dataset)}: {problem} ({str(error).splitlines()[0][:120]}); copy it again") from None
    return raw, _with_data(raw, valid, markers)


def holds(values: Values, marker: float) -> Values:
    """Say where a marker stands, also where it was rounded to float32 and then put in a wider type."""
    if not np.issubdtype(values.dtype, np.floating):
        return np.asarray(values == marker)
    with np.errstate(over="ignore"):  # a float64 marker such as -1.8e308 is infinite as float32
        return np.asarray((values == values.dtype.type(marker)) | (values == np.float32(marker)))


def _with_data(raw: Values, valid: Values, markers: tuple[float, ...]) -> Values:
    """Take out NaN, absurd floats and markers."""
    if np.issubdtype(raw.dtype, np.floating):
        valid &= (raw > -ABSURD) & (raw < ABSURD)
    for marker in markers:
        valid &= ~holds(raw, marker)
    return valid


def scaled(dataset: "DatasetReader", band: int, raw: Values, valid: Values) -> Values:
    """Apply the scale and offset the file declares; cells without data become 0 before."""
    scale, offset = dataset.scales[band - 1], dataset.offsets[band - 1]
    return raw if (scale, offset) == (1.0, 0.0) else np.where(valid, raw, 0) * scale + offset


def _scan(dataset: "DatasetReader", band: int, markers: tuple[float, ...], progress: Progress) -> tuple[Tally, Ends]:
    whole = _is_whole(dataset, band)
    tally, ends = Tally(classes=set() if whole else None), Ends()
    total, done, wording = dataset.width * dataset.height, 0, 0.0
    for window in windows(dataset.width, dataset.height, dataset.block_shapes[band - 1]):
        raw, valid = read_raw(dataset, band, window, markers)
        ends.add(raw[valid])
        tally.add(scaled(dataset, band, raw, valid)[valid], whole)
        done += window.width * window.height
        if done / total - wording >= EVERY and done < total:
            wording = done / total
            progress(f"looking at every cell: {wording:.0%}")
    return tally, ends


def _thumbnail(dataset: "DatasetReader", band: int, markers: tuple[float, ...]) -> Values:
    factor = max(1.0, max(dataset.width, dataset.height) / THUMB)
    shape = (max(1, round(dataset.height / factor)), max(1, round(dataset.width / factor)))
    raw = dataset.read(band, out_shape=shape)
    valid = mask_of(dataset, band, out_shape=shape) > 0
    valid = _with_data(raw, valid, markers)
    found = scaled(dataset, band, raw, valid)[valid]
    if found.size:
        return found
    # Data so sparse that the thumbnail misses it all: take the densest way instead.
    rows = [read_window(dataset, band, w, markers) for w in windows(dataset.width, dataset.height, (512, 512))]
    return np.concatenate([values[valid] for values, valid in rows])


def _table(dataset: "DatasetReader", band: int) -> tuple[dict[int, str], dict[int, str]]:
    try:
        table = dataset.colormap(band)
    except ValueError:
        table = {}
    colours = {value: f"#{red:02x}{green:02x}{blue:02x}" for value, (red, green, blue, *_) in table.items()}
    return colours, {}
