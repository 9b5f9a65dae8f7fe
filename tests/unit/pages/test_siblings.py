"""A region beside its sisters."""

from geoapp.atlas import Atlas


def test_a_banner_among_its_sisters(atlas: Atlas) -> None:
    view = atlas.view([("region", "150600"), ("indicator", "ei_gdp_cut")])
    siblings = atlas.siblings("150625", view)
    assert siblings is not None
    assert (siblings["above"], siblings["rank"], siblings["of"], siblings["without"]) == ("鄂尔多斯市", 2, 9, 0)
    assert [row["name"] for row in siblings["rows"][:3]] == ["鄂托克旗", "杭锦旗", "乌审旗"]
    whole = next(row for row in siblings["rows"] if row["above"])
    assert whole["label"] == "16.5%"
    assert max(row["share"] for row in siblings["rows"]) == 1


def test_nothing_to_compare_is_nothing(atlas: Atlas) -> None:
    view = atlas.view([("region", "640200"), ("indicator", "ei_gdp_cut")])
    assert atlas.siblings("640202", view) is None
    assert atlas.siblings("650000", view) is None
