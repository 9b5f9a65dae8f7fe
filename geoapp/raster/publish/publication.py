"""``geoapp build`` for rasters: what ``layers/rasters`` describes becomes what the server serves."""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from geoapp.model.plan import Text
from geoapp.model.region import Level
from geoapp.raster.colours import value_legend
from geoapp.raster.library import (
    STATISTICS,
    read_catalogue,
    statistics_name,
    write_catalogue,
    write_statistics,
)
from geoapp.raster.publish.builtin import RECIPES, fingerprint, write_builtin
from geoapp.raster.publish.files import RasterFile, read_raster_files
from geoapp.raster.record import LegendClass, RasterRecord
from geoapp.raster.zonal.statistics import Polygons, zonal_values

Progress = Callable[[str], None]
PART = ".part-"
EARTH_DEGREE_M = 111_320.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RasterPlan:
    """Where rasters are described (``layers/rasters``) and published (``build/rasters``)."""

    layers: Path
    folder: Path
    edition: str


def publish(plan: RasterPlan, polygons: Callable[[], Polygons], progress: Progress) -> list[RasterRecord]:
    """Make what is missing, compute the values of regions, then publish all at once.

    A raster whose file is not there (deleted, or built on another machine) is named and left out.

    The caller holds the build's lock.

    Args:
        polygons: gives the polygons of every region; called only when values must be computed.
    """
    plan.folder.mkdir(parents=True, exist_ok=True)
    for leftover in plan.folder.glob(f"{PART}*"):  # of a run that was killed: we hold the build's lock
        shutil.rmtree(leftover, ignore_errors=True)
    entries = read_raster_files(plan.layers)
    known = {record.id: record for record in read_catalogue(plan.folder)}
    records = []
    for entry in entries:
        file = _ensure_file(plan, entry, progress)
        if file is None:
            progress(f"raster {entry.id}: its cells are not on this machine; run `geoapp raster add {entry.source} …`")
            continue
        records.append(_record(plan, entry, file, known.get(entry.id)))
    for record in records:
        ensure_statistics(plan, record, polygons, progress)
    write_catalogue(plan.folder, records)
    _sweep(plan.folder, {record.file for record in (*records, *known.values())})
    return records


def _sweep(folder: Path, kept: set[str]) -> None:
    """Delete copies that neither this catalogue nor the one before names: workers may still read those."""
    for path in folder.glob("*.tif"):
        if path.name not in kept:
            path.unlink()


def workspace(folder: Path) -> AbstractContextManager[str]:
    """Return a folder for files that are being written; it goes away whatever happens."""
    folder.mkdir(parents=True, exist_ok=True)
    return TemporaryDirectory(prefix=PART, dir=folder)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _ensure_file(plan: RasterPlan, entry: RasterFile, progress: Progress) -> Path | None:
    if not entry.recipe:
        path = plan.folder / entry.file
        return path if path.is_file() else None
    path = plan.folder / f"{entry.id}.{fingerprint(entry)[:12]}.tif"
    if not path.is_file():
        progress(f"computing raster {entry.id}")
        with workspace(plan.folder) as folder:
            made = Path(folder) / path.name
            write_builtin(entry, made)
            made.replace(path)
    return path


def _record(plan: RasterPlan, entry: RasterFile, path: Path, before: RasterRecord | None) -> RasterRecord:
    """Describe a file as it will be served; cells are read only when the file is new."""
    version = path.name.split(".")[-2]
    facts = before if before is not None and before.file == path.name else None
    crs, cell, bbox, size = (facts.crs, facts.cell_m, facts.bbox, facts.size) if facts else _grid(path)
    low, high = (facts.minimum, facts.maximum) if facts else _range(path)
    return RasterRecord(
        id=entry.id,
        title=Text(zh=entry.title_zh, en=entry.title_en),
        unit=entry.unit,
        kind=entry.kind,
        meaning=entry.meaning,
        note=Text(zh=entry.note_zh, en=entry.note_en),
        date=entry.date,
        licence=entry.licence,
        attribution=Text(zh=entry.attribution_zh, en=entry.attribution_en),
        source=entry.source or "pvlib " + ", ".join(RECIPES[entry.recipe].inputs),
        source_sha256=entry.source_sha256 or fingerprint(entry),
        version=version,
        file=path.name,
        crs=crs,
        cell_m=cell,
        bbox=bbox,
        size=size,
        minimum=low,
        maximum=high,
        legend=_legend(entry, low, high),
    )


def _legend(entry: RasterFile, low: float, high: float) -> tuple[LegendClass, ...]:
    if entry.recipe and not entry.legend:
        recipe = RECIPES[entry.recipe]
        return value_legend(recipe.breaks, low, high, recipe.ramp)
    return tuple(
        LegendClass(low=line.low, high=line.high, colour=line.colour, label=Text(zh=line.zh, en=line.en))
        for line in entry.legend
    )


def _grid(path: Path) -> tuple[str, float, tuple[float, float, float, float], tuple[int, int]]:
    """Return CRS, cell edge in metres, bounds in degrees and size of a raster."""
    import rasterio

    from geoapp.raster.source.raster_file import bounds_in_degrees

    with rasterio.open(path) as raster:
        box = bounds_in_degrees(raster, raster.crs)
        assert box is not None, "ingest refuses a raster whose bounds are impossible"
        edge = max(abs(raster.transform.a), abs(raster.transform.e))
        if raster.crs.is_geographic:
            edge *= EARTH_DEGREE_M
        else:
            edge *= raster.crs.linear_units_factor[1]
        crs = raster.crs.to_string() if raster.crs.to_epsg() else raster.crs.to_wkt()
        west, south, east, north = (round(number, 6) for number in box)
        return crs, round(edge, 3), (west, south, east, north), (raster.width, raster.height)


def _range(path: Path) -> tuple[float, float]:
    """Return the smallest and largest value of a published raster, window by window."""
    import numpy as np
    import rasterio

    from geoapp.raster.source.raster_file import small_cache, windows
    from geoapp.raster.source.survey import read_window

    low, high = np.inf, -np.inf
    with small_cache(), rasterio.open(path) as raster:
        for window in windows(raster.width, raster.height, raster.block_shapes[0]):
            values, valid = read_window(raster, 1, window, ())
            if valid.any():
                low, high = min(low, values[valid].min()), max(high, values[valid].max())
    return float(low), float(high)


def ensure_statistics(
    plan: RasterPlan, record: RasterRecord, polygons: Callable[[], Polygons], progress: Progress
) -> None:
    """Compute the values of every region unless they are kept for this raster and edition."""
    if (plan.folder / STATISTICS / statistics_name(record, plan.edition)).is_file():
        return
    progress(f"values of every region from raster {record.id}")
    values = zonal_values(plan.folder / record.file, record.kind, polygons())
    write_statistics(plan.folder, record, plan.edition, values)


def flatten(levels: Mapping[Level, Polygons]) -> Polygons:
    """Return the polygons of all levels in one mapping; a code that stands at two levels has one polygon."""
    return {code: shape for polygons in levels.values() for code, shape in polygons.items()}
