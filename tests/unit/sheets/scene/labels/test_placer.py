"""The placer, measured on the eight areas of the research: nothing dropped, nothing over anything."""

import pytest
import shapely

from geoapp.sheets.scene.areas import symbols_of
from geoapp.sheets.scene.labels.around import NOT_DIVISIONS
from geoapp.sheets.scene.primitives import Circle

PREFECTURES = ("150600", "654200", "640200", "620600")
PROVINCES = ("620000", "650000", "150000", "410000")
EIGHT = [f"region={code}" for code in PREFECTURES] + [f"region={code}&level=county" for code in PROVINCES]
CROWDED = ["region=130000&level=county", "region=510000&level=county&layers=none", "region=650000&year=2015"]
SHEETS = [{}, {"paper": "a4", "orientation": "portrait"}, {"width": "900", "height": "700"}]


def boxes_of(laid):
    """Every box with words in it: labels, names of points, names of neighbours, furniture."""
    labels = laid.labels
    around = labels.around
    words = [each.box for each in (*labels.placed, *labels.names, *around.beside)]
    words += [box for box, _ in (*around.inside, *around.abroad)]
    return words + laid.canvas.layout.boxes


@pytest.mark.parametrize("query", EIGHT + CROWDED)
def test_no_label_is_dropped_and_none_lies_over_another(map_of, query):
    laid = map_of(query)
    resolved = laid.canvas.resolved
    assert sorted(each.label.area.region.adcode for each in laid.labels.placed) == sorted(
        area.region.adcode for area in resolved.areas if area.region.adcode not in NOT_DIVISIONS
    )
    boxes = boxes_of(laid)
    overlaps = [(one, two) for number, one in enumerate(boxes) for two in boxes[:number] if one.meets(two)]
    assert overlaps == []
    assert all(laid.canvas.window.grown(0.01).holds(box) for box in boxes)


@pytest.mark.parametrize("query", EIGHT + CROWDED)
def test_a_label_outside_its_area_has_a_leader_from_it(map_of, query):
    laid = map_of(query)
    for each in laid.labels.placed:
        area = shapely.make_valid(laid.canvas.shapes[each.label.area.region.adcode])
        inside = shapely.area(shapely.intersection(area, shapely.box(*each.box))) / (each.box.width * each.box.height)
        if each.leader is None:
            assert inside > 0.84, f"{each.label.name}: only {inside:.0%} inside"
        else:
            assert shapely.distance(area, shapely.Point(each.anchor)) < 2.0
            assert shapely.distance(shapely.box(*each.box), shapely.Point(each.leader)) < 0.01


@pytest.mark.parametrize("sheet", SHEETS, ids=["screen", "portrait", "small"])
def test_every_sheet_keeps_the_promise(map_of, sheet):
    laid = map_of("region=150600", **sheet)
    boxes = boxes_of(laid)
    assert len(laid.labels.placed) == 9
    assert not any(one.meets(two) for number, one in enumerate(boxes) for two in boxes[:number])


def test_many_small_areas_get_numbers_and_a_key(map_of, scene_of):
    laid = map_of("region=410000&level=county&layers=none")
    numbers = [each.number for each in laid.labels.placed if each.number]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert len(numbers) > 30
    scene = scene_of("region=410000&level=county&layers=none")
    key = next(group for group in scene.groups if group.id == "key")
    words = {item.text for item in key.items}
    assert {each.label.name for each in laid.labels.placed if each.number} <= words
    assert max(item.y for item in key.items) < laid.outer.y1
    right = laid.labels.key_width(laid.outer, laid.canvas.scale)
    assert right <= laid.key


def test_a_few_small_areas_are_called_out(map_of):
    laid = map_of("region=150600")
    assert not any(each.number for each in laid.labels.placed)
    assert {each.label.name for each in laid.labels.placed if each.how == "callout"} <= {"康巴什区", "东胜区"}


