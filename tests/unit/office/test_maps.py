"""The maps of a briefing: bare, at their final size, lawful, and never a reason to fail."""

import io
from urllib.parse import parse_qsl

import pytest
from PIL import Image

from geoapp.errors import InvalidView
from geoapp.office.maps import DPI, Imprint, Maps
from geoapp.sheets.paper import Sheet
from geoapp.sheets.scene.base.base_map import BaseMaps
from geoapp.sheets.scene.compose import Composer
from geoapp.sheets.scene.rules import rules_of


@pytest.fixture
def view(atlas):
    return atlas.view([("region", "640200")])


def texts(atlas, view, **sheet):
    scene = atlas.snapshots.scene(atlas.show(view), Sheet(width=442, height=300, bare=True, **sheet))
    return [text.text for text in scene.texts()]


def test_a_bare_map_has_no_title_and_no_sources_but_says_whether_it_may_be_shown(atlas, view):
    wording = "".join(texts(atlas, view))
    assert "石嘴山市“十四五”" not in wording
    assert "资料来源" not in wording
    assert "内部工作底稿" in wording
    assert "审图号：GS(2026)1号" in "".join(texts(atlas, view, review_no="GS(2026)1号"))
    assert Sheet(bare=True).key != Sheet().key


def test_a_bare_map_of_the_country_is_still_whole(atlas):
    resolved = atlas.show(atlas.view([("region", "100000")]))
    sheet = Sheet(width=442, height=300, bare=True)
    drawn = Composer(atlas.dataset, BaseMaps(atlas.store, atlas.gazetteer), atlas.rasters).map(resolved, sheet)
    assert drawn.rules in rules_of(resolved, drawn.canvas.base)
    assert drawn.rules.whole or drawn.rules.south_sea


def test_type_is_enlarged_where_there_is_room_and_else_kept(atlas, view):
    asked = []

    def draw(view, sheet):
        asked.append(sheet)
        if sheet.width < 500:
            raise InvalidView([])
        return b"png"

    picture = Maps(draw, Imprint(maker="甲"), "2026-01-01").first(view, [(206, 145)], 1.75, 1.35)
    assert (picture.png, picture.width, picture.height) == (b"png", 206, 145)
    assert [round(sheet.width) for sheet in asked] == [334, 433, 584]
    assert [sheet.pixels[0] for sheet in asked] == pytest.approx([206 / 25.4 * DPI] * 3, abs=4)
    assert {(sheet.maker, sheet.date, sheet.bare) for sheet in asked} == {("甲", "2026-01-01", True)}


def test_the_first_height_with_room_is_taken_and_the_last_leaves_out_what_it_must(atlas, view):
    maps, resolved = Maps(atlas.snapshots.snapshot, Imprint(), ""), atlas.show(view)
    picture = maps.first(resolved, [(156, 20), (156, 106)])
    assert (picture.width, picture.height) == (156, 106)
    assert Image.open(io.BytesIO(picture.png)).size == (1351, 918)
    tiny = maps.first(resolved, [(156, 20)])
    assert (tiny.width, tiny.height) == (156, 20)


def test_a_crowded_map_is_drawn_smaller_rather_than_not_at_all(view):
    widths = []

    def draw(_, sheet):
        widths.append(round(sheet.width))
        if sheet.width < 550:
            raise InvalidView([])
        return b"png"

    assert Maps(draw, Imprint(), "").first(view, [(156, 205)]).width == 156
    assert widths == [442, 590]


@pytest.mark.parametrize("query", ["region=650000&level=county", "region=410000&level=county", "region=460300"])
@pytest.mark.parametrize("size", [(442.0, 581.0), (584.0, 408.0)], ids=["page", "slide"])
def test_crowded_and_odd_areas_have_room(atlas, query, size):
    resolved = atlas.show(atlas.view(parse_qsl(query)))
    assert atlas.snapshots.scene(resolved, Sheet(width=size[0], height=size[1], bare=True)).groups
