"""Which builds stay, what is in one, and that it is never half there: on the made-up world, without a clock.

What is read of a whole build (``folder``) is read of one that lies there and of one that came from a database.
"""

import gzip
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoapp.errors import NotBuilt
from geoapp.model.region import Adcode, Level
from geoapp.store.files import COUNTRY, CURRENT, KEEP, FilesStore, assert_readable, write_build
from tests.data.world import build_world
from tests.data.world_map import DONGHE, JILIN, SHIZI, lines, polygons

DATA = build_world().dataset
SHAPES = polygons()
HOUR = 3600


def write(folder: Path, version: str) -> Path:
    return write_build(folder, replace(DATA, version=version), {"full": {}, "lo": {}}, {})


def builds(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_dir() and not path.is_symlink()}


@given(st.permutations(range(6)))
def test_the_newest_builds_stay_whatever_they_are_called(
    tmp_path_factory: pytest.TempPathFactory, ages: Sequence[int]
) -> None:
    folder = tmp_path_factory.mktemp("prune")
    for number, age in enumerate(ages):
        path = folder / f"v{number}"
        path.mkdir()
        os.utime(path, (1_700_000_000 - age * HOUR,) * 2)
    write(folder, "new")
    youngest = {f"v{number}" for number, age in enumerate(ages) if age < KEEP - 2}
    assert builds(folder) == {"new", *youngest}
    assert (folder / CURRENT).resolve() == folder / "new"


def test_the_current_build_stays_even_when_it_is_the_oldest(tmp_path: Path) -> None:
    write(tmp_path, "kept")
    os.utime(tmp_path / "kept", (1_000_000_000,) * 2)
    for number in range(KEEP + 1):
        (tmp_path / f"v{number}").mkdir()
    write(tmp_path, "kept")
    assert "kept" in builds(tmp_path)
    assert len(builds(tmp_path)) < KEEP + 1
    assert FilesStore(tmp_path).dataset().version == "kept"


def test_a_build_can_be_opened_by_its_version_while_another_is_current(tmp_path: Path) -> None:
    write(tmp_path, "one")
    write(tmp_path, "two")
    assert FilesStore(tmp_path, "one").dataset().version == "one"
    assert FilesStore(tmp_path).dataset().version == "two"
    with pytest.raises(NotBuilt, match="no built atlas in"):
        FilesStore(tmp_path, "three")


def test_an_open_store_keeps_its_build_when_the_link_moves(tmp_path: Path) -> None:
    write(tmp_path, "one")
    store = FilesStore(tmp_path)
    write(tmp_path, "two")
    assert store.dataset().version == "one"
    assert store.folder == tmp_path / "one"
    assert store.lines() == (tmp_path / "one" / "lines.json").read_bytes()


def test_the_same_version_is_not_written_twice(tmp_path: Path) -> None:
    target = write(tmp_path, "one")
    (target / "marker").touch()
    assert write(tmp_path, "one") == target
    assert (target / "marker").exists(), "a folder in use is left alone"
    assert {path.name for path in tmp_path.iterdir()} == {"one", CURRENT}


def test_what_fails_while_encoding_leaves_the_last_build_current(tmp_path: Path) -> None:
    write(tmp_path, "one")

    def broken(_: Path) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_build(tmp_path, replace(DATA, version="two"), {"full": {}, "lo": {}}, {}, broken)
    assert FilesStore(tmp_path).dataset().version == "one"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_others_may_read_what_one_user_built(tmp_path: Path) -> None:
    assert write(tmp_path, "one").stat().st_mode & 0o755 == 0o755


def test_polygons_come_back_as_they_were(folder: Path) -> None:
    store = FilesStore(folder)
    for level in (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY):
        for detail in ("full", "lo"):
            found = store.geometry(level, detail)
            assert list(found) == sorted(SHAPES[level])
            assert len(found) == len(SHAPES[level])
            assert all(found[code].equals(shape) for code, shape in SHAPES[level].items())
    counties = store.geometry(Level.COUNTY, "full")
    assert counties[DONGHE] is counties[DONGHE], "read once"
    assert DONGHE in counties
    assert "999999" not in counties


def test_the_records_come_back_as_they_were(folder: Path) -> None:
    assert FilesStore(folder).dataset() == DATA


def test_lines_are_features_by_kind(folder: Path) -> None:
    found = orjson.loads(FilesStore(folder).lines())
    assert found["type"] == "FeatureCollection"
    kinds = [each["properties"]["kind"] for each in found["features"]]
    assert kinds == sorted(lines())
    for each in found["features"]:
        drawn = shapely.from_geojson(orjson.dumps(each["geometry"]))
        assert shapely.equals(drawn, lines()[each["properties"]["kind"]])


def regions(document: bytes) -> dict[str, shapely.Geometry]:
    """Read TopoJSON as its specification says."""
    topology = orjson.loads(document)
    scale, _ = topology["transform"]["scale"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale, y * scale))
        arcs.append(points)

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return points

    return {
        each["id"]: shapely.MultiPolygon([(ring(part[0]), [ring(hole) for hole in part[1:]]) for part in each["arcs"]])
        for each in topology["objects"]["regions"]["geometries"]
    }


@pytest.mark.parametrize(("detail", "grid"), [("full", 1e-4), ("lo", 1e-3)])
def test_the_screen_gets_the_regions_asked_for_within_half_a_step(folder: Path, detail: str, grid: float) -> None:
    asked = [JILIN, DONGHE, SHIZI]
    found = regions(FilesStore(folder).topology(Level.COUNTY, detail, asked))
    assert list(found) == asked
    for code in asked:
        assert shapely.hausdorff_distance(found[code], SHAPES[Level.COUNTY][code]) <= grid / 2 * 1.5
        parts, wanted = (shapely.get_parts(each) for each in (found[code], SHAPES[Level.COUNTY][code]))
        assert len(parts) == len(wanted)
        assert sum(len(part.interiors) for part in parts) == sum(len(part.interiors) for part in wanted)


def test_the_whole_country_is_packed_at_low_detail(folder: Path) -> None:
    for level in (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY):
        packed = FilesStore(folder).encoded(COUNTRY.format(level=level)).read_bytes()
        found = regions(gzip.decompress(packed))
        assert list(found) == sorted(SHAPES[level])
        for code, shape in SHAPES[level].items():
            assert shapely.hausdorff_distance(found[code], shape) <= 1e-3, code
        assert packed[4:8] == b"\0\0\0\0", "the same build gives the same bytes: no clock in the archive"


@given(st.lists(st.sampled_from(sorted(SHAPES[Level.COUNTY])), unique=True))
def test_any_choice_of_regions_joins(folder: Path, asked: list[Adcode]) -> None:
    assert list(regions(FilesStore(folder).topology(Level.COUNTY, "lo", asked))) == asked


def test_a_build_of_our_own_code_is_not_read_to_be_believed(tmp_path: Path) -> None:
    folder = write(tmp_path, "one")
    assert_readable(tmp_path)
    whole = (folder / "dataset.json").read_bytes()
    (folder / "dataset.json").write_bytes(whole[:-40])
    with pytest.raises(NotBuilt, match="damaged"):
        assert_readable(tmp_path)
    (folder / "dataset.json").write_bytes(whole)
    (folder / "dataset.id").unlink()  # a build of other code is read as before
    assert_readable(tmp_path)
    (folder / "dataset.json").unlink()
    with pytest.raises(NotBuilt, match="no built atlas"):
        assert_readable(tmp_path)
