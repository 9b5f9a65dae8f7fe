"""A server to measure: started on a free port, ended by its own process id."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running(workers: int = 2) -> Iterator[tuple[str, int]]:
    """Yield URL and process id of a server on the current build."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "geoapp", "serve", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        wait(url)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait(url: str) -> float:
    """Wait until the server answers; return the seconds it took."""
    start = time.perf_counter()
    while time.perf_counter() - start < 30:
        try:
            with urllib.request.urlopen(url + "/healthz", timeout=5):
                return time.perf_counter() - start
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(url)


def children(pid: int) -> list[int]:
    """Return the worker processes of a server."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(each) for each in listed]


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
