"""What is drawn is measured: lengths, angles, colours and places of the sheet against the ground it stands for."""

import re
from functools import cache, reduce
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geoapp.atlas import Atlas
from geoapp.model.region import Level
from geoapp.portrayal import legend, style
from geoapp.portrayal.style import Style
from geoapp.sheets.paint import svg
from geoapp.sheets.paper import read_sheet
from geoapp.sheets.scene.areas import LARGEST, LEAST, symbols_of
from geoapp.sheets.scene.base.base_map import BaseMaps
from geoapp.sheets.scene.base.projection import Equal, Placement, fitted, latitude, longitude, place
from geoapp.sheets.scene.compose import Composer, Map
from geoapp.sheets.scene.fills import fill_of
from geoapp.sheets.scene.furniture.north_arrow import north_angle, north_arrow
from geoapp.sheets.scene.furniture.scale_bar import ScaleBar, nice_length
from geoapp.sheets.scene.primitives import Box, Circle, Group, Path, Scene, Text
from tests.data.world_map import CHENGBEI, DONGHE, JIADONG, county_shapes
from tests.data.world_rows import HOSTILE

GEOD = Geod(ellps="GRS80")
SVG = "{http://www.w3.org/2000/svg}"
VIEWS = (
    "region=910100&year=2025",
    "region=910000&year=2025&level=prefecture",
    "region=910000&year=2025&level=county",
    "region=910100&year=2025&indicator=wind_capacity",
    "region=910200&year=2025&layers=none",
    "region=910121&year=2025",
    "region=100000&year=2025",
)
SHEETS: tuple[dict[str, str], ...] = (
    {},
    {"paper": "a4", "orientation": "portrait"},
    {"width": "1000", "height": "800"},
)


