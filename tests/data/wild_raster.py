"""Run as ``python -m tests.data.wild_raster FOLDER PATH…``: publishes 400 million cells and asks for paths.

A process of its own, so that its memory can be measured; prints JSON: the most memory after publishing and after
asking (MB), and what each path answered.
"""

import json
import sys
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin
from rasterio.windows import Window

from geoapp import builder
from geoapp.app import create_app
from geoapp.raster.publish.ingest import Described, add_raster
from geoapp.raster.source.raster_file import Answers
from geoapp.settings import Settings
from tests.data.world_folders import write_world

SIDE, CELL = 20_000, 0.0003
WEST, NORTH = 100.0, 40.0
KNOWN = (Window(8_300, 8_300, 512, 512), 7.0)
"""A block in the middle of 东河县; all other cells are in no tile of the file and have no data."""


def write_wild(path: Path) -> None:
    """Write the raster: 1.6 GB of floats in a file of some kilobytes."""
    window, value = KNOWN
    with rasterio.open(
        path, "w", driver="GTiff", width=SIDE, height=SIDE, count=1, dtype="float32", nodata=-9999, crs="EPSG:4326",
        transform=from_origin(WEST, NORTH, CELL, CELL), tiled=True, sparse_ok=True, compress="deflate",
    ) as file:  # fmt: skip
        file.write(np.full((window.height, window.width), value, dtype=np.float32), 1, window=window)


def peak() -> int:
    """Return the most memory this process had, MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def main(folder: Path, paths: list[str]) -> None:
    """Publish and ask."""
    folders = write_world(folder)
    sys.path.insert(0, str(folder / "package"))
    write_wild(folder / "big.tif")
    plan = folders.plan
    described = Described(id="big", title="大", unit="m")
    add_raster(
        folder / "big.tif", described, Answers(), layers=plan.layers / "rasters", folder=plan.rasters,
        progress=lambda _: None,
    )  # fmt: skip
    builder.build(plan, lambda _: None)
    published = peak()
    client = create_app(Settings(build_dir=folders.build_dir, layers_dir=folders.layers)).test_client()
    said = {}
    for path in paths:
        answer = client.get(path)
        said[path] = [answer.status_code, answer.get_json(silent=True)]
    size = (folder / "big.tif").stat().st_size
    print(json.dumps({"published": published, "asked": peak(), "size": size, "said": said}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
