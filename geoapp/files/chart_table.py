"""The table behind a chart, as CSV and as a workbook: exactly the rows that are drawn."""

import csv
from io import BytesIO, StringIO

from geoapp.files.text import cell
from geoapp.model.phrase import Phrase, sense
from geoapp.portrayal.charts import Chart

Row = list[object]


def chart_rows(chart: Chart, lang: str) -> list[Row]:
    """Return the head and the rows of a chart's table. Numbers are in the indicator's unit, labels as printed."""
    unit = f" ({chart.unit})" if chart.unit not in ("", "-") else ""
    other = f" ({chart.other_unit})" if chart.other_unit not in ("", "-") else ""
    head = [Phrase("区划代码"), Phrase("地区"), Phrase("上级地区"), Phrase("年")]
    names: Row = [each.say(lang) for each in head]
    names += [chart.title + unit, Phrase("印作").say(lang)]
    if chart.kind == "scatter":
        names += [chart.other_title + other, Phrase("印作").say(lang)]
    if chart.kind == "progress":
        names += [sense("one", "目标").say(lang) + unit, Phrase("印作").say(lang)]
    names += [sense("one", "规划文件").say(lang), Phrase("出处").say(lang)]
    rows: list[Row] = [names]
    for row in chart.rows:
        second = [row.other, row.other_label] if chart.kind == "scatter" else []
        second = [row.goal, row.goal_label] if chart.kind == "progress" else second
        rows.append([row.adcode, row.region, row.above, row.year, row.value, row.label, *second, row.plan, row.section])
    return rows


def chart_csv(chart: Chart, lang: str) -> bytes:
    """Return the table as UTF-8 with a BOM, without which Excel garbles Chinese."""
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([cell(each) for each in row] for row in chart_rows(chart, lang))
    return out.getvalue().encode("utf-8-sig")


def chart_xlsx(chart: Chart, lang: str) -> bytes:
    """Return the table as a workbook with one header row, ready to be filtered."""
    from openpyxl import Workbook  # 20 MB: only where a workbook is made
    from openpyxl.styles import Font

    book = Workbook()
    book.properties.creator = "geoapp"
    sheet = book.worksheets[0]
    sheet.title = Phrase("数据").say(lang)
    for row in chart_rows(chart, lang):
        sheet.append([cell(each) for each in row])
    for top in sheet[1]:
        top.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for letter, width in zip("ABCDEFGHIJ", (10, 20, 16, 8, 22, 14, 22, 14, 24, 24), strict=True):
        sheet.column_dimensions[letter].width = width
    out = BytesIO()
    book.save(out)
    return out.getvalue()
