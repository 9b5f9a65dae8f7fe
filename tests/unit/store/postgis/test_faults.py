"""Whatever goes wrong with the database is one sentence, and nothing of a build is half visible."""

import os
from pathlib import Path

import psycopg
import pytest

from geoapp.errors import Busy, GeoappError, StoreFault
from geoapp.store.files import CURRENT
from geoapp.store.postgis import register
from geoapp.store.postgis.connection import connected, shown
from tests.data.postgis import PASSWORD, Database, Publish, running


def fault(address: str) -> str:
    with pytest.raises(StoreFault) as raised, connected(address):
        pass
    return str(raised.value)


@pytest.mark.parametrize(
    ("user", "password", "name", "words"),
    [
        ("atlas", "s3cret-w0rd", "atlas", "refuses the user or the password"),
        ("nobody", "s3cret-w0rd", "atlas", "refuses the user or the password"),
        ("atlas", PASSWORD, "elsewhere", "there is no such database"),
    ],
)
def test_what_the_server_refuses(database: Database, user: str, password: str, name: str, words: str) -> None:
    said = fault(database.address_of(user, password, name))
    assert words in said
    assert "\n" not in said
    assert password not in said and "p@ss" not in said  # noqa: PT018 - one promise, two spellings


def test_a_server_that_is_not_there(database: Database) -> None:
    said = fault(f"postgresql://atlas:s3cret-w0rd@127.0.0.1:9/{'atlas'}")
    assert "cannot be reached" in said
    assert "s3cret-w0rd" not in said


def test_an_address_is_shown_without_its_password() -> None:
    assert shown("postgresql://atlas:s3cret@db.example.cn:5433/plans") == "postgresql://db.example.cn:5433/plans"
    assert shown("postgresql://db.example.cn/plans") == "postgresql://db.example.cn/plans"


def test_an_old_server_is_named_with_what_is_needed(database: Database) -> None:
    too_old = pytest.raises(StoreFault, match=r"is PostgreSQL 1\d; the store needs 99 or later")
    with too_old, connected(database.address, oldest=990_000):
        pass


def test_a_database_without_the_extension_says_who_can_add_it(database: Database, published: Publish) -> None:
    bare = database.create("bare", postgis=False)
    with pytest.raises(StoreFault, match=r"has no PostGIS.*CREATE EXTENSION postgis"):
        published(bare, "aa01")
    assert register.published(bare) == []


def test_a_connection_killed_in_mid_build_leaves_nothing_behind(
    database: Database, address: str, published: Publish, tmp_path: Path
) -> None:
    published(address, "aa01")
    name = address.rpartition("/")[2]

    def kill(text: str) -> None:
        if text == "sending its files":
            database.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}';")

    with pytest.raises(StoreFault, match=r"closed the connection.*the build before serves on"):
        published(address, "bb02", kill)
    assert [each.version for each in register.published(address)] == ["aa01"]
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT to_regnamespace('build_bb02')").fetchone() == (None,)
    assert (tmp_path / "builder" / "atlas" / CURRENT).readlink().name == "aa01", "the host went on to what nobody has"


def test_a_second_host_that_builds_is_told_to_wait(address: str, published: Publish) -> None:
    published(address, "aa01")
    with psycopg.connect(address) as other, other.transaction():
        register.take_lock(other)
        with pytest.raises(Busy, match="another host is building into this database"):
            published(address, "bb02")
    published(address, "bb02")


def test_a_full_table_space_is_said_and_nothing_half_visible(published: Publish) -> None:
    with running() as small:
        published(small.address, "aa01")
        small.stop()
        small.most_bytes = 17 * 2**20  # a segment of the log fits, a table of the files does not
        small.start()
        with pytest.raises(GeoappError, match=r"has no room left.*geoapp store prune"):
            published(small.address, "bb02", raster=os.urandom(24 * 2**20))
        assert [each.version for each in register.published(small.address)] == ["aa01"]
