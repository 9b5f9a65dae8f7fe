"""Charts as scenes: the same painters as for maps make PNG, SVG and PDF of them."""

from collections.abc import Callable

from geoapp.portrayal.charts import Chart, Kind
from geoapp.sheets.charts.bars import bars
from geoapp.sheets.charts.line import line
from geoapp.sheets.charts.scatter import scatter
from geoapp.sheets.scene.primitives import Scene

_SCENES: dict[Kind, Callable[[Chart, str, str], Scene]] = {
    "bars": bars,
    "progress": bars,
    "scatter": scatter,
    "line": line,
}


def chart_scene(chart: Chart, notice: str, lang: str) -> Scene:
    """Return a chart as a scene; ``notice`` stands below its sources."""
    return _SCENES[chart.kind](chart, notice, lang)
