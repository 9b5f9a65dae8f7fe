"""The hand-kept ``shapes/code_fixes.csv``: codes to mend, and units whose code misleads about their level."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geoapp.errors import BoundaryError, InvalidAdcode, InvalidData, Issue
from geoapp.model.region import Level, parse_adcode

COLUMNS = ("old_code", "new_code", "level", "kind", "note")
KINDS = ("recode", "pseudo_unit", "city_without_counties")


@dataclass(frozen=True, slots=True)
class CodeFix:
    """One row: ``old_code`` in the source is ``new_code`` here, a unit of nominal ``level``.

    Attributes:
        kind: ``recode`` (the source kept an outdated code), ``pseudo_unit`` (a farm or reserve
            drawn like a division), ``city_without_counties`` (a prefecture standing in the county table).
    """

    old_code: str
    new_code: str
    level: Level
    kind: str
    note: str


def read_code_fixes(path: Path) -> tuple[CodeFix, ...]:
    """Read the code fixes.

    Raises:
        BoundaryError: the file is missing or not UTF-8.
        InvalidData: a column is missing or cells are wrong; every fault is named by line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            rows = list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise BoundaryError(f"{path}: the code fixes cannot be read ({error}); save the file as UTF-8 CSV") from error
    if missing:
        raise InvalidData(path, [Issue("line 1", f"column {name} is missing", "add it") for name in missing])
    issues = [issue for line, row in enumerate(rows, 2) for issue in _row_issues(line, row)]
    issues += _repeated(rows)
    if issues:
        raise InvalidData(path, issues)
    return tuple(
        CodeFix(row["old_code"], row["new_code"], Level(row["level"]), row["kind"], row["note"]) for row in rows
    )


def recodes(fixes: Iterable[CodeFix]) -> dict[str, str]:
    """Outdated codes and what they are today."""
    return {fix.old_code: fix.new_code for fix in fixes if fix.kind == "recode"}


def _row_issues(line: int, row: dict[str, str | None]) -> Iterator[Issue]:
    for column in ("old_code", "new_code"):
        try:
            parse_adcode(row[column])
        except InvalidAdcode as error:
            yield Issue(f"line {line}, column {column}", str(error))
    for column, allowed in (("kind", KINDS), ("level", tuple(Level))):
        if row[column] not in allowed:
            yield Issue(
                f"line {line}, column {column}", f"unknown {column} {row[column]!r}", "use " + ", ".join(allowed)
            )
    if row["kind"] in KINDS[1:] and row["old_code"] != row["new_code"]:
        yield Issue(f"line {line}", f"a {row['kind']} keeps its code", "write the same code twice or use recode")


def _repeated(rows: list[dict[str, str]]) -> Iterator[Issue]:
    first: dict[str, int] = {}
    for line, row in enumerate(rows, 2):
        if first.setdefault(row["old_code"], line) != line:
            yield Issue(
                f"line {line}, column old_code",
                f"{row['old_code']} is already mended in line {first[row['old_code']]}",
                "keep one of the two",
            )
