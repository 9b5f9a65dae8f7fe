"""Two indicators of the same regions: one across, the other up."""

from geoapp.portrayal.charts import Chart
from geoapp.sheets import fonts
from geoapp.sheets.charts import frame
from geoapp.sheets.scene.primitives import Box, Circle, Group, Scene, Text

RADIUS = 4.0
SIZE = 9.0


def scatter(chart: Chart, notice: str, lang: str) -> Scene:
    """Return one mark for each region; a name that would lie on another is left out, the table has all."""
    title = f"{chart.title} × {chart.other_title}"
    top_group, top = frame.head(chart, title)
    foot, bottom = frame.foot(chart, notice, lang, frame.HEIGHT)
    field = Box(frame.MARGIN + 48, top + 26, frame.WIDTH - frame.MARGIN - 60, bottom - 26)
    x = frame.axis([row.value for row in chart.rows], field.x0, field.x1)
    y = frame.axis([row.other or 0.0 for row in chart.rows], field.y1, field.y0)
    marks, names = Group("marks"), Group("names")
    taken: list[Box] = []
    for row in chart.rows:
        spot = x.at(row.value), y.at(row.other or 0.0)
        colour = frame.SERIES[1] if row.whole else frame.SERIES[0]
        marks.add(Circle(*spot, RADIUS, fill=colour, stroke="#ffffff", width=1))
        taken.append(Box(spot[0] - RADIUS, spot[1] - RADIUS, spot[0] + RADIUS, spot[1] + RADIUS))
    for row in chart.rows:
        name = _place(row.region, (x.at(row.value), y.at(row.other or 0.0)), taken)
        names.add(*([name] if name else []))
    axes = (
        frame.across(x, field, frame.named(chart.title, chart.unit, lang)),
        frame.upward(y, field, frame.named(chart.other_title, chart.other_unit, lang)),
    )
    return frame.scene(chart, title, frame.HEIGHT, (top_group, *axes, marks, names, foot))


def _place(text: str, spot: tuple[float, float], taken: list[Box]) -> Text | None:
    """Return a name right, left, above or below its mark, where it is free."""
    width = fonts.measure(text, SIZE)
    x, y = spot
    for left, base in ((x + 7, y + 3), (x - 7 - width, y + 3), (x - width / 2, y - 8), (x - width / 2, y + 15)):
        box = Box(left, base - SIZE, left + width, base + 2)
        if not any(box.meets(each) for each in taken):
            taken.append(box)
            return Text(left, base, text, SIZE, frame.INK, halo="#ffffff", halo_width=2)
    return None
