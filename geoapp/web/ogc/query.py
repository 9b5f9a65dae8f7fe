"""The query strings of ``/ogc``: every parameter read strictly, every fault named."""

import math
import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from geoapp.analysis.query import BadValue, one_of, read_number
from geoapp.errors import InvalidView, Issue
from geoapp.features.collections import Collection, Query
from geoapp.features.crs import CRS84, SYSTEMS, Crs, read_crs
from geoapp.features.fields import Field
from geoapp.web.http.params import whole_number
from geoapp.web.ogc.answer import read_form

Pairs = Sequence[tuple[str, str]]
LIMIT, MOST, FARTHEST = 10, 10_000, 10_000_000
FILTER_LANGUAGES = ("cql2-text", "cql2-json")
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d)))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request for items, read."""

    query: Query
    limit: int
    offset: int
    names: tuple[str, ...] | None
    crs: Crs | None
    version: str | None
    form: str | None
    lang: str


def read(pairs: Pairs, readers: Mapping[str, Callable[[str], Any]]) -> dict[str, Any]:
    """Read parameters; anything unknown, repeated or unusable is a fault, and all faults are named.

    Raises:
        InvalidView: naming the parameters.
    """
    values, issues = sift(pairs, readers)
    if issues:
        raise InvalidView(issues)
    return values


def sift(pairs: Pairs, readers: Mapping[str, Callable[[str], Any]]) -> tuple[dict[str, Any], list[Issue]]:
    """Return what could be read, and every fault."""
    issues: list[Issue] = []
    values: dict[str, Any] = {}
    for name, text in pairs:
        if name not in readers:
            close = get_close_matches(name, list(readers), n=1)
            hint = f"did you mean {close[0]}?" if close else "known are " + ", ".join(readers)
            issues.append(Issue(name, "unknown parameter", hint))
        elif name in values:
            issues.append(Issue(name, "given more than once", "give it once"))
        else:
            try:
                values[name] = readers[name](text)
            except BadValue as error:
                values[name] = None
                issues.append(Issue(name, error.problem, error.hint))
    return values, issues


def read_language(text: str) -> str:
    """Read the parameter ``lang``."""
    return one_of(text, ["zh", "en"], "language")


DOCUMENT: dict[str, Callable[[str], Any]] = {"f": read_form, "lang": read_language}
"""What every document takes."""


def _limit(text: str) -> int:
    """Read a page size. One above the maximum is answered with the maximum (Features Part 1, 7.15.2)."""
    if text.isascii() and text.isdigit() and text.strip("0"):
        return min(int(text), MOST) if len(text) <= 20 else MOST
    raise BadValue(f"{text[:40]!r} is not a page size", f"a whole number from 1; pages have at most {MOST} features")


def item_readers(found: Collection) -> dict[str, Callable[[str], Any]]:
    """Return how each parameter of a collection's items is read."""
    return {
        "limit": _limit,
        "offset": whole_number(0, FARTHEST),
        "bbox": str,
        "bbox-crs": read_crs,
        "crs": read_crs,
        "datetime": read_datetime,
        "filter": str,
        "filter-lang": lambda text: one_of(text, FILTER_LANGUAGES, "filter language"),
        "filter-crs": read_crs,
        "sortby": lambda text: read_sortby(text, found),
        "properties": lambda text: read_names(text, found),
        "data_version": _version,
        **DOCUMENT,
        **{field.name: value_reader(field) for field in found.fields.values()},
    }


def read_items(pairs: Pairs, found: Collection) -> Request:
    """Read a request for items."""
    values, issues = sift(pairs, item_readers(found))
    box = values.get("bbox")
    where = None
    if box is not None:
        try:
            box = (values.get("bbox-crs") or SYSTEMS[CRS84]).read_box(box)
        except BadValue as error:
            issues.append(Issue("bbox", error.problem, error.hint))
    if "filter" in values:
        try:
            where = read_where(values["filter"], found, values.get("filter-lang") or "", values.get("filter-crs"))
        except BadValue as error:
            issues.append(Issue("filter", error.problem, error.hint))
    if issues:
        raise InvalidView(issues)
    crs = values.get("crs")
    return Request(
        query=Query(
            bbox=box,
            filters=tuple((name, values[name]) for name in values if name in found.fields),
            years=values.get("datetime"),
            where=where,
            sortby=values.get("sortby", ()),
        ),
        limit=values.get("limit", LIMIT),
        offset=values.get("offset", 0),
        names=values.get("properties"),
        crs=None if crs is None or crs.uri == CRS84 else crs,
        version=values.get("data_version"),
        form=values.get("f"),
        lang=values.get("lang", "zh"),
    )


