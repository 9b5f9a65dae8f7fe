from pathlib import Path

import numpy as np
import pytest
import shapely
from rasterio.transform import from_origin

from geoapp.model.region import Adcode
from geoapp.raster.zonal import statistics
from geoapp.raster.zonal.statistics import weighted_median, zonal_values
from tests.data.raster_builders import NORTH, WEST, write_raster

A, B = Adcode("150621"), Adcode("150622")
CELL = 0.05


def weights(cells: np.ndarray, polygon: shapely.Geometry) -> np.ndarray:
    """Area of every cell inside a polygon on the sphere, cell by cell with shapely: the slow, plain way."""
    found = np.zeros(cells.shape)
    for row in range(cells.shape[0]):
        for column in range(cells.shape[1]):
            north, west = NORTH - row * CELL, WEST + column * CELL
            cell = shapely.box(west, north - CELL, west + CELL, north)
            part = shapely.area(shapely.intersection(cell, polygon)) / CELL**2
            belt = np.sin(np.radians(north)) - np.sin(np.radians(north - CELL))
            found[row, column] = part * belt * np.radians(CELL) * statistics.SPHERE_KM**2
    return found


@pytest.fixture
def surface() -> np.ndarray:
    return np.random.default_rng(7).integers(900, 1500, (40, 40)).astype(np.float32)


POLYGON = shapely.Polygon([(106.31, 40.77), (107.52, 40.61), (107.33, 39.42), (106.87, 39.81), (106.44, 39.38)])


def test_the_mean_is_that_of_the_parts_of_cells_inside(tmp_path: Path, surface: np.ndarray):
    path = write_raster(tmp_path / "x.tif", surface)
    found = zonal_values(path, "values", {A: POLYGON})[A]
    area = weights(surface, POLYGON)
    touched = surface[area > 0]
    assert found.mean == pytest.approx((area * surface).sum() / area.sum(), abs=1e-6 * 1200)
    assert (found.minimum, found.maximum) == (touched.min(), touched.max())
    assert found.share == 1.0
    assert found.cells == pytest.approx(POLYGON.area / CELL**2, rel=1e-6)


def test_constant_and_sloping_surfaces_have_the_means_of_a_textbook(tmp_path: Path):
    even = write_raster(tmp_path / "even.tif", np.full((40, 40), 6.25, dtype=np.float32))
    box = shapely.box(106.2, 39.6, 107.4, 40.4)
    assert zonal_values(even, "values", {A: box})[A].mean == pytest.approx(6.25, abs=1e-6)
    east = np.tile(np.arange(40, dtype=np.float32), (40, 1))
    slope = write_raster(tmp_path / "slope.tif", east)
    found = zonal_values(slope, "values", {A: box})[A]
    assert found.mean == pytest.approx(np.arange(4, 28).mean(), abs=1e-6)
    assert (found.median, found.minimum, found.maximum) == (pytest.approx(15.5, abs=0.5), 4, 27)


def test_a_district_smaller_than_a_cell_gets_its_value(tmp_path: Path, surface: np.ndarray):
    path = write_raster(tmp_path / "x.tif", surface)
    tiny = shapely.box(106.01, 40.96, 106.02, 40.97)
    found = zonal_values(path, "values", {A: tiny})[A]
    assert found.mean == pytest.approx(float(surface[0, 0]), abs=1e-6 * 1500)
    assert found.cells == pytest.approx(0.04, rel=1e-4)


def test_no_data_is_never_zero(tmp_path: Path, surface: np.ndarray):
    surface[:, 20:] = -9999
    path = write_raster(tmp_path / "x.tif", surface, nodata=-9999)
    half, none, outside = (
        shapely.box(106.5, 39.5, 107.5, 40.5),
        shapely.box(107.2, 39.5, 107.8, 40),
        shapely.box(80, 40, 81, 41),
    )
    found = zonal_values(path, "values", {A: half, B: none, Adcode("654201"): outside})
    assert found[A].share == pytest.approx(0.5, abs=1e-4)
    assert found[A].mean is not None
    assert found[A].minimum is not None
    assert found[A].minimum >= 900
    for code in (B, Adcode("654201")):
        empty = found[code]
        assert (empty.mean, empty.minimum, empty.maximum, empty.median) == (None, None, None, None)
        assert (empty.share, empty.cells) == (0.0, 0.0)


def test_scaled_integers_give_the_values_they_stand_for(tmp_path: Path):
    import rasterio

    path = write_raster(tmp_path / "x.tif", np.full((40, 40), 2500, dtype=np.int16), nodata=-32768)
    with rasterio.open(path, "r+") as file:
        file.scales, file.offsets = (0.001,), (3.5,)
    assert zonal_values(path, "values", {A: POLYGON})[A].mean == pytest.approx(6.0, abs=1e-6)


