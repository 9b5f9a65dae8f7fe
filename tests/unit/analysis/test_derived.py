"""Computed indicators: their numbers, their marks, and that no list of printed goals holds them."""

from dataclasses import replace

import pytest

from geoapp.analysis.consistency import Consistency
from geoapp.analysis.derived import INDICATORS, derive
from geoapp.analysis.resolution.labels import target_label
from geoapp.analysis.undertakings import distinct
from geoapp.atlas import Atlas
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.region import Adcode
from geoapp.model.vocabulary import Tier

IDS = ("d_annual", "d_gap", "d_level_2025", "d_project_count", "d_park_count")


def number(atlas: Atlas, adcode: str, indicator: str, year: int = 2025, tier: Tier = "basic") -> float | None:
    """Return the value that applies, None where there is none."""
    answer = atlas.resolver.resolve(Adcode(adcode), indicator, year, tier)
    assert answer.status == ("none" if answer.target is None else "own")
    return answer.target.value if answer.target else None


@pytest.mark.parametrize(
    ("adcode", "year", "tier", "rate"),
    [
        ("654200", 2025, "basic", 2.86),
        ("640200", 2025, "basic", 3.2),
        ("640200", 2025, "incentive", 3.66),
        ("620600", 2025, "basic", 2.52),
        ("150600", 2025, "basic", 3.54),
        ("150600", 2025, "incentive", 4.06),
        ("150624", 2025, "basic", 5.84),
        ("150602", 2025, "basic", 0.0),
        ("150602", 2025, "incentive", None),
        ("654200", 2015, "basic", 1.65),
        ("654202", 2025, "basic", None),
        ("620621", 2025, "basic", None),
    ],
)
def test_the_implied_annual_rate(atlas: Atlas, adcode: str, year: int, tier: Tier, rate: float | None) -> None:
    assert number(atlas, adcode, "d_annual", year, tier) == rate


@pytest.mark.parametrize(
    ("adcode", "gap", "label"),
    [
        ("150624", 9.5, "+9.5个百分点"),
        ("150625", 7.5, "+7.5个百分点"),
        ("150622", -6.5, "−6.5个百分点"),
        ("150623", -11.5, "−11.5个百分点"),
        ("150602", -16.5, "−16.5个百分点"),
    ],
)
def test_the_gap_to_the_city(atlas: Atlas, adcode: str, gap: float, label: str) -> None:
    assert number(atlas, adcode, "d_gap") == gap
    answer = atlas.resolve(adcode, "d_gap", 2025, "basic")
    assert atlas.cards.answer(answer, "zh")["label"] == label


def test_the_city_itself_and_counties_without_a_goal_have_no_gap(atlas: Atlas) -> None:
    assert number(atlas, "150600", "d_gap") is None
    assert number(atlas, "654202", "d_gap") is None


def test_the_level_implied_for_2025(atlas: Atlas) -> None:
    assert number(atlas, "654200", "d_level_2025") == 0.867
    holders = [each.adcode for each in atlas.dataset.derived if each.indicator == "d_level_2025"]
    assert holders == ["654200"]


def test_counts_include_the_parts_of_a_region(atlas: Atlas) -> None:
    parks = [park for park in atlas.dataset.parks if park.plan == "ordos-2021-2025"]
    assert number(atlas, "150600", "d_park_count") == len(parks)
    otog = [park for park in parks if park.adcode == "150624"]
    assert number(atlas, "150624", "d_park_count") == len(otog) > 0
    assert number(atlas, "150603", "d_park_count") is None


def test_a_project_of_several_regions_is_counted_once(atlas: Atlas) -> None:
    works = [each for each in atlas.dataset.projects if each.nature == "work"]
    projects = [each for each in works if each.plan == "ordos-2021-2025"]
    shared = [each for each in projects if "shared_across_regions" in each.caveats]
    assert len({each.name for each in shared}) < len(shared)
    once = len(projects) - len(shared) + len({each.name for each in shared})
    assert number(atlas, "150600", "d_project_count") == once
    assert len([each for each in atlas.dataset.projects if each.plan == "ordos-2021-2025"]) > len(projects)


