"""Query strings of everything that is not a view: read strictly, every fault named."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from werkzeug.datastructures import MultiDict

from geoapp.analysis.query import BadValue
from geoapp.errors import InvalidView, Issue

Reader = Callable[[str], Any]


def read_params(args: MultiDict[str, str], readers: dict[str, Reader], required: Iterable[str] = ()) -> dict[str, Any]:
    """Read the parameters named in ``readers``; anything else is a fault.

    Raises:
        InvalidView: naming each unknown, repeated, missing or unusable parameter.
    """
    issues, values = [], {}
    for name in args:
        if name not in readers:
            close = get_close_matches(name, list(readers), n=1)
            hint = f"did you mean {close[0]}?" if close else "known are " + ", ".join(readers)
            issues.append(Issue(name, "unknown parameter", hint))
        elif len(args.getlist(name)) > 1:
            issues.append(Issue(name, "given more than once", "give it once"))
        else:
            try:
                values[name] = readers[name](args[name])
            except BadValue as error:
                issues.append(Issue(name, error.problem, error.hint))
    issues += [Issue(name, "is missing", "add it to the query") for name in required if name not in args]
    if issues:
        raise InvalidView(issues)
    return values


def whole_number(low: int, high: int) -> Reader:
    """Return a reader for whole numbers in a range."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and low <= int(text) <= high):
            raise BadValue(f"{text!r} is not a whole number from {low} to {high}")
        return int(text)

    return read
