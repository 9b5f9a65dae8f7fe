"""Map law, one test a rule (公开地图内容表示规范; research/users.md §3.1)."""

import csv
from pathlib import Path as File

import numpy as np
import pytest
import shapely

from geoapp.model.region import Level
from geoapp.sheets.fonts import measure
from geoapp.sheets.paper import Sheet
from geoapp.sheets.scene.base.extents import HAINAN_ISLAND
from geoapp.sheets.scene.labels.around import NOT_DIVISIONS
from geoapp.sheets.scene.primitives import Path

NATIONAL = ["region=100000", "region=100000&level=province", "region=100000&bbox=73,3,136,54"]
SHEETS = [{}, {"paper": "a4"}, {"paper": "a4", "orientation": "portrait"}, {"paper": "16x9"}]
FRAMES = [(query, sheet) for query in NATIONAL for sheet in SHEETS]


def group(scene, name):
    return next((each for each in scene.groups if each.id == name), None)


def dashes(scene, name):
    """The dashes drawn in a group, as lines whole inside what the group shows."""
    found = group(scene, name)
    return [] if found is None else [line for item in found.items if is_dash(item) for line in item.lines]


def is_dash(item):
    return isinstance(item, Path) and item.stroke == "#55534b" and not item.dash


@pytest.mark.parametrize(("query", "sheet"), FRAMES)
def test_a_national_frame_shows_the_complete_dash_line(scene_of, map_of, query, sheet):
    laid, scene = map_of(query, **sheet), scene_of(query, **sheet)
    if laid.rules.south_sea:
        assert len(dashes(scene, "south-china-sea")) == 10
        box = laid.canvas.layout.inset
        points = np.vstack(dashes(scene, "south-china-sea"))
        assert (points >= (box.x0, box.y0)).all()
        assert (points <= (box.x1, box.y1)).all()
    else:
        assert laid.rules.whole
        assert len(dashes(scene, "national-lines")) == 10
        points = np.vstack(dashes(scene, "national-lines"))
        window = laid.canvas.window
        assert (points > (window.x0, window.y0)).all()
        assert (points < (window.x1, window.y1)).all()


@pytest.mark.parametrize(("query", "sheet"), FRAMES)
def test_a_national_frame_shows_taiwan_and_the_islands(map_of, query, sheet):
    canvas = map_of(query, **sheet).canvas
    whole = canvas.window
    for lon, lat in ((121.0, 23.7), (123.47, 25.75), (124.56, 25.92), (109.8, 19.2), (135.08, 48.4), (73.5, 39.4)):
        x, y = canvas.at(lon, lat)
        assert whole.x0 < x < whole.x1, (lon, lat)
        assert whole.y0 < y < whole.y1, (lon, lat)
    taiwan = canvas.shapes["710000"]
    assert shapely.area(taiwan) > 20
    assert min(part.bounds[0] for part in shapely.get_parts(taiwan)) > whole.x0
    assert shapely.get_num_geometries(taiwan) > 10


@pytest.mark.parametrize(("query", "sheet"), FRAMES)
def test_nothing_covers_the_country(map_of, query, sheet):
    laid = map_of(query, **sheet)
    canvas = laid.canvas
    land = shapely.union_all([shapely.make_valid(shape) for shape in canvas.shapes.values()])
    plane = canvas.base.projection.shapes(np.array([canvas.base_maps.lines()["dash"]], dtype=object))
    line = canvas.layout.placement.shapes(plane)[0]
    for box in canvas.layout.boxes:
        assert shapely.area(shapely.intersection(land, shapely.box(*box))) == 0
        if laid.rules.whole:
            assert not shapely.intersects(line, shapely.box(*box))


@pytest.mark.parametrize(("query", "sheet"), FRAMES)
def test_a_main_map_beside_an_inset_reaches_the_south_of_hainan(map_of, query, sheet):
    laid = map_of(query, **sheet)
    if laid.rules.south_sea:
        _, y = laid.canvas.at(109.6, HAINAN_ISLAND[1])
        assert y < laid.canvas.window.y1


