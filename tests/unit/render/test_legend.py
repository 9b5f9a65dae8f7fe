"""Legends of the real plans."""

from geoapp.atlas import Atlas
from geoapp.render import legend


def shown(atlas: Atlas, **given: str):  # type: ignore[no-untyped-def]
    return atlas.show(atlas.view(list(given.items())))


def test_zero_is_a_line_of_its_own_with_a_pattern(atlas: Atlas) -> None:
    lines = legend.entries(shown(atlas, region="150600", indicator="ei_gdp_cut"))
    zero = next(line for line in lines if line.key == "zero")
    assert (zero.look, zero.count) == ("rings", 2)


def test_each_state_has_another_look(atlas: Atlas) -> None:
    lines = legend.entries(shown(atlas, level="county", indicator="ei_gdp_cut"))
    looks = {line.key: line.look for line in lines if not line.key.startswith("class")}
    assert looks == {"zero": "rings", "parent": "hatch", "not_published": "dots", "none": "empty"}


def test_amounts_are_sizes_in_proportion_to_area(atlas: Atlas) -> None:
    view = shown(atlas, indicator="cut_cod", level="prefecture")
    sizes = [line for line in legend.entries(view) if line.look == "symbol"]
    assert sizes
    for line in sizes:
        value = float(line.label.say("zh").replace(",", ""))
        assert line.size**2 * legend.largest(view) == value or abs(line.size**2 - value / legend.largest(view)) < 1e-9
    assert legend.method(view).say("zh") == "圆面积与数值成正比"
    assert not any(line.look == "fill" for line in legend.entries(view))


def test_the_legend_counts_every_area_once(atlas: Atlas) -> None:
    for region in ("150600", "640200", "620600", "654200", "650000"):
        view = shown(atlas, region=region)
        assert sum(line.count for line in legend.entries(view)) == len(view.areas)
