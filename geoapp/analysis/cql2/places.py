"""Geometries in a CQL2 filter, moved from the client's coordinate system to ours (``filter-crs``)."""

from collections.abc import Callable
from typing import Any

import numpy as np
import orjson
import shapely
from pygeofilter import ast, values
from shapely.geometry import shape as to_shape

Move = Callable[[Any], Any]
"""From an array of coordinates (n, 2) in the client's axes to longitudes and latitudes in degrees."""


def move_places(node: Any, move: Move) -> Any:
    """Return a syntax tree whose geometries are in degrees; everything else stays.

    Raises:
        ValueError, TypeError, KeyError: a geometry is broken.
    """
    if isinstance(node, list):
        return [move_places(each, move) for each in node]
    if isinstance(node, values.Envelope):
        (west, south), (east, north) = move(np.array(corners(node))).tolist()
        return values.Envelope(west, south, east, north)
    if isinstance(node, values.Geometry):
        return _moved(to_shape(node.geometry), move)
    if isinstance(node, ast.Node):
        for name, part in vars(node).items():
            setattr(node, name, move_places(part, move))
    return node


def corners(box: Any) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the first and the second corner of a box; the library names its four numbers x1, x2, y1, y2 in turn."""
    return (box.x1, box.x2), (box.y1, box.y2)


def _moved(shape: shapely.Geometry, move: Move) -> values.Geometry:
    return values.Geometry(orjson.loads(shapely.to_geojson(shapely.transform(shape, move))))
