"""Open a file a planner brings, or say in a sentence why it cannot be a layer."""

import math
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoapp.errors import Issue, NeedsAnswer, RasterError
from geoapp.model.view import BBox
from geoapp.raster.source.straighten import straightened

if TYPE_CHECKING:
    from rasterio.io import DatasetReader
    from rasterio.windows import Window

CHINA_BBOX: BBox = (73.4, 3.4, 135.1, 53.6)
BLOCK_CACHE_MB = 64
CELLS_AT_ONCE = 4_000_000
"""Cells of one window: 16 MB of float32, so that a pass over any file stays small."""
KRASOVSKY_ALBERS = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +x_0=0 +y_0=0 +ellps=krass +units=m"
RASTER_SUFFIXES = (".tif", ".tiff", ".img", ".vrt", ".nc", ".asc", ".bil", ".flt", ".hgt", ".jp2", ".grd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the owner of a file said about it; None where nothing was said.

    Attributes:
        crs: the system of a file that names none, or names a wrong one.
        nodata: values that mean "no data"; an empty tuple says that there are none.
        no_other: no value but those means it; without this the next that looks so is asked about.
        layer: which of a file's layers, 1 for the first.
        per: ``day`` or ``year`` for amounts of irradiation or energy.
        kind: ``values`` or ``classes``.
    """

    crs: str | None = None
    nodata: tuple[float, ...] | None = None
    no_other: bool = False
    layer: int | None = None
    band: int | None = None
    per: str | None = None
    kind: str | None = None


@contextmanager
def small_cache() -> Iterator[None]:
    """Keep GDAL's block cache small: by default it takes 5 % of the machine."""
    import rasterio

    with rasterio.Env(GDAL_CACHEMAX=BLOCK_CACHE_MB, GDAL_NUM_THREADS=2):
        yield


@contextmanager
def open_source(path: Path, answers: Answers) -> Iterator[tuple["DatasetReader", int, Any]]:
    """Open a file and give the dataset, the band to use and its CRS.

    Raises:
        RasterError: the file is empty, an archive, no raster, rotated, a picture, complex, or not in China.
        NeedsAnswer: it has several layers, several bands or no CRS.
    """
    import rasterio
    from rasterio.errors import NotGeoreferencedWarning, RasterioIOError

    _refuse_by_bytes(path)
    with small_cache():
        try:
            with warnings.catch_warnings():  # a file of several layers lies nowhere itself; its layers are asked below
                warnings.simplefilter("ignore", NotGeoreferencedWarning)
                dataset = rasterio.open(path)
        except RasterioIOError as error:
            problem = "is not a raster that GDAL can read, or it ends before its header does"
            raise RasterError(f"{path.name}: {problem} ({_short(error)}); export it again as GeoTIFF") from None
        with dataset, _layer(dataset, path, answers) as layer:
            band = _band(layer, path, answers)
            _refuse_complex(layer, path, band)
            _refuse_rotation(layer, path)
            crs = _crs(layer, path, answers)
            with straightened(layer, path, band, crs) as (straight, only):
                china = bounds_in_degrees(straight, crs)
                _refuse_elsewhere(path, crs, china, straight)
                yield straight, only, crs


@contextmanager
def _layer(dataset: "DatasetReader", path: Path, answers: Answers) -> Iterator["DatasetReader"]:
    """Give the one layer of a file that holds several: variables of a NetCDF, pages of a TIFF."""
    import rasterio

    layers = dataset.subdatasets
    if len(layers) < 2:
        yield dataset
        return
    titles = [address.rpartition(path.name)[2].strip('":') or address.split(":")[1] for address in layers]
    listed = ", ".join(f"{number} {title}" for number, title in enumerate(titles[:12], start=1))
    if answers.layer is None:
        found = f"layers {listed}" + (" …" if len(layers) > 12 else "")
        raise NeedsAnswer(path.name, [Issue("--layer", f"the file has {len(layers)} layers: which one?", found)])
    if not 1 <= answers.layer <= len(layers):
        raise RasterError(f"{path.name}: has no layer {answers.layer}; it has {len(layers)} ({listed})")
    with rasterio.open(layers[answers.layer - 1]) as layer:
        yield layer


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:160]


