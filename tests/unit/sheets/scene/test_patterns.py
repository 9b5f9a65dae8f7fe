"""Hatching and dots are inside their area and nowhere else."""

import numpy as np
import pytest
import shapely

from geoapp.sheets.scene import patterns

SQUARE = shapely.box(0, 0, 100, 100)
HOLED = shapely.Polygon(
    [(0, 0), (100, 0), (130, 60), (60, 140), (-20, 70)], holes=[[(20, 20), (60, 30), (50, 70), (25, 60)]]
)


@pytest.mark.parametrize("draw", [patterns.hatch, patterns.rules])
@pytest.mark.parametrize("shape", [SQUARE, HOLED, shapely.MultiPolygon([SQUARE, shapely.box(200, 0, 210, 90)])])
def test_lines_fill_the_area_evenly(draw, shape):
    lines = draw(shape, 2.0)
    assert sum(np.hypot(*(line[1] - line[0])) for line in lines) * 2.0 == pytest.approx(shape.area, rel=0.03)
    inside = shape.buffer(1e-6)
    assert all(inside.contains(shapely.LineString(line)) for line in lines)


def test_neighbours_share_one_grid():
    left, right = (patterns.rules(shapely.box(x, 0, x + 50, 50), 8.0) for x in (0, 50))
    assert [line[0][1] for line in left] == [line[0][1] for line in right]


def test_dots_are_inside():
    dots = patterns.dots(HOLED, 5.0)
    assert len(dots) * 25.0 == pytest.approx(HOLED.area, rel=0.05)
    assert all(shapely.contains_xy(HOLED, *dot[0]) for dot in dots)


def test_a_shape_smaller_than_the_pitch_is_left_plain():
    assert patterns.dots(shapely.box(0.1, 0.1, 0.4, 0.4), 5.0) == ()
    assert patterns.hatch(shapely.Polygon(), 5.0) == ()
