"""Levels, parents, codes and labels: asked of the tables, never computed from digits."""

from pathlib import Path

import geopandas
import pytest
import shapely

from geoapp.boundaries.build import ShapeSource, build_shapes
from geoapp.boundaries.check import check_shapes
from geoapp.boundaries.shapes import load_edition, load_level, load_lines
from geoapp.errors import InvalidData
from geoapp.model.region import Level
from tests.data.shapes_builders import FIXES, Package, county_shapes, write_bin, write_rows

HEADER = ("old_code", "new_code", "level", "kind", "note")


@pytest.fixture
def levels(package: Package, tmp_path: Path) -> dict[Level, geopandas.GeoDataFrame]:
    """The small grid built: each level by adcode."""
    build_shapes(package.source, tmp_path / "shapes")
    each = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)
    return {level: load_level(tmp_path / "shapes", level, "full").set_index("adcode") for level in each}


@pytest.fixture(scope="module")
def real(real_build: Path) -> dict[Level, geopandas.GeoDataFrame]:
    """The real boundaries: each level by adcode."""
    each = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)
    return {level: load_level(real_build, level, "full").set_index("adcode") for level in each}


@pytest.mark.parametrize(
    ("at", "code", "parent"),
    [
        (Level.COUNTY, "654201", "654200"),
        (Level.COUNTY, "659001", "650000"),
        (Level.COUNTY, "441900", "440000"),
        (Level.COUNTY, "110101", "110000"),
        (Level.PREFECTURE, "654200", "650000"),
        (Level.PREFECTURE, "659001", "650000"),
        (Level.PREFECTURE, "110000", "100000"),
        (Level.PROVINCE, "650000", "100000"),
    ],
)
def test_the_parent_is_the_next_division_above(
    levels: dict[Level, geopandas.GeoDataFrame], at: Level, code: str, parent: str
) -> None:
    assert levels[at]["parent"][code] == parent


@pytest.mark.parametrize(
    ("at", "code", "level", "standing"),
    [
        (Level.COUNTY, "654201", "county", "county"),
        (Level.PREFECTURE, "654200", "prefecture", "prefecture"),
        (Level.COUNTY, "659001", "county", "prefecture;county"),
        (Level.PREFECTURE, "659001", "county", "prefecture;county"),
        (Level.COUNTY, "441900", "prefecture", "prefecture;county"),
        (Level.PREFECTURE, "110000", "province", "province;prefecture"),
    ],
)
def test_the_nominal_level_differs_from_where_a_unit_stands(
    levels: dict[Level, geopandas.GeoDataFrame], at: Level, code: str, level: str, standing: str
) -> None:
    assert list(levels[at].loc[code, ["level", "levels"]]) == [level, standing]


def test_an_outdated_code_is_mended(levels: dict[Level, geopandas.GeoDataFrame]) -> None:
    assert levels[Level.COUNTY]["name"]["654221"] == "甲县"
    assert "654208" not in levels[Level.COUNTY].index


def test_a_label_in_an_enclave_moves_into_its_own_polygon(levels: dict[Level, geopandas.GeoDataFrame]) -> None:
    prefectures = levels[Level.PREFECTURE]
    labels = geopandas.points_from_xy(prefectures["label_lon"], prefectures["label_lat"])
    assert prefectures.geometry.contains(geopandas.GeoSeries(labels, index=prefectures.index, crs=4326)).all()
    assert list(prefectures.loc["650200", ["label_lon", "label_lat"]]) == [85.5, 44.5]


def test_a_label_inside_is_kept(levels: dict[Level, geopandas.GeoDataFrame]) -> None:
    assert list(levels[Level.COUNTY].loc["654201", ["label_lon", "label_lat"]]) == [84.25, 45.75]


def test_a_fix_of_an_unknown_code_is_refused(package: Package, tmp_path: Path) -> None:
    write_rows(package.source.code_fixes, HEADER, [*FIXES, ("999999", "999998", "county", "recode", "test")])
    with pytest.raises(InvalidData, match=r"999999: this code of code_fixes\.csv is in no table of the source"):
        build_shapes(package.source, tmp_path / "shapes")