@pytest.mark.parametrize("query", ["region=460000", "region=100000&bbox=108,17,112,21"])
def test_a_hainan_frame_carries_the_inset(scene_of, query):
    assert len(dashes(scene_of(query), "south-china-sea")) == 10
    words = [item.text for item in group(scene_of(query), "south-china-sea").items if hasattr(item, "text")]
    assert words[-1] == "南海诸岛"


@pytest.mark.parametrize("query", ["region=100000", "region=460000"])
def test_the_inset_draws_nothing_outside_its_box(scene_of, query):
    items = group(scene_of(query), "south-china-sea").items
    box = items[0].lines[0]
    points = np.vstack([line for item in items if isinstance(item, Path) for line in item.lines])
    assert (points >= box.min(axis=0) - 0.01).all()
    assert (points <= box.max(axis=0) + 0.01).all()


def test_a_frame_of_sansha_shows_the_complete_dash_line(scene_of, map_of):
    points = np.vstack(dashes(scene_of("region=460300"), "national-lines"))
    window = map_of("region=460300").canvas.window
    assert len(dashes(scene_of("region=460300"), "national-lines")) == 10
    assert (points > (window.x0, window.y0)).all()
    assert (points < (window.x1, window.y1)).all()


def test_sheets_of_other_provinces_carry_no_such_inset(atlas, scene_of):
    provinces = [each for each in atlas.gazetteer.at_level("100000", Level.PROVINCE) if each.adcode != "460000"]
    assert len(provinces) == 33
    carrying = [
        each.name
        for each in provinces
        if group(scene_of(f"region={each.adcode}&level=province&layers=none"), "south-china-sea")
    ]
    assert carrying == []


def test_the_small_map_of_the_country_is_whole_too(scene_of, composer):
    scene = scene_of("region=150600")
    assert len(dashes(scene, "locator")) == 10
    country = composer.base_maps.country((73.4, 3.4, 135.1, 53.6))
    box = group(scene, "locator").items[0].lines[0]
    land = group(scene, "locator").items[1]
    assert len(land.lines) >= country.kept.sum()
    points = np.vstack(land.lines)
    assert (points >= box.min(axis=0)).all()
    assert (points <= box.max(axis=0)).all()


def test_the_undetermined_boundary_is_drawn_as_such(scene_of):
    lines = group(scene_of("region=650000&year=2015"), "national-lines")
    assert [bool(item.dash) for item in lines.items] == [True]


def test_boundaries_are_told_apart_by_weight(scene_of):
    country = group(scene_of("region=100000"), "outline").items
    province, nation = country[0].width, country[1].width
    prefecture = group(scene_of("region=100000"), "boundaries").items[1].width
    assert nation > province > prefecture


def test_a_sheet_says_that_it_is_internal_until_it_was_reviewed(atlas, composer):
    from dataclasses import replace

    from geoapp.sheets.paper import Sheet

    resolved = atlas.show(atlas.view([("region", "640200")]))
    plain = [text.text for text in composer.compose(resolved, Sheet()).texts()]
    assert "内部工作底稿" in plain
    assert not any(text.startswith("审图号：") for text in plain)
    reviewed = composer.compose(
        resolved, replace(Sheet(), review_no="蒙S（2026）001号", maker="能源局", date="2026-03-31")
    )
    words = [text.text for text in reviewed.texts()]
    assert "审图号：蒙S（2026）001号" in words
    assert "内部工作底稿" not in words
    assert any(text.startswith("制图：能源局 2026-03-31；数据版本 ") for text in words)


PROVINCES = [
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
    "台湾",
]
LEVELS = ["province", "prefecture", "county"]


def texts(scene, *names):
    return [text.text for text in scene.texts() if not names or any(text in group(scene, n).items for n in names)]


@pytest.mark.parametrize("level", LEVELS)
def test_every_province_is_named_once_on_a_map_of_the_country(scene_of, level):
    scene = scene_of(f"region=100000&level={level}&layers=none")
    named = texts(scene, "neighbour-names", "labels")
    for name in PROVINCES:
        assert sum(text.startswith(name) for text in named if "资料" not in text and len(text) < 9) == 1, name
    assert len(PROVINCES) == 34


