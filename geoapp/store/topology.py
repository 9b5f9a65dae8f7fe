"""Polygons for the screen as TopoJSON: quantised, delta encoded, half the size of GeoJSON.

Each ring is an arc of its own, so a feature is encoded once, at build, and any choice of
features is assembled by joining bytes. Neighbours keep meeting, since shared vertices are
rounded alike. The topojson package knows whole topologies only, which are made anew for each choice.
(TopoJSON 1.0: https://github.com/topojson/topojson-specification)
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from geoapp.model.region import Adcode
from geoapp.store.base import Detail

Points = NDArray[np.int64]
GRID = {"full": 1e-4, "lo": 1e-3}
"""Grid step in degrees: 11 m and 110 m, both under a pixel where they are shown."""


def encode_arcs(shape: shapely.Geometry, detail: Detail) -> bytes:
    """Encode one polygon: the number of rings of each part, and its rings as TopoJSON arcs."""
    parts = shapely.get_parts(shape)
    rings = [[part.exterior, *part.interiors] for part in parts]
    arcs = [orjson.dumps(_deltas(on_grid(ring, detail)).tolist()) for part in rings for ring in part]
    return orjson.dumps([len(part) for part in rings]) + b"\n" + b",".join(arcs)


def on_grid(ring: shapely.LinearRing, detail: Detail) -> Points:
    """Return the points of a closed ring in steps of the grid, shape (n, 2), without repeated ones.

    An islet smaller than the grid keeps its points: a speck on the map is better than no island.
    """
    grid = np.round(shapely.get_coordinates(ring) / GRID[detail]).astype(np.int64)
    moved = (_deltas(grid) != 0).any(axis=1)
    moved[0] = True
    return grid[moved] if moved.sum() >= 4 else grid


def _deltas(points: Points) -> Points:
    return np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))


def join_topology(features: Iterable[tuple[Adcode, bytes]], detail: Detail) -> bytes:
    """Join encoded features to one TopoJSON document. Feature ids are adcodes."""
    regions, arcs, count = [], [], 0
    for code, data in features:
        head, _, body = data.partition(b"\n")
        polygons = []
        for rings in orjson.loads(head):
            polygons.append([[count + number] for number in range(rings)])
            count += rings
        regions.append((code, polygons))
        arcs.append(body)
    return document(regions, arcs, GRID[detail])


def document(regions: Iterable[tuple[Adcode, Any]], arcs: Iterable[bytes], step: float) -> bytes:
    """Return a TopoJSON document: each region's polygons as numbers of arcs, and the encoded arcs."""
    geometries = [{"type": "MultiPolygon", "id": code, "arcs": polygons} for code, polygons in regions]
    objects = orjson.dumps({"regions": {"type": "GeometryCollection", "geometries": geometries}})
    return b'{"type":"Topology","transform":{"scale":[%a,%a],"translate":[0,0]},"objects":%b,"arcs":[%b]}' % (
        step,
        step,
        objects,
        b",".join(arcs),
    )
