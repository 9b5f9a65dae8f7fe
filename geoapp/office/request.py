"""What a briefing is asked to hold: one view, several, or a map book. Read strictly."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from geoapp.analysis.query import ViewReader
from geoapp.errors import InvalidData, InvalidView, Issue, MissingGlyph
from geoapp.model.region import Level
from geoapp.model.view import VIEW_PARAMETERS, View
from geoapp.sheets import fonts
from geoapp.sheets.paper import read_sheet

Pairs = Sequence[tuple[str, str]]
BRIEFING_PARAMETERS = ("title", "date", "views", "book")
MOST_VIEWS = 20
FILE_KEYS = ("title", "lang", "date", "book", "view")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One view of a briefing; an empty title keeps the view's own."""

    view: View
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingRequest:
    """One briefing.

    Attributes:
        parts: the views, in the order they are told; one language for all.
        title: of the whole; empty takes the first view's.
        date: printed as the date of making; empty prints none, so that the bytes stay the same.
        book: adds a page for each county of the (only) view's prefecture.
    """

    parts: tuple[Part, ...]
    title: str = ""
    date: str = ""
    book: bool = False

    @property
    def lang(self) -> str:
        """The language of the whole briefing."""
        return self.parts[0].view.lang

    @property
    def key(self) -> str:
        """Return a canonical text of everything that is asked."""
        parts = (f"{part.view.query()}\x1f{part.title}" for part in self.parts)
        return "\x1e".join((self.title, self.date, str(self.book), *parts))


def read_briefing(reader: ViewReader, pairs: Pairs) -> BriefingRequest:
    """Read a briefing from one query string: a view, or ``views=`` once for each of several.

    Each ``views`` is the query string of a view, percent-encoded; it may hold a ``title`` of its own.

    Raises:
        InvalidView: naming every unknown, repeated or unusable parameter.
    """
    issues: list[Issue] = []
    given = _own_parameters(pairs, issues)
    views = [text for name, text in pairs if name == "views"]
    if views:
        issues += _beside_views(pairs)
        parts = _parts(reader, [(text, "") for text in views], dict(pairs).get("lang", ""), "views", issues)
    else:
        view, more = reader.read_leniently(pairs, extra=BRIEFING_PARAMETERS)
        issues += more
        parts = [Part(view=view)]
    request = BriefingRequest(parts=tuple(parts), book=_flag(given.get("book", ""), issues))
    return _checked(reader, _headed(request, given, issues), issues)


