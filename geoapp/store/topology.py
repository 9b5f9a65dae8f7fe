"""Polygons for the screen as TopoJSON: quantised, delta encoded, half the size of GeoJSON.

Each ring is an arc of its own, so a feature is encoded once, at build, and any choice of
features is assembled by joining bytes. Neighbours keep meeting, since shared vertices are
rounded alike. (TopoJSON 1.0: https://github.com/topojson/topojson-specification)
"""

from collections.abc import Iterable

import numpy as np
import orjson
import shapely

from geoapp.model.region import Adcode
from geoapp.store.base import Detail

GRID = {"full": 1e-4, "lo": 1e-3}
"""Grid step in degrees: 11 m and 110 m, both under a pixel where they are shown."""


def encode_arcs(shape: shapely.Geometry, detail: Detail) -> bytes:
    """Encode one polygon: the number of rings of each part, and its rings as TopoJSON arcs."""
    parts = shapely.get_parts(shape)
    rings = [[part.exterior, *part.interiors] for part in parts]
    arcs = [orjson.dumps(_arc(ring, GRID[detail])) for part in rings for ring in part]
    return orjson.dumps([len(part) for part in rings]) + b"\n" + b",".join(arcs)


def _arc(ring: shapely.LinearRing, step: float) -> list[list[int]]:
    grid = np.round(shapely.get_coordinates(ring) / step).astype(np.int64)
    delta = np.diff(grid, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    moved = (delta != 0).any(axis=1)
    moved[0] = True
    # An islet smaller than the grid keeps its points: a speck on the map is better than no island.
    kept = delta[moved] if moved.sum() >= 4 else delta
    points: list[list[int]] = kept.tolist()
    return points


def join_topology(features: Iterable[tuple[Adcode, bytes]], detail: Detail) -> bytes:
    """Join encoded features to one TopoJSON document. Feature ids are adcodes."""
    geometries, arcs, count = [], [], 0
    for code, data in features:
        head, _, body = data.partition(b"\n")
        polygons = []
        for rings in orjson.loads(head):
            polygons.append([[count + number] for number in range(rings)])
            count += rings
        geometries.append({"type": "MultiPolygon", "id": code, "arcs": polygons})
        arcs.append(body)
    step = GRID[detail]
    objects = orjson.dumps({"regions": {"type": "GeometryCollection", "geometries": geometries}})
    return b'{"type":"Topology","transform":{"scale":[%a,%a],"translate":[0,0]},"objects":%b,"arcs":[%b]}' % (
        step,
        step,
        objects,
        b",".join(arcs),
    )
