"""Features encoded once, at build: an answer joins bytes that are already on disk, plain or deflated.

Of each layer and detail the build keeps five files, read through memory maps, so that a worker
holds none of them and ten times the features cost it nothing:

- ``.json``: the features joined, each without its last brace, so that links can be added to one
  and ``},`` stands between two;
- ``.deflate``: each feature deflated by itself and flushed to a byte, with the same between two,
  so that a gzipped page is a join too; then all features in one stream, for whole layers;
- ``.npy``: where each begins and ends; ``.boxes.npy``: the box around it; ``.ids.npy``: its id.
"""

import hashlib
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import orjson
from numpy.typing import NDArray

from geoapp.features.bbox_index import BBoxIndex
from geoapp.features.parts import PART_BYTES, Body, Parts
from geoapp.model.view import BBox

HEAD = b'{"type":"FeatureCollection","features":['
BETWEEN = b"},"
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LEVEL = 4
SUFFIXES = (".deflate", ".npy", ".boxes.npy", ".ids.npy", ".json")
PROGRESS = tuple(f"../analysis/progress/{name}.py" for name in ("method", "evidence", "tracker"))
SOURCES = ("encode.py", "encoded.py", "records.py", "geojson.py", "fields.py", *PROGRESS)
CODE = hashlib.sha256(b"".join((Path(__file__).parent / name).read_bytes() for name in SOURCES)).hexdigest()[:8]
"""Changes with the code that encodes, so that a build made by other code is never taken for ours."""


def deflate(data: bytes) -> bytes:
    """Return a piece of a deflate stream that ends on a byte and refers to nothing before it."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


HEAD_PACKED, BETWEEN_PACKED = deflate(HEAD), deflate(BETWEEN)


@dataclass(frozen=True, slots=True)
class Encoded:
    """One encoded feature.

    Attributes:
        geometry: where in ``data`` the geometry begins and ends.
        box: west, south, east, north, degrees.
    """

    id: str
    data: bytes
    geometry: tuple[int, int]
    box: BBox


def write_layer(base: Path, features: Iterable[Encoded]) -> None:
    """Write the files of a layer, one feature in memory at a time."""
    index: list[tuple[int, ...]] = []
    boxes: list[BBox] = []
    ids: list[bytes] = []
    with (
        base.with_name(base.name + ".json").open("wb") as plain,
        base.with_name(base.name + ".deflate").open("wb") as packed,
        tempfile.TemporaryFile(dir=base.parent) as stream,
    ):
        whole = _Whole(stream)
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
            packed.write(deflate(body))
            index.append((start, start + first, start + last, plain.tell(), start_packed, packed.tell()))
            boxes.append(feature.box)
            ids.append(feature.id.encode())
        start_packed = packed.tell()
        whole.finish(packed)
        index.append((whole.crc, 0, 0, whole.size, start_packed, packed.tell()))
    np.save(base.with_name(base.name + ".npy"), np.array(index, dtype=np.int64))
    np.save(base.with_name(base.name + ".boxes.npy"), np.array(boxes, dtype=np.float64).reshape(-1, 4))
    np.save(base.with_name(base.name + ".ids.npy"), np.array(ids, dtype=np.bytes_))


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


class EncodedLayer:
    """One layer as the build encoded it."""

    def __init__(self, base: Path) -> None:
        self._index: NDArray[np.int64] = _table(base, ".npy")
        self._ids: NDArray[np.bytes_] = _table(base, ".ids.npy")
        self.boxes = BBoxIndex(_table(base, ".boxes.npy"))
        self._plain = _open(base.with_name(base.name + ".json"))
        self._packed = _open(base.with_name(base.name + ".deflate"))

    def __len__(self) -> int:
        return len(self._index) - 1

    def number(self, identifier: str) -> int | None:
        """Return a feature's place in the layer, or None when no feature has the id."""
        wanted = identifier.encode("utf-8", "replace")
        place = int(np.searchsorted(self._ids, np.bytes_(wanted), sorter=self._order))
        if place == len(self._order):
            return None
        number = int(self._order[place])
        return number if self._ids[number] == wanted else None

    @cached_property
    def _order(self) -> NDArray[np.intp]:
        """The places of the features in the order of their ids."""
        return np.argsort(self._ids, kind="stable")

    def feature(self, number: int) -> bytes:
        """Return one feature without its last brace."""
        start, _, _, stop, _, _ = self._row(number)
        return bytes(self._plain[start:stop])

    def geometry(self, number: int) -> bytes:
        """Return one feature's encoded geometry."""
        _, first, last, _, _, _ = self._row(number)
        return bytes(self._plain[first:last])

    def page(self, numbers: Sequence[int], tail: bytes) -> Body:
        """Return a FeatureCollection of the features, ended by ``tail`` (the members after them)."""
        parts = HEAD, self._joined(numbers), _end(numbers, tail)
        return Parts(*parts) if len(parts[1]) > PART_BYTES else b"".join(parts)

    def packed_page(self, numbers: Sequence[int], tail: bytes) -> Body:
        """Return the same, gzipped: kept pieces joined, only the tail is deflated now."""
        end = _end(numbers, tail)
        if len(numbers) == len(self):
            crc, _, _, size, start, stop = self._row(-1)
            return _gzip(end, crc, size, self._packed[start:stop])
        joined = self._joined(numbers)
        crc, size = zlib.crc32(joined, zlib.crc32(HEAD)), len(HEAD) + len(joined)
        return _gzip(end, crc, size, HEAD_PACKED, self._joined(numbers, packed=True))

    def packed_feature(self, number: int, tail: bytes) -> Body:
        """Return one feature ended by ``tail``, gzipped."""
        start, _, _, stop, start_packed, stop_packed = self._row(number)
        crc, size = zlib.crc32(self._plain[start:stop]), stop - start
        return _gzip(tail, crc, size, self._packed[start_packed:stop_packed])

    def _joined(self, numbers: Sequence[int], *, packed: bool = False) -> bytes | memoryview:
        """Return features with what stands between them; neighbours on disk are one slice of the file."""
        if not numbers:
            return b""
        file, start, stop = (self._packed, 4, 5) if packed else (self._plain, 0, 3)
        if isinstance(numbers, range) and numbers.step == 1:
            return file[int(self._index[numbers[0], start]) : int(self._index[numbers[-1], stop])]
        between = BETWEEN_PACKED if packed else BETWEEN
        places = self._index[numbers][:, (start, stop)].tolist()
        return between.join([file[first:last] for first, last in places])

    def _row(self, number: int) -> list[int]:
        row: list[int] = self._index[number].tolist()
        return row


