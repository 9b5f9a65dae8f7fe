"""A small map that says where: the county in its prefecture, and a dot only where a place is known."""

import math
from dataclasses import dataclass
from functools import lru_cache

import shapely

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.plan import Park, Project
from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.store.base import Store

WIDTH, TALLEST = 320.0, 300.0
MARGIN = 8.0
EXACT = ("site", "town")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatorShape:
    """One division of the locator as an SVG path."""

    adcode: Adcode
    name: str
    path: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """A drawing ``width`` × ``height`` in SVG units. ``dot`` is None where no place is known."""

    frame: str
    here: str
    width: float
    height: float
    pieces: tuple[LocatorShape, ...]
    dot: tuple[float, float] | None
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Plane:
    """Degrees to SVG units: plate carrée, narrowed by the cosine of the middle latitude."""

    west: float
    north: float
    narrow: float
    scale: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        x = MARGIN + (lon - self.west) * self.narrow * self.scale
        return round(x, 1), round(MARGIN + (self.north - lat) * self.scale, 1)


class Locators:
    """Draws locators for one build; the outlines of a prefecture are drawn once."""

    def __init__(self, store: Store, gazetteer: Gazetteer) -> None:
        self._store, self._gazetteer = store, gazetteer

    def of(self, point: Park | Project) -> Locator:
        """Return the locator of a park or project, shading all that its precision leaves open."""
        region = self._gazetteer[point.adcode]
        frame = self._frame(region)
        plane, width, height, paths = self._outlines(frame.adcode)
        whole = region.adcode == frame.adcode
        pieces = tuple(
            LocatorShape(adcode=code, name=self._gazetteer[code].name, path=path, here=whole or code == region.adcode)
            for code, path in paths.items()
        )
        return Locator(
            frame=frame.name,
            here=region.name,
            width=width,
            height=height,
            pieces=pieces,
            dot=plane.place(point.lon, point.lat) if point.precision in EXACT else None,
            label=plane.place(*region.label),
        )

    def _frame(self, region: Region) -> Region:
        """Return what the locator shows whole: the division above a county, else the region itself."""
        if region.level is not Level.COUNTY or region.parent in (None, CHINA):
            return region
        return self._gazetteer[str(region.parent)]

    @lru_cache(maxsize=64)  # noqa: B019 - lives as long as its atlas
    def _outlines(self, frame: Adcode) -> tuple[_Plane, float, float, dict[Adcode, str]]:
        region = self._gazetteer[frame]
        below = self._gazetteer.children(frame) or [region]
        shapes = {each.adcode: self._store.geometry(each.level, "lo")[each.adcode] for each in below}
        west, south, east, north = shapely.total_bounds(list(shapes.values()))
        narrow = math.cos(math.radians((south + north) / 2))
        scale = min((WIDTH - 2 * MARGIN) / ((east - west) * narrow), (TALLEST - 2 * MARGIN) / (north - south))
        plane = _Plane(float(west), float(north), narrow, float(scale))
        width, height = plane.place(float(east), float(south))
        paths = {code: _path(shape, plane) for code, shape in shapes.items()}
        return plane, width + MARGIN, height + MARGIN, paths


def _path(shape: shapely.Geometry, plane: _Plane) -> str:
    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    return "".join(_ring([plane.place(x, y) for x, y in ring.coords]) for ring in rings)


def _ring(corners: list[tuple[float, float]]) -> str:
    """Write a ring, corners that fall on the one before left out; a speck under one unit is not drawn."""
    kept = [corner for corner, before in zip(corners[1:], corners, strict=False) if corner != before]
    if len(kept) < 3:
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"
