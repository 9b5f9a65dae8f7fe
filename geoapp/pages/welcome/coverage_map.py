"""Where plans exist, as one small drawing: no script, no tiles, a few kilobytes.

Outlined is what a plan binds; filled is what that means for the counties inside. The country is whole: islands, dash
line and lines of the seas are drawn, as map law asks.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geoapp.analysis.undertakings import distinct, layer_of
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.dataset import Dataset
from geoapp.model.plan import Project
from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.store.base import Store

State = Literal["own", "inside", "above", "none"]
STATES: tuple[State, ...] = ("own", "inside", "above", "none")
"""A county has a plan, lies in a prefecture that has one, in a province that has one, or in none of these."""
ALBERS = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=30 +lon_0=105 +datum=WGS84"
WIDTH = 1000
"""Units across: two to a pixel of a phone, one to a pixel of a page."""
TOLERANCE = 9_000.0
"""Metres by which borders may be straightened: less than two units."""
SPECK = 3.0
"""Square units below which one island among many is not drawn."""
SEA_LINES = ("dash",)
MOST_CLUSTERS = 40
"""Circles that still stand apart; more are gathered by province."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Works of one division, counted."""

    adcode: Adcode
    name: str
    count: int
    x: int
    y: int
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageMap:
    """The drawing. Paths are SVG; a key of ``fills`` is a state, of ``plans`` the region that a plan binds."""

    width: int
    height: int
    fills: Mapping[State, str]
    counties: Mapping[State, int]
    provinces: str
    lines: str
    plans: tuple[tuple[Region, str], ...]
    clusters: tuple[Cluster, ...]


def coverage(dataset: Dataset, gazetteer: Gazetteer) -> Mapping[Adcode, State]:
    """Return what each county has: the nearest plan that binds it."""
    bound = {plan.region for plan in dataset.goal_plans}
    return {region.adcode: _state(region, gazetteer, bound) for region in gazetteer.at_level(CHINA, Level.COUNTY)}


def _state(region: Region, gazetteer: Gazetteer, bound: Iterable[Adcode]) -> State:
    if region.adcode in bound:
        return "own"
    for above in gazetteer.parents(region.adcode):
        if above.adcode in bound and above.level is not Level.NATION:
            return "above" if above.level is Level.PROVINCE else "inside"
    return "none"


def draw_coverage(dataset: Dataset, gazetteer: Gazetteer, store: Store, plane: "Plane | None" = None) -> CoverageMap:
    """Draw the country once for a build; 0.3 s."""
    states = coverage(dataset, gazetteer)
    plane = plane or Plane(store)
    fills: dict[State, list[str]] = {state: [] for state in STATES}
    for adcode, path in plane.prefectures.items():
        inside = Counter(states[each.adcode] for each in gazetteer.at_level(adcode, Level.COUNTY))
        if adcode not in states:  # counties with a plan of their own are drawn over it
            del inside["own"]
        fills[max(STATES[1:], key=lambda state: inside[state]) if not inside["own"] else "own"].append(path)
    plans = tuple(_outlines(dataset, gazetteer, store, plane))
    for region, path in plans:
        if region.level is Level.COUNTY and region.adcode not in plane.prefectures:
            fills["own"].append(path)
    return CoverageMap(
        width=WIDTH,
        height=plane.height,
        fills={state: "".join(paths) for state, paths in fills.items()},
        counties=Counter(states.values()),
        provinces=plane.provinces,
        lines=plane.lines,
        plans=plans,
        clusters=clusters((each for each in dataset.projects if layer_of(each) == "projects"), gazetteer, plane),
    )


def _outlines(dataset: Dataset, gazetteer: Gazetteer, store: Store, plane: "Plane") -> Iterable[tuple[Region, str]]:
    """Yield each region that a plan binds, the large ones first: a county is drawn over its prefecture."""
    bound = {gazetteer[plan.region] for plan in dataset.goal_plans if plan.region != CHINA}
    order = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)
    for region in sorted(bound, key=lambda each: (order.index(each.level), each.adcode)):
        path = plane.prefectures.get(region.adcode) or plane.of_province.get(region.adcode)
        if path is None:
            shape = store.geometry(region.level, "lo")[region.adcode]
            path = plane.path(shapely.simplify(plane.project(shape), TOLERANCE / 3))
        yield region, path