def test_a_province_with_a_label_of_its_own_has_no_second_name(scene_of):
    named = texts(scene_of("region=100000&level=province"), "neighbour-names", "labels")
    for name in PROVINCES:
        assert sum(text.startswith(name) and "资料" not in text for text in named) == 1, name


@pytest.mark.parametrize("level", LEVELS)
def test_a_national_theme_without_taiwan_says_so_and_names_the_islands(scene_of, level):
    scene = scene_of(f"region=100000&level={level}&layers=none")
    assert {"台湾省资料暂缺", "钓鱼岛", "赤尾屿"} <= set(texts(scene, "neighbour-names"))
    if group(scene, "south-china-sea"):
        inset = {"东沙群岛", "西沙群岛", "中沙群岛", "南沙群岛", "黄岩岛", "曾母暗沙", "南海诸岛"}
        assert inset <= set(texts(scene, "south-china-sea"))


def test_a_map_in_one_piece_names_the_islands_of_the_south(scene_of):
    scene = scene_of("region=100000&layers=none", paper="a4", orientation="portrait")
    assert {"东沙群岛", "西沙群岛", "中沙群岛", "南沙群岛", "黄岩岛", "曾母暗沙"} <= set(
        texts(scene, "neighbour-names")
    )


def test_foreign_land_is_no_water_and_neighbours_are_named(scene_of):
    scene = scene_of("region=650000&year=2015&layers=none")
    water, foreign = (group(scene, name).items[0].fill for name in ("water", "foreign-land"))
    assert water != foreign
    assert {"哈萨克斯坦", "蒙古"} <= set(texts(scene, "neighbour-names"))
    english = scene_of("region=650000&year=2015&layers=none&lang=en")
    assert {"Kazakhstan", "Mongolia"} <= set(texts(english, "neighbour-names"))


def test_no_foreign_land_lies_along_our_coast(atlas, composer):
    """Two sources never draw one coast: what is left between them is water."""
    land = composer.base_maps.abroad()[0]
    for lon, lat in ((114.05, 22.5), (121.0, 25.2), (113.6, 22.2), (119.3, 25.6), (122.1, 37.0), (110.5, 20.2)):
        assert shapely.distance(land, shapely.Point(lon, lat)) > 0.5, (lon, lat)
    assert shapely.contains_xy(land, 76.9, 43.2), "Almaty"


@pytest.mark.parametrize("query", ["region=620600&layers=none", "region=620000&layers=none"])
def test_a_farm_is_not_labelled_like_a_division(scene_of, query):
    assert not any("马场" in text or "保护区" in text for text in texts(scene_of(query)))


def test_what_is_no_division_is_what_the_fixes_say():
    path = File(__file__).parents[4] / "shapes" / "code_fixes.csv"
    with path.open(encoding="utf-8") as file:
        pseudo = {row["new_code"] for row in csv.DictReader(file) if row["kind"] == "pseudo_unit"}
    assert pseudo == NOT_DIVISIONS


def test_a_box_has_its_locator_and_ground_under_arrow_and_bar(scene_of):
    scene = scene_of("region=100000&bbox=60,30,100,55&layers=none")
    assert group(scene, "locator") is not None
    assert len(group(scene, "plates").items) == 2


def test_a_sheet_at_county_scale_says_that_its_lines_are_generalised(scene_of):
    assert any("界线为概括表示" in text for text in texts(scene_of("region=659012"), "sources"))
    assert not any("界线为概括表示" in text for text in texts(scene_of("region=150600"), "sources"))


def test_the_picture_of_a_document_is_as_large_as_its_sheet_and_names_as_much(atlas, composer):
    """新疆 2015 in Word: the map fills its frame, and the key is read whole."""
    resolved = atlas.show(atlas.view([("region", "650000"), ("year", "2015")]))
    sheet = Sheet(width=442, height=300, bare=True)
    laid = composer.map(resolved, sheet)
    outline = shapely.bounds(laid.canvas.outline)
    window = laid.canvas.window
    share = max((outline[2] - outline[0]) / window.width, (outline[3] - outline[1]) / window.height)
    assert share > 0.65
    for text in composer.compose(resolved, sheet).texts():
        if text.anchor == "start" and not text.turn:
            assert text.x + measure(text.text, text.size, text.bold) <= sheet.width + 0.5, text.text
