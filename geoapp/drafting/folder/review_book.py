"""``review.xlsx``: the rows of a draft with their words from the document, drop-downs, and room for decisions."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast
from zipfile import BadZipFile

from geoapp.drafting.folder.names import CHOICES, NAMES, SHEETS, STATE_WORDS
from geoapp.drafting.folder.state import Decision, DraftRow, Saved, State
from geoapp.drafting.language.terms import TermBook
from geoapp.drafting.rows import COLUMNS, TABLES, Table
from geoapp.errors import InvalidData, Issue

BOOK = "review.xlsx"
LISTS = "词表"
LEADING = ("决定", "把握", "待定事项", "依据", "原文")
KEY = "key"
AROUND = 40
GROUPS = {"value": "数值", "threshold": "门槛与标准", "date": "日期", "heading": "序号", "other": "其他"}
WIDE = {
    "name": 36,
    "indicator": 24,
    "section": 16,
    "caveats": 28,
    "value_text": 18,
    "原文": 60,
    "待定事项": 30,
    "依据": 18,
}


def write_book(folder: Path, draft: Saved, rows: Sequence[DraftRow], book: TermBook) -> None:
    """Write ``review.xlsx`` beside the draft."""
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    for table in TABLES:
        _write_sheet(made.create_sheet(SHEETS[table]), table, draft, [row for row in rows if row.table == table])
    _write_unused(made.create_sheet("未用数字"), draft)
    proposals = {p["id"]: p["title_zh"] for p in draft.proposals}
    _write_lists(made.create_sheet(LISTS), {each.id: each.title.zh for each in book.indicators.values()} | proposals)
    made.save(folder / BOOK)


def _write_sheet(sheet: Any, table: Table, draft: Saved, rows: Sequence[DraftRow]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    columns = COLUMNS[table]
    sheet.append([*LEADING, *(NAMES[name][0] for name in columns), KEY])
    sheet.append([*LEADING, *columns, KEY])
    sheet.row_dimensions[2].hidden = True
    for row in rows:
        lead = [STATE_WORDS[row.state], row.confidence, "；".join(row.open), row.evidence, _words(draft, row)]
        _append(sheet, [*lead, *(row.fields.get(name, "") for name in columns), row.key])
        if row.open or row.confidence < 0.9:
            sheet.cell(sheet.max_row, 2).fill = PatternFill("solid", fgColor="FFE9A8")
    for at, name in enumerate((*LEADING, *columns, KEY), start=1):
        sheet.column_dimensions[_letter(at)].width = WIDE.get(name, 12)
        sheet.cell(1, at).font = Font(bold=True)
    sheet.column_dimensions[_letter(len(LEADING) + len(columns) + 1)].hidden = True
    for line in sheet.iter_rows(min_row=3):
        for cell in line[:5]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "F3"
    sheet.auto_filter.ref = f"A1:{_letter(len(LEADING) + len(columns))}{max(sheet.max_row, 2)}"
    _drop_downs(sheet, table)


def _append(sheet: Any, cells: Sequence[object]) -> None:
    """Append a row; a text that begins like a formula stays a text."""
    sheet.append(list(cells))
    for at, content in enumerate(cells, start=1):
        if isinstance(content, str):
            sheet.cell(sheet.max_row, at).data_type = "s"


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(number)


def _drop_downs(sheet: Any, table: Table) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    last = max(sheet.max_row, 3) + 50
    lists = {"决定": f'"{",".join(STATE_WORDS.values())}"', "indicator": f"{LISTS}!$A$2:$A$2000"}
    lists |= {name: f'"{",".join(c for c in choices if c)}"' for name, choices in CHOICES[table].items()}
    for at, name in enumerate((*LEADING, *COLUMNS[table]), start=1):
        if name in lists:
            rule = DataValidation(
                type="list", formula1=lists[name], allow_blank=True, showErrorMessage=name != "indicator"
            )
            rule.add(f"{_letter(at)}3:{_letter(at)}{last}")
            sheet.add_data_validation(rule)


def _words(draft: Saved, row: DraftRow) -> str:
    return " ".join(draft.text[max(0, row.start - AROUND) : row.end + AROUND].split())


def _write_unused(sheet: Any, draft: Saved) -> None:
    sheet.append(["类别", "数字", "原文"])
    order = list(GROUPS)
    for each in sorted(draft.coverage, key=lambda number: (order.index(number["group"]), number["start"])):
        words = " ".join(draft.text[max(0, each["start"] - AROUND) : each["end"] + AROUND].split())
        _append(sheet, [GROUPS[each["group"]], each["text"], words])
    for letter, width in (("A", 14), ("B", 18), ("C", 90)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _write_lists(sheet: Any, titles: Mapping[str, str]) -> None:
    sheet.append(["indicator", "名称"])
    for each in sorted(titles.items()):
        sheet.append(list(each))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 44


def read_book(path: Path, draft: Saved) -> dict[str, Decision]:
    """Read the decisions of a reviewed ``review.xlsx``; rows without a key are rows people added.

    Raises:
        InvalidData: with every cell that cannot be understood.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError):
        raise InvalidData(path, [Issue(path.name, "不是 Excel 工作簿", "另存为 .xlsx 再取回")]) from None
    drafted = {row.key: row for row in draft.rows}
    issues: list[Issue] = []
    found: dict[str, Decision] = {}
    for table in TABLES:
        if SHEETS[table] not in book.sheetnames:
            issues.append(Issue(path.name, f"缺少工作表“{SHEETS[table]}”", "不要改工作表的名称"))
            continue
        found |= dict(_read_sheet(book[SHEETS[table]], table, drafted, issues))
    if issues:
        raise InvalidData(path, issues)
    return found


def _read_sheet(
    sheet: Any, table: Table, drafted: Mapping[str, DraftRow], issues: list[Issue]
) -> Iterator[tuple[str, Decision]]:
    lines = sheet.iter_rows(min_row=2, values_only=True)
    header = [str(cell or "") for cell in next(lines, ())]
    if KEY not in header or "决定" not in header:
        issues.append(Issue(f"工作表“{sheet.title}”第 2 行", "隐藏的列名被改动了", "从 review.xlsx 重新开始"))
        return
    states = {word: state for state, word in STATE_WORDS.items()}
    for number, cells in enumerate(lines, start=3):
        record = {name: _text(cell) for name, cell in zip(header, cells, strict=False)}
        if not any(record.get(name) for name in COLUMNS[table]):
            continue
        state = states.get(record["决定"] or "待定")
        if state is None:
            problem = f"决定“{record['决定']}”不在词表里"
            issues.append(Issue(f"工作表“{sheet.title}”第 {number} 行", problem, "写 " + "、".join(states)))
            continue
        fields = {name: record.get(name, "") for name in COLUMNS[table]}
        yield _decision(record.get(KEY, ""), table, cast(State, state), fields, drafted, number)


def _decision(
    key: str, table: Table, state: State, fields: dict[str, str], drafted: Mapping[str, DraftRow], number: int
) -> tuple[str, Decision]:
    row = drafted.get(key)
    if row is None:
        return key or f"own-{table}-{number}", Decision(state, fields, table)
    return key, Decision(state, {name: text for name, text in fields.items() if text != row.fields.get(name, "")})


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:.10g}" if isinstance(cell, float) else str(cell).strip()
