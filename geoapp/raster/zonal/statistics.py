"""Values per region, exactly: every cell counts by the part of it that lies in the region.

Cell-centre methods lose about 50 small districts on a 5′ grid; exactextract loses none.
Polygons go to the raster's system, never the raster to theirs: reprojected cells are new numbers.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geoapp.model.region import Adcode
from geoapp.raster.record import RasterKind, RegionValues

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from rasterio.io import DatasetReader

SPHERE_KM = 6378.137
"""Radius of the sphere exactextract measures cells on."""
MEDIAN_CELLS = 3_000_000
"""A median needs all cells at once: larger regions take it from the first overview that is small enough."""
BATCH_CELLS = 1_000_000
"""Cells of the regions that are taken out together, where there are several: some 20 MB."""
WINDOW_CELLS = 2_000_000
WHOLE_CELLS = 50_000_000
MANY = 500
SEGMENT_DEGREES = 0.1

Cells = npt.NDArray[np.float64]
MEDIAN = ("values", "coverage")
"""What exactextract gives for our own median."""
Polygons = Mapping[Adcode, shapely.Geometry]


def zonal_values(path: Path, kind: RasterKind, polygons: Polygons) -> dict[Adcode, RegionValues]:
    """Return the values of a raster in every polygon (degrees, EPSG:4326).

    Means over geographic rasters weigh cells by their true area. A polygon off the raster or
    wholly on "no data" gets ``None`` values and a share of 0.
    """
    import rasterio

    from geoapp.raster.source.raster_file import small_cache

    found: dict[Adcode, RegionValues] = {}
    if not polygons:
        return found
    with small_cache(), rasterio.open(path) as raster:
        frame, cell = _reprojected(raster, polygons)
        geographic = bool(raster.crs.is_geographic)
        areas = _areas(frame, geographic)
        levels, cells = _levels(raster, frame, cell)
        for level in sorted(set(levels.tolist())):
            part, sizes = frame[levels == level], cells[levels == level]
            whole = kind == "values" and level == 0
            rows = _extract(raster, part, sizes, [*_operations(kind, geographic), *(MEDIAN if whole else ())])
            if kind == "values" and level > 0:
                with rasterio.open(path, OVERVIEW_LEVEL=level - 1) as overview:
                    for code, row in _extract(overview, part, sizes, MEDIAN).items():
                        rows[code] |= row
            for code, row in rows.items():
                area = areas[code] if geographic else areas[code] / cell
                found[Adcode(code)] = _values(row, kind, area)
    return dict(sorted(found.items()))


def _reprojected(raster: "DatasetReader", polygons: Polygons) -> tuple["GeoDataFrame", float]:
    """Return the polygons in the raster's system, and a cell's area there."""
    import geopandas

    wkt = raster.crs.to_wkt()
    codes = sorted(polygons)
    frame = geopandas.GeoDataFrame({"adcode": codes}, geometry=[polygons[code] for code in codes], crs="EPSG:4326")
    # CGCS2000 and WGS 84 differ by centimetres; of older systems the shift is not public.
    moved = frame.set_crs(wkt, allow_override=True) if raster.crs.is_geographic else frame.to_crs(wkt)
    return moved, abs(raster.transform.a * raster.transform.e)


def _areas(frame: "GeoDataFrame", geographic: bool) -> dict[str, float]:
    """Return km² on the sphere, or square units of the projected system."""
    shapes = np.asarray(frame.geometry.array)
    if geographic:
        # An edge straight in degrees is bent on the equal-area plane: short pieces follow it.
        shapes = shapely.transform(shapely.segmentize(shapes, SEGMENT_DEGREES), _equal_area)
    return dict(zip(frame["adcode"], shapely.area(shapes).tolist(), strict=True))


def _equal_area(degrees: npt.NDArray[Any]) -> npt.NDArray[Any]:
    radians = np.radians(degrees)
    return np.column_stack([radians[:, 0] * SPHERE_KM, np.sin(radians[:, 1]) * SPHERE_KM])


def _operations(kind: RasterKind, geographic: bool) -> list[str]:
    weight = "(coverage_weight=area_spherical_km2)" if geographic else ""
    found = ["cells=count", f"covered=count{weight}"]
    if kind == "classes":
        return [*found, f"majority=mode{weight}"]
    return [*found, f"mean=mean{weight}", "low=min", "high=max"]


def _extract(
    raster: "DatasetReader", frame: "GeoDataFrame", cells: Cells, operations: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Return the operations' results by code, the median in place of the cells it is taken from.

    Args:
        cells: about how many cells each polygon covers.
    """
    from exactextract import exact_extract

    source, found = _source(raster, len(frame)), {}
    batches = np.cumsum(cells) // BATCH_CELLS
    for batch in np.unique(batches):
        table = exact_extract(
            source, _features(frame[batches == batch]), list(operations), include_cols=["adcode"], output="pandas",
            max_cells_in_memory=WINDOW_CELLS,
        )  # fmt: skip
        for row in table.to_dict("records"):
            if "values" in row:
                row["median"] = weighted_median(row.pop("values"), row.pop("coverage"))
            found[row["adcode"]] = row
    return found


