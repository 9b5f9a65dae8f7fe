"""The screen against known answers, and against a second way that shares no code with it."""

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from pyproj import Geod
from rasterio.transform import from_origin

from geoapp.errors import InvalidData, NotFound
from geoapp.model.plan import Text
from geoapp.model.region import Adcode
from geoapp.raster.colours import value_legend
from geoapp.raster.library import RasterLibrary, write_catalogue
from geoapp.raster.record import Meaning, RasterKind, RasterRecord
from geoapp.raster.siting.result import report, write_result
from geoapp.raster.siting.screen import Place, ScreenResult, Surroundings, drop_small, run_screen
from geoapp.raster.siting.spec import check_spec
from geoapp.raster.terrain.slope import slope_degrees
from tests.data.raster_builders import write_raster

WEST, EAST = Adcode("150621"), Adcode("150622")
AREAS = {WEST: shapely.box(109.0, 39.0, 109.5, 39.6), EAST: shapely.box(109.5, 39.0, 110.0, 39.6)}
NAMES = {WEST: "西县", EAST: "东县"}
GEOD = Geod(ellps="WGS84")


def km2(shape: shapely.Geometry) -> float:
    return abs(GEOD.geometry_area_perimeter(shapely.segmentize(shape, 0.01))[0]) / 1e6


def record(
    identifier: str, file: str, *, cell_m: float = 1000, unit: str = "kWh/(m²·a)",
    meaning: Meaning = "measured", kind: RasterKind = "values", limits: tuple[float, float] = (0, 100),
) -> RasterRecord:  # fmt: skip
    return RasterRecord(
        id=identifier, title=Text(zh=identifier, en=identifier), unit=unit, kind=kind, meaning=meaning,
        note=Text(zh="", en=""), date="2020", licence="CC BY 4.0", attribution=Text(zh="某处", en="somewhere"),
        source=file, source_sha256="0" * 64, version="v1", file=file, crs="EPSG:4326", cell_m=cell_m,
        bbox=(108.0, 38.0, 111.0, 41.0), size=(300, 300), minimum=limits[0], maximum=limits[1],
        legend=value_legend([], *limits, "sun"),
    )  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> RasterLibrary:
    """Three rasters of 0.01°: rising to the east 0…299, the same with a hole, classes; and two that mislead."""
    east = np.tile(np.arange(300, dtype=np.float32), (300, 1))
    holed = east.copy()
    holed[:, 150:200] = -9999
    classes = np.where(east < 150, 10, 20).astype(np.uint8)
    place = from_origin(108, 41, 0.01, 0.01)
    write_raster(tmp_path / "east.tif", east, transform=place, nodata=-9999)
    write_raster(tmp_path / "holed.tif", holed, transform=place, nodata=-9999)
    write_raster(tmp_path / "classes.tif", classes, transform=place, nodata=255)
    write_raster(tmp_path / "far.tif", east, transform=from_origin(80, 45, 0.01, 0.01), nodata=-9999)
    write_catalogue(
        tmp_path,
        [
            record("east", "east.tif", limits=(0, 299)),
            record("holed", "holed.tif"),
            record("classes", "classes.tif", unit="", kind="classes"),
            record("far", "far.tif"),
            record("clear-sky", "east.tif", meaning="theoretical_bound"),
            record("dem5", "east.tif", unit="m", cell_m=9277, meaning="context", limits=(0, 299)),
            record("dem30", "east.tif", unit="m", cell_m=31, limits=(0, 299)),
        ],
    )
    return RasterLibrary(tmp_path, "e")


def screen(library: RasterLibrary, places: dict[int, list[Place]] | None = None, **values: object) -> ScreenResult:
    spec = check_spec({"regions": ["150600"], "resolution_m": 250, **values}, "spec")
    around = Surroundings(
        library=library, areas=AREAS, names=NAMES, shapes={str(code): shape for code, shape in AREAS.items()},
        places=places or {}, left_out={},
    )  # fmt: skip
    return run_screen(spec, around, lambda _: None)


