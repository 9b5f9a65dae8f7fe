"""Maps that stand together: the same value looks the same on all of them."""

from dataclasses import replace

from geoapp.analysis.resolved_view import ViewResolver
from geoapp.analysis.side_by_side import show_together
from geoapp.analysis.value_scale import shown_number
from geoapp.atlas import Atlas
from geoapp.portrayal import legend


def shown(atlas: Atlas, *queries: dict[str, str]):
    resolver = ViewResolver(atlas.dataset, atlas.gazetteer, atlas.resolver)
    return show_together(resolver, [atlas.view(list(query.items())) for query in queries])


def test_circles_of_two_regions_are_to_one_scale(atlas: Atlas) -> None:
    one, other = shown(
        atlas, {"region": "640200", "indicator": "cut_cod"}, {"region": "620600", "indicator": "cut_cod"}
    )
    assert one.scale == other.scale
    assert one.scale.largest == 2100
    assert other.own.target is not None
    assert other.own.target.value == 300
    assert legend.method(one).say("zh") == "圆面积与数值成正比，与同册各图同一比例"


def test_counties_of_a_book_keep_the_colours_of_the_whole(atlas: Atlas) -> None:
    counties = atlas.view([("region", "150600"), ("layers", "none")])
    resolver = ViewResolver(atlas.dataset, atlas.gazetteer, atlas.resolver)
    whole = resolver.show(counties)
    colours = {}
    for area in whole.areas:
        page = resolver.show(replace(counties, region=area.region.adcode), whole.scale)
        assert legend.area_fill(page.areas[0], page) == legend.area_fill(area, whole), area.region.name
        colours[area.resolution.number] = legend.area_fill(area, whole)[1]
    assert len({colours[value] for value in (5, 10, 18, 26)}) == 4


def test_views_of_different_indicators_keep_their_own(atlas: Atlas) -> None:
    one, other = shown(atlas, {"region": "150600"}, {"region": "150600", "indicator": "new_energy_added"})
    assert not one.scale.shared
    assert not other.scale.shared


def test_classes_hold_the_values_of_every_view(atlas: Atlas) -> None:
    one, other = shown(atlas, {"region": "150600"}, {"region": "650000", "year": "2015"})
    values = [number for each in (one, other) for a in each.answers if (number := shown_number(a))]
    intervals = one.classes.intervals
    assert intervals == other.classes.intervals
    assert min(interval.low for interval in intervals) == min(values)
    assert max(interval.high for interval in intervals) == max(values)