def clusters(
    projects: Iterable[Project], gazetteer: Gazetteer, plane: "Plane", most: int = MOST_CLUSTERS
) -> tuple[Cluster, ...]:
    """Return the number of works of each prefecture, or of each province where prefectures are more than ``most``."""
    works = [group[0] for group in distinct(list(projects))]
    homes = [[gazetteer[each.adcode], *gazetteer.parents(each.adcode)] for each in works]
    for level in (Level.PREFECTURE, Level.PROVINCE):
        counts = Counter(
            next((region for region in line if level in region.levels), line[max(len(line) - 2, 0)]) for line in homes
        )
        if len(counts) <= most:
            break
    largest = max(counts.values(), default=1)
    found = []
    for region, count in sorted(counts.items(), key=lambda each: (-each[1], each[0].adcode)):
        x, y = plane.place(*region.label)
        radius = round(18 + 16 * (count / largest) ** 0.5, 1)
        found.append(Cluster(adcode=region.adcode, name=region.name, count=count, x=x, y=y, radius=radius))
    return tuple(found)


class Plane:
    """The country in units of the drawing."""

    def __init__(self, store: Store) -> None:
        self._transform = Transformer.from_crs("EPSG:4326", ALBERS, always_xy=True)
        shapes = store.geometry(Level.PREFECTURE, "lo")
        codes = list(shapes)
        plain = np.array([self.project(shapes[code]) for code in codes], dtype=object)
        plain = shapely.coverage_simplify(plain, TOLERANCE)
        self._west, _, _, self._north = shapely.total_bounds(plain)
        dashes = [self.project(shapely.from_geojson(orjson.dumps(each))) for each in _sea_lines(store)]
        _, south, east, _ = shapely.total_bounds([*plain, *dashes])
        self._scale = (WIDTH - 8) / (east - self._west)
        self.height = int((self._north - south) * self._scale) + 8
        self.prefectures = {Adcode(code): self.path(shape) for code, shape in zip(codes, plain, strict=True)}
        by_province: dict[str, list[shapely.Geometry]] = {}
        for code, shape in zip(codes, plain, strict=True):
            by_province.setdefault(code[:2], []).append(shape)
        self.of_province = {
            Adcode(f"{head}0000"): self.path(shapely.coverage_union_all(parts)) for head, parts in by_province.items()
        }
        self.provinces = "".join(self.of_province.values())
        self.lines = "".join(_open(self._units(part)) for each in dashes for part in shapely.get_parts(each))

    def project(self, shape: shapely.Geometry) -> shapely.Geometry:
        """Return a shape in metres of the projection."""
        return shapely.transform(shape, lambda xy: np.column_stack(self._transform.transform(xy[:, 0], xy[:, 1])))

    def place(self, lon: float, lat: float) -> tuple[int, int]:
        """Return a point in units."""
        x, y = self._units(self.project(shapely.Point(lon, lat)))[0].tolist()
        return x, y

    def path(self, shape: shapely.Geometry) -> str:
        """Return a polygon as SVG; of its islands the specks are left out, but never the last."""
        parts = sorted(shapely.get_parts(shape), key=shapely.area, reverse=True)
        least = SPECK / self._scale**2
        return "".join(
            _closed(self._units(ring))
            for number, part in enumerate(parts)
            if number == 0 or part.area > least
            for ring in (part.exterior, *part.interiors)
        )

    def _units(self, shape: shapely.Geometry) -> NDArray[np.int64]:
        xy = (shapely.get_coordinates(shape) - (self._west, self._north)) * (self._scale, -self._scale) + 4
        units: NDArray[np.int64] = np.rint(xy).astype(np.int64)
        return units


def _sea_lines(store: Store) -> list[dict[str, object]]:
    found = orjson.loads(store.lines())["features"]
    return [each["geometry"] for each in found if each["properties"]["kind"] in SEA_LINES]


def _closed(units: NDArray[np.int64]) -> str:
    """Write a ring in steps from corner to corner; one smaller than a unit becomes a dot, not nothing."""
    kept = units[np.concatenate(([True], (np.diff(units, axis=0) != 0).any(axis=1)))]
    if len(kept) < 4:
        x, y = units[0]
        return f"M{x} {y}h1v1h-1z"
    return _steps(kept[:-1]) + "z"


def _open(units: NDArray[np.int64]) -> str:
    return _steps(units[np.concatenate(([True], (np.diff(units, axis=0) != 0).any(axis=1)))])


def _steps(units: NDArray[np.int64]) -> str:
    steps = " ".join(f"{dx} {dy}" for dx, dy in np.diff(units, axis=0).tolist())
    return f"M{units[0][0]} {units[0][1]}l{steps.replace(' -', '-')}" if steps else ""
