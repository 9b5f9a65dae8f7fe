"""A host follows the database: a thread beside the server's workers, which notice the link it moves."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geoapp.errors import GeoappError, NotBuilt
from geoapp.store.files import CURRENT
from geoapp.store.postgis.archive import digest_of, read_list
from geoapp.store.postgis.connection import connected, shown
from geoapp.store.postgis.fetch import Current, copy, current, fetch
from geoapp.store.postgis.publish import ATLAS
from geoapp.store.postgis.register import CHANNEL

if TYPE_CHECKING:
    from geoapp.store.postgis.connection import Connection

POLL = 1.0
"""Seconds between questions to the database, for a notice that was lost on the way."""
AGAIN = 2.0
"""Seconds until a database that is away is tried again."""
LOG = logging.getLogger("geoapp")


def first_copy(address: str, build_dir: Path) -> None:
    """Have a build to serve before the server starts: the database's, or while it is away the one at hand.

    Raises:
        GeoappError: there is neither.
    """
    try:
        if fetch(address, build_dir) is None:
            raise NotBuilt(f"no build in {shown(address)}; run `geoapp build` with GEOAPP_STORE set, on any host")
    except GeoappError as error:
        if not (build_dir / ATLAS / CURRENT).exists():
            raise
        LOG.warning("%s; the build at hand serves on", error)


@contextmanager
def following(address: str, build_dir: Path) -> Iterator[None]:
    """Follow the database as long as the block lasts."""
    stop = threading.Event()
    thread = threading.Thread(target=_follow, args=(address, build_dir, stop), daemon=True, name="store")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=2 * POLL)


def _follow(address: str, build_dir: Path, stop: threading.Event) -> None:
    told = ""
    while not stop.is_set():
        try:
            with connected(address) as connection:
                if told:
                    LOG.warning("%s is back", shown(address))
                told = ""
                _listen(connection, build_dir, stop)
        except GeoappError as error:
            if str(error) != told:  # once, and not every two seconds of an hour
                told = str(error)
                LOG.warning("%s; the build at hand serves on", told)
        except Exception:  # a full disk of this host, say: it must not end the following
            LOG.exception("the current build could not be copied; it is tried again")
        stop.wait(AGAIN)


def _listen(connection: "Connection", build_dir: Path, stop: threading.Event) -> None:
    connection.execute(f"LISTEN {CHANNEL}")
    while not stop.is_set():
        wanted = current(connection)
        if wanted is not None and wanted != _at_hand(build_dir):
            copy(connection, wanted, build_dir)
            LOG.warning("build %s is served", wanted.version)
        for _ in connection.notifies(timeout=POLL, stop_after=1):
            pass


def _at_hand(build_dir: Path) -> Current | None:
    """Return what this host serves; None where its build never came from the database or went there."""
    link = build_dir / ATLAS / CURRENT
    files = read_list(link)
    return Current(link.resolve().name, digest_of(list(files.values()))) if files else None