def _refuse_by_bytes(path: Path) -> None:
    if not path.is_file():
        raise RasterError(f"{path}: there is no such file; check the path")
    if path.stat().st_size == 0:
        raise RasterError(f"{path.name}: the file is empty (0 bytes); copy or download it again")
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(RASTER_SUFFIXES)]
        inside = f"holds {', '.join(names[:5])}" if names else "holds no raster that we know by its suffix"
        raise RasterError(f"{path.name}: is a ZIP archive ({inside}); unpack it and add the raster itself")


def _band(dataset: "DatasetReader", path: Path, answers: Answers) -> int:
    from rasterio.enums import ColorInterp

    count = dataset.count
    if answers.band is not None:
        if not 1 <= answers.band <= count:
            raise RasterError(f"{path.name}: has no band {answers.band}; it has {count}")
        return answers.band
    colours = {ColorInterp.red, ColorInterp.green, ColorInterp.blue}
    if count >= 3 and colours <= set(dataset.colorinterp) and set(dataset.dtypes[:3]) == {"uint8"}:
        problem = "is a picture (red, green, blue), not values; add the raster it was drawn from"
        raise RasterError(f"{path.name}: {problem}, or say --band if one band really holds values")
    usable = [n for n, meaning in enumerate(dataset.colorinterp, start=1) if meaning is not ColorInterp.alpha]
    if len(usable) == 1:
        return usable[0]  # an alpha band says where the other has data
    if count > 1:
        named = [f"{n}{f' {text}' if text else ''}" for n, text in enumerate(dataset.descriptions, start=1)]
        listed = "bands " + ", ".join(named[:12]) + (" …" if count > 12 else "")
        raise NeedsAnswer(path.name, [Issue("--band", f"the file has {count} bands: which one?", listed)])
    return 1


def _refuse_complex(dataset: "DatasetReader", path: Path, band: int) -> None:
    dtype = dataset.dtypes[band - 1]
    if dtype.startswith("complex"):
        problem = f"band {band} holds complex numbers ({dtype}), which are neither small nor large"
        raise RasterError(f"{path.name}: {problem}; export their amplitude or real part as GeoTIFF and add that")


def _refuse_rotation(dataset: "DatasetReader", path: Path) -> None:
    turn = dataset.transform
    if (turn.a, abs(turn.e), turn.b, turn.d, turn.c, turn.f) == (1, 1, 0, 0, 0, 0):
        problem = "has no place on earth (neither a grid origin nor a cell size)"
        raise RasterError(f"{path.name}: {problem}; georeference it first, in QGIS under Raster ▸ Georeferencer")
    if not (turn.b == 0 and turn.d == 0 and turn.a > 0):
        raise RasterError(
            f"{path.name}: the grid is rotated, sheared or mirrored; straighten it first, in QGIS under "
            "Raster ▸ Projections ▸ Warp, or: "
            f"gdalwarp -t_srs EPSG:4326 {path.name} straight.tif"
        )


def _crs(dataset: "DatasetReader", path: Path, answers: Answers) -> Any:
    from rasterio.crs import CRS
    from rasterio.errors import CRSError

    if answers.crs is not None:
        try:
            return CRS.from_user_input(answers.crs)
        except CRSError:
            raise RasterError(f"--crs {answers.crs!r} is not a system we know; write it as EPSG:4326") from None
    if dataset.crs and not dataset.crs.to_wkt().startswith("LOCAL_CS"):
        return dataset.crs
    fitting = crs_candidates(dataset.bounds)
    hint = "candidates by its numbers: " + "; ".join(fitting) if fitting else "its numbers fit no system used in China"
    raise NeedsAnswer(path.name, [Issue("--crs", "the file names no coordinate reference system", hint)])


