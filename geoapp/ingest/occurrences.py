"""Where a character stands in the files people edit: file, row and column, as a spreadsheet shows them."""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from geoapp.ingest.tables import read_text


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A character in a cell of a CSV file or in a line of a TOML file."""

    char: str
    text: str
    where: str


def occurrences(folder: Path, chars: Collection[str]) -> Iterator[Occurrence]:
    """Yield every place of some characters in the tables and plan files below a folder, in the order of the files."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".csv", ".toml"):
            text, _ = read_text(path)
            if not set(chars).isdisjoint(text):
                read = _cells(path, text) if path.suffix == ".csv" else _lines(path, text)
                for where, cell in read:
                    yield from (Occurrence(char, cell, where) for char in sorted(set(chars) & set(cell)))


def _cells(path: Path, text: str) -> Iterator[tuple[str, str]]:
    reader = csv.reader(text.splitlines(keepends=True))
    header = next(reader)
    for cells in reader:
        for column, cell in zip(header, cells, strict=False):
            yield f"{path} row {reader.line_num}, column {column}", cell


def _lines(path: Path, text: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        yield f"{path} row {number}", line.strip()
