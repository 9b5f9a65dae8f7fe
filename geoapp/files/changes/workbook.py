"""What changed between two plans as a workbook: a table to filter, and a sheet that cites both documents."""

from io import BytesIO
from typing import Any

from geoapp.files.changes.tables import head, rows
from geoapp.files.text import cell
from geoapp.model.phrase import Phrase

WIDTHS = (16, 30, 10, 14, 18, 16, 18, 16, 18)


def changes_xlsx(changes: dict[str, Any], lang: str) -> bytes:
    """Return a workbook with one header row, ready to be filtered."""
    from openpyxl import Workbook  # 20 MB: only where a workbook is made
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = Phrase("变化").say(lang)
    for row in (head(changes, lang), *rows(changes)):
        sheet.append([cell(each) for each in row])
    for top in sheet[1]:
        top.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    notes = book.create_sheet(Phrase("说明").say(lang))
    for text in (changes["title"], changes["a"]["citation"], changes["b"]["citation"], changes["notice"]):
        notes.append([cell(text)])
    notes.column_dimensions["A"].width = 96
    out = BytesIO()
    book.save(out)
    return out.getvalue()
