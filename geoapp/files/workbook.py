"""XLSX: a sheet per layer with Chinese headings, a sheet of notes, a sheet of columns."""

import re
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from geoapp.files import columns
from geoapp.files.archive import unzip, zip_files
from geoapp.files.columns import CODE_WORDS, CODED, Column, said
from geoapp.files.content import Content, Layer, flat
from geoapp.files.progress import columns as progress_columns
from geoapp.files.text import FORMULA, placed_rows
from geoapp.model.phrase import Phrase

HEAD = "0F6B58"
WIDTHS = {"text": 16, "number": 11, "integer": 9, "flag": 9}
WIDE = {"citation": 60, "indicator_name": 26, "name": 34, "caveats": 22, "status_words": 24, "label": 16}
CORE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>geoapp</dc:creator><dc:title>{title}</dc:title>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:modified></cp:coreProperties>'
)
"""Who and when: openpyxl would write the clock."""
PROGRAM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>geoapp</Application></Properties>"
)
"""What wrote it: openpyxl would name Excel and itself."""


def write_xlsx(content: Content) -> bytes:
    """Return a workbook: 目标, 园区, 项目, then 说明 and 字段说明, which has the machine name of every column.

    A data sheet has one header row, one row a record and words in every cell that a person reads, so
    that filters, sorting and pivot tables work on it as it is.
    """
    from openpyxl import Workbook  # 20 MB: only where a workbook is made

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new workbook has a sheet
    for layer in content.layers:
        _data_sheet(book.create_sheet(_sheet_name(layer.title)), layer, content)
    _notes_sheet(book.create_sheet(Phrase("说明").say(content.lang)), content)
    _columns_sheet(book.create_sheet(Phrase("字段说明").say(content.lang)), content)
    out = BytesIO()
    book.save(out)
    files = unzip(out.getvalue())
    files["docProps/core.xml"] = CORE.format(title=escape(content.title), date=content.date).encode()
    files["docProps/app.xml"] = PROGRAM.encode()
    return zip_files(files, content.date)


def _sheet_name(title: str) -> str:
    """Return a title as a workbook takes it: 31 characters, none of those it keeps for itself."""
    return re.sub(r"[\[\]:*?/\\]", "_", title)[:31] or "_"


def _data_sheet(sheet: Any, layer: Layer, content: Content) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    place = (columns.LON, columns.LAT) if content.options.geometry == "point" else ()
    header = (*layer.columns, *place)
    sheet.append([column.title.say(content.lang) for column in header])
    for number, row in enumerate(placed_rows(layer), start=2):
        _fill(sheet, number, worded(row, content), header)
        _lead(sheet, number, row, header, content)
    if layer.kind == "targets" and content.resolved.view.measure != "target":
        _formulas(sheet, layer, header, content)
    for number, column in enumerate(header, start=1):
        top = sheet.cell(1, number)
        top.font, top.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=HEAD)
        top.alignment = Alignment(vertical="center", wrap_text=True)
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = WIDE.get(column.name, WIDTHS[column.type])
        dimension.hidden = column.name in CODED
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{max(1, sheet.max_row)}"


def _formulas(sheet: Any, layer: Layer, header: tuple[Column, ...], content: Content) -> None:
    """Add columns in which the workbook itself computes gap and completion, for a reader to see how."""
    from openpyxl.utils import get_column_letter

    letters = {column.name: get_column_letter(place) for place, column in enumerate(header, start=1)}
    progress = {area.region.adcode: area.progress for area in (*content.resolved.areas, content.resolved.whole)}
    for offset, head in enumerate(progress_columns.FORMULAS, start=1):
        top = sheet.cell(1, len(header) + offset, head.say(content.lang))
        sheet.column_dimensions[get_column_letter(top.column)].width = 14
    for number, row in enumerate(placed_rows(layer), start=2):
        found = progress.get(row["adcode"])
        side = found.goal.side if found is not None and found.goal is not None else 0
        cells = {name: f"{letter}{number}" for name, letter in letters.items()}
        for offset, formula in enumerate(progress_columns.formulas(row, side, cells), start=1):
            if formula:
                sheet.cell(number, len(header) + offset, formula)


def worded(row: dict[str, Any], content: Content) -> dict[str, Any]:
    """Return a row with caveats and codes in words: a reader of a workbook has no list of codes at hand."""
    told = [content.caveats.get(each, each).rstrip("。.") for each in row["caveats"]]
    words = {name: said(name, code, content.lang) for name, code in row.items() if name in CODE_WORDS}
    return {**row, **words, "caveats": (" · " if content.lang == "en" else "；").join(told)}


def _fill(sheet: Any, number: int, row: dict[str, Any], header: tuple[Column, ...]) -> None:
    for place, column in enumerate(header, start=1):
        value = flat(row.get(column.name))
        if value is None:
            continue
        _write(sheet.cell(number, place), value)


def _lead(sheet: Any, number: int, row: dict[str, Any], header: tuple[Column, ...], content: Content) -> None:
    """Let the citation of a row lead to its passage, or to the document's official address."""
    where = content.passage(str(row.get("plan")), str(row.get("target_id") or row.get("id") or ""))
    if where and columns.CITATION in header and row.get("citation"):
        sheet.cell(number, header.index(columns.CITATION) + 1).hyperlink = where


def _write(cell: Any, value: Any) -> None:
    """Write a value; text that looks like a formula stays text, also when the cell is edited."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)


def _notes_sheet(sheet: Any, content: Content) -> None:
    from openpyxl.styles import Alignment, Font

    for number, note in enumerate(content.notes, start=1):
        _write(sheet.cell(number, 1), note.label)
        _write(sheet.cell(number, 2), note.text)
        sheet.cell(number, 1).font = Font(bold=True)
        for place in (1, 2):
            sheet.cell(number, place).alignment = Alignment(vertical="top", wrap_text=True)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 96


def _columns_sheet(sheet: Any, content: Content) -> None:
    from openpyxl.styles import Font

    heads = (Phrase("图层"), Phrase("字段"), Phrase("含义"), Phrase("类型"))
    sheet.append([head.say(content.lang) for head in heads])
    for layer in content.layers:
        for column in layer.columns:
            sheet.append([layer.title, column.name, column.title.say(content.lang), column.type])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCD", (10, 18, 24, 10), strict=True):
        sheet.column_dimensions[letter].width = width
