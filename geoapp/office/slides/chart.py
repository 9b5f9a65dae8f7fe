"""The native chart beside a table of goals: a bar for each region, edited in PowerPoint like any other."""

from dataclasses import dataclass
from typing import Any

from geoapp.analysis.resolved_view import ResolvedView
from geoapp.office.slides.styles import THEME_EAST, THEME_LATIN
from geoapp.portrayal.charts import view_chart
from geoapp.portrayal.progress import heads

MOST_BARS = 16
"""More bars have no room for their names at ten points."""
MOST_RESULTS = 13
"""Results have two bars each."""
LABEL_SIZE = 11.0
GAP_WIDTH = 45
"""Per cent of a bar that is left free between two."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Regions with a number of their own, largest first, and what the numbers are.

    Attributes:
        goals: of results, what each region shall reach, and what the two series are called.
    """

    title: str
    names: tuple[str, ...]
    values: tuple[float, ...]
    decimals: str
    goals: tuple[float, ...] = ()
    series: tuple[str, str] = ("", "")


def bars_of(resolved: ResolvedView) -> Bars | None:
    """Return the bars of a view; None where its goals are not several numbers of one unit, or too many."""
    if resolved.view.measure != "target":
        return _results_of(resolved)
    own = [(area.name, area.resolution.target) for area in resolved.areas if area.resolution.status == "own"]
    found = [(name, goal.value, goal.unit) for name, goal in own if goal is not None and goal.value is not None]
    if not 2 <= len(found) <= MOST_BARS or len({unit for _, _, unit in found}) > 1:
        return None
    found.sort(key=lambda each: -each[1])
    unit = found[0][2]
    places = max(len(f"{value:.10g}".partition(".")[2]) for _, value, _ in found)
    title = resolved.indicator.title.get(resolved.view.lang) + (f" ({unit})" if unit else "")
    decimals = "0" + ("." + "0" * places if places else "")
    return Bars(title, tuple(name for name, _, _ in found), tuple(value for _, value, _ in found), decimals)


def _results_of(resolved: ResolvedView) -> Bars | None:
    """Return the results of a view of progress beside their goals; None where there are too few or too many."""
    chart = view_chart(resolved)
    if chart is None or len(chart.rows) > MOST_RESULTS:
        return None
    lang = resolved.view.lang
    numbers = [number for row in chart.rows for number in (row.value, row.goal or 0.0)]
    places = min(2, max(len(f"{number:.10g}".partition(".")[2]) for number in numbers))
    return Bars(
        title=chart.title + (f" ({chart.unit})" if chart.unit else ""),
        names=tuple(row.region for row in chart.rows),
        values=tuple(row.value for row in chart.rows),
        decimals="0" + ("." + "0" * places if places else ""),
        goals=tuple(row.goal or 0.0 for row in chart.rows),
        series=(heads(lang)[1], heads(lang)[0]),
    )


def insert_chart(placeholder: Any, bars: Bars) -> None:
    """Put the bars into a chart placeholder."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    data = CategoryChartData(number_format=bars.decimals)
    data.categories = bars.names
    data.add_series(bars.series[0] or bars.title, bars.values)
    if bars.goals:
        data.add_series(bars.series[1], bars.goals)
    frame = placeholder.insert_chart(XL_CHART_TYPE.BAR_CLUSTERED, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", described(bars))
    chart = frame.chart
    chart.has_legend, chart.has_title = bool(bars.goals), True
    if bars.goals:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.chart_title.text_frame.text = bars.title
    chart.font.size = Pt(LABEL_SIZE)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    _faces(chart)
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = GAP_WIDTH, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = bars.decimals, False
    colours = (MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.ACCENT_2)
    for series, colour in zip(plot.series, colours, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.theme_color = colour
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.fill.background()
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False


def described(bars: Bars) -> str:
    """Return the chart in words, values first."""
    goals = [f" ({bars.series[1]} {goal:.10g})" for goal in bars.goals] or [""] * len(bars.names)
    told = zip(bars.names, bars.values, goals, strict=True)
    return f"{bars.title}: " + ", ".join(f"{name} {value:.10g}{goal}" for name, value, goal in told)


def _faces(chart: Any) -> None:
    """Name the faces of a chart's texts; PowerPoint takes the reader's own for Chinese where none is named."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    look = chart.font._rPr
    look.append(parse_xml(f'<a:latin {nsdecls("a")} typeface="{THEME_LATIN}"/>'))
    look.append(parse_xml(f'<a:ea {nsdecls("a")} typeface="{THEME_EAST}"/>'))
    title = chart.chart_title.text_frame.paragraphs[0].runs[0]
    title.font.size, title.font.bold = chart.font.size, True
