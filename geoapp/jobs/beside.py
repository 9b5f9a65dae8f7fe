"""The broker beside a server: started before the workers, started again when it dies, ended with them."""

import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path

import orjson

from geoapp.jobs.process import Place

SOCKET = "ATLAS_JOBS_SOCKET"
"""Names the broker's socket to the workers, which inherit it."""
NAME = "jobs"
LONGEST = 100
"""Bytes that the path of a socket may have (107 on Linux, 103 elsewhere)."""
AGAIN = 1.0
"""Seconds before a broker that died is started again."""
QUIET = "ignore:resource_tracker"
"""A broker ends at once; that its semaphores were left to the tracker, which removes them, nobody need read."""


@contextmanager
def working(place: Place, processes: int, places: int, folder: Path) -> Iterator[None]:
    """Have a broker with drawing processes as long as the block lasts; its socket is in ``folder``."""
    with ExitStack() as held:
        if len(os.fsencode(folder / NAME)) > LONGEST:
            folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="geoapp-", dir="/tmp")))
        before = os.environ.get(SOCKET)
        os.environ[SOCKET] = socket = str(folder / NAME)
        told = {**asdict(place), "build_dir": str(place.build_dir.resolve())}
        command = [sys.executable, "-W", QUIET, "-m", "geoapp.jobs.broker", socket]
        keeper = _Keeper([*command, str(processes), str(places), orjson.dumps(told).decode()])
        threading.Thread(target=keeper.keep, daemon=True, name="jobs").start()
        try:
            yield
        finally:
            keeper.end()
            os.environ.pop(SOCKET) if before is None else os.environ.update({SOCKET: before})


class _Keeper:
    """Keeps a process running."""

    def __init__(self, command: list[str]) -> None:
        self._command, self._over, self._changing = command, threading.Event(), threading.Lock()
        self._process = self._start()

    def keep(self) -> None:
        """Start the process again whenever it ends."""
        while True:
            with self._process:  # closes its standard input, which ends a broker, once it has ended
                self._process.wait()
            self._over.wait(AGAIN)
            with self._changing:
                if self._over.is_set():
                    return
                logging.getLogger("geoapp").warning("the process that hands out heavy work ended; it is started again")
                self._process = self._start()

    def end(self) -> None:
        """End the process for good."""
        with self._changing:
            self._over.set()
            self._process.terminate()
        self._process.wait()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self._command, stdin=subprocess.PIPE)  # noqa: S603 - our own module
