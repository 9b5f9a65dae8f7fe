"""CSV files as people save them become typed rows; every fault is collected, none is repaired."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

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


Choices = Annotated[
    tuple[str, ...], BeforeValidator(lambda cell: tuple(part for part in str(cell or "").split("|") if part))
]
"""Words parted by bars, of which one is enough."""

HEADER_WITHIN = 4
"""Rows below the first among which a header is looked for."""
PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def _number(cell: object) -> object:
    """Take only numbers as people write them: ``nan``, ``1e3`` and ``1_000`` are refused, not read."""
    if isinstance(cell, str) and not (PLAIN_NUMBER.fullmatch(cell) and cell.isascii()):
        raise PydanticCustomError("float_plain", "not a number")
    return cell


Number = Annotated[float, BeforeValidator(_number)]
"""A number in digits."""


def _year(cell: object) -> object:
    if isinstance(cell, str) and not (cell.isascii() and cell.isdigit() and len(cell) == 4):
        raise PydanticCustomError("int_plain", "not a year")
    return cell


YEAR = BeforeValidator(_year)
"""Marks a column of years: four digits, not ``2025.0`` and not ``25``."""


OrNone = BeforeValidator(_empty_to_none)
"""Marks a column that may be left empty, which is read as None."""


def read_text(path: Path) -> tuple[str, list[Issue]]:
    """Return the text of a UTF-8 file, or the issue that says which encoding it seems to be in."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return "", [_missing(path)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", [Issue(f"{path} row {line}", f"not UTF-8: {_seems(data)}", "save it as CSV UTF-8")]
    if "�" in text:
        line = text[: text.index("�")].count("\n") + 1
        return "", [
            Issue(f"{path} row {line}", "holds the replacement character U+FFFD", "export it again from the original")
        ]
    return text, []


def _missing(path: Path) -> Issue:
    """Say that a file is not there, and what stands in its place."""
    beside = [each for each in (path.with_suffix(".xlsx"), path.with_suffix(".xls")) if each.exists()]
    if beside:
        return Issue(str(path), f"the file is missing, and {beside[0].name} stands beside it", "save that as CSV UTF-8")
    return Issue(str(path), "the file is missing", "restore it, or remove the plan's folder")


