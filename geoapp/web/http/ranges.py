"""Parts of a body (RFC 9110, 14): one range is answered with 206, several or nonsense with the whole."""

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=\s*(\d*)-(\d*)\s*$")


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes from ``start`` to ``stop`` (not included) of ``total``; an empty part cannot be given."""

    start: int
    stop: int
    total: int

    @property
    def satisfiable(self) -> bool:
        """Whether there is anything to give."""
        return self.start < self.stop

    @property
    def header(self) -> str:
        """The ``Content-Range`` header, also of a refusal."""
        return f"bytes {self.start}-{self.stop - 1}/{self.total}" if self.satisfiable else f"bytes */{self.total}"


def parse_range(header: str, total: int) -> Part | None:
    """Return the part asked for, or None when the whole is to be given."""
    match = _ONE.match(header)
    if match is None:
        return None
    first, last = match.groups()
    if first == "" and last == "":
        return None
    if first == "":
        return Part(max(0, total - int(last)), total if int(last) else 0, total)
    start, stop = int(first), min(int(last) + 1, total) if last else total
    if last and int(last) < start:
        return None
    return Part(start, stop, total)
