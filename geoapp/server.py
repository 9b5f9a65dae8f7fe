"""The production server: granian, because a slow client costs it a socket and not a worker."""

import os
import tempfile

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from geoapp.web.http.sending import SLOTS
from geoapp.web.metrics import FOLDER


def run(host: str, port: int, workers: int) -> None:
    """Serve until stopped. Each worker opens the current build for itself.

    Half-open clients are held by granian's Rust loop; Python sees whole requests only
    (``benchmarks/serving.py`` measures it). Slow readers of large answers hold a thread each
    (:mod:`geoapp.web.http.sending`).
    """
    with tempfile.TemporaryDirectory(prefix="geoapp-metrics-") as folder:
        os.environ[FOLDER] = folder  # workers inherit it; what they count is added up there
        _granian(host, port, workers)


def _granian(host: str, port: int, workers: int) -> None:
    print(f"geoapp serves http://{host}:{port} with {workers} worker(s); stop with Ctrl+C", flush=True)
    Granian(
        "geoapp.app:create_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=SLOTS + 16,  # a slow reader of a large answer holds one; they are started when needed
        backlog=2048,
        respawn_failed_workers=True,
        workers_kill_timeout=5,  # a client that never finishes its request must not keep us from stopping
        log_level=LogLevels.error,  # its one warning is that the threads are more than the cores, which they should be
    ).serve()
