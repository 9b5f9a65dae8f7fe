"""Servers to measure, started on a free port and ended by their own process id, and the tool that measures them."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

SECONDS = os.environ.get("BENCH_SECONDS", "4")
BROKER = "geoapp.jobs.broker"


@contextmanager
def running(workers: int = 2, **environ: str) -> Iterator[tuple[str, int]]:
    """Yield URL and process id of a server on the current build, with further settings."""
    port = free_port()
    command = [sys.executable, "-m", "geoapp", "serve", "--port", str(port), "--workers", str(workers)]
    url = f"http://127.0.0.1:{port}"
    with started(command, f"{url}/healthz", environ) as pid:
        yield url, pid


@contextmanager
def started(
    command: Sequence[object], ready: str, environ: Mapping[str, str], cwd: Path | None = None
) -> Iterator[int]:
    """Start a command, wait until a URL answers, yield the process id, end it.

    Args:
        environ: added to the environment.
    """
    process = subprocess.Popen(
        [str(each) for each in command],
        cwd=cwd,
        env={**os.environ, **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait(ready)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait(url: str) -> float:
    """Wait until a URL answers; return the seconds it took."""
    start = time.perf_counter()
    while time.perf_counter() - start < 30:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return time.perf_counter() - start
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(url)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wrk(url: str, headers: Mapping[str, str] = {}, *, seconds: str = SECONDS, script: Path | None = None) -> float:
    """Return requests a second: wrk (apt-get install wrk), two threads, 16 connections kept alive."""
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")
    extra = [part for name, text in headers.items() for part in ("-H", f"{name}: {text}")]
    if script is not None:
        extra += ["-s", str(script)]
    command = ["wrk", "-t2", "-c16", f"-d{seconds}s", "--timeout", "60s", *extra, url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    if "Non-2xx" in done.stdout:
        print(f"  not answered well: {url}\n{done.stdout}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    return float(found.group(1)) if found else 0.0


def workers(pid: int) -> list[int]:
    """Return the processes of a server that answer."""
    return [each for each in _children(pid) if BROKER not in _words(each)]


def drawing(pid: int) -> list[int]:
    """Return the processes of a server that do the heavy work."""
    brokers = [each for each in _children(pid) if BROKER in _words(each)]
    return [each for broker in brokers for each in _children(broker) if "spawn_main" in _words(each)]


def _children(pid: int) -> list[int]:
    threads = Path(f"/proc/{pid}/task").iterdir()
    return [int(each) for thread in threads for each in (thread / "children").read_text(encoding="ascii").split()]


def _words(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ")


def own_mb(pid: int) -> float:
    """Return the memory of a process that is its own, MB: without pages of mapped files, which the system shares."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon:")) / 1024


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
