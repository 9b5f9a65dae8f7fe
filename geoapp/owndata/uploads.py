"""What readers uploaded: kept for some days in folders that nobody can guess, shared by all workers.

A folder is made whole under another name and then renamed, a file of it replaced likewise: a worker that is killed,
or a full disk, leaves nothing half written in anybody's sight. The folders lie beside the builds, so that a rebuild
touches none.
"""

import re
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, flock
from pathlib import Path

from geoapp.errors import NotFound
from geoapp.model.phrase import Phrase

ID = re.compile(r"[0-9a-f]{32}")
"""128 bits."""
PART = ".part-"
DAY = 86_400
CREATED = "created"
"""An empty file of each upload, never touched again: its time is that of the upload."""
LOCK = ".lock"
MOST_BYTES = 2 * 2**30
"""Of everything that is kept; the oldest leave first."""
STALE = 3600
"""Seconds after which what was never finished is removed."""
GONE = Phrase("没有这份数据：编号不对，已被删除，或保存期限已过；请重新上传")


class Uploads:
    """The folders of uploads; what is in them is the concern of those who put it there."""

    def __init__(self, folder: Path, days: float, most: int = MOST_BYTES) -> None:
        """Keep at most ``most`` bytes in ``folder``, each upload for ``days`` days."""
        self.folder, self.days, self._most = folder, days, most

    def keep(self, files: Mapping[str, bytes]) -> str:
        """Keep files as a new upload and return its id. Older uploads make room where there is none.

        Raises:
            OSError: the disk is full; then nothing is left behind.
        """
        identifier = secrets.token_hex(16)
        part = self.folder / f"{PART}{identifier}"
        part.mkdir(parents=True)
        try:
            for name, data in {CREATED: b"", **files}.items():
                (part / name).write_bytes(data)
            part.rename(self.folder / identifier)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        self.prune(spare=identifier)
        return identifier

    def find(self, identifier: str) -> Path:
        """Return the folder of an upload.

        Raises:
            NotFound: there is none of this id, or no longer.
        """
        folder = self.folder / identifier
        if not ID.fullmatch(identifier) or self.expires(folder) < time.time():
            raise NotFound(GONE.say("en"), wording=GONE, suggestion="/table")
        return folder

    def expires(self, folder: Path) -> float:
        """Return when an upload is removed, in seconds since 1970; 0 where there is none."""
        try:
            return (folder / CREATED).stat().st_mtime + self.days * DAY
        except OSError:
            return 0.0

    @contextmanager
    def changing(self, identifier: str) -> Iterator[Path]:
        """Hold an upload against other writers, in all workers."""
        folder = self.find(identifier)
        try:
            with (folder / LOCK).open("w") as lock:
                flock(lock, LOCK_EX)
                yield self.find(identifier)
        except FileNotFoundError:
            raise NotFound(GONE.say("en"), wording=GONE, suggestion="/table") from None

    def replace(self, folder: Path, name: str, data: bytes) -> None:
        """Write one file of an upload anew: readers see the old one or the new one, never half of one."""
        part = folder / f"{PART}{secrets.token_hex(4)}"
        try:
            part.write_bytes(data)
            part.replace(folder / name)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def remove(self, identifier: str) -> None:
        """Forget an upload.

        Raises:
            NotFound: there is none.
        """
        _remove(self.find(identifier))

    def prune(self, spare: str = "") -> None:
        """Remove what is past its days, what was never finished, and the oldest until the rest fits."""
        now = time.time()
        kept: list[tuple[float, int, Path]] = []
        for folder in list(self.folder.glob("*")) if self.folder.is_dir() else ():
            with suppress(OSError):  # another worker may be removing it too
                if folder.name.startswith(PART):
                    if now - folder.stat().st_mtime > STALE:
                        _remove(folder)
                elif self.expires(folder) < now:
                    _remove(folder)
                else:
                    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
                    kept.append((self.expires(folder), size, folder))
        total = sum(size for _, size, _ in kept)
        for _, size, folder in sorted(kept):
            if total <= self._most:
                return
            if folder.name != spare:
                _remove(folder)
                total -= size


def _remove(folder: Path) -> None:
    """Remove a folder; out of sight at once, then in earnest."""
    hidden = folder.with_name(f"{PART}{secrets.token_hex(16)}")
    with suppress(FileNotFoundError):
        folder.rename(hidden)
        shutil.rmtree(hidden, ignore_errors=True)
