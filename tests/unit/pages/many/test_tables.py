"""Tables of reading pages hold what their twins say, a row each."""

from collections.abc import Callable
from typing import Any

import pytest

from geoapp.atlas import Atlas
from geoapp.pages.many.tables import TABLES, page_rows


def _points(page: dict[str, Any]) -> int:
    return sum(len(plan["points"]) for plan in page["plans"])


COUNTED: dict[str, Callable[[dict[str, Any]], int]] = {
    "plans": lambda page: len(page["plans"]),
    "parks": _points,
    "regions": lambda page: sum(len(plan["regions"]) for plan in page["plans"]),
    "progress": lambda page: sum(len(plan["indicators"]) for plan in page["plans"]),
    "quality": lambda page: len(page["plans"]),
}


@pytest.mark.parametrize("kind", COUNTED)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_has_a_row_for_each_thing_of_the_page(world_atlas: Atlas, kind: str, lang: str) -> None:
    page = getattr(world_atlas.faces(lang).pages, kind)(lang)
    head, *rows = page_rows(kind, page, lang)
    assert len(rows) == COUNTED[kind](page) > 0
    assert {len(row) for row in rows} == {len(head)}


def test_an_indicator_gives_its_goals_and_its_figures(world_atlas: Atlas) -> None:
    page = world_atlas.faces("zh").pages.indicator("ei_gdp_cut", "zh")
    head, *rows = page_rows("indicator", page, "zh")
    goals = [goal for group in page["goals"] for plan in group["plans"] for goal in plan["rows"]]
    figures = [each for series in page["figures"] for each in series["points"]]
    assert [row[-1] for row in rows] == [each["id"] for each in (*goals, *figures)]
    assert [row[head.index("读作")] for row in rows[: len(goals)]] == [goal["label"] for goal in goals]


def test_the_head_of_progress_stands_over_its_counts(world_atlas: Atlas) -> None:
    page = world_atlas.faces("zh").pages.progress("zh")
    head, *_ = page_rows("progress", page, "zh")
    assert head[4:] == [each["words"] for each in page["statuses"]]


def test_every_table_is_tried() -> None:
    assert set(TABLES) == {*COUNTED, "indicator"}