class Drawn:
    """A view on a sheet: laid out, composed, and as the SVG that a reader gets."""

    def __init__(self, atlas: Atlas, query: str, given: dict[str, str]) -> None:
        composer = Composer(atlas.dataset, BaseMaps(atlas.store, atlas.gazetteer), atlas.rasters)
        resolved, sheet = atlas.show(atlas.view(parse_qsl(query))), read_sheet(given, "svg")
        self.resolved = resolved
        self.laid: Map = composer.map(resolved, sheet)
        self.scene: Scene = composer.compose(resolved, sheet)
        self.svg = ElementTree.fromstring(svg.paint(self.scene))

    @property
    def placement(self) -> Placement:
        return self.laid.canvas.layout.placement

    @property
    def projection(self) -> Equal:
        return self.laid.canvas.base.projection

    def group(self, name: str) -> ElementTree.Element:
        found = self.svg.find(f"{SVG}g[@id='{name}']")
        assert found is not None, name
        return found

    def items(self, name: str) -> Group:
        return next(group for group in self.scene.groups if group.id == name)

    def ground(self, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude of a point of the sheet."""
        lon, lat = self.projection.inverse(self.placement.plane(np.array([[x, y]])))[0]
        return float(lon), float(lat)


@pytest.fixture(scope="module")
def drawn(world_atlas: Atlas):
    @cache
    def draw(query: str, **sheet: str) -> Drawn:
        return Drawn(world_atlas, query, sheet)

    return draw


def rings(data: str) -> list[np.ndarray]:
    """The points of an SVG path, read as the SVG specification says (M, l, h, v, H, V and z are what we write)."""
    found: list[list[tuple[float, float]]] = []
    x = y = 0.0
    for command, numbers in re.findall(r"([MlLhHvVzZ])([^MlLhHvVzZ]*)", data):
        values = [float(each) for each in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", numbers)]
        if command == "M":
            found.append([])
        for at in range(0, len(values), 2 if command in "MlL" else 1):
            if command in "ML":
                x, y = values[at], values[at + 1]
            elif command == "l":
                x, y = x + values[at], y + values[at + 1]
            elif command in "hH":
                x = values[at] + (x if command == "h" else 0)
            else:
                y = values[at] + (y if command == "v" else 0)
            found[-1].append((x, y))
    return [np.array(each) for each in found]


def paths(element: ElementTree.Element) -> list[tuple[ElementTree.Element, list[np.ndarray]]]:
    return [(each, rings(each.get("d", ""))) for each in element.findall(f"{SVG}path")]


# Lengths


@pytest.mark.parametrize("sheet", SHEETS, ids=["screen", "portrait", "small"])
@pytest.mark.parametrize("query", VIEWS)
def test_the_scale_bar_is_as_long_as_it_says(drawn, query: str, sheet: dict[str, str]) -> None:
    """Its two halves, end to end, against the geodesic between the places under its ends."""
    sheet_of = drawn(query, **sheet)
    halves = [each[0] for _, each in paths(sheet_of.group("scale-bar"))]
    assert len(halves) == 2
    widths = [np.ptp(ring[:, 0]) for ring in halves]
    assert widths[0] == pytest.approx(widths[1], abs=0.03)
    left, right = halves[0][:, 0].min(), halves[1][:, 0].max()
    middle = sheet_of.placement.plane(np.array([[0.0, 0.0], [right - left, 0.0]]))
    on_paper = float(np.hypot(*(middle[1] - middle[0])))
    numbers = [float(each.text or "") for each in sheet_of.group("scale-bar").findall(f"{SVG}text")[:3]]
    assert numbers == [0, numbers[2] / 2, numbers[2]]
    assert on_paper == pytest.approx(numbers[2], rel=0.005)
    assert f"{numbers[2]:.0e}"[0] in "125"


@pytest.mark.parametrize(
    ("most", "nice"),
    [(1, 1), (1.99, 1), (2, 2), (4.9, 2), (5, 5), (9.9, 5), (10, 10), (0.6, 0.5), (340, 200), (999, 500)],
)
def test_round_lengths(most: float, nice: float) -> None:
    assert nice_length(most) == pytest.approx(nice)


@pytest.mark.parametrize("kilometres", [1.0, 20.0, 500.0])
def test_a_bar_reaches_from_end_to_end_and_marks_its_half(kilometres: float) -> None:
    group = ScaleBar(20, 180, 40, kilometres, "zh", Style(0.5)).draw()
    first, second = (each for each in group.items if isinstance(each, Path))
    words = [each for each in group.items if isinstance(each, Text)]
    assert [float(each.text) for each in words[:3]] == [0, kilometres / 2, kilometres]
    ends = [first.lines[0][:, 0].min(), first.lines[0][:, 0].max(), second.lines[0][:, 0].max()]
    assert [each.x for each in words[:3]] == pytest.approx(ends)
    assert ends == pytest.approx([20, 100, 180])
    assert words[3].x > ends[2]
    assert (first.fill, second.fill) == (style.INK, style.PAPER)
    assert first.lines[0][:, 1].max() == 40
    assert all(each.y < first.lines[0][:, 1].min() for each in words)


@pytest.mark.parametrize("query", VIEWS)
def test_areas_are_drawn_where_they_lie_and_as_large_as_they_are(drawn, world_atlas: Atlas, query: str) -> None:
    sheet_of = drawn(query)
    window = shapely.box(*sheet_of.laid.canvas.window)
    level = sheet_of.resolved.view.level
    shapes = world_atlas.store.geometry(level, "full")
    found = {each.get("id"): lines for each, lines in paths(sheet_of.group("areas")) if each.get("id")}
    scale = sheet_of.placement.scale
    for area in sheet_of.resolved.areas:
        lines = found.get(f"area-{area.region.adcode}")
        if lines is None:
            continue
        on_sheet = reduce(shapely.symmetric_difference, map(shapely.Polygon, lines))
        points = shapely.transform(
            shapes[area.region.adcode], lambda xy: sheet_of.placement.points(sheet_of.projection.forward(xy))
        )
        if not shapely.contains(window, points):
            continue
        assert shapely.hausdorff_distance(on_sheet, points) < 1.2
        true = abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(shapes[area.region.adcode]))[0]) / 1e6
        assert on_sheet.area / scale**2 == pytest.approx(true, rel=0.02)


# North


@pytest.mark.parametrize("angle", [0.0, 0.1, -0.1, 0.5, -0.5, 1.2])
def test_the_arrow_points_the_way_it_is_turned(angle: float) -> None:
    group = north_arrow(Box(0, 0, 20, 60), angle, "zh", Style(0.5))
    whole, half = (each for each in group.items if isinstance(each, Path))
    tip, right, notch, left = whole.lines[0]
    way = tip - notch
    assert np.arctan2(way[0], -way[1]) == pytest.approx(angle), "clockwise from up"
    assert np.hypot(*(tip - left)) == pytest.approx(np.hypot(*(tip - right)))
    assert half.lines[0].tolist() == [tip.tolist(), right.tolist(), notch.tolist()]
    assert (whole.fill, half.fill) == (style.INK, style.PAPER)
    (word,) = (each for each in group.items if isinstance(each, Text))
    assert word.text == "北"
    assert word.y < whole.lines[0][:, 1].min() + 60 * abs(np.sin(angle))


@pytest.mark.parametrize("middle", [(80.0, 40.0), (105.0, 36.0), (130.0, 45.0), (125.0, 20.0), (179.5, 38.0)])
def test_the_arrow_shows_true_north_at_the_middle_of_the_map(middle: tuple[float, float]) -> None:
    """Going from the middle of the window along the arrow, one goes along the meridian, northward."""
    projection = fitted((73.0, 3.0, 136.0, 54.0))
    x, y = projection.forward(np.array([middle]))[0]
    placement = Placement(200 - x * 0.1, 150 + y * 0.1, 0.1)
    window = Box(100, 100, 300, 200)
    angle = north_angle(projection, placement, window)
    step = np.array([[200.0, 150.0], [200 + np.sin(angle), 150 - np.cos(angle)]])
    here, there = projection.inverse(placement.plane(step))
    azimuth, _, _ = GEOD.inv(*here, *there)
    assert azimuth == pytest.approx(0.0, abs=0.3)
    assert np.sign(round(angle, 6)) == np.sign(105 - middle[0]), "it leans to the middle meridian"


@pytest.mark.parametrize("query", VIEWS)
def test_the_arrow_of_a_sheet_leans_as_its_meridian(drawn, query: str) -> None:
    sheet_of = drawn(query)
    whole = next(lines[0] for _, lines in paths(sheet_of.group("north")))
    way = whole[0] - whole[2]
    window = sheet_of.laid.canvas.window
    x, y = window.middle
    here, there = sheet_of.ground(x, y), sheet_of.ground(*(np.array([x, y]) + way / np.hypot(*way)))
    azimuth, _, _ = GEOD.inv(*here, *there)
    assert azimuth == pytest.approx(0, abs=0.5)


# Degrees at the frame


@pytest.mark.parametrize("query", VIEWS)
def test_degrees_stand_where_their_lines_leave_the_map(drawn, query: str) -> None:
    sheet_of = drawn(query)
    window = sheet_of.laid.canvas.window
    words = [each for each in sheet_of.items("frame").items if isinstance(each, Text)]
    assert len(words) >= 3
    for word in words:
        value = float(word.text.partition("°")[0]) * (-1 if word.text[-1] in "WS" else 1)
        if word.turn == 0:
            edge = window.y0 if word.y < window.y0 + window.height / 2 else window.y1
            lon, _ = sheet_of.ground(word.x, edge)
            assert lon == pytest.approx(value, abs=0.02)
        else:
            left = word.x < window.x0 + window.width / 2
            assert word.turn == (-90 if left else 90)
            _, lat = sheet_of.ground(window.x0 if left else window.x1, word.y)
            assert lat == pytest.approx(value, abs=0.02)


@pytest.mark.parametrize(("value", "text"), [(109.5, "109.5°E"), (-70.0, "70°W"), (0.0, "0°E")])
def test_longitudes(value: float, text: str) -> None:
    assert longitude(value) == text


@pytest.mark.parametrize(("value", "text"), [(39.0, "39°N"), (-4.25, "4.25°S")])
def test_latitudes(value: float, text: str) -> None:
    assert latitude(value) == text


# Projection


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ((100, 36, 105, 38), ("+proj=laea", "+lat_0=37.0", "+lon_0=102.5")),
        ((178, 37, -178, 38), ("+proj=laea", "+lon_0=-180.0")),
        ((100, 36, 123.9, 38), ("+proj=laea",)),
        ((100, 30, 124, 42), ("+proj=aea", "+lat_1=32", "+lat_2=40", "+lon_0=112.0")),
        ((73, 3, 136, 54), ("+proj=aea", "+lat_1=25.0", "+lat_2=47.0", "+lon_0=105.0")),
        ((73, 3, 113, 54), ("+proj=aea", "+lat_1=12", "+lat_2=46", "+lon_0=93.0")),
    ],
)
def test_the_projection_fits_its_box(box: tuple[float, ...], words: tuple[str, ...]) -> None:
    found = fitted(box)
    assert all(word in found.definition for word in words), found.definition
    points = np.array([[box[0], box[1]], [(box[0] + 1), box[3]]], dtype=float)
    assert np.allclose(found.inverse(found.forward(points)), points, atol=1e-7)


def test_a_ground_is_placed_in_the_middle_of_its_box_and_as_large_as_it_can_be() -> None:
    found = place((0, 0, 100, 50), Box(10, 20, 110, 220))
    assert found.scale == 1
    corners = found.points(np.array([[0.0, 0.0], [100.0, 50.0]]))
    assert corners.tolist() == [[10, 145], [110, 95]]
    assert np.allclose(found.plane(corners), [[0, 0], [100, 50]])
    low = place((0, 0, 100, 50), Box(10, 20, 110, 220), down=1.0)
    assert low.points(np.array([[0.0, 0.0]])).tolist() == [[10, 220]]


# Colours, order, what lies inside what


@pytest.mark.parametrize("query", VIEWS)
def test_every_area_has_the_colour_of_its_legend_line(drawn, query: str) -> None:
    sheet_of = drawn(query)
    lines = {line.key: line for line in legend.entries(sheet_of.resolved)}
    swatches = {each.fill for each in sheet_of.items("legend").items if isinstance(each, Path) and each.fill}
    fills = {each.get("id"): each.get("fill") for each, _ in paths(sheet_of.group("areas")) if each.get("id")}
    for area in sheet_of.resolved.areas:
        drawn_fill = fills.get(f"area-{area.region.adcode}")
        if drawn_fill is None or sheet_of.resolved.indicator.draw == "symbol":
            continue
        line = lines[legend.area_key(area, sheet_of.resolved)]
        assert drawn_fill == fill_of(line.look, line.colour)
        assert drawn_fill in swatches


@pytest.mark.parametrize("query", VIEWS)
def test_the_ground_lies_under_the_areas_and_words_over_everything(drawn, query: str) -> None:
    order = [group.id for group in drawn(query).scene.groups if group.items]
    stack = ("water", "neighbours", "areas", "boundaries", "outline", "labels", "frame", "legend")
    places = [order.index(name) for name in stack if name in order]
    assert places == sorted(places)
    assert {"water", "areas", "frame", "scale-bar", "north", "legend", "title", "sources"} <= set(order)
    assert len(order) == len(set(order))


@pytest.mark.parametrize("sheet", SHEETS, ids=["screen", "portrait", "small"])
@pytest.mark.parametrize("query", VIEWS)
def test_everything_lies_on_the_sheet_and_furniture_over_nothing(drawn, query: str, sheet: dict[str, str]) -> None:
    sheet_of = drawn(query, **sheet)
    layout, laid = sheet_of.laid.canvas.layout, sheet_of.laid
    paper = Box(0, 0, sheet_of.scene.width, sheet_of.scene.height)
    assert paper.holds(laid.outer)
    assert laid.neat.holds(layout.window)
    boxes = layout.boxes
    assert all(layout.window.grown(0.01).holds(box) for box in boxes)
    assert not any(one.meets(two) for number, one in enumerate(boxes) for two in boxes[:number])
    for name, box in (("legend", layout.legend), ("north", layout.north), ("scale-bar", layout.scale)):
        for item in sheet_of.items(name).items:
            if isinstance(item, Path):
                for line in item.lines:
                    assert box.grown(1.5).holds(Box(*line.min(axis=0), *line.max(axis=0))), name
            elif isinstance(item, Circle):
                assert box.grown(1.5).holds(Box(item.x, item.y, item.x, item.y).grown(item.radius))
            elif isinstance(item, Text):
                assert box.grown(1.5).holds(Box(item.x, item.y - item.size * 0.6, item.x, item.y))
    for text in sheet_of.scene.texts():
        assert paper.holds(Box(text.x, text.y - text.size * 0.5, text.x, text.y)), text.text


@pytest.mark.parametrize("query", VIEWS)
def test_furniture_covers_none_of_the_areas(drawn, query: str) -> None:
    canvas = drawn(query).laid.canvas
    if canvas.base.national:
        return
    for shape in canvas.shapes.values():
        for box in canvas.layout.boxes:
            assert shapely.intersection(shapely.make_valid(shape), shapely.box(*box)).area < 1e-6


@pytest.mark.parametrize("sheet", SHEETS, ids=["screen", "portrait", "small"])
@pytest.mark.parametrize("query", VIEWS)
def test_labels_lie_over_no_other_and_leaders_cross_nothing(drawn, query: str, sheet: dict[str, str]) -> None:
    labels = drawn(query, **sheet).laid.labels
    words = [*labels.placed, *labels.names]
    boxes = [each.box for each in words]
    assert not any(one.meets(two) for number, one in enumerate(boxes) for two in boxes[:number])
    leaders = [(each, shapely.LineString([each.anchor, each.leader])) for each in words if each.leader is not None]
    for number, (one, line) in enumerate(leaders):
        assert not any(shapely.crosses(line, other) for _, other in leaders[:number])
        assert not any(shapely.crosses(line, shapely.box(*each.box)) for each in words if each is not one)


# Symbols


def test_circles_are_as_large_as_the_amounts_they_stand_for(drawn) -> None:
    sheet_of = drawn("region=910100&year=2025&indicator=wind_capacity")
    canvas = sheet_of.laid.canvas
    values = {a.region.adcode: a.resolution.target.value for a in sheet_of.resolved.areas if a.resolution.target}
    values[JIADONG] = 100
    amounts = sorted((value for value in values.values() if value), reverse=True)
    found = symbols_of(canvas)
    assert [each.whole for each in found] == [True, False, False, False]
    for symbol, value in zip(found, amounts, strict=True):
        radius = max(LARGEST * (value / 100) ** 0.5, LEAST)
        assert symbol.radius == pytest.approx(canvas.scale.px(radius))
    circles = sheet_of.group("amounts").findall(f"{SVG}circle")
    assert [float(each.get("r", 0)) for each in circles] == pytest.approx([each.radius for each in found], abs=0.006)
    lon, lat = sheet_of.ground(found[1].x, found[1].y)
    assert shapely.contains_xy(county_shapes()[CHENGBEI], lon, lat)


def test_an_exact_point_stands_where_it_is_and_a_coarse_one_with_its_region(drawn) -> None:
    sheet_of = drawn("region=910100&year=2025")
    exact = {each.point.id: each for each in sheet_of.laid.labels.exact}
    assert {each.point.name for each in exact.values()} == {"城北工业园区", "东河水电站"}
    for each in exact.values():
        lon, lat = sheet_of.ground(each.x, each.y)
        assert (lon, lat) == pytest.approx((each.point.lon, each.point.lat), abs=0.001)
    listed = {point.id: each for each in sheet_of.laid.labels.placed for point in each.label.points}
    coarse = [p for p in (*sheet_of.resolved.parks, *sheet_of.resolved.projects) if p.precision == "county"]
    assert coarse
    assert all(listed[point.id].label.area.region.adcode == point.adcode for point in coarse)


# The file


def test_an_svg_says_what_each_area_is_and_runs_nothing(drawn) -> None:
    sheet_of = drawn("region=910100&year=2025")
    assert sheet_of.svg.findtext(f"{SVG}title") == sheet_of.resolved.title.say("zh")
    names = [each.findtext(f"{SVG}title") for each, _ in paths(sheet_of.group("areas")) if each.get("id")]
    assert [name.partition("：")[0] for name in names if name] == [a.region.name for a in sheet_of.resolved.areas]
    width, height = float(sheet_of.svg.get("width", "")[:-2]), float(sheet_of.svg.get("height", "")[:-2])
    assert sheet_of.svg.get("viewBox") == f"0 0 {width:g} {height:g}"
    assert (width, height) == (sheet_of.scene.width, sheet_of.scene.height)
    texts = [each.text or "" for each in sheet_of.svg.iter(f"{SVG}text")]
    assert texts == [each.text for each in sheet_of.scene.texts()]
    assert not [
        each for each in sheet_of.svg.iter() if each.tag.removeprefix(SVG) in ("script", "foreignObject", "a", "use")
    ]


def test_markup_in_a_title_is_only_text(world_atlas: Atlas) -> None:
    given = {"title": f"{HOSTILE}"}
    assert Drawn(world_atlas, f"region={DONGHE}&year=2025", given).svg.findtext(f"{SVG}title") == HOSTILE


def test_levels_of_a_sheet_are_those_asked_for(drawn) -> None:
    assert {area.region.level for area in drawn(VIEWS[2]).resolved.areas} == {Level.COUNTY}
