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
from geoapp.model.region import Adcode
from geoapp.model.view import VIEW_PARAMETERS, View
from geoapp.office.book_pages import pages_of
from geoapp.office.word.dress import DRESSES, Style
from geoapp.sheets import fonts
from geoapp.sheets.paper import Sheet, read_sheet

Pairs = Sequence[tuple[str, str]]
BRIEFING_PARAMETERS = ("title", "date", "maker", "style", "qr", "tables", "views", "book")
MOST_VIEWS = 20
TABLES = ("targets", "parks", "projects", "actions")
FILE_KEYS = ("title", "lang", "date", "maker", "style", "qr", "tables", "book", "view")


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
        maker: printed as the maker instead of the operator's own.
        style: of a Word document: a report, or an official paper (GB/T 9704-2012).
        qr: prints the address of each figure as a code too.
        tables: which of them are told.
        book: the regions that get a page each, after the (only) view.
    """

    parts: tuple[Part, ...]
    title: str = ""
    date: str = ""
    maker: str = ""
    style: Style = "report"
    qr: bool = False
    tables: tuple[str, ...] = TABLES
    book: tuple[Adcode, ...] = ()

    @property
    def lang(self) -> str:
        """The language of the whole briefing."""
        return self.parts[0].view.lang

    @property
    def key(self) -> str:
        """Return a canonical text of everything that is asked."""
        parts = (f"{part.view.query()}\x1f{part.title}" for part in self.parts)
        asked = (
            self.title,
            self.date,
            self.maker,
            self.style,
            str(self.qr),
            ",".join(self.tables),
            ",".join(self.book),
        )
        return "\x1e".join((*asked, *parts))


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
    return _checked(reader, _headed(BriefingRequest(parts=tuple(parts)), given, issues), given.get("book", ""), issues)


def read_file(reader: ViewReader, path: Path) -> BriefingRequest:
    """Read a briefing from a TOML file: the parameters of an address, ``lang`` and ``[[view]]`` tables.

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
    texts = [(str(each.get("query", "")), str(each.get("title", ""))) for each in views]
    parts = _parts(reader, texts, str(told.get("lang", "")), "view", issues)
    given = {name: _as_parameter(told[name]) for name in FILE_KEYS if name in told and name not in ("lang", "view")}
    try:
        return _checked(
            reader, _headed(BriefingRequest(parts=tuple(parts)), given, issues), given.get("book", ""), issues
        )
    except InvalidView as error:
        raise InvalidData(path, error.issues) from None


def _as_parameter(value: object) -> str:
    """Return a value of the file as an address writes it."""
    if isinstance(value, bool):
        return str(int(value))
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


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


def _flag(name: str, text: str, issues: list[Issue]) -> bool:
    if text not in ("", "0", "1"):
        issues.append(Issue(name, f"{text[:40]!r} is neither 0 nor 1", f"use {name}=1, or leave it out"))
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
    """Return a request with everything that holds for the whole."""
    title = _heading(given.get("title", ""), "", issues)
    try:
        sheet = read_sheet({name: given.get(name, "") for name in ("date", "maker")}, "png")
    except InvalidView as error:
        issues += error.issues
        sheet = Sheet()
    style: Style = "official" if given.get("style") == "official" else "report"
    if given.get("style", "report") not in DRESSES:
        problem = f"{given['style'][:40]!r} is not a known style"
        issues.append(Issue("style", problem, "use " + " or ".join(DRESSES)))
    elif style == "official" and request.parts and request.lang != "zh":
        issues.append(Issue("style", "official papers (GB/T 9704) are Chinese", "leave out lang=en, or style=official"))
    return replace(
        request,
        title=title,
        date=sheet.date,
        maker=sheet.maker,
        style=style,
        qr=_flag("qr", given.get("qr", ""), issues),
        tables=_tables(given.get("tables", ",".join(TABLES)), issues),
    )


def _tables(text: str, issues: list[Issue]) -> tuple[str, ...]:
    words = [] if text == "none" else text.split(",")
    odd = [word for word in words if word not in TABLES]
    if odd:
        hint = f"use {','.join(TABLES)}, some of them, or none"
        issues.append(Issue("tables", f"{odd[0][:40]!r} is not a table of a briefing", hint))
    return tuple(table for table in TABLES if table in words)


def _checked(reader: ViewReader, request: BriefingRequest, book: str, issues: list[Issue]) -> BriefingRequest:
    """Return a request with the pages of its book, or raise with every fault."""
    if book not in ("", "0"):
        if len(request.parts) > 1:
            issues.append(Issue("book", "a map book has one view", "leave the other views out, or book"))
        elif request.parts and not issues:
            view = request.parts[0].view
            request = replace(request, book=pages_of(book, view, reader.gazetteer, issues))
    if issues:
        raise InvalidView(issues)
    return request
