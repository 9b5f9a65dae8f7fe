"""Which plans a reader is offered, and in what order: two of one region are told apart, near ones come first."""

from dataclasses import replace

from geoapp.atlas import Atlas
from geoapp.model.view import View
from geoapp.portrayal.plan_choices import MOST_CHIPS, plan_chips, plan_choices


def with_plans(atlas: Atlas, *given: tuple[str, int]):
    plan = atlas.dataset.plans[0]
    plans = tuple(
        replace(plan, id=f"p-{code}-{end}", region=code, start_year=end - 4, end_year=end, extent="part")
        for code, end in given
    )
    return replace(atlas.dataset, plans=plans)


def test_what_matters_here_comes_first(atlas: Atlas) -> None:
    data = with_plans(atlas, ("110000", 2025), ("150000", 2025), ("150621", 2025), ("150600", 2025), ("650000", 2025))
    found = plan_choices(data, View(region="150600"))
    assert [each["region"] for each in found] == ["150600", "150000", "150621", "110000", "650000"]
    assert [each["near"] for each in found] == [True, True, True, False, False]
    assert {each["region"]: each["province"] for each in found}["150621"] == "内蒙古自治区"


def test_two_plans_of_a_region_are_told_apart_by_their_periods(atlas: Atlas) -> None:
    data = with_plans(atlas, ("150600", 2025), ("150600", 2030), ("640200", 2025))
    buttons = [each["button"] for each in plan_choices(data, View())]
    assert buttons == ["鄂尔多斯市 2021–2025", "鄂尔多斯市 2026–2030", "石嘴山市"]


def test_what_was_seen_in_part_is_not_near_the_country(atlas: Atlas) -> None:
    data = with_plans(atlas, ("100000", 2025), ("150600", 2025))
    assert [each["near"] for each in plan_choices(data, View())] == [True, False]


def test_the_country_offers_the_documents_that_were_read_whole(atlas: Atlas) -> None:
    data = with_plans(atlas, ("100000", 2025), ("150600", 2025))
    whole = replace(data, plans=(data.plans[0], replace(data.plans[1], extent="whole")))
    assert [each["near"] for each in plan_choices(whole, View())] == [True, True]


def test_of_many_plans_the_near_ones_are_buttons_one_for_a_region_and_period(atlas: Atlas) -> None:
    many = [(f"{code}0000", 2025) for code in (11, 12, 13, 14, 21, 22, 23, 31, 32, 33)]
    data = with_plans(atlas, ("150600", 2025), ("150600", 2025), ("150000", 2025), *many)
    chips = plan_chips(plan_choices(data, View(region="150600")))
    assert [each["region"] for each in chips] == ["150600", "150000"]
    few = plan_choices(with_plans(atlas, *many[:MOST_CHIPS]), View(region="150600"))
    assert plan_chips(few) == few
