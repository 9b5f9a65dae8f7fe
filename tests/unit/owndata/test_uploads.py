"""Uploads are kept whole or not at all, found by those who know their id, and leave by the clock."""

import os
import time
from pathlib import Path

import pytest

from geoapp.errors import NotFound
from geoapp.owndata.uploads import CREATED, DAY, ID, Uploads


def aged(uploads: Uploads, identifier: str, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(uploads.folder / identifier / CREATED, (then, then))


def test_an_upload_is_found_by_its_id_alone(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "tables", days=7)
    one, other = uploads.keep({"a": b"1"}), uploads.keep({"a": b"2"})
    assert ID.fullmatch(one)
    assert one != other
    assert (Uploads(tmp_path / "tables", days=7).find(one) / "a").read_bytes() == b"1"
    for wrong in ("", "..", "0" * 32, one.upper() + "x", f"../tables/{one}"):
        with pytest.raises(NotFound):
            uploads.find(wrong)


def test_removed_by_hand_and_by_the_clock(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, days=7)
    one, old, fresh = (uploads.keep({"a": b"1"}) for _ in range(3))
    uploads.remove(one)
    aged(uploads, old, 7.01)
    aged(uploads, fresh, 6.99)
    for gone in (one, old):
        with pytest.raises(NotFound):
            uploads.find(gone)
    uploads.prune()
    assert [path.name for path in tmp_path.iterdir()] == [fresh]


def test_the_oldest_leave_first_and_never_the_newest(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, days=7, most=2500)
    first = uploads.keep({"a": bytes(1000)})
    aged(uploads, first, 2)
    second = uploads.keep({"a": bytes(1000)})
    aged(uploads, second, 1)
    third = uploads.keep({"a": bytes(1000)})
    assert {path.name for path in tmp_path.iterdir()} == {second, third}
    alone = uploads.keep({"a": bytes(9000)})
    assert {path.name for path in tmp_path.iterdir()} == {alone}


def test_a_worker_killed_in_mid_upload_leaves_nothing_in_sight(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, days=7)
    kept = uploads.keep({"a": b"1"})
    half = tmp_path / ".part-0123"
    half.mkdir()
    (half / "a").write_bytes(b"half")
    uploads.prune()
    assert half.exists(), "it may still be being written"
    os.utime(half, (0, 0))
    uploads.prune()
    assert [path.name for path in tmp_path.iterdir()] == [kept]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, days=7)
    kept = uploads.keep({"a": b"1"})
    with pytest.raises(OSError, match="too long"):
        uploads.keep({"a": b"1", "x" * 300: b"2"})  # as ENOSPC does, this stops after the first file is written
    assert [path.name for path in tmp_path.iterdir()] == [kept]


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, days=7)
    identifier = uploads.keep({"a": b"1"})
    with uploads.changing(identifier) as folder:
        uploads.replace(folder, "a", b"2")
    assert (uploads.find(identifier) / "a").read_bytes() == b"2"
