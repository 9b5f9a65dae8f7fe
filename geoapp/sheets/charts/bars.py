"""One bar for each region that a document sets the indicator for, over all plans; of results, with the goal's line."""

from geoapp.model.phrase import Phrase
from geoapp.portrayal.charts import Chart, ChartRow
from geoapp.sheets import fonts
from geoapp.sheets.charts import frame
from geoapp.sheets.scene.primitives import Box, Group, Scene, Text, rectangle

ROW = 17.0
MOST = 60
"""Bars on one sheet; what is beyond is in the table, and the sheet says how many."""
FILL, WHOLE, GOAL = "#7cbc8a", "#0f6b58", "#a93b25"


def bars(chart: Chart, notice: str, lang: str) -> Scene:
    """Return the bars, the highest value first; a plan's own region is dark, its parts are light."""
    rows = chart.rows[:MOST]
    title = frame.named(chart.title, chart.unit, lang)
    top_group, top = frame.head(chart, title)
    names = max(fonts.measure(_name(row), 10) for row in rows)
    labels = max(fonts.measure(row.label, 10, bold=True) for row in rows) + 8
    field = Box(frame.MARGIN + names + 10, top + 6, frame.WIDTH - frame.MARGIN - labels, top + 6 + ROW * len(rows))
    goals = [row.goal for row in rows if row.goal is not None]
    values = frame.axis([*(row.value for row in rows), *goals], field.x0, field.x1, zero=True)
    drawn = Group("bars")
    for number, row in enumerate(rows):
        _bar(drawn, row, values, field.y0 + ROW * number, field)
    rest = len(chart.rows) - len(rows)
    below = field.y1 + 34
    more = Group("more")
    if rest:
        more.add(Text(frame.MARGIN, below, Phrase("其余{n}个地区见表。", {"n": rest}).say(lang), 9, frame.SOFT))
        below += 14
    _, foot_top = frame.foot(chart, notice, lang, 0)
    height = below - foot_top + 8
    foot, _ = frame.foot(chart, notice, lang, height)
    return frame.scene(
        chart, title, height, (top_group, frame.across(values, field, ""), drawn, _key(chart, field, lang), more, foot)
    )


def _bar(group: Group, row: ChartRow, values: frame.Axis, y: float, field: Box) -> None:
    zero, end = values.at(0), values.at(row.value)
    box = Box(min(zero, end), y + 3, max(zero, end, zero + 1), y + ROW - 3)
    group.add(rectangle(box, fill=WHOLE if row.whole else FILL))
    group.add(Text(field.x0 - 8, y + ROW - 5, _name(row), 10, frame.INK, bold=False, anchor="end"))
    if row.goal is not None:
        at = values.at(row.goal)
        group.add(rectangle(Box(at - 1, y + 1, at + 1, y + ROW - 1), fill=GOAL))
    end = max(box.x1, zero, values.at(row.goal) if row.goal is not None else zero)
    group.add(Text(end + 5, y + ROW - 5, row.label, 10, frame.INK, bold=True, halo="#ffffff", halo_width=2))


def _key(chart: Chart, field: Box, lang: str) -> Group:
    """Return what dark and light mean, where both are there."""
    group = Group("key")
    told = [(WHOLE, Phrase("规划地区全域")), (FILL, Phrase("所辖地区"))]
    told = told if len({row.whole for row in chart.rows}) > 1 else []
    if any(row.goal is not None for row in chart.rows):
        told = [
            *(told or [(WHOLE if chart.rows[0].whole else FILL, Phrase("实际值"))]),
            (GOAL, Phrase("目标值（竖线）")),
        ]
    x = field.x0
    for colour, words in told:
        text = words.say(lang)
        group.add(rectangle(Box(x, field.y1 + 20, x + 10, field.y1 + 29), fill=colour))
        group.add(Text(x + 14, field.y1 + 28, text, 9, frame.SOFT))
        x += 30 + fonts.measure(text, 9)
    return group


def _name(row: ChartRow) -> str:
    return f"{row.region}　{row.above}" if row.above and not row.whole else row.region