def _end(numbers: Sequence[int], tail: bytes) -> bytes:
    return (b"}]," if numbers else b"],") + tail


def _gzip(tail: bytes, crc: int, size: int, *kept: bytes | memoryview) -> Body:
    """Return a gzip file of kept deflate streams and a tail, which alone is deflated now.

    Args:
        crc: the checksum of what the kept streams hold, ``size`` bytes.
    """
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    last = packer.compress(tail) + packer.flush(zlib.Z_FINISH)
    check = zlib.crc32(tail, crc).to_bytes(4, "little") + ((size + len(tail)) & 0xFFFFFFFF).to_bytes(4, "little")
    parts = GZIP_HEAD, *kept, last + check
    return Parts(*parts) if sum(map(len, kept)) > PART_BYTES else b"".join(parts)


def _table(base: Path, suffix: str) -> Any:
    """Map an array; what NumPy's own class for maps adds to each look is left out."""
    path = base.with_name(base.name + suffix)
    return np.asarray(np.load(path, mmap_mode="r"))


def _open(path: Path) -> memoryview:
    """Map a file; an empty one cannot be mapped and is just empty."""
    if path.stat().st_size == 0:
        return memoryview(b"")
    with path.open("rb") as file:
        return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))


def encode(identifier: str, properties: dict[str, Any], geometry: bytes) -> tuple[bytes, tuple[int, int]]:
    """Encode one feature, geometry before properties, and say where the geometry is."""
    head = b'{"type":"Feature","id":' + orjson.dumps(identifier) + b',"geometry":'
    data = head + geometry + b',"properties":' + orjson.dumps(properties) + b"}"
    return data, (len(head), len(head) + len(geometry))
