"""The one drawing process of a running server, which tests stop and kill."""

import os
import signal
import time
from pathlib import Path

from tests.conftest import Server


def drawing(server: Server) -> int:
    """Return the number of the process that does the heavy work of a server that has one of them."""
    assert server.process is not None
    (broker,) = [each for each in children(server.process.pid) if "geoapp.jobs.broker" in words(each)]
    (found,) = [each for each in children(broker) if "spawn_main" in words(each)]
    return found


def children(process: int) -> list[int]:
    """Return the children of a process, whichever of its threads began them."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return [int(each) for thread in threads for each in (thread / "children").read_text().split()]


def words(process: int) -> str:
    """Return the command that a process was started by."""
    return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")


def kill_at_work(process: int, before: int) -> None:
    """Kill a process as soon as it has computed for a twentieth of a second more than ``before``."""
    while ticks(process) < before + 5:
        time.sleep(0.005)
    os.kill(process, signal.SIGKILL)


def ticks(process: int) -> int:
    """Return the hundredths of a second that a process has computed."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])