def read_file(reader: ViewReader, path: Path) -> BriefingRequest:
    """Read a briefing from a TOML file: ``title``, ``lang``, ``date``, ``book`` and ``[[view]]`` tables.

    Raises:
        InvalidData: the file is no TOML, or naming every fault in it.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidData(path, [Issue("file", f"is not TOML: {error}", "docs/briefings.md has an example")]) from None
    issues = _unknown(told, FILE_KEYS, "")
    views = told.get("view", [])
    if not isinstance(views, list) or not all(isinstance(each, dict) for each in views):
        issues.append(Issue("view", "is not a list of tables", "write [[view]] above each view"))
        views = []
    for number, each in enumerate(views, start=1):
        issues += _unknown(each, ("query", "title"), f"view {number}: ")
    if not isinstance(told.get("book", False), bool):
        issues.append(Issue("book", f"{told['book']!r} is neither true nor false", "book = true for a map book"))
    texts = [(str(each.get("query", "")), str(each.get("title", ""))) for each in views]
    parts = _parts(reader, texts, str(told.get("lang", "")), "view", issues)
    given = {name: str(told.get(name, "")) for name in ("title", "date")}
    request = BriefingRequest(parts=tuple(parts), book=told.get("book", False) is True)
    try:
        return _checked(reader, _headed(request, given, issues), issues)
    except InvalidView as error:
        raise InvalidData(path, error.issues) from None


def _own_parameters(pairs: Pairs, issues: list[Issue]) -> dict[str, str]:
    given: dict[str, str] = {}
    for name, text in pairs:
        if name not in BRIEFING_PARAMETERS or name == "views":
            continue
        if name in given:
            issues.append(Issue(name, "given more than once", "give it once"))
        given[name] = text
    return given


def _beside_views(pairs: Pairs) -> list[Issue]:
    """Find what stands beside ``views=`` and does not belong there."""
    known = (*BRIEFING_PARAMETERS, "lang")
    inside = [name for name, _ in pairs if name in VIEW_PARAMETERS and name != "lang"]
    issues = [Issue(name, "stands beside views", "write it inside the view it belongs to") for name in inside]
    issues += [_unknown_name(name, known) for name, _ in pairs if name not in (*known, *VIEW_PARAMETERS)]
    if sum(name == "lang" for name, _ in pairs) > 1:
        issues.append(Issue("lang", "given more than once", "give it once"))
    return issues


def _unknown(told: dict[str, Any], known: Sequence[str], where: str) -> list[Issue]:
    return [_unknown_name(name, known, where) for name in told if name not in known]


def _unknown_name(name: str, known: Sequence[str], where: str = "") -> Issue:
    close = get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]}?" if close else "known are " + ", ".join(known)
    return Issue(f"{where}{name}", "unknown parameter", hint)


def _parts(
    reader: ViewReader, texts: Iterable[tuple[str, str]], lang: str, where: str, issues: list[Issue]
) -> list[Part]:
    """Read views told as query strings; faults are named with the number of the view."""
    told = list(texts)
    if not 1 <= len(told) <= MOST_VIEWS:
        problem = f"{len(told)} views are too many" if told else "there is no view"
        issues.append(Issue(where, problem, f"one to {MOST_VIEWS} views, each a query string such as region=150600"))
        return []
    parts = []
    for number, (text, title) in enumerate(told, start=1):
        pairs = parse_qsl(text.lstrip("/?"), keep_blank_values=True)
        if not pairs:
            problem = f"{text[:60]!r} is not a query string"
            issues.append(Issue(f"{where} {number}: query", problem, "write it as region=150600&year=2025"))
            continue
        if lang:
            pairs = [*((name, value) for name, value in pairs if name != "lang"), ("lang", lang)]
        view, faults = reader.read_leniently(pairs, extra=("title",))
        issues += [Issue(f"{where} {number}: {fault.where}", fault.problem, fault.hint) for fault in faults]
        heading = title or dict(pairs).get("title", "")
        parts.append(Part(view=view, title=_heading(heading, f"{where} {number}: ", issues)))
    if len({part.view.lang for part in parts}) > 1:
        issues.append(Issue("lang", "the views are of different languages", "add lang=zh or lang=en for all"))
    return parts


def _flag(text: str, issues: list[Issue]) -> bool:
    if text not in ("", "0", "1"):
        issues.append(Issue("book", f"{text[:40]!r} is neither 0 nor 1", "use book=1 for a map book"))
    return text == "1"


def _heading(text: str, where: str, issues: list[Issue]) -> str:
    """Return a title as sheets take it: short, one line, every character in the typeface of the maps."""
    try:
        title = read_sheet({"title": text}, "png").title
        fonts.assert_covered([title])
    except InvalidView as error:
        issues += [Issue(f"{where}{each.where}", each.problem, each.hint) for each in error.issues]
        return ""
    except MissingGlyph as error:
        issues.append(Issue(f"{where}title", str(error)))
        return ""
    return title


def _headed(request: BriefingRequest, given: dict[str, str], issues: list[Issue]) -> BriefingRequest:
    title = _heading(given.get("title", ""), "", issues)
    try:
        date = read_sheet({"date": given.get("date", "")}, "png").date
    except InvalidView as error:
        issues += error.issues
        date = ""
    return replace(request, title=title, date=date)


def _checked(reader: ViewReader, request: BriefingRequest, issues: list[Issue]) -> BriefingRequest:
    if request.book and len(request.parts) > 1:
        issues.append(Issue("book", "a map book has one view", "leave the other views out, or book=1"))
    elif request.book and request.parts and not issues:
        region = reader.gazetteer[request.parts[0].view.region]
        if Level.PREFECTURE not in region.levels:
            problem = f"a map book has a page for each county of one prefecture, and {region.name} is none"
            issues.append(Issue("book", problem, "name a prefecture, such as region=150600"))
    if issues:
        raise InvalidView(issues)
    return request
