"""Charts of results: a bar for each result, a line across it where the goal is, and nothing without a result."""

import numpy as np
import pytest

from geoapp.office.slides.chart import bars_of, described
from geoapp.portrayal.cards import Cards
from geoapp.portrayal.charts import Charts, Choice, view_chart
from geoapp.sheets.charts import chart_scene
from geoapp.sheets.charts.bars import GOAL
from geoapp.sheets.scene.primitives import Path, Text
from tests.data.world import World
from tests.data.world_map import CHENGBEI, DONGHE, JIA, JILIN

CHOICE = Choice(indicator="ei_gdp_cut", year=2025, tier="basic")
VIEW = f"region={JIA}&level=county&indicator=ei_gdp_cut&year=2025"


@pytest.fixture
def charts(world: World) -> Charts:
    return Charts(Cards(world.dataset, world.gazetteer, world.resolver))


def test_a_chart_of_results_has_the_result_and_the_goal_of_each_region(charts: Charts) -> None:
    chart = charts.progress(CHOICE, "zh")
    rows = {row.adcode: row for row in chart.rows}
    assert (rows[CHENGBEI].value, rows[CHENGBEI].goal, rows[CHENGBEI].year) == (19.9, 20.0, 2025)
    assert (rows[DONGHE].value, rows[DONGHE].year) == (12.5, 2023)
    assert JILIN not in rows, "what is lent is held against nobody"
    assert chart.left_out == 1, "甲省 has a result of another base only"
    assert [row.value for row in chart.rows] == sorted((row.value for row in chart.rows), reverse=True)


def test_only_what_was_judged_is_offered(charts: Charts) -> None:
    judged = charts.judged()
    assert 2025 in judged["ei_gdp_cut"]
    assert "reuse_rate" not in judged
    assert "reuse_rate" in charts.choices()


def test_the_line_of_a_goal_stands_where_the_axis_has_its_number(charts: Charts) -> None:
    chart = charts.progress(CHOICE, "zh")
    scene = chart_scene(chart, "", "zh")
    bars = next(group for group in scene.groups if group.id == "bars")
    lines = [item for item in bars.items if isinstance(item, Path) and item.fill == GOAL]
    assert len(lines) == len(chart.rows)
    ticks = next(group for group in scene.groups if group.id == "axis-x")
    marks = {float(item.text): item.x for item in ticks.items if isinstance(item, Text) and item.text}
    low, high = min(marks), max(marks)
    for row, line in zip(chart.rows, lines, strict=True):
        middle = float(np.mean(line.lines[0][:, 0]))
        wanted = marks[low] + ((row.goal or 0) - low) / (high - low) * (marks[high] - marks[low])
        assert middle == pytest.approx(wanted, abs=0.6), row.region


def test_a_view_of_progress_has_a_chart_and_one_of_goals_has_none(world: World) -> None:
    assert view_chart(world.show(VIEW)) is None
    chart = view_chart(world.show(f"{VIEW}&measure=status"))
    assert chart is not None
    assert {row.adcode: (row.value, row.goal) for row in chart.rows}[CHENGBEI] == (19.9, 20.0)


def test_the_bars_of_slides_are_results_beside_goals(world: World) -> None:
    bars = bars_of(world.show(f"{VIEW}&measure=gap"))
    assert bars is not None
    assert bars.series == ("实际", "目标")
    place = bars.names.index("城北区")
    assert (bars.values[place], bars.goals[place]) == (19.9, 20.0)
    assert "城北区 19.9 (目标 20)" in described(bars)
    plain = bars_of(world.show(VIEW))
    assert plain is None or plain.goals == ()
