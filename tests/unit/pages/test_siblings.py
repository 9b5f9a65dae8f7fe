"""A region beside its siblings."""

from geoapp.atlas import Atlas


def test_a_banner_among_its_siblings(atlas: Atlas) -> None:
    view = atlas.view([("region", "150600"), ("indicator", "ei_gdp_cut")])
    chart = atlas.siblings("150625", view)[0]
    assert (chart["above"], chart["rank"], chart["of"], chart["without"]) == ("鄂尔多斯市", 2, 9, 0)
    assert [row["name"] for row in chart["rows"][:3]] == ["鄂托克旗", "杭锦旗", "乌审旗"]
    assert max(row["share"] for row in chart["rows"]) == 1


def test_each_tier_has_its_chart_and_the_view_s_own_comes_first(atlas: Atlas) -> None:
    """Ordos sets both tiers; 东胜 and 康巴什 have no incentive target."""
    for tier, words in (("basic", ["基本目标", "激励目标"]), ("incentive", ["激励目标", "基本目标"])):
        view = atlas.view([("region", "150600"), ("indicator", "ei_gdp_cut"), ("tier", tier)])
        charts = atlas.siblings("150625", view)
        assert [chart["tier_words"] for chart in charts] == words
        assert {chart["tier_words"]: (chart["of"], chart["without"]) for chart in charts} == {
            "基本目标": (9, 0),
            "激励目标": (7, 2),
        }


def test_numbers_of_the_ground_have_one_chart(atlas: Atlas) -> None:
    view = atlas.view([("region", "150600"), ("indicator", "sun_noon")])
    assert len(atlas.siblings("150625", view)) == 1


def test_nothing_to_compare_is_nothing(atlas: Atlas) -> None:
    view = atlas.view([("region", "640200"), ("indicator", "ei_gdp_cut")])
    assert atlas.siblings("640202", view) == []
    assert atlas.siblings("650000", view) == []
