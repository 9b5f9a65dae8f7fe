"""CSV files as people save them become typed rows; every fault is collected, none is repaired."""

import csv
import io
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from geoapp.errors import Issue


class Row(BaseModel):
    """One row of a table. Cells are text; an empty cell is None only where the column allows it."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


R = TypeVar("R", bound=Row)


def _split(cell: object) -> tuple[str, ...]:
    text = "" if cell is None else str(cell)
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _empty_to_none(cell: object) -> object:
    return None if cell == "" else cell


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
"""Ids separated by semicolons."""


OrNone = BeforeValidator(_empty_to_none)
"""Marks a column that may be left empty, which is read as None."""


def read_text(path: Path) -> tuple[str, list[Issue]]:
    """Return the text of a UTF-8 file, or the issue that says which encoding it seems to be in."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return "", [Issue(str(path), "the file is missing", "restore it, or remove the plan's folder")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        try:
            data.decode("gb18030")
            seems = "it looks like GBK/GB18030"
        except UnicodeDecodeError:
            seems = "the encoding is unknown"
        return "", [Issue(f"{path} row {line}", f"not UTF-8: {seems}", "save it as CSV UTF-8")]
    if "�" in text:
        line = text[: text.index("�")].count("\n") + 1
        return "", [
            Issue(f"{path} row {line}", "holds the replacement character U+FFFD", "export it again from the original")
        ]
    return text, []


def _header_issues(path: Path, header: Sequence[str], columns: Sequence[str]) -> list[Issue]:
    issues = []
    for column in columns:
        if column not in header:
            close = get_close_matches(column, [name for name in header if name not in columns], n=1)
            hint = f"rename {close[0]!r}?" if close else "add it to the header row"
            issues.append(Issue(f"{path} row 1", f"column {column!r} is missing", hint))
    for name in header:
        if name not in columns:
            close = get_close_matches(name, columns, n=1)
            hint = f"did you mean {close[0]!r}?" if close else "remove it"
            issues.append(Issue(f"{path} row 1", f"unknown column {name!r}", hint))
    if len(set(header)) != len(header):
        issues.append(Issue(f"{path} row 1", "a column name occurs twice", "keep one"))
    return issues


def _cell_issue(path: Path, number: int, error: Any) -> Issue:
    column = str(error["loc"][0]) if error["loc"] else "?"
    given = error["input"]
    hint = ""
    if error["type"] == "literal_error":
        allowed = [word.strip(" '") for word in error["ctx"]["expected"].replace(" or ", ", ").split(",")]
        close = get_close_matches(str(given), allowed, n=1)
        problem = f"{given!r} is not in the list"
        hint = (f"did you mean {close[0]!r}? " if close else "") + "allowed: " + ", ".join(allowed)
    elif error["type"].startswith("float") or error["type"].startswith("int"):
        problem, hint = f"{given!r} is not a number", "write digits only; keep the printed form in value_text"
    elif error["type"] == "string_too_short":
        problem, hint = "the cell is empty", "fill it in; did the cells shift?"
    else:
        problem = f"{given!r}: {error['msg']}"
    return Issue(f"{path} row {number}, column {column}", problem, hint)


def read_table(path: Path, model: type[R]) -> tuple[list[tuple[int, R]], list[Issue]]:
    """Read a CSV file into rows of ``model``, numbered as a spreadsheet shows them.

    Nothing is coerced: a fault in any cell leaves its row out and is reported with file,
    row and column, so that all faults of the file are seen at once.
    """
    text, issues = read_text(path)
    if issues:
        return [], issues
    columns = list(model.model_fields)
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[tuple[int, R]] = []
    try:
        header = next(reader, [])
        issues = _header_issues(path, header, columns)
        if issues:
            return [], issues
        for cells in reader:
            number = reader.line_num
            if not any(cells):
                continue
            if len(cells) != len(header):
                problem = f"{len(cells)} cells where the header has {len(header)}"
                issues.append(Issue(f"{path} row {number}", problem, "a cell was dropped or holds an unquoted comma"))
                continue
            try:
                rows.append((number, model.model_validate(dict(zip(header, cells, strict=True)))))
            except ValidationError as error:
                issues.extend(_cell_issue(path, number, each) for each in error.errors())
    except csv.Error as error:
        issues.append(Issue(f"{path} row {reader.line_num}", f"not readable as CSV: {error}", "check the quotes"))
    return rows, issues
