"""Links: what is written is read back, defaults are what the region has, and every fault is named."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.analysis.nearest import explain, settle
from geoapp.analysis.query import BadValue, parse_bbox, read_number
from geoapp.errors import InvalidView
from geoapp.model.region import CHINA, Level
from geoapp.model.view import View
from geoapp.model.vocabulary import PROJECT_TYPES
from tests.data.world import World, build_world, changed
from tests.data.world_map import DONGHE, JIA, JIADONG, JILIN, REGION_CODES, SHIZI, XIHE, YI

WORLD = build_world()
POINTS = [point.id for point in (*WORLD.dataset.parks, *WORLD.dataset.projects)]
RANK = [Level.NATION, Level.PROVINCE, Level.PREFECTURE, Level.COUNTY]
degrees = st.integers(-1_800_000, 1_800_000).map(lambda n: n / 10_000)


@st.composite
def views(draw: st.DrawFn) -> View:
    """Views of every kind, as a reader could put them together."""
    region = WORLD.gazetteer[draw(st.sampled_from((CHINA, *REGION_CODES)))]
    top = min(RANK.index(level) for level in region.levels)
    box = None
    if draw(st.booleans()):
        south, north = sorted((draw(degrees) / 2, draw(degrees) / 2))
        box = tuple(float(f"{each:g}") for each in (draw(degrees), south, draw(degrees), north))
    indicator = draw(st.sampled_from([each.id for each in WORLD.dataset.indicators]))
    year = draw(st.integers(1900, 2100))
    figures = (indicator, year) in WORLD.resolver.reported  # published figures have no tier
    return View(
        region=region.adcode,
        indicator=indicator,
        year=year,
        tier="basic" if figures else draw(st.sampled_from(["basic", "incentive"])),
        level=draw(st.sampled_from([level for level in RANK[1:] if RANK.index(level) >= top])),
        layers=draw(st.sampled_from([(), ("parks",), ("projects",), ("parks", "projects"), ("projects", "parks")])),
        type=tuple(draw(st.lists(st.sampled_from(PROJECT_TYPES), unique=True, max_size=3))),
        programme=tuple(draw(st.lists(st.sampled_from(["zero_carbon", "circular"]), unique=True))),
        sel=draw(st.sampled_from(["", *REGION_CODES, *POINTS])),
        bbox=box,
        basemap=draw(st.sampled_from(["none", "tianditu"])),
        lang=draw(st.sampled_from(["zh", "en"])),
    )


@given(views())
def test_a_link_is_read_back_as_the_view_it_was_made_from(view: View) -> None:
    query = view.query()
    assert WORLD.view(query) == view
    assert WORLD.view(query).query() == query
    assert WORLD.reader.read_leniently(parse_qsl(query)) == (view, [])


@given(views())
def test_the_name_of_a_file_is_made_of_region_indicator_and_year(view: View) -> None:
    assert view.stem == f"{view.region}-{view.indicator}-{view.year}"
    assert view.stem.isascii()


@pytest.mark.parametrize(
    ("query", "level"),
    [
        ("", Level.PREFECTURE),
        (f"region={JIA}", Level.PREFECTURE),
        (f"region={JIADONG}", Level.COUNTY),
        (f"region={DONGHE}", Level.COUNTY),
        (f"region={SHIZI}", Level.COUNTY),
        (f"region={YI}", Level.PREFECTURE),
    ],
)
def test_a_region_opens_one_level_down(world: World, query: str, level: Level) -> None:
    assert world.view(query).level is level


@pytest.mark.parametrize(
    ("selection", "region"),
    [(DONGHE, JIADONG), (JIADONG, JIADONG), (SHIZI, JIA), ("jia-2021-2025-j01", JIADONG), ("jia-2021-2025-p01", JIA)],
)
def test_a_link_to_a_thing_alone_opens_around_it(world: World, selection: str, region: str) -> None:
    assert world.view(f"sel={selection}").region == region


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        (f"region={DONGHE}&level=prefecture", "use county"),
        (f"region={JIADONG}&level=province", "use prefecture or county"),
        (f"region={JIA}&level=province", None),
        (f"region={SHIZI}&level=prefecture", None),
        (f"region={YI}&level=province", None),
    ],
)
def test_no_level_above_the_region(world: World, query: str, allowed: str | None) -> None:
    if allowed is None:
        world.view(query)
        return
    with pytest.raises(InvalidView) as caught:
        world.view(query)
    assert [(issue.where, issue.hint) for issue in caught.value.issues] == [("level", allowed)]
    view, _ = world.reader.read_leniently(parse_qsl(query))
    assert view.level is Level.COUNTY


def test_an_old_code_leads_to_todays_region(world: World) -> None:
    assert world.view("region=910299").region == XIHE


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("layers=none,parks", None),
        ("layers=parks,parks", "layers"),
        ("type=gas,gas", "type"),
        ("programme=nothing", "programme"),
        ("year=999", "year"),
        ("year=20255", "year"),
        ("region=", "region"),
        ("opacity=50", "opacity"),
        ("opacity=x", "opacity"),
        ("opacity=101", "opacity"),
        ("opacity=-1", "opacity"),
        ("opacity=０", "opacity"),
        ("year=２０２５", "year"),
        ("raster=x", "raster"),
        ("nonsense=1", "nonsense"),
        ("lang=zh&lang=en", "lang"),
    ],
)
def test_every_fault_names_its_parameter(world: World, query: str, where: str | None) -> None:
    view, issues = world.reader.read_leniently(parse_qsl(query, keep_blank_values=True))
    assert [issue.where for issue in issues] == ([where] if where else [])
    assert view.query()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_read_as_json_writes_them(value: float) -> None:
    assert read_number(repr(value)) == value
    assert read_number(f"+{abs(value)!r}") == abs(value)


@pytest.mark.parametrize(
    "text", ["", " 1", "1 ", "1_0", "nan", "inf", "1e999", "٣", "１", "0x1", "1,0", "--1", ".", "1e"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - its message is the text itself
        read_number(text)
    assert str(caught.value) == text


def test_boxes_are_read_with_and_without_heights() -> None:
    assert parse_bbox("1,2,3,4") == parse_bbox("1,2,-99,3,4,99") == (1, 2, 3, 4)
    assert parse_bbox("-180,-90,180,90") == (-180, -90, 180, 90)
    assert parse_bbox("5,5,5,5") == (5, 5, 5, 5)
    assert parse_bbox("180,0,-180,1") == (180, 0, -180, 1)
    for text in ("-180.1,0,0,1", "0,0,180.1,1", "0,-90.1,0,0", "0,0,0,90.1", "0,2,1,1", "1,2,3", "1,2,3,4,5"):
        with pytest.raises(BadValue):
            parse_bbox(text)


CHOICES = {"a": {2015: ("basic",), 2025: ("basic", "incentive"), 2035: ("incentive",)}}


@pytest.mark.parametrize(
    ("year", "tier", "settled"),
    [
        (2025, "incentive", (2025, "incentive")),
        (2021, "basic", (2025, "basic")),
        (2020, "basic", (2025, "basic")),
        (2019, "basic", (2015, "basic")),
        (2015, "incentive", (2015, "basic")),
        (2099, "basic", (2035, "incentive")),
    ],
)
def test_the_nearest_year_with_data_and_the_later_of_two(year: int, tier: str, settled: tuple[int, str]) -> None:
    view = View(indicator="a", year=year, tier="incentive" if tier == "incentive" else "basic")
    found, said = settle(view, CHOICES, [("year", str(year)), ("tier", tier)])
    assert (found.year, found.tier) == settled
    words = [each.say("zh") for each in said]
    assert len(words) == (found.year != year) + (found.tier != tier)
    assert all(str(year) in word or ("激励" if tier == "incentive" else "基本") in word for word in words)
    assert settle(view, CHOICES, [])[1] == [], "of what nobody asked for nothing is said"
    assert settle(view, {}, [("year", str(year))]) == (view, [])


def test_what_was_ignored_is_said_with_what_is_shown_instead(world: World) -> None:
    given_pairs = parse_qsl("colour=red&year=x&year=2025&lang=fr&region=123456&opacity=50")
    view, issues = world.reader.read_leniently(given_pairs)
    said = [each.say("zh") for each in explain(issues, given_pairs, view)]
    assert said == [
        "没有“colour”这个参数",
        "参数“year”给了不止一次，只看第一个",
        "“lang=fr”无法使用，改用“zh”",
        "“region=123456”无法使用，改用“100000”",
        "“opacity=50”无法使用",
    ]


def test_the_default_year_has_goals_here(world: World) -> None:
    region = world.gazetteer
    assert world.reader.periods.usual_year(region[JIADONG], "ei_gdp_cut") == 2025
    assert world.reader.periods.usual_year(region[JILIN], "wind_capacity") == 2025
    assert world.reader.periods.usual_year(region[YI], "wind_capacity") == 2025


def test_a_new_plan_with_a_few_rows_does_not_push_a_fuller_period_aside(world: World) -> None:
    goals = [target for target in world.dataset.targets if target.indicator == "ei_gdp_cut"]
    assert max(target.target_year for target in goals) == 2030
    assert world.view("").year == 2025
    assert world.view(f"region={JIA}").year == 2025
    assert "2030" in str(world.show("").choices["ei_gdp_cut"]), "the new period is offered"
    later = [replace(each, id=f"{each.id}-later", target_year=2030, base_year=2025) for each in goals]
    fuller = changed(
        world.dataset, targets=(*world.dataset.targets, *later, *(replace(e, id=f"{e.id}-b") for e in later))
    )
    assert fuller.view("").year == 2030
