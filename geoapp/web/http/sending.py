"""Large answers on their way: how many at once, so that slow readers never shut everyone out."""

from collections.abc import Iterator
from threading import Lock

from geoapp.errors import TooBusy
from geoapp.features.parts import Body, Parts

SLOTS = 48
"""Large answers that one worker sends at a time; each keeps a thread of the server until the last piece is taken."""
RETRY_AFTER = 5


class Sending:
    """Gives bodies to the server. Small ones go at once; large ones go piece by piece and are counted."""

    def __init__(self, slots: int = SLOTS) -> None:
        self._slots, self._lock = slots, Lock()
        self.now = 0

    def out(self, body: Body) -> list[bytes] | Iterator[bytes]:
        """Return a body as the server takes it.

        Raises:
            TooBusy: as many large answers as may be are on their way.
        """
        if not isinstance(body, Parts):
            return [body]
        if self.now >= self._slots:
            raise TooBusy("too many downloads are under way; try again in a moment", RETRY_AFTER)
        return self._counted(body)

    def _counted(self, body: Parts) -> Iterator[bytes]:
        """Count from the first piece taken (an answer to HEAD gives none) to the last, or to the client's leaving."""
        self._add(1)
        try:
            yield from body
        finally:
            self._add(-1)

    def _add(self, number: int) -> None:
        with self._lock:
            self.now += number
