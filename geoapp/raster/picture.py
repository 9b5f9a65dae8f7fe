"""Rasters as pictures: tiles and previews in the colours of the legend, "no data" transparent."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geoapp.errors import NotFound
from geoapp.raster.colours import rgb
from geoapp.raster.record import LegendClass, RasterRecord
from geoapp.raster.source.handles import load, load_tiler, open_handle

if TYPE_CHECKING:
    from rasterio.io import DatasetReader

TILE = 256
MOST_ZOOM = 20
MERCATOR = "EPSG:3857"
LINE = (92, 102, 96, 255)
MOST_WARPED = 16_000_000
"""Cells of a raster of which the warper may unpack all: 64 MB of floats."""
CACHED_TILES = 512
"""A tile is 1–15 kB: at most 8 MB in a worker."""
Bounds = tuple[float, float, float, float]
Rgba = npt.NDArray[np.uint8]
"""Rows × columns × 4; or rows × columns of palette numbers."""


@lru_cache(maxsize=CACHED_TILES)
def tile_png(path: Path, record: RasterRecord, z: int, x: int, y: int) -> bytes:
    """Return one tile of the WebMercatorQuad set as PNG; beyond the raster it is transparent.

    Cells are drawn as they are (nearest neighbour): the colour of a pixel is the legend class
    of the value that a click on it gives.

    Raises:
        NotFound: there is no such tile in the set.
    """
    if not (0 <= z <= MOST_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        raise NotFound(f"WebMercatorQuad has no tile {z}/{x}/{y}; zoom goes from 0 to {MOST_ZOOM}")
    source = open_handle(path)
    load_tiler()
    import morecantile
    from rio_tiler.errors import TileOutsideBounds
    from rio_tiler.io import Reader

    grid = morecantile.tms.get("WebMercatorQuad")
    try:
        with Reader(None, dataset=source, tms=grid) as reader:
            image = reader.tile(x, y, z, tilesize=TILE)
    except TileOutsideBounds:
        return _empty_tile()
    values = _scaled(source, image.array.data[0])
    return encode_png(colour_index(values, ~image.array.mask[0], record), record.legend)


def preview(path: Path, record: RasterRecord, bbox: Bounds, width: int, height: int, crs: str) -> Rgba:
    """Return a raster as RGBA pixels for a map sheet; "no data" and beyond are transparent.

    Args:
        bbox: west, south, east, north in units of ``crs``.
        crs: any system GDAL knows, such as ``EPSG:4326`` or a ``+proj`` text.
    """
    source = open_handle(path)
    import rasterio
    from rasterio.enums import Resampling
    from rasterio.transform import from_bounds
    from rasterio.vrt import WarpedVRT

    place = from_bounds(*bbox, width, height)
    with ExitStack() as opened:
        level = _level(source, bbox, crs, (width, height))
        coarse = opened.enter_context(rasterio.open(path, overview_level=level)) if level is not None else source
        warped = opened.enter_context(
            WarpedVRT(coarse, crs=crs, transform=place, width=width, height=height, resampling=Resampling.nearest)
        )
        raw, valid = warped.read(1), warped.read_masks(1) > 0
    index = colour_index(_scaled(source, raw), valid, record)
    pixels: Rgba = palette(record.legend)[index]
    return pixels


def _level(source: "DatasetReader", bbox: Bounds, crs: str, size: tuple[int, int]) -> int | None:
    """Return the overview that a picture of many cells is drawn from; None where the cells themselves are few enough.

    GDAL's warper would else unpack every cell of the frame: 3 GB for a picture of 400 million cells.
    """
    if source.width * source.height <= MOST_WARPED:
        return None
    from rasterio.warp import transform_bounds

    west, south, east, north = transform_bounds(crs, source.crs, *bbox)
    steps = ((east - west) / size[0] / abs(source.transform.a), (north - south) / size[1] / abs(source.transform.e))
    fine = [level for level, factor in enumerate(source.overviews(1)) if factor <= min(steps)]
    return fine[-1] if fine else None


def colour_index(values: npt.NDArray[Any], valid: npt.NDArray[np.bool_], record: RasterRecord) -> Rgba:
    """Return for each cell 0 (transparent) or the number of its legend line, counted from 1."""
    lines, kind = record.legend, record.kind
    found = _of_classes(values, lines) if kind == "classes" else _of_values(values, lines)
    index: Rgba = np.where(valid, found, 0).astype(np.uint8)
    return index


def _of_values(values: npt.NDArray[Any], lines: Sequence[LegendClass]) -> npt.NDArray[Any]:
    return np.asarray(np.digitize(values, [line.low for line in lines[1:]])) + 1


def _of_classes(values: npt.NDArray[Any], lines: Sequence[LegendClass]) -> npt.NDArray[Any]:
    order = np.argsort([line.low for line in lines])
    lows = np.array([lines[number].low for number in order])
    place = np.clip(np.searchsorted(lows, values), 0, len(lows) - 1)
    return np.where(lows[place] == values, order[place] + 1, 0)


def _scaled(source: "DatasetReader", raw: npt.NDArray[Any]) -> npt.NDArray[Any]:
    scale, offset = source.scales[0], source.offsets[0]
    return raw if (scale, offset) == (1.0, 0.0) else raw * scale + offset


def palette(lines: Sequence[LegendClass]) -> Rgba:
    """Return the colours by index, 0 transparent: (lines + 1) × 4."""
    return np.array([(0, 0, 0, 0), *((*rgb(line.colour), 255) for line in lines)], dtype=np.uint8)


def encode_png(index: Rgba, lines: Sequence[LegendClass]) -> bytes:
    """Encode indices as a palette PNG: a quarter of the size of RGBA, and quicker."""
    from PIL import Image

    image = Image.fromarray(index, mode="P")
    image.putpalette(palette(lines)[:, :3].tobytes(), "RGB")
    body = BytesIO()
    image.save(body, "PNG", transparency=0, compress_level=6)
    return body.getvalue()


@lru_cache(maxsize=1)
def _empty_tile() -> bytes:
    return encode_png(np.zeros((TILE, TILE), dtype=np.uint8), ())


def preview_png(
    path: Path, record: RasterRecord, bbox: Bounds, width: int, height: int, lines: Sequence[shapely.Geometry]
) -> bytes:
    """Return a raster in Web Mercator, fitted to a box in degrees and not stretched, as PNG.

    Args:
        lines: drawn over it, in degrees: the coast, provinces and the dash line of the store.
    """
    load()
    from PIL import Image
    from rasterio.warp import transform_bounds

    west, south, east, north = transform_bounds("EPSG:4326", MERCATOR, *bbox)
    step = max((east - west) / width, (north - south) / height)
    x, y = (west + east) / 2, (south + north) / 2
    box = (x - step * width / 2, y - step * height / 2, x + step * width / 2, y + step * height / 2)
    pixels = preview(path, record, box, width, height, MERCATOR)
    pixels[_drawn(lines, box, width, height)] = LINE
    body = BytesIO()
    Image.fromarray(pixels).save(body, "PNG", compress_level=6)
    return body.getvalue()


def _drawn(lines: Sequence[shapely.Geometry], box: Bounds, width: int, height: int) -> npt.NDArray[np.bool_]:
    from rasterio.features import geometry_mask
    from rasterio.transform import from_bounds
    from rasterio.warp import transform

    def mercator(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(transform("EPSG:4326", MERCATOR, degrees[:, 0], degrees[:, 1]))

    moved = [shapely.transform(line, mercator) for line in lines]
    drawn: npt.NDArray[np.bool_] = geometry_mask(
        moved, (height, width), from_bounds(*box, width, height), all_touched=True, invert=True
    )
    return drawn
