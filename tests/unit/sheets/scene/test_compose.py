"""What stands on a sheet: every state with its own look, honest points, sources, nothing hidden."""

import pytest
import shapely

from geoapp.errors import InvalidView
from geoapp.model.plan import Project
from geoapp.portrayal import legend
from geoapp.portrayal.alt_text import alt_text
from geoapp.sheets.scene.labels.names import area_labels
from geoapp.sheets.scene.primitives import Circle, Path, Text


def group(scene, name):
    return next((each for each in scene.groups if each.id == name), None)


def words(scene, name=""):
    return [text.text for text in scene.texts() if not name or text in group(scene, name).items]


def areas(scene):
    return {item.id: item for item in group(scene, "areas").items if isinstance(item, Path) and item.id}


def test_the_furniture_is_complete(scene_of):
    scene = scene_of("region=150600")
    assert {each.id for each in scene.groups if each.items} >= {
        "water", "neighbours", "areas", "boundaries", "outline", "labels", "places", "frame", "scale-bar", "north",
        "locator", "legend", "title", "sources", "neighbour-names",
    }  # fmt: skip
    text = "\n".join(words(scene))
    for part in (
        "鄂尔多斯市“十四五”单位GDP能耗累计降低率",
        "2025年比2020年，基本目标，单位：%；鄂尔多斯市目标 16.5%",
        "资料来源：《鄂尔多斯市“十四五”节能减排综合工作实施方案》（2022-11-29）",
        "天地图",
        "兰勃特等积方位投影",
        "数据版本 ",
        "榆林市",
        "北",
        "千米",
        "110°E",
        "40°N",
    ):
        assert part in text


def test_the_legend_is_the_webs(atlas, scene_of):
    resolved = atlas.show(atlas.view([("region", "150600")]))
    wording = words(scene_of("region=150600"), "legend")
    for entry in legend.entries(resolved):
        assert entry.label.say("zh") in wording
        assert str(entry.count) in wording


@pytest.mark.parametrize(
    ("query", "looks"),
    [
        ("region=150600", {"own": 7, "rings": 2}),
        ("region=654200", {"hatch": 7}),
        ("region=620600", {"dots": 4}),
        ("region=650000&year=2015", {"own": 15, "dashes": 11}),
    ],
)
def test_each_state_has_a_look_of_its_own(scene_of, map_of, query, looks):
    from collections import Counter

    resolved = map_of(query).canvas.resolved
    found = Counter(legend.area_fill(area, resolved)[0].replace("fill", "own") for area in resolved.areas)
    assert found == looks
    patterned = sum(count for look, count in looks.items() if look in ("hatch", "dots", "rings", "dashes"))
    items = group(scene_of(query), "areas").items
    assert sum(isinstance(item, Path) and not item.id for item in items) == patterned


def test_a_missing_value_is_not_painted_as_a_value(scene_of):
    fills = {item.fill for item in areas(scene_of("region=650000&year=2015&level=prefecture")).values()}
    assert "#f1efe9" in fills
    assert "#000000" not in fills


def test_a_parents_value_is_not_printed_as_the_countys(scene_of):
    assert not any("13.5" in text for text in words(scene_of("region=654200"), "labels"))
    assert any("塔城地区目标 13.5%" in text for text in words(scene_of("region=654200"), "title"))


def test_coarse_points_stand_in_their_county_and_look_it(map_of):
    laid = map_of("region=150600")
    resolved = laid.canvas.resolved
    exact = {each.point.id for each in laid.labels.exact}
    assert exact == {point.id for point in (*resolved.parks, *resolved.projects) if point.precision in ("site", "town")}
    listed = {point.id: each for each in laid.labels.placed for point in each.label.points}
    coarse = [point for point in (*resolved.parks, *resolved.projects) if point.precision == "county"]
    assert coarse
    for point in coarse:
        assert listed[point.id].label.area.region.adcode == point.adcode


def test_a_mark_is_solid_only_where_the_place_is_known():
    from geoapp.sheets.scene.glyphs import mark

    for precision, solid in (("site", True), ("town", True), ("county", False), ("prefecture", False)):
        ring = mark("storage", precision, 0, 0, 10)[1]
        assert isinstance(ring, Circle)
        assert (ring.dash == ()) is solid
        assert bool(ring.fill) is solid


def test_a_project_of_several_counties_is_counted_once_on_a_sheet(atlas, map_of):
    laid = map_of("region=100000&indicator=d_project_count&year=2025")
    for each in area_labels(laid.canvas.resolved, piled=True):
        projects = sum(isinstance(point, Project) for point in each.points)
        assert not projects or each.words == f"{projects}个", "the symbol says what the label says"
    counts = {item.words: item.count for item, _ in laid.plate.items}
    assert (counts["园区"], counts["项目"]) == ("26", "70")
    assert "项目70个" in alt_text(laid.canvas.resolved), "those of another period are on neither"


def test_a_project_of_several_counties_stands_in_each(map_of):
    named = [
        point.name for each in area_labels(map_of("region=150600").canvas.resolved, False) for point in each.points
    ]
    assert named.count("鄂尔多斯大型风电光伏基地") == 4
    counts = {item.words: item.count for item, _ in map_of("region=150600").plate.items}
    assert counts["风光基地（分布在4个县）"] == "1"


