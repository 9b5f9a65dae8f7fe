"""A build is made once, by one at a time, anew when its inputs change, and never half."""

import multiprocessing
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
import shapely

from geoapp import builder
from geoapp.boundaries.english import name_in_english
from geoapp.builder import build_lock
from geoapp.errors import Busy, InvalidData
from geoapp.model.region import CHINA, Level
from geoapp.store.files import FilesStore
from tests.data import world_map
from tests.data.world_folders import WorldFolders, write_world

SPAWN = multiprocessing.get_context("spawn")


def hold(folder: Path, pipe: Connection) -> None:
    """Take the lock, say so, and keep it until told to go."""
    with build_lock(folder):
        pipe.send("locked")
        pipe.recv()


def attempt(folder: Path, pipe: Connection) -> None:
    """Say whether the lock can be had."""
    try:
        with build_lock(folder):
            pipe.send("had")
    except Busy as error:
        pipe.send(str(error))


def answer_of_another_process(folder: Path) -> str:
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=attempt, args=(folder, there), daemon=True)
    process.start()
    said: str = here.recv()
    process.join()
    return said


def test_two_processes_never_build_at_once(tmp_path: Path) -> None:
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=hold, args=(tmp_path, there), daemon=True)
    process.start()
    assert here.recv() == "locked"
    message = f"another build is running in {tmp_path}; wait for it to end and try again"
    assert answer_of_another_process(tmp_path) == message
    with pytest.raises(Busy), build_lock(tmp_path):
        pass
    assert answer_of_another_process(tmp_path / "elsewhere") == "had", "another folder is another build"
    process.kill()  # the kernel frees the lock of who died with it
    process.join()
    with build_lock(tmp_path):
        assert answer_of_another_process(tmp_path) == message
    assert answer_of_another_process(tmp_path) == "had"


def test_a_build_takes_the_lock_and_frees_it_when_it_fails(world_folders: WorldFolders) -> None:
    said: list[str] = []

    def watch(step: str) -> None:
        with pytest.raises(Busy), build_lock(world_folders.build_dir):
            pass
        said.append(step)

    builder.build(world_folders.plan, watch)
    steps = ["reading boundaries", "joining plans to regions", "writing the build"]
    assert [step for step in said if step in steps] == steps

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        builder.build(world_folders.plan, stop)
    with build_lock(world_folders.build_dir):
        pass


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorldFolders:
    """A world of its own, built."""
    monkeypatch.syspath_prepend(str(tmp_path / "package"))
    folders = write_world(tmp_path)
    builder.build(folders.plan, lambda _: None)
    return folders


def steps(folders: WorldFolders) -> list[str]:
    said: list[str] = []
    builder.build(folders.plan, said.append)
    return said


def test_boundaries_are_built_only_when_their_inputs_change(fresh: WorldFolders) -> None:
    assert "cleaning, dissolving and simplifying" not in steps(fresh)
    fixes = fresh.boundaries.source.code_fixes
    fixes.write_text(fixes.read_text() + "919001,919001,county,pseudo_unit,test\n", encoding="utf-8")
    assert "cleaning, dissolving and simplifying" in steps(fresh)
    assert "cleaning, dissolving and simplifying" not in steps(fresh)
    (fresh.plan.shapes / "edition.json").unlink()
    assert "cleaning, dissolving and simplifying" in steps(fresh)


def test_other_data_make_another_version_and_faulty_data_none(fresh: WorldFolders) -> None:
    store = fresh.plan.atlas
    before = FilesStore(store).dataset().version
    goals = fresh.layers / "plans" / "donghe-2021-2025" / "targets.csv"
    text = goals.read_text(encoding="utf-8")
    goals.write_text(text.replace("18.5,18.5%左右", "18.6,18.6%左右"), encoding="utf-8")
    builder.build(fresh.plan, lambda _: None)
    after = FilesStore(store).dataset().version
    assert after != before
    goals.write_text(text.replace("东河县,ei_gdp_cut", "西河县,ei_gdp_cut"), encoding="utf-8")
    with pytest.raises(InvalidData, match="'西河县' is not a division of 东河县"):
        builder.build(fresh.plan, lambda _: None)
    assert FilesStore(store).dataset().version == after
    goals.write_text(text, encoding="utf-8")
    builder.build(fresh.plan, lambda _: None)
    assert FilesStore(store).dataset().version == before, "the same data are the same version"


def test_a_check_writes_no_build(fresh: WorldFolders) -> None:
    current = str((fresh.plan.atlas / "current").readlink())
    times = {path: path.stat().st_mtime_ns for path in fresh.plan.atlas.rglob("*")}
    said: list[str] = []
    found = builder.check(fresh.plan, said.append)
    assert said[0] == "joining plans to regions"
    assert found.version == current
    assert {path: path.stat().st_mtime_ns for path in fresh.plan.atlas.rglob("*")} == times


def test_regions_are_read_as_the_boundaries_have_them(world_folders: WorldFolders) -> None:
    found = builder.read_regions(world_folders.plan.shapes)
    assert name_in_english(found, world_map.ENGLISH) == world_map.regions()
    china = found[0]
    assert (china.adcode, china.level, china.parent) == (CHINA, Level.NATION, None)
    west, south, east, north = china.bbox
    assert west < 73.6 < 135 < east, "out to the confluence of the Heilong and the Wusuli"
    assert south < 4 < 53.5 < north, "down to 曾母暗沙"


def test_polygons_are_read_in_both_details(world_folders: WorldFolders) -> None:
    full, low = (builder.read_polygons(world_folders.plan.shapes, detail) for detail in ("full", "lo"))
    for level, shapes in world_map.polygons().items():
        assert set(full[level]) == set(low[level]) == set(shapes)
        for code, shape in shapes.items():
            assert shapely.hausdorff_distance(full[level][code], shape) < 1e-5
            assert shapely.get_num_coordinates(low[level][code]) <= shapely.get_num_coordinates(full[level][code])


def test_where_a_build_lies(world_folders: WorldFolders) -> None:
    plan = world_folders.plan
    assert (plan.shapes, plan.atlas, plan.rasters, plan.encoded) == (
        plan.build_dir / "shapes",
        plan.build_dir / "atlas",
        plan.build_dir / "rasters",
        plan.build_dir / "shapes" / "prepared",
    )


def test_a_build_after_a_change_is_a_build_from_nothing(fresh: WorldFolders) -> None:
    """What is taken from the build before (polygons, encoded features, tiles) is what would be made anew."""
    plan = fresh.plan
    builder.build(plan, lambda _: None)
    before = _files(plan.atlas)
    table = next(path for path in sorted(fresh.layers.glob("plans/*/targets.csv")) if _rows(path) > 1)
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")  # every row after it moves up
    builder.build(plan, lambda _: None)
    after = _files(plan.atlas)
    elsewhere = replace(plan, build_dir=fresh.build_dir.with_name("from-nothing"))
    builder.build(elsewhere, lambda _: None)
    assert after == _files(elsewhere.atlas)
    changed = {name for name in after if after[name] != before.get(name)}
    assert any(name.startswith("ogc/targets-") for name in changed)
    assert not any(name.endswith((".wkb", ".topo")) for name in changed)


def _rows(table: Path) -> int:
    return len(table.read_text(encoding="utf-8").splitlines()) - 1


def _files(atlas: Path) -> dict[str, bytes]:
    folder = (atlas / "current").resolve()
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
