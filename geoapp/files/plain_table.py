"""Rows as CSV and as a workbook: of a chart, a reading page, two plans or two views, exactly those that are shown."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from geoapp.files.text import cell
from geoapp.model.phrase import Phrase, sense
from geoapp.portrayal.charts import Chart

Row = list[object]
DATA = Phrase("数据")


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
    """Return the table as CSV."""
    return rows_csv(chart_rows(chart, lang))


def chart_xlsx(chart: Chart, lang: str) -> bytes:
    """Return the table as a workbook."""
    return rows_xlsx(chart_rows(chart, lang), lang)


def rows_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as UTF-8 with a BOM, without which Excel garbles Chinese."""
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([cell(each) for each in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def rows_xlsx(
    rows: Sequence[Sequence[object]],
    lang: str,
    *,
    title: Phrase = DATA,
    notes: Sequence[str] = (),
    computed: tuple[str, Sequence[str]] | None = None,
    freeze: str = "A2",
) -> bytes:
    """Return rows, the first of them the head, as a workbook ready to be filtered.

    Args:
        title: of the sheet.
        notes: lines of a second sheet.
        computed: the head of a last column, and for each row the formula in which the workbook computes it, or nothing.
        freeze: the cell above and left of which all stays in sight.
    """
    from openpyxl import Workbook  # 20 MB: only where a workbook is made
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.creator = "geoapp"
    sheet = book.create_sheet(title.say(lang))
    added, formulas = ([computed[0]], computed[1]) if computed else ([], [""] * (len(rows) - 1))
    heads = [*rows[0], *added]
    widths = [*map(_width, zip(*rows[:200], strict=True)), *(_width([each]) for each in added)]
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = freeze
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(rows)}"
    tops = [WriteOnlyCell(sheet, cell(each)) for each in heads]
    for top in tops:
        top.font = Font(bold=True)
    sheet.append(tops)
    for row, formula in zip(rows[1:], formulas, strict=True):
        sheet.append([*(cell(each) for each in row), *([formula] if formula else [])])
    if notes:
        said = book.create_sheet(Phrase("说明").say(lang))
        said.column_dimensions["A"].width = 96
        for text in notes:
            said.append([cell(text)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _width(column: Iterable[object]) -> int:
    """Return a width that the longest of a column's texts fits, in characters of Latin letters."""
    longest = max(sum(2 if ord(char) > 0x2E80 else 1 for char in str(each or "")) for each in column)
    return min(max(longest + 2, 8), 48)
