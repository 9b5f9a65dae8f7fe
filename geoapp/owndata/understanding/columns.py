"""What each column is: its title from the storeys of the header, its unit, its year, its numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geoapp.model.phrase import Phrase
from geoapp.owndata.reading.sheet import Cell, Sheet, cell_name, column_letters
from geoapp.owndata.table import Column, Fault, Kind
from geoapp.owndata.understanding.layout import ORDER_HEADS, YEARS, Layout
from geoapp.owndata.understanding.numbers import NOT_CALCULATED, SHEET_ERROR, Reading, plain, printed, read_number
from geoapp.owndata.understanding.units import is_unit, proposed_draw, split_unit, unit_for_all

YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-6]\d)(?!\d)(?:\s*年)?", re.ASCII)
SPAN = re.compile(r"(?<!\d)(?:19|20)\d\d\s*年?\s*[-—–~～至到]\s*(?:19|20)?\d\d", re.ASCII)
YEAR_HEADS = re.compile(r"^(?:年份|年度|年|统计年份|数据年份|year)$", re.IGNORECASE)
OTHER_UNIT = Phrase("后面的单位与这一列的单位不同")
LIKE_NUMBERS = 0.5
"""Share of the filled cells of a column that are numbers, from which on the others are faults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """The columns of a sheet, the numbers of each by row of the body, and the cells that are no numbers."""

    columns: tuple[Column, ...]
    numbers: dict[str, tuple[float | None, ...]]
    faults: tuple[Fault, ...]
    years: tuple[int | None, ...]


def understand_columns(sheet: Sheet, layout: Layout, counted: Sequence[bool], subject: str) -> Understood:
    """Return what the columns of a sheet are.

    Args:
        counted: for each row of the body, whether it is a region's: totals do not tell what a column is.
        subject: what the table is called; the title of columns that are called by a year only.
    """
    said = [printed(cell) for row in (*layout.titles, *layout.notes) for cell in sheet.rows[row]]
    subject, of_subject = split_unit(subject)
    common = next((unit for text in said if (unit := unit_for_all(text))), of_subject)
    table_year = _only_year(text for row in layout.titles for text in map(printed, sheet.rows[row]))
    columns: list[Column] = []
    numbers: dict[str, tuple[float | None, ...]] = {}
    faults: list[Fault] = []
    years: tuple[int | None, ...] = (None,) * len(layout.body)
    for position, header in enumerate(_headers(sheet, layout)):
        cells = [sheet.rows[row][position] for row in layout.body]
        if not header and not any(printed(cell) for cell in cells):
            continue
        column = _column(sheet, layout, position, header)
        readings = [read_number(cell) for cell in cells]
        if column.kind == "text" and YEAR_HEADS.match(column.title) and _are_years(readings):
            column = replace(column, kind="year")
            years = tuple(None if each.value is None else int(each.value) for each in readings)
        elif column.kind == "text" and _is_numeric(
            column, [r for r, yes in zip(readings, counted, strict=True) if yes]
        ):
            column = _numeric(column, readings, common, table_year, subject)
            readings = [_in_unit(each, column.unit) for each in readings]
            numbers[column.id] = tuple(each.value for each in readings)
            faults += _faults(column, layout.body, cells, readings)
        columns.append(column)
    return _by_year(
        Understood(columns=tuple(columns), numbers=numbers, faults=tuple(faults), years=years),
        [row + 1 for row in layout.body],
    )


def _headers(sheet: Sheet, layout: Layout) -> list[tuple[str, ...]]:
    """Return the storeys over each column; an upper one reaches to its right over columns that have a lower one."""
    storeys = [[printed(cell) for cell in sheet.rows[row]] for row in layout.header]
    for upper, storey in enumerate(storeys[:-1]):
        lower = storeys[upper + 1 :]
        for column in range(1, len(storey)):
            below = any(row[column] for row in lower)
            left_is_alone = not any(row[column - 1] for row in lower)
            if not storey[column] and below and not left_is_alone:
                storey[column] = storey[column - 1]
    width = len(sheet.rows[0]) if sheet.rows else 0
    return [tuple(dict.fromkeys(text for row in storeys if (text := row[column]))) for column in range(width)]


