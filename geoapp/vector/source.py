"""Files with places become rows and geometries in degrees: CSV by its columns, all others through GDAL (pyogrio)."""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geoapp.errors import Issue
from geoapp.model.vector import Cell
from geoapp.vector.faults import fault, fault_of

Geometries = npt.NDArray[np.object_]
SUFFIXES = (".csv", ".geojson", ".json", ".kml", ".kmz", ".gpkg", ".fgb", ".zip")
DEGREES = (4326, 4490)
"""EPSG codes that differ by less than a metre: WGS 84 and CGCS2000."""


SIDES = ("west", "south", "east", "north")
MOST_TOLD = 20
"""Faulty rows that are told one by one."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a file holds.

    Attributes:
        headers: the names of the columns.
        cells: one tuple a row; text, number or None.
        numbers: what to call each row: in a CSV the row a spreadsheet shows, else the count from 1.
        shapes: one geometry a row, degrees; None where the row has none.
    """

    headers: tuple[str, ...]
    cells: Sequence[tuple[Cell, ...]]
    numbers: Sequence[int]
    shapes: Geometries

    def column(self, header: str) -> list[Cell]:
        """Return the cells of a column."""
        place = self.headers.index(header)
        return [row[place] for row in self.cells]


def read_rows(
    path: Path, *, lon: str = "", lat: str = "", layer: str = "", crs: str = "", encoding: str = ""
) -> tuple[Rows | None, list[Issue]]:
    """Read a file with every fault of its form; what its cells mean is for others to check.

    Args:
        lon: of a CSV, the header of the longitudes; ``lat`` of the latitudes.
        layer: of a file that holds several.
        crs: of a file that names none or a wrong one.
        encoding: of a Shapefile that says none or a wrong one.
    """
    if path.suffix.lower() == ".csv":
        return _read_csv(path, lon, lat)
    if path.suffix.lower() not in SUFFIXES:
        return None, [Issue(str(path), f"{path.suffix or 'a file without ending'} is not read", f"use {_known()}")]
    return _read_gdal(path, layer, crs, encoding)


def _known() -> str:
    return ", ".join(SUFFIXES)


