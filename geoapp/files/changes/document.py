"""What changed between two plans as a Word table, to be taken over into a report."""

from io import BytesIO
from typing import Any

from geoapp.files.changes.tables import head, rows


def changes_docx(changes: dict[str, Any], lang: str) -> bytes:
    """Return a Word document: title, both documents cited, the table, the notice."""
    from docx import Document  # 15 MB: only where a document is made
    from docx.enum.section import WD_ORIENT

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(f"{changes['region_name']} · {changes['title']}", level=1)
    for plan in (changes["a"], changes["b"]):
        document.add_paragraph(f"{plan['period']}　{plan['citation']}")
    names, body = head(changes, lang), rows(changes)
    table = document.add_table(rows=1 + len(body), cols=len(names))
    table.style = "Table Grid"
    for line, texts in zip(table.rows, (names, *body), strict=True):
        for box, text in zip(line.cells, texts, strict=True):
            box.text = text
    for box in table.rows[0].cells:
        box.paragraphs[0].runs[0].bold = True
    document.add_paragraph(changes["notice"])
    out = BytesIO()
    document.save(out)
    return out.getvalue()
