"""Symbols are sized by power: one of three sizes, the smallest form for what prints none."""

from dataclasses import replace
from itertools import pairwise

import pytest

from geoapp.analysis.works.capacity import powers
from geoapp.portrayal.work_sizes import SCALES, WORDS, scale_of, size_of, sizes
from tests.data.world_map import JIA


@pytest.mark.parametrize(
    ("power", "size"), [(None, 0), (0.0, 1), (99.9, 1), (100.0, 2), (999.9, 2), (1000.0, 3), (11365.0, 3)]
)
def test_sizes_by_power(power: float | None, size: int) -> None:
    assert size_of(power) == size


def test_four_sizes_can_be_told_apart_and_each_has_its_words() -> None:
    assert SCALES[0] == 1.0
    assert all(larger >= smaller * 1.2 for smaller, larger in pairwise(SCALES))
    assert len(SCALES) == len(WORDS) == len({words.say("en") for words in WORDS})


def test_a_capacity_in_another_unit_or_none_has_the_smallest_form(world) -> None:
    shown = world.show(f"region={JIA}&fill=none&layers=projects&year=2025")
    named = {work.name: scale_of(work, shown) for work in shown.projects}
    assert (named["东河水电站"], named["白云储能"], named["甲西天然气"]) == (SCALES[2], SCALES[2], SCALES[0])
    tonnes = [replace(work, capacity_unit="万吨标准煤") for work in shown.projects if work.name == "东河水电站"]
    assert powers(tonnes, world.dataset.units) == {}


def test_english_units_weigh_the_same(world) -> None:
    english = world.dataset.in_english()
    assert powers(english.projects, english.units) == powers(world.dataset.projects, world.dataset.units)


def test_a_legend_tells_the_whole_scale_and_the_smallest_form_where_they_occur(world) -> None:
    shown = world.show(f"region={JIA}&fill=none&layers=projects&year=2025")
    found = sizes(shown.projects, shown)
    assert [each.scale for each in found] == [SCALES[3], SCALES[2], SCALES[1], SCALES[0]]
    assert [each.count for each in found[:3]] == [0, 2, 1]
    assert sum(each.count for each in found) == shown.tally["projects"]
    sized = [work for work in shown.projects if work.id in shown.powers]
    assert len(sizes(sized, shown)) == 3, "nothing has the smallest form"
    assert sizes([work for work in shown.projects if work.id not in shown.powers], shown) == []
