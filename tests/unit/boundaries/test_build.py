"""The whole build on the small grid: mended, nested, atomic, and the same every time."""

from dataclasses import replace
from pathlib import Path

import geopandas
import pytest
import shapely

from geoapp.boundaries.build import build_shapes, fingerprint
from geoapp.boundaries.coverage import geometries
from geoapp.boundaries.shapes import load_edition, load_level, load_lines
from geoapp.errors import BoundaryError, InvalidData
from geoapp.model.region import Level
from tests.data.shapes_builders import Package, county_shapes, write_bin, write_rows


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_rebuild_gives_the_same_bytes(package: Package, tmp_path: Path) -> None:
    build_shapes(package.source, tmp_path / "one")
    build_shapes(package.source, tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert len(contents(tmp_path / "one")) == 8


def test_a_build_replaces_the_last_one_and_leaves_nothing_beside_it(package: Package, tmp_path: Path) -> None:
    target = tmp_path / "build" / "shapes"
    build_shapes(package.source, target)
    (target / "stray").touch()
    build_shapes(package.source, target)
    assert [path.name for path in target.parent.iterdir()] == ["shapes"]
    assert not (target / "stray").exists()


def test_the_edition_returned_is_the_one_on_disk(package: Package, tmp_path: Path) -> None:
    edition = build_shapes(package.source, tmp_path / "shapes")
    assert load_edition(tmp_path / "shapes") == edition
    assert edition.id == f"grid-2025-01-{edition.content_sha256[:8]}"
    assert edition.rows == {"province": 3, "prefecture": 5, "county": 12}


def test_progress_is_said(package: Package, tmp_path: Path) -> None:
    wording: list[str] = []
    build_shapes(package.source, tmp_path / "shapes", wording.append)
    assert wording == [
        f"reading {package.manifest['package']} 1.0",
        "cleaning, dissolving and simplifying",
        "writing and checking",
    ]


def test_another_border_makes_another_edition(package: Package, tmp_path: Path) -> None:
    before = build_shapes(package.source, tmp_path / "shapes")
    shapes = county_shapes()
    shapes[0] = shapely.union(shapes[0], shapely.box(83.9, 45.2, 84.0, 45.4))
    write_bin(package.data / "district.bin", shapes)
    package.pin_files()
    after = build_shapes(package.source, tmp_path / "shapes")
    assert (before.id != after.id, before.inputs_sha256 != after.inputs_sha256) == (True, True)


@pytest.mark.parametrize("detail", ["full", "lo"])
def test_counties_fill_prefectures_and_prefectures_fill_provinces(
    package: Package, tmp_path: Path, detail: str
) -> None:
    build_shapes(package.source, tmp_path / "shapes")
    counties, prefectures, provinces = (
        load_level(tmp_path / "shapes", level, detail) for level in (Level.COUNTY, Level.PREFECTURE, Level.PROVINCE)
    )
    tacheng = prefectures.set_index("adcode").geometry["654200"]
    members = counties[counties["parent"] == "654200"]
    assert len(members) == 8
    assert shapely.coverage_union_all(geometries(members)).equals(tacheng)
    whole = [shapely.coverage_union_all(geometries(frame)) for frame in (counties, prefectures, provinces)]
    assert whole[0].equals(whole[1])
    assert whole[1].equals(whole[2])


def test_an_overlap_goes_to_the_county_the_manifest_names(package: Package, tmp_path: Path) -> None:
    shapes = county_shapes()
    bay = shapely.box(85.0, 46.1, 85.05, 46.15)  # claimed by both 654201 and 654202
    shapes[0], shapes[1] = shapely.union(shapes[0], bay), shapely.union(shapes[1], bay)
    write_bin(package.data / "district.bin", shapes)
    package.pin_files()
    areas = {}
    for keep, cut in (("654201", "654202"), ("654202", "654201")):
        package.manifest["overlaps"] = [{"keep": keep, "from": cut, "note": "test"}]
        package.save_manifest()
        build_shapes(package.source, tmp_path / "shapes")
        areas[keep] = load_level(tmp_path / "shapes", Level.COUNTY, "full").set_index("adcode")["area_km2"]
    for code in ("654201", "654202"):
        others = next(other for other in areas if other != code)
        assert areas[code][code] - areas[others][code] == pytest.approx(21.5, abs=1)


def test_an_overlap_of_an_unknown_county_is_refused(package: Package, tmp_path: Path) -> None:
    package.manifest["overlaps"] = [{"keep": "654201", "from": "999999", "note": "test"}]
    package.save_manifest()
    with pytest.raises(BoundaryError, match="overlaps: no county has the code 999999"):
        build_shapes(package.source, tmp_path / "shapes")


def test_the_dash_line_gets_the_missing_segment(package: Package, tmp_path: Path) -> None:
    build_shapes(package.source, tmp_path / "shapes")
    lines = load_lines(tmp_path / "shapes").set_index("kind").geometry
    assert shapely.get_num_geometries(lines["dash"]) == 3
    assert shapely.get_parts(lines["dash"])[2].equals(shapely.LineString([(122.5, 23.5), (122.8, 24.5)]))


def test_an_incomplete_dash_line_is_refused(package: Package, tmp_path: Path) -> None:
    package.manifest["dash_line"]["extra_segments"] = []
    package.save_manifest()
    with pytest.raises(BoundaryError, match="the dash line has 2 of 3 segments; add the missing ones"):
        build_shapes(package.source, tmp_path / "shapes")


def test_a_package_that_gained_a_dash_is_refused(package: Package, tmp_path: Path) -> None:
    package.manifest["dash_line"]["package_segments"] = 1
    package.save_manifest()
    with pytest.raises(BoundaryError, match=r"has 2 segments, shapes/manifest\.json says 1"):
        build_shapes(package.source, tmp_path / "shapes")


def test_wrong_row_counts_are_all_named(package: Package, tmp_path: Path) -> None:
    package.manifest["expected_rows"] = {"province": 34, "prefecture": 5, "county": 2891}
    package.save_manifest()
    with pytest.raises(InvalidData) as caught:
        build_shapes(package.source, tmp_path / "shapes")
    assert [issue.problem for issue in caught.value.issues] == [
        "the source has 3 rows, the manifest says 34",
        "the source has 12 rows, the manifest says 2891",
    ]


def test_a_failed_build_leaves_the_last_good_one(package: Package, tmp_path: Path) -> None:
    target = tmp_path / "out" / "shapes"
    build_shapes(package.source, target)
    before = contents(target)
    (package.data / "district.bin").write_bytes(b"torn")
    with pytest.raises(InvalidData):
        build_shapes(package.source, target)
    assert contents(target) == before
    assert [path.name for path in target.parent.iterdir()] == ["shapes"]


def test_a_build_that_fails_while_writing_leaves_the_last_good_one(
    package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "shapes"
    build_shapes(package.source, target)
    before = contents(target)

    def full_disk(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(geopandas.GeoDataFrame, "to_file", full_disk)
    with pytest.raises(OSError, match="No space left"):
        build_shapes(package.source, target)
    assert contents(target) == before
    assert [path.name for path in target.parent.iterdir()] == ["shapes"]


def test_a_build_that_cannot_be_moved_into_place_leaves_the_last_good_one(
    package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "shapes"
    build_shapes(package.source, target)
    before = contents(target)
    rename = Path.rename

    def refuse_the_new_one(path: Path, to: Path) -> Path:
        if path.name == "new":
            raise PermissionError("not allowed")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refuse_the_new_one)
    with pytest.raises(PermissionError, match="not allowed"):
        build_shapes(package.source, target)
    assert contents(target) == before


def test_a_result_that_fails_its_check_is_not_published(package: Package, tmp_path: Path) -> None:
    path = package.data / "district.csv"
    text = path.read_text(encoding="utf-8").replace("654202", "654201")
    path.write_text(text, encoding="utf-8")
    package.pin_files()
    with pytest.raises(InvalidData, match="county full, 654201: the code stands twice"):
        build_shapes(package.source, tmp_path / "shapes")
    assert not (tmp_path / "shapes").exists()


def test_the_fingerprint_follows_every_input(package: Package, tmp_path: Path) -> None:
    own = tmp_path / "own.gpkg"
    own.write_bytes(b"1")
    sources = [
        package.source,
        replace(package.source, own_file=own),
        replace(package.source, own_file=own, own_columns={"adcode": "code"}),
        replace(package.source, own_attribution="us"),
        replace(package.source, own_review_no="GS 1"),
    ]
    prints = [fingerprint(source) for source in sources]
    own.write_bytes(b"2")
    prints.append(fingerprint(sources[1]))
    write_rows(package.source.code_fixes, ("old_code", "new_code", "level", "kind", "note"), [])
    prints.append(fingerprint(package.source))
    assert len(set(prints)) == 7
    assert fingerprint(package.source) == prints[-1]


def test_the_fingerprint_follows_the_dbf_of_a_shapefile(package: Package, tmp_path: Path) -> None:
    for suffix in (".shp", ".dbf"):
        (tmp_path / f"own{suffix}").write_bytes(b"1")
    source = replace(package.source, own_file=tmp_path / "own.shp")
    before = fingerprint(source)
    (tmp_path / "own.dbf").write_bytes(b"2")
    assert fingerprint(source) != before


def test_an_own_file_that_is_missing_is_named_by_the_fingerprint(package: Package, tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"gone\.shp: a file the boundaries are built from cannot be read"):
        fingerprint(replace(package.source, own_file=tmp_path / "gone.shp"))
