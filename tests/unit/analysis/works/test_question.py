"""Lists of works: what is asked for, in which order, and what of a question means nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.analysis.works.capacity import power
from geoapp.analysis.works.question import LISTS, SORTS, Works, WorksQuestion, WorksReader
from geoapp.model.vocabulary import PROJECT_TYPES
from tests.data.world import World, build_world
from tests.data.world_map import DONGHE, JIADONG

WORLD = build_world()
READER, WORKS = WorksReader(WORLD.dataset, WORLD.gazetteer), Works(WORLD.dataset, WORLD.gazetteer)


def names(query: str) -> list[str]:
    """Return the names a query lists, in order."""
    question, issues = READER.read([tuple(each.split("=", 1)) for each in query.split("&") if each])  # type: ignore[misc]
    assert not issues
    return [group[0].name for group in WORKS.ask(question)]


def test_what_several_regions_share_is_listed_once_with_its_rows_inside_the_region_asked_for() -> None:
    shared = next(group for group in WORKS.ask(WorksQuestion()) if group[0].name == "甲东供热联网")
    assert {row.adcode for row in shared} == {"910101", "910102"}
    (inside,) = [
        group for group in WORKS.ask(WorksQuestion(region=shared[0].adcode)) if group[0].name == "甲东供热联网"
    ]
    assert [row.adcode for row in inside] == [shared[0].adcode]


def test_works_and_actions_are_lists_of_their_own() -> None:
    assert not set(names("")) & set(names("nature=action"))
    assert set(names("nature=action")) == {"石子pilot", "石子applying", "甲东走航监测"}


def test_capacities_are_sorted_by_power_and_what_prints_none_stands_last_either_way() -> None:
    rising, falling = names("sort=capacity"), names("sort=-capacity")
    assert rising[:3] == ["@SUM(A1)", "白云储能", "东河水电站"]
    assert falling[:3] == rising[2::-1]
    assert sorted(rising[3:]) == sorted(falling[3:])


def test_only_powers_are_powers() -> None:
    found = {group[0].name: power(group[0], WORKS.units) for group in WORKS.ask(WorksQuestion())}
    assert (found["东河水电站"], found["@SUM(A1)"], found["甲西天然气"]) == (300.0, 0.0, None)


def test_words_must_all_stand_in_the_name_or_the_region() -> None:
    assert names("q=东河") == ["东河水电站"]
    assert names("q=水电 东河") == ["东河水电站"]
    assert names("q=水电 白云") == []


@pytest.mark.parametrize("sort", SORTS)
def test_an_order_turned_round_holds_the_same_works(sort: str) -> None:
    assert sorted(names(f"sort={sort}")) == sorted(names(f"sort=-{sort}")) == sorted(names(""))


@given(
    types=st.sets(st.sampled_from(PROJECT_TYPES), max_size=3),
    statuses=st.sets(st.sampled_from(["planned", "building", "existing", "applying"]), max_size=2),
)
def test_a_count_beside_a_choice_is_what_choosing_it_alone_leaves(types: set[str], statuses: set[str]) -> None:
    asked = WorksQuestion().choosing("type", tuple(sorted(types))).choosing("status", tuple(sorted(statuses)))
    for name, counts in WORKS.facets(asked).items():
        for value, count in counts.items():
            assert WORKS.count(asked.choosing(name, (value,))) == count
    assert all(
        set(WORKS.facets(asked)[name]) >= {getattr(group[0], name) for group in WORKS.ask(asked)} for name in LISTS
    )


@given(
    st.builds(
        WorksQuestion,
        nature=st.sampled_from(["work", "action"]),
        q=st.sampled_from(["", "东河", "水电 100%&a=b"]),
        type=st.sampled_from([(), ("gas",), ("gas", "water")]),
        precision=st.sampled_from([(), ("site", "county")]),
        plan=st.sampled_from([(), ("jia-2021-2025",)]),
        region=st.sampled_from(["100000", JIADONG, DONGHE]),
        sort=st.sampled_from(SORTS),
        falling=st.booleans(),
        page=st.integers(1, 30),
    )
)
def test_a_question_written_as_a_query_is_read_back(question: WorksQuestion) -> None:
    from urllib.parse import parse_qsl

    assert READER.read(parse_qsl(question.query())) == (question, [])


def test_forms_repeat_a_parameter_and_send_empty_ones(world: World) -> None:
    sent = [("q", ""), ("type", "gas"), ("type", "water"), ("plan", "")]
    assert READER.read(sent) == (WorksQuestion(type=("gas", "water")), [])


@pytest.mark.parametrize(
    ("pair", "hint"),
    [
        (("sort", "size"), "name, type, capacity, status, precision, region, plan"),
        (("typ", "gas"), "did you mean type?"),
        (("type", "hydro_power"), "did you mean hydropower?"),
        (("page", "0"), "from 1 on"),
        (("region", "123"), "six digits such as 150600"),
        (("q", "长" * 101), "shorten it"),
    ],
)
def test_what_means_nothing_is_named_with_a_way_to_mend_it(pair: tuple[str, str], hint: str) -> None:
    question, (issue,) = READER.read([pair])
    assert question == WorksQuestion()
    assert (issue.where, issue.hint) == (pair[0], hint)
