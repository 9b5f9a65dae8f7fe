"""Two views as one table: CSV, and a workbook that shows how each difference is made."""

import csv
from io import BytesIO, StringIO
from typing import Any

from geoapp.files.text import cell
from geoapp.model.phrase import Phrase

Json = dict[str, Any]
WIDTHS = (10, 20, 14, 22, 26, 14, 22, 26, 14, 14)
FIRST, SECOND = "C", "F"
"""Columns of the two values, which the formula names."""


def head(pair: Json, lang: str) -> list[str]:
    """Return the heads: what each side shows, with its unit."""
    names = [Phrase("区划代码").say(lang), Phrase("地区").say(lang)]
    for side in (pair["a"], pair["b"]):
        unit = f" ({side['unit']})" if side["unit"] not in ("", "-") else ""
        names += [side["title"] + unit, Phrase("取值说明").say(lang), Phrase("出处").say(lang)]
    return [*names, *([Phrase("差（后减前）").say(lang)] if pair["comparable"] else [])]


def rows(pair: Json) -> list[list[Any]]:
    """Return a row for each area; a difference only where there is one."""
    found: list[list[Any]] = []
    for row in pair["rows"]:
        line: list[Any] = [row["adcode"], row["name"]]
        for side in (row["a"], row["b"]):
            line += [side["value"], side["words"], f"{side['source']} {side['section']}".strip()]
        found.append([*line, *([row["difference"]] if pair["comparable"] else [])])
    return found


def pair_csv(pair: Json, lang: str) -> bytes:
    """Return the table as UTF-8 with a BOM, without which Excel garbles Chinese."""
    out = StringIO(newline="")
    table = (head(pair, lang), *rows(pair))
    csv.writer(out, lineterminator="\r\n").writerows([cell(each) for each in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def pair_xlsx(pair: Json, lang: str) -> bytes:
    """Return a workbook with one header row, a column in which it computes each difference itself, and the sources."""
    from openpyxl import Workbook  # 20 MB: only where a workbook is made
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.creator = "geoapp"
    sheet = book.worksheets[0]
    sheet.title = Phrase("对照").say(lang)
    sheet.append([cell(each) for each in head(pair, lang)])
    if pair["comparable"]:
        sheet.cell(1, sheet.max_column + 1, Phrase("差（公式）").say(lang))
    for number, row in enumerate(rows(pair), start=2):
        sheet.append([cell(each) for each in row])
        if pair["comparable"] and row[-1] is not None:
            sheet.cell(number, len(row) + 1, f"={SECOND}{number}-{FIRST}{number}")
    for top in sheet[1]:
        top.font = Font(bold=True)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    notes = book.create_sheet(Phrase("说明").say(lang))
    cited = [f"{each['title']} {each['document_no'] or each['published'] or ''}".strip() for each in pair["sources"]]
    for text in (*(f"{side['title']}：{side['subtitle']}" for side in (pair["a"], pair["b"])), *cited, pair["notice"]):
        notes.append([cell(text)])
    notes.column_dimensions["A"].width = 96
    out = BytesIO()
    book.save(out)
    return out.getvalue()
