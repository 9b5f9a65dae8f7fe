"""What is wrong with the rows of a layer's file: every fault with file, row and column."""

from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches
from itertools import compress
from pathlib import Path

import shapely

from geoapp.errors import Issue
from geoapp.model.vector import Shape
from geoapp.vector.cells import is_number, text_of
from geoapp.vector.description import VectorFile
from geoapp.vector.faults import fault
from geoapp.vector.source import Rows

MOST_TOLD = 20
"""Faults of one kind of one file that are told one by one."""
SHAPES: Mapping[int, Shape] = {0: "point", 1: "line", 2: "polygon"}
"""By the dimension of the geometry."""


def header_issues(path: Path, entry: VectorFile, rows: Rows) -> list[Issue]:
    """Report every header that a description names and its file lacks."""
    issues = []
    for line, header in entry.headers().items():
        if header not in rows.headers:
            close = get_close_matches(header, rows.headers, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"it has: {', '.join(rows.headers)}"
            issues.append(Issue(f"{path} {line}", f"{entry.data} has no column {header!r}", hint))
    return issues


def row_issues(data: Path, entry: VectorFile, rows: Rows) -> list[Issue]:
    """Report every row that has no place, and every cell that is not what its column wants."""
    if not len(rows.shapes):
        return [fault(data, "no_row")]
    issues: list[Issue] = [
        fault(data, "no_place", f"row {number}", row=number)
        for number, missing in zip(
            rows.numbers, shapely.is_missing(rows.shapes) | shapely.is_empty(rows.shapes), strict=True
        )
        if missing
    ]
    origin = shapely.equals(rows.shapes, shapely.Point(0, 0))  # what GDAL makes of coordinates it cannot read
    issues += [fault(data, "origin", f"row {number}", row=number) for number in compress(rows.numbers, origin)]
    dimensions = Counter(shapely.get_dimensions(rows.shapes).tolist())
    if not issues and len(dimensions) > 1:
        points, lines, areas = (dimensions[each] for each in SHAPES)
        issues.append(fault(data, "mixed", points=points, lines=lines, areas=areas))
    if not issues and (shapely.get_type_id(rows.shapes) == 4).any():
        issues.append(fault(data, "multipoint"))
    return [*issues, *_cell_issues(data, entry, rows)]


def _cell_issues(data: Path, entry: VectorFile, rows: Rows) -> list[Issue]:
    issues: list[Issue] = []
    if entry.kind_header:
        known = {word for kind in entry.kind for word in kind.values}
        odd = [
            (n, cell)
            for n, cell in zip(rows.numbers, rows.column(entry.kind_header), strict=True)
            if text_of(cell) not in known
        ]
        for number, cell in odd[:MOST_TOLD]:
            close = get_close_matches(text_of(cell), known, n=1)
            hint = f"did you mean {close[0]!r}? " if close else ""
            hint += "or add it to the values of a [[kind]]"
            issues.append(Issue(f"{data} row {number}, column {entry.kind_header}", f"{cell!r} is of no kind", hint))
        issues += _rest(data, entry.kind_header, len(odd))
    for column in entry.column:
        if column.type != "text":
            odd = [
                (number, cell)
                for number, cell in zip(rows.numbers, rows.column(column.header), strict=True)
                if not is_number(cell, column)
            ]
            for number, cell in odd[:MOST_TOLD]:
                hint = 'write digits only, or make it a text: type = "text"'
                wanted = "a whole number" if column.type == "integer" else "a number"
                issues.append(Issue(f"{data} row {number}, column {column.header}", f"{cell!r} is not {wanted}", hint))
            issues += _rest(data, column.header, len(odd))
    return issues


def _rest(data: Path, header: str, count: int) -> list[Issue]:
    more = count - MOST_TOLD
    return (
        [Issue(f"{data} column {header}", f"{more} more rows have the same fault", "mend these first")]
        if more > 0
        else []
    )
