"""Results that cannot be held against a goal: each case is named with its record, so that its row is found."""

from dataclasses import replace
from typing import Any

import pytest

from geoapp.analysis.checks.results import comparable
from geoapp.ingest.record_rows import record_rows
from tests.data.world import World, figure, goal
from tests.data.world_folders import WorldFolders
from tests.data.world_map import JIADONG

PLAN, BULLETIN = "jiadong-2021-2025", "jia-results"


@pytest.mark.parametrize(
    ("indicator", "result", "differs", "reason"),
    [
        ("ei_gdp_cut", (2024, 9.5, "9.5%", "%", 2015), {}, "结果以2015年为基年，目标以2020年为基年"),
        ("ei_gdp_cut", (2024, 9.5, "9.5%", "%"), {}, "结果没有写明从哪一年算起"),
        ("ei_gdp_cut", (2026, 17.0, "17%", "%", 2020), {}, "结果的年份在目标年之后"),
        ("ei_gdp_cut", (2024, 9.5, "9.5", "万千瓦", 2020), {}, "结果的单位与目标不同，不能换算"),
        (
            "ei_gdp_cut",
            (2024, 9.5, "9.5%", "%", 2020),
            {"name_in_source": "甲东市直", "caveats": ("less_than_region",)},
            "结果与目标所指的范围不同",
        ),
        ("coal_share", (2024, 30.0, "30", "家"), {}, "结果的单位与目标不同，不能换算"),
    ],
)
def test_a_result_of_another_unit_base_year_or_scope_is_marked_with_its_reason(
    world: World, indicator: str, result: tuple[Any, ...], differs: dict[str, Any], reason: str
) -> None:
    target = goal(PLAN, JIADONG, indicator, 16, "16%", id="the-goal", direction="reduce", tier="basic")
    odd = replace(figure(BULLETIN, JIADONG, indicator, *result), id="odd", **differs)
    found = comparable(replace(world.dataset, targets=(target,), statistics=(odd,)))
    assert [each.records for each in found.findings] == [("odd", "the-goal")]
    assert found.findings[0].plan == BULLETIN
    assert reason in found.findings[0].sentence.say("zh")


def test_a_result_that_fits_is_compared_and_not_marked(world: World) -> None:
    target = goal(PLAN, JIADONG, "ei_gdp_cut", 16, "16%", id="the-goal", tier="basic")
    good = figure(BULLETIN, JIADONG, "ei_gdp_cut", 2024, 9.5, "9.5%", "%", 2020)
    found = comparable(replace(world.dataset, targets=(target,), statistics=(good,)))
    assert (found.compared, found.findings) == (1, ())


def test_what_a_check_names_leads_to_file_and_row(world: World, world_folders: WorldFolders) -> None:
    rows = record_rows(world_folders.layers)
    found = comparable(world.dataset).findings
    assert found
    for finding in found:
        result, target = finding.records
        assert rows[result].startswith("jia-results/statistics.csv row ")
        assert "/targets.csv row " in rows[target]