def _column(sheet: Sheet, layout: Layout, position: int, header: Sequence[str]) -> Column:
    units = [printed(sheet.rows[row][position]).strip("()（）") for row in layout.units]
    parts, unit = [], next((each for each in units if is_unit(each)), "")
    for text in header:
        title, found = split_unit(re.sub(r"\s+", " ", text))
        unit = unit or found
        if title and is_unit(title) and len(header) > 1 and not unit:
            unit = title
        elif title:
            parts.append(title)
    identifier = f"c{position + 1}"
    title = " ".join(parts) or f"{column_letters(position)}列"
    kind: Kind = "region" if position in layout.regions else "adcode" if position == layout.code else "text"
    whole = " ".join(re.sub(r"\s+", " ", text) for text in header)
    return Column(id=identifier, position=position, title=title, kind=kind, header=whole or title, unit=unit)


def _are_years(readings: Sequence[Reading]) -> bool:
    values = [each.value for each in readings if not each.blank]
    return bool(values) and all(value is not None and value in YEARS for value in values)


def _is_numeric(column: Column, readings: Sequence[Reading]) -> bool:
    if ORDER_HEADS.match(column.title):
        return False
    filled = [each for each in readings if not each.blank]
    # a formula whose result is lost, or an error, was to be a number
    good = sum(each.value is not None or each.fault in (NOT_CALCULATED, SHEET_ERROR) for each in filled)
    if column.unit and filled:
        return True  # whoever wrote a unit over it meant numbers
    return good > 0 and good >= LIKE_NUMBERS * len(filled)


def _numeric(column: Column, readings: Sequence[Reading], common: str, table_year: int | None, subject: str) -> Column:
    in_cells = Counter(each.unit for each in readings if each.unit)
    unit = column.unit or (in_cells.most_common(1)[0][0] if in_cells else "") or common
    year = _only_year([column.title]) or table_year
    title = YEAR.sub("", column.title).strip(" ：:，,") or YEAR.sub("", subject).strip() or column.title
    draw = proposed_draw(title, unit)
    if any(each.value is not None and each.value < 0 for each in readings):
        draw = "fill"  # a circle has no sign
    return replace(
        column, kind="number", title=title if len(title) > 1 else column.title, unit=unit, year=year, draw=draw
    )


def _in_unit(reading: Reading, unit: str) -> Reading:
    """Return a reading as it is in the unit of its column; a number with another unit behind it is a fault."""
    return Reading(fault=OTHER_UNIT) if reading.unit and plain(reading.unit) != plain(unit) else reading


def _only_year(texts: Iterable[str]) -> int | None:
    """Return the one year that texts name; None for none, for several and for a span of years."""
    found = set()
    for text in texts:
        flat = plain(text)
        if SPAN.search(flat):
            return None
        found |= {int(match[1]) for match in YEAR.finditer(flat)}
    return found.pop() if len(found) == 1 else None


def _faults(column: Column, rows: Sequence[int], cells: Sequence[Cell], readings: Sequence[Reading]) -> list[Fault]:
    return [
        Fault(
            row=row + 1,
            column=column.id,
            cell=cell_name(row + 1, column.position),
            text=printed(cell)[:60],
            problem=reading.fault.text,
        )
        for row, cell, reading in zip(rows, cells, readings, strict=True)
        if reading.fault is not None
    ]


def _by_year(found: Understood, rows: Sequence[int]) -> Understood:
    """Part the columns of a table whose rows have years: the numbers of each year are a column of their own."""
    years = sorted({year for year in found.years if year is not None})
    if len(years) < 2:
        only = years[0] if years else None
        columns = tuple(
            replace(each, year=each.year or only) if each.kind == "number" else each for each in found.columns
        )
        return replace(found, columns=columns, years=(None,) * len(found.years))
    parted: list[Column] = []
    numbers: dict[str, tuple[float | None, ...]] = {}
    for column in found.columns:
        if column.kind != "number":
            parted.append(column)
            continue
        for year in years:
            part = replace(column, id=f"{column.id}-{year}", year=year, of_year=year)
            parted.append(part)
            numbers[part.id] = found.numbers[column.id]
    row_years = dict(zip(rows, found.years, strict=True))
    faults = tuple(replace(each, column=f"{each.column}-{row_years[each.row]}") for each in found.faults)
    return replace(found, columns=tuple(parted), numbers=numbers, faults=faults)