def read_where(text: str, found: Collection, language: str, crs: Crs | None) -> Any:
    """Read a CQL2 filter on a collection's queryables; its geometries are in ``crs``, else in degrees."""
    from geoapp.analysis.cql2.read import read_filter  # a parser generator, 20 MB: only when somebody filters

    types = {field.name: field.type for field in found.fields.values()}
    move = None if crs is None or crs.uri == CRS84 else crs.invert
    return read_filter(text, {**types, "geometry": "geometry"}, language, move)


def value_reader(field: Field) -> Callable[[str], Any]:
    """Return how a property's value is read from a query string."""
    if field.type == "number":
        return _number
    if field.type == "integer":
        return _integer
    if field.enum:
        return lambda text: one_of(text, field.enum, field.name)
    if field.pattern:
        return lambda text: _matching(text, field)
    return str


def _number(text: str) -> float:
    try:
        return read_number(text)
    except ValueError:
        raise BadValue(f"{text!r} is not a number", "such as 18 or 0.5") from None


def _version(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{12}", text):
        raise BadValue(f"{text!r} is not a data version", "take the next or prev link of a page")
    return text


def _integer(text: str) -> int:
    if not re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
        raise BadValue(f"{text!r} is not a whole number", "such as 2025")
    return int(text)


def _matching(text: str, field: Field) -> str:
    if not re.fullmatch(field.pattern, text, re.ASCII) or "\n" in text:
        raise BadValue(f"{text!r} cannot be a value of {field.name}", "six digits such as 150621")
    return text


def read_sortby(text: str, found: Collection) -> tuple[tuple[str, bool], ...]:
    """Read ``name,-other``: ascending, or descending after a minus. A plus arrives as a blank."""
    keys = []
    for word in text.split(","):
        name = word[1:] if word[:1] in ("+", "-", " ") else word
        one_of(name, [each.name for each in found.fields.values() if each.type != "array"], "sortable property")
        keys.append((name, word.startswith("-")))
    if len({name for name, _ in keys}) != len(keys):
        raise BadValue(f"{text!r} names a property twice", "name each once")
    return tuple(keys)


def read_names(text: str, found: Collection) -> tuple[str, ...]:
    """Read a list of property names; the answer has those only."""
    names = tuple(one_of(name, found.names, "property") for name in text.split(","))
    if len(set(names)) != len(names):
        raise BadValue(f"{text!r} names a property twice", "name each once")
    return names


def read_datetime(text: str) -> tuple[float, float]:
    """Read an instant or an interval (RFC 3339, ``..`` or nothing for an open end) as years.

    Features know their year only: one matches when its year has a common moment with the interval.
    """
    start, slash, end = text.partition("/")
    if not slash:
        year = _year(text)
        return year, year
    if start in ("", "..") and end in ("", ".."):
        raise BadValue(f"{text!r} has no end at all", "leave datetime out, or give one end")
    first = -math.inf if start in ("", "..") else _moment(start)
    last = math.inf if end in ("", "..") else _moment(end)
    if first > last:
        raise BadValue(f"{text!r} ends before it begins", "earlier/later")
    return math.floor(first) if math.isfinite(first) else first, math.floor(last) if math.isfinite(last) else last


def _year(text: str) -> float:
    return math.floor(_moment(text))


def _moment(text: str) -> float:
    """Return a moment as a year with its fraction, good for comparing."""
    match = MOMENT.fullmatch(text)
    parts = [int(part or 0) for part in match.groups()] if match else []
    if not parts or not _is_moment(parts):
        raise BadValue(f"{text!r} is not a date", "2025-12-31, 2025-12-31T00:00:00Z, or an interval with /")
    year, month, day, hour, minute, second = parts[:6]
    return year + ((((month * 32 + day) * 24 + hour) * 60 + minute) * 61 + second) / (13 * 32 * 24 * 60 * 61 + 1e6)


def _is_moment(parts: Sequence[int]) -> bool:
    year, month, day, hour, minute, second, off_hour, off_minute = parts
    calendar = year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return calendar and hour < 24 and minute < 60 and second <= 60 and off_hour < 24 and off_minute < 60
