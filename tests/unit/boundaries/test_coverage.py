"""Coverage steps on small polygons."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geoapp.boundaries import coverage
from geoapp.boundaries.frykit import GRID
from tests.data.shapes_builders import cell

Array = coverage.Geometries


def array(*shapes: shapely.Geometry) -> Array:
    result = np.empty(len(shapes), dtype=object)
    result[:] = shapes
    return result


def test_cleaning_removes_an_overlap_and_keeps_number_and_order() -> None:
    cleaned = coverage.clean(array(shapely.box(0, 0, 1.001, 1), shapely.box(1, 0, 3, 1)))
    assert shapely.coverage_is_valid(cleaned)
    assert [round(shape.bounds[2]) for shape in cleaned] == [1, 3]


def test_cleaning_closes_slivers_but_keeps_lagoons() -> None:
    sliver, lagoon = shapely.box(0.4, 0.4, 0.6, 0.402), shapely.box(1.4, 0.4, 1.6, 0.6)
    cleaned = coverage.clean(array(shapely.box(0, 0, 1, 1) - sliver, shapely.box(1, 0, 2, 1) - lagoon))
    assert [shapely.get_num_interior_rings(shape) for shape in cleaned] == [0, 1]


def test_cleaned_vertices_lie_on_the_grid_of_the_source() -> None:
    slanted = shapely.Polygon([(0, 0), (1.0003, 0), (0.9997, 1), (0, 1)])
    crossing = shapely.Polygon([(1, 0), (2, 0), (2, 1), (1.0001, 1)])  # the two edges cross at 3/7 of their height
    xy = shapely.get_coordinates(coverage.clean(array(slanted, crossing)))
    assert np.allclose(xy / GRID, np.round(xy / GRID), rtol=0, atol=1e-3)


def test_simplifying_drops_inner_bends_and_keeps_the_outer_border() -> None:
    zigzag = [(1 + 0.002 * (n % 2), 0.01 * n) for n in range(101)]
    coast = [(0.002 * (n % 2), 1 - 0.01 * n) for n in range(101)]
    full = array(shapely.Polygon([*zigzag, *coast]), shapely.Polygon([*zigzag, (2, 1), (2, 0)]))
    low = coverage.simplify(full)
    assert shapely.coverage_union_all(low).equals(shapely.coverage_union_all(full))
    shared = [shapely.get_num_coordinates(shapely.line_merge(shapely.intersection(*pair))) for pair in (full, low)]
    assert shared[0] == 101
    assert shared[1] < 20


def test_dissolving_gives_one_polygon_for_each_code_in_the_order_asked() -> None:
    cells = array(cell(0, 0), cell(1, 0), cell(2, 0))
    dissolved = coverage.dissolve(cells, ["b", "a", "b"], ["a", "b"])
    assert dissolved[0].equals(cells[1])
    assert dissolved[1].area == pytest.approx(cells[0].area + cells[2].area)


def test_a_label_inside_stays_and_one_outside_moves_in() -> None:
    ring = shapely.box(0, 0, 3, 3) - shapely.box(1, 1, 2, 2)
    both = array(ring, ring)
    labels = coverage.label_points(np.array([[0.5, 0.5], [1.5, 1.5]]), both, both)
    assert labels[0].tolist() == [0.5, 0.5]
    assert shapely.contains_xy(ring, *labels[1])


def test_a_label_lies_inside_both_details() -> None:
    full, low = array(shapely.box(0, 0, 3, 1)), array(shapely.box(2, 0, 9, 1))
    label = coverage.label_points(np.array([[0.5, 0.5]]), full, low)[0]
    assert 2 < label[0] < 3


def test_a_missing_label_is_made() -> None:
    square = array(shapely.box(0, 0, 1, 1))
    assert shapely.contains_xy(square[0], *coverage.label_points(np.array([[np.nan, np.nan]]), square, square)[0])


def test_areas_are_those_of_the_ellipsoid() -> None:
    tiles = array(*(shapely.segmentize(shapely.box(84, south, 85, south + 1), 0.01) for south in (20, 40, 50)))
    geodesic = [abs(Geod(ellps="WGS84").geometry_area_perimeter(tile)[0]) / 1e6 for tile in tiles]
    assert coverage.area_km2(tiles) == pytest.approx(geodesic, abs=0.2)
