"""Hosts have copies of their own: the same to the byte, fetched once, served on while the database is away."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from geoapp.errors import NotBuilt, StoreFault
from geoapp.store.files import CURRENT, FilesStore
from geoapp.store.postgis import register
from geoapp.store.postgis.fetch import fetch
from geoapp.store.postgis.follower import first_copy, following
from tests.data.postgis import Database, Publish


def until(true: Callable[[], bool]) -> None:
    """Wait for something that another thread does; give up after a minute."""
    for _ in range(1200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it never happened")


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def served(host: Path) -> str:
    return (host / "atlas" / CURRENT).readlink().name


def test_a_copy_is_the_build_to_the_byte_and_to_its_dates(address: str, published: Publish, tmp_path: Path) -> None:
    built, host = published(address, "aa01"), tmp_path / "host"
    assert fetch(address, host) == "aa01"
    assert files(host / "atlas" / "aa01") == files(built / "atlas" / "aa01")
    assert files(host / "rasters") == files(built / "rasters")
    assert FilesStore(host / "atlas").dataset().version == "aa01"


def test_what_two_builds_share_is_fetched_once(address: str, published: Publish, tmp_path: Path) -> None:
    host = tmp_path / "host"
    published(address, "aa01")
    fetch(address, host)
    published(address, "bb02")
    fetch(address, host)
    same = [host / "atlas" / version / "county-full.wkb" for version in ("aa01", "bb02")]
    assert same[0].stat().st_ino == same[1].stat().st_ino
    assert FilesStore(host / "atlas").dataset().version == "bb02"


def test_the_same_version_with_other_files_is_fetched_again(address: str, published: Publish, tmp_path: Path) -> None:
    host = tmp_path / "host"
    published(address, "aa01")
    fetch(address, host)
    published(address, "aa01", raster=b"other cells")
    fetch(address, host)
    assert (host / "rasters" / "height.tif").read_bytes() == b"other cells"


def test_a_host_follows_a_build_and_a_way_back(address: str, published: Publish, tmp_path: Path) -> None:
    host = tmp_path / "host"
    published(address, "aa01")
    first_copy(address, host)
    with following(address, host):
        published(address, "bb02")
        until(lambda: served(host) == "bb02")
        register.roll_back(address)
        until(lambda: served(host) == "aa01")


def test_a_host_serves_on_without_the_database_and_catches_up(
    database: Database, address: str, published: Publish, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    host = tmp_path / "host"
    published(address, "aa01")
    first_copy(address, host)
    with following(address, host):
        database.stop()
        until(lambda: "the build at hand serves on" in caplog.text)
        first_copy(address, host)  # a host that starts now serves as well
        database.start()
        published(address, "bb02")
        until(lambda: served(host) == "bb02")
    assert "p@ss" not in caplog.text
    assert "p%40ss" not in caplog.text


def test_a_host_with_neither_says_what_to_do(database: Database, address: str, tmp_path: Path) -> None:
    with pytest.raises(NotBuilt, match=r"no build in postgresql://.*run `geoapp build` with GEOAPP_STORE"):
        first_copy(address, tmp_path)
    with pytest.raises(StoreFault, match="cannot be reached"):
        first_copy("postgresql://atlas@127.0.0.1:9/atlas", tmp_path)


def test_a_damaged_file_is_not_taken(database: Database, address: str, published: Publish, tmp_path: Path) -> None:
    published(address, "aa01")
    database.sql("UPDATE geoapp.contents SET body = 'broken'::bytea;", address.rpartition("/")[2])
    with pytest.raises(StoreFault, match="is damaged in the database; run `geoapp build` again"):
        fetch(address, tmp_path / "host")
    assert not (tmp_path / "host" / "atlas" / CURRENT).exists()
