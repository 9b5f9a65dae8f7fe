"""A queue of drawings with every place taken, as it is when many ask at once."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from geoapp.web.http.picture_cache import PictureCache


@contextmanager
def occupied(cache: PictureCache) -> Iterator[None]:
    """Take one place of a cache by a drawing that goes on until the block ends."""
    drawing, done = threading.Event(), threading.Event()

    def draw() -> bytes:
        drawing.set()
        done.wait()
        return b"x"

    other = threading.Thread(target=cache.get, args=(secrets.token_hex(16), "png", draw))
    other.start()
    drawing.wait()
    try:
        yield
    finally:
        done.set()
        other.join()
