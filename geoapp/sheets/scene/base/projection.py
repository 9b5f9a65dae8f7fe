"""Equal-area projections fitted to what is shown: areas compare honestly on every sheet."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from geoapp.model.phrase import Phrase
from geoapp.model.view import BBox
from geoapp.sheets.scene.primitives import Box

if TYPE_CHECKING:
    from pyproj import Transformer

Points = npt.NDArray[np.float64]
WIDE = 24.0
"""Degrees of longitude from which a conic fits better than an azimuthal projection."""


@dataclass(frozen=True, slots=True)
class Equal:
    """An equal-area projection on the ellipsoid of CGCS2000/WGS 84. Plane units are kilometres, y up.

    Attributes:
        definition: the PROJ string.
        name: what the sheet prints.
    """

    definition: str
    name: Phrase

    def forward(self, lonlat: Points) -> Points:
        """Project degrees to kilometres."""
        x, y = _transformer(self.definition).transform(lonlat[:, 0], lonlat[:, 1])
        return np.column_stack([x, y]) / 1000.0

    def inverse(self, plane: Points) -> Points:
        """Return the degrees of points in kilometres."""
        x, y = plane[:, 0] * 1000.0, plane[:, 1] * 1000.0
        lon, lat = _transformer(self.definition).transform(x, y, direction="INVERSE")
        return np.column_stack([lon, lat])

    def shapes(self, shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
        """Project geometries, all in one go."""
        found: npt.NDArray[np.object_] = shapely.transform(shapes, self.forward)
        return found


@lru_cache(maxsize=16)
def _transformer(definition: str) -> "Transformer":
    from pyproj import Transformer  # its database is opened here, not at import

    return Transformer.from_crs("EPSG:4326", definition, always_xy=True)


def fitted(box: BBox) -> Equal:
    """Return the projection for a box in degrees.

    Lambert azimuthal for a province or less, Albers conic for more; the country always gets the
    parallels its official maps use (25°N, 47°N, centre 105°E).
    """
    west, south, east, north = box
    span = (east - west) % 360 or 360.0
    lon, lat = round((west + span / 2 + 180) % 360 - 180, 1), round((south + north) / 2, 1)
    if span < WIDE:
        return Equal(
            f"+proj=laea +lat_0={lat} +lon_0={lon} +ellps=GRS80 +units=m",
            Phrase("兰勃特等积方位投影，中心{lon}、{lat}", {"lon": longitude(lon), "lat": latitude(lat)}),
        )
    low, high = (25.0, 47.0) if span > 40 else (round(south + (north - south) / 6), round(north - (north - south) / 6))
    middle = 105.0 if span > 40 else lon
    return Equal(
        f"+proj=aea +lat_1={low} +lat_2={high} +lat_0={lat} +lon_0={middle} +ellps=GRS80 +units=m",
        Phrase(
            "阿尔伯斯等积圆锥投影，标准纬线{low}、{high}，中央经线{lon}",
            {"low": latitude(low), "high": latitude(high), "lon": longitude(middle)},
        ),
    )


def longitude(value: float) -> str:
    """Print a longitude: ``109.5°E``."""
    return f"{abs(value):g}°{'W' if value < 0 else 'E'}"


def latitude(value: float) -> str:
    """Print a latitude: ``39°N``."""
    return f"{abs(value):g}°{'S' if value < 0 else 'N'}"


@dataclass(frozen=True, slots=True)
class Placement:
    """Kilometres to points on the sheet: ``x = x0 + km * scale``, ``y = y0 - km * scale``."""

    x0: float
    y0: float
    scale: float

    def points(self, plane: Points) -> Points:
        """Return sheet coordinates of points in kilometres."""
        return np.column_stack([self.x0 + plane[:, 0] * self.scale, self.y0 - plane[:, 1] * self.scale])

    def plane(self, points: Points) -> Points:
        """Return kilometres of sheet coordinates."""
        return np.column_stack([(points[:, 0] - self.x0) / self.scale, (self.y0 - points[:, 1]) / self.scale])

    def shapes(self, shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
        """Move projected geometries to the sheet."""
        found: npt.NDArray[np.object_] = shapely.transform(shapes, self.points)
        return found


def place(bounds: tuple[float, float, float, float], box: Box, across: float = 0.5, down: float = 0.5) -> Placement:
    """Fit plane bounds (kilometres) into a box, at a share of the room left over on each side."""
    west, south, east, north = bounds
    width, height = max(east - west, 1e-6), max(north - south, 1e-6)
    scale = min(box.width / width, box.height / height)
    left = box.x0 + (box.width - width * scale) * across
    top = box.y0 + (box.height - height * scale) * down
    return Placement(left - west * scale, top + north * scale, scale)
