"""A raster of 400 million cells, small on disk: published and asked for everything within bounded memory.

As floats it is 1.6 GB: a process that unpacked it whole would show.
"""

import json
import subprocess
import sys
from pathlib import Path

MOST_MB = 700
"""Of a process that builds and then serves; GDAL, the atlas and the application alone take 250 MB."""
TILES = "/rasters/big/tiles/WebMercatorQuad"
ASKED = {
    f"{TILES}/0/0/0.png": 200,
    f"{TILES}/3/6/3.png": 200,
    f"{TILES}/12/3214/1586.png": 200,
    "/rasters/big.json": 200,
    "/rasters/big": 200,
    "/rasters/big/point?lon=102.5&lat=37.5": 200,
    "/rasters/big/regions.csv?level=county": 200,
    "/view.png?region=910000&raster=big": 200,
    "/rasters/big/preview.png": 200,
    "/rasters/big/preview.png?region=910121": 200,
    "/rasters/big/clip.tif?bbox=100,34,106,40": 400,
    "/screen.json?region=910121&resolution=500&raster1=big&min1=5": 200,
    "/screen.json?region=910000&resolution=10&raster1=big&min1=5": 400,
}


def test_it_is_published_and_served_without_being_unpacked(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.data.wild_raster", str(tmp_path), *ASKED]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["size"] < 4_000_000
    assert {path: status for path, (status, _) in told["said"].items()} == ASKED
    assert told["said"]["/rasters/big/point?lon=102.5&lat=37.5"][1]["value"] == 7
    (_, kept) = told["said"]["/screen.json?region=910121&resolution=500&raster1=big&min1=5"][1]["funnel"]
    assert 0 < kept["km2"] < 500, "the block of 0.15° by 0.15°"
    assert told["published"] < MOST_MB
    assert told["asked"] < MOST_MB
