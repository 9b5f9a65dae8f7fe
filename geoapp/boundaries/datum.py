"""Undo (and apply) the coordinate offsets of Chinese web maps: GCJ-02 (Amap, Tencent) and BD-09 (Baidu).

GCJ-02 adds a smooth offset of 100 to 700 m to WGS 84; BD-09 adds a second one of about 900 m. Neither has an EPSG
code or an official formula, so PROJ has neither: the constants here are those in general use since 2010, known to a
metre or so. All functions take and give arrays of degrees; CGCS2000 (EPSG:4490) counts as WGS 84, they differ by less
than 1 m.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LonLat = tuple[Array, Array]

# The ellipsoid of the offset: Krasovsky 1940, as the formula in general use has it.
SEMI_MAJOR = 6378245.0  # metres
ECCENTRICITY_2 = 0.00669342162296594323
# West, south, east, north in degrees: outside, the offset is zero.
SHIFTED = (72.004, 0.8293, 137.8347, 55.8271)
BD_LON, BD_LAT = 0.0065, 0.006  # degrees added by BD-09
BD_FREQUENCY = np.pi * 3000 / 180
INVERSE_ROUNDS = 6  # each round leaves less than 1 % of the error: far below 0.5 m after three


def wgs84_to_gcj02(lon: Array, lat: Array) -> LonLat:
    """Shift WGS 84 degrees to GCJ-02; points outside China stay."""
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    west, south, east, north = SHIFTED
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    east_m, north_m = _offset_metres(lon - 105.0, lat - 35.0)
    phi = np.radians(lat)
    root = np.sqrt(1 - ECCENTRICITY_2 * np.sin(phi) ** 2)
    meridian = SEMI_MAJOR * (1 - ECCENTRICITY_2) / root**3
    parallel = SEMI_MAJOR / root * np.cos(phi)
    return (
        lon + np.where(inside, np.degrees(east_m / parallel), 0.0),
        lat + np.where(inside, np.degrees(north_m / meridian), 0.0),
    )


def _offset_metres(x: Array, y: Array) -> LonLat:
    """The offset's polynomial and waves; ``x``, ``y`` are degrees from 105 E, 35 N."""
    ripple = 20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)
    waves_x = 20 * np.sin(np.pi * x) + 40 * np.sin(np.pi * x / 3) + 150 * np.sin(np.pi * x / 12)
    waves_x += 300 * np.sin(np.pi * x / 30)
    waves_y = 20 * np.sin(np.pi * y) + 40 * np.sin(np.pi * y / 3) + 160 * np.sin(np.pi * y / 12)
    waves_y += 320 * np.sin(np.pi * y / 30)
    root = np.sqrt(np.abs(x))
    east = 300 + x + 2 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * root + (ripple + waves_x) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * root + (ripple + waves_y) * 2 / 3
    return east, north


def gcj02_to_bd09(lon: Array, lat: Array) -> LonLat:
    """Shift GCJ-02 degrees to BD-09: stretch and turn each point a little, then add a constant."""
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    radius = np.hypot(lon, lat) + 2e-5 * np.sin(lat * BD_FREQUENCY)
    angle = np.arctan2(lat, lon) + 3e-6 * np.cos(lon * BD_FREQUENCY)
    return radius * np.cos(angle) + BD_LON, radius * np.sin(angle) + BD_LAT


def gcj02_to_wgs84(lon: Array, lat: Array) -> LonLat:
    """Undo GCJ-02 to well under 0.5 m (of the formula)."""
    return _invert(wgs84_to_gcj02, lon, lat)


def bd09_to_gcj02(lon: Array, lat: Array) -> LonLat:
    """Undo BD-09's second offset to well under 0.5 m (of the formula)."""
    return _invert(gcj02_to_bd09, lon, lat)


def bd09_to_wgs84(lon: Array, lat: Array) -> LonLat:
    """Undo both offsets of BD-09."""
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))


def _invert(forward: Callable[[Array, Array], LonLat], lon: Array, lat: Array) -> LonLat:
    """Fixed-point iteration: the offset changes by less than 1 % over its own length."""
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    guess_lon, guess_lat = lon, lat
    for _ in range(INVERSE_ROUNDS):
        shifted_lon, shifted_lat = forward(guess_lon, guess_lat)
        guess_lon, guess_lat = guess_lon + (lon - shifted_lon), guess_lat + (lat - shifted_lat)
    return guess_lon, guess_lat
