"""What changed between two plans as a workbook: a table to filter, and a sheet that cites both documents."""

from typing import Any

from geoapp.files.changes.tables import head, rows
from geoapp.files.plain_table import rows_xlsx
from geoapp.model.phrase import Phrase


def changes_xlsx(changes: dict[str, Any], lang: str) -> bytes:
    """Return a workbook with one header row, ready to be filtered."""
    notes = (changes["title"], changes["a"]["citation"], changes["b"]["citation"], changes["notice"])
    return rows_xlsx([head(changes, lang), *rows(changes)], lang, title=Phrase("变化"), notes=notes)
