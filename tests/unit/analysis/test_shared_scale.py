"""A view on the scale of another year or tier of its indicator."""

import pytest

from geoapp.analysis.resolved_view import shown_number
from geoapp.atlas import Atlas
from geoapp.errors import InvalidView

ORDOS = [("region", "150600"), ("indicator", "ei_gdp_cut"), ("year", "2025")]


def test_both_tiers_have_the_same_classes_whichever_is_shown(atlas: Atlas) -> None:
    basic = atlas.show(atlas.view([*ORDOS, ("tier", "basic"), ("scale", "2025.incentive")]))
    best = atlas.show(atlas.view([*ORDOS, ("tier", "incentive"), ("scale", "2025.basic")]))
    alone = atlas.show(atlas.view([*ORDOS, ("tier", "basic")]))
    assert basic.classes == best.classes
    assert alone.classes != basic.classes
    values = [n for area in (*basic.areas, *best.areas) if (n := shown_number(area.resolution)) is not None]
    spans = [(interval.low, interval.high) for interval in basic.classes.intervals]
    assert all(value == 0 or any(low <= value <= high for low, high in spans) for value in values)


def test_a_scale_without_data_changes_nothing(atlas: Atlas) -> None:
    alone = atlas.show(atlas.view(ORDOS))
    assert atlas.show(atlas.view([*ORDOS, ("scale", "1999.basic")])).classes == alone.classes


@pytest.mark.parametrize("text", ["2025", "2025.best", "25.basic", ".basic", "2025.basic.more"])
def test_a_scale_that_means_nothing_is_refused(atlas: Atlas, text: str) -> None:
    with pytest.raises(InvalidView, match="scale"):
        atlas.view([*ORDOS, ("scale", text)])


def test_what_is_not_from_a_plan_has_no_scale_of_a_year(atlas: Atlas) -> None:
    with pytest.raises(InvalidView, match="scale"):
        atlas.view([("region", "150600"), ("indicator", "sun_noon"), ("scale", "2025.basic")])


def test_the_scale_is_part_of_the_query(atlas: Atlas) -> None:
    view = atlas.view([*ORDOS, ("scale", "2025.incentive")])
    assert "&scale=2025.incentive&" in view.query()
