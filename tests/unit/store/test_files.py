"""A build is written whole and switched by a link; nothing less is ever served."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from geoapp.atlas import Atlas
from geoapp.errors import NotBuilt
from geoapp.model.region import Adcode, Level
from geoapp.store import files
from geoapp.store.files import FilesStore, write_build


def write(folder: Path, atlas: Atlas, version: str) -> Path:
    return write_build(folder, replace(atlas.dataset, version=version), {"full": {}, "lo": {}}, {})


def test_what_is_written_is_read_back(tmp_path: Path, atlas: Atlas) -> None:
    write(tmp_path, atlas, "one")
    assert FilesStore(tmp_path).dataset() == replace(atlas.dataset, version="one")


def test_the_same_data_give_the_same_bytes(tmp_path: Path, atlas: Atlas) -> None:
    first = (write(tmp_path / "a", atlas, "one") / "dataset.json").read_bytes()
    assert (write(tmp_path / "b", atlas, "one") / "dataset.json").read_bytes() == first


def test_nothing_built_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NotBuilt, match="run `geoapp build`"):
        FilesStore(tmp_path)


def test_a_damaged_build_says_so(tmp_path: Path, atlas: Atlas) -> None:
    folder = write(tmp_path, atlas, "one")
    (folder / "dataset.json").write_bytes((folder / "dataset.json").read_bytes()[:5000])
    with pytest.raises(NotBuilt, match=r"dataset\.json is damaged or of another version; run `geoapp build` again"):
        FilesStore(tmp_path)


def test_a_failed_write_leaves_the_last_build_current(
    tmp_path: Path, atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, atlas, "one")

    def broken(*_: object) -> bytes:
        raise OSError("disk full")

    monkeypatch.setattr(files, "_line_collection", broken)
    with pytest.raises(OSError, match="disk full"):
        write(tmp_path, atlas, "two")
    assert FilesStore(tmp_path).dataset().version == "one"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".build-")] == []


def test_old_builds_are_cleared_but_not_the_ones_still_read(tmp_path: Path, atlas: Atlas) -> None:
    for number in range(6):
        write(tmp_path, atlas, f"v{number}")
    kept = {path.name for path in tmp_path.iterdir() if path.is_dir() and not path.is_symlink()}
    assert len(kept) == files.KEEP
    assert "v5" in kept
    shutil.rmtree(tmp_path)


def test_polygons_are_read_one_by_one_and_kept(atlas: Atlas) -> None:
    shapes = FilesStore(atlas.store.folder.parent).geometry(Level.COUNTY, "full")
    assert len(shapes) == sum(1 for _ in shapes) > 2800
    assert shapes[Adcode("150621")] is shapes[Adcode("150621")]
    assert Adcode("999999") not in shapes
    assert dict(shapes)[Adcode("150622")].equals(shapes[Adcode("150622")])


def test_rolling_back_serves_the_build_before_and_then_the_last_again(tmp_path: Path, atlas: Atlas) -> None:
    for version in ("one", "two", "two"):  # building the same once more is no step
        write(tmp_path, atlas, version)
    assert files.roll_back(tmp_path) == ("two", "one")
    assert FilesStore(tmp_path).dataset().version == "one"
    assert files.roll_back(tmp_path) == ("one", "two")
    assert FilesStore(tmp_path).dataset().version == "two"


def test_the_build_before_is_kept_however_many_follow_a_rollback(tmp_path: Path, atlas: Atlas) -> None:
    for version in ("one", "two", "three", "four"):
        write(tmp_path, atlas, version)
    files.roll_back(tmp_path)
    write(tmp_path, atlas, "five")
    assert files.roll_back(tmp_path) == ("five", "three")


def test_without_a_build_before_there_is_nothing_to_go_back_to(tmp_path: Path, atlas: Atlas) -> None:
    write(tmp_path, atlas, "one")
    with pytest.raises(NotBuilt, match="before the current one to go back to"):
        files.roll_back(tmp_path)


def test_a_build_of_another_version_of_geoapp_is_not_gone_back_to(tmp_path: Path, atlas: Atlas) -> None:
    old = write(tmp_path, atlas, "one")
    write(tmp_path, atlas, "two")
    (old / "dataset.json").write_text('{"version": "one"}')
    with pytest.raises(NotBuilt, match="is damaged or of another version"):
        files.roll_back(tmp_path)
    assert FilesStore(tmp_path).dataset().version == "two"