def _read_csv(path: Path, lon: str, lat: str) -> tuple[Rows | None, list[Issue]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [Issue(f"{path} byte {error.start}", "is not UTF-8", "save it as CSV UTF-8")]
    reader = csv.reader(io.StringIO(text), strict=True)
    cells: list[tuple[Cell, ...]] = []
    numbers: list[int] = []
    issues: list[Issue] = []
    try:
        headers = tuple(next(reader, []))
        for row in filter(any, reader):
            if len(row) != len(headers):
                problem = f"{len(row)} cells where the header has {len(headers)}"
                hint = "a cell was dropped or holds an unquoted comma"
                issues.append(Issue(f"{path} row {reader.line_num}", problem, hint))
                continue
            cells.append(tuple(row))
            numbers.append(reader.line_num)
    except csv.Error as error:
        return None, [Issue(f"{path} row {reader.line_num}", f"not readable as CSV: {error}", "check the quotes")]
    if len(set(headers)) != len(headers):
        issues.append(Issue(f"{path} row 1", "a column name occurs twice", "keep one"))
    missing = [name for name in (lon, lat) if name not in headers]
    if issues or not lon or missing:
        hint = f"it has: {', '.join(headers)}"
        issues += [Issue(f"{path} row 1", f"column {name!r} is missing", hint) for name in missing if name]
        issues += [] if lon else [Issue(str(path), "no columns are named for the coordinates", "give lon and lat")]
        return None, issues
    places = [headers.index(lon), headers.index(lat)]
    read = [_degrees(row, places, headers, f"{path} row {number}") for row, number in zip(cells, numbers, strict=True)]
    issues = [issue for _, faults in read for issue in faults]
    points = np.array(shapely.points(np.array([point for point, _ in read], dtype=float).reshape(-1, 2)), dtype=object)
    return (None, issues) if issues else (Rows(headers, cells, numbers, points), [])


def _degrees(
    row: Sequence[Cell], places: Sequence[int], headers: Sequence[str], where: str
) -> tuple[tuple[float, float], list[Issue]]:
    """Read one row's longitude and latitude; what is no degree is a fault of its cell."""
    found, issues = [], []
    for place, most in zip(places, (180.0, 90.0), strict=True):
        try:
            value = float(str(row[place]))
        except ValueError:
            value = np.nan
        if not abs(value) <= most:
            problem = f"{row[place]!r} is not a number of degrees from -{most:g} to {most:g}"
            hint = "write decimal degrees; are longitude and latitude swapped?"
            issues.append(Issue(f"{where}, column {headers[place]}", problem, hint))
        found.append(value)
    return (found[0], found[1]), issues


def _read_gdal(path: Path, layer: str, crs: str, encoding: str) -> tuple[Rows | None, list[Issue]]:
    import pyogrio  # loads GDAL, 60 MB: only where a file is read
    from pyogrio.errors import CRSError, DataLayerError, DataSourceError

    said = encoding or _said_encoding(path)
    if said and not _is_encoding(said):
        return None, [fault(path, "unknown_encoding", encoding=said[:20])]
    try:
        source = _inside(path)
        names = [str(name) for name, _ in pyogrio.list_layers(source)]
        faults = _layer_issues(path, names, layer)
        if faults:
            return None, faults
        meta, _, geometry, fields = pyogrio.raw.read(
            source, layer=layer or names[0], encoding=encoding or _encoding(path), force_2d=True
        )
    except (DataSourceError, DataLayerError, CRSError, zipfile.BadZipFile, ValueError, RuntimeError) as error:
        return None, [fault_of(path, error)]
    if geometry is None:
        return None, [fault(path, "no_shapes")]
    shapes, issues = _read_shapes(path, geometry)
    if not issues:
        shapes, issues = _in_degrees(path, shapes, crs or meta["crs"] or "")
    headers = tuple(str(name) for name in meta["fields"])
    columns = [_cells(values) for values in fields]
    cells = list(zip(*columns, strict=True)) if columns else [()] * len(shapes)
    return (None, issues) if issues else (Rows(headers, cells, range(1, len(shapes) + 1), shapes), [])


def _inside(path: Path) -> str | Path:
    """Return what GDAL opens: of a zip the one Shapefile (or other file) in it."""
    if path.suffix.lower() != ".zip":
        return path
    with zipfile.ZipFile(path) as archive:
        inside = [name for name in archive.namelist() if name.lower().endswith((".shp", ".gpkg", ".geojson", ".kml"))]
    if len(inside) != 1:
        raise RuntimeError(f"the zip holds {len(inside)} layers; zip one Shapefile with its .dbf, .shx and .prj")
    return f"/vsizip/{path.resolve()}/{inside[0]}"


def _read_shapes(path: Path, wkb: npt.NDArray[np.object_]) -> tuple[Geometries, list[Issue]]:
    """Return geometries; one that is none, such as a line of one point, is a fault of its row."""
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    given = np.array([each is not None for each in wkb], dtype=bool)
    odd = np.flatnonzero(given & shapely.is_missing(shapes)) + 1
    return shapes, [fault(path, "broken", f"row {row}", row=int(row)) for row in odd[:MOST_TOLD]]


def _said_encoding(path: Path) -> str:
    """Return the encoding that a zipped Shapefile says its texts have; empty where it says none."""
    if path.suffix.lower() != ".zip":
        return ""
    with zipfile.ZipFile(path) as archive:
        told = [name for name in archive.namelist() if name.lower().endswith(".cpg")]
        return archive.read(told[0])[:40].decode("ascii", "replace").strip() if told else ""


def _is_encoding(name: str) -> bool:
    """Say whether GDAL knows an encoding; ESRI writes some as numbers of code pages."""
    known = re.sub(r"^(?:ansi|ldid/|oem|cp)?\s*(\d+)$", r"cp\1", name.strip().lower())
    try:
        codecs.lookup(known)
    except LookupError:
        return known.startswith(("cp", "iso", "8859"))
    return True


def _encoding(path: Path) -> str | None:
    """Return the encoding of a zipped Shapefile that does not say one: UTF-8 where its texts are, else GB18030."""
    if path.suffix.lower() != ".zip" or _said_encoding(path):
        return None
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        tables = [name for name in names if name.lower().endswith(".dbf")]
        data = archive.read(tables[0]) if tables else b""
    try:
        data[int.from_bytes(data[8:10], "little") :].decode("utf-8")
    except UnicodeDecodeError:
        return "GB18030"
    return "UTF-8"


def _layer_issues(path: Path, names: Sequence[str], layer: str) -> list[Issue]:
    if not names:
        return [fault(path, "no_layer")]
    if layer and layer not in names:
        return [fault(path, "wrong_layer", layer=layer, known=", ".join(names))]
    if not layer and len(names) > 1:
        return [fault(path, "which_layer", count=len(names), known=", ".join(names))]
    return []


def _in_degrees(path: Path, shapes: Geometries, crs: str) -> tuple[Geometries, list[Issue]]:
    """Return geometries in WGS 84, whatever system the file names: 3-degree zones of CGCS2000 and others."""
    import pyproj

    if not crs:
        return shapes, [fault(path, "no_crs")]
    try:
        system = pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError:
        return shapes, [fault(path, "not_a_crs", crs=crs[:60])]
    placed = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    if not placed.any():
        return shapes, []  # without a place there is none off the earth; what is missing is told by row
    if system.is_projected and _on_earth(shapes[placed]):
        return shapes, [fault(path, "degrees", crs=system.name)]
    try:
        shapes = _converted(shapes, system)
    except pyproj.exceptions.ProjError:
        return shapes, [fault(path, "local_crs", crs=system.name)]
    sides = dict(zip(SIDES, (f"{side:.6g}" for side in shapely.total_bounds(shapes[placed])), strict=True))
    return shapes, [] if _on_earth(shapes[placed]) else [fault(path, "off_earth", crs=system.name, **sides)]


def _converted(shapes: Geometries, system: Any) -> Geometries:
    import pyproj

    if system.to_epsg() in DEGREES:
        return shapes
    convert = pyproj.Transformer.from_crs(system, 4326, always_xy=True).transform
    return shapely.transform(shapes, lambda xy: np.column_stack(convert(xy[:, 0], xy[:, 1])))


def _on_earth(shapes: Geometries) -> bool:
    west, south, east, north = shapely.total_bounds(shapes)
    return bool(west >= -180 and east <= 180 and south >= -90 and north <= 90)


def _cells(values: Any) -> list[Cell]:
    """Return a column as plain Python values; what is neither text nor number is written as text."""
    if values.dtype.kind == "f":
        return [None if np.isnan(value) else float(value) for value in values]
    if values.dtype.kind in "iu":
        return [int(value) for value in values]
    return [None if value is None else str(value) for value in values]
