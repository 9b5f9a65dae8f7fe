"""Large bodies as parts: what lies on disk is sent from its memory map and never copied whole."""

from collections.abc import Iterator

PART_BYTES = 1 << 18
"""Bytes given to the server at a time. One body of 10 MB would be copied whole, at a third of the speed."""


class Parts:
    """Byte strings one after another; a part may be a view of a memory map."""

    __slots__ = ("_parts",)

    def __init__(self, *parts: bytes | memoryview) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(len(part) for part in self._parts)

    def __bytes__(self) -> bytes:
        return b"".join(self._parts)

    def __iter__(self) -> Iterator[bytes]:
        waiting: list[bytes | memoryview] = []
        size = 0
        for part in self._parts:
            for start in range(0, len(part), PART_BYTES):
                piece = part[start : start + PART_BYTES]
                if size + len(piece) > PART_BYTES:  # small parts are sent together
                    yield b"".join(waiting)
                    waiting, size = [], 0
                waiting.append(piece)
                size += len(piece)
        yield b"".join(waiting)

    def __getitem__(self, wanted: slice) -> "Parts":
        """Return the bytes from ``start`` to ``stop``, both given and within the body."""
        kept, begin = [], 0
        for part in self._parts:
            start, stop = max(wanted.start - begin, 0), min(wanted.stop - begin, len(part))
            if start < stop:
                kept.append(part[start:stop])
            begin += len(part)
        return Parts(*kept)


Body = bytes | Parts
