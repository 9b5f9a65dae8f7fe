"""Features encoded once, at build: an answer joins bytes that are already on disk, plain or deflated.

Of each layer the build keeps five files, read through memory maps, so that a worker
holds none of them and ten times the features cost it nothing:

- ``.json``: the features joined, each without its last brace, so that links can be added to one
  and ``},`` stands between two;
- ``.deflate``: each feature deflated by itself and flushed to a byte, with the same between two,
  so that a gzipped page is a join too; then all features in one stream, for whole layers;
- ``.npy``: where each begins and ends; ``.boxes.npy``: the box around it; ``.ids.npy``: its id.

Of a layer of divisions the deflated geometry is a piece of its own. What plans say of a division is kept without
geometry and points at the division's (*borrows* it): the polygon of a prefecture with three hundred targets lies on
disk once, and is put between head and tail of each when it is served.
"""

import hashlib
import shutil
import tempfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal, Protocol

import numpy as np
import orjson

from geoapp.model.view import BBox

HEAD = b'{"type":"FeatureCollection","features":['
BETWEEN = b"},"
LEVEL = 4
OWN = (-1, -1)
"""Lender and number of a feature that has its geometry itself."""
FIRST, LAST, STOP, PACKED, LENDER = 1, 2, 3, 4, 8
"""Columns of the index: begin of a feature, begin and end of its geometry, its end; the same four deflated; who lends
the geometry, and its number there."""
SUFFIXES = (".deflate", ".npy", ".boxes.npy", ".ids.npy", ".json")
PROGRESS = tuple(f"../analysis/progress/{name}.py" for name in ("method", "evidence", "tracker"))
SOURCES = ("encode.py", "encoded.py", "records.py", "geojson.py", "fields.py", *PROGRESS)
CODE = hashlib.sha256(b"".join((Path(__file__).parent / name).read_bytes() for name in SOURCES)).hexdigest()[:8]
"""Changes with the code that encodes, so that a build made by other code is never taken for ours."""


def deflate(data: bytes, level: int = LEVEL) -> bytes:
    """Return a piece of a deflate stream that ends on a byte and refers to nothing before it."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


HEAD_PACKED, BETWEEN_PACKED = deflate(HEAD), deflate(BETWEEN)


Geometries = Literal["own", "lent", "borrowed"]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One encoded feature.

    Attributes:
        data: the feature; without a geometry where it borrows one.
        geometry: where in ``data`` the geometry begins and ends.
        box: west, south, east, north, degrees; its lender's where it borrows.
        lent: which of the layers that lend has the geometry, and the feature's number there.
    """

    id: str
    data: bytes
    geometry: tuple[int, int]
    box: BBox = (0.0, 0.0, 0.0, 0.0)
    lent: tuple[int, int] = OWN


class Kept(Protocol):
    """A layer written before, whose features need not be deflated again where they are the same."""

    def deflated(self, feature: Encoded) -> tuple[bytes, int, int] | None:
        """Return a feature as it was deflated, and where its geometry began and ended in that; None if it changed."""


def write_layer(
    base: Path, features: Iterable[Encoded], geometries: Geometries = "own", before: Kept | None = None
) -> None:
    """Write the files of a layer, one feature in memory at a time.

    Args:
        geometries: whether the layer's geometries are its own, are lent to others as well, or are borrowed.
        before: the same layer of a build before, written by the same code.
    """
    index: list[tuple[int, ...]] = []
    boxes: list[BBox] = []
    ids: list[bytes] = []
    with (
        base.with_name(base.name + ".json").open("wb") as plain,
        base.with_name(base.name + ".deflate").open("wb") as packed,
        tempfile.TemporaryFile(dir=base.parent) as stream,
    ):
        whole = _Whole(stream)  # of borrowed geometries nothing is known here, and it stays unused
        whole.add(HEAD)
        for feature in features:
            if index:
                whole.add(BETWEEN)
                plain.write(BETWEEN)
                packed.write(BETWEEN_PACKED)
            body = feature.data[:-1]
            start, start_packed, (first, last) = plain.tell(), packed.tell(), feature.geometry
            whole.add(body)
            plain.write(body)
            known = before.deflated(feature) if before else None
            piece, first_packed, last_packed = known or _deflated(feature, geometries)
            packed.write(piece)
            places = (start, start + first, start + last, plain.tell())
            packed_places = (start_packed, start_packed + first_packed, start_packed + last_packed, packed.tell())
            index.append((*places, *packed_places, *feature.lent))
            boxes.append(feature.box)
            ids.append(feature.id.encode())
        start_packed = packed.tell()
        if geometries != "borrowed":
            whole.finish(packed)
        lender = 0 if geometries == "borrowed" else OWN[0]
        index.append((whole.crc, 0, 0, whole.size, start_packed, 0, 0, packed.tell(), lender, 0))
    np.save(base.with_name(base.name + ".npy"), np.array(index, dtype=np.int64))
    np.save(base.with_name(base.name + ".boxes.npy"), np.array(boxes, dtype=np.float64).reshape(-1, 4))
    np.save(base.with_name(base.name + ".ids.npy"), np.array(ids, dtype=np.bytes_))


def _deflated(feature: Encoded, geometries: Geometries) -> tuple[bytes, int, int]:
    """Deflate a feature, in pieces where its geometry is lent or borrowed; say where the geometry stands in that."""
    body, (first, last) = feature.data[:-1], feature.geometry
    if geometries == "own":
        return deflate(body), 0, 0
    head = deflate(body[:first])
    geometry = deflate(body[first:last], 9) if first < last else b""  # once for all that borrow it
    return b"".join((head, geometry, deflate(body[last:]))), len(head), len(head) + len(geometry)


class _Whole:
    """The one deflate stream of a whole layer, on its way to disk."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._packer = file, zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
        self.crc, self.size = 0, 0

    def add(self, data: bytes) -> None:
        self.crc, self.size = zlib.crc32(data, self.crc), self.size + len(data)
        self._file.write(self._packer.compress(data))

    def finish(self, target: BinaryIO) -> None:
        self._file.write(self._packer.flush(zlib.Z_FULL_FLUSH))
        self._file.seek(0)
        shutil.copyfileobj(self._file, target)


def encode(identifier: str, properties: dict[str, Any], geometry: bytes) -> tuple[bytes, tuple[int, int]]:
    """Encode one feature, geometry before properties, and say where the geometry is (or is to be put, if empty)."""
    head = b'{"type":"Feature","id":' + orjson.dumps(identifier) + b',"geometry":'
    data = head + geometry + b',"properties":' + orjson.dumps(properties) + b"}"
    return data, (len(head), len(head) + len(geometry))
