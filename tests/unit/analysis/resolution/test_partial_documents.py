"""Of a document seen in part nothing is said that only the whole could say; the ladder shows who sets what above."""

from dataclasses import replace

import pytest

from geoapp.analysis.resolution.ladder import ladder
from geoapp.model.plan import Plan, Target
from geoapp.model.region import CHINA
from tests.data.world import World, changed, goal
from tests.data.world_map import DONGHE, JIA, JIADONG, JILIN, YI
from tests.data.world_rows import DONGHE25, JIA15, JIA25, JIA30, JIADONG25

NATION = "guo-2021-2025"


def with_parts(world: World, *ids: str, plans: tuple[Plan, ...] = (), targets: tuple[Target, ...] = ()) -> World:
    """The world with some documents held in part, and perhaps more plans and goals."""
    held = [replace(plan, extent="part") if plan.id in ids else plan for plan in world.dataset.plans]
    return changed(world.dataset, plans=(*held, *plans), targets=(*world.dataset.targets, *targets))


def national(world: World, *targets: Target) -> World:
    plan = next(each for each in world.dataset.plans if each.id == JIA25)
    return with_parts(world, plans=(replace(plan, id=NATION, region=CHINA, extent="part"),), targets=targets)


@pytest.fixture(scope="module")
def parts(world: World) -> World:
    """Every document of 甲省 and 甲东市 is held in part."""
    return with_parts(world, JIA15, JIA25, JIA30, JIADONG25)


def test_a_part_of_a_document_never_says_that_there_is_no_goal(parts: World, world: World) -> None:
    assert world.resolve(JILIN, "water_grade").status == "none"
    answer = parts.resolve(JILIN, "water_grade")
    assert (answer.status, answer.target, answer.plan) == ("not_collected", None, None)
    assert [step.say("zh") for step in answer.path] == ["本级或上级文件只收录了一部分，未收录的部分有无此目标不得而知"]
    assert {parts.resolve(code, "water_grade").status for code in (JIADONG, JILIN)} == {"not_collected"}


def test_a_region_with_a_whole_document_beside_the_parts_still_says_none(parts: World) -> None:
    assert parts.resolve(DONGHE, "coal_words").status == "none"  # its own document is held whole


def test_a_part_of_a_document_lends_and_does_not_say_that_it_is_not_broken_down(parts: World) -> None:
    answer = parts.resolve(JILIN)
    assert (answer.status, answer.target and answer.target.adcode) == ("parent", JIADONG)
    assert [step.say("zh") for step in answer.path] == [
        "𠮷林县：图集未收录本级的完整文件",
        "甲东市：本级目标；文件只收录了一部分，是否分解到𠮷林县不得而知",
    ]


def test_the_country_s_document_covers_nobody_and_lends_nothing(world: World) -> None:
    there = national(world, goal(NATION, CHINA, "ei_gdp_cut", 13.5, "13.5%"))
    answer = there.resolve(YI)
    assert (answer.status, [step.say("zh") for step in answer.path]) == (
        "not_collected",
        ["图集未收录本级及上级的规划文件"],
    )
    whole = there.resolve(CHINA)
    assert (whole.status, whole.number) == ("own", 13.5)


def test_the_ladder_names_every_goal_from_the_region_to_the_country(world: World) -> None:
    there = national(world, goal(NATION, CHINA, "ei_gdp_cut", 13.5, "13.5%"))
    rungs = ladder(there.resolver, there.resolve(DONGHE))
    assert [(rung.region.adcode, rung.target.value, rung.plan.id) for rung in rungs] == [
        (DONGHE, 18, JIADONG25),
        (JIADONG, 16, JIADONG25),
        (JIA, 14, JIA25),
        (CHINA, 13.5, NATION),
    ]
    assert [rung.region.adcode for rung in ladder(there.resolver, there.resolve(JILIN))] == [
        JIADONG,
        JIA,
        CHINA,
    ]
    words = ladder(there.resolver, there.resolve(DONGHE, "coal_words"))
    assert [rung.region.adcode for rung in words] == [JIA], "what is not lent stands on the ladder too"


@pytest.mark.parametrize(("parted", "first"), [((), JIA30), ((JIA30,), JIA25)])
def test_of_two_documents_the_whole_one_counts_then_the_later(
    world: World, parted: tuple[str, ...], first: str
) -> None:
    later = goal(JIA30, JIA, "ei_gdp_cut", 15.5, "15.5%", id="jia-2026-2030-t900", tier="basic")
    plans = tuple(
        replace(
            plan,
            extent="part" if plan.id in parted else "whole",
            published=None if plan.id == JIA25 else plan.published,
        )
        for plan in world.dataset.plans
    )
    answer = changed(world.dataset, plans=plans, targets=(*world.dataset.targets, later)).resolve(JIA)
    assert answer.target is not None
    assert answer.target.plan == first
    assert [each.plan for each in answer.alternatives] == [JIA25 if first == JIA30 else JIA30]
    assert answer.path[-1].say("zh").startswith("另有文件数值不同：")


def test_the_own_document_counts_before_the_one_from_above(world: World) -> None:
    prose = goal(JIADONG25, DONGHE, "reuse_rate", 33, "33%", id="jiadong-2021-2025-t901", section="三")
    own = goal(DONGHE25, DONGHE, "reuse_rate", 36, "36%", id="donghe-2021-2025-t901", section="三")
    targets = tuple(t for t in world.dataset.targets if (t.adcode, t.indicator) != (DONGHE, "reuse_rate"))
    answer = changed(world.dataset, targets=(*targets, prose, own)).resolve(DONGHE, "reuse_rate")
    assert answer.target is not None
    assert (answer.target.plan, [each.plan for each in answer.alternatives]) == (DONGHE25, [JIADONG25])


def test_a_document_without_a_date_is_cited_by_its_number_or_its_title_alone(world: World) -> None:
    plan = replace(next(each for each in world.dataset.plans if each.id == JIA25), published=None)
    assert replace(plan, document_no="").citation == f"《{plan.title.zh}》"
    assert replace(plan, document_no="甲政〔2022〕1号").cite("en") == f"{plan.title.en} (甲政〔2022〕1号)"
    assert plan.published_printed == ""