def test_the_funnel_starts_with_the_true_area_of_each_county(library: RasterLibrary):
    result = screen(library, criterion=[{"raster": "east", "at_least": 0, "nodata": "exclude"}])
    first = result.funnel[0]
    for code, shape in AREAS.items():
        assert first.by_area[code] == pytest.approx(km2(shape), rel=0.003)
    assert first.km2 == pytest.approx(sum(km2(shape) for shape in AREAS.values()), rel=0.002)
    assert result.funnel[1].km2 == pytest.approx(first.km2)


def test_a_screen_agrees_with_geodesic_areas_of_source_cells(library: RasterLibrary):
    """The second way: no grid, no warp. Every source cell is cut with the county by shapely, its area
    measured on the ellipsoid, its criteria taken from its value and its geodesic distance."""
    park = Place(name="园区", lon=109.42, lat=39.33)
    result = screen(
        library,
        {1: [park]},
        criterion=[
            {"raster": "east", "at_least": 125, "at_most": 170, "nodata": "exclude"},
            {"distance_to": "parks", "at_most_km": 20},
        ],
    )
    expected = {code: [0.0, 0.0] for code in AREAS}
    for row in range(130, 205):
        for column in range(98, 203):
            west, north = 108 + column * 0.01, 41 - row * 0.01
            cell = shapely.box(west, north - 0.01, west + 0.01, north)
            for code, shape in AREAS.items():
                part = shapely.intersection(cell, shape)
                if part.is_empty or not 125 <= column <= 170:
                    continue
                area = km2(part)
                expected[code][0] += area
                near = GEOD.inv(park.lon, park.lat, west + 0.005, north - 0.005)[2] <= 20_000
                expected[code][1] += area * near
    for code, (by_value, by_distance) in expected.items():
        assert result.funnel[1].by_area[code] == pytest.approx(by_value, rel=0.01)
        assert result.funnel[2].by_area[code] == pytest.approx(by_distance, rel=0.015)
    assert result.funnel[2].km2 < result.funnel[1].km2 < result.funnel[0].km2


def test_a_screen_agrees_with_exactextract_on_the_rasters_own_grid(library: RasterLibrary, tmp_path: Path):
    """The independent library: exactextract sums the area of the source cells that meet it, no grid of ours."""
    import geopandas
    from exactextract import exact_extract

    result = screen(library, criterion=[{"raster": "east", "at_least": 125, "at_most": 170, "nodata": "exclude"}])
    with rasterio.open(library.path(library.get("east"))) as source:
        values, grid = source.read(1) * source.scales[0] + source.offsets[0], source.transform
    meets = ((values >= 125) & (values <= 170)).astype(np.uint8)
    path = write_raster(tmp_path / "meets.tif", meets, transform=grid)
    counties = geopandas.GeoDataFrame({"code": list(AREAS)}, geometry=list(AREAS.values()), crs="EPSG:4326")
    operation = "km2=sum(coverage_weight=area_spherical_km2)"
    table = exact_extract(str(path), counties, [operation], include_cols=["code"], output="pandas")
    for code, expected in zip(table["code"], table["km2"], strict=True):
        assert result.funnel[1].by_area[code] == pytest.approx(expected, rel=0.01)


def test_no_data_follows_the_policy_that_was_said(library: RasterLibrary):
    excluded = screen(library, criterion=[{"raster": "holed", "at_least": 0, "nodata": "exclude"}])
    kept = screen(library, criterion=[{"raster": "holed", "at_least": 0, "nodata": "keep"}])
    assert excluded.funnel[1].by_area[EAST] == pytest.approx(0, abs=25)
    assert excluded.funnel[1].by_area[WEST] == pytest.approx(excluded.funnel[0].by_area[WEST], rel=0.01)
    assert kept.funnel[1].km2 == pytest.approx(kept.funnel[0].km2)
    assert "“holed”无数据的地方按满足条件处理" in report(kept, "zh")["warnings"]


def test_inclusions_multiply(library: RasterLibrary):
    half = {"raster": "east", "at_least": 1000, "nodata": "exclude", "otherwise": 0.5}
    result = screen(library, criterion=[half, {**half, "otherwise": 0.2}])
    whole = result.funnel[0].km2
    assert [step.km2 / whole for step in result.funnel] == pytest.approx([1, 0.5, 0.1], rel=1e-5)