def test_polygons_go_to_the_system_of_the_raster(tmp_path: Path):
    """An Albers raster read with polygons in degrees is the trap: it gives NaN and a mere warning."""
    from pyproj import Transformer

    albers = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +ellps=GRS80 +units=m"
    grid = np.arange(600, dtype=np.float32)
    cells = np.tile(grid, (600, 1))
    x, y = Transformer.from_crs(4326, albers, always_xy=True).transform(106.9, 40.1)
    path = write_raster(
        tmp_path / "a.tif", cells, crs=albers, transform=from_origin(x - 150_000, y + 150_000, 500, 500)
    )
    found = zonal_values(path, "values", {A: POLYGON})[A]
    to_albers = Transformer.from_crs(4326, albers, always_xy=True).transform
    moved = shapely.transform(POLYGON, lambda xy: np.column_stack(to_albers(xy[:, 0], xy[:, 1])))
    # The mean of a plane over a polygon is its value at the centroid; cells hold their middle.
    expected = (moved.centroid.x - (x - 150_000)) / 500 - 0.5
    assert found.mean == pytest.approx(expected, abs=1e-3)
    assert found.share == pytest.approx(1.0, abs=1e-4)


def test_classes_give_the_commonest_and_no_mean(tmp_path: Path):
    cells = np.full((40, 40), 10, dtype=np.uint8)
    cells[:12] = 30
    path = write_raster(tmp_path / "c.tif", cells, nodata=255)
    found = zonal_values(path, "classes", {A: shapely.box(106, 39, 108, 41)})[A]
    assert (found.majority, found.mean, found.median) == (10, None, None)
    assert found.share == 1.0


def test_medians_of_large_regions_come_from_an_overview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    import rasterio
    from rasterio.enums import Resampling

    rows = np.repeat(np.arange(64, dtype=np.float32)[:, None] ** 2, 64, axis=1)
    path = write_raster(tmp_path / "x.tif", rows, tiled=True, blockxsize=16, blockysize=16)
    with rasterio.open(path, "r+") as file:
        file.build_overviews([2, 4], Resampling.average)
    region = {A: shapely.box(106, NORTH - 3.2, 109.2, NORTH)}
    exact = zonal_values(path, "values", region)[A]
    monkeypatch.setattr(statistics, "MEDIAN_CELLS", 300)
    rough = zonal_values(path, "values", region)[A]
    assert (rough.mean, rough.minimum, rough.maximum, rough.cells) == (
        exact.mean, exact.minimum, exact.maximum, exact.cells,
    )  # fmt: skip
    assert rough.median is not None
    assert rough.median != exact.median
    assert exact.median == pytest.approx(31.5**2, abs=32)
    assert rough.median == pytest.approx(exact.median, rel=0.1)


def test_the_median_parts_the_covered_cells_in_halves():
    assert weighted_median(np.array([3.0, 1.0, 2.0]), np.ones(3)) == 2.0
    assert weighted_median(np.array([4, 1, 2, 3], dtype=np.int16), np.ones(4, dtype=np.float32)) == 2.5
    assert weighted_median(np.array([1.0, 2.0, 9.0]), np.array([0.1, 0.1, 1.0])) == 9.0
    assert weighted_median(np.array([7.0]), np.array([0.3])) == 7.0
    assert weighted_median(np.array([]), np.array([])) is None


def test_the_median_is_that_of_the_cells_with_data_and_their_parts(tmp_path: Path, surface: np.ndarray):
    surface[:, 20:] = -9999
    path = write_raster(tmp_path / "x.tif", surface, nodata=-9999)
    box = shapely.box(106.525, 39.5, 107.5, 40.5)  # half of its first column, and a half without data
    found = zonal_values(path, "values", {A: box})[A]
    inside = surface[10:30, 10:20]
    parts = np.ones(inside.shape)
    parts[:, 0] = 0.5
    order = np.argsort(inside.ravel())
    below = np.cumsum(parts.ravel()[order]) / parts.sum()
    assert found.median == inside.ravel()[order][np.searchsorted(below, 0.5)]


def test_batches_do_not_change_a_number(tmp_path: Path, surface: np.ndarray, monkeypatch: pytest.MonkeyPatch):
    path = write_raster(tmp_path / "x.tif", surface)
    shapes = {Adcode(f"15{n:04d}"): shapely.box(106 + n / 10, 39.2, 106.17 + n / 10, 40.9) for n in range(15)}
    whole = zonal_values(path, "values", shapes)
    monkeypatch.setattr(statistics, "BATCH_CELLS", 100)
    assert zonal_values(path, "values", shapes) == whole


def test_no_polygons_no_values(tmp_path: Path, surface: np.ndarray):
    assert zonal_values(write_raster(tmp_path / "x.tif", surface), "values", {}) == {}
