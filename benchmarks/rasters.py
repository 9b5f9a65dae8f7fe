"""Tiles, point values, counties on a national 1 km raster, a prefecture's screen, ingest of 20,000 × 20,000 cells."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks._server import resident_mb, running, workers
from geoapp.atlas import Atlas
from geoapp.builder import read_polygons
from geoapp.model.plan import Text
from geoapp.model.region import Level
from geoapp.raster import picture
from geoapp.raster.colours import value_legend
from geoapp.raster.publish.encode import Encoding, finish_cog
from geoapp.raster.record import RasterRecord
from geoapp.raster.siting.screen import run_screen
from geoapp.raster.siting.spec import check_spec
from geoapp.raster.source import read
from geoapp.raster.zonal.statistics import zonal_values
from geoapp.settings import Settings
from geoapp.store.files import FilesStore

SIDE = 20_000
ADD = """
import sys
from pathlib import Path
from geoapp.raster.publish.ingest import Described, add_raster
from geoapp.raster.source.raster_file import Answers
place = Path(sys.argv[1])
entry = add_raster(place / "big.tif", Described(id="big", title="大", unit="m"), Answers(nodata=()),
                   layers=place / "layers", folder=place / "rasters", progress=lambda _: None)
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # maxrss knows the parent's too
print(int(peak.split()[1]) // 1024, (place / "rasters" / entry.file).stat().st_size >> 10)
"""


def main() -> None:
    """Print the figures."""
    settings = Settings()
    atlas = Atlas(FilesStore(settings.build_dir / "atlas"), settings.build_dir / "rasters")
    with tempfile.TemporaryDirectory(prefix="geoapp-bench-") as folder:
        place = Path(folder)
        national = _national(place / "national.tif")
        _tiles(national)
        _points(national)
        _counties(national[0], settings)
        _screen(atlas)
        _ingest(place)
    _worker()


def _national(path: Path) -> tuple[Path, RasterRecord]:
    """Write a smooth, noisy float field of 0.01° over China: 31 million cells."""
    import rasterio
    from rasterio.transform import from_origin

    rows, columns = 5000, 6200
    rng = np.random.default_rng(1)
    plain = path.with_suffix(".plain.tif")
    with rasterio.open(
        plain, "w", driver="GTiff", width=columns, height=rows, count=1, dtype="float32", nodata=-9999,
        crs="EPSG:4326", transform=from_origin(73, 54, 0.01, 0.01), tiled=True, blockxsize=512, blockysize=512,
        compress="zstd",
    ) as file:  # fmt: skip
        for top in range(0, rows, 512):
            high = min(512, rows - top)
            y, x = np.mgrid[top : top + high, 0:columns]
            field = 1500 + 300 * np.sin(x / 400) + 200 * np.cos(y / 300) + rng.normal(0, 5, (high, columns))
            file.write(field.astype(np.float32), 1, window=rasterio.windows.Window(0, top, columns, high))
    finish_cog(plain, path, Encoding(dtype="float32", nodata=-9999), lambda _: None)
    legend = value_legend([1100, 1300, 1500, 1700, 1900], 900, 2100, "sun")
    text = Text(zh="x", en="x")
    return path, RasterRecord(
        id="national", title=text, unit="kWh/(m²·a)", kind="values", meaning="measured", note=text, date="",
        licence="", attribution=text, source="", source_sha256="", version="", file=path.name, crs="EPSG:4326",
        cell_m=1113, bbox=(73, 4, 135, 54), size=(columns, rows), minimum=900, maximum=2100, legend=legend,
    )  # fmt: skip


def _milliseconds(calls: Iterable[Callable[[], object]]) -> tuple[float, float]:
    """Return the median and the 95th percentile of CPU milliseconds a call."""
    spent = []
    for call in calls:
        start = time.process_time()
        call()
        spent.append(1000 * (time.process_time() - start))
    return statistics.median(spent), float(np.percentile(spent, 95))


def _tiles(national: tuple[Path, RasterRecord]) -> None:
    path, record = national
    tiles = [(4, 12, 6), (5, 25, 12), (5, 26, 12), (6, 51, 24), (6, 52, 25), (7, 102, 48), (8, 205, 97), (8, 206, 98)]
    tiles += (
        [(7, 103 + n, 49) for n in range(6)]
        + [(8, 200 + n, 99) for n in range(8)]
        + [(10, 820, 390 + n) for n in range(8)]
    )
    picture.tile_png(path, record, 3, 6, 3)  # loads GDAL
    cold = _milliseconds(lambda t=tile: picture.tile_png(path, record, *t) for tile in tiles)
    warm = _milliseconds(lambda t=tile: picture.tile_png(path, record, *t) for tile in tiles)
    print(
        f"tile of a 1 km COG: cold median {cold[0]:.1f} ms CPU, p95 {cold[1]:.1f} (promise ≤ 25);"
        f" cached {warm[0]:.3f} (≤ 5)"
    )


def _points(national: tuple[Path, RasterRecord]) -> None:
    path, record = national
    places = np.random.default_rng(2).uniform((80, 25), (125, 48), (300, 2))
    median, high = _milliseconds(lambda p=place: read.point_value(path, record, *p) for place in places)
    print(f"point value: median {median:.2f} ms CPU, p95 {high:.2f} (promise < 5)")


def _counties(path: Path, settings: Settings) -> None:
    polygons = read_polygons(settings.build_dir / "shapes")[Level.COUNTY]
    zonal_values(path, "values", dict(list(polygons.items())[:3]))  # loads exactextract
    start, cpu = time.perf_counter(), time.process_time()
    values = zonal_values(path, "values", polygons)
    spent = time.perf_counter() - start, time.process_time() - cpu
    lost = sum(each.mean is None for each in values.values())
    print(f"{len(values)} counties on 1 km: {spent[0]:.1f} s, {spent[1]:.1f} s CPU (promise ≤ 5), {lost} without data")


def _screen(atlas: Atlas) -> None:
    criteria = [{"raster": "elevation-5min", "at_most": 1400, "nodata": "exclude"}]
    criteria += [{"distance_to": "parks", "at_most_km": 80}]
    spec = check_spec(
        {"regions": ["150600"], "resolution_m": 250, "min_area_km2": 2, "criterion": criteria}, "benchmark"
    )
    for name in ("first", "again"):
        start = time.perf_counter()
        result = run_screen(spec, atlas.surroundings(spec), lambda _: None)
        print(
            f"screen of Ordos at 250 m, {name}: {time.perf_counter() - start:.2f} s (promise < 3),"
            f" {result.funnel[-1].km2:,.0f} km² left"
        )


def _ingest(place: Path) -> None:
    """Add 400 million cells in a process of its own, to see its memory. They compress well: real ones take longer."""
    import rasterio
    from rasterio.transform import from_origin

    row: npt.NDArray[np.int16] = (np.arange(SIDE) // 7 % 3000).astype(np.int16)
    with rasterio.open(
        place / "big.tif", "w", driver="GTiff", width=SIDE, height=SIDE, count=1, dtype="int16", crs="EPSG:4326",
        transform=from_origin(100, 44, 0.0003, 0.0003), tiled=True, compress="zstd", bigtiff="YES",
    ) as file:  # fmt: skip
        for top in range(0, SIDE, 512):
            high = min(512, SIDE - top)
            cells = np.tile(row, (high, 1)) + (np.arange(top, top + high) // 11 % 500).astype(np.int16)[:, None]
            file.write(cells, 1, window=rasterio.windows.Window(0, top, SIDE, high))
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", ADD, str(place)], capture_output=True, text=True, check=True, env={**os.environ}
    )
    memory, size = done.stdout.split()
    print(f"ingest of 20,000 × 20,000: {time.perf_counter() - start:.0f} s, {memory} MB (promise < 500), COG {size} kB")


def _worker() -> None:
    import urllib.request

    with running(workers=1) as (url, pid):
        worker = workers(pid)[-1]
        before = resident_mb(worker)
        for tile in ("5/25/12", "6/51/24", "7/102/48"):
            urllib.request.urlopen(f"{url}/rasters/elevation-5min/tiles/WebMercatorQuad/{tile}.png").read()
        print(f"worker: {before:.0f} MB before any raster, {resident_mb(worker):.0f} MB after three tiles")


if __name__ == "__main__":
    main()
