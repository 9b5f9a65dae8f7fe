"""How the cost of a collection grows: the counties once, ten times and a hundred times (synthetic copies).

Each copy is the country made smaller and put into a cell of a grid over the world, under codes of its
own, so that a county-sized box of one copy meets as many features as one of the real country. The
answers come from the real code (encoding, search, HotPaths, granian) with two workers.
"""

import dataclasses
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import orjson
import shapely

from benchmarks._server import free_port, own_mb, resident_mb, started, workers, wrk
from geoapp.cli.main import plan_of
from geoapp.features import encode
from geoapp.features.collections import Collections, Query, layer_name
from geoapp.features.encoded import Encoded, write_layer
from geoapp.features.records import Record, records
from geoapp.model.dataset import Dataset
from geoapp.model.region import Level
from geoapp.settings import load_settings
from geoapp.store.files import FilesStore

FACTORS = tuple(int(each) for each in os.environ.get("BENCH_GROWTH", "1,10,100").split(","))
FOLDER = "BENCH_GROWTH_FOLDER"
CHINA = (73.4, 3.4, 135.1, 53.6)
BOX = (109.6, 39.9, 110.2, 40.4)
PAGE = 10_000
ITEMS = "/ogc/collections/counties/items"


def main() -> None:
    """Print a column for each size."""
    store = FilesStore(plan_of(load_settings()).atlas)
    columns = [_measured(store, factor) for factor in FACTORS]
    print("requests a second: wrk, 16 connections, two workers")
    for row in columns[0]:
        print(f"{row:48}" + "".join(f"{column[row]:>16}" for column in columns))


def _measured(store: FilesStore, factor: int) -> dict[str, str]:
    with tempfile.TemporaryDirectory(prefix="geoapp-growth-") as name:
        folder = Path(name)
        column = _build(store, factor, folder)
        port = free_port()
        url, command = f"http://127.0.0.1:{port}", [sys.executable, "-m", "benchmarks.collections", "serve", port]
        with started(command, f"{url}{ITEMS}?limit=1", {FOLDER: name}) as pid:
            column |= _requests(url, factor, pid)
        return column | _dataset(store.dataset(), factor, folder)


def _build(store: FilesStore, factor: int, folder: Path) -> dict[str, str]:
    base = folder / layer_name("counties", "full", store.dataset())
    start = time.process_time()
    write_layer(base, _copies(store, factor))
    took = time.process_time() - start
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count = 2891 * factor
    return {
        "features": f"{count:,}",
        "encode and write, s CPU": f"{took:.1f}",
        "the same per feature, ms": f"{1000 * took / count:.2f}",
        "files, MB": f"{size:.0f}",
        "memory of the build (with the original), MB": f"{peak:.0f}",
    }


def _copies(store: FilesStore, factor: int) -> Iterator[Encoded]:
    found = records("counties", store.dataset())
    shapes = np.array([store.geometry(Level.COUNTY, "full")[each.adcode] for each in found], dtype=object)
    for number in range(factor):
        moved = shapely.transform(shapes, lambda points, number=number: _place(points, number, factor).round(6))
        for each, shape in zip(found, moved, strict=True):
            code = f"{number:03}{each.adcode}"
            properties = {**each.properties, "adcode": code}
            yield encode.encode_record(Record(code, properties, each.adcode, None), shape)


