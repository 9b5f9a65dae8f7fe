"""Tiles of any polygons at all: valid rings, wound as the format asks, as large as their ground, at every level."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from mapbox_vector_tile.Mapbox import vector_tile_pb2

from geoapp.features.tiles.cut import BUFFER, EXTENT, cut, to_world
from geoapp.features.tiles.encode import COARSE, Layer, encode_level

corner = st.tuples(st.floats(-170, 170), st.floats(-70, 70))


@st.composite
def shapes(draw: st.DrawFn) -> shapely.Geometry:
    """Rectangles and blobs with holes, alone and in twos."""
    parts = []
    for _ in range(draw(st.integers(1, 2))):
        lon, lat = draw(corner)
        radius = draw(st.floats(0.5, 9))
        blob = shapely.Point(lon, lat).buffer(radius, quad_segs=draw(st.integers(1, 4)))
        hole = shapely.Point(lon, lat).buffer(radius / 3, quad_segs=1) if draw(st.booleans()) else shapely.Point()
        parts.append(blob - hole)
    return shapely.union_all(parts)


def rings(body: bytes) -> list[list[tuple[int, int]]]:
    """The rings of a tile's only feature as they are written, by the specification's own commands."""
    feature = vector_tile_pb2.tile()
    feature.ParseFromString(body)
    (drawn,) = feature.layers[0].features
    assert drawn.type == 3
    found: list[list[tuple[int, int]]] = []
    words, at, x, y = list(drawn.geometry), 0, 0, 0
    while at < len(words):
        command, count = words[at] & 7, words[at] >> 3
        at += 1
        if command == 7:
            continue
        if command == 1:
            found.append([])
        for _ in range(count):
            x += (words[at] >> 1) ^ -(words[at] & 1)
            y += (words[at + 1] >> 1) ^ -(words[at + 1] & 1)
            found[-1].append((x, y))
            at += 2
    return found


def signed(ring: list[tuple[int, int]]) -> float:
    """The surveyor's formula, as the specification has it: exterior rings are positive on the screen."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


@settings(max_examples=40)
@given(shapes(), st.integers(0, 3), st.sampled_from([1, COARSE]))
def test_rings_are_wound_and_as_large_as_their_ground(shape: shapely.Geometry, zoom: int, step: int) -> None:
    world = to_world(np.array([shape], dtype=object))
    layer = Layer("things", [{"n": 1}], [0])
    total = 0.0
    frame = shapely.box(0, 0, EXTENT, EXTENT)
    for number, squares in enumerate(cut(world, zoom)):
        if number < zoom:
            continue
        for _, _, body in encode_level(squares, zoom, step, layer):
            written = rings(body)
            assert all(len(ring) >= 3 and len(set(ring)) == len(ring) for ring in written), "no point twice"
            assert signed(written[0]) > 0, "the first ring is an exterior one"
            assert (
                all(value % step == 0 for ring in written for point in ring for value in point if step > 1) or step == 1
            )
            parts: list[tuple[list, list]] = []
            for ring in written:
                (parts.append((ring, [])) if signed(ring) > 0 else parts[-1][1].append(ring))
            drawn = [shapely.Polygon(*part) for part in parts]
            assert all(each.is_valid for each in drawn)
            total += sum(each.intersection(frame).area for each in drawn)
            margin = EXTENT * BUFFER + step
            assert all(-margin <= value <= EXTENT + margin for ring in written for point in ring for value in point)
    wanted = world[0].area * (EXTENT * 2**zoom) ** 2
    edge = world[0].length * EXTENT * 2**zoom
    assert total == pytest.approx(wanted, abs=edge * step + step**2 * 4)


def test_the_world_is_a_square_with_north_above() -> None:
    corners = to_world(
        np.array([shapely.Point(-180, 85.0511287798), shapely.Point(0, 0), shapely.Point(180, -85.0511287798)])
    )
    assert shapely.get_coordinates(corners) == pytest.approx(np.array([[0, 0], [0.5, 0.5], [1, 1]]), abs=1e-9)
