"""What a reader chooses beside the view: geometry, coordinates, encoding. Read strictly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from geoapp.analysis.query import BadValue, ViewReader, one_of
from geoapp.errors import InvalidView, Issue
from geoapp.model.view import View
from geoapp.store.base import Detail

Geometry = Literal["none", "point", "lo", "full"]
Crs = Literal["4326", "4490", "gcj02", "bd09"]
Encoding = Literal["utf-8", "gbk"]
FILE_PARAMETERS = ("geometry", "crs", "encoding")
CELL_FORMATS = ("csv", "xlsx")
GBK_FORMATS = ("csv", "shp.zip")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOptions:
    """How a file is written; the view says what is in it."""

    geometry: Geometry = "lo"
    crs: Crs = "4326"
    encoding: Encoding = "utf-8"

    @property
    def detail(self) -> Detail | None:
        """The detail of the polygons, where there are polygons."""
        return self.geometry if self.geometry in ("lo", "full") else None


FileRequest = tuple[View, FileOptions]


def read_request(
    reader: ViewReader, pairs: Sequence[tuple[str, str]], suffix: str, *, full_allowed: bool
) -> FileRequest:
    """Read a view and the options of one format from one query string.

    Raises:
        InvalidView: naming every unknown, repeated or unusable parameter of both.
    """
    view, issues = reader.read_leniently(pairs, extra=FILE_PARAMETERS)
    options, more = _read_options(pairs, suffix, full_allowed)
    if issues or more:
        raise InvalidView([*issues, *more])
    return view, options


def _read_options(pairs: Sequence[tuple[str, str]], suffix: str, full_allowed: bool) -> tuple[FileOptions, list[Issue]]:
    values: dict[str, Any] = {"geometry": "point" if suffix in CELL_FORMATS else "lo"}
    seen, issues = set(), []
    for name, text in ((name, text) for name, text in pairs if name in FILE_PARAMETERS):
        if name in seen:
            issues.append(Issue(name, "given more than once", "give it once"))
            continue
        seen.add(name)
        try:
            values[name] = _READERS[name](text, suffix, full_allowed)
        except BadValue as error:
            issues.append(Issue(name, error.problem, error.hint))
    return FileOptions(**values), issues


def _geometry(text: str, suffix: str, full_allowed: bool) -> str:
    allowed: Sequence[str] = get_args(Geometry)
    if suffix == "xlsx":
        allowed = ("none", "point")  # a cell holds 32,767 characters, a polygon needs more
    if suffix == "fgb":
        allowed = ("point", "lo", "full")  # the format is an index of geometry
    if text == "full" and text in allowed and not full_allowed:
        raise BadValue("the operator does not give out full boundary detail", "use geometry=lo")
    return one_of(text, allowed, f"geometry of {suffix}")


def _crs(text: str, suffix: str, full_allowed: bool) -> str:
    return one_of(text, get_args(Crs), "coordinate system")


def _encoding(text: str, suffix: str, full_allowed: bool) -> str:
    if text == "gbk" and suffix not in GBK_FORMATS:
        raise BadValue(f"{suffix} is always UTF-8", "GBK is for " + " and ".join(GBK_FORMATS))
    return one_of(text, get_args(Encoding), "encoding")


_READERS: dict[str, Callable[[str, str, bool], str]] = {"geometry": _geometry, "crs": _crs, "encoding": _encoding}
