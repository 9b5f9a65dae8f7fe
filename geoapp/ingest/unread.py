"""Files that lie in ``layers/`` and that nobody reads: copies, misspelt names, tables of another program."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from geoapp.errors import Issue

COMMON_FILES = (
    *("catalog.toml", "indicators.csv", "vocabulary.csv", "units.csv", "places.csv", "indicator_terms.csv"),
    *("plans", "rasters", "vectors"),
)
PACK_FILES = ("plan.toml", "targets.csv", "statistics.csv", "parks.csv", "projects.csv", "tracing.csv")
TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".et", ".ods")
DATA = frozenset((*TABLES, ".toml", ".json", ".geojson", ".tif", ".tiff"))
"""Endings of files that somebody may think are read. Notes and papers beside them are nobody's fault."""


def unread_files(folder: Path, known: Iterable[str]) -> list[Issue]:
    """Report every data file and every folder that nobody reads there, with the file it may have been meant as.

    Args:
        known: names that are read; files of editors and systems (``.DS_Store``, ``~$parks.xlsx``) are passed over.
    """
    names = list(known)
    return [
        Issue(str(path), "nobody reads this file" if path.is_file() else "nobody reads this folder", _hint(path, names))
        for path in sorted(folder.glob("[!.~]*"))
        if path.name not in names and (path.is_dir() or path.suffix.lower() in DATA) and not _replaces(path, names)
    ]


def _replaces(path: Path, names: list[str]) -> bool:
    """Say whether a workbook lies where its table is missing: the fault of the missing table names it."""
    table = path.with_suffix(".csv")
    return path.suffix.lower() in TABLES and table.name in names and not table.exists()


def _hint(path: Path, names: list[str]) -> str:
    begun = [name for name in names if path.stem.startswith(Path(name).stem)]
    close = get_close_matches(path.name, names, n=1) or begun
    if not close:
        return "move it out of layers/"
    if (path.parent / close[0]).exists():
        return f"its rows belong into {close[0]}; move it out of layers/, or delete it"
    return f"did you mean {close[0]}? rename it"
