"""Vector tiles: one PMTiles archive per collection, drawn at build, served as slices.

Drawn by ourselves: GDAL's driver took 25 s for what is 4 s here (each level is cut from the pieces of the one above).
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geoapp.features.encoded import PROGRESS
from geoapp.features.fields import Field
from geoapp.features.tiles.archive import tile_number, write_archive
from geoapp.features.tiles.cut import cut, to_world
from geoapp.features.tiles.encode import COARSE, Layer, encode_level

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
    "../records.py",
    "../geojson.py",
    "../fields.py",
    *(f"../{name}" for name in PROGRESS),
)
CODE = hashlib.sha256(b"".join((Path(__file__).parent / name).read_bytes() for name in SOURCES)).hexdigest()[:8]
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
    deepest = deepest_of(name)
    places = {id(shape): number for number, shape in enumerate({id(each): each for each in shapes}.values())}
    layer = Layer(
        name,
        [{key: _plain(value) for key, value in row.items()} for row in rows],
        [places[id(shape)] for shape in shapes],
    )
    geometries = np.array(list({id(each): each for each in shapes}.values()), dtype=object)
    tiles: list[tuple[int, bytes]] = []
    for zoom, squares in enumerate(cut(to_world(geometries), deepest)):
        step = 1 if zoom == deepest else COARSE
        tiles += [(tile_number(zoom, row, col), body) for row, col, body in encode_level(squares, zoom, step, layer)]
    west, south, east, north = shapely.total_bounds(geometries).tolist()
    about = {
        "name": name,
        "description": title,
        "type": "overlay",
        "vector_layers": [{"id": name, "minzoom": 0, "maxzoom": deepest, "fields": _fields(fields)}],
    }
    write_archive(path, sorted(tiles), (west, south, east, north), about)


def _plain(value: Any) -> Any:
    """Return a value as tiles can hold it: words of a list are joined."""
    return ";".join(value) if isinstance(value, list) else str(value) if isinstance(value, str) else value


def _fields(fields: Sequence[Field]) -> dict[str, str]:
    return {field.name: "Number" if field.type in ("number", "integer") else "String" for field in fields}
