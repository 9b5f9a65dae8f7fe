"""Only what has data in a region can be chosen there."""

from geoapp.atlas import Atlas


def choices(atlas: Atlas, region: str):
    return atlas.show(atlas.view([("region", region)])).choices


def test_years_and_tiers_of_a_prefecture(atlas: Atlas) -> None:
    assert choices(atlas, "150600")["ei_gdp_cut"] == {2025: ("basic", "incentive")}
    assert choices(atlas, "620600")["ei_gdp_cut"] == {2025: ("basic",)}
    assert 2015 in choices(atlas, "650000")["ei_gdp_cut"]
    assert 2015 not in choices(atlas, "150600")["ei_gdp_cut"]


def test_a_lent_rate_can_be_chosen_in_a_county_but_an_amount_cannot(atlas: Atlas) -> None:
    county, prefecture = choices(atlas, "150625"), choices(atlas, "150600")
    amounts = {i.id for i in atlas.dataset.indicators if not i.inherit and not i.derived}
    own = {t.indicator for t in atlas.dataset.targets if t.adcode == "150625"}
    assert set(county) < set(prefecture)
    assert not (set(county) - own) & amounts


def test_what_is_chosen_shows_something(atlas: Atlas) -> None:
    for region in ("100000", "150600", "620600", "640202", "654203"):
        for indicator, years in choices(atlas, region).items():
            for year, tiers in years.items():
                for tier in tiers:
                    levels = ("province", "prefecture", "county")
                    pairs = [("region", region), ("indicator", indicator), ("year", str(year)), ("tier", tier)]
                    found = []
                    for level in levels[0 if region == "100000" else 1 if region.endswith("00") else 2 :]:
                        resolved = atlas.show(atlas.view([*pairs, ("level", level)]))
                        found += [area.resolution.status for area in resolved.areas] + [resolved.own.status]
                    assert set(found) != {"none"}, (region, indicator, year, tier)
