"""A table of places: its header and its coordinates found, read and written anew in degrees of WGS 84."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geoapp.errors import InvalidData, Issue
from geoapp.model.vector import Cell
from geoapp.vector.coordinates import Datum, Found, Place, find_columns, read_places

LON, LAT = "lon_wgs84", "lat_wgs84"
"""Headers of the columns that are written."""
HEADER_WITHIN = 10
"""Rows among which the header is looked for."""
SLIPS = {
    "unreadable": ("is no number of degrees", "write 116.3913 or 116°23′29″"),
    "swapped": ("is turned round: exchanged, it lies in China", "exchange longitude and latitude"),
    "out_of_range": ("is not on the earth", "longitudes go to 180, latitudes to 90; is it in metres?"),
    "empty": ("has no coordinates", "fill them in, or remove the row"),
}


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """Rows with their places in WGS 84.

    Attributes:
        columns: those the coordinates were read from.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    places: tuple[Place, ...]
    columns: Found

    def write(self, path: Path) -> None:
        """Write the table as CSV in UTF-8, the places in two columns at its end."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*self.headers, LON, LAT])
            for row, place in zip(self.rows, self.places, strict=True):
                cells = ("" if cell is None else cell for cell in row)
                writer.writerow([*cells, f"{place.lon:.9g}", f"{place.lat:.9g}"])


def place_table(name: str, rows: Sequence[Sequence[Cell]], datum: Datum, lon: str = "", lat: str = "") -> PlacedTable:
    """Return a table's rows with their places.

    Args:
        name: of the file, in what is said of it.
        rows: all rows of a sheet, the first is row 1.
        lon: header of the longitudes (or of both); without it the columns are found by their names.

    Raises:
        InvalidData: no columns of coordinates are found, or rows have none that can be used; each is named.
    """
    head, found = _header(name, rows, lon, lat)
    headers = _texts(rows[head])
    body = [(n, row) for n, row in enumerate(rows[head + 1 :], start=head + 2) if any(c not in (None, "") for c in row)]
    cells = [(*row, *[None] * (len(headers) - len(row)))[: len(headers)] for _, row in body]
    lons = [row[headers.index(found.lon)] for row in cells]
    lats = [row[headers.index(found.lat)] for row in cells] if found.lat else []
    places = read_places(lons, lats, datum)
    issues = [
        _slip(f"{name} row {number}", row, headers, found, place)
        for (number, _), row, place in zip(body, cells, places, strict=True)
        if place.slip
    ]
    if issues:
        raise InvalidData(name, issues)
    return PlacedTable(tuple(headers), tuple(cells), tuple(places), found)


def _slip(where: str, row: Sequence[Cell], headers: Sequence[str], found: Found, place: Place) -> Issue:
    """Say what is wrong with a row's coordinates, as they are written."""
    problem, hint = SLIPS[str(place.slip)]
    written = ", ".join(repr(row[headers.index(header)]) for header in (found.lon, found.lat) if header)
    return Issue(f"{where}, column {found.lon}", f"{written} {problem}", hint)


def _texts(row: Sequence[Cell]) -> list[str]:
    return ["" if cell is None else str(cell).strip() for cell in row]


def _header(name: str, rows: Sequence[Sequence[Cell]], lon: str, lat: str) -> tuple[int, Found]:
    """Return which row is the header, and which of its columns hold the coordinates."""
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        headers = _texts(row)
        wanted = Found(lon, lat) if lon else find_columns(headers)
        if wanted and {wanted.lon, wanted.lat} - {""} <= set(headers):
            return number, wanted
    told = ", ".join(filter(None, _texts(rows[0]))) if rows else ""
    asked = " and ".join(repr(each) for each in (lon, lat) if each)
    problem = f"no row has the columns {asked}" if asked else "no columns are named as coordinates"
    raise InvalidData(name, [Issue("header", problem, f"name them with --lon and --lat; row 1 has: {told}")])
