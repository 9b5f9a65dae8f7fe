"""A connection to the database of the store, and every way it can fail said in a sentence.

psycopg is asked for when a connection is, so that a folder alone needs no database driver. Nothing here ever repeats
the password: addresses are shown by :func:`shown`, and of the driver's own words only the first line is passed on.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from geoapp.errors import StoreFault

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

OLDEST = 120_000
"""PostgreSQL 12, the oldest whose PostGIS 3 the schema was tried with."""
SECONDS = 5
"""A server that does not answer for so long is away."""
EXTRA = "the store in a database needs psycopg; install it with: pip install 'geoapp[postgis]'"
ADDRESS = "write postgresql://user:password@host:5432/database"


def shown(address: str) -> str:
    """Return an address of a database as people may see it, without the password."""
    parts = urlsplit(address)
    return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}"


@contextmanager
def connected(address: str, oldest: int = OLDEST) -> Iterator["Connection"]:
    """Lend a connection whose statements each stand for themselves until a transaction is begun.

    Raises:
        StoreFault: with the reason, whatever went wrong on the way or inside the block.
    """
    try:
        import psycopg
    except ImportError:
        raise StoreFault(EXTRA) from None
    try:
        with psycopg.connect(
            address, autocommit=True, connect_timeout=SECONDS, application_name="geoapp", **ALIVE
        ) as connection:
            _assert_recent(connection, oldest)
            yield connection
    except psycopg.Error as error:
        raise StoreFault(sentence(error, address)) from None


ALIVE: dict[str, Any] = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""A server that vanished without a word is noticed within half a minute."""


def _assert_recent(connection: "Connection", oldest: int) -> None:
    version = connection.info.server_version
    if version < oldest:
        found, needed = version // 10_000, oldest // 10_000
        raise StoreFault(f"the database is PostgreSQL {found}; the store needs {needed} or later, with PostGIS 3")


def sentence(error: Exception, address: str) -> str:
    """Return what a fault of the database means for the one who runs a command, and what to do."""
    where, words = shown(address), _words(error, address)
    for state, told in STATES:
        if re.fullmatch(state, getattr(error, "sqlstate", None) or ""):
            return told.format(where=where, words=words)
    for pattern, told in SAID:
        if re.search(pattern, words):
            return told.format(where=where, words=words)
    return f"the database {where} refused: {words}"


def _words(error: Exception, address: str) -> str:
    """Return the driver's first line, without the password however it may stand there."""
    words = (str(error).splitlines() or [type(error).__name__])[0]
    password = urlsplit(address).password or ""
    for secret in {password, unquote(password)} - {""}:
        words = words.replace(secret, "…")
    return words


FULL = (
    "the database {where} has no room left ({words}). Nothing of this build is visible, the one before serves on; "
    "free some space there (`geoapp store prune` drops old builds) and run the command again"
)
CLOSED = (
    "the database {where} closed the connection ({words}). What was not finished is not visible, the build before "
    "serves on; run the command again"
)
STATES = (
    ("53100", FULL),
    ("57P0[123]|08.{3}", CLOSED),
    ("42501", "the user of {where} may not do that ({words}); let an administrator grant it, or do it once"),
    ("55P03", "somebody holds a table of {where} locked ({words}); end that session and run the command again"),
)
SAID = (
    ("could not extend file|No space left", FULL),
    ("password authentication failed", "the database {where} refuses the user or the password ({words})"),
    ("no password supplied|fe_sendauth", "the database {where} asks for a password; " + ADDRESS),
    ("database .* does not exist", "there is no such database at {where}; create it with: createdb"),
    ("could not translate host|Name or service", "the host of {where} is not known ({words})"),
    ("refused|timeout|timed out|No route", "the database {where} cannot be reached ({words}); is it running?"),
    ('missing "=" after|invalid (URI|connection)|unexpected character', "that is no address of a database; " + ADDRESS),
    ("closed the connection|connection is lost|consuming input|SSL connection has been closed", CLOSED),
)
"""What libpq says where the server sends no code."""
