"""The layout: the largest map that no box covers, the same every time."""

import pytest
import shapely

from geoapp.errors import InvalidView
from geoapp.sheets.scene.layout import Furniture, arrange
from geoapp.sheets.scene.primitives import Box

WINDOW = Box(0, 0, 800, 500)
FURNITURE = Furniture(legend=(140, 180), inset=(100, 110), north=(20, 40), scale=(130, 18), gap=8)
SUBJECTS = {
    "square": shapely.box(0, 0, 300, 300),
    "wide": shapely.box(0, 0, 900, 150),
    "tall": shapely.box(0, 0, 100, 900),
    "round": shapely.Point(0, 0).buffer(100),
    "corners": shapely.Polygon([(0, 0), (400, 0), (400, 260), (0, 260)]),
    "bent": shapely.LineString([(0, 0), (0, 300), (500, 300)]).buffer(40),
}


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_nothing_covers_the_subject(subject):
    layout = arrange(WINDOW, subject, FURNITURE)
    placed = shapely.transform(subject, layout.placement.points)
    assert WINDOW.holds(Box(*placed.bounds))
    boxes = layout.boxes
    assert len(boxes) == 4
    for number, box in enumerate(boxes):
        assert WINDOW.holds(box)
        assert not placed.intersects(shapely.box(*box))
        assert not any(box.meets(other) for other in boxes[:number])
    assert arrange(WINDOW, subject, FURNITURE) == layout


def test_a_subject_that_fills_every_corner_gets_a_column_beside_it():
    layout = arrange(WINDOW, SUBJECTS["corners"], FURNITURE)
    left = layout.placement.points(shapely.get_coordinates(SUBJECTS["corners"]))[:, 0].min()
    assert layout.legend.x1 < left or layout.legend.x0 > left


def test_a_sheet_too_small_for_its_legend_is_refused():
    with pytest.raises(InvalidView, match=r"^width: the sheet is too small for its legend"):
        arrange(Box(0, 0, 200, 150), SUBJECTS["square"], FURNITURE)
