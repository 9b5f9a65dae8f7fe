"""Reads a file of shapes in a process of its own, with limits of memory and time: no file can hurt the server.

Started as ``python -m geoapp.owndata.shapes_confined FILE LAYER CRS ENCODING``; a GeoJSON in degrees, or why there is
none, goes to standard output as JSON.
"""

import resource
import sys
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import shapely

from geoapp.errors import Issue
from geoapp.model.localized_issue import LocalizedIssue
from geoapp.model.phrase import Phrase
from geoapp.vector.source import Rows, read_rows

MEMORY = 1536 * 2**20
SECONDS = 20
MOST_ROWS, MOST_COLUMNS, MOST_VERTICES = 20_000, 60, 200_000
MOST_TOLD = 5
MOST_UNPACKED = 200 * 2**20
BEGINNINGS = {
    ".gpkg": (b"SQLite format 3\0",),
    ".fgb": (b"fgb",),
    ".zip": (b"PK\x03\x04",),
    ".kmz": (b"PK\x03\x04",),
    ".geojson": (b"{",),
    ".json": (b"{",),
    ".kml": (b"<",),
}
"""How files begin that are what they are called: GDAL would open others by what is in them, and follow their links."""
SHAPEFILE = b"\x00\x00\x27\x0a"
Json = dict[str, Any]


class Refused(Exception):
    """A file is not read; ``key`` says why, as ``owndata/places`` words it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def run(path: Path, layer: str, crs: str, encoding: str, out: BinaryIO) -> None:
    """Write what a file holds."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        _check(path)
        rows, issues = read_rows(path, layer=layer, crs=crs, encoding=encoding)
        found: Json = {"faults": [_told(path, each) for each in issues[:MOST_TOLD]], "more": len(issues) - MOST_TOLD}
        if rows is not None:
            _limit(rows)
            found = {"collection": _collection(rows), "headers": rows.headers}
    except Refused as refused:
        found = {"refused": refused.key, "values": refused.values}
    except (MemoryError, OSError, ValueError, LookupError, zipfile.BadZipFile):
        found = {"refused": "damaged", "values": {}}
    out.write(orjson.dumps(found))


def _told(path: Path, issue: Issue) -> Json:
    """Return a fault as its sentence and what stands in it."""
    if isinstance(issue, LocalizedIssue) and isinstance(issue.wording, Phrase):
        return {"text": issue.wording.text, "values": dict(issue.wording.values)}
    return {"text": "{words}", "values": {"words": str(issue).replace(str(path), "").strip(" :")}}


def _check(path: Path) -> None:
    """Refuse a file that is not what it is called, that unpacks to too much, or that declares entities."""
    head = path.read_bytes()[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    suffix = path.suffix.lower()
    if not head.startswith(BEGINNINGS.get(suffix, ())) or (suffix == ".kml" and b"<kml" not in head):
        raise Refused("damaged")
    if suffix in (".zip", ".kmz"):
        with zipfile.ZipFile(path) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST_UNPACKED:
                raise Refused("bomb", most=MOST_UNPACKED // 2**20)
            _check_parts(archive, suffix)
    elif suffix == ".kml" and b"<!" in path.read_bytes().replace(b"<!--", b"").replace(b"<![CDATA[", b""):
        raise Refused("damaged")


def _check_parts(archive: zipfile.ZipFile, suffix: str) -> None:
    wanted = ".shp" if suffix == ".zip" else ".kml"
    parts = [name for name in archive.namelist() if name.lower().endswith(wanted)]
    if len(parts) != 1:
        raise Refused("one_shapefile", count=len(parts))
    with archive.open(parts[0]) as part:
        head = part.read(4096)
    if suffix == ".zip":
        _check_companions(archive, parts[0])
    if not (head.startswith(SHAPEFILE) if wanted == ".shp" else b"<kml" in head and b"<!DOCTYPE" not in head):
        raise Refused("damaged")


def _check_companions(archive: zipfile.ZipFile, shp: str) -> None:
    """Refuse a Shapefile that is not whole: without its .dbf nothing is known of any shape."""
    there = {name.lower() for name in archive.namelist()}
    missing = [each for each in (".shx", ".dbf") if f"{shp[:-4].lower()}{each}" not in there]
    if missing:
        raise Refused("no_part", part=" ".join(missing))


def _limit(rows: Rows) -> None:
    if not rows.cells or shapely.is_missing(rows.shapes).all():
        raise Refused("empty")
    vertices = int(shapely.get_num_coordinates(rows.shapes).sum())
    for key, count, most in (
        ("rows", len(rows.cells), MOST_ROWS),
        ("columns", len(rows.headers), MOST_COLUMNS),
        ("vertices", vertices, MOST_VERTICES),
    ):
        if count > most:
            raise Refused(key, count=f"{count:,}", most=f"{most:,}")


def _collection(rows: Rows) -> Json:
    """Return a GeoJSON collection; a Python number that JSON has not stays text."""
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(rows.headers, cells, strict=True)),
            "geometry": None if shape is None else orjson.Fragment(shapely.to_geojson(shape)),
        }
        for cells, shape in zip(rows.cells, rows.shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], sys.stdout.buffer)
