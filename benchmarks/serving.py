"""Build time, time to the first answer, memory of a worker, and what slow clients cost."""

import shutil
import socket
import statistics
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks._server import resident_mb, running, wait, workers
from geoapp import builder
from geoapp.cli.main import plan_of
from geoapp.settings import Settings

SLOW = 300
"""Half-open connections: as many as shut everyone out of waitress and gunicorn by default."""
PAGES = (
    "/",
    "/?region=100000",
    "/?region=150600",
    "/view.json?region=150600",
    "/regions/150621/card",
    "/view.geojson?region=650000",
)


def main() -> None:
    """Print the figures."""
    _building()
    _starting()
    _memory()
    _slow_clients()


def _building() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        plan = plan_of(Settings(build_dir=folder))
        start = time.perf_counter()
        builder.build(plan, lambda _: None)
        first = time.perf_counter() - start
        start = time.perf_counter()
        builder.build(plan, lambda _: None)
        print(f"build from nothing {first:.1f} s (promise < 15), again {time.perf_counter() - start:.1f} s")
    finally:
        shutil.rmtree(folder)


def _starting() -> None:
    start = time.perf_counter()
    with running() as (url, _):
        wait(f"{url}/healthz")
        print(f"server answers {time.perf_counter() - start:.2f} s after its start (promise < 5)")


def _memory() -> None:
    with running() as (url, pid):
        for _ in range(10):
            for page in PAGES:
                with urllib.request.urlopen(url + page, timeout=30) as answer:
                    answer.read()
        held = ", ".join(f"{resident_mb(each):.0f}" for each in workers(pid))
        print(f"resident memory after {10 * len(PAGES)} pages: {held} MB a process (promise < 300)")


def _slow_clients() -> None:
    with running() as (url, _):
        quiet = _latency(url)
        port = urlsplit(url).port
        held = []
        for _ in range(SLOW):
            client = socket.create_connection(("127.0.0.1", port), timeout=5)
            client.sendall(b"GET / HTTP/1.1\r\nHost: slow\r\nX-Wait:")
            held.append(client)
        busy = _latency(url)
        for client in held:
            client.close()
        print(f"median answer {quiet:.1f} ms alone, {busy:.1f} ms beside {SLOW} half-open connections")


def _latency(url: str) -> float:
    times = []
    for _ in range(40):
        start = time.perf_counter()
        with urllib.request.urlopen(url + "/resolve?adcode=150621&indicator=ei_gdp_cut", timeout=10) as answer:
            answer.read()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)
