"""Own, parent, not published, none: exactly one answer for every question, with its path."""

import pytest

from geoapp.atlas import Atlas
from geoapp.model.region import Adcode
from geoapp.model.vocabulary import STATUSES, Tier


def answer(atlas: Atlas, code: str, year: int = 2025, tier: Tier = "basic", indicator: str = "ei_gdp_cut"):
    return atlas.resolver.resolve(Adcode(code), indicator, year, tier)


@pytest.mark.parametrize(
    ("code", "tier", "value", "text"),
    [
        ("150621", "basic", 18, "-18"),
        ("150621", "incentive", 20.4, "-20.4"),
        ("150624", "basic", 26, "-26"),
        ("150623", "basic", 5, "-5"),
        ("150602", "basic", 0, "0"),
        ("150600", "basic", 16.5, "-16.5"),
        ("640200", "incentive", 17, "17%"),
    ],
)
def test_own_goals_as_printed(atlas: Atlas, code: str, tier: Tier, value: float, text: str) -> None:
    found = answer(atlas, code, tier=tier)
    assert found.status == "own"
    assert found.target is not None
    assert (found.target.value, found.target.value_text.removeprefix("力争下降")) == (value, text)


def test_zero_is_a_target_and_a_slash_is_none(atlas: Atlas) -> None:
    assert answer(atlas, "150602").status == "own"
    slash = answer(atlas, "150602", tier="incentive")
    assert slash.status == "none"
    assert [step.say("zh") for step in slash.path] == ["东胜区：本级目标", "附件1印“/”：不设此目标"]


def test_a_county_without_its_own_names_its_parent(atlas: Atlas) -> None:
    found = answer(atlas, "640202")
    assert found.status == "parent"
    assert found.from_region is not None
    assert found.target is not None
    assert (found.from_region.adcode, found.target.value) == ("640200", 15)
    assert [step.say("zh") for step in found.path] == [
        "大武口区：文件未列本级目标",
        "石嘴山市：本级目标，未分解到大武口区",
    ]


def test_an_annex_that_is_not_public_is_no_zero_and_no_parent(atlas: Atlas) -> None:
    found = answer(atlas, "620622")
    assert (found.status, found.target) == ("not_published", None)
    assert found.plan is not None
    assert (found.plan.id, found.section) == ("wuwei-2021-2025", "附件1")
    assert any("未公开" in step.say("zh") for step in found.path)


def test_amounts_are_never_lent(atlas: Atlas) -> None:
    city = answer(atlas, "640200", indicator="cut_nox")
    assert city.status == "own"
    county = answer(atlas, "640202", indicator="cut_nox")
    assert county.status == "none"
    assert county.path[-1].say("zh") == "上级目标为总量或个数，不向下沿用"


def test_withheld_amounts_are_withheld_too(atlas: Atlas) -> None:
    assert answer(atlas, "620602", indicator="cut_nox").status == "not_published"


def test_periods_never_mix(atlas: Atlas) -> None:
    assert answer(atlas, "654200", year=2015).target.value == 8
    assert answer(atlas, "654200", year=2025).target.value == 13.5
    assert answer(atlas, "652800", year=2025).status == "none"
    assert answer(atlas, "150600", year=2015).status == "none"
    county = answer(atlas, "654203", year=2015)
    assert (county.status, county.from_region.adcode) == ("parent", "654200")


def test_two_printed_values_are_both_kept(atlas: Atlas) -> None:
    found = answer(atlas, "150600", indicator="clean_heat_main_city")
    assert {found.target.value, *(each.value for each in found.alternatives)} == {80, 100}
    assert "文件内另有不同数值" in found.path[-1].say("zh")


def test_equal_values_in_prose_and_annex_are_no_contradiction(atlas: Atlas) -> None:
    found = answer(atlas, "150600")
    assert found.alternatives == ()
    assert found.section == "附件1"


def test_every_region_and_indicator_has_exactly_one_answer(atlas: Atlas) -> None:
    for indicator in atlas.dataset.indicators:
        for year in atlas.resolver.years(indicator.id):
            for code in ("100000", "650000", "654200", "654203", "659001", "620622", "150602", "110101"):
                found = answer(atlas, code, year=year, indicator=indicator.id)
                assert found.status in STATUSES
                assert (found.target is not None) or found.status in ("none", "not_published", "not_collected")


def test_a_share_of_the_main_city_is_not_lent_and_says_why(atlas: Atlas) -> None:
    found = answer(atlas, "150621", indicator="clean_heat_main_city")
    assert found.status == "none"
    assert found.path[-1].say("zh") == "上级目标只属于上级或只涉及部分区域，不向下沿用"


def test_where_no_document_was_read_nothing_is_said_of_it(atlas):
    """武汉 has no document in the atlas, nor has 湖北; a county of 鄂尔多斯 has, and 喀什 through 新疆."""
    for adcode in ("420100", "420102", "420000", "100000", "710000", "620100"):
        found = answer(atlas, adcode)
        assert (found.status, found.target, found.plan) == ("not_collected", None, None), adcode
        assert [step.say("zh") for step in found.path] == ["图集未收录本级及上级的规划文件"]
    assert answer(atlas, "653100", year=2025).status == "none"
    assert answer(atlas, "150602", indicator="cut_cod").status == "none"


def test_no_state_claims_what_no_document_says(atlas):
    """Every region: "none" needs a document of it or of one above it, and with one it is never "not collected"."""
    documented = {plan.region for plan in atlas.dataset.plans}
    for adcode, region in atlas.gazetteer.regions.items():
        line = {adcode, *(above.adcode for above in atlas.gazetteer.parents(adcode))} - {"100000"}
        found = answer(atlas, region.adcode, indicator="cut_cod")
        assert (found.status == "not_collected") == (not line & documented), adcode
