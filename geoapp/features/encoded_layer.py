"""A layer of encoded features as a worker reads it: answers joined from memory maps, plain or gzipped.

The files are those of :mod:`geoapp.features.encoded`.
"""

import zlib
from collections.abc import Sequence
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoapp.features.bbox_index import BBoxIndex
from geoapp.features.encoded import (
    BETWEEN,
    BETWEEN_PACKED,
    FIRST,
    HEAD,
    HEAD_PACKED,
    LAST,
    LENDER,
    LEVEL,
    OWN,
    PACKED,
    STOP,
    Encoded,
)
from geoapp.features.parts import PART_BYTES, Body, Parts

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


class EncodedLayer:
    """One layer as the build encoded it."""

    def __init__(self, base: Path, lenders: Sequence["EncodedLayer"] = ()) -> None:
        """Open the files of a layer.

        Args:
            lenders: the layers whose geometries it borrows, in the order in which it was written.
        """
        self._index: NDArray[np.int64] = _table(base, ".npy")
        self._ids: NDArray[np.bytes_] = _table(base, ".ids.npy")
        self._lenders = lenders
        self._borrows = bool(self._index[-1, LENDER] >= 0)
        self._boxes = self._filled(_table(base, ".boxes.npy"))
        self.boxes = BBoxIndex(self._boxes)
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
        return b"".join(self._pieces((number,)))

    def geometry(self, number: int) -> bytes:
        """Return one feature's encoded geometry."""
        if self._borrows and (lent := self._lent[number].tolist())[0] >= 0:
            return bytes(self._lenders[lent[0]]._plain[lent[1] : lent[2]])
        row = self._row(number)
        return bytes(self._plain[row[FIRST] : row[LAST]])

    def deflated(self, feature: Encoded) -> tuple[bytes, int, int] | None:
        """Return a feature as it was deflated, and where its geometry began and ended in that; None if it changed."""
        number = self._numbers.get(feature.id.encode())
        if number is None:
            return None
        row = self._row(number)
        if (
            self._plain[row[0] : row[STOP]] != feature.data[:-1]
            or (row[FIRST] - row[0], row[LAST] - row[0]) != feature.geometry
        ):
            return None
        start, first, last, stop = row[PACKED : PACKED + STOP + 1]
        return bytes(self._packed[start:stop]), first - start, last - start

    @cached_property
    def _numbers(self) -> dict[bytes, int]:
        return {identifier: number for number, identifier in enumerate(self._ids.tolist())}

    def page(self, numbers: Sequence[int], tail: bytes) -> Body:
        """Return a FeatureCollection of the features, ended by ``tail`` (the members after them)."""
        return _body(HEAD, *self._pieces(numbers), _end(numbers, tail))

    def packed_page(self, numbers: Sequence[int], tail: bytes) -> Body:
        """Return the same, gzipped: kept pieces joined, only the tail is deflated now."""
        end = _end(numbers, tail)
        if numbers != range(len(self)):
            crc, size = _sums(HEAD, *self._pieces(numbers))
        else:  # not any list of all: it may be in another order
            crc, size = self._whole
            if not self._borrows:
                last = self._row(-1)
                return _gzip(end, crc, size, self._packed[last[PACKED] : last[PACKED + STOP]])
        return _gzip(end, crc, size, HEAD_PACKED, *self._pieces(numbers, packed=True))

    @cached_property
    def _whole(self) -> tuple[int, int]:
        """Checksum and length of all features with what stands before and between them."""
        last = self._row(-1)
        return _sums(HEAD, *self._pieces(range(len(self)))) if self._borrows else (last[0], last[STOP])

    def packed_feature(self, number: int, tail: bytes) -> Body:
        """Return one feature ended by ``tail``, gzipped."""
        crc, size = _sums(*self._pieces((number,)))
        return _gzip(tail, crc, size, *self._pieces((number,), packed=True))

    def _pieces(self, numbers: Sequence[int], *, packed: bool = False) -> list[memoryview]:
        """Return what features are joined of, with what stands between them; neighbours on disk are one slice."""
        if not numbers:
            return []
        file, column = (self._packed, PACKED) if packed else (self._plain, 0)
        if isinstance(numbers, range) and numbers.step == 1:
            if self._borrows:
                return self._joined(slice(numbers.start, numbers.stop), packed=packed)
            return [file[int(self._index[numbers[0], column]) : int(self._index[numbers[-1], column + STOP])]]
        between = memoryview(BETWEEN_PACKED if packed else BETWEEN)
        found: list[memoryview] = []
        if self._borrows:
            for number in numbers:
                found += self._joined(slice(number, number + 1), packed=packed)
                found.append(between)
        else:
            for start, stop in self._index[list(numbers)][:, (column, column + STOP)].tolist():
                found += (file[start:stop], between)
        return found[:-1]

    def _joined(self, chosen: slice, *, packed: bool) -> list[memoryview]:
        """Return what neighbours on disk are joined of: their words, and the geometries that others lend."""
        file, column = (self._packed, PACKED) if packed else (self._plain, 0)
        files = [each._packed if packed else each._plain for each in self._lenders]
        rows = self._index[chosen, column : column + STOP + 1].tolist()
        lent = (self._lent_packed if packed else self._lent)[chosen].tolist()
        found: list[memoryview] = []
        begin = rows[0][0]
        for (_, first, last, _), (lender, start, stop) in zip(rows, lent, strict=True):
            if lender >= 0:
                found += (file[begin:first], files[lender][start:stop])
                begin = last
        return [*found, file[begin : rows[-1][STOP]]]

    @cached_property
    def _lent(self) -> NDArray[np.int64]:
        return self._borrowed(0)

    @cached_property
    def _lent_packed(self) -> NDArray[np.int64]:
        return self._borrowed(PACKED)

    def _borrowed(self, column: int) -> NDArray[np.int64]:
        """Return who lends each feature its geometry, and where that begins and ends in the lender's file."""
        borrowed = self._index[:-1, LENDER:]
        table = np.full((len(self), 3), OWN[0], dtype=np.int64)
        for number, lender in enumerate(self._lenders):
            mine = borrowed[:, 0] == number
            table[mine, 0] = number
            table[mine, 1:] = lender._index[borrowed[mine, 1], column + FIRST : column + LAST + 1]
        return table

    def _row(self, number: int) -> list[int]:
        row: list[int] = self._index[number].tolist()
        return row

    def _filled(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the boxes of the features, with those of borrowed geometries."""
        if not self._borrows:
            return boxes
        filled, borrowed = boxes.copy(), self._index[:-1, LENDER:]
        for number, lender in enumerate(self._lenders):
            mine = borrowed[:, 0] == number
            filled[mine] = lender._boxes[borrowed[mine, 1]]
        return filled


def _body(*parts: bytes | memoryview) -> Body:
    """Join small bodies; of large ones nothing is copied."""
    return Parts(*parts) if sum(map(len, parts)) > PART_BYTES else b"".join(parts)


def _sums(*parts: bytes | memoryview) -> tuple[int, int]:
    """Return the checksum and the length of parts one after another."""
    crc = 0
    for part in parts:
        crc = zlib.crc32(part, crc)
    return crc, sum(map(len, parts))


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
    return _body(GZIP_HEAD, *kept, last + check)


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
