"""``geoapp layer add``: a file with places becomes a described layer of ``layers/vectors``; ``remove`` undoes it."""

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geoapp.errors import InvalidData, Issue, NotFound
from geoapp.model.vector import Cell, ColumnType
from geoapp.model.vocabulary import Precision
from geoapp.vector.description import (
    ID,
    ColumnEntry,
    KindEntry,
    VectorFile,
    read_description,
    write_description,
)
from geoapp.vector.join import Counties, Published, read_layer
from geoapp.vector.kinds import LayerRefused, kinds_of, one_kind, property_name
from geoapp.vector.placed_table import LAT, LON, PlacedTable
from geoapp.vector.source import Rows, read_rows

UNSAID_LICENCE = "许可未注明 / licence not stated"
UNSAID_OWNER = ("本单位加入，来源未注明", "added by the operator, source not stated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What the owner says of a layer; texts left empty are filled with what is honest to say.

    Attributes:
        kind_header: the column whose words are types.
        name: the column of names; ``key`` of ids; ``amount`` of the number that sizes symbols.
    """

    id: str
    title: str
    title_en: str = ""
    layer: str = ""
    crs: str = ""
    encoding: str = ""
    kind_header: str = ""
    name: str = ""
    key: str = ""
    amount: str = ""
    unit: str = ""
    summed: bool = False
    precision: Precision = "site"
    date: str = ""
    licence: str = ""
    attribution: str = ""
    attribution_en: str = ""
    note: str = ""
    replace: bool = False


def add_layer(
    path: Path, described: Described, folder: Path, counties: Counties, placed: PlacedTable | None = None
) -> Published:
    """Copy a file into ``folder``, describe it there and read it as a build will. Nothing is left when it fails.

    Args:
        placed: what a table holds, its coordinates read; it is kept as a CSV in degrees of WGS 84.

    Raises:
        LayerRefused: the file, an option or the id cannot be used.
        InvalidData: rows have faults; each is named.
    """
    _check_id(described, folder)
    if not path.is_file():
        raise LayerRefused(f"{path} is no file")
    data = f"{described.id}{'.csv' if placed else path.suffix.lower()}"
    part = folder / f".{described.id}.adding"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        lon, lat = (LON, LAT) if placed else ("", "")
        if placed:
            placed.write(part / data)
        else:
            shutil.copyfile(path, part / data)
        rows = _rows(part / data, described, lon, lat)
        entry = _entry(described, rows, data, lon, lat)
        published = _published(write_description(part, entry), counties)
        _move(part, folder, entry)
    except InvalidData as error:
        raise InvalidData(path.name, [_named(issue, part / data, path.name) for issue in error.issues]) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return published


def remove_layer(identifier: str, folder: Path) -> list[Path]:
    """Delete a layer's description, its data and its licence; return what was deleted.

    Raises:
        NotFound: there is no such layer.
    """
    path = folder / f"{identifier}.toml"
    if not re.fullmatch(ID, identifier) or not path.is_file():
        known = ", ".join(sorted(each.stem for each in folder.glob("*.toml"))) or "none"
        raise NotFound(f"no vector layer is called {identifier!r}; there are: {known}")
    entry, _ = read_description(path)
    names = [path.name, f"{identifier}.licence.md", *([entry.data] if entry else [])]
    gone = [folder / name for name in names if (folder / name).is_file()]
    for each in gone:
        each.unlink()
    return gone


def _check_id(described: Described, folder: Path) -> None:
    if not re.fullmatch(ID, described.id):
        raise LayerRefused(f"--id {described.id!r}: use small letters, digits and hyphens, such as red-line-2024")
    if (folder / f"{described.id}.toml").exists() and not described.replace:
        raise LayerRefused(f"a layer {described.id} exists already; add --replace, or give another --id")


def _named(issue: Issue, copy: Path, name: str) -> Issue:
    """Return a fault of the copy as one of the owner's file."""
    return replace(issue, where=issue.where.replace(str(copy), name).strip())


def _rows(data: Path, described: Described, lon: str, lat: str) -> Rows:
    rows, issues = read_rows(
        data, lon=lon, lat=lat, layer=described.layer, crs=described.crs, encoding=described.encoding
    )
    if rows is None:
        raise InvalidData(data.name, issues)
    asked = {"kind": described.kind_header, "name": described.name, "key": described.key, "amount": described.amount}
    missing = [Issue(f"--{option}", f"the file has no column {header!r}", f"it has: {', '.join(rows.headers)}")
               for option, header in asked.items() if header and header not in rows.headers]  # fmt: skip
    if missing:
        raise InvalidData(data.name, missing)
    return rows


def _entry(described: Described, rows: Rows, data: str, lon: str, lat: str) -> VectorFile:
    columns = _columns(rows, [header for header in rows.headers if header not in (lon, lat)], described)
    amount = next((column.name for column in columns if column.header == described.amount), "")
    owner = described.attribution or UNSAID_OWNER[0]
    return VectorFile(
        id=described.id,
        title_zh=described.title,
        title_en=described.title_en or described.title,
        data=data,
        layer=described.layer,
        lon=lon,
        lat=lat,
        crs=described.crs,
        encoding=described.encoding,
        key=described.key,
        name=described.name,
        precision=described.precision,
        kind_header=described.kind_header,
        amount=amount,
        summed=described.summed,
        date=described.date,
        licence=described.licence or UNSAID_LICENCE,
        attribution_zh=owner,
        attribution_en=described.attribution_en or described.attribution or UNSAID_OWNER[1],
        note_zh=described.note,
        note_en=described.note,
        column=tuple(columns),
        kind=tuple(_kinds(rows, described)),
    )


def _columns(rows: Rows, headers: Sequence[str], described: Described) -> list[ColumnEntry]:
    found: list[ColumnEntry] = []
    for number, header in enumerate(headers, start=1):
        name = property_name(header, number, [each.name for each in found])
        unit = described.unit if header == described.amount else ""
        kind = _type(rows.column(header))
        if header == described.amount and kind == "text":
            raise LayerRefused(f"--amount {header!r}: the column holds texts, not numbers only")
        found.append(ColumnEntry(name=name, header=header, title_zh=header, title_en=header, type=kind, unit=unit))
    return found


def _type(cells: Iterable[Cell]) -> ColumnType:
    """Return the type of a column: numbers where every cell that says something is one."""
    told = [cell for cell in cells if cell not in (None, "")]
    try:
        numbers = [float(str(cell)) for cell in told if not _is_code(cell)]
    except ValueError:
        return "text"
    return "number" if told and len(numbers) == len(told) else "text"


def _is_code(cell: Cell) -> bool:
    """Say whether a cell is a code and no number: it begins with a zero, or is as long as a code of objects."""
    text = str(cell)
    return isinstance(cell, str) and (bool(re.match(r"0\d", text)) or (text.isdigit() and len(text) > 9))


def _kinds(rows: Rows, described: Described) -> list[KindEntry]:
    """Return the types: the words of a column, or one for all."""
    if not described.kind_header:
        return one_kind(described.title, described.title_en)
    column = rows.column(described.kind_header)
    return kinds_of(("" if cell is None else str(cell) for cell in column), described.kind_header)


def _published(path: Path, counties: Counties) -> Published:
    entry, issues = read_description(path)
    published, faults = (None, issues) if entry is None else read_layer(path, entry, counties)
    if published is None:
        raise InvalidData(path.name, faults)
    return published


def _move(part: Path, folder: Path, entry: VectorFile) -> None:
    """Put the data and then its description in place; data of another kind that is replaced leaves."""
    old, _ = read_description(folder / f"{entry.id}.toml") if (folder / f"{entry.id}.toml").exists() else (None, [])
    (part / entry.data).replace(folder / entry.data)
    (part / f"{entry.id}.toml").replace(folder / f"{entry.id}.toml")
    if old is not None and old.data != entry.data:
        (folder / old.data).unlink(missing_ok=True)
