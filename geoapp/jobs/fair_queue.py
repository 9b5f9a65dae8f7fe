"""Who is next: clients take turns, however much each of them asks for."""

import threading
from collections import OrderedDict, deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any


class Full(Exception):
    """The queue has no place for a job; its client may come back later."""


@dataclass(eq=False, slots=True)
class Job:
    """A piece of work, who asked for it first, and who waits for it under which tickets."""

    key: str
    client: str
    payload: bytes
    done: "Future[Any]" = field(default_factory=Future)
    tickets: set[str] = field(default_factory=set)


class FairQueue:
    """A bounded queue: a line for each client, and the clients take turns.

    What is asked again while it waits or is worked on is done once. Where no place is left, the client that waits for
    most gives up its last one to a client that waits for less: nobody shuts the others out.
    """

    def __init__(self, places: int) -> None:
        """Let at most ``places`` jobs wait."""
        self._places = places
        self._lines: OrderedDict[str, deque[Job]] = OrderedDict()
        self._working: dict[str, Job] = {}
        self._change = threading.Condition()

    def put(self, client: str, key: str, payload: bytes, ticket: str = "") -> Job:
        """Put a job in a client's line, or return the one that does the same.

        Raises:
            Full: no place is left, and nobody waits for more than this client.
        """
        with self._change:
            job = self._same(key)
            if job is None:
                if self.waiting >= self._places:
                    self._make_room(client)
                job = Job(key, client, payload)
                self._lines.setdefault(client, deque()).append(job)
                self._change.notify()
            if ticket:
                job.tickets.add(ticket)
            return job

    def take(self) -> Job:
        """Return the next job, as soon as there is one; its client is then last in turn."""
        with self._change:
            self._change.wait_for(lambda: self._lines)
            client, line = next(iter(self._lines.items()))
            job = line.popleft()
            if line:
                self._lines.move_to_end(client)
            else:
                del self._lines[client]
            self._working[job.key] = job
            return job

    def finish(self, job: Job) -> None:
        """Forget a job that was taken: what asks for the same from now on is new work."""
        with self._change:
            self._working.pop(job.key, None)

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return sum(map(len, self._lines.values()))

    @property
    def working(self) -> int:
        """How many jobs are worked on."""
        return len(self._working)

    def before(self, ticket: str) -> int | None:
        """Return how many jobs come before that of a ticket: -1 when it is worked on, None when nobody knows it."""
        with self._change:
            if any(ticket in job.tickets for job in self._working.values()):
                return -1
            return next((place for place, job in enumerate(self._in_turn()) if ticket in job.tickets), None)

    def _same(self, key: str) -> Job | None:
        waiting = (job for line in self._lines.values() for job in line if job.key == key)
        return self._working.get(key) or next(waiting, None)

    def _make_room(self, client: str) -> None:
        """Refuse the last job of the client that waits for most, if that is not the one that asks."""
        greediest, line = max(self._lines.items(), key=lambda each: len(each[1]))
        if len(line) <= len(self._lines.get(client, ())) + 1:
            raise Full
        line.pop().done.set_exception(Full())
        if not line:
            del self._lines[greediest]

    def _in_turn(self) -> Iterator[Job]:
        """Yield the waiting jobs in the order they will be taken if nobody else comes."""
        lines = [deque(line) for line in self._lines.values()]
        while lines:
            for line in lines:
                yield line.popleft()
            lines = [line for line in lines if line]
