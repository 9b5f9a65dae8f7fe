"""The coordinate reference systems of the OGC API: one inside, four outside (Part 2)."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from geoapp.analysis.query import BadValue, one_of, parse_bbox, read_number
from geoapp.model.view import BBox

Array = "np.ndarray[Any, np.dtype[np.float64]]"
RADIUS = 6378137.0
"""Web Mercator's sphere, metres."""
MOST = math.pi * RADIUS
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
OTHER_FORM = re.compile(
    r"(?:urn:ogc:def:crs:|https?://www\.opengis\.net/def/crs/|\[)?(OGC|EPSG)(?::{1,2}|:[\d.]+:|/[\d.]+/)(\w+)\]?", re.I
)
"""How else a system is named: URN, either scheme of the URI, CURIE in its brackets or without them (OGC 15-107)."""


def _same(xy: Any) -> Any:
    return xy


def _swap(xy: Any) -> Any:
    return xy[:, ::-1]


def to_mercator(xy: Any) -> Any:
    """Project degrees (longitude, latitude) to Web Mercator metres, to the centimetre."""
    x = np.radians(xy[:, 0]) * RADIUS
    y = np.log(np.tan(np.pi / 4 + np.radians(np.clip(xy[:, 1], -85.06, 85.06)) / 2)) * RADIUS
    return np.round(np.column_stack([x, y]), 2)


def from_mercator(xy: Any) -> Any:
    """Return degrees (longitude, latitude) of Web Mercator metres."""
    lat = 2 * np.arctan(np.exp(xy[:, 1] / RADIUS)) - np.pi / 2
    return np.degrees(np.column_stack([xy[:, 0] / RADIUS, lat]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Crs:
    """One system.

    Attributes:
        convert: from arrays of longitude and latitude to this system's axes, in its order.
        invert: back from this system's axes to longitude and latitude.
    """

    uri: str
    convert: Callable[[Any], Any]
    invert: Callable[[Any], Any]
    lat_first: bool = False
    metres: bool = False

    def read_box(self, text: str) -> BBox:
        """Read a box given in this system; returns west, south, east, north in degrees."""
        if self.metres:
            return _box_of_metres(text)
        if not self.lat_first:
            return parse_bbox(text)
        parts = text.split(",")
        if len(parts) not in (4, 6):
            raise BadValue(f"{text!r} is not a box", "south,west,north,east in this system")
        half = len(parts) // 2
        south, west, north, east = parts[0], parts[1], parts[half], parts[half + 1]
        return parse_bbox(",".join((west, south, east, north)))


def _box_of_metres(text: str) -> BBox:
    try:
        numbers = [read_number(part) for part in text.split(",")]
    except ValueError:
        raise BadValue(f"{text!r} is not a list of numbers", "west,south,east,north in metres") from None
    if len(numbers) == 6:
        numbers = [numbers[0], numbers[1], numbers[3], numbers[4]]
    if len(numbers) != 4 or not all(abs(each) <= MOST * 1.0001 for each in numbers):
        raise BadValue(f"{text!r} is not a box", "four numbers in metres, at most ±20037508.35")
    west, south, east, north = numbers
    if south > north:
        raise BadValue(f"{text!r} is not a box", "south must not be north of north")
    lon = [math.degrees(each / RADIUS) for each in (west, east)]
    lat = [math.degrees(2 * math.atan(math.exp(each / RADIUS)) - math.pi / 2) for each in (south, north)]
    return max(-180.0, lon[0]), lat[0], min(180.0, lon[1]), lat[1]


SYSTEMS = {
    each.uri: each
    for each in (
        Crs(uri=CRS84, convert=_same, invert=_same),
        Crs(uri=f"{EPSG}4326", convert=_swap, invert=_swap, lat_first=True),
        Crs(uri=f"{EPSG}4490", convert=_swap, invert=_swap, lat_first=True),
        Crs(uri=f"{EPSG}3857", convert=to_mercator, invert=from_mercator, metres=True),
    )
}
"""CGCS2000 (4490) and WGS 84 differ by less than 1 m and are treated as one."""


def read_crs(text: str) -> Crs:
    """Return a system by its URI, its URN (``urn:ogc:def:crs:EPSG::4326``) or its CURIE (``[EPSG:4326]``)."""
    other = OTHER_FORM.fullmatch(text)
    name = text
    if other is not None:
        authority, code = (part.upper() for part in other.groups())
        name = CRS84 if (authority, code) == ("OGC", "CRS84") else f"{EPSG}{code}" if authority == "EPSG" else text
    return SYSTEMS[one_of(name, list(SYSTEMS), "coordinate reference system")]
