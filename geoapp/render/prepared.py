"""Features encoded once, at build: an answer joins bytes that are already on disk, plain or deflated.

Of each layer and detail the build keeps three files, read through a memory map:

- ``.json``: the features joined, each without its last brace, so that links can be added to one
  and ``},`` stands between two;
- ``.deflate``: each feature deflated by itself and flushed to a byte, so that a gzipped page is a
  join too; then all features in one stream, for whole layers;
- ``.npy``: where each begins and ends.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
import orjson

HEAD = b'{"type":"FeatureCollection","features":['
BETWEEN = b"},"
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LEVEL = 4
SUFFIXES = (".deflate", ".npy", ".json")
PIECE = 1 << 18
"""Bytes of a large answer given to the server at a time."""
CODE = hashlib.sha256(
    b"".join((Path(__file__).parent / name).read_bytes() for name in ("prepared.py", "features.py", "fields.py"))
).hexdigest()[:8]
"""Changes with the code that encodes, so that a build made by other code is never taken for ours."""


def deflate(data: bytes) -> bytes:
    """Return a piece of a deflate stream that ends on a byte and refers to nothing before it."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


HEAD_PACKED, BETWEEN_PACKED = deflate(HEAD), deflate(BETWEEN)


def write_layer(base: Path, features: Iterable[tuple[bytes, int, int]]) -> None:
    """Write the three files of a layer.

    Args:
        features: each encoded feature, and where in it the geometry begins and ends.
    """
    plain, packed, index = bytearray(), bytearray(), []
    for feature, first, last in features:
        if plain:
            plain += BETWEEN
        start, start_packed = len(plain), len(packed)
        plain += feature[:-1]
        packed += deflate(feature[:-1])
        index.append((start, start + first, start + last, len(plain), start_packed, len(packed)))
    whole = HEAD + bytes(plain)
    start_packed = len(packed)
    packed += deflate(whole)
    index.append((zlib.crc32(whole), 0, 0, len(whole), start_packed, len(packed)))
    for suffix, data in ((".deflate", packed), (".npy", np.array(index, dtype=np.int64)), (".json", plain)):
        with base.with_name(base.name + suffix).open("wb") as file:
            if isinstance(data, np.ndarray):
                np.save(file, data)
            else:
                file.write(data)


class PreparedLayer:
    """One layer as the build encoded it."""

    def __init__(self, base: Path) -> None:
        index = np.load(base.with_name(base.name + ".npy")).tolist()
        *self._index, self._whole = index
        self._plain = _open(base.with_name(base.name + ".json"))
        self._packed = _open(base.with_name(base.name + ".deflate"))

    def __len__(self) -> int:
        return len(self._index)

    def feature(self, number: int) -> bytes:
        """Return one feature without its last brace."""
        start, _, _, stop, _, _ = self._index[number]
        return self._plain[start:stop]

    def geometry(self, number: int) -> bytes:
        """Return one feature's encoded geometry."""
        _, first, last, _, _, _ = self._index[number]
        return self._plain[first:last]

    def page(self, numbers: Sequence[int], tail: bytes) -> bytes:
        """Return a FeatureCollection of the features, ended by ``tail`` (the members after them)."""
        return b"".join((HEAD, self._joined(numbers), b"}" if numbers else b"", b"],", tail))

    def stream(self, numbers: Sequence[int], tail: bytes) -> tuple[int, Iterator[bytes]]:
        """Return the size of a page and the page piece by piece, without ever holding it whole.

        Only for neighbours on disk (a ``range``). A server sends pieces twice as fast as one body of 10 MB.
        """
        start, stop = self._index[numbers[0]][0], self._index[numbers[-1]][3]
        end = b"}]," + tail
        return len(HEAD) + stop - start + len(end), self._pieces(start, stop, end)

    def _pieces(self, start: int, stop: int, end: bytes) -> Iterator[bytes]:
        yield HEAD
        for first in range(start, stop, PIECE):
            yield self._plain[first : min(first + PIECE, stop)]
        yield end

    def packed_page(self, numbers: Sequence[int], tail: bytes) -> bytes:
        """Return the same, gzipped: kept pieces joined, only the tail is deflated now."""
        end = (b"}" if numbers else b"") + b"]," + tail
        if len(numbers) == len(self._index):
            crc, _, _, size, start, stop = self._whole
            body = self._packed[start:stop]
        else:
            joined = self._joined(numbers)
            crc, size = zlib.crc32(joined, zlib.crc32(HEAD)), len(HEAD) + len(joined)
            body = HEAD_PACKED + BETWEEN_PACKED.join(
                [self._packed[self._index[number][4] : self._index[number][5]] for number in numbers]
            )
        return _ended(body, crc, size, end)

    def packed_feature(self, number: int, tail: bytes) -> bytes:
        """Return one feature ended by ``tail``, gzipped."""
        plain = self.feature(number)
        _, _, _, _, start, stop = self._index[number]
        return _ended(self._packed[start:stop], zlib.crc32(plain), len(plain), tail)

    def _joined(self, numbers: Sequence[int]) -> bytes:
        """Return features with what stands between them; neighbours on disk are one slice."""
        if not numbers:
            return b""
        if isinstance(numbers, range) and numbers.step == 1:
            return self._plain[self._index[numbers[0]][0] : self._index[numbers[-1]][3]]
        return BETWEEN.join([self.feature(number) for number in numbers])


def _ended(body: bytes, crc: int, size: int, tail: bytes) -> bytes:
    """Return a gzip file of a kept deflate stream and its tail, which alone is deflated now."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    last = packer.compress(tail) + packer.flush(zlib.Z_FINISH)
    check = zlib.crc32(tail, crc).to_bytes(4, "little") + ((size + len(tail)) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"".join((GZIP_HEAD, body, last, check))


def _open(path: Path) -> mmap | bytes:
    """Map a file; an empty one cannot be mapped and is just empty."""
    if path.stat().st_size == 0:
        return b""
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def encode(identifier: str, properties: dict[str, Any], geometry: bytes) -> tuple[bytes, int, int]:
    """Encode one feature, geometry before properties, and say where the geometry is."""
    head = b'{"type":"Feature","id":' + orjson.dumps(identifier) + b',"geometry":'
    return head + geometry + b',"properties":' + orjson.dumps(properties) + b"}", len(head), len(head) + len(geometry)