def crs_candidates(bounds: Any) -> list[str]:
    """Return the systems in which these bounds would lie in China, likeliest first."""
    left, bottom, right, top = bounds
    if -180 <= left <= right <= 180 and -90 <= bottom <= top <= 90:
        return ["EPSG:4326 (WGS 84)", "EPSG:4490 (CGCS2000)"]
    named = [("EPSG:3857", "Web Mercator"), (KRASOVSKY_ALBERS, "Krasovsky 1940 Albers, 25° 47° 105°")]
    zone = int(((left + right) / 2) // 1_000_000)
    if 25 <= zone <= 45:
        named.insert(0, (f"EPSG:{4488 + zone}", f"CGCS2000 3° zone {zone}"))
    elif 13 <= zone <= 23:
        named.insert(0, (f"EPSG:{4478 + zone}", f"CGCS2000 6° zone {zone}"))
    elif 0 <= left <= right < 1_000_000:
        named += [(f"EPSG:{32600 + n}", f"WGS 84 UTM zone {n}N") for n in range(43, 54)]
        named += [(f"EPSG:{4534 + n}", f"CGCS2000 3° meridian {75 + 3 * n}°") for n in range(21)]
    return [f"{code} ({title})" for code, title in named if _in_china(code, bounds)]


def _in_china(code: str, bounds: Any) -> bool:
    from rasterio.errors import CRSError
    from rasterio.warp import transform_bounds

    try:
        return overlaps(transform_bounds(code, "EPSG:4326", *bounds), CHINA_BBOX)
    except CRSError:
        return False


def bounds_in_degrees(dataset: "DatasetReader", crs: Any) -> BBox | None:
    """Return the bounds in degrees, or None where the system cannot hold these numbers."""
    from rasterio.errors import CRSError
    from rasterio.warp import transform_bounds

    left, bottom, right, top = dataset.bounds
    if crs.is_geographic:
        whole = -180.5 <= left <= 360.5 and right <= 360.5 and -90.5 <= bottom <= top <= 90.5
        return (left, bottom, right, top) if whole else None
    try:
        found = transform_bounds(crs, "EPSG:4326", *dataset.bounds)
    except CRSError:
        return None
    return found if all(math.isfinite(number) for number in found) else None


def _refuse_elsewhere(path: Path, crs: Any, found: BBox | None, dataset: "DatasetReader") -> None:
    if found is None:
        numbers = ", ".join(f"{number:.6g}" for number in dataset.bounds)
        candidates = "; ".join(crs_candidates(dataset.bounds)) or "none fits"
        raise RasterError(
            f"{path.name}: says {crs.to_string()[:60]}, but its bounds ({numbers}) are impossible there; "
            f"the system in the file is wrong. Give the right one with --crs; candidates: {candidates}"
        )
    if not overlaps(found, CHINA_BBOX):
        west, south, east, north = found
        raise RasterError(
            f"{path.name}: lies at {west:.2f}…{east:.2f}°E, {south:.2f}…{north:.2f}°N, outside China; "
            "if that is not where it should be, its system is wrong: give the right one with --crs"
        )


def overlaps(one: BBox, other: BBox) -> bool:
    """Say whether two boxes share an area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def windows(width: int, height: int, block: tuple[int, int]) -> Iterator["Window"]:
    """Yield windows of whole blocks that cover a grid, each of about four million cells.

    Args:
        block: rows and columns of a block.
    """
    from rasterio.windows import Window

    rows, columns = max(block[0], 1), max(block[1], 1)
    wide = min(width, columns * max(1, 8192 // columns))
    high = min(height, rows * max(1, CELLS_AT_ONCE // (wide * rows)))
    for top in range(0, height, high):
        for left in range(0, width, wide):
            yield Window(left, top, min(wide, width - left), min(high, height - top))
