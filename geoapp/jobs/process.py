"""What a drawing process does: it opens the atlas, and works on one job after the other within its bounds.

The broker imports this module too, so what draws is imported where it is needed.
"""

import os
import pickle
import resource
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from geoapp.errors import GeoappError
from geoapp.heap import return_memory, trim

if TYPE_CHECKING:
    from geoapp.atlas import Atlas

NICE = 10
"""Answers that people wait for go first: a process of this niceness gets a tenth of what theirs may have."""
SECONDS = 120.0
"""Seconds that one job may take; the clock then ends the process."""
Outcome = Literal["done", "refused", "fault", "memory"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a process draws from, and within which bounds.

    Attributes:
        tables_days: how long readers' tables are kept; None where there are none.
        memory: MB that it may take, and ``held`` those it may hold between jobs; one that holds more is replaced.
        seconds: that one job may take.
    """

    build_dir: Path
    full_geometry: bool = False
    tables_days: float | None = None
    memory: int = 1024
    held: int = 320
    seconds: float = SECONDS


class Begun(Protocol):
    """A number that a process shares with the thread that gives it jobs: how many it has begun."""

    value: int


_shared: list[Begun] = []
"""What this process counts its jobs in, put there when it starts."""


def start(place: Place, begun: Begun) -> None:
    """Bound this process, and let it end with its parent; ``begun`` counts the jobs it begins."""
    _shared.append(begun)
    return_memory()
    os.nice(NICE)
    most = place.memory * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))  # what it writes to; mapped files are not counted
    threading.Thread(target=_end_with_parent, daemon=True).start()


def prepare(place: Place) -> None:
    """Load what draws, and the build that is served now, ahead of the first job."""
    from geoapp.jobs import work

    link = place.build_dir / "atlas" / "current"
    work.warm(_atlas(place, link.readlink().name))


def run(place: Place, payload: bytes) -> tuple[Outcome, bytes, int]:
    """Work on one job: return how it ended, the pickled answer or error, and the MB this process holds since.

    Where it takes too long, SIGALRM ends the process, also within a library's code.
    """
    _shared[0].value += 1
    signal.setitimer(signal.ITIMER_REAL, place.seconds)
    try:
        ended, answer = _answer(place, payload)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return ended, answer, _held()


def _answer(place: Place, payload: bytes) -> tuple[Outcome, bytes]:
    try:
        work: Callable[..., Any]
        work, version, args = pickle.loads(payload)  # noqa: S301 - our own workers' words, over a private socket
        return "done", pickle.dumps(work(_atlas(place, version), *args), 5)
    except GeoappError as error:
        return "refused", pickle.dumps((type(error), error.args, error.__dict__))
    except MemoryError:
        return "memory", b""
    except Exception:  # a defect of ours: told in full to the worker, which logs it and answers 500
        return "fault", traceback.format_exc().encode()


@lru_cache(maxsize=2)
def _atlas(place: Place, version: str) -> "Atlas":
    """Return the atlas of a build; two are kept, as while one follows the other."""
    from geoapp.jobs import work

    return work.open_atlas(place.build_dir, version, place.full_geometry, place.tables_days)


def _held() -> int:
    """Return the MB of memory that is this process's own, after giving back what is free."""
    trim()
    resident, shared = Path("/proc/self/statm").read_text(encoding="ascii").split()[1:3]
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE") // 2**20


def _end_with_parent() -> None:
    """Wait for the parent's end; a pool's process alone would wait for its next job for ever."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
