"""Figures over the years, one line for each region."""

import numpy as np

from geoapp.portrayal.charts import Chart, ChartRow
from geoapp.sheets import fonts
from geoapp.sheets.charts import frame
from geoapp.sheets.scene.primitives import Box, Circle, Group, Path, Scene, Text

LEAST_GAP = 11.0
"""Points between two names at the right end."""


def line(chart: Chart, notice: str, lang: str) -> Scene:
    """Return the lines; each is named at its right end, and every figure has its mark."""
    series: dict[tuple[str, str], list[ChartRow]] = {}
    for row in chart.rows:
        series.setdefault((row.adcode, row.plan), []).append(row)
    title = frame.named(chart.title, chart.unit, lang)
    top_group, top = frame.head(chart, title)
    foot, bottom = frame.foot(chart, notice, lang, frame.HEIGHT)
    names = max(fonts.measure(rows[0].region, 9.5, bold=True) for rows in series.values()) + 14
    field = Box(frame.MARGIN + 52, top + 26, frame.WIDTH - frame.MARGIN - names, bottom - 18)
    years = sorted({row.year for row in chart.rows})
    x = frame.Axis(low=years[0], high=max(years[-1], years[0] + 1), start=field.x0, end=field.x1, ticks=())
    y = frame.axis([row.value for row in chart.rows], field.y1, field.y0)
    below = Group(
        "years", [Text(x.at(year), field.y1 + 14, str(year), 9, frame.SOFT, anchor="middle") for year in years]
    )
    drawn, ends = Group("lines"), Group("names")
    last = -1e9
    ordered = sorted(series.values(), key=lambda rows: y.at(rows[-1].value))
    for number, rows in enumerate(ordered):
        colour = frame.SERIES[number % len(frame.SERIES)]
        spots = np.array([(x.at(row.year), y.at(row.value)) for row in rows])
        drawn.add(Path((spots,), stroke=colour, width=1.8, closed=False))
        drawn.add(*(Circle(px, py, 2.8, fill="#ffffff", stroke=colour, width=1.6) for px, py in spots.tolist()))
        last = max(y.at(rows[-1].value) + 3, last + LEAST_GAP)
        ends.add(Text(spots[-1][0] + 8, last, rows[0].region, 9.5, colour, bold=True))
        if len(series) <= 2:
            drawn.add(*_values(rows, x, y))
    return frame.scene(chart, title, frame.HEIGHT, (top_group, frame.upward(y, field, ""), below, drawn, ends, foot))


def _values(rows: list[ChartRow], x: frame.Axis, y: frame.Axis) -> list[Text]:
    """Return the figures above their marks: with one or two lines there is room."""
    return [
        Text(
            x.at(row.year), y.at(row.value) - 8, row.label, 9, frame.INK, anchor="middle", halo="#ffffff", halo_width=2
        )
        for row in rows
    ]
