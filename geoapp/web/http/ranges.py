"""Parts of a body (RFC 9110, 14): one range is answered with 206, several or nonsense with the whole.

Werkzeug reads the header; its ``range_for_length`` refuses a suffix longer than the body, which RFC 9110 grants.
"""

from dataclasses import dataclass

from werkzeug.http import parse_range_header


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
    asked = parse_range_header(header)
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return None
    start, stop = asked.ranges[0]
    if start < 0:
        return Part(max(0, total + start), total, total)
    return Part(start, min(stop or total, total), total)