def test_regions_and_points_are_criteria_too(library: RasterLibrary):
    inside = screen(library, criterion=[{"inside": [WEST]}])
    outside = screen(library, criterion=[{"outside": [WEST]}])
    assert inside.funnel[1].by_area[EAST] == pytest.approx(0, abs=15)
    assert outside.funnel[1].km2 + inside.funnel[1].km2 == pytest.approx(inside.funnel[0].km2)
    far = screen(
        library, {0: [Place(name="", lon=109.5, lat=39.3)]},
        criterion=[{"distance_to": "points", "points": [[109.5, 39.3]], "at_least_km": 10}],
    )  # fmt: skip
    assert far.funnel[0].km2 - far.funnel[1].km2 == pytest.approx(np.pi * 100, rel=0.01)


def test_classes_are_chosen_by_number(library: RasterLibrary):
    result = screen(library, criterion=[{"raster": "classes", "classes": [20], "nodata": "exclude"}])
    assert result.funnel[1].by_area[WEST] == pytest.approx(0, abs=15)
    assert result.funnel[1].by_area[EAST] == pytest.approx(result.funnel[0].by_area[EAST], rel=0.01)


def test_patches_below_the_smallest_size_are_dropped():
    patches = np.array([[1, 1, 0, 2], [1, 0, 0, 0], [0, 0, 3, 3]], dtype=np.int32)
    np.testing.assert_array_equal(drop_small(patches, 3), [[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]])
    np.testing.assert_array_equal(drop_small(patches, 2), [[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 2, 2]])


def test_corners_join_for_the_queen_and_part_for_the_rook(library: RasterLibrary):
    from geoapp.raster.siting.screen import _patches

    diagonal = np.eye(4, dtype=np.float32)
    assert (_patches(diagonal, "queen").max(), _patches(diagonal, "rook").max()) == (1, 4)


def test_what_is_written_can_be_opened_and_agrees_with_the_report(library: RasterLibrary, tmp_path: Path):
    result = screen(
        library, title="试算", min_area_km2=5,
        criterion=[{"raster": "east", "at_least": 125, "at_most": 170, "nodata": "exclude"}],
    )  # fmt: skip
    written = write_result(result, tmp_path / "out", "zh")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in written)
    told = json.loads((tmp_path / "out" / "report.json").read_bytes())
    patches = json.loads((tmp_path / "out" / "patches.geojson").read_bytes())
    assert told["patches"] == len(patches["features"]) == 1
    (feature,) = patches["features"]
    assert feature["properties"]["area_km2"] == pytest.approx(told["funnel"][-1]["km2"], rel=1e-6)
    shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    assert shape.is_valid
    assert km2(shape) == pytest.approx(told["funnel"][-1]["km2"], rel=0.003)
    assert [each["step"] for each in told["funnel"]] == ["范围", "east ≥ 125 ≤ 170 kWh/(m²·a)", "连片不小于5 km²"]
    assert (told["rasters"][0]["date"], told["rasters"][0]["cell_m"]) == ("2020", 1000)
    with rasterio.open(tmp_path / "out" / "inclusion.tif") as made:
        cells = made.read(1)
        assert (cells == 100).sum() * result.grid.cell_km2 == pytest.approx(told["funnel"][-1]["km2"])
        assert made.nodata == 255


@pytest.mark.parametrize(
    ("criterion", "sentence"),
    [
        ({"raster": "dem5", "measure": "slope", "at_most": 3, "nodata": "exclude"},
         "criterion 1: slope from dem5 means nothing: its cells are 9,277 m (add a height model with cells of 100 m"),
        ({"raster": "east", "measure": "slope", "at_most": 3, "nodata": "exclude"},
         "slope needs heights in m; east is in kWh/(m²·a)"),
        ({"raster": "clear-sky", "at_least": 1800, "nodata": "exclude"},
         "clear-sky is a theoretical upper bound that ranks cloudy places too high, not a resource"),
        ({"raster": "classes", "at_least": 1, "nodata": "exclude"}, "classes holds classes, not numbers"),
        ({"raster": "east", "classes": [1], "nodata": "exclude"}, "east holds numbers, not classes"),
        ({"raster": "far", "at_least": 1, "nodata": "exclude"}, "raster far has no data anywhere in the screened"),
        ({"distance_to": "parks", "at_most_km": 5}, "no parks is known to its site or town"),
    ],
)  # fmt: skip
def test_nonsense_is_refused(library: RasterLibrary, criterion: dict[str, object], sentence: str):
    with pytest.raises(InvalidData) as caught:
        screen(library, criterion=[criterion])
    assert sentence in str(caught.value)


