"""Answers that were costly to make, kept while they fit: one budget of bytes per worker."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from cachetools import LRUCache

from geoapp.errors import TooBusy

BUDGET = 24_000_000
WAIT = 30.0
"""Seconds a costly answer waits for the one before it; then the client is told to come back."""
RETRY_AFTER = 30


class AnswerCache:
    """Keeps costly answers. Where a worker makes them itself it makes one at a time: its memory has a ceiling."""

    def __init__(self, budget: int = BUDGET, wait: float = WAIT, at_once: int = 1) -> None:
        self._budget, self._wait = budget, wait
        self._making, self._storing = BoundedSemaphore(at_once), Lock()
        self._bodies: LRUCache[Hashable, bytes] = LRUCache(budget, getsizeof=len)

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the body under a key, made now unless it is kept.

        Raises:
            TooBusy: others are being made and the wait was too long.
        """
        body = self._find(key)
        if body is not None:
            return body
        with self._turn():
            body = self._find(key)  # whoever was before us may have made it
            if body is None:
                body = make()
                if len(body) <= self._budget // 2:
                    with self._storing:
                        self._bodies[key] = body
        return body

    def _find(self, key: Hashable) -> bytes | None:
        with self._storing:
            return self._bodies.get(key)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._making.acquire(timeout=self._wait):
            raise TooBusy("other downloads are being written; try again in a minute", RETRY_AFTER)
        try:
            yield
        finally:
            self._making.release()
