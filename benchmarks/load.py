"""Light answers while eight clients ask for new national sheets, documents and screens: p50, p95, p99 of each kind.

``BENCH_LOAD_SECONDS`` says how long each half is measured (default 30), ``BENCH_HEAVY`` how many clients are
heavy. Every heavy client has an address of its own (127.0.0.11 and on), as readers have; every light kind has one
client that asks again as soon as it is answered, at most twenty times a second.
"""

import http.client
import os
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from benchmarks._server import running

SECONDS = float(os.environ.get("BENCH_LOAD_SECONDS", "30"))
HEAVY_CLIENTS = int(os.environ.get("BENCH_HEAVY", "8"))
PAUSE = 0.05
REGIONS = ("150600", "640200", "620600", "654200", "650000", "410000", "510000", "150000")
LIGHT: dict[str, str] = {
    "explorer page, new": "/?region={region}&year=2025&sel={n}",
    "explorer page, again": "/?region=150600",
    "/view.json, new": "/view.json?region={region}&bbox=100,30,{lon},40",
    "ten features": "/ogc/collections/counties/items?limit=10&offset={n}",
    "tile": "/ogc/collections/counties/tiles/WebMercatorQuad/6/{row}/{col}",
    "raster tile": "/rasters/elevation-5min/tiles/WebMercatorQuad/6/{col}/{row}.png",
    "search": "/search.json?q={word}",
    "card": "/regions/{region}/card",
}
WORDS = ("鄂尔多斯", "塔城", "tacheng", "光伏", "武威", "能耗", "石嘴山", "水电")
HEAVY = (
    "/view.pdf?region=100000&level=county&title={n}",
    "/view.docx?region=150600&title={n}",
    "/screen.json?region=150600&resolution=250&raster1=elevation-5min&max1={n}&min_area=50",
    "/view.png?region=100000&level=county&title={n}",
)
Told = dict[str, list[float]]


def main() -> None:
    """Print the table: alone, and beside the heavy clients."""
    with running(workers=2) as (url, _):
        _ask_once(url)
        alone, _, _ = _measure(url, 0)
        beside, heavy, statuses = _measure(url, HEAVY_CLIENTS)
    table = Table("answer", "alone p50", "p95", "p99", "beside p50", "p95", "p99 ms", box=None)
    for name in LIGHT:
        table.add_row(name, *(f"{each:.1f}" for each in (*_percentiles(alone[name]), *_percentiles(beside[name]))))
    Console().print(table)
    for kind, times in sorted(heavy.items()):
        print(f"heavy {kind}: {len(times)} answered, median {statistics.median(times) / 1000:.1f} s")
    print("heavy answers by status:", dict(sorted(statuses.items())))


def _ask_once(url: str) -> None:
    """Let each worker see each kind before it is measured."""
    numbers = count(9000)
    for path in (*LIGHT.values(), *HEAVY) * 3:
        _status(urlsplit(url).netloc, "127.0.0.1", _filled(path, next(numbers)))


def _measure(url: str, heavy_clients: int) -> tuple[Told, Told, Counter[int]]:
    home, until = urlsplit(url).netloc, time.monotonic() + SECONDS
    light: Told = {name: [] for name in LIGHT}
    heavy: Told = {}
    statuses: Counter[int] = Counter()
    numbers = count(heavy_clients * 10_000)

    def ask(name: str) -> None:
        light[name] = list(_asked_until(until, home, LIGHT[name], numbers))

    def burden(client: int) -> None:
        for path in _from(HEAVY, client):
            if time.monotonic() > until:
                return
            start = time.perf_counter()
            status = _status(home, f"127.0.0.{11 + client}", _filled(path, next(numbers)))
            statuses[status] += 1
            if status == 200:
                heavy.setdefault(path.partition("?")[0], []).append(1000 * (time.perf_counter() - start))
            else:
                time.sleep(1)

    threads = [threading.Thread(target=ask, args=(name,)) for name in LIGHT]
    threads += [threading.Thread(target=burden, args=(client,)) for client in range(heavy_clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return light, heavy, statuses


def _asked_until(until: float, home: str, path: str, numbers: Iterator[int]) -> Iterator[float]:
    with closing(http.client.HTTPConnection(home, timeout=60)) as line:
        while time.monotonic() < until:
            filled = _filled(path, next(numbers))
            yield _timed(lambda: _read(line, filled))  # noqa: B023 - called at once
            time.sleep(PAUSE)


def _from(paths: tuple[str, ...], first: int) -> Iterator[str]:
    for number in count(first):
        yield paths[number % len(paths)]


def _filled(path: str, n: int) -> str:
    return path.format(
        n=n % 2800,
        region=REGIONS[n % len(REGIONS)],
        lon=105 + n % 97 / 10,
        row=23 + n % 4,
        col=47 + n % 7,
        word=_quoted(WORDS[n % len(WORDS)]),
    )


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def _read(line: http.client.HTTPConnection, path: str) -> None:
    line.request("GET", path)
    with line.getresponse() as reply:
        reply.read()
        if reply.status not in (200, 204):  # a tile may be empty
            raise RuntimeError(f"{reply.status} for {path}")


def _status(home: str, client: str, path: str) -> int:
    with closing(http.client.HTTPConnection(home, timeout=180, source_address=(client, 0))) as line:
        line.request("GET", path)
        with line.getresponse() as reply:
            reply.read()
            return reply.status


def _percentiles(times: list[float]) -> tuple[float, float, float]:
    cuts = statistics.quantiles(times, n=100)
    return cuts[49], cuts[94], cuts[98]
