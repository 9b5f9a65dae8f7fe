"""What the columns of a table hold: read from their heads, and from their cells where heads are silent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from geoapp.drafting.language.figures import UNIT, fold
from geoapp.drafting.reading.document import Block, Cell
from geoapp.drafting.rules.context import Context

Role = Literal["serial", "label", "region", "unit", "nature", "group", "value", "change", "skip"]
SERIAL = re.compile(r"^(?:序号|编号|号|NO\.?)$", re.IGNORECASE)
UNIT_HEAD = re.compile(r"^(?:计量)?单位$")
NATURE = re.compile(r"属性|性质")
LABEL = re.compile(r"指标|项目|名称|内容|类型|品种|任务|目标$")
GROUP = re.compile(r"^(?:类别|领域|分类|类型|大类)$")
SKIP = re.compile(r"备注|责任|牵头|部门|说明|来源|依据|单位名称|完成时[限间]")
CHANGE = re.compile(r"变化|增减|升降|累计(?!降)|年均")
VALUE = re.compile(r"\d{4}|现状|实际|基期|目标|规划|指标值|完成|“十|数值|期末|[（(][%％]")
MEASURED = re.compile(r"现状|实际|基期|基准|完成(?:值|情况)|历史")
YEAR = re.compile(r"(?:19|20)\d{2}")
UNIT_IN_HEAD = re.compile(rf"[（(](?:单位[:：])?({UNIT}(?:[,，、]{UNIT})*)[)）]")
CELL_VALUE = re.compile(
    r"^[\[（(]?[-−—+≥≤<>]?\s*\d[\d,.]*\s*(?:%|个百分点)?[\])）]?(?:以上|以下|以内|左右)?$|^/$|^[-—–]+$|^[ⅠⅡⅢⅣⅤI]+类$"
)
CAPTION = re.compile(r"^[^，。；]{2,60}$")
NATURES = {"约束性": "binding", "预期性": "expected"}
WHOLE = {"全市", "全省", "全区", "全县", "全旗", "全州", "全地区", "合计", "总计", "全市合计", "全市平均"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, its whole head, the year its head names."""

    role: Role
    head: str
    year: int | None = None
    measured: bool = False


@dataclass(slots=True)
class Shape:
    """A table's columns, the number of its head's rows, and the units its caption names."""

    columns: list[Column]
    head_rows: int
    caption: str
    caption_units: list[str] = field(default_factory=list)

    def first(self, role: Role) -> int | None:
        """Return the first column with a role, or None."""
        return next((at for at, column in enumerate(self.columns) if column.role == role), None)

    def all(self, *roles: Role) -> list[int]:
        """Return the columns with one of some roles."""
        return [at for at, column in enumerate(self.columns) if column.role in roles]


def shape_of(context: Context, table: Block, before: Sequence[Block]) -> Shape:
    """Read the head of a table and the caption above it."""
    rows = table.rows
    depth = _head_rows(rows)
    heads = ["".join(dict.fromkeys(row[at].text for row in rows[:depth])) for at in range(len(rows[0]))]
    heads = _spread(rows, depth, heads)
    caption = " ".join(
        block.text for block in before if CAPTION.search(re.sub(r"[（(][^（()）]*[)）]", "", block.text))
    )
    body = list(rows[depth:])
    columns = [_column(context, head, [row[at].text for row in body]) for at, head in enumerate(heads)]
    shape = Shape(columns, depth, caption, _units(caption))
    _settle_label(shape)
    return shape


def _head_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows make the head: one, and further ones that only divide it."""
    depth = 1
    while depth < min(3, len(rows) - 1):
        cells, above = rows[depth], rows[depth - 1]
        texts = [cell.text for cell in cells]
        numeric = any(CELL_VALUE.match(fold(text)) for text in texts)
        repeats = sum(1 for cell, up in zip(cells, above, strict=True) if cell.text == up.text and cell.text)
        hollow = texts[0] == "" and sum(1 for text in texts if text) >= 1
        if numeric or not (repeats or hollow):
            break
        depth += 1
    return depth


def _spread(rows: Sequence[Sequence[Cell]], depth: int, heads: list[str]) -> list[str]:
    """Carry the head of a column whose neighbour's upper cell was merged over it: 2025年指标 | (blank)."""
    if depth < 2:
        return heads
    carried = ""
    made = []
    for at, head in enumerate(heads):
        upper = rows[0][at].text
        carried = upper or carried
        made.append(head if upper or not head else carried + head)
    return made


def _units(text: str) -> list[str]:
    found = UNIT_IN_HEAD.search(fold(text)) or re.search(rf"单位[:：]\s*({UNIT})", fold(text))
    return re.split(r"[,，、]", found[1]) if found else []


def _column(context: Context, head: str, cells: Sequence[str]) -> Column:
    filled = [cell for cell in cells if cell]
    role = _named_role(context, head, filled)
    if role is not None:
        return Column(role, head)
    numeric = sum(1 for cell in filled if CELL_VALUE.match(fold(cell)))
    if filled and numeric * 2 >= len(filled):
        year = YEAR.search(head)
        change: Role = "change" if CHANGE.search(head) else "value"
        return Column(change, head, int(year[0]) if year else None, bool(MEASURED.search(head)))
    if GROUP.match(head):
        return Column("group", head)
    return Column("label" if LABEL.search(head) else "skip", head)


def _named_role(context: Context, head: str, filled: Sequence[str]) -> Role | None:
    """Return what a column holds where its head or its cells say so plainly."""
    places = sum(1 for cell in filled if context.places.resolve(cell) or cell in WHOLE)
    signs: tuple[tuple[object, Role], ...] = (
        (SERIAL.match(head), "serial"),
        (UNIT_HEAD.match(head) and not places, "unit"),
        (places * 2 > len(filled), "region"),
        (NATURE.search(head) or (filled and all(cell in NATURES for cell in filled)), "nature"),
        (SKIP.search(head), "skip"),
    )
    return next((role for sign, role in signs if sign), None)


def _settle_label(shape: Shape) -> None:
    """Where no head says 指标, the first column of words before the values is the label."""
    if shape.first("label") is not None:
        return
    for at, column in enumerate(shape.columns):
        if column.role in ("skip", "group") and not SKIP.search(column.head):
            shape.columns[at] = Column("label", column.head)
            return
