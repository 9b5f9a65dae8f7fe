"""Legends of the real plans."""

import re
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from geoapp.atlas import Atlas
from geoapp.portrayal import legend, palette
from geoapp.sheets.scene import fills

PATTERNS = Path(__file__).resolve().parents[3] / "geoapp" / "static" / "js" / "map" / "patterns.js"


def resolved(atlas: Atlas, **given: str):
    return atlas.show(atlas.view(list(given.items())))


def test_zero_is_a_line_of_its_own_with_a_pattern(atlas: Atlas) -> None:
    lines = legend.entries(resolved(atlas, region="150600", indicator="ei_gdp_cut"))
    zero = next(line for line in lines if line.key == "zero")
    assert (zero.look, zero.count) == ("rings", 2)


def test_each_state_has_another_look(atlas: Atlas) -> None:
    lines = legend.entries(resolved(atlas, level="county", indicator="ei_gdp_cut"))
    looks = {line.key: line.look for line in lines if not line.key.startswith("class")}
    assert looks == {
        "zero": "rings",
        "parent": "hatch",
        "not_published": "dots",
        "none": "dashes",
        "not_collected": "empty",
    }


def test_amounts_are_sizes_in_proportion_to_area(atlas: Atlas) -> None:
    view = resolved(atlas, indicator="cut_cod", level="prefecture")
    sizes = [line for line in legend.entries(view) if line.look == "symbol"]
    assert sizes
    for line in sizes:
        value = float(line.label.say("zh").replace(",", ""))
        assert line.size**2 * view.scale.largest == value or abs(line.size**2 - value / view.scale.largest) < 1e-9
    assert legend.method(view).say("zh") == "圆面积与数值成正比"
    assert not any(line.look == "fill" for line in legend.entries(view))


def test_the_legend_counts_every_area_once(atlas: Atlas) -> None:
    for region in ("150600", "640200", "620600", "654200", "650000"):
        view = resolved(atlas, region=region)
        assert sum(line.count for line in legend.entries(view)) == len(view.areas)


@pytest.mark.parametrize("region", ["150600", "640200", "620600", "654200", "650000"])
def test_every_area_looks_as_its_legend_line_says(atlas: Atlas, region: str) -> None:
    seen = list(resolved(atlas, region=region).choices)
    assert len(seen) > 15
    for indicator in seen:
        view = resolved(atlas, region=region, indicator=indicator)
        circles = [area for area in view.areas if view.indicator.draw == "symbol" and is_amount(area)]
        drawn = Counter("symbol" if area in circles else legend.area_fill(area, view)[0] for area in view.areas)
        wording: Counter[str] = Counter()
        for line in legend.entries(view):
            wording[line.look] += line.count
        assert +drawn == +wording, indicator


def is_amount(area) -> bool:
    return area.resolution.status == "own" and area.rank is not None and area.rank >= 0


def test_the_least_circle_takes_what_is_less(atlas: Atlas) -> None:
    view = resolved(atlas, region="654200", indicator="d_project_count")
    sizes = [line.count for line in legend.entries(view) if line.look == "symbol"]
    assert sum(sizes) == sum(map(is_amount, view.areas)) == 7


def test_no_circle_stands_for_half_a_park(atlas: Atlas) -> None:
    lines = legend.entries(resolved(atlas, region="150600", indicator="d_park_count"))
    assert [line.label.say("zh") for line in lines if line.look == "symbol"] == ["5", "2", "1"]


def test_a_region_where_nothing_is_named_lacks_no_target(atlas: Atlas) -> None:
    wording = {
        name: next(
            line.label.say("zh")
            for line in legend.entries(resolved(atlas, region="150600", indicator=name))
            if line.key == "none"
        )
        for name in ("d_project_count", "d_park_count")
    }
    assert set(wording.values()) == {"文件没有点名"}


def test_hatching_is_in_the_colour_of_the_value_that_is_lent(atlas: Atlas) -> None:
    view = resolved(atlas, region="654200")
    parent = next(line for line in legend.entries(view) if line.key == "parent")
    assert {legend.area_fill(area, view) for area in view.areas} == {("hatch", parent.colour)}
    assert parent.colour in palette.RAMPS["green"]
    assert legend.class_colour(None, view) == palette.LENT
    assert legend.class_colour(-1, view) == palette.LENT_ZERO


def test_the_browser_draws_the_same_patterns() -> None:
    text = PATTERNS.read_text(encoding="utf-8")
    zonals = re.search(r"const PAPER = \{(.*?)\}", text)
    assert zonals is not None
    assert dict(re.findall(r'(\w+): "(#\w+)"', zonals[1])) == fills.FILLS
    for colour in (fills.DOT, fills.RING, fills.RULE):
        assert colour in text
    for key, look in legend.AREA_FILLS.items():
        if look != "empty":
            assert re.search(rf'=== "{key}".*return url\("{look}"', text), key


def contrast(colour: str) -> float:
    """Contrast of a colour on the white ground of hatching (WCAG 2)."""
    srgb = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in srgb)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@pytest.mark.parametrize("ramp", palette.RAMPS.values(), ids=palette.RAMPS)
def test_hatching_of_every_class_is_seen_and_keeps_its_order(ramp: tuple[str, ...]) -> None:
    assert palette.PARENT == "#ffffff"
    found = [contrast(fills.hatch_ink(colour)) for colour in ramp]
    assert found[0] >= 1.6
    assert all(dark / light > 1.25 for light, dark in pairwise(found))
    assert found[-1] / contrast(ramp[-1]) < 1.05


def test_the_browser_hatches_in_the_same_ink() -> None:
    text = PATTERNS.read_text(encoding="utf-8")
    factor, power = fills.SHADE
    assert f"1 + {factor:g} * (0.299 * red + 0.587 * green + 0.114 * blue) ** {power:g}" in text
    assert "fill: hatchInk(colour)" in text
    code = text[text.index("export function hatchInk") : text.index("function node")].replace("export ", "")
    colours = [colour for ramp in palette.RAMPS.values() for colour in ramp] + [palette.LENT, palette.LENT_ZERO]
    asked = f"{code}; console.log({colours}.map(hatchInk).join())"
    wording = subprocess.run(["node", "-e", asked], check=True, capture_output=True, text=True).stdout
    assert wording.strip().split(",") == [fills.hatch_ink(colour) for colour in colours]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_view_of_works_alone_says_nothing_of_classes(atlas: Atlas, lang: str) -> None:
    assert legend.method(resolved(atlas, region="654200", fill="none")).say(lang) == ""
