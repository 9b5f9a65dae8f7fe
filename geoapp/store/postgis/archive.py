"""The files of a build, as they lie in a folder and as the database keeps them: in parts, by their hash."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from geoapp.errors import StoreFault

if TYPE_CHECKING:
    from geoapp.store.postgis.connection import Connection

LIST = ".files.json"
"""In the folder of a build: what the database holds of it."""
PART = 4 * 2**20
"""Bytes of a row: large enough to be few, small enough that neither side holds much."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a build.

    Attributes:
        path: below the folder of builds, such as ``atlas/dataset.json`` or ``rasters/catalogue.json``.
        modified: when it was written, in nanoseconds; pages say so.
    """

    path: str
    sha256: str
    size: int
    modified: int


def survey(folder: Path, prefix: str) -> Iterator[tuple[Kept, Path]]:
    """Yield what the database keeps of a folder, and where each file lies; hidden files are in the making."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in name.split("/")):
            status = path.stat()
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            yield Kept(f"{prefix}/{name}", digest, status.st_size, status.st_mtime_ns), path


def digest_of(files: list[Kept]) -> str:
    """Return one hash of all files of a build: two builds of one version may be of different code."""
    listed = sorted((each.path, each.sha256) for each in files)
    return hashlib.sha256(orjson.dumps(listed)).hexdigest()[:16]


def write_list(folder: Path, files: list[Kept]) -> None:
    """Write down in a build's folder what it holds."""
    part = folder / f"{LIST}.part"
    part.write_bytes(orjson.dumps([asdict(each) for each in files]))
    part.rename(folder / LIST)


def read_list(folder: Path) -> dict[str, Kept]:
    """Return what a build's folder holds, by path; nothing where it was never written down."""
    path = folder / LIST
    found = [Kept(**each) for each in orjson.loads(path.read_bytes())] if path.is_file() else []
    return {each.path: each for each in found}


def send(connection: "Connection", sha256: str, path: Path) -> None:
    """Put a file into the database unless it is there."""
    if connection.execute("SELECT 1 FROM geoapp.contents WHERE sha256 = %s LIMIT 1", (sha256,)).fetchone():
        return
    with path.open("rb") as file:
        for number, body in enumerate(iter(lambda: file.read(PART), b"")):
            connection.execute("INSERT INTO geoapp.contents VALUES (%s, %s, %b)", (sha256, number, body))


def receive(connection: "Connection", kept: Kept, path: Path) -> None:
    """Write a file of the database, whole or not at all.

    Raises:
        StoreFault: the database no longer has it as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part-{os.getpid()}")
    digest = hashlib.sha256()
    query = "SELECT body FROM geoapp.contents WHERE sha256 = %s AND part = %s"
    try:
        with part.open("wb") as file:
            for number in range(-(-kept.size // PART)):
                row = connection.execute(query, (kept.sha256, number), binary=True).fetchone()
                if row is None:
                    break
                digest.update(row[0])
                file.write(row[0])
        if digest.hexdigest() != kept.sha256:
            raise StoreFault(f"{kept.path} is damaged in the database; run `geoapp build` again")
        os.utime(part, ns=(kept.modified, kept.modified))
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
