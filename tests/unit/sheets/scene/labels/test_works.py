"""Works whose names find no room on the map are numbered, and named in the key."""

import pytest

from geoapp.model.plan import Park
from geoapp.sheets.paper import Sheet
from geoapp.sheets.scene.glyphs import is_exact


def texts(scene, name):
    return [text.text for group in scene.groups if group.id == name for text in group.items if hasattr(text, "text")]


def key_of(scene):
    """The key as number → name, its lines joined."""
    found, last = {}, ""
    for text in texts(scene, "key")[1:]:
        last = text if text.isdigit() else last
        if not text.isdigit() and text:
            found[last] = found.get(last, "") + text
    return found


@pytest.mark.parametrize("query", ["region=654200", "region=150600", "region=620600"])
def test_every_work_with_a_mark_has_its_name_on_the_sheet(scene_of, map_of, query):
    scene, resolved = scene_of(query), map_of(query).canvas.resolved
    named = set(key_of(scene).values()) | set(texts(scene, "labels"))
    for point in (*resolved.parks, *resolved.projects):
        if point.precision == "county" and not is_exact(point):
            assert point.name in named, point.name
    assert any(isinstance(point, Park) for point in resolved.parks)


def test_numbers_run_from_one_and_stand_on_the_map(scene_of):
    scene = scene_of("region=654200")
    numbers = [int(number) for number in key_of(scene)]
    assert numbers == list(range(1, len(numbers) + 1))
    shown = {text.strip() for text in texts(scene, "labels")}
    assert {str(number) for number in numbers} <= shown


def test_a_work_of_several_counties_has_one_number(scene_of):
    assert len(set(key_of(scene_of("region=150600")).values())) == len(key_of(scene_of("region=150600")))


def test_a_document_lists_its_works_in_tables(atlas, composer):
    resolved = atlas.show(atlas.view([("region", "654200")]))
    assert not composer.map(resolved, Sheet(width=442, height=300, bare=True)).labels.works


def rings(scene, name):
    """Radii of the rings of a group, the smallest first, each once."""
    return sorted(
        {
            round(each.radius, 2)
            for group in scene.groups
            if group.id == name
            for each in group.items
            if hasattr(each, "radius")
        }
    )


def test_a_mark_is_as_large_as_the_legend_says_of_its_power(scene_of):
    """托里 prints 120 万千瓦, 塔城's other works no power: their marks are 1 to 1.9, on the map and in the legend."""
    scene = scene_of("region=654200&fill=none&layers=projects&type=hydrogen,storage")
    marks, samples = rings(scene, "labels"), rings(scene, "legend")
    assert any(marks[-1] == pytest.approx(1.9 * each, rel=0.01) for each in marks), (
        "one beside it has the smallest form"
    )
    for scale in (1.2, 1.5, 1.9):
        assert any(each == pytest.approx(samples[-1] * scale / 1.9, rel=0.01) for each in samples)


def test_a_legend_without_powers_says_nothing_of_sizes(scene_of):
    scene = scene_of("region=654200&fill=none&layers=projects&type=hydropower")
    assert not [text for text in texts(scene, "legend") if "万千瓦" in text]
