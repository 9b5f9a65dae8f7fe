"""The legend of the made-up world counts every area once, and every area looks as its line says."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.analysis.resolution.labels import format_number
from geoapp.analysis.resolved_view import ResolvedView
from geoapp.model.region import Adcode
from geoapp.portrayal import legend, palette
from geoapp.portrayal.style import LEAST_TYPE, Style, bracketed, is_dark
from tests.data.world import World, build_world, changed, goal
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIADONG, JILIN
from tests.data.world_rows import JIADONG25

WORLD = build_world()
FOUR = (CHENGZHONG, CHENGBEI, DONGHE, JILIN)


def shown(indicator: str, *values: float | None, whole: float | None = None, unit: str = "%") -> ResolvedView:
    """What the four counties of 甲东市 show when they have these goals."""
    made = [goal(JIADONG25, code, indicator, value, f"{value:g}", unit=unit, direction="reach")
            for code, value in zip(FOUR, values, strict=False) if value is not None]  # fmt: skip
    if whole is not None:
        made.append(goal(JIADONG25, JIADONG, indicator, whole, f"{whole:g}", unit=unit, direction="reach"))
    return changed(WORLD.dataset, targets=tuple(made)).show(
        f"region={JIADONG}&indicator={indicator}&year=2025&level=county"
    )


def sizes(resolved: ResolvedView) -> list[tuple[str, int]]:
    return [(line.label.say("zh"), line.count) for line in legend.entries(resolved) if line.look == "symbol"]


@pytest.mark.parametrize("indicator", [each.id for each in WORLD.dataset.indicators if each.draw != "none"])
@pytest.mark.parametrize(
    "region", ["910000&level=county", "910000", "910100", "910200", "920000&level=county", "910121"]
)
def test_every_area_is_counted_in_the_line_it_looks_like(indicator: str, region: str) -> None:
    resolved = WORLD.show(f"region={region}&indicator={indicator}&year=2025")
    circled = indicator in {each.id for each in WORLD.dataset.indicators if each.draw == "symbol"}
    drawn: Counter[str] = Counter()
    for area in resolved.areas:
        amount = circled and area.resolution.status == "own" and area.rank is not None and area.rank >= 0
        drawn["symbol" if amount else legend.area_fill(area, resolved)[0]] += 1
    said: Counter[str] = Counter()
    for line in legend.entries(resolved):
        said[line.look] += line.count
    assert +said == +drawn
    assert sum(said.values()) == len(resolved.areas)


def test_the_colour_of_an_area_is_that_of_its_line(world: World) -> None:
    for indicator in ("ei_gdp_cut", "coal_share", "net_import_change", "nonfossil_share"):
        resolved = world.show(f"region={JIADONG}&indicator={indicator}&year=2025&level=county")
        lines = {line.key: line for line in legend.entries(resolved)}
        for area in resolved.areas:
            line = lines[legend.area_key(area, resolved)]
            look, colour = legend.area_fill(area, resolved)
            assert look == line.look
            assert colour == line.colour


def test_darker_is_more_and_less_than_nothing_has_a_ramp_of_its_own(world: World) -> None:
    resolved = world.show(f"region={JIADONG}&indicator=net_import_change&year=2025")
    lines = [line for line in legend.entries(resolved) if line.look == "fill"]
    assert len(lines) == 3
    below, above = [line.colour for line in lines[:2]], [line.colour for line in lines[2:]]
    assert set(below) <= set(palette.RAMPS["ochre"])
    assert set(above) <= set(palette.RAMPS["green"])

    def dark(colour: str) -> float:
        return -sum(int(colour[i : i + 2], 16) for i in (1, 3, 5))

    assert dark(below[0]) > dark(below[1]), "the farther from zero the darker"
    cut = [line.colour for line in legend.entries(world.show(f"region={JIADONG}&year=2025")) if line.look == "fill"]
    assert cut == sorted(cut, key=dark)


@pytest.mark.parametrize(
    ("indicator", "ramp"),
    [
        ("reuse_rate", "blue"),
        ("ei_gdp_level", "ochre"),
        ("uec_steel", "ochre"),
        ("coal_share", "green"),
        ("sun", "ochre"),
    ],
)
def test_the_ramp_is_chosen_by_meaning(world: World, indicator: str, ramp: str) -> None:
    known = {each.id: each for each in world.dataset.indicators}
    found = known.get(indicator) or replace(known["coal_share"], sector="ground")
    assert palette.ramp_of(found) == ramp


@given(st.integers(0, 6), st.integers(0, 3))
def test_as_many_colours_as_classes_and_none_twice(classes: int, below: int) -> None:
    indicator = WORLD.resolver.indicators["ei_gdp_cut"]
    below = min(below, classes)
    if classes - below > 5:
        return
    found = palette.colours(indicator, classes, below)
    assert len(found) == classes
    assert len(set(found)) == classes
    assert all(colour in {*palette.RAMPS["ochre"], *palette.RAMPS["green"]} for colour in found)
    if classes > 1 and not below:
        assert (found[0], found[-1]) == (palette.RAMPS["green"][0], palette.RAMPS["green"][-1])


# Circles


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ((100, 25, 6), [("100", 1), ("20", 1), ("5", 1)]),
        ((100, 20, 5), [("100", 1), ("20", 1), ("5", 1)]),
        ((100, 19.9, 4.9), [("100", 1), ("20", 0), ("5", 2)]),
        ((100, 100, 100), [("100", 3), ("20", 0), ("5", 0)]),
        ((100, 99.9, 1), [("100", 1), ("20", 1), ("5", 1)]),
        ((4, 1), [("2", 1), ("1", 1)]),
    ],
)
def test_an_amount_of_just_a_step_belongs_to_that_step(values: tuple[float, ...], lines: list[tuple[str, int]]) -> None:
    assert sizes(shown("wind_capacity", *values, unit="万千瓦")) == lines


@given(st.lists(st.integers(1, 100_000), min_size=1, max_size=4))
def test_circles_count_every_amount_and_fall_in_size(values: list[int]) -> None:
    lines = [line for line in legend.entries(shown("wind_capacity", *values, unit="万千瓦")) if line.look == "symbol"]
    assert sum(line.count for line in lines) == len(values)
    amounts = [float(line.label.say("zh").replace(",", "")) for line in lines]
    assert amounts == sorted(amounts, reverse=True)
    assert [line.size for line in lines] == sorted((line.size for line in lines), reverse=True)
    for line, amount in zip(lines, amounts, strict=True):
        assert line.size**2 / lines[0].size ** 2 == pytest.approx(amount / amounts[0]), "areas are as the amounts"
        assert amount >= 1, "there is no half a unit where all are whole"


def test_zeros_and_words_have_lines_of_their_own() -> None:
    resolved = shown("wind_capacity", 0, 5, unit="万千瓦")
    keys = {line.key: line.count for line in legend.entries(resolved)}
    assert {key: count for key, count in keys.items() if count} == {"size-0": 1, "zero": 1, "none": 2}
    worded = WORLD.show(f"region={JIADONG}&indicator=water_grade&year=2025")
    assert {line.key: line.count for line in legend.entries(worded)} == {"worded": 2, "none": 2}


# Lent, withheld, missing


def test_states_have_their_looks_and_words(world: World) -> None:
    withheld = legend.entries(world.show("region=910200&year=2025"))
    assert [(line.key, line.look, line.count) for line in withheld] == [("not_published", "dots", 5)]
    missing = legend.entries(world.show("region=920000&level=county&year=2025"))
    assert [(line.key, line.look, line.count) for line in missing] == [("not_collected", "empty", 2)]
    lent = next(line for line in legend.entries(world.show(f"region={JIADONG}&year=2025")) if line.key == "parent")
    assert (lent.look, lent.count) == ("hatch", 1)


def test_one_lent_value_is_hatched_in_its_colour_and_several_in_grey(world: World) -> None:
    one = world.show("region=910200&indicator=coal_share&year=2025")
    line = next(line for line in legend.entries(one) if line.key == "parent")
    assert line.colour == legend.class_colour(one.areas[0].rank, one) != palette.LENT
    several = world.show("region=910000&level=county&indicator=coal_share&year=2025")
    assert {area.resolution.target.value for area in several.areas if area.resolution.status == "parent"} == {50, 55}
    line = next(line for line in legend.entries(several) if line.key == "parent")
    assert line.colour == palette.LENT
    assert legend.lent_colour(several) == ""


def test_what_is_counted_lacks_no_target(world: World) -> None:
    counted, planned = (world.resolver.indicators[name] for name in ("d_park_count", "ei_gdp_cut"))
    assert legend.state_words(counted, "none") == legend.NONE_NAMED
    assert legend.state_words(planned, "none") == legend.STATES["none"][0]
    assert legend.state_words(planned, "parent") == legend.STATES["parent"][0]
    assert counted.counted
    assert not world.resolver.indicators["d_gap"].counted


def test_the_method_is_said(world: World) -> None:
    few = world.show(f"region={JIADONG}&year=2025")
    amounts = world.show(f"region={JIADONG}&indicator=wind_capacity&year=2025")
    nothing = world.show("region=920000&level=county&year=2025")
    many = shown("ei_gdp_cut", 1, 2, 3, 4)
    assert legend.method(few) == legend.METHODS["unique"]
    assert legend.method(amounts) == legend.AREA_METHOD
    assert legend.method(nothing) == legend.METHODS["none"]
    assert legend.method(many) == legend.METHODS["unique"]


def test_a_class_prints_both_its_ends(world: World) -> None:
    codes = [each.adcode for each in world.gazetteer.at_level(Adcode("910000"), "county")]
    made = [
        goal(JIADONG25, code, "nonfossil_share", n * n, f"{n * n}", direction="reach")
        for n, code in enumerate(codes, 1)
    ]
    resolved = changed(world.dataset, targets=tuple(made)).show(
        "region=910000&level=county&indicator=nonfossil_share&year=2025"
    )
    lines = [line for line in legend.entries(resolved) if line.look == "fill"]
    assert legend.method(resolved) == legend.METHODS["fisher_jenks"]
    for line, interval in zip(lines, resolved.classes.intervals, strict=True):
        ends = dict.fromkeys(format_number(end) for end in (interval.low, interval.high))
        assert [end for end in ends if end in line.label.say("zh").split("～")] == list(ends)
        assert line.count == sum(interval.low <= each.value <= interval.high for each in made if each.value is not None)


# Sizes and inks


def test_type_grows_more_slowly_than_paper_and_is_never_too_small() -> None:
    usual, double, tiny = Style.of(800, 550), Style.of(1600, 1100), Style.of(80, 55)
    assert usual.k == 0.5
    assert 0.5 < double.k < 1.0
    assert Style.of(800, 5500).k == usual.k, "the shorter side decides"
    assert tiny.k == Style.of(8, 5).k
    assert tiny.type(1) == LEAST_TYPE
    assert usual.px(10) == 5
    assert usual.type(20) == 10


@pytest.mark.parametrize(
    ("colour", "dark"),
    [
        ("#000000", True),
        ("#ffffff", False),
        ("#0b463e", True),
        ("#e8f3da", False),
        ("#00ff00", False),
        ("#0000ff", True),
        ("#ff0000", True),
    ],
)
def test_white_words_stand_on_dark_colours(colour: str, dark: bool) -> None:
    assert is_dark(colour) is dark


def test_brackets_of_the_language() -> None:
    assert (bracketed("%", "zh"), bracketed("%", "en")) == ("（%）", " (%)")