def test_points_that_cannot_be_placed_are_counted_in_words(map_of, scene_of):
    resolved = map_of("region=640200").canvas.resolved
    hidden = [point for point in resolved.projects if point.precision == "prefecture"]
    wording = words(scene_of("region=640200"), "legend")
    assert "另有只知所在地市或省区、未落图：" in wording
    assert any(text == f"项目 {len(hidden)}" or text.endswith(f"、项目 {len(hidden)}") for text in wording)


def test_amounts_are_symbols_whose_area_is_the_value(scene_of, map_of):
    query = "region=150000&level=prefecture&indicator=coal_unit_retrofit"
    canvas = map_of(query).canvas
    from geoapp.sheets.scene.areas import symbols_of

    assert [round(each.radius / canvas.scale.k) for each in symbols_of(canvas)] == [34]
    assert {
        item.fill for item in areas(scene_of("region=150000&level=prefecture&indicator=coal_unit_retrofit")).values()
    } == {"#f1efe9"}


def test_the_selected_area_is_outlined(scene_of):
    strokes = [item.stroke for item in group(scene_of("region=150600&sel=150621"), "outline").items]
    assert strokes == ["#2b3434", "#a93b25"]


def test_the_projection_keeps_areas(atlas, composer):
    from pyproj import Geod

    geod = Geod(ellps="GRS80")
    for code, level in (("150600", "county"), ("650000", "prefecture"), ("100000", "province")):
        base = composer.base_maps.base(code, level, None)
        for adcode in list(base.areas)[:5]:
            shape = atlas.store.geometry(level, "full" if code == "150600" else "lo")[adcode]
            true = abs(geod.geometry_area_perimeter(shape)[0]) / 1e6
            assert shapely.area(base.areas[adcode]) == pytest.approx(true, rel=0.002)


@pytest.mark.parametrize("query", ["region=640200&bbox=0,0,1,1", "region=100000&bbox=170,10,-170,30"])
def test_an_empty_view_says_so(scene_of, query):
    assert "本视图没有可显示的地区" in words(scene_of(query), "notice")


@pytest.mark.parametrize("query", ["region=150621", "region=820000", "region=659001", "region=710000&level=province"])
def test_a_region_with_one_area_is_a_sheet(map_of, query):
    laid = map_of(query)
    assert len(laid.labels.placed) == 1
    assert laid.labels.placed[0].how == "inside"


@pytest.mark.parametrize("level", ["prefecture", "county"])
def test_every_province_fits_a_sheet(atlas, map_of, level):
    for region in atlas.gazetteer.at_level("100000", "province")[::4]:
        laid = map_of(f"region={region.adcode}&level={level}&layers=none", paper="a4", dpi="72")
        assert not laid.labels.homeless
        assert laid.labels.key_width(laid.outer, laid.canvas.scale) <= laid.key + 0.01


def test_english_sheets_speak_english(scene_of):
    scene = scene_of("region=150600&lang=en")
    wording = words(scene, "sources")
    assert any("Tianditu (National Platform" in text for text in wording)


def test_a_title_with_markup_is_only_text(atlas, composer):
    from geoapp.sheets.paper import Sheet

    resolved = atlas.show(atlas.view([("region", "640200")]))
    scene = composer.compose(resolved, Sheet(title="<script>alert(1)</script>"))
    assert Text in {type(item) for item in group(scene, "title").items}
    assert words(scene, "title")[0] == "<script>alert(1)</script>"


@pytest.mark.parametrize(("title", "char"), [("节能🎉", "U+1F389"), ("مرحبا", "U+0645")])
def test_a_title_the_font_cannot_draw_is_refused(atlas, title, char):
    from geoapp.sheets.paper import Sheet

    with pytest.raises(InvalidView, match=f"title: the character .* \\({char.replace('+', '.')}\\)"):
        atlas.snapshot(atlas.view([("region", "640200")]), Sheet(title=title))


def test_glyphs_are_the_webs():
    import re
    from pathlib import Path as File

    from geoapp.sheets.scene.glyphs import GLYPHS

    source = (File(__file__).parents[4] / "geoapp/static/js/map/glyphs.js").read_text()
    assert dict(re.findall(r"^\s+(\w+): \"(M[^\"]+)\",$", source, re.M)) == GLYPHS


def test_an_english_sheet_cites_in_english_and_keeps_the_number(scene_of):
    below = "".join(words(scene_of("region=640200&lang=en"), "sources"))
    assert "Implementation Plan of Shizuishan for Energy Saving" in below
    assert "(石政发〔2022〕57号)" in below
    assert "《" not in below


def test_a_map_its_key_would_make_tiny_goes_without_names(map_of):
    small = map_of("region=410000&level=county", width="900", height="700")
    large = map_of("region=410000&level=county")
    assert any(each.number for each in large.labels.placed)
    assert not any(each.number for each in small.labels.placed)
    assert small.key == 0
