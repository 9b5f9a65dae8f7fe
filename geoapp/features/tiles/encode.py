"""Squares become Mapbox Vector Tiles (version 2.1), a whole level of the pyramid at once with NumPy.

Source of the format: https://github.com/mapbox/vector-tile-spec/tree/master/2.1
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoapp.features.tiles.cut import EXTENT, Square

Numbers = NDArray[np.int64]
MOVE, LINE, CLOSE = 1, 2, 7
POINT, STRING, POLYGON = 1, 2, 3
COARSE = 4
"""Units to which all levels but the deepest are rounded: a quarter of a screen pixel. The deepest is stretched by
clients and keeps every unit."""
ONE_BYTE = [bytes((number,)) for number in range(256)]
VALUE = {str: 1, float: 3, int: 6}
"""Field of a value by its type: string, double, sint."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The commands that draw shapes in one tile, by the shapes' numbers."""

    row: int
    col: int
    kind: int
    shapes: Sequence[tuple[int, bytes]]


def encode_level(squares: Sequence[Square], zoom: int, step: int, layer: "Layer") -> Iterator[tuple[int, int, bytes]]:
    """Yield row, column and bytes of each tile of a level.

    Args:
        step: units to which coordinates are rounded. Neighbours share vertices, so they still meet.
    """
    for tile in draw_level(squares, zoom, step):
        yield tile.row, tile.col, layer.encode(tile)


def draw_level(squares: Sequence[Square], zoom: int, step: int) -> Iterator[Drawn]:
    """Yield what is drawn in each tile of a level; empty ones are left out. See :func:`encode_level`."""
    owner = np.repeat(np.arange(len(squares)), [len(square.fragments) for square in squares])
    fragments = np.concatenate([square.fragments for square in squares])
    corner = np.array([(square.col, square.row) for square in squares], dtype=np.float64)[owner]
    dimension = int(shapely.get_dimensions(fragments).max())
    kind = (POINT, STRING, POLYGON)[dimension]
    if kind == POINT:
        commands = _points(fragments, corner, zoom)
    else:
        commands = (_strings if kind == STRING else _polygons)(fragments, corner, zoom, step)
    data, ends = varints(commands.words)
    stops = np.concatenate(([0], ends))[np.searchsorted(commands.owner, np.arange(len(fragments) + 1))].tolist()
    place = 0
    for square in squares:
        shapes = []
        for number in square.numbers.tolist():
            if stops[place] < stops[place + 1]:
                shapes.append((number, data[stops[place] : stops[place + 1]]))
            place += 1
        if shapes:
            yield Drawn(square.row, square.col, kind, shapes)


