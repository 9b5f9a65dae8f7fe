"""The errors a planner may meet. They know nothing of HTTP; the web maps them to statuses."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault: where it is, what is wrong, how to mend it."""

    where: str
    problem: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}" + (f" ({self.hint})" if self.hint else "")


class GeoappError(Exception):
    """Base of every error with a sentence for a person; ``slug`` names its help page."""

    slug = "error"


class InvalidData(GeoappError):
    """A file people edit has faults. All of them are listed, not only the first."""

    slug = "invalid-data"

    def __init__(self, source: object, issues: Sequence[Issue]) -> None:
        self.source = source
        self.issues = tuple(issues)
        lines = [f"{source}: {len(self.issues)} fault(s)", *(f"  {issue}" for issue in self.issues)]
        super().__init__("\n".join(lines))


class InvalidAdcode(GeoappError):
    """A text is not a six-digit division code."""

    slug = "invalid-adcode"


class InvalidView(GeoappError):
    """A query string does not describe a view; ``issues`` name the parameters."""

    slug = "invalid-parameters"

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("; ".join(str(issue) for issue in self.issues))


class NotFound(GeoappError):
    """The thing asked for does not exist; the message says what does."""

    slug = "not-found"


class BoundaryError(GeoappError):
    """The boundary source is missing, broken or not what the manifest promises."""

    slug = "boundaries"


class NotBuilt(GeoappError):
    """There is no built atlas to serve yet."""

    slug = "not-built"


class Busy(GeoappError):
    """Another build holds the lock, or a port is taken."""

    slug = "busy"


class InvalidSettings(GeoappError):
    """An environment variable is unknown or has an unusable value."""

    slug = "invalid-settings"