def test_a_national_sheet_names_only_what_it_shows(map_of):
    names = {each.label.name for each in map_of("region=100000").labels.placed}
    assert {"鄂尔多斯市", "塔城地区", "石嘴山市", "武威市"} <= names
    assert len(names) < 20


def test_the_same_view_is_labelled_the_same(atlas, composer):
    from geoapp.sheets.paper import Sheet

    resolved = atlas.show(atlas.view([("region", "650000"), ("year", "2015")]))
    one, two = (composer.map(resolved, Sheet()).labels.placed for _ in range(2))
    assert [(each.label.name, each.box) for each in one] == [(each.label.name, each.box) for each in two]


@pytest.mark.parametrize("query", [*EIGHT, "region=650000&year=2015", "region=650000&year=2015&layers=none"])
def test_no_leader_crosses_a_label(map_of, query):
    laid = map_of(query)
    words = [*laid.labels.placed, *laid.labels.names]
    crossed = [
        (one.label.name if one.label else "", other.label.name if other.label else "")
        for one in words
        if one.leader is not None
        for other in words
        if other is not one and shapely.crosses(shapely.LineString([one.anchor, one.leader]), shapely.box(*other.box))
    ]
    throngs = {
        "region=650000&level=county": 1,
        "region=150000&level=county": 5,
    }  # districts of a few square millimetres
    assert len(crossed) <= throngs.get(query, 0), crossed


def test_depth_is_the_steps_to_the_nearest_cell_outside():
    import numpy as np

    from geoapp.sheets.scene.labels.grid import depths

    mask = np.random.default_rng(3).random((23, 31)) < 0.9
    rows, columns = np.nonzero(~np.pad(mask, 1))
    for row, column in np.argwhere(mask):
        steps = np.abs(rows - row - 1) + np.abs(columns - column - 1)
        assert depths(mask)[row, column] == steps.min()
    assert not depths(mask)[~mask].any()


AMOUNTS = ["region=100000&indicator=cut_cod&layers=none", "region=150600&indicator=d_project_count"]


@pytest.mark.parametrize("query", AMOUNTS)
def test_a_leader_to_an_area_with_a_circle_ends_at_the_circle(map_of, query):
    laid = map_of(query)
    circles = {each.adcode: each for each in symbols_of(laid.canvas)}
    called = [each for each in laid.labels.placed if each.leader and each.label.area.region.adcode in circles]
    for each in called:
        circle = circles[each.label.area.region.adcode]
        assert each.anchor == (circle.x, circle.y)
    assert called or "150600" in query


LED = ["region=650000&year=2015", "region=100000", "region=100000&indicator=cut_cod"]


@pytest.mark.parametrize("sheet", SHEETS, ids=["screen", "portrait", "small"])
@pytest.mark.parametrize("query", [*EIGHT[:4], *LED])
def test_leaders_do_not_cross(map_of, query, sheet):
    labels = map_of(query, **sheet).labels
    placed = (*labels.placed, *labels.names, *labels.around.beside)
    lines = [shapely.LineString([each.anchor, each.leader]) for each in placed if each.leader]
    assert not any(one.crosses(two) for number, one in enumerate(lines) for two in lines[:number])


@pytest.mark.parametrize("query", EIGHT[:4])
def test_a_mark_in_an_area_lies_in_no_neighbour(map_of, query):
    """Of a small banner too: a mark over the border would be another's."""
    canvas = map_of(query).canvas
    for each in map_of(query).labels.placed:
        if each.how != "inside":
            continue
        own = each.label.area.region.adcode
        drawn = each.block.draw(each.box, "#000000", "", 0.0)
        marks = [item for item in drawn if isinstance(item, Circle) and item.fill == "#ffffff"]
        others = [shape for code, shape in canvas.shapes.items() if code != own and not shapely.is_empty(shape)]
        for mark in marks:
            disc = shapely.Point(mark.x, mark.y)
            assert not any(shapely.contains(shapely.make_valid(other), disc) for other in others), own
