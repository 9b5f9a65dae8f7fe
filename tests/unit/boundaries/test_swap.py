"""A user's own county file: used when it fits, refused with every reason when not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from geoapp.boundaries.build import build_shapes
from geoapp.boundaries.datum import wgs84_to_gcj02
from geoapp.boundaries.shapes import Edition, load_level
from geoapp.errors import BoundaryError, InvalidData
from geoapp.model.region import Level
from tests.data.shapes_builders import CELLS, Package, cell, county_shapes

COLUMNS = {"adcode": "code", "name": "label"}
Build = Callable[..., Edition]


def own_counties() -> geopandas.GeoDataFrame:
    """The grid's counties as a user may hold them, with today's codes."""
    rows = [(code.replace("654208", "654221"), name) for _, _, name, code, _ in CELLS]
    codes, names = zip(*rows, strict=True)
    return geopandas.GeoDataFrame({"code": codes, "label": names}, geometry=county_shapes(), crs=4326)


@pytest.fixture
def build(package: Package, tmp_path: Path) -> Build:
    """Build from an own frame written to a file of the given suffix."""

    def run(frame: geopandas.GeoDataFrame, columns: dict[str, str] = COLUMNS, name: str = "own.gpkg") -> Edition:
        path = tmp_path / name
        if frame is not None:
            frame.to_file(path)
        source = replace(
            package.source,
            own_file=path,
            own_columns=columns,
            own_attribution="某省测绘院",
            own_review_no="新S（2025）001号",
        )
        return build_shapes(source, tmp_path / "shapes")

    return run


def faults(build: Build, frame: geopandas.GeoDataFrame, columns: dict[str, str] = COLUMNS) -> list[str]:
    with pytest.raises(InvalidData) as caught:
        build(frame, columns)
    return [str(issue) for issue in caught.value.issues]


def replaced(row: int, shape: shapely.Geometry | None) -> geopandas.GeoDataFrame:
    counties = own_counties()
    shapes = np.array(counties.geometry)
    shapes[row] = shape
    return counties.set_geometry(shapes, crs=4326)


@pytest.mark.parametrize("name", ["own.gpkg", "own.geojson", "own.shp", "own.fgb"])
def test_an_own_file_of_any_format_is_used(build: Build, tmp_path: Path, name: str) -> None:
    edition = build(own_counties().set_crs(4326 if name.endswith("json") else 4490, allow_override=True), name=name)
    assert edition.rows == {"province": 3, "prefecture": 5, "county": 12}
    assert edition.source == name
    prefectures = load_level(tmp_path / "shapes", Level.PREFECTURE, "full")
    assert prefectures["adcode"].tolist() == ["110000", "441900", "650200", "654200", "659001"]


def test_the_edition_says_what_the_user_says_and_nothing_of_the_package(build: Build) -> None:
    edition = build(own_counties())
    assert edition.id == f"own-{edition.content_sha256[:8]}"
    assert edition.attribution_zh == edition.attribution_en == "某省测绘院"
    assert edition.review_no == "新S（2025）001号"
    assert edition.usage_notice == "own_usage_notice_zh of the grid"
    assert edition.data_date == ""


def test_an_own_file_without_attribution_is_refused(package: Package, tmp_path: Path) -> None:
    source = replace(package.source, own_file=tmp_path / "own.gpkg", own_columns=COLUMNS)
    with pytest.raises(BoundaryError, match="has no attribution; say who made it in own_attribution"):
        build_shapes(source, tmp_path / "shapes")


def test_an_unreadable_file_is_named(build: Build, tmp_path: Path) -> None:
    (tmp_path / "own.gpkg").write_bytes(b"torn")
    with pytest.raises(BoundaryError, match=r"own\.gpkg: your boundary file cannot be read"):
        build(None)


def test_a_table_without_polygons_is_refused(build: Build, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("code,label\n654201,塔城市\n", encoding="utf-8")
    with pytest.raises(BoundaryError, match=r"own\.csv: your boundary file has no geometry"):
        build(None, name="own.csv")


def test_all_faults_of_columns_and_coordinates_come_at_once(build: Build) -> None:
    columns = {"adcode": "gb", "colour": "label"}
    assert faults(build, own_counties().to_crs(3857), columns) == [
        "column mapping, name: no column is named for it (the file has: code, label)",
        "column mapping, adcode: the file has no column 'gb' (it has: code, label)",
        "column mapping, colour: unknown role (use adcode, name, level, parent)",
        "coordinate system: WGS 84 / Pseudo-Mercator is not accepted "
        "(deliver it in EPSG:4490 (CGCS2000) or EPSG:4326 (WGS 84) degrees)",
    ]


def test_a_file_without_a_coordinate_system_is_refused(build: Build, tmp_path: Path) -> None:
    own_counties().to_file(tmp_path / "bare.shp")
    (tmp_path / "bare.prj").unlink()
    with pytest.raises(InvalidData, match=r"coordinate system: none is declared .* a shapefile needs its \.prj"):
        build(None, name="bare.shp")


def test_codes_may_be_numbers_prefixed_or_outdated(build: Build, tmp_path: Path) -> None:
    counties = own_counties()
    counties["code"] = [int(f"156{code}") for code in counties["code"].replace("654221", "654208")]
    build(counties)
    assert "654221" in set(load_level(tmp_path / "shapes", Level.COUNTY, "full")["adcode"])


@pytest.mark.parametrize("name", ["own.gpkg", "own.shp", "own.geojson"])
def test_codes_may_be_floats_as_a_spreadsheet_leaves_them(build: Build, tmp_path: Path, name: str) -> None:
    counties = own_counties()
    counties["code"] = counties["code"].astype(float)
    counties["above"] = 0.0
    counties.loc[:, "above"] = [float(code[:4] + "00") for code in own_counties()["code"]]
    known = counties["above"].isin([654200.0, 650200.0])
    counties["above"] = counties["above"].where(known)
    build(counties, {**COLUMNS, "parent": "above"}, name)
    built = load_level(tmp_path / "shapes", Level.COUNTY, "full").set_index("adcode")
    assert set(own_counties()["code"]) == set(built.index)
    assert built.loc["654201", "parent"] == "654200"


@pytest.mark.parametrize("text", ["654201.0", " 654201", "156654201", "156654201.0", "654201000000", "654201000"])
def test_codes_are_read_as_files_write_them(build: Build, tmp_path: Path, text: str) -> None:
    counties = own_counties()
    counties.loc[counties["code"] == "654201", "code"] = text
    build(counties)
    assert "654201" in set(load_level(tmp_path / "shapes", Level.COUNTY, "full")["adcode"])


@pytest.mark.parametrize("word", ["county", "district", "县级", "区县", "县", " 县 "])
def test_counties_are_known_by_any_of_their_words(build: Build, word: str) -> None:
    counties = own_counties().assign(level=word)
    assert build(counties, {**COLUMNS, "level": "level"}).rows["county"] == 12


def test_a_code_that_is_none_is_named_even_with_a_parent(build: Build) -> None:
    counties = own_counties().assign(above=None)
    counties.loc[0, ["code", "above"]] = ["6542", "654200"]
    assert faults(build, counties, {**COLUMNS, "parent": "above"}) == [
        "6542 塔城市: the code is not six digits (correct it)"
    ]


def test_coordinates_outside_the_country_are_named_with_their_extent(build: Build) -> None:
    far = own_counties()
    moved = shapely.transform(np.array(far.geometry), lambda xy: xy + np.array([60, 0]))
    (fault,) = faults(build, far.set_geometry(moved, crs=4326))
    assert fault == "coordinates: they reach 144.00 to 148.00 E, 43.00 to 46.00 N, outside China (correct them)"


def test_all_faults_of_codes_and_polygons_come_at_once(build: Build) -> None:
    counties = replaced(4, shapely.Polygon([(84, 44), (85, 45), (85, 44), (84, 45)]))
    counties["code"] = counties["code"].replace({"654203": "654223", "659001": "659999", "654206": "654207"})
    counties.loc[3, "label"] = "新城"
    assert faults(build, counties) == [
        "654223 沙湾市: the code is not in the list of divisions (沙湾市 is 654203)",
        "659999 新城: the code is not in the list of divisions (correct it, or map a parent column)",
        "654207 裕民县: the code stands in 2 rows (make one row of them)",
        "654204 额敏县: unusable polygon: Self-intersection[84.5 44.5] (repair it)",
    ]


def test_a_row_without_geometry_is_named(build: Build) -> None:
    assert faults(build, replaced(0, None)) == ["654201 塔城市: unusable polygon: no geometry (repair it)"]


def test_swapped_coordinates_are_recognised(build: Build) -> None:
    swapped = own_counties()
    shapes = shapely.transform(np.array(swapped.geometry), lambda xy: xy[:, ::-1])
    (fault,) = faults(build, swapped.set_geometry(shapes, crs=4326))
    assert fault.endswith("outside China (latitude and longitude look swapped)")


def test_unreadable_names_point_to_the_encoding(build: Build) -> None:
    counties = own_counties()
    counties["label"] = "ËþÃÇ"
    assert faults(build, counties) == [
        "names: none is Chinese, the first is 'ËþÃÇ' (a GBK shapefile needs a .cpg file saying GBK)"
    ]


def test_a_new_county_needs_a_known_parent(build: Build, tmp_path: Path) -> None:
    counties = own_counties()
    counties["above"] = None
    counties.loc[0, ["code", "label", "above"]] = ["654231", "新县", "654200"]
    counties.loc[3, ["code", "label", "above"]] = ["659099", "新城", "650000"]
    edition = build(counties, {**COLUMNS, "parent": "above"})
    built = load_level(tmp_path / "shapes", Level.COUNTY, "full").set_index("adcode")
    assert list(built.loc["654231", ["parent", "short_name"]]) == ["654200", "新县"]
    assert list(built.loc["659099", ["parent", "levels"]]) == ["650000", "prefecture;county"]
    assert edition.notes == (
        "the file lacks 2 counties: 654201, 659001",
        "the file has 2 codes the built-in list lacks: 654231, 659099",
    )
    counties.loc[0, "above"] = "654000"
    assert faults(build, counties, {**COLUMNS, "parent": "above"}) == [
        "654231 新县: its parent 654000 is no prefecture or province (correct the parent column)"
    ]


def test_rows_of_other_levels_and_lines_are_left_out_and_said(build: Build) -> None:
    counties = own_counties().assign(level="county")
    extra = geopandas.GeoDataFrame(
        {"code": ["650000", ""], "label": ["新疆", "断续线"], "level": ["province", "line"]},
        geometry=[cell(0, 0), shapely.LineString([(90, 40), (91, 41)])],
        crs=4326,
    )
    edition = build(geopandas.pd.concat([counties, extra]), {**COLUMNS, "level": "level"}, "own.geojson")
    assert edition.notes == (
        "1 rows that are not polygons were left out",
        "1 polygons of another level than county were left out",
    )


def test_a_file_without_county_rows_is_refused(build: Build) -> None:
    with pytest.raises(BoundaryError, match="there is no county polygon in this file"):
        build(own_counties().assign(level="province"), {**COLUMNS, "level": "level"})


def test_two_levels_in_one_file_are_refused(build: Build) -> None:
    counties = own_counties()
    whole = geopandas.GeoDataFrame({"code": ["654200"], "label": ["塔城地区"]}, geometry=[cell(0, 0)], crs=4326)
    (fault,) = faults(build, geopandas.pd.concat([counties, whole]))
    assert "with 654200 塔城地区 (keep one level of division; redraw the border)" in fault


def test_a_file_without_a_whole_province_is_refused(build: Build) -> None:
    counties = own_counties()
    assert faults(build, counties[counties["code"] != "441900"]) == [
        "440000 广东省: no county of it is in the file (give a file that covers the whole country)"
    ]


def test_a_gap_is_noted(build: Build) -> None:
    edition = build(replaced(5, cell(1, 1) - shapely.box(85.4, 44.4, 85.5, 44.5)))
    assert edition.notes == ("the file leaves enclosed gaps of 88.4 km2",)


def test_a_gcj02_file_is_refused_by_name(build: Build) -> None:
    counties = own_counties()
    shapes = shapely.transform(
        np.array(counties.geometry), lambda xy: np.column_stack(wgs84_to_gcj02(xy[:, 0], xy[:, 1]))
    )
    (fault,) = faults(build, counties.set_geometry(shapes, crs=4326))
    assert fault.startswith("coordinates: this file looks GCJ-02 shifted by about ")
    assert fault.endswith("(convert it to CGCS2000 or WGS 84, or ask the supplier for unshifted coordinates)")
