"""What a reader decides of a table: which region a row is, how a column is drawn, which sheet is meant."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import UnreadableTable
from geoapp.model.phrase import Phrase
from geoapp.model.region import Adcode
from geoapp.owndata.table import Column, Table

SHAPE = Phrase("请求内容应为 JSON，如 {example}")
EXAMPLE = '{"rows": [{"row": 7, "adcode": "110105"}], "columns": [{"id": "c3", "draw": "symbol"}]}'
MOST_LETTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What a reader decides.

    Attributes:
        rows: by number of the row its region, or None for a row that is left out.
        columns: by id of the column what is changed: ``draw``, ``unit``, ``year``, ``title``.
        sheet: another sheet of the file; all else is then decided anew.
    """

    rows: Mapping[int, str | None] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sheet: str = ""


def read_decisions(body: Any) -> Decisions:
    """Return the decisions in a JSON body: rows as a list of ``row`` and ``adcode``, or as ``{"7": "110105"}``.

    A body that is such a list, or one of its rows, is read alike.

    Raises:
        UnreadableTable: it has another shape; the message shows the right one.
    """
    if isinstance(body, list) or (isinstance(body, dict) and "row" in body):
        body = {"rows": body if isinstance(body, list) else [body]}
    if not isinstance(body, dict) or not body or set(body) - {"rows", "columns", "sheet"}:
        raise _shape()
    try:
        rows = _pairs(body.get("rows", {}), "row", "adcode")
        columns = body.get("columns", {})
        listed = columns if isinstance(columns, list) else [{**each, "id": name} for name, each in columns.items()]
        return Decisions(
            rows={int(row): code for row, code in rows},
            columns={str(each["id"]): {k: v for k, v in each.items() if k != "id"} for each in listed},
            sheet=str(body.get("sheet") or ""),
        )
    except (TypeError, ValueError, KeyError, AttributeError):
        raise _shape() from None


def _pairs(given: Any, key: str, value: str) -> list[tuple[Any, str | None]]:
    if isinstance(given, dict):
        return [(name, None if code is None else str(code)) for name, code in given.items()]
    return [
        (each[key], None if each.get("status") == "ignored" or each[value] is None else str(each[value]))
        for each in given
    ]


def _shape() -> UnreadableTable:
    return UnreadableTable(Phrase(SHAPE.text, {"example": EXAMPLE}))


def settle(table: Table, decisions: Decisions, gazetteer: Gazetteer) -> Table:
    """Return the table as its reader wants it.

    Raises:
        UnreadableTable: a row, a column, a region or a wish is none; nothing is changed then.
    """
    rows = _Rows(table, gazetteer)
    for number, code in decisions.rows.items():
        rows.settle(number, code)
    table = replace(table, rows=tuple(rows.rows))
    for identifier, wishes in decisions.columns.items():
        column = table.column(identifier)
        if column is None or column.kind != "number":
            raise _fault(table, Phrase("{column} 不是数值列", {"column": identifier}))
        changed = _settle_column(table, column, wishes)
        table = replace(table, columns=tuple(changed if each is column else each for each in table.columns))
    return table


class _Rows:
    """The rows of a table while they are being settled."""

    def __init__(self, table: Table, gazetteer: Gazetteer) -> None:
        self.rows = list(table.rows)
        self._table, self._gazetteer = table, gazetteer
        self._places = {row.row: position for position, row in enumerate(table.rows)}
        self._same: dict[tuple[str, int | None], set[int]] = defaultdict(set)
        for position, row in enumerate(table.rows):
            for code in row.candidates if row.how == "repeated" else (row.adcode,):
                self._same[code, row.year].add(position)

    def settle(self, number: int, code: str | None) -> None:
        """Let a row be a region's, or leave it out."""
        position = self._places.get(number)
        if position is None:
            raise _fault(self._table, Phrase("没有第 {row} 行", {"row": number}))
        row = self.rows[position]
        if code is None:
            self.rows[position] = replace(row, status="ignored", how="left_out", adcode="")
            return
        found = self._gazetteer.successor(code) or code
        if found not in self._gazetteer or self._gazetteer[found].parent is None:
            values = {"row": row.row, "code": code[:40]}
            raise _fault(self._table, Phrase("第 {row} 行：{code} 不是行政区代码", values))
        self.rows[position] = replace(row, status="matched", how="settled", adcode=Adcode(found))
        self._leave_others(position, Adcode(found))

    def _leave_others(self, chosen: int, code: Adcode) -> None:
        """Leave out the rows among which the reader chose one; a row that was alone until now is to be decided anew."""
        year = self.rows[chosen].year
        for position in self._same[code, year] - {chosen}:
            row = self.rows[position]
            if row.how == "repeated":
                self.rows[position] = replace(row, status="ignored", how="other_row", adcode="")
            elif row.status == "matched" and row.adcode == code:
                self.rows[position] = replace(row, status="ambiguous", how="repeated", adcode="", candidates=(code,))
        self._same[code, year].add(chosen)


def _settle_column(table: Table, column: Column, wishes: Mapping[str, Any]) -> Column:
    draw, unit, year, title = (wishes.get(name) for name in ("draw", "unit", "year", "title"))
    if set(wishes) - {"draw", "unit", "year", "title"} or (draw is not None and draw not in ("fill", "symbol")):
        raise _fault(table, Phrase("{column}：可改 draw（fill 或 symbol）、unit、year、title", {"column": column.id}))
    if draw == "symbol":
        _refuse_signs(table, column)
    if year is not None and not (isinstance(year, int) and 1900 <= year <= 2100):
        raise _fault(table, Phrase("{column}：年份应为四位数字", {"column": column.id}))
    return replace(
        column,
        draw=draw or column.draw,
        settled=column.settled or draw is not None,
        unit=column.unit if unit is None else str(unit).strip()[:MOST_LETTERS],
        year=column.year if year is None else year,
        title=(str(title).strip()[:MOST_LETTERS] if title else "") or column.title,
    )


def _refuse_signs(table: Table, column: Column) -> None:
    """Refuse circles for a column with numbers below zero: a circle has no sign."""
    for row, value in zip(table.rows, table.numbers[column.id], strict=True):
        if value is not None and value < 0:
            values = {"column": column.title, "row": row.row, "value": f"{value:g}"}
            raise _fault(table, Phrase("{column}：第 {row} 行是负数（{value}），不能画成圆，请用颜色", values))


def _fault(table: Table, problem: Phrase) -> UnreadableTable:
    return UnreadableTable(Phrase("{file}：{problem}", {"file": table.file, "problem": problem}))