def test_an_unknown_raster_is_named(library: RasterLibrary):
    with pytest.raises(NotFound, match="no raster has the id 'wind'; published are classes, clear-sky"):
        screen(library, criterion=[{"raster": "wind", "at_least": 5, "nodata": "exclude"}])


def test_a_grid_too_fine_is_refused_with_one_that_works(library: RasterLibrary):
    with pytest.raises(InvalidData, match=r"10 m gives [\d,]+ cells; at most 25,000,000 \(use 50 m or more"):
        screen(library, resolution_m=10, criterion=[{"inside": [WEST]}])


@pytest.mark.parametrize(
    ("criterion", "sentence"),
    [
        ({"raster": "east", "at_least": 1}, 'nodata is missing: say "exclude" or "keep"'),
        ({"raster": "east", "nodata": "keep"}, "give at_least and/or at_most"),
        ({"raster": "east", "at_least": 5, "at_most": 1, "nodata": "keep"}, "at_least 5 is above at_most 1"),
        ({"raster": "east", "inside": ["1"]}, "this one has raster, inside"),
        ({}, "this one has none"),
        ({"distance_to": "parks"}, "give at_most_km and/or at_least_km"),
        ({"distance_to": "points", "at_most_km": 3}, "points = [[lon, lat], …] belongs to"),
        ({"distance_to": "parks", "types": ["hydropower"], "at_most_km": 3}, "types belongs to"),
        ({"raster": "east", "atleast": 5}, "criterion 1, atleast: Extra inputs are not permitted"),
    ],
)
def test_faults_of_a_spec_are_sentences(criterion: dict[str, object], sentence: str):
    with pytest.raises(InvalidData) as caught:
        check_spec({"regions": ["150600"], "criterion": [criterion]}, "spec.toml")
    assert str(caught.value).startswith("spec.toml: 1 fault(s)")
    assert sentence in str(caught.value)


def test_coarse_layers_and_idle_criteria_are_called_out(library: RasterLibrary):
    result = screen(library, criterion=[{"raster": "dem5", "at_most": 5000, "nodata": "exclude"}])
    told = report(result, "zh")["warnings"]
    assert told[0] == "“dem5”只作背景，误差大，这一条件只能当作粗略限制"
    assert told[1].startswith("“dem5”的格网为9,277米，筛选格网为250米")
    assert told[2] == "条件“dem5”没有排除任何地方：图层的全部数值都满足"


def test_slope_of_a_plane_is_its_slope():
    rows, columns = np.mgrid[0:12, 0:10].astype(np.float64)
    heights = columns * 30 * np.tan(np.radians(7))
    found = slope_degrees(heights, np.full(10, 30.0), 30.0)
    np.testing.assert_allclose(found, 7, atol=1e-9)
    tilted = slope_degrees(rows * 3 + columns * 4, np.full(10, 10.0), 10.0)
    np.testing.assert_allclose(tilted, np.degrees(np.arctan(0.5)), atol=1e-9)


def test_slope_is_taken_from_the_fine_cells(library: RasterLibrary, tmp_path: Path):
    """A saw of 30 m cells is flat on average and steep everywhere: averaging heights first would hide it."""
    saw = np.tile(np.array([0, 20, 40, 20] * 500, dtype=np.float32), (2000, 1))
    write_raster(tmp_path / "saw.tif", saw, transform=from_origin(109.0, 39.6, 0.0003, 0.0003), nodata=-9999)
    write_catalogue(tmp_path, [record("saw", "saw.tif", unit="m", cell_m=31, limits=(0, 40))])
    fresh = RasterLibrary(tmp_path, "e")
    criterion = {"raster": "saw", "measure": "slope", "at_most": 3, "nodata": "exclude"}
    steep = screen(fresh, criterion=[criterion])
    assert steep.funnel[1].km2 == 0
    gentle = screen(fresh, criterion=[{**criterion, "at_most": 60}])
    assert gentle.funnel[1].by_area[WEST] == pytest.approx(km2(AREAS[WEST]), rel=0.02)