class Layer:
    """One layer of the tiles of a collection: its name and what its features say."""

    def __init__(self, name: str, rows: Sequence[Mapping[str, Any]], shape_of: Sequence[int]) -> None:
        """Take the properties of every feature; None is left out, as the format has no such value.

        Args:
            shape_of: which shape each feature has; a region's many targets share one.
        """
        self._head = _field(1, name.encode())
        self._tail = b"".join(_field(3, key.encode()) for key in rows[0]) if rows else b""
        self._tail += b"\x28" + varint(EXTENT) + b"\x78\x02"
        kinds: dict[tuple[type, Any], int] = {}
        tags, begins = array("q"), array("q", [0])  # numbers, not objects: a country has a million of them
        for row in rows:
            for place, value in enumerate(map(plain, row.values())):
                if value is not None:
                    tags.extend((place, kinds.setdefault((type(value), value), len(kinds))))
            begins.append(len(tags) // 2)
        self._tags = np.array(tags, dtype=np.int64).reshape(-1, 2)
        self._begins = np.array(begins, dtype=np.int64)
        self._values = [_field(4, _value(kind, value)) for kind, value in kinds]
        self._place = np.empty(len(kinds), dtype=np.int64)
        self._of_shape: dict[int, list[int]] = {}
        for number, shape in enumerate(shape_of):
            self._of_shape.setdefault(shape, []).append(number)

    def encode(self, tile: Drawn) -> bytes:
        """Return a tile with this one layer; every feature of a shape is in it. Nothing where no shape has any."""
        ending = b"\x18" + varint(tile.kind)
        features = sorted(
            (number, drawing)
            for shape, commands in tile.shapes
            if (numbers := self._of_shape.get(shape))
            for drawing in (ending + _field(4, commands),)
            for number in numbers
        )
        if not features:
            return b""
        wordings, values = self._wordings(np.array([number for number, _ in features], dtype=np.int64))
        body = [self._head]
        for (number, drawing), wording in zip(features, wordings, strict=True):
            body.append(_field(2, b"".join((b"\x08", varint(number + 1), _field(2, wording), drawing))))
        return _field(3, b"".join((*body, *(self._values[value] for value in values), self._tail)))

    def _wordings(self, numbers: Numbers) -> tuple[list[bytes], list[int]]:
        """Return the tags of some features, and the values they mean in the order in which they first occur."""
        begins, counts = self._begins[numbers], self._begins[numbers + 1] - self._begins[numbers]
        stops = np.cumsum(counts)
        tags = self._tags[np.repeat(begins - stops + counts, counts) + np.arange(int(stops[-1]) if len(stops) else 0)]
        value = tags[:, 1]
        order = np.arange(len(value))
        self._place[value[::-1]] = order[::-1]  # of a value that stands several times the first place remains
        used = value[self._place[value] == order]
        self._place[used] = np.arange(len(used))
        data, ends = varints(np.column_stack((tags[:, 0], self._place[value])).ravel())
        cuts = np.concatenate(([0], ends))[2 * np.concatenate(([0], stops))].tolist()
        return [data[first:last] for first, last in pairwise(cuts)], used.tolist()


@dataclass(frozen=True, slots=True)
class _Commands:
    """The commands of all pieces of a level one after another, and whose each word is (ascending)."""

    words: Numbers
    owner: NDArray[np.intp]


def _points(fragments: NDArray[Any], corner: NDArray[np.float64], zoom: int) -> _Commands:
    units = np.rint((shapely.get_coordinates(fragments) * 2**zoom - corner) * EXTENT).astype(np.int64)
    words = np.column_stack((np.full(len(units), 1 << 3 | MOVE), _zigzag(units)))
    return _Commands(words.ravel(), np.repeat(np.arange(len(units)), 3))


def _strings(fragments: NDArray[Any], corner: NDArray[np.float64], zoom: int, step: int) -> _Commands:
    """Return the lines of all pieces: MoveTo, LineTo, each point from the one before; a speck becomes nothing."""
    parts, owners = shapely.get_parts(fragments, return_index=True)
    words: list[NDArray[np.int64]] = []
    whose: list[int] = []
    pen, last = np.zeros(2, dtype=np.int64), -1
    for part, owner in zip(parts, owners.tolist(), strict=True):
        units = (
            np.rint((shapely.get_coordinates(part) * 2**zoom - corner[owner]) * EXTENT / step).astype(np.int64) * step
        )
        units = units[np.concatenate(([True], (np.diff(units, axis=0) != 0).any(axis=1)))]
        if len(units) < 2 or shapely.get_dimensions(part) != 1:
            continue
        pen = pen if owner == last else np.zeros(2, dtype=np.int64)  # the pen of every feature begins at the corner
        steps = _zigzag(np.diff(units, axis=0, prepend=pen[None])).ravel()
        head, line = 1 << 3 | MOVE, (len(units) - 1) << 3 | LINE
        words.append(np.concatenate(([head], steps[:2], [line], steps[2:])))
        whose += [owner] * len(words[-1])
        pen, last = units[-1], owner
    joined = np.concatenate(words) if words else np.empty(0, dtype=np.int64)
    return _Commands(joined, np.array(whose, dtype=np.intp))


def _polygons(fragments: NDArray[Any], corner: NDArray[np.float64], zoom: int, step: int) -> _Commands:
    """Return the rings of all pieces: MoveTo, LineTo, ClosePath, each point from the one before."""
    parts, owner = shapely.get_parts(fragments, return_index=True)
    areal = shapely.get_type_id(parts) == 3  # a clip may leave a line or a point where an edge is only touched
    parts, owner = parts[areal], owner[areal]
    points, of_part = shapely.get_coordinates(parts, return_index=True)
    units = (points * 2**zoom - corner[owner[of_part]]) * EXTENT
    parts, owner = _on_grid(shapely.set_coordinates(parts.copy(), units), owner, step)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    units, of_ring = shapely.get_coordinates(rings, return_index=True)
    exterior = np.diff(of_part, prepend=-1) > 0
    wound, counts = _wound(np.rint(units).astype(np.int64), of_ring, exterior)
    return _drawn(wound, counts, owner[of_part])


def _on_grid(parts: NDArray[Any], owner: NDArray[np.intp], step: int) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """Round polygons to a grid so that they stay valid.

    Most are valid when simply rounded, and then meet their neighbours exactly; the others are mended
    by GEOS. An island too small for the grid becomes one square of it: a speck is better than no island.
    """
    near = np.rint(shapely.get_coordinates(parts) / step) * step
    rounded = shapely.set_coordinates(parts.copy(), near)
    bad = np.flatnonzero(~shapely.is_valid(rounded))
    mended = shapely.make_valid(rounded[bad], method="structure", keep_collapsed=False)
    rounded[bad] = shapely.transform(mended, np.rint)  # edges may have crossed between two places of the grid
    bad = bad[~shapely.is_valid(rounded[bad])]
    rounded[bad] = shapely.set_precision(parts[bad], step)  # right at once, but at three times the cost
    gone = shapely.is_empty(rounded)
    corners = np.rint(shapely.bounds(parts[gone])[:, :2] / step) * step
    rounded[gone] = shapely.box(*corners.T, *(corners + step).T)
    for each in np.unique(owner[gone]).tolist():
        first, stop = np.searchsorted(owner, (each, each + 1))
        _join(rounded[first:stop], gone[first:stop], step)
    found, index = shapely.get_parts(rounded, return_index=True)
    return found, owner[index]


def _join(parts: NDArray[Any], specks: NDArray[np.bool_], step: int) -> None:
    """Join a feature's specks with each other and with those of its parts that they touch, in place."""
    small = shapely.union_all(parts[specks])
    near = specks | shapely.intersects(parts, small)
    joined = small if (near == specks).all() else shapely.union_all(parts[near], grid_size=step)
    parts[near] = None
    parts[np.argmax(near)] = joined


def _wound(units: Numbers, of_ring: NDArray[np.intp], exterior: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Wind exterior rings clockwise on the screen and holes the other way, without repeated and closing points.

    Returns:
        The points of all rings, and how many each ring has.
    """
    moved = np.concatenate(([True], (np.diff(units, axis=0) != 0).any(axis=1) | (np.diff(of_ring) != 0)))
    units, counts = units[moved], np.bincount(of_ring[moved])
    starts = np.cumsum(counts) - counts
    following = np.minimum(np.arange(len(units)) + 1, len(units) - 1)
    cross = units[:, 0] * units[following, 1] - units[following, 0] * units[:, 1]
    cross[starts + counts - 1] = 0  # the last point of a ring is its first again
    backward = (np.add.reduceat(cross, starts) < 0) == exterior
    counts = counts - 1
    ring = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(ring)) - np.repeat(np.cumsum(counts) - counts, counts)
    return units[starts[ring] + np.where(backward[ring], counts[ring] - 1 - place, place)], counts


def _drawn(units: Numbers, counts: Numbers, owner: NDArray[np.intp]) -> _Commands:
    """Return the words that draw rings: ``counts`` points each, of the pieces ``owner`` (ascending)."""
    ring = np.repeat(np.arange(len(counts)), counts)
    delta = np.diff(units, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    begin = np.cumsum(counts) - counts
    first = begin[np.flatnonzero(np.diff(owner, prepend=-1))]
    delta[first] = units[first]  # the pen of every feature begins at the corner
    lengths = 2 * counts + 3
    start = np.cumsum(lengths) - lengths
    place = np.arange(len(units)) - begin[ring]
    at = start[ring] + 1 + 2 * place + (place > 0)
    words = np.empty(lengths.sum(), dtype=np.int64)
    words[at], words[at + 1] = _zigzag(delta).T
    words[start] = 1 << 3 | MOVE
    words[start + 3] = (counts - 1) << 3 | LINE
    words[start + lengths - 1] = 1 << 3 | CLOSE
    return _Commands(words, np.repeat(owner, lengths))


def _zigzag(numbers: Numbers) -> Numbers:
    return (numbers << 1) ^ (numbers >> 63)


def varints(words: Numbers) -> tuple[bytes, Numbers]:
    """Return numbers under 2^35 as protocol buffers write them, and where each ends."""
    sizes = 1 + sum(((words >= 1 << 7 * more).astype(np.int64) for more in range(1, 5)), np.zeros_like(words))
    ends = np.cumsum(sizes)
    data = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    for byte in range(5):
        has = sizes > byte
        more = np.where(sizes[has] > byte + 1, 0x80, 0)
        data[ends[has] - sizes[has] + byte] = (words[has] >> 7 * byte) & 0x7F | more
    return data.tobytes(), ends


def varint(number: int) -> bytes:
    """Return a number as protocol buffers write it: seven bits a byte, the lowest first."""
    if number < 0x80:
        return ONE_BYTE[number]
    return ONE_BYTE[number & 0x7F | 0x80] + varint(number >> 7)


def plain(value: Any) -> Any:
    """Return a value as tiles can hold it: words of a list are joined."""
    return ";".join(value) if isinstance(value, list) else str(value) if isinstance(value, str) else value


def _field(number: int, data: bytes) -> bytes:
    """Return a field of bytes."""
    return varint(number << 3 | 2) + varint(len(data)) + data


def _value(kind: type, value: Any) -> bytes:
    field = VALUE[kind]
    if kind is str:
        return _field(field, value.encode())
    if kind is float:
        return varint(field << 3 | 1) + np.float64(value).tobytes()
    return varint(field << 3) + varint(value << 1 ^ value >> 63)
