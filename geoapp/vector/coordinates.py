"""Coordinates as people write them in tables: which columns they are, degrees-minutes-seconds, datum, slips."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geoapp.boundaries.datum import gcj02_to_wgs84
from geoapp.model.vector import Cell

Datum = Literal["wgs84", "cgcs2000", "gcj02"]
DATUMS: tuple[Datum, ...] = ("wgs84", "cgcs2000", "gcj02")
GCJ02_ACCURACY_M = 1
"""Metres: how well the formula in general use undoes GCJ-02 (see ``boundaries/datum``)."""
Slip = Literal["unreadable", "swapped", "out_of_range", "empty"]
LON_NAMES = ("lon", "lng", "long", "longitude", "经度", "东经", "gps经度", "x坐标")
LAT_NAMES = ("lat", "latitude", "纬度", "北纬", "gps纬度", "y坐标")
BOTH_NAMES = ("坐标", "经纬度", "经纬度坐标", "位置坐标", "lonlat", "coordinates")
SIGNS = {
    **dict.fromkeys(("E", "N", "东经", "北纬", "东", "北"), 1),
    **dict.fromkeys(("W", "S", "西经", "南纬", "西", "南"), -1),
}
CHINA = (73.0, 3.0, 136.0, 54.0)
"""West, south, east, north in degrees: a pair that lies in it only when turned round was written turned round."""
PARTS = re.compile(
    r"(?P<sign>[+-]?)(?P<degrees>\d+(?:\.\d+)?)(?:[°度dD:\s-]+(?P<minutes>\d+(?:\.\d+)?)"
    r"(?:['′’分mM:\s-]+(?P<seconds>\d+(?:\.\d+)?))?)?[\"″”'′’秒分度°sS\s]*"
)


@dataclass(frozen=True, slots=True)
class Found:
    """The columns of a table that hold coordinates; ``lat`` is empty where one column holds both."""

    lon: str
    lat: str


@dataclass(frozen=True, slots=True)
class Place:
    """One row's place in WGS 84 degrees, or why it has none."""

    lon: float
    lat: float
    slip: Slip | None = None


def find_columns(headers: Sequence[str]) -> Found | None:
    """Return the columns that are named as coordinates; None where none or several pairs are."""
    names = {header: _plain(header) for header in headers}
    lons = [header for header, name in names.items() if name in LON_NAMES]
    lats = [header for header, name in names.items() if name in LAT_NAMES]
    both = [header for header, name in names.items() if name in BOTH_NAMES]
    if len(lons) == 1 and len(lats) == 1:
        return Found(lons[0], lats[0])
    return Found(both[0], "") if len(both) == 1 and not lons and not lats else None


def _plain(header: str) -> str:
    """Return a header in small letters without the unit and the blanks people add: ``经度（°）`` is 经度."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[(\[].*?[)\]]|[\s_°*:]", "", text)


def read_degrees(cell: Cell) -> float | None:
    """Return a cell as decimal degrees: ``116.39``, ``１１６．３９``, ``116°23′29″E``, ``东经116度23分29秒``.

    None for what is no such number.
    """
    if cell is None or isinstance(cell, int | float):
        return None if cell is None else float(cell)
    text = unicodedata.normalize("NFKC", str(cell)).replace("−", "-").strip()
    turn, text = _direction(text)
    found = PARTS.fullmatch(text)
    if found is None:
        return None
    minutes, seconds = float(found["minutes"] or 0), float(found["seconds"] or 0)
    if minutes >= 60 or seconds >= 60 or (found["sign"] and turn != 0):
        return None
    degrees = float(found["degrees"]) + minutes / 60 + seconds / 3600
    return -degrees if found["sign"] == "-" or turn < 0 else degrees


def _direction(text: str) -> tuple[int, str]:
    """Return the sign that a direction before or behind gives (0 without one), and the rest of the text."""
    for word, sign in SIGNS.items():
        for letters in (word, word.lower()):
            if text.startswith(letters):
                return sign, text[len(letters) :].lstrip(" :")
            if text.endswith(letters):
                return sign, text[: -len(letters)].strip()
    return 0, text


def read_places(lons: Sequence[Cell], lats: Sequence[Cell], datum: Datum) -> list[Place]:
    """Return each row's place, or its slip; GCJ-02 is undone, and CGCS2000 differs from WGS 84 by less than a metre.

    Args:
        lons: cells of the column of longitudes, or of the column of both where ``lats`` is empty.
    """
    pairs = [_split(cell) for cell in lons] if not lats else list(zip(lons, lats, strict=True))
    read = [_place(*pair) for pair in pairs]
    if datum != "gcj02":
        return read
    good = [number for number, place in enumerate(read) if place.slip is None]
    lon, lat = gcj02_to_wgs84(_array(read, good, "lon"), _array(read, good, "lat"))
    for number, x, y in zip(good, lon.tolist(), lat.tolist(), strict=True):
        read[number] = Place(round(x, 6), round(y, 6))
    return read


def _array(places: Sequence[Place], numbers: Sequence[int], name: str) -> NDArray[np.float64]:
    return np.array([getattr(places[number], name) for number in numbers], dtype=np.float64)


def _split(cell: Cell) -> tuple[Cell, Cell]:
    """Return the two halves of a cell such as ``116.39,39.90``."""
    parts = [part for part in re.split(r"[,，;；、/]\s*|\s+(?=[东西南北EWNS\d])", str(cell or "")) if part.strip()]
    return (parts[0], parts[1]) if len(parts) == 2 else (cell, None)


def _place(lon_cell: Cell, lat_cell: Cell) -> Place:
    if lon_cell in (None, "") and lat_cell in (None, ""):
        return Place(0.0, 0.0, "empty")
    lon, lat = read_degrees(lon_cell), read_degrees(lat_cell)
    if lon is None or lat is None:
        return Place(0.0, 0.0, "unreadable")
    if _in_china(lat, lon) and not _in_china(lon, lat):
        return Place(lon, lat, "swapped")
    if abs(lon) > 180 or abs(lat) > 90:
        return Place(lon, lat, "out_of_range")
    return Place(lon, lat)


def _in_china(lon: float, lat: float) -> bool:
    west, south, east, north = CHINA
    return west <= lon <= east and south <= lat <= north


def slips(places: Sequence[Place]) -> Counter[str]:
    """Return how many places have which slip."""
    return Counter(place.slip for place in places if place.slip)
