"""Files with places become rows and geometries in degrees: CSV by its columns, all others through GDAL (pyogrio)."""

import csv
import io
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

Geometries = npt.NDArray[np.object_]
SUFFIXES = (".csv", ".geojson", ".json", ".kml", ".kmz", ".gpkg", ".fgb", ".zip")
DEGREES = (4326, 4490)
"""EPSG codes that differ by less than a metre: WGS 84 and CGCS2000."""


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
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        source = _inside(path)
        names = [str(name) for name, _ in pyogrio.list_layers(source)]
        faults = _layer_issues(path, names, layer)
        if faults:
            return None, faults
        meta, _, geometry, fields = pyogrio.raw.read(
            source, layer=layer or names[0], encoding=encoding or _encoding(path), force_2d=True
        )
    except (DataSourceError, DataLayerError, zipfile.BadZipFile, UnicodeError, RuntimeError) as error:
        words = " ".join(str(error).split())
        return None, [Issue(str(path), f"cannot be read: {words}", "export it again; a Shapefile is zipped whole")]
    if geometry is None:
        return None, [Issue(str(path), "has no geometry", "give coordinates, or name lon and lat of a CSV")]
    shapes, issues = _in_degrees(path, shapely.from_wkb(geometry), crs or meta["crs"] or "")
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


def _encoding(path: Path) -> str | None:
    """Return the encoding of a zipped Shapefile that does not say one: UTF-8 where its texts are, else GB18030."""
    if path.suffix.lower() != ".zip":
        return None
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if any(name.lower().endswith(".cpg") for name in names):
            return None
        tables = [name for name in names if name.lower().endswith(".dbf")]
        data = archive.read(tables[0]) if tables else b""
    try:
        data[int.from_bytes(data[8:10], "little") :].decode("utf-8")
    except UnicodeDecodeError:
        return "GB18030"
    return "UTF-8"


def _layer_issues(path: Path, names: Sequence[str], layer: str) -> list[Issue]:
    if not names:
        return [Issue(str(path), "holds no layer", "export it again")]
    if layer and layer not in names:
        return [Issue(f"{path} layer", f"has no layer {layer!r}", f"it has: {', '.join(names)}")]
    if not layer and len(names) > 1:
        return [Issue(f"{path} layer", f"holds {len(names)} layers", f"name one of: {', '.join(names)}")]
    return []


def _in_degrees(path: Path, shapes: Geometries, crs: str) -> tuple[Geometries, list[Issue]]:
    """Return geometries in WGS 84, whatever system the file names: 3-degree zones of CGCS2000 and others."""
    import pyproj

    if not crs:
        hint = "a Shapefile needs its .prj; or name the system, such as crs EPSG:4547"
        return shapes, [Issue(f"{path} crs", "names no coordinate system", hint)]
    try:
        system = pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError as error:
        return shapes, [Issue(f"{path} crs", f"{crs[:60]!r} is no coordinate system", str(error)[:120])]
    if system.to_epsg() not in DEGREES:
        convert = pyproj.Transformer.from_crs(system, 4326, always_xy=True).transform
        shapes = shapely.transform(shapes, lambda xy: np.column_stack(convert(xy[:, 0], xy[:, 1])))
    west, south, east, north = shapely.total_bounds(shapes)
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        problem = f"coordinates from {west:.6g}, {south:.6g} to {east:.6g}, {north:.6g} are not on the earth"
        return shapes, [Issue(f"{path} crs", problem, f"is {system.name} the system of the file?")]
    return shapes, []


def _cells(values: Any) -> list[Cell]:
    """Return a column as plain Python values; what is neither text nor number is written as text."""
    if values.dtype.kind == "f":
        return [None if np.isnan(value) else float(value) for value in values]
    if values.dtype.kind in "iu":
        return [int(value) for value in values]
    return [None if value is None else str(value) for value in values]
