"""The process between a server's workers and its drawing processes: one queue for all of them.

Started by :mod:`geoapp.jobs.beside` as ``python -m geoapp.jobs.broker SOCKET PROCESSES PLACES PLACE``; it ends when its
standard input does, which is when the server has ended, however that was. It loads nothing that draws.
"""

import hashlib
import os
import pickle
import signal
import sys
import threading
from multiprocessing.connection import Connection, Listener
from pathlib import Path

import orjson

from geoapp.jobs.fair_queue import FairQueue, Full
from geoapp.jobs.pool import Answer, Slot
from geoapp.jobs.process import Place

LONGEST = 60
"""Seconds after which a refused client is told to come back, at most."""


class Broker:
    """Answers workers: what they ask is queued, worked on and given back."""

    def __init__(self, processes: int, places: int, place: Place) -> None:
        self._queue = FairQueue(places)
        self._slots = [Slot(self._queue, place) for _ in range(processes)]
        for slot in self._slots:
            slot.start()

    def serve(self, listener: "Listener") -> None:
        """Answer for ever."""
        while True:
            line = listener.accept()
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: "Connection") -> None:
        with line:
            try:
                what, *told = pickle.loads(line.recv_bytes())  # noqa: S301 - our own workers, over a private socket
                answer = self._ask(*told) if what == "ask" else self._state(*told)
                line.send_bytes(pickle.dumps(answer, 5))
            except (OSError, EOFError):
                return  # the worker has ended; nobody waits

    def _ask(self, client: str, ticket: str, payload: bytes) -> Answer:
        try:
            found: Answer = self._queue.put(client, hashlib.sha256(payload).hexdigest(), payload, ticket).done.result()
        except Full:
            return "full", str(self._come_back()).encode()
        return found

    def _state(self, ticket: str) -> dict[str, int | None]:
        return {"before": self._queue.before(ticket), "waiting": self._queue.waiting, "working": self._queue.working}

    def _come_back(self) -> int:
        """Return in how many seconds half of those who wait now are through."""
        seconds = sum(slot.seconds for slot in self._slots) / len(self._slots)
        return max(1, min(LONGEST, round(seconds * self._queue.waiting / 2 / len(self._slots))))


def main(socket: str, processes: str, places: str, place: str) -> None:
    """Listen until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the server's; the drawing processes inherit it
    told = orjson.loads(place)
    broker = Broker(int(processes), int(places), Place(**{**told, "build_dir": Path(told["build_dir"])}))
    Path(socket).unlink(missing_ok=True)
    listener = Listener(socket, "AF_UNIX", backlog=256)
    threading.Thread(target=broker.serve, args=(listener,), daemon=True).start()
    sys.stdin.buffer.read()
    os._exit(0)  # the drawing processes notice, and end as well


if __name__ == "__main__":
    main(*sys.argv[1:])
