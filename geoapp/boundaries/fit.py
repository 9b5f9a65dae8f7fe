"""Judge polygons somebody brings: do they overlap, leave gaps, or sit beside the built-in borders by a datum shift?"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import geopandas
import numpy as np
import shapely

from geoapp.boundaries import coverage
from geoapp.boundaries.datum import Array, LonLat, bd09_to_wgs84, gcj02_to_wgs84
from geoapp.errors import Issue

# Above this two polygons claim the same ground; the worst pair of the built-in source shares 0.27 km2.
OVERLAP_LIMIT_KM2 = 1.0
# Two honest sources lie 100 m apart. Undoing a real shift removes far more than this part of the distance.
SHIFT_RATIO = 0.6
SAMPLE_COUNTIES = 200
SAMPLE_VERTICES = 40
METRES_PER_DEGREE = 111_320.0

_SHIFTS: dict[str, Callable[[Array, Array], LonLat]] = {"GCJ-02": gcj02_to_wgs84, "BD-09": bd09_to_wgs84}


class Shift(NamedTuple):
    """A datum shift found: its name, its size, and the median distances to the built-in borders, in metres."""

    datum: str
    size: float
    as_is: float
    undone: float


def overlap_issues(counties: geopandas.GeoDataFrame) -> Iterator[Issue]:
    """One issue for each pair of polygons that share more ground than a drawing slip (``OVERLAP_LIMIT_KM2``)."""
    shapes = coverage.geometries(counties)
    names = (counties["adcode"] + " " + counties["name"]).tolist()
    tree = shapely.STRtree(shapes)
    crossing, covering = (tree.query(shapes, predicate=name) for name in ("overlaps", "covers"))
    pairs = {(min(a, b), max(a, b)) for a, b in np.hstack([crossing, covering]).T.tolist() if a != b}
    if not pairs:
        return
    first, second = np.array(sorted(pairs)).T
    areas = coverage.area_km2(shapely.intersection(shapes[first], shapes[second]))
    for a, b, area in zip(first, second, areas, strict=True):
        if area > OVERLAP_LIMIT_KM2:
            yield Issue(
                names[a], f"shares {area:.1f} km2 with {names[b]}", "keep one level of division; redraw the border"
            )


def gap_km2(counties: geopandas.GeoDataFrame) -> float:
    """Area enclosed by the polygons but covered by none, in km2, after the cleaning that closes slivers."""
    union = shapely.coverage_union_all(coverage.clean(coverage.geometries(counties)))
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(union) for ring in part.interiors]
    return float(coverage.area_km2(np.array(holes, dtype=object)).sum()) if holes else 0.0


def find_shift(counties: geopandas.GeoDataFrame, builtin: geopandas.GeoDataFrame) -> Shift | None:
    """Tell whether the file is in GCJ-02 or BD-09 although it declares something else.

    The median distance from its vertices to the border of the same county in the built-in source is measured as is
    and after undoing each shift; a shift is found when undoing it leaves less than ``SHIFT_RATIO`` of the distance.
    """
    samples = list(_samples(counties, builtin))
    if not samples:
        return None
    as_is = _median_distance(samples, lambda lon, lat: (lon, lat))
    undone = {name: _median_distance(samples, undo) for name, undo in _SHIFTS.items()}
    name = min(undone, key=lambda key: undone[key])
    if undone[name] >= SHIFT_RATIO * as_is:
        return None
    points = np.vstack([points for points, _ in samples])
    moved = np.column_stack(_SHIFTS[name](points[:, 0], points[:, 1]))
    size = float(np.median(np.linalg.norm(_metres(moved, points) - _metres(points, points), axis=1)))
    return Shift(name, size, as_is, undone[name])


_Sample = tuple[coverage.Points, coverage.Geometry]


def _samples(counties: geopandas.GeoDataFrame, builtin: geopandas.GeoDataFrame) -> Iterator[_Sample]:
    """Up to 40 vertices of up to 200 counties spread over the file, each with the built-in border of that county."""
    borders = dict(zip(builtin["adcode"], shapely.boundary(coverage.geometries(builtin)), strict=True))
    common = counties[counties["adcode"].isin(list(borders))]
    step = max(1, len(common) // SAMPLE_COUNTIES)
    for code, shape in zip(common["adcode"][::step], coverage.geometries(common)[::step], strict=True):
        points = shapely.get_coordinates(shape)
        yield points[:: max(1, len(points) // SAMPLE_VERTICES)], borders[code]


def _median_distance(samples: list[_Sample], undo: Callable[[Array, Array], LonLat]) -> float:
    distances = []
    for points, border in samples:
        moved = np.column_stack(undo(points[:, 0], points[:, 1]))
        flat_border = shapely.transform(border, partial(_metres, around=points))
        distances.append(shapely.distance(shapely.points(_metres(moved, points)), flat_border))
    return float(np.median(np.concatenate(distances)))


def _metres(points: coverage.Points, around: coverage.Points) -> coverage.Points:
    """Degrees to metres on a plane that is true at the mean latitude of ``around``: enough within one county."""
    scale = (np.cos(np.radians(around[:, 1].mean())) * METRES_PER_DEGREE, METRES_PER_DEGREE)
    return np.asarray(points * scale, dtype=float)
