"""Polygon coverages: clean, dissolve upward, simplify, label, measure. Pure functions on lon/lat degrees.

A coverage is a set of polygons that share every border vertex for vertex, without overlaps.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geoapp.boundaries.frykit import GRID

Geometry = BaseGeometry
Geometries = NDArray[np.object_]
Points = NDArray[np.float64]

LOW_DETAIL = 0.01  # degrees; the source is generalised to about 1.6 km, so nothing is gained below 0.005
# Fills the three sliver gaps on land (at most 0.025 km2); the lagoons in Hainan and at 黄岩岛 are wider and stay.
SLIVER_WIDTH = 0.004
# Albers equal area for China: metres, standard parallels 25 and 47 N, central meridian 105 E.
EQUAL_AREA = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +datum=WGS84 +units=m"


def geometries(frame: pd.DataFrame) -> Geometries:
    """The geometry column as a numpy array of its own."""
    return np.array(frame["geometry"], dtype=object)


def clean(polygons: Geometries) -> Geometries:
    """Make a coverage of nearly matching polygons; order and number stay. Vertices stay on the source's grid."""
    # types-shapely does not know this function of shapely 2.2 yet.
    cleaned = shapely.coverage_clean(polygons, gap_width=SLIVER_WIDTH)  # type: ignore[attr-defined]
    on_grid = np.round(np.round(shapely.get_coordinates(cleaned) / GRID) * GRID, 6)
    return np.asarray(shapely.set_coordinates(cleaned, on_grid), dtype=object)


def simplify(polygons: Geometries, tolerance: float = LOW_DETAIL) -> Geometries:
    """Simplify inner borders by a tolerance in degrees; coast and national border are kept point for point."""
    return np.asarray(shapely.coverage_simplify(polygons, tolerance, simplify_boundary=False), dtype=object)


def dissolve(polygons: Geometries, groups: Iterable[str], order: Iterable[str]) -> Geometries:
    """Union the members of each group of a coverage; one polygon per code in ``order``, which lists every group."""
    members: dict[str, list[int]] = {code: [] for code in order}
    for index, code in enumerate(groups):
        members[code].append(index)
    unions = [shapely.coverage_union_all(polygons[rows]) for rows in members.values()]
    result = np.empty(len(unions), dtype=object)
    result[:] = unions
    return result


def label_points(wanted: Points, full: Geometries, low: Geometries) -> Points:
    """A point inside each polygon at both levels of detail: the wanted one where it is inside, else one of ours.

    Args:
        wanted: (n, 2) lon/lat of the source's label points; NaN where it has none.
        full: n polygons.
        low: the same n polygons simplified.

    Returns:
        (n, 2) lon/lat, rounded to 5 decimals.
    """
    points = np.round(wanted, 5)
    for candidates in (full, low, None):
        outside = np.flatnonzero(~(_inside(full, points) & _inside(low, points)))
        if not outside.size:
            break
        shapes = candidates[outside] if candidates is not None else shapely.intersection(full[outside], low[outside])
        points[outside] = np.round(shapely.get_coordinates(shapely.point_on_surface(shapes)), 5)
    return points


def _inside(polygons: Geometries, points: Points) -> NDArray[np.bool_]:
    return np.asarray(shapely.contains_xy(polygons, points[:, 0], points[:, 1]), dtype=bool)


def area_km2(polygons: Geometries) -> NDArray[np.float64]:
    """Areas in km2, one decimal, in the Albers projection for China (25/47 N, 105 E)."""
    project = Transformer.from_crs("EPSG:4326", EQUAL_AREA, always_xy=True)
    flat = shapely.transform(polygons, lambda xy: np.column_stack(project.transform(xy[:, 0], xy[:, 1])))
    return np.round(np.asarray(shapely.area(flat), dtype=float) / 1e6, 1)
