"""Pictures on disk: drawn once, however many ask at the same moment, in however many processes.

diskcache keeps and prunes as well, but lets every process that misses draw.
"""

import fcntl
import logging
import os
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from geoapp.errors import InvalidView, TooBusy

WAITING = 8
"""Requests of one process that may draw or wait to draw; the next is told to come back."""
MOST_BYTES = 256 * 2**20
PRUNE_EVERY = 64
RETRY_AFTER = 3
LOCKS = 256
REFUSALS = 512
"""Pictures that cannot be drawn, of which a process remembers why."""


class PictureCache:
    """Keeps pictures by key in a folder shared by all workers.

    Requests for the same picture wait for the first. Where a process draws itself, it draws one at a time: the painter
    holds the interpreter's lock, so two at once would only double the memory.
    """

    def __init__(self, folder: Path, waiting: int = WAITING, most: int = MOST_BYTES, at_once: int = 1) -> None:
        """Keep at most ``most`` bytes in ``folder``; ``waiting`` requests may wait, ``at_once`` draw."""
        self.folder, self._most = folder, most
        self._places = threading.BoundedSemaphore(waiting)
        self._painters = threading.BoundedSemaphore(at_once)
        self._writes = 0
        self._refused: OrderedDict[tuple[str, str], InvalidView] = OrderedDict()

    def find(self, key: str, suffix: str) -> bytes | None:
        """Return a picture that was drawn before, or None."""
        try:
            return self._path(key, suffix).read_bytes()
        except FileNotFoundError:
            return None

    def get(self, key: str, suffix: str, draw: Callable[[], bytes], *, keep: bool = True) -> bytes:
        """Return a picture, drawn now if it never was.

        Args:
            keep: false for a reader's own data, of which nothing may outlive her table.

        Raises:
            TooBusy: as many requests as may wait are waiting already.
            InvalidView: it cannot be drawn; asked again, that is not found out anew.
        """
        found = self.find(key, suffix)
        if found is not None:
            return found
        if refused := self._refused.get((key, suffix)):
            raise InvalidView(refused.issues)
        with self._place(), self._lock(key):
            found = self.find(key, suffix)  # another worker may have drawn it meanwhile
            if found is not None:
                return found
            with self._painters, self._remembering(key, suffix, keep):
                picture = draw()
            try:
                if keep:
                    self._keep(key, suffix, picture)
            except OSError as error:  # a full disk must not cost the reader the picture
                logging.getLogger("geoapp").warning("a picture cannot be kept: %s", error)
        return picture

    @contextmanager
    def _remembering(self, key: str, suffix: str, keep: bool) -> Iterator[None]:
        try:
            yield
        except InvalidView as error:
            if keep:
                self._refused[key, suffix] = error
                while len(self._refused) > REFUSALS:
                    self._refused.popitem(last=False)
            raise

    def _path(self, key: str, suffix: str) -> Path:
        return self.folder / key[:2] / f"{key}.{suffix}"

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise TooBusy("too many pictures are being drawn; try again in a moment", RETRY_AFTER)
        try:
            yield
        finally:
            self._places.release()

    @contextmanager
    def _lock(self, key: str) -> Iterator[None]:
        """Hold the lock of a picture across threads and processes; the kernel frees it after a crash."""
        folder = self.folder / "locks"
        with ExitStack() as held:
            with suppress(OSError):  # on a full disk two processes may draw the same picture
                folder.mkdir(parents=True, exist_ok=True)
                file = held.enter_context((folder / f"{int(key[:8], 16) % LOCKS:02x}").open("w"))
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _keep(self, key: str, suffix: str, picture: bytes) -> None:
        """Write a picture under another name first: nobody ever reads half of one."""
        path = self._path(key, suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(picture)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        self._writes += 1
        if self._writes % PRUNE_EVERY == 1:
            self.prune(self._most)

    def prune(self, most: int = MOST_BYTES) -> None:
        """Remove the oldest pictures until the rest fits. Others may add and remove some meanwhile."""
        files = []
        for path in self.folder.glob("??/[!.]*"):  # a name with a dot is still being written
            with suppress(FileNotFoundError):
                files.append((path, path.stat()))
        total = sum(stat.st_size for _, stat in files)
        for path, stat in sorted(files, key=lambda each: each[1].st_mtime):
            if total <= most:
                return
            path.unlink(missing_ok=True)
            total -= stat.st_size
