"""Where the sun stands, exactly: nothing but latitude and longitude goes in.

The spacing is that of GB 50797 (photovoltaic power stations): no shade between 9:00 and 15:00
true solar time (hour angle 45°) on the day of the winter solstice.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from geoapp.model.region import Adcode, Region

BEIJING_MERIDIAN = 120.0
"""Degrees east on which Beijing time is mean solar time."""
SOLSTICE_DECLINATION = math.radians(-23.45)
NINE_O_CLOCK = math.radians(45.0)
TILT_BELOW_LATITUDE = 3.0
"""Degrees by which a fixed array is laid flatter than the latitude."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SolarGeometry:
    """The sun over one point.

    Attributes:
        noon_minutes: mean solar noon in Beijing time, minutes after midnight (the equation of
            time shifts it by −14 to +16 minutes through the year).
        tilt: tilt of the array the pitch is for, degrees.
        pitch: distance between the fronts of two rows in lengths of a row's slope, or None
            where the sun does not rise above the row in front.
        winter_day_hours: length of the shortest day, hours.
    """

    noon_minutes: float
    tilt: float
    pitch: float | None
    winter_day_hours: float

    @property
    def noon(self) -> str:
        """Mean solar noon in Beijing time as ``13:07``."""
        whole = round(self.noon_minutes)
        return f"{whole // 60:02d}:{whole % 60:02d}"


def solar_geometry(lon: float, lat: float) -> SolarGeometry:
    """Return the sun over a point (degrees) of the northern hemisphere."""
    phi = math.radians(lat)
    tilt = max(lat - TILT_BELOW_LATITUDE, 0.0)
    sunrise = math.acos(max(-1.0, min(1.0, -math.tan(phi) * math.tan(SOLSTICE_DECLINATION))))
    return SolarGeometry(
        noon_minutes=12 * 60 + (BEIJING_MERIDIAN - lon) * 4,
        tilt=tilt,
        pitch=_pitch(phi, math.radians(tilt)),
        winter_day_hours=2 * math.degrees(sunrise) / 15,
    )


def _pitch(phi: float, tilt: float) -> float | None:
    sun_height = math.cos(NINE_O_CLOCK) - math.tan(phi) * -math.tan(SOLSTICE_DECLINATION)
    if sun_height <= 0:
        return None
    shadow = (math.tan(phi) * math.cos(NINE_O_CLOCK) - math.tan(SOLSTICE_DECLINATION)) / sun_height
    return math.cos(tilt) + math.sin(tilt) * shadow


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSun:
    """The sun over one region: at its label point, and the range over its whole extent.

    Attributes:
        noon: earliest (eastern edge) and latest (western edge) mean solar noon, ``HH:MM``.
        pitch: smallest (southern edge) and largest (northern edge) pitch.
    """

    centre: SolarGeometry
    noon: tuple[str, str]
    pitch: tuple[float | None, float | None]


def region_sun(region: Region) -> RegionSun:
    """Return the sun over a region."""
    west, south, east, north = region.bbox
    lon, lat = region.label
    return RegionSun(
        centre=solar_geometry(lon, lat),
        noon=(solar_geometry(east, lat).noon, solar_geometry(west, lat).noon),
        pitch=(solar_geometry(lon, south).pitch, solar_geometry(lon, north).pitch),
    )


def solar_table(regions: Iterable[Region]) -> dict[Adcode, RegionSun]:
    """Return the sun over every region, by code."""
    return {region.adcode: region_sun(region) for region in regions}