def _seems(data: bytes) -> str:
    """Say which encoding bytes that are no UTF-8 seem to have."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "it looks like UTF-16, which Excel calls Unicode text"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "the encoding is unknown"
    return "it looks like GBK/GB18030"


def _misplaced_header(path: Path, rows: Sequence[Sequence[str]], columns: Sequence[str]) -> list[Issue]:
    """Say that the header stands further down, or that its cells were merged."""
    for number, cells in enumerate(rows, start=1):
        if number > 1 and len(set(cells) & set(columns)) > len(columns) / 2:
            above = "row 1" if number == 2 else f"rows 1 to {number - 1}"
            return [Issue(f"{path} row {number}", "the header stands here, not in row 1", f"delete {above} above it")]
    merged = sum(not cell for cell in rows[0]) if rows else 0
    if merged and set(rows[0]) & set(columns):
        problem = f"{merged} cells of the header are empty, as merged cells leave them"
        return [Issue(f"{path} row 1", problem, "unmerge them and name every column")]
    return []


def _header_issues(path: Path, header: Sequence[str], model: type[Row]) -> list[Issue]:
    columns = list(model.model_fields)
    needed = [name for name in columns if model.model_fields[name].is_required()]
    if len(header) == 1 and len(re.split("[;\t]", header[0])) >= len(needed):
        sign = "tabs" if "\t" in header[0] else "semicolons"
        return [Issue(f"{path} row 1", f"the cells are separated by {sign}", "save it as CSV with commas")]
    issues = []
    for column in needed:
        if column not in header:
            close = get_close_matches(column, [name for name in header if name not in columns], n=1)
            hint = (
                f"rename {close[0]!r}?" if close else NEW_COLUMNS.get((path.name, column), "add it to the header row")
            )
            issues.append(Issue(f"{path} row 1", f"column {column!r} is missing", hint))
    for name in header:
        if name not in columns:
            close = get_close_matches(name, columns, n=1)
            hint = f"did you mean {close[0]!r}?" if close else "remove it"
            issues.append(Issue(f"{path} row 1", f"unknown column {name!r}", hint))
    if len(set(header)) != len(header):
        issues.append(Issue(f"{path} row 1", "a column name occurs twice", "keep one"))
    return issues


NATURES = "work for a named undertaking, action for a programme or pilot without a named object"
NEW_COLUMNS = {("projects.csv", "nature"): f"add it after name: {NATURES}"}
"""What to do in a table that was right before a column came into being."""
EMPTY = {"nature": f"write {NATURES}"}
"""What to write in a cell of a closed list that may not stay empty. (A goal's nature may.)"""
CHINESE = {
    "具名项目": "work",
    "举措": "action",
    "基本": "basic",
    "基本目标": "basic",
    "激励": "incentive",
    "激励目标": "incentive",
    "约束性": "binding",
    "预期性": "expected",
    "以上": "ge",
    "不低于": "ge",
    "以下": "le",
    "不超过": "le",
    "超过": "gt",
    "突破": "gt",
    "低于": "lt",
    "左右": "approx",
    "等于": "eq",
    "下降": "reduce",
    "降低": "reduce",
    "增长": "increase",
    "达到": "reach",
    "能源": "energy",
    "电力": "power",
    "煤炭": "coal",
    "工业": "industry",
    "园区": "park",
    "建筑": "building",
    "交通": "transport",
    "公共机构": "public",
    "农业": "agriculture",
    "农村": "rural",
    "水": "water",
    "废弃物": "waste",
    "污染物减排": "pollution",
    "生态环境": "environment",
    "数据中心": "data_centre",
    "管理机制": "governance",
    "水电": "hydropower",
    "氢能": "hydrogen",
    "储能": "storage",
    "规划": "planned",
    "在建": "building",
    "已有": "existing",
    "试点": "pilot",
}
"""Chinese words of the closed lists, for hints only: the cell is refused all the same."""
PRINTED_WORDS = {"左右": "approx", "以上": "ge", "以下": "le", "超过": "gt", "不低于": "ge"}
HINTS = {
    "inherit": "write yes or no",
    "adcode": "six digits such as 150600",
    "kind": "programme, caveat, project_nature, project_type, project_status, sector or unit",
    "id": "small letters, digits and _, beginning with a letter",
}


def _untidy(cell: str) -> str:
    """Say what cannot be seen in a cell and would make it unequal to its twin; mostly nothing."""
    if cell != cell.strip():
        return "begins or ends with a space"
    if cell.isprintable():
        return ""
    hidden = next((c for c in cell if c != " " and unicodedata.category(c) in ("Cf", "Cc", "Zs", "Zl", "Zp")), "")
    return f"holds the invisible character U+{ord(hidden):04X}" if hidden else ""


def _cell_issue(where: str, error: Any) -> Issue:
    column = str(error["loc"][0]) if error["loc"] else "?"
    given = error["input"]
    hint = ""
    if error["type"] == "literal_error" and given == "" and column in EMPTY:
        problem, hint = "the cell is empty", EMPTY[column]
    elif error["type"] == "literal_error":
        allowed = [word.strip(" '") for word in error["ctx"]["expected"].replace(" or ", ", ").split(",")]
        close = get_close_matches(str(given), allowed, n=1)
        problem = f"{given!r} is not in the list"
        meant = [code for word, code in CHINESE.items() if word == str(given) and code in allowed] or close
        hint = (f"did you mean {meant[0]!r}? " if meant else "") + "allowed: " + ", ".join(allowed)
    elif error["type"] == "int_plain":
        problem, hint = f"{given!r} is not a year", "four digits such as 2025"
    elif error["type"].startswith("float"):
        problem, hint = f"{given!r} is not a number", "write digits only; keep the printed form in value_text"
        said = next((code for word, code in PRINTED_WORDS.items() if word in str(given)), "")
        hint += f"; {said} goes into the column comparator" if said else ""
    elif error["type"] == "string_too_short":
        problem, hint = (
            "the cell is empty",
            "fill it in; merged cells must be filled in every row; did the cells shift?",
        )
    elif error["type"] in ("greater_than_equal", "less_than_equal"):
        bound = next(iter(error["ctx"].values()))
        problem = f"{given} is {'below' if 'greater' in error['type'] else 'above'} {bound}"
        hint = "correct the number; is it in the right column?"
    else:
        problem, hint = f"{given!r} is not usable here", HINTS.get(column, error["msg"])
    return Issue(f"{where}, column {column}", problem, hint)


def _read_row(where: str, header: Sequence[str], cells: Sequence[str], model: type[R]) -> tuple[R | None, list[Issue]]:
    if len(cells) != len(header):
        problem = f"{len(cells)} cells where the header has {len(header)}"
        return None, [Issue(where, problem, "a cell was dropped or holds an unquoted comma")]
    issues = [
        Issue(f"{where}, column {column}", f"{cell!r} {what}", "remove it")
        for column, cell in zip(header, cells, strict=True)
        if (what := _untidy(cell))
    ]
    if issues:
        return None, issues
    try:
        return model.model_validate(dict(zip(header, cells, strict=True))), []
    except ValidationError as error:
        return None, [_cell_issue(where, each) for each in error.errors()]


def read_table(path: Path, model: type[R]) -> tuple[list[tuple[int, R]], list[Issue]]:
    """Read a CSV file into rows of ``model``, numbered as a spreadsheet shows them.

    Nothing is coerced: a fault in any cell leaves its row out and is reported with file,
    row and column, so that all faults of the file are seen at once.
    """
    text, issues = read_text(path)
    if issues:
        return [], issues
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[tuple[int, R]] = []
    try:
        header = next(reader, [])
        issues = _header_issues(path, header, model)
        if issues:
            first = [header, *(cells for _, cells in zip(range(HEADER_WITHIN), reader, strict=False))]
            return [], _misplaced_header(path, first, list(model.model_fields)) or issues
        for cells in reader:
            if any(cells):
                row, faults = _read_row(f"{path} row {reader.line_num}", header, cells, model)
                issues += faults
                if row is not None:
                    rows.append((reader.line_num, row))
    except csv.Error as error:
        issues.append(Issue(f"{path} row {reader.line_num}", f"not readable as CSV: {error}", "check the quotes"))
    return rows, issues
