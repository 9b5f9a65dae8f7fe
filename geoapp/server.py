"""The production server: granian, because a slow client costs it a socket and not a worker."""

import atexit
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

LOOK_EVERY = 5.0
"""Seconds between looks at the link that a build moves."""


def run(host: str, port: int, workers: int, build: Path) -> None:
    """Serve until stopped. Each worker opens the current build for itself.

    Half-open and slow clients are held by granian's Rust loop; Python sees whole requests only
    (``benchmarks/serving.py`` measures it).

    Args:
        build: the link to the current build; whenever it moves, the tiles of the new build are drawn.
    """
    Thread(target=_keep_tiles, args=(build,), daemon=True).start()
    print(f"geoapp serves http://{host}:{port} with {workers} worker(s); stop with Ctrl+C", flush=True)
    Granian(
        "geoapp.app:create_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        backlog=2048,
        respawn_failed_workers=True,
        workers_kill_timeout=5,  # a client that never finishes its request must not keep us from stopping
        log_level=LogLevels.warning,
    ).serve()


def _keep_tiles(build: Path) -> None:
    """Have the vector tiles of each new build drawn, in a process of its own that is told to be nice."""
    drawn = ""
    while True:
        current = str(build.resolve())
        if current != drawn:
            drawn = current
            drawing = subprocess.Popen([sys.executable, "-m", "geoapp", "tiles"])
            os.setpriority(os.PRIO_PROCESS, drawing.pid, 15)
            atexit.register(drawing.terminate)
            drawing.wait()
            atexit.unregister(drawing.terminate)
        time.sleep(LOOK_EVERY)
