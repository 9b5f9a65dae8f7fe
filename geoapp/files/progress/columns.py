"""The columns of a view of progress: achieved, expected, gap, status; and the formulas that make them."""

from collections.abc import Mapping
from typing import Any

from geoapp.analysis.progress.tracker import Progress
from geoapp.files.columns import Column
from geoapp.model.phrase import Phrase
from geoapp.portrayal.cards import Cards
from geoapp.portrayal.progress import progress_fields

Row = dict[str, Any]


def _number(name: str, short: str, title: Phrase) -> Column:
    return Column(name=name, short=short, type="number", title=title)


def _text(name: str, short: str, title: Phrase) -> Column:
    return Column(name=name, short=short, type="text", title=title)


GOAL = _number("goal", "goal", Phrase("目标（指标单位）"))
ACHIEVED = _number("achieved", "achieved", Phrase("实际值（指标单位）"))
ACHIEVED_YEAR = Column(name="achieved_year", short="achv_year", type="integer", title=Phrase("实际值年份"))
EXPECTED = _number("expected", "expected", Phrase("按计划当年应达"))
GAP = _number("gap", "gap", Phrase("差距（正为好于计划）"))
COMPLETION = _number("completion", "completion", Phrase("目标完成率（1为全部）"))
COLUMNS = (
    GOAL,
    ACHIEVED,
    ACHIEVED_YEAR,
    EXPECTED,
    GAP,
    COMPLETION,
    _number("advance", "advance", Phrase("累计进度（1为全部）")),
    _number("time_share", "time_share", Phrase("时间进度（1为全部）")),
    _text("progress", "progress", Phrase("完成情况（代码）")),
    _text("progress_words", "prog_words", Phrase("完成情况")),
    _text("progress_reason", "prog_why", Phrase("完成情况说明")),
    _text("result_source", "result_src", Phrase("实际值出处")),
)
FORMULAS = (Phrase("差距（公式）"), Phrase("目标完成率（公式）"))
"""Heads of the columns that a workbook computes itself, so that a reader sees how."""


def progress_row(found: Progress | None, cards: Cards, lang: str) -> Row:
    """Return what the results say of a region's goal, by the columns' names."""
    fields = progress_fields(found, lambda figure: cards.statistic(figure, lang), lang)
    sources = dict.fromkeys(each["citation"]["text"] for each in fields["results"])
    row = {column.name: fields.get(column.name) for column in COLUMNS}
    return {**row, "goal": found.goal.number if found and found.goal else None, "result_source": "；".join(sources)}


def formulas(row: Row, side: int, cell: Mapping[str, str]) -> tuple[str, str]:
    """Return the formulas of a row's gap and completion; empty where there is no such number.

    Args:
        side: 1 where more is better, -1 where less is.
        cell: the address of each column's cell in the row: ``{"achieved": "AB7"}``.
    """
    gap = f"={cell['achieved']}-{cell['expected']}" if side > 0 else f"={cell['expected']}-{cell['achieved']}"
    return (
        gap if row.get("gap") is not None else "",
        f"={cell['achieved']}/{cell['goal']}" if row.get("completion") is not None else "",
    )
