"""How a worker has heavy work done: by the server's drawing processes, or where there are none by itself."""

import pickle
import time
from collections.abc import Callable
from contextlib import contextmanager
from multiprocessing.connection import Client
from typing import TYPE_CHECKING, Any, Protocol

from geoapp.atlas import Atlas
from geoapp.errors import GeoappError, TooBusy, WorkEnded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

PATIENCE = 10.0
"""Seconds that a worker waits for a broker that is just being started again."""
RETRY_AFTER = 5
HERE_WAITING = 8
"""Requests of one process that may draw or wait to draw, where it draws itself."""
ENDED = (
    "the process that worked on this has ended: it needed more memory or time than one request may take; "
    "ask for a smaller sheet, fewer regions or less detail, or try again"
)


class Jobs(Protocol):
    """Has heavy work done.

    Attributes:
        at_once: pieces of work that a worker may have under way at a time.
        waiting: those that may be under way or wait for their turn in this worker.
    """

    at_once: int
    waiting: int

    def ask(self, asker: "Asker", work: Callable[..., Any], here: Atlas, *args: Any) -> Any:
        """Return what ``work`` returns of an atlas and arguments; it and they can be pickled."""

    def state(self, ticket: str) -> dict[str, int | None]:
        """Return how many come before the work of a ticket (-1 while it is worked on, None unknown), and the queue."""


class Asker:
    """Who asks, in whose turn; and the ticket under which she asks how far it is."""

    def __init__(self, client: str, ticket: str = "") -> None:
        self.client, self.ticket = client, ticket


class InThisProcess:
    """Works at once, in the worker itself: for an application without a server around it."""

    at_once, waiting = 1, HERE_WAITING

    def ask(self, asker: Asker, work: Callable[..., Any], here: Atlas, *args: Any) -> Any:
        """Return what ``work`` returns."""
        return work(here, *args)

    def state(self, ticket: str) -> dict[str, int | None]:
        """Return that nothing is known: there is no queue."""
        return {"before": None, "waiting": 0, "working": 0}


class ByBroker:
    """Asks the broker of this server."""

    def __init__(self, socket: str, places: int) -> None:
        """Ask at a socket; ``places`` is how many jobs the queue behind it holds."""
        self._socket = socket
        # More than the queue has places, so that it is the queue that chooses whom to refuse.
        self.at_once = self.waiting = 2 * places

    def ask(self, asker: Asker, work: Callable[..., Any], here: Atlas, *args: Any) -> Any:
        """Return what ``work`` returns, worked out in a drawing process on the same build.

        Raises:
            TooBusy: the queue is full.
            WorkEnded: the process died of it, or the broker did.
            GeoappError: what ``work`` raises.
        """
        payload = pickle.dumps((work, here.version, args), 5)
        ended, answer = self._talk("ask", asker.client, asker.ticket, payload)
        if ended == "done":
            return pickle.loads(answer)  # noqa: S301 - from our own processes, over a private socket
        if ended == "refused":
            raise _error(*pickle.loads(answer))  # noqa: S301 - as above
        if ended == "full":
            raise TooBusy("too many pictures, files and screens wait already; try again in a moment", int(answer))
        if ended == "fault":
            raise RuntimeError(f"in a drawing process: {answer.decode()}")
        raise WorkEnded(ENDED, RETRY_AFTER)

    def state(self, ticket: str) -> dict[str, int | None]:
        """Return what the broker knows of a ticket."""
        found: dict[str, int | None] = self._talk("state", ticket)
        return found

    def _talk(self, *words: Any) -> Any:
        try:
            with self._line() as line:
                line.send_bytes(pickle.dumps(words, 5))
                return pickle.loads(line.recv_bytes())  # noqa: S301 - as above
        except (OSError, EOFError):
            raise WorkEnded(ENDED, RETRY_AFTER) from None

    @contextmanager
    def _line(self) -> "Iterator[Connection]":
        until = time.monotonic() + PATIENCE
        while True:
            try:
                line = Client(self._socket, "AF_UNIX")
                break
            except (FileNotFoundError, ConnectionRefusedError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
        with line:
            yield line


def _error(kind: type[GeoappError], args: tuple[Any, ...], members: dict[str, Any]) -> GeoappError:
    """Return an error of another process as it was raised there, whatever its constructor wants."""
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(members)
    return error
