"""Vector tiles: one PMTiles archive per collection, drawn at build, served as slices.

Drawn by ourselves: GDAL's driver took 25 s for what is 4 s here (each level is cut from the pieces of the one above).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geoapp.features.encoded import PROGRESS
from geoapp.features.fields import Field
from geoapp.features.tiles.archive import TileArchive, tile_number, write_archive
from geoapp.features.tiles.division_tiles import draw
from geoapp.features.tiles.encode import Drawn, Layer

DEEPEST = {
    **{"provinces": 8, "prefectures": 8, "counties": 10},
    **{"targets": 6, "statistics": 6, "progress": 6, "parks": 8, "projects": 8},
}
"""The last zoom level written. Boundaries know 100 m, a pixel of level 8 is 600 m: clients stretch from there."""
LAYERS = 10
"""The same of a published vector layer."""
SOURCES = (
    "pyramid.py",
    "archive.py",
    "cut.py",
    "encode.py",
    "division_tiles.py",
    "../records.py",
    "../geojson.py",
    "../fields.py",
    *(f"../{name}" for name in PROGRESS),
)


def _digest(names: Sequence[str]) -> str:
    return hashlib.sha256(b"".join((Path(__file__).parent / name).read_bytes() for name in names)).hexdigest()[:8]


CODE = _digest(SOURCES)
PIECES_CODE = _digest(("cut.py", "encode.py", "division_tiles.py"))
Row = Mapping[str, Any]


def deepest_of(name: str) -> int:
    """Return the last zoom level of a collection's tiles."""
    return DEEPEST.get(name, LAYERS)


def write_tiles(
    path: Path, name: str, title: str, rows: Sequence[Row], shapes: Sequence[Any], fields: Sequence[Field]
) -> None:
    """Write a collection's archive; the same rows and shapes give the same bytes.

    Args:
        rows: the features' properties.
        shapes: their geometries, degrees.
        fields: what the properties are.
    """
    distinct = list({id(each): each for each in shapes}.values())
    places = {id(shape): number for number, shape in enumerate(distinct)}
    levels = draw(distinct, deepest_of(name))
    write_drawn(path, name, title, rows, [places[id(shape)] for shape in shapes], levels, distinct, fields)


def write_drawn(
    path: Path,
    name: str,
    title: str,
    rows: Sequence[Row],
    shape_of: Sequence[int],
    levels: Iterable[Sequence[Drawn]],
    shapes: Sequence[Any],
    fields: Sequence[Field],
    before: TileArchive | None = None,
) -> None:
    """Write a collection's archive from shapes that are drawn already.

    Args:
        shape_of: the number of each feature's shape.
        levels: what is drawn of shapes, by their numbers; there may be more than features have.
        shapes: the geometries of the features, degrees.
        before: the archive of a build before; tiles that are the same are taken from it.
    """
    layer = Layer(name, rows, shape_of)
    tiles = [
        (tile_number(zoom, tile.row, tile.col), body)
        for zoom, level in enumerate(levels)
        for tile in level
        if (body := layer.encode(tile))
    ]
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object)).tolist()
    about = {
        "name": name,
        "description": title,
        "type": "overlay",
        "vector_layers": [{"id": name, "minzoom": 0, "maxzoom": deepest_of(name), "fields": _fields(fields)}],
    }
    write_archive(path, sorted(tiles), (west, south, east, north), about, before)


def pieces_name(edition: str) -> str:
    """Name the file of what is drawn of divisions."""
    return f"pieces-{edition}-{PIECES_CODE}"


def _fields(fields: Sequence[Field]) -> dict[str, str]:
    return {field.name: "Number" if field.type in ("number", "integer") else "String" for field in fields}