def _place(points: np.ndarray, number: int, factor: int) -> np.ndarray:
    """Move degrees of the real country into a copy's cell; one copy stays where it is."""
    if factor == 1:
        return points
    side = math.ceil(math.sqrt(factor))
    west, south, east, north = CHINA
    scale = np.array([1 / side, 1 / side])
    corner = np.array([number % side * (east - west) / side, number // side * (north - south) / side])
    return (points - (west, south)) * scale + (west, south) + corner


def _requests(url: str, factor: int, pid: int) -> dict[str, str]:
    code = f"{factor // 2:03}150621"
    box = _place(np.array(BOX).reshape(2, 2), factor // 2, factor).ravel()
    column = {
        "first ten items, requests/s": f"{wrk(f'{url}{ITEMS}?limit=10'):,.0f}",
        "one item, requests/s": f"{wrk(f'{url}{ITEMS}/{code}'):,.0f}",
        "county-sized box, requests/s": f"{wrk(f'{url}{ITEMS}?limit=100&bbox=' + ','.join(map(str, box))):,.0f}",
    }
    small = max(own_mb(each) for each in workers(pid))
    for words, header in (("plain", "identity"), ("gzip", "gzip")):
        start, size = time.perf_counter(), 0
        for offset in range(0, 2891 * factor, PAGE):
            asked = urllib.request.Request(
                f"{url}{ITEMS}?limit={PAGE}&offset={offset}", headers={"Accept-Encoding": header}
            )
            with urllib.request.urlopen(asked, timeout=60) as answer:
                size += len(answer.read())
        took = time.perf_counter() - start
        column[f"all of it, {words}, pages of {PAGE:,}"] = f"{took:.2f} s {size / 1e6:.0f} MB"
    return column | {
        "a worker's own memory after small answers, MB": f"{small:.0f}",
        "and after the downloads, MB": f"{max(own_mb(each) for each in workers(pid)):.0f}",
        "pages of mapped files (shared, given back), MB": f"{_mapped(pid):.0f}",
    }


def _mapped(pid: int) -> float:
    return max(resident_mb(each) - own_mb(each) for each in workers(pid))


def _dataset(dataset: Dataset, factor: int, folder: Path) -> dict[str, str]:
    """Measure what is held in memory: the list of regions itself, and what a filter on a property looks up."""
    regions = [
        dataclasses.replace(region, adcode=f"{number:03}{region.adcode}")
        for number in range(factor)
        for region in dataset.regions
        if Level.COUNTY in region.levels
    ]
    (folder / "dataset.json").write_bytes(orjson.dumps(dataclasses.replace(dataset, regions=tuple(regions))))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.collections", "load", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    opened, memory, scan = done.stdout.split()
    return {
        "list of regions: opened, s": opened,
        "list of regions: memory, MB": memory,
        "filter on a property (but for the first), ms": scan,
    }


def _load(folder: Path) -> None:
    """Print seconds to open a dataset, memory it takes, and milliseconds of a filter."""
    before, start = resident_mb(os.getpid()), time.perf_counter()
    store = FilesStore(folder.parent, folder.name)
    opened = time.perf_counter() - start
    found = Collections(store.dataset(), _Store(folder), "full")["counties"]
    found.select(Query(filters=(("name", "伊金霍洛旗"),)))
    memory = resident_mb(os.getpid()) - before
    start = time.perf_counter()
    found.select(Query(filters=(("name", "伊金霍洛旗"),)))
    print(f"{opened:.2f} {memory:.0f} {1000 * (time.perf_counter() - start):.1f}")


class _Store:
    """A store that has prepared files only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def encoded(self, name: str) -> Path:
        return self._folder / Path(name).name


@dataclasses.dataclass
class _Grown:
    """What the hot paths ask of an atlas."""

    collections: Collections
    dataset: Dataset
    version: str


def grown_app() -> object:
    """Return the hot paths on the folder that the environment names; granian calls it in each worker."""
    from geoapp.web.http.context import Serving
    from geoapp.web.http.fast_path import FastPath

    dataset = FilesStore(plan_of(load_settings()).atlas).dataset()
    grown = _Grown(Collections(dataset, _Store(Path(os.environ[FOLDER])), "full"), dataset, dataset.version)

    def nothing(_: object, start_response: object) -> list[bytes]:
        start_response("404 Not Found", [])
        return [b""]

    return FastPath(nothing, Serving(lambda _: grown, Path("no-link")), {})


def _serve(port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "benchmarks.collections:grown_app",
        factory=True,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=64,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["load", folder]:
            _load(Path(folder))
        case ["serve", port]:
            _serve(int(port))