def weighted_median(values: npt.NDArray[Any], weights: npt.NDArray[Any]) -> float | None:
    """Return the value below and above which half of the weight lies; between two cells their middle.

    exactextract has a median too. It takes five times as long, more than all the rest together.
    """
    if not len(values):
        return None
    order = np.argsort(values)
    below = np.cumsum(weights[order], dtype=np.float64)
    half = below[-1] / 2
    place = int(np.searchsorted(below, half))
    upper = place + 1 if place + 1 < len(order) and np.isclose(below[place], half, rtol=1e-9) else place
    return (float(values[order[place]]) + float(values[order[upper]])) / 2


def _features(frame: "GeoDataFrame") -> Any:
    """Return the polygons as exactextract reads them, as WKB: as GeoJSON they cost a tenth of the time."""
    from exactextract.feature import FeatureSource, JSONFeature

    shapes = zip(frame["adcode"], shapely.to_wkb(np.asarray(frame.geometry.array)), strict=True)
    assert frame.crs is not None, "_reprojected gives every frame its system"
    wkt = frame.crs.to_wkt()

    class Polygon(JSONFeature):  # type: ignore[misc]  # exactextract has no types
        def __init__(self, code: str, wkb: bytes) -> None:
            super().__init__({"type": "Feature", "properties": {"adcode": code}})
            self._wkb = wkb

        def geometry(self) -> bytes:
            return self._wkb

    class Source(FeatureSource):  # type: ignore[misc]  # exactextract has no types
        def count(self) -> int:
            return len(frame)

        def __iter__(self) -> Iterator[Polygon]:
            return (Polygon(code, wkb) for code, wkb in shapes)

        def srs_wkt(self) -> str:
            return str(wkt)

    return Source()


def _source(raster: "DatasetReader", windows: int) -> Any:
    """Return the raster as exactextract reads it, without GDAL's mask: that costs three times the cells.

    Published rasters say "no data" by one finite value and nothing else. Up to 200 MB are read
    once where many regions are asked for: three thousand small windows cost more than the file.
    """
    from exactextract.raster import RasterioRasterSource
    from rasterio.windows import Window

    nodata, scale, offset = raster.nodata, raster.scales[0], raster.offsets[0]

    at_once = raster.width * raster.height <= WHOLE_CELLS and windows >= MANY
    whole = raster.read(1) if at_once else None

    class Source(RasterioRasterSource):  # type: ignore[misc]  # exactextract has no types
        def read_window(self, x0: int, y0: int, nx: int, ny: int) -> npt.NDArray[Any]:
            window = (slice(y0, y0 + ny), slice(x0, x0 + nx))
            raw = raster.read(1, window=Window(x0, y0, nx, ny)) if whole is None else whole[window]
            if (scale, offset) == (1.0, 0.0):
                return np.asarray(raw)
            return np.ma.masked_array(raw * scale + offset, mask=raw == nodata)

    return Source(raster)


def _levels(raster: "DatasetReader", frame: "GeoDataFrame", cell: float) -> tuple[npt.NDArray[Any], Cells]:
    """Return for each polygon 0, or the number of the first overview small enough for a median; and its cells there."""
    factors = np.array([1, *raster.overviews(1)])
    counts = shapely.area(np.asarray(frame.geometry.array)) / cell
    small = counts[:, None] / factors[None, :] ** 2 <= MEDIAN_CELLS
    levels = np.where(small.any(axis=1), small.argmax(axis=1), len(factors) - 1)
    return levels, counts / factors[levels] ** 2


def _values(row: dict[str, Any], kind: RasterKind, area: float) -> RegionValues:
    cells, covered = _number(row["cells"]) or 0.0, _number(row["covered"]) or 0.0
    has_data = cells > 0
    classes = kind == "classes"
    majority = _number(row["majority"]) if classes and has_data else None
    return RegionValues(
        mean=None if classes or not has_data else _number(row["mean"]),
        minimum=None if classes or not has_data else _number(row["low"]),
        maximum=None if classes or not has_data else _number(row["high"]),
        median=_number(row.get("median")) if has_data else None,
        majority=None if majority is None else int(majority),
        share=round(min(covered / area, 1.0), 4) if area > 0 else 0.0,
        cells=round(cells, 6),
    )


def _number(value: Any) -> float | None:
    """Return a float; NaN, None and masked become None."""
    if value is None or value is np.ma.masked:
        return None
    number = float(value)
    return number if math.isfinite(number) else None
