"""How sure a row is, from the rule that made it and what it doubted; and what a person must decide.

The figures follow ``benchmarks/drafts.py``: of the rows at 0.9 about nine in ten are right. They are
lower than what the five plans alone would give, because the rules were written with those in view.
"""

from collections.abc import Mapping

from geoapp.drafting.rows import Row
from geoapp.drafting.rules.context import Context

SURE: Mapping[str, float] = {
    "table": 0.95,
    "table-region": 0.95,
    "clause": 0.95,
    "after": 0.9,
    "before": 0.85,
    "both": 0.8,
    "carried": 0.8,
    "shared": 0.8,
    "same": 0.85,
    "all": 0.85,
    "words": 0.8,
    "proposed": 0.7,
    "park": 0.9,
    "project": 0.85,
    "project-box": 0.85,
    "project-table": 0.9,
}
LESS: Mapping[str, float] = {"unit": 0.85, "list": 0.95, "region": 0.95, "annual": 0.6}
STEP = 0.05


def weigh(context: Context, row: Row) -> None:
    """Set a row's confidence and the sentences of what stays open."""
    proposed = row.fields.get("indicator", "") in context.proposals
    if proposed:
        name = context.proposals[row.fields["indicator"]].title_zh
        row.open.append(f"指标表中没有“{name}”：请确认新指标，或改为已有指标")
    if "unit" in row.doubts:
        row.open.append("单位与指标的单位不同：请核对单位和指标")
    if _is_annual(context, row):
        row.doubts.add("annual")
        row.open.append("年度文件没有写明比哪一年：请核对是否为同比，再定指标和基年")
    if not row.fields["section"]:
        row.open.append("没有找到所在章节：请填写 section")
    sure = SURE["proposed" if proposed else row.rule]
    for doubt in row.doubts:
        sure *= LESS.get(doubt, 1.0)
    row.confidence = round(round(sure / STEP) * STEP, 2)


def _is_annual(context: Context, row: Row) -> bool:
    """Say whether a cumulative cut is read from a plan of one year that names no base year."""
    page = context.page
    return row.table == "targets" and page.start_year == page.end_year and "base_year_implied" in row.caveats
