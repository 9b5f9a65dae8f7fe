"""A host's own copy of the build that the database calls current."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geoapp.store.files import CURRENT, install
from geoapp.store.postgis.archive import Kept, read_list, receive, write_list
from geoapp.store.postgis.connection import connected
from geoapp.store.postgis.publish import ATLAS, RASTERS
from geoapp.store.postgis.register import schema_of

if TYPE_CHECKING:
    from geoapp.store.postgis.connection import Connection

CATALOGUE = "rasters/catalogue.json"
"""Fetched last: it names the other files."""


@dataclass(frozen=True, slots=True)
class Current:
    """What the database calls current: a version, and the hash of its files."""

    version: str
    digest: str


def current(connection: "Connection") -> Current | None:
    """Return what is current; None where nothing was published yet."""
    found = connection.execute("SELECT to_regclass('geoapp.builds')").fetchone()
    if not (found and found[0]):
        return None
    row = connection.execute("SELECT version, digest FROM geoapp.builds ORDER BY switched_at DESC LIMIT 1").fetchone()
    return Current(*row) if row else None


def fetch(address: str, build_dir: Path) -> str | None:
    """Make a host's copy current, whatever it had; return its version, or None where nothing is published.

    Raises:
        StoreFault: the database cannot be read.
    """
    with connected(address) as connection:
        wanted = current(connection)
        if wanted is not None:
            copy(connection, wanted, build_dir)
        return wanted.version if wanted else None


def copy(connection: "Connection", wanted: Current, build_dir: Path) -> None:
    """Copy a build from the database, but what the host has already, and switch to it."""
    from psycopg import IsolationLevel, sql

    connection.isolation_level = IsolationLevel.REPEATABLE_READ  # one build from the first file to the last
    with connection.transaction():
        files = sql.Identifier(schema_of(wanted.version), "files")
        query = sql.SQL("SELECT path, sha256, size, modified FROM {} ORDER BY path = {}, path")
        listed = [Kept(*row) for row in connection.execute(query.format(files, sql.Literal(CATALOGUE)))]
        folder = build_dir / ATLAS
        before = {**read_list(folder / CURRENT), **read_list(folder / wanted.version)}
        for kept in listed:
            if kept.path.startswith(f"{RASTERS}/") and before.get(kept.path) != kept:
                receive(connection, kept, build_dir / kept.path)

        def fill(target: Path) -> None:
            for kept in listed:
                if kept.path.startswith(f"{ATLAS}/"):
                    _place(connection, kept, target / kept.path.removeprefix(f"{ATLAS}/"), folder / CURRENT, before)
            write_list(target, listed)

        install(folder, wanted.version, fill)


def _place(connection: "Connection", kept: Kept, path: Path, current_build: Path, before: Mapping[str, Kept]) -> None:
    """Put one file into a build: as it lies there, linked from the build before, or received."""
    known = before.get(kept.path)
    if known is not None and known.sha256 == kept.sha256:
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.hardlink_to((current_build / kept.path.removeprefix(f"{ATLAS}/")).resolve())
        return
    receive(connection, kept, path)
