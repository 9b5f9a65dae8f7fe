"""Query strings: every fault named for programs, the nearest sensible view for pages."""

from urllib.parse import parse_qsl

import pytest

from geoapp.atlas import Atlas
from geoapp.errors import InvalidView
from geoapp.model.region import Level


def faults(atlas: Atlas, query: str) -> list[str]:
    with pytest.raises(InvalidView) as caught:
        atlas.view(parse_qsl(query, keep_blank_values=True))
    return [str(issue) for issue in caught.value.issues]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("regoin=150600", "regoin: unknown parameter (did you mean region?)"),
        ("region=150699", "region: '150699' is not the code of a division (did you mean 150627 伊金霍洛旗?)"),
        ("indicator=ei_gdp_cuts", "indicator: 'ei_gdp_cuts' is not a known indicator (did you mean ei_gdp_cut?)"),
        ("year=25", "year: '25' is not a year (four digits such as 2025)"),
        ("year=２０２５", "year: '２０２５' is not a year (four digits such as 2025)"),
        ("tier=gold", "tier: 'gold' is not a known tier (basic, incentive)"),
        ("level=village", "level: 'village' is not a known level (province, prefecture, county)"),
        ("layers=parks,park", "layers: 'park' is not a known layer (did you mean parks?)"),
        ("type=hydropowr", "type: 'hydropowr' is not a known project type (did you mean hydropower?)"),
        ("sel=nobody", "sel: 'nobody' is neither a division nor a park or project (a code or an id of this atlas)"),
        ("bbox=1,2,3", "bbox: '1,2,3' is not a box (four finite numbers: west,south,east,north)"),
        ("bbox=nan,2,3,4", "bbox: 'nan,2,3,4' is not a list of numbers (four finite numbers: west,south,east,north)"),
        (
            "bbox=1,4,3,2",
            "bbox: '1,4,3,2' is not a box in degrees (longitudes -180..180, latitudes -90..90, south ≤ north)",
        ),
        ("raster=moon", "raster: 'moon' is not a published raster (none is published yet; `geoapp build` makes two)"),
        ("opacity=50", "opacity: is given without a raster (name the layer too: raster=<id>)"),
        ("opacity=101", "opacity: '101' is not a whole number of per cent (from 0 to 100)"),
        ("indicator=sun_noon&year=2025", "year: sun_noon is not from a plan and has none (leave it out)"),
        ("indicator=sun_noon&tier=basic", "tier: sun_noon is not from a plan and has none (leave it out)"),
        ("lang=fr", "lang: 'fr' is not a known language (zh, en)"),
        ("year=2025&year=2015", "year: given more than once (give it once; separate values by commas)"),
        (
            "region=150621&level=prefecture",
            "level: 达拉特旗 has no divisions at level prefecture (use county)",
        ),
    ],
)
def test_each_fault_is_a_sentence_with_the_parameter(atlas: Atlas, query: str, message: str) -> None:
    assert faults(atlas, query) == [message]


@pytest.mark.parametrize(("name", "hint"), [("papr", "did you mean paper?"), ("zzz", "lang, paper, dpi")])
def test_the_hint_knows_the_parameters_of_the_format_too(atlas: Atlas, name: str, hint: str) -> None:
    with pytest.raises(InvalidView) as caught:
        atlas.view([(name, "a4")], extra=("paper", "dpi"))
    assert caught.value.issues[0].hint.endswith(hint)


def test_all_faults_come_at_once(atlas: Atlas) -> None:
    assert len(faults(atlas, "region=1&year=x&nonsense=1")) == 3


def test_pages_open_the_nearest_view_and_say_what_was_ignored(atlas: Atlas) -> None:
    view, ignored = atlas.view_leniently(parse_qsl("region=150600&year=x&colour=red"))
    assert (view.region, view.level, view.year) == ("150600", Level.COUNTY, 2025)
    assert [issue.where for issue in ignored] == ["colour", "year"]


def test_an_empty_field_of_a_form_is_one_left_out(atlas: Atlas) -> None:
    pairs = parse_qsl("region=150600&sel=&type=", keep_blank_values=True)
    assert atlas.view_leniently(pairs) == (atlas.view(parse_qsl("region=150600")), [])


@pytest.mark.parametrize(
    ("query", "year", "level"),
    [
        ("", 2025, Level.PREFECTURE),
        ("region=150600", 2025, Level.COUNTY),
        ("region=650000", 2015, Level.PREFECTURE),
        ("region=654200", 2025, Level.COUNTY),
        ("region=150621", 2025, Level.COUNTY),
    ],
)
def test_defaults_show_what_the_region_has(atlas: Atlas, query: str, year: int, level: Level) -> None:
    view = atlas.view(parse_qsl(query))
    assert (view.year, view.level) == (year, level)


def test_an_abolished_code_is_carried_to_its_successor(atlas: Atlas) -> None:
    assert atlas.view([("region", "654223")]).region == "654203"


def test_a_box_may_cross_the_antimeridian(atlas: Atlas) -> None:
    assert atlas.view([("bbox", "170,-10,-170,10")]).bbox == (170, -10, -170, 10)
