"""The memory of a worker over a mixture of everything it is asked: does it come to rest, and where.

``BENCH_REQUESTS`` says how many requests (default 3,000; a day has 30,000), ``BENCH_CLIENTS`` how many at once.
"""

import os
import random
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarks._server import drawing, running, workers

REQUESTS = int(os.environ.get("BENCH_REQUESTS", "3000"))
CLIENTS = int(os.environ.get("BENCH_CLIENTS", "8"))
POINTS = 12
REGIONS = ("150600", "640200", "620600", "654200", "650000", "100000", "410000", "510000")
LIGHT = (
    "/ogc/collections/counties/items?limit=10&offset={n}",
    "/ogc/collections/counties/tiles/WebMercatorQuad/6/{row}/{col}",
    "/view.json?region={region}",
    "/search.json?q={n}",
    "/?region={region}",
    "/plans",
    "/quality",
    "/rasters/elevation-5min/tiles/WebMercatorQuad/6/{col}/{row}.png",
)
HEAVY = (
    "/view.png?region={region}&width={width}",
    "/view.pdf?region={region}&title={n}",
    "/view.docx?region=150600&title={n}",
    "/view.csv?region={region}",
    "/view.xlsx?region=150600",
    "/view.geojson?region={region}",
    "/view.png?region=150600&raster=elevation-5min&width={width}",
)
HEAVY_SHARE = 0.06


def pss_mb(pid: int) -> float:
    """Return the memory of a process in MB, what it shares counted by its share."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def paths() -> Iterator[str]:
    """Yield what is asked, the same each time."""
    dice = random.Random(20)
    for number in count():
        kind = HEAVY if dice.random() < HEAVY_SHARE else LIGHT
        yield dice.choice(kind).format(
            n=number % 2000,
            region=dice.choice(REGIONS),
            width=1000 + number % 600,
            row=dice.randrange(22, 30),
            col=dice.randrange(45, 56),
        )


def main() -> None:
    """Print the curve: requests, and the memory of each worker and each drawing process."""
    with running(workers=2) as (url, pid):
        todo, lock, done = paths(), threading.Lock(), count(1)
        statuses: dict[int, int] = {}
        print(f"{'requests':>10}  PSS of each worker; of the processes that draw, MB")
        _print(0, pid)

        def ask() -> None:
            while True:
                with lock:
                    number, path = next(done), next(todo)
                if number > REQUESTS:
                    return
                status = _status(url + path)
                with lock:
                    statuses[status] = statuses.get(status, 0) + 1
                    if number % (REQUESTS // POINTS) == 0:
                        _print(number, pid)

        threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print("answers by status:", dict(sorted(statuses.items())))


def _print(number: int, pid: int) -> None:
    of_workers, of_drawing = (
        "  ".join(f"{pss_mb(each):.0f}" for each in processes) for processes in (workers(pid), drawing(pid))
    )
    print(f"{number:>10}  {of_workers};  {of_drawing}", flush=True)


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=120) as reply:
            reply.read()
            return int(reply.status)
    except urllib.error.HTTPError as error:
        return error.code
