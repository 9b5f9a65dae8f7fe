"""A build goes into the database: a schema of its own, its files, and the switch to it, in one transaction."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from geoapp.errors import StoreFault
from geoapp.store.postgis.archive import Kept, digest_of, send, survey, write_list
from geoapp.store.postgis.connection import connected, shown
from geoapp.store.postgis.register import READER, drop, schema_of, set_up, show_as_current, take_lock
from geoapp.store.postgis.rows import Source
from geoapp.store.postgis.tables import INDEXES, TABLES, VIEWS, Table

if TYPE_CHECKING:
    from geoapp.store.postgis.connection import Connection

ATLAS, RASTERS = "atlas", "rasters"
"""The two folders below the folder of builds that a host needs."""
FILES = """
CREATE TABLE files (path text PRIMARY KEY, sha256 text NOT NULL, size bigint NOT NULL, modified bigint NOT NULL);
COMMENT ON TABLE files IS '本次构建的文件 / the files of this build';
"""
NO_POSTGIS = (
    "the database {where} has no PostGIS, and it could not be added ({words}); install the server's package "
    "(Debian: postgresql-15-postgis-3) and let an administrator run CREATE EXTENSION postgis there"
)


def publish(address: str, folder: Path, rasters: Path, source: Source, progress: Callable[[str], None]) -> None:
    """Write a build and make it current for every host.

    Until the transaction ends nobody sees any of it, whatever happens.

    Args:
        folder: the build as it lies on this machine.

    Raises:
        StoreFault: the database cannot take it; the build before stays current there.
        Busy: another host builds into it now.
    """
    version = source.dataset.version
    progress(f"writing the build to {shown(address)}")
    with connected(address) as connection:
        _assert_postgis(connection, address)
        with connection.transaction():
            take_lock(connection)
            set_up(connection)
            drop(connection, version)  # the same data built again, maybe by other code
            _write_tables(connection, version, source)
            progress("sending its files")
            files = _write_files(connection, folder, rasters)
            row = (version, source.dataset.edition.id, digest_of(files))
            connection.execute("INSERT INTO geoapp.builds (version, edition, digest) VALUES (%s, %s, %s)", row)
            show_as_current(connection, version)
    write_list(folder, files)


def _assert_postgis(connection: "Connection", address: str) -> None:
    import psycopg

    absent = (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported, psycopg.errors.UndefinedFile)
    try:
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    except absent as error:
        raise StoreFault(NO_POSTGIS.format(where=shown(address), words=str(error).splitlines()[0])) from None


def _write_tables(connection: "Connection", version: str, source: Source) -> None:
    from psycopg import sql

    schema = sql.Identifier(schema_of(version))
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
    query = "SELECT n.nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'postgis'"
    (types,) = connection.execute(query).fetchone() or ("public",)
    connection.execute(sql.SQL("SET LOCAL search_path TO {}, {}").format(schema, sql.Identifier(types)))
    for table in TABLES:
        connection.execute(_definition(table))
        names = sql.SQL(", ").join(sql.Identifier(each.name) for each in table.columns)
        with connection.cursor().copy(
            sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
        ) as copy:
            for row in table.rows(source):
                copy.write_row(row)
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a division may be written before the one above it
    for name, kind in INDEXES:
        connection.execute(f"CREATE INDEX ON {name} {'USING ' if kind.startswith('gist') else ''}{kind}")
    for name, (zh, en, query) in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS {query}")
        _comment(connection, f"VIEW {name}", zh, en)
    for table in TABLES:
        _comment(connection, f"TABLE {table.name}", table.zh, table.en)
        for each in table.columns:
            _comment(connection, f"COLUMN {table.name}.{each.name}", each.zh, each.en)
    connection.execute(FILES)
    connection.execute(sql.SQL(f"GRANT USAGE ON SCHEMA {{}} TO {READER}").format(schema))
    connection.execute(sql.SQL(f"GRANT SELECT ON ALL TABLES IN SCHEMA {{}} TO {READER}").format(schema))


def _definition(table: Table) -> str:
    parts = [*(f"{each.name} {each.type}" for each in table.columns), *table.more]
    return f"CREATE TABLE {table.name} ({', '.join(parts)})"


def _comment(connection: "Connection", what: str, zh: str, en: str) -> None:
    from psycopg import sql

    connection.execute(sql.SQL(f"COMMENT ON {what} IS {{}}").format(sql.Literal(f"{zh} / {en}")))


def _write_files(connection: "Connection", folder: Path, rasters: Path) -> list[Kept]:
    """Send the files of a build and its rasters; return what there is."""
    found = [*survey(folder, ATLAS), *survey(rasters, RASTERS)]
    for kept, path in found:
        send(connection, kept.sha256, path)
    with connection.cursor() as cursor:
        rows = [(each.path, each.sha256, each.size, each.modified) for each, _ in found]
        cursor.executemany("INSERT INTO files VALUES (%s, %s, %s, %s)", rows)
    return [kept for kept, _ in found]
