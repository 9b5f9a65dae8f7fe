"""The production server: granian, because a slow client costs it a socket and not a worker."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings, HTTP2Settings
from granian.log import LogLevels

from geoapp.heap import return_memory
from geoapp.jobs.beside import working
from geoapp.jobs.process import Place
from geoapp.web.http.sending import SLOTS
from geoapp.web.metrics import FOLDER

HEAD = 32 * 1024
"""Bytes of a request's head, its first line and its headers; a longer one is answered 431."""
COUNTS = "geoapp-metrics-"
LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Drawing:
    """The processes that do the heavy work of all workers: from what, how many, and how many requests may wait."""

    place: Place
    processes: int
    queue: int


def run(host: str, port: int, workers: int, drawing: Drawing, beside: AbstractContextManager[None]) -> None:
    """Serve until stopped. Each worker opens the current build for itself.

    Args:
        drawing: the processes that draw.
        beside: what goes on as long as the server does.

    Half-open clients are held by granian's Rust loop; Python sees whole requests only
    (``benchmarks/serving.py`` measures it). Slow readers of large answers hold a thread each
    (:mod:`geoapp.web.http.sending`).
    """
    with _counts_folder(Path(tempfile.gettempdir())) as folder:
        os.environ[FOLDER] = str(folder)  # workers inherit it; what they count is added up there
        return_memory()
        with beside, working(drawing.place, drawing.processes, drawing.queue, folder):
            # Slow readers of large answers and those who wait for heavy work hold a thread each, started when needed.
            _granian(host, port, workers, SLOTS + 2 * drawing.queue + 16)


@contextmanager
def _counts_folder(parent: Path) -> Iterator[Path]:
    """Make the folder of this server's counts, and remove those that killed servers left behind.

    A server holds the lock in its folder; the kernel frees it however the server ends.
    """
    for folder in parent.glob(f"{COUNTS}*"):
        _remove_if_left(folder)
    with tempfile.TemporaryDirectory(prefix=COUNTS, dir=parent) as made, (Path(made) / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Path(made)


def _remove_if_left(folder: Path) -> None:
    try:
        with (folder / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)
    except OSError:
        return  # its server lives, or it is another user's


def _granian(host: str, port: int, workers: int, threads: int) -> None:
    print(f"geoapp serves http://{host}:{port} with {workers} worker(s); stop with Ctrl+C", flush=True)
    Granian(
        "geoapp.app:create_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backlog=2048,
        http1_settings=HTTP1Settings(max_buffer_size=HEAD),
        http2_settings=HTTP2Settings(max_headers_size=HEAD),
        respawn_failed_workers=True,
        workers_kill_timeout=5,  # a client that never finishes its request must not keep us from stopping
        log_level=LogLevels.error,  # its one warning is that the threads are more than the cores, which they should be
    ).serve()
