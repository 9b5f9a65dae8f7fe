"""A view and its query string are the same thing."""

from dataclasses import replace
from urllib.parse import parse_qsl

from geoapp.atlas import Atlas
from geoapp.model.region import Adcode, Level
from geoapp.model.view import USUAL_OPACITY, View


def test_query_is_canonical_and_leaves_defaults_out() -> None:
    view = View(region=Adcode("150600"), level=Level.COUNTY)
    assert view.query() == (
        "region=150600&indicator=ei_gdp_cut&year=2025&tier=basic&level=county&layers=parks,projects"
    )


def test_query_reads_back_to_the_same_view(atlas: Atlas) -> None:
    view = View(
        region=Adcode("150600"),
        level=Level.COUNTY,
        tier="incentive",
        layers=("projects",),
        type=("hydropower", "wind_solar_base"),
        sel="150621",
        bbox=(106.5, 37.5, 111.5, 40.9),
        lang="en",
    )
    assert atlas.view(parse_qsl(view.query())) == view


def test_no_layers_is_said_and_read_back(atlas: Atlas) -> None:
    view = View(region=Adcode("150600"), level=Level.COUNTY, layers=())
    assert "layers=none" in view.query()
    assert atlas.view(parse_qsl(view.query())) == view


def test_an_indicator_that_is_not_from_a_plan_has_no_year(atlas: Atlas) -> None:
    view = atlas.view(parse_qsl("region=150600&indicator=sun_noon"))
    assert view.year is None
    assert view.query() == "region=150600&indicator=sun_noon&level=county&layers=parks,projects"
    assert atlas.view(parse_qsl(view.query())) == view


def test_a_raster_is_part_of_the_view_and_its_usual_opacity_goes_without_saying() -> None:
    under = View(region=Adcode("150600"), level=Level.COUNTY, raster="dem", opacity=USUAL_OPACITY)
    assert under.query().endswith("&raster=dem")
    assert replace(under, opacity=0).query().endswith("&raster=dem&opacity=0")
    assert replace(under, raster="", opacity=30).query() == replace(under, raster="").query()