def test_every_record_is_marked_and_cited(atlas: Atlas) -> None:
    assert {each.indicator for each in atlas.dataset.derived} == set(IDS)
    headings = {plan.id: plan for plan in atlas.dataset.plans}
    for each in atlas.dataset.derived:
        assert each.caveats[0] == "computed"
        assert each.plan in headings
        assert each.section
        assert each.value_text == target_label(each)
    assert len({each.id for each in atlas.dataset.derived}) == len(atlas.dataset.derived)


def test_inputs_hand_their_caveats_and_sections_on(atlas: Atlas) -> None:
    level = next(each for each in atlas.dataset.derived if each.indicator == "d_level_2025")
    assert level.section == "一(一);二(二) 表2"
    assert level.caveats == ("computed", "contradicts_other", "base_year_implied")


def test_no_list_of_printed_goals_holds_a_computed_one(atlas: Atlas) -> None:
    computed = {each.id for each in atlas.dataset.derived}
    assert not computed & {each.id for each in atlas.dataset.targets}
    assert not computed & {record.id for record in atlas.collections["targets"].records}
    assert not [each for each in atlas.dataset.targets if each.indicator in IDS]


def test_they_are_indicators_that_can_be_chosen_and_say_what_they_are(atlas: Atlas) -> None:
    chosen = {each.id: each for each in atlas.dataset.indicators if each.derived}
    assert tuple(chosen) == tuple(each.id for each in INDICATORS)
    assert set(chosen) == set(IDS)
    view = atlas.view([("region", "150600"), ("indicator", "d_gap"), ("year", "2025"), ("level", "county")])
    answers = [area.resolution for area in atlas.show(view).areas]
    assert [answer.status for answer in answers] == ["own"] * 9
    answer = atlas.cards.answer(answers[0], "zh")
    assert answer["caveats"][0] == "由图集按公式计算，不是文件所印。"
    assert answer["path"] == ["东胜区：由图集按文件所印数值计算"]


def test_the_classes_of_a_gap_part_at_zero(atlas: Atlas) -> None:
    view = atlas.view([("region", "150600"), ("indicator", "d_gap"), ("year", "2025"), ("level", "county")])
    classes = atlas.show(view).classes
    assert classes.below == 3
    assert [(each.low, each.high) for each in classes.intervals] == [
        (-16.5, -16.5),
        (-11.5, -11.5),
        (-6.5, -6.5),
        (1.5, 1.5),
        (5.5, 5.5),
        (7.5, 9.5),
    ]
    colours = [area["colour"] for area in atlas.view_json(view)["areas"]]
    assert len(set(colours)) == 6


def test_deriving_twice_gives_the_same(atlas: Atlas) -> None:
    assert derive(atlas.dataset, atlas.gazetteer) == atlas.dataset.derived


def test_a_project_of_several_regions_is_one_thing(atlas: Atlas) -> None:
    rows = [each for each in atlas.dataset.projects if each.plan == "ordos-2021-2025"]
    groups = distinct(rows)
    assert (len(rows), len(groups)) == (35, 23)
    shared = {group[0].name: len(group) for group in groups if len(group) > 1}
    assert shared["VOCs走航监测"] == 6
    assert sum(map(len, groups)) == len(rows), "no row is lost"


@pytest.mark.parametrize("value", [145.0, 100.0, 100.001])
def test_a_cut_of_more_than_everything_has_no_yearly_rate(atlas: Atlas, value: float) -> None:
    goals = tuple(
        replace(each, value=value) if each.indicator.startswith("ei_gdp_cut") else each
        for each in atlas.dataset.targets
    )
    dataset = replace(atlas.dataset, targets=goals)
    gazetteer = Gazetteer(dataset.regions, dataset.aliases)
    rates = {each.value for each in derive(dataset, gazetteer) if each.indicator == "d_annual"}
    assert rates == ({100.0} if value == 100 else set())
    assert Consistency(dataset, gazetteer).findings
