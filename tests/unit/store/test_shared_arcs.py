"""The country with shared arcs is the country with an arc for every ring, in fewer bytes."""

import gzip

import orjson
import pytest
import shapely

from geoapp.atlas import Atlas
from geoapp.model.region import Adcode, Level
from geoapp.store.files import COUNTRY
from geoapp.store.shared_arcs import share_arcs


def decode(document: bytes) -> dict[str, shapely.MultiPolygon]:
    """Read TopoJSON as its specification says: a negative number is an arc walked backward."""
    topology = orjson.loads(document)
    kx, ky = topology["transform"]["scale"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx, y * ky))
        arcs.append(points)

    def walk(ring: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for number in ring:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            assert not points or points[-1] == arc[0], "an arc begins where the one before it ends"
            points += arc[1:] if points else arc
        return points

    return {
        each["id"]: shapely.MultiPolygon([(walk(part[0]), [walk(ring) for ring in part[1:]]) for part in each["arcs"]])
        for each in topology["objects"]["regions"]["geometries"]
    }


@pytest.mark.parametrize("level", list(Level)[1:])
def test_the_country_is_the_same_in_fewer_bytes(atlas: Atlas, level: Level) -> None:
    packed = atlas.store.encoded(COUNTRY.format(level=level)).read_bytes()
    shared = gzip.decompress(packed)
    codes = sorted(atlas.store.geometry(level, "lo"))
    apart = atlas.store.topology(level, "lo", codes)
    found, wanted = decode(shared), decode(apart)
    assert list(found) == list(wanted) == codes
    assert all(shapely.equals_exact(found[code], wanted[code], normalize=True) for code in codes)
    assert len(shared) < 0.8 * len(apart)
    assert orjson.loads(shared)["transform"] == orjson.loads(apart)["transform"]


def test_a_border_is_written_once() -> None:
    west, east = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    document = share_arcs({Adcode("1"): west, Adcode("2"): east}, "lo")
    assert len(orjson.loads(document)["arcs"]) == 3
    assert shapely.equals(decode(document)["1"], west)
    assert shapely.equals(decode(document)["2"], east)


def test_a_region_inside_another_shares_its_whole_ring() -> None:
    inner = shapely.box(1, 1, 2, 2)
    outer = shapely.box(0, 0, 3, 3) - shapely.Polygon([(2, 2), (2, 1), (1, 1), (1, 2)])
    document = share_arcs({Adcode("1"): inner, Adcode("2"): outer}, "lo")
    assert len(orjson.loads(document)["arcs"]) == 2
    assert shapely.equals(decode(document)["2"], outer)


def test_three_regions_meet_at_a_point() -> None:
    shapes = {
        Adcode("1"): shapely.box(0, 0, 2, 1),
        Adcode("2"): shapely.Polygon([(0, 1), (1, 1), (1, 2), (0, 2)]),
        Adcode("3"): shapely.Polygon([(1, 1), (2, 1), (2, 2), (1, 2)]),
    }
    shapes[Adcode("1")] = shapely.Polygon([(0, 0), (2, 0), (2, 1), (1, 1), (0, 1)])
    found = decode(share_arcs(shapes, "lo"))
    assert all(shapely.equals(found[code], shape) for code, shape in shapes.items())