def test_a_county_hidden_under_its_neighbour_is_named(package: Package, tmp_path: Path) -> None:
    shapes = county_shapes()
    shapes[1] = shapes[0].buffer(-0.4)
    package.manifest["overlaps"] = [{"keep": "654201", "from": "654202", "note": "test"}]
    write_bin(package.data / "district.bin", shapes)
    package.pin_files()
    with pytest.raises(InvalidData, match="654202 乌苏市: nothing is left of the polygon after cleaning"):
        build_shapes(package.source, tmp_path / "shapes")


def test_the_real_boundaries_pass_their_check(real_build: Path) -> None:
    assert check_shapes(real_build) == []
    assert load_edition(real_build).rows == {"province": 34, "prefecture": 375, "county": 2891}


def test_the_real_country_has_333_prefectures(real: dict[Level, geopandas.GeoDataFrame]) -> None:
    assert (real[Level.PREFECTURE]["level"] == "prefecture").sum() == 333


def test_the_real_tacheng_keeps_its_hole_and_its_label(real: dict[Level, geopandas.GeoDataFrame]) -> None:
    tacheng = real[Level.PREFECTURE].loc["654200"]
    assert tacheng["area_km2"] == pytest.approx(94_664, rel=0.001)
    point = geopandas.points_from_xy([tacheng["label_lon"]], [tacheng["label_lat"]])[0]
    assert tacheng.geometry.contains(point)
    assert not tacheng.geometry.contains(tacheng.geometry.centroid)
    karamay = real[Level.PREFECTURE].geometry["650200"]
    assert karamay.contains(tacheng.geometry.centroid)


def test_the_real_codes_are_those_of_today(real: dict[Level, geopandas.GeoDataFrame]) -> None:
    counties = real[Level.COUNTY]["name"]
    names = {"654203": "沙湾市", "540481": "米林市", "540581": "错那市", "460302": "西沙区", "659012": "白杨市"}
    assert counties[list(names)].to_dict() == names
    assert not set(counties.index) & {"654223", "540422", "540530", "460321", "460322", "632857"}


def test_the_islets_in_both_provinces_belong_to_jiangsu(real: dict[Level, geopandas.GeoDataFrame]) -> None:
    islets = geopandas.points_from_xy([119.82], [35.00]).buffer(0.15)[0]
    provinces = real[Level.PROVINCE].geometry
    assert provinces["320000"].intersection(islets).area > 0
    assert provinces["370000"].intersection(provinces["320000"]).area == pytest.approx(0, abs=1e-12)
    assert provinces["370000"].intersection(islets).area == 0


def test_the_real_map_has_taiwan_and_ten_dashes(real_build: Path, real: dict[Level, geopandas.GeoDataFrame]) -> None:
    assert {"710000", "810000", "820000"} <= set(real[Level.PROVINCE].index)
    lines = load_lines(real_build).set_index("kind").geometry
    assert sorted(lines.index) == ["coast_province", "dash", "sar", "undetermined"]
    assert len(shapely.get_parts(lines["dash"])) == 10
    assert max(dash.bounds[3] for dash in shapely.get_parts(lines["dash"])) == 24.57
    assert any(122 < dash.bounds[0] < 123 and dash.bounds[1] > 23 for dash in shapely.get_parts(lines["dash"]))


def test_low_detail_keeps_the_national_border(real_build: Path) -> None:
    full, low = (load_level(real_build, Level.PROVINCE, detail) for detail in ("full", "lo"))
    assert full.geometry.union_all(method="coverage").equals(low.geometry.union_all(method="coverage"))


def test_the_real_build_is_byte_identical(real_build: Path, real_source: ShapeSource, tmp_path: Path) -> None:
    build_shapes(real_source, tmp_path / "again")
    for path in real_build.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name
