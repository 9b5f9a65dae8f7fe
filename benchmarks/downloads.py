"""Memory of each worker while clients download the whole country: fast, gzipped, slow, and many at once."""

import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks._server import running, workers

SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
PATH = "/ogc/collections/counties/items?limit=10000"
PROMISE = 400
LOADS = (
    ("8 clients, plain", 8, "", 0.0),
    ("8 clients, gzip", 8, "Accept-Encoding: gzip\r\n", 0.0),
    ("8 slow readers, plain", 8, "", 0.05),
    ("8 slow readers, gzip", 8, "Accept-Encoding: gzip\r\n", 0.05),
    ("80 slow readers, plain", 80, "", 0.05),
    ("300 slow readers, gzip", 300, "Accept-Encoding: gzip\r\n", 0.05),
)
"""What it is called, clients, header, seconds that a reader rests after every 64 kB."""


def main() -> None:
    """Print the highest resident (RSS) and own share (PSS) of each worker under each load."""
    print(f"full detail, two workers, {SECONDS:.0f} s each; promise: under {PROMISE} MB a worker with eight clients")
    for words, clients, header, rest in LOADS:
        with running(GEOAPP_FULL_GEOMETRY="true") as (url, pid):
            found = workers(pid)
            before = ", ".join(f"{_memory(each)[0]:.0f}" for each in found)
            counts = _Counts()
            load = _start(url, clients, header, rest, counts)
            peaks = _watch(found)
            load()
            seen = "; ".join(f"RSS {rss:.0f}, PSS {pss:.0f}" for rss, pss in peaks)
            print(
                f"{words:24} {counts.whole:5} whole, {counts.refused:3} refused (503), "
                f"{counts.read / 1e6 / SECONDS:6.0f} MB/s; MB before {before}; at most {seen}"
            )


class _Counts:
    """What all clients together saw."""

    whole = refused = read = 0


def _start(url: str, clients: int, header: str, rest: float, counts: _Counts) -> Callable[[], None]:
    """Start the clients; return what ends them."""
    over, lock = threading.Event(), threading.Lock()
    request = f"GET {PATH} HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\n{header}Connection: close\r\n\r\n".encode()

    def download() -> None:
        while not over.is_set():
            size, refused = _read(urlsplit(url).port or 0, request, rest, over)
            with lock:
                counts.read += size
                counts.refused += refused
                counts.whole += not refused and not over.is_set()
            if refused:
                over.wait(1)

    threads = [threading.Thread(target=download) for _ in range(clients)]
    for each in threads:
        each.start()

    def end() -> None:
        over.set()
        for each in threads:
            each.join()

    return end


def _read(port: int, request: bytes, rest: float, over: threading.Event) -> tuple[int, bool]:
    """Read one answer to its end, or until it is over. Return its bytes, and whether it was a refusal."""
    size, refused = 0, False
    with socket.socket() as client:
        if rest:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        client.settimeout(30)
        client.connect(("127.0.0.1", port))
        client.sendall(request)
        while not over.is_set():
            data = client.recv(1 << 16 if rest else 1 << 20)
            if not data:
                break
            refused = refused or (size == 0 and b" 503 " in data[:20])
            size += len(data)
            over.wait(rest)
    return size, refused


def _watch(processes: list[int]) -> list[tuple[float, float]]:
    """Return the highest resident memory and share of each worker, MB."""
    peaks = [(0.0, 0.0) for _ in processes]
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        for number, pid in enumerate(processes):
            rss, pss = _memory(pid)
            peaks[number] = max(peaks[number][0], rss), max(peaks[number][1], pss)
        time.sleep(0.1)
    return peaks


def _memory(pid: int) -> tuple[float, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    return sizes["Rss"], sizes["Pss"]
