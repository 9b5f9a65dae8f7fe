"""The register of builds in the database: which there are, which is current, which are kept.

The schema ``geoapp`` holds it, with the files of all builds by their hash; the schema ``atlas`` shows the tables of
the current build under names that stay, so that QGIS and SQL need not know which that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from geoapp.errors import Busy, NotBuilt
from geoapp.store.postgis.connection import connected
from geoapp.store.postgis.tables import TABLES, VIEWS

if TYPE_CHECKING:
    from geoapp.store.postgis.connection import Connection

CHANNEL = "geoapp_current"
READER = "geoapp_reader"
LOCK = 7_307_020_350
"""Key of the advisory lock that whoever changes the register holds."""
WAIT_FOR_LOCKS = "30s"
SETUP = f"""
CREATE SCHEMA IF NOT EXISTS geoapp;
CREATE SCHEMA IF NOT EXISTS atlas;
CREATE TABLE IF NOT EXISTS geoapp.builds (
    version text PRIMARY KEY,
    edition text NOT NULL,
    digest text NOT NULL,
    built_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    switched_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE IF NOT EXISTS geoapp.contents (
    sha256 text,
    part integer,
    body bytea NOT NULL,
    PRIMARY KEY (sha256, part)
);
ALTER TABLE geoapp.contents ALTER body SET STORAGE EXTERNAL;
COMMENT ON TABLE geoapp.builds IS '各次构建；switched_at 最晚者为当前 / builds; the last one switched to is current';
COMMENT ON TABLE geoapp.contents IS '构建文件的内容，按散列分块 / what the files of builds hold, by hash, in parts';
GRANT USAGE ON SCHEMA geoapp, atlas TO {READER};
GRANT SELECT ON ALL TABLES IN SCHEMA geoapp TO {READER};
"""
ORDER = "SELECT version, built_at, switched_at FROM geoapp.builds ORDER BY switched_at DESC"


@dataclass(frozen=True, slots=True)
class Published:
    """One build in the database."""

    version: str
    built_at: datetime
    switched_at: datetime


def schema_of(version: str) -> str:
    """Name the schema of a build."""
    return f"build_{version}"


def set_up(connection: "Connection") -> None:
    """Make the register and the role of readers, unless they exist; the caller's transaction holds it."""
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (READER,)).fetchone():
        connection.execute(f"CREATE ROLE {READER} NOLOGIN")
    connection.execute(SETUP)


def take_lock(connection: "Connection") -> None:
    """Be the only one who changes the register until the transaction ends.

    Raises:
        Busy: another host does so now.
    """
    connection.execute(f"SET LOCAL lock_timeout = '{WAIT_FOR_LOCKS}'")
    free = connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (LOCK,)).fetchone()
    if not (free and free[0]):
        raise Busy("another host is building into this database; wait for it to end and try again")


def show_as_current(connection: "Connection", version: str) -> None:
    """Let the names of ``atlas`` show a build, and tell the hosts when the transaction ends."""
    from psycopg import errors, sql

    for name in (*(table.name for table in TABLES), *VIEWS):
        view, body = sql.Identifier("atlas", name), sql.Identifier(schema_of(version), name)
        show = sql.SQL("CREATE OR REPLACE VIEW {} AS SELECT * FROM {}").format(view, body)
        try:
            with connection.transaction():
                connection.execute(show)
        except (errors.InvalidTableDefinition, errors.WrongObjectType):  # of a version with other columns
            connection.execute(sql.SQL("DROP VIEW {} CASCADE").format(view))
            connection.execute(show)
    connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA atlas TO {READER}")
    connection.execute("UPDATE geoapp.builds SET switched_at = clock_timestamp() WHERE version = %s", (version,))
    connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, version))


def published(address: str) -> Sequence[Published]:
    """Return the builds of a database, the current one first. Raises as :func:`connected` does."""
    with connected(address) as connection:
        return _published(connection)


def _published(connection: "Connection") -> list[Published]:
    if not (found := connection.execute("SELECT to_regclass('geoapp.builds')").fetchone()) or found[0] is None:
        return []
    return [Published(*row) for row in connection.execute(ORDER)]


def roll_back(address: str) -> tuple[str, str]:
    """Let the build before be current again; return the version left and the one shown now.

    Raises:
        NotBuilt: there is none.
    """
    with connected(address) as connection, connection.transaction():
        builds = _published(connection)
        if len(builds) < 2:
            raise NotBuilt("the database holds no build before the current one to go back to")
        take_lock(connection)
        show_as_current(connection, builds[1].version)
        return builds[0].version, builds[1].version


def prune(address: str, keep: int) -> list[str]:
    """Drop all but the ``keep`` builds switched to last, and files that no build holds; return the versions dropped."""
    with connected(address) as connection, connection.transaction():
        old = [each.version for each in _published(connection)[max(keep, 1) :]]
        if old:
            take_lock(connection)
            for version in old:
                drop(connection, version)
            _drop_contents(connection)
        return old


def drop(connection: "Connection", version: str) -> None:
    """Drop one build that is not shown."""
    from psycopg import sql

    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema_of(version))))
    connection.execute("DELETE FROM geoapp.builds WHERE version = %s", (version,))


def _drop_contents(connection: "Connection") -> None:
    from psycopg import sql

    held = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT sha256 FROM {}").format(sql.Identifier(schema_of(each.version), "files"))
        for each in _published(connection)
    )
    connection.execute(sql.SQL("DELETE FROM geoapp.contents WHERE sha256 NOT IN ({})").format(held))
