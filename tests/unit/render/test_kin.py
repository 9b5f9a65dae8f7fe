"""A region beside its sisters."""

from geoapp.atlas import Atlas


def test_a_banner_among_its_sisters(atlas: Atlas) -> None:
    view = atlas.view([("region", "150600"), ("indicator", "ei_gdp_cut")])
    kin = atlas.kin("150625", view)
    assert kin is not None
    assert (kin["above"], kin["rank"], kin["of"], kin["without"]) == ("鄂尔多斯市", 2, 9, 0)
    assert [row["name"] for row in kin["rows"][:3]] == ["鄂托克旗", "杭锦旗", "乌审旗"]
    whole = next(row for row in kin["rows"] if row["above"])
    assert whole["label"] == "−16.5%"
    assert max(row["share"] for row in kin["rows"]) == 1


def test_nothing_to_compare_is_nothing(atlas: Atlas) -> None:
    view = atlas.view([("region", "640200"), ("indicator", "ei_gdp_cut")])
    assert atlas.kin("640202", view) is None
    assert atlas.kin("650000", view) is None
