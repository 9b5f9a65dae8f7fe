"""TopoJSON for the screen: neighbours keep meeting, islets stay, any choice of features joins."""

import orjson
import shapely

from geoapp.atlas import Atlas
from geoapp.model.region import Adcode, Level
from geoapp.store.topology import encode_arcs, join_topology


def decode(document: bytes) -> dict[str, shapely.MultiPolygon]:
    """Read TopoJSON as its specification says, independently of our encoder."""
    topology = orjson.loads(document)
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    shapes = {}
    for each in topology["objects"]["regions"]["geometries"]:
        parts = [[[point for arc in ring for point in arcs[arc]] for ring in part] for part in each["arcs"]]
        shapes[each["id"]] = shapely.MultiPolygon([(part[0], part[1:]) for part in parts])
    return shapes


def test_polygons_with_holes_and_parts_come_back() -> None:
    holed = shapely.box(0, 0, 4, 4) - shapely.box(1, 1, 2, 2)
    two = shapely.MultiPolygon([holed, shapely.box(6, 6, 7, 7)])
    found = decode(join_topology([(Adcode("100001"), encode_arcs(two, "lo"))], "lo"))
    assert shapely.equals(found["100001"], two)


def test_neighbours_share_their_edge_after_rounding() -> None:
    left = shapely.Polygon([(0, 0), (1.00049, 0.33333), (1.00051, 1), (0, 1)])
    right = shapely.Polygon([(1.00049, 0.33333), (2, 0), (2, 1), (1.00051, 1)])
    found = decode(
        join_topology([(Adcode("1"), encode_arcs(left, "lo")), (Adcode("2"), encode_arcs(right, "lo"))], "lo")
    )
    edge = shapely.intersection(found["1"], found["2"])
    assert edge.length > 0.6
    assert edge.area == 0


def test_an_islet_smaller_than_the_grid_is_not_lost() -> None:
    islet = shapely.box(112.3301, 16.8301, 112.3303, 16.8303)
    found = decode(join_topology([(Adcode("460302"), encode_arcs(islet, "lo"))], "lo"))
    assert len(shapely.get_parts(found["460302"])) == 1


def test_every_part_of_the_country_is_drawn(atlas: Atlas) -> None:
    level = Level.PROVINCE
    shapes = atlas.store.geometry(level, "lo")
    found = decode(atlas.store.topology(level, "lo", sorted(shapes)))
    assert {code: len(shapely.get_parts(shape)) for code, shape in found.items()} == {
        code: len(shapely.get_parts(shape)) for code, shape in shapes.items()
    }
    assert found["710000"].bounds[2] > 123.5, "Diaoyu Dao belongs to the drawn country"
