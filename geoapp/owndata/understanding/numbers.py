"""Cells become numbers, as planners write them: full-width digits, thousands apart, per cent, blanks in words."""

import re
import unicodedata
from dataclasses import dataclass

from geoapp.model.phrase import Phrase
from geoapp.owndata.reading.sheet import UNCALCULATED, Cell
from geoapp.owndata.understanding.units import is_unit

_BLANKS = "- -- — —— – / \\ ... ...... .. * 无 暂无 缺 缺失 空 无数据 未统计 未公布 不详 n/a na #n/a null none nan"
BLANKS = frozenset(_BLANKS.split()) | {""}
"""What stands in a cell that has no number; none of it is 0."""
PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
LEADING = re.compile(r"[+-]?[\d,]*\.?\d+|[+-]?\d[\d,]*\.?", re.ASCII)
MINUS = str.maketrans({"−": "-", "﹣": "-", "‐": "-", "‑": "-", "＋": "+", "\u3000": " ", "\xa0": " "})
NOT_CALCULATED = Phrase("公式没有保存过结果；请在 Excel 或 WPS 里打开并保存一次，再传上来")
SHEET_ERROR = Phrase("是表格软件的错误值，不是数")
COMMAS = Phrase("逗号的位置不像千分位，分不清是哪个数")
WORDS = Phrase("不是数")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: a number with the unit that stands behind it, nothing, or why it is no number."""

    value: float | None = None
    unit: str = ""
    fault: Phrase | None = None

    @property
    def blank(self) -> bool:
        """Say whether the cell holds nothing."""
        return self.value is None and self.fault is None


BLANK = Reading()


def read_number(cell: Cell) -> Reading:
    """Return what a cell says as a number. Nothing is rounded and nothing left away: ``约30`` is no number."""
    if cell is None or isinstance(cell, bool):
        return BLANK if cell is None else Reading(fault=WORDS)
    if isinstance(cell, int | float):
        return Reading(float(cell))
    if cell == UNCALCULATED:
        return Reading(fault=NOT_CALCULATED)
    return _of_text(plain(cell))


def _of_text(text: str) -> Reading:
    if text.casefold() in BLANKS:
        return BLANK
    if text.startswith("#"):
        return Reading(fault=SHEET_ERROR)
    return _of_figure(text.replace(" ", ""))


def _of_figure(text: str) -> Reading:
    value = _value(text)
    if value is not None:
        return Reading(value)
    head = LEADING.match(text)
    unit = text[head.end() :] if head else ""
    if head and is_unit(unit) and (value := _value(head[0])) is not None:
        return Reading(value, unit)
    return Reading(fault=COMMAS if "," in text and PLAIN.fullmatch(text.replace(",", "")) else WORDS)


def _value(text: str) -> float | None:
    if PLAIN.fullmatch(text):
        return float(text)
    return float(text.replace(",", "")) if GROUPED.fullmatch(text) else None


def plain(text: str) -> str:
    """Return a text with full-width digits, letters and signs made plain, without blanks around it."""
    return unicodedata.normalize("NFKC", text.translate(MINUS)).translate(MINUS).strip().lstrip("'")


def printed(cell: Cell) -> str:
    """Return a cell as text: a number with the digits it has, a text without characters that nobody sees."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        seen = cell if cell.isprintable() else "".join(each if each.isprintable() else " " for each in cell)
        return seen.strip()
    return f"{cell:.12g}" if isinstance(cell, float) else str(cell)
