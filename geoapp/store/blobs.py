"""Many byte strings under keys in one file, read through a memory map: only what is asked for leaves the disk."""

from collections.abc import Iterator, Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path

import orjson


class Blobs(Mapping[str, bytes]):
    """The byte strings of one file. The file begins with eight bytes: the length of the index that follows."""

    def __init__(self, path: Path) -> None:
        """Open a file that :func:`write_blobs` wrote; OSError where there is none."""
        with path.open("rb") as file:
            self._map = mmap(file.fileno(), 0, access=ACCESS_READ)
        size = int.from_bytes(self._map[:8], "little")
        self._index: dict[str, tuple[int, int]] = orjson.loads(self._map[8 : 8 + size])
        self._start = 8 + size

    def __getitem__(self, key: str) -> bytes:
        offset, size = self._index[key]
        return self._map[self._start + offset : self._start + offset + size]

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)


def write_blobs(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write byte strings under their keys into one file."""
    index, offset = {}, 0
    for key, data in parts.items():
        index[key] = (offset, len(data))
        offset += len(data)
    head = orjson.dumps(index)
    with path.open("wb") as file:
        file.write(len(head).to_bytes(8, "little") + head)
        file.writelines(parts.values())
