"""The parts of an ``.xlsx`` package: checked before a reader opens it, and what calamine does not tell of them."""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

MOST_UNPACKED = 200 * 2**20
"""Bytes of all parts together; a table of 20,000 rows and 60 columns takes a third of it."""
MOST_PARTS = 5000
PROLOG = 2048
CELL = re.compile(rb"<c ([^>]*?)/?>")
NO_RESULT = re.compile(rb"<c ([^>]*)><f[^>]*?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>")
ERROR = re.compile(rb'<c ([^>]*\bt="e"[^>]*)>(?:<f[^>]*?(?:/>|>[^<]*</f>))?<v>([^<]*)</v>')
PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
STYLE = re.compile(rb'\bs="(\d+)"')
PERCENT_FORMATS = {"9", "10"}
"""Built-in formats 0% and 0.00%; others say % in their code."""
QUOTED = re.compile(r'"[^"]*"|\\.')
Place = tuple[int, int]
"""Row and column, both counted from 0."""


class Refused(Exception):
    """A package is not opened; ``key`` is one of ``refused.REFUSALS``."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def check_package(path: Path) -> None:
    """Refuse what only looks like a workbook: bombs, locked parts, entity declarations.

    Raises:
        Refused: the package is damaged or dangerous.
    """
    try:
        with ZipFile(path) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Refused("bomb", most=MOST_UNPACKED // 2**20)
            if any(part.flag_bits & 1 for part in parts):
                raise Refused("encrypted")
            for part in parts:
                _no_entities(package, part)
    except (BadZipFile, OSError, NotImplementedError, EOFError):
        raise Refused("damaged") from None


def _no_entities(package: ZipFile, part: ZipInfo) -> None:
    if part.filename.lower().endswith((".xml", ".rels")):
        with package.open(part) as file:
            prolog = file.read(PROLOG)
        if b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog:
            raise Refused("entities", part=part.filename)


class SheetParts:
    """What the parts of an ``.xlsx`` say of its cells: which are printed as per cent, which formulas have no result."""

    def __init__(self, path: Path) -> None:
        with ZipFile(path) as package:
            names = set(package.namelist())
            if "xl/workbook.xml" not in names:
                raise KeyError("xl/workbook.xml")
            self._percent = _percent_styles(package.read("xl/styles.xml")) if "xl/styles.xml" in names else set()
            self._texts = {name: package.read(part) for name, part in _sheet_parts(package).items() if part in names}

    def percents(self, sheet: str) -> set[Place]:
        """Return the cells whose number is printed as per cent: 0.125 is read as 12.5%."""
        found = set()
        for match in CELL.finditer(self._texts.get(sheet, b"")) if self._percent else ():
            style = STYLE.search(match[1])
            if style is not None and int(style[1]) in self._percent and (place := _place(match[1])) is not None:
                found.add(place)
        return found

    def errors(self, sheet: str) -> dict[Place, str]:
        """Return the cells that hold an error such as ``#DIV/0!``, which calamine reads as empty ones."""
        found = ((_place(match[1]), match[2].decode()) for match in ERROR.finditer(self._texts.get(sheet, b"")))
        return {place: text for place, text in found if place is not None}

    def without_result(self, sheet: str) -> set[Place]:
        """Return the cells of formulas that nobody has calculated."""
        found = (_place(match[1]) for match in NO_RESULT.finditer(self._texts.get(sheet, b"")))
        return {place for place in found if place is not None}


def _place(attributes: bytes) -> Place | None:
    match = PLACE.search(attributes)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + letter - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _percent_styles(data: bytes) -> set[int]:
    """Return the numbers of the cell styles whose format prints per cent."""
    root = _parsed(data)
    formats = set(PERCENT_FORMATS)
    for each in root.iterfind(".//{*}numFmts/{*}numFmt"):
        if "%" in QUOTED.sub("", each.get("formatCode", "")):
            formats.add(each.get("numFmtId", ""))
    styles = root.iterfind("{*}cellXfs/{*}xf")
    return {number for number, style in enumerate(styles) if style.get("numFmtId") in formats}


def _sheet_parts(package: ZipFile) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name."""
    relations = {
        each.get("Id"): each.get("Target", "").removeprefix("/xl/").removeprefix("./")
        for each in _parsed(package.read("xl/_rels/workbook.xml.rels"))
    }
    found = {}
    for each in _parsed(package.read("xl/workbook.xml")).iterfind(".//{*}sheets/{*}sheet"):
        relation = next((value for name, value in each.attrib.items() if name.endswith("}id")), None)
        if relation in relations:
            found[each.get("name", "")] = f"xl/{relations[relation]}"
    return found
