"""The faults of a TOML file in the words of a planner, not of the library that found them."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from geoapp.errors import Issue

UNREADABLE_HINT = (
    'mend that line: texts stand in straight quotes "…", a date is written 2023-03-01 without quotes, '
    "numbers without quotes"
)
POSITION = re.compile(r"at line (\d+), column (\d+)")
TWICE = ("overwrite", "twice", "mutate")
"""Words of the library where a key or a table is given a second time."""
LINES = {
    "source_file": 'the name of the document\'s text for `--sources`; source_file = "" where there is none',
    "document_no": 'document_no = "" where no number is printed',
    "published": "published = 2022-11-29, or 2022 where only the year is known",
    "extent": 'extent = "part" where only a part of the document was seen; else leave the line out',
    "kind": 'kind = "results" for a bulletin or an assessment; else leave the line out',
    "region": 'region = "150600", six digits in quotes',
    "place_en": 'place_en = "Ordos", 2 to 16 letters',
    "start_year": "start_year = 2021",
    "end_year": "end_year = 2025",
    "base_year": "base_year = 2020, the year before the plan",
    "headings": 'a table [headings] with lines such as "三(一)" = "…"',
    "title": "a table [title] with the lines zh and en",
    "short_title": "a table [short_title] with the lines zh and en",
    "issuer": "a table [issuer] with the lines zh and en",
}
"""How each line is written."""
KINDS: Mapping[str, str] = {
    "int": "a whole number without quotes",
    "string": "a text in quotes",
    "date": "a date such as 2022-11-29, without quotes",
    "enum": "one of the listed words",
    "dict": "a table",
    "model": "a table with the lines zh and en",
    "tuple": "a list in square brackets",
    "list": "a list in square brackets",
}


def unreadable(path: Path, text: str, error: ValueError) -> Issue:
    """Return the fault of a text that is no TOML: the line, what stands there, and how lines are written."""
    position = POSITION.search(str(error))
    if position is None:
        return Issue(str(path), "the file ends inside a text, a list or a table", "close the quotes or brackets")
    line, column = int(position[1]), int(position[2])
    written = text.splitlines()[line - 1 : line] or [""]
    if any(word in str(error) for word in TWICE):
        return Issue(str(path), f"line {line}: {written[0]!r} stands in the file twice", "remove one of the two")
    return Issue(str(path), f"line {line}: {written[0][column - 1 :] or written[0]!r} cannot be read", UNREADABLE_HINT)


def toml_issue(path: Path, error: Mapping[str, Any], model: type[BaseModel]) -> Issue:
    """Return one fault as a sentence with the line it is about and how that line is written."""
    # The kinds of a value that may be several things (a date or a year) are pydantic's words, not the file's.
    name = ".".join(str(part) for part in error["loc"] if part not in KINDS)
    top = str(error["loc"][0]) if error["loc"] else ""
    hint = LINES.get(top, "docs/data.md has every line of the file")
    if error["type"] == "missing":
        return Issue(f"{path} {name}", "the line is missing", f"add it: {hint}")
    if error["type"] == "extra_forbidden":
        close = get_close_matches(name, list(model.model_fields), n=1)
        return Issue(
            f"{path} {name}", "is not a line of this file", f"did you mean {close[0]}?" if close else "remove it"
        )
    wanted = next((words for kind, words in KINDS.items() if error["type"].startswith(kind)), "")
    given = error["input"]
    shown = "a table" if isinstance(given, dict) else repr(given)
    return Issue(f"{path} {name}", f"{shown} is not {wanted or 'usable here'}", f"write it as: {hint}")
