"""Names become codes by rules that hold for every region and every name of the made-up world."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.boundaries.gazetteer import (
    ALIAS_KINDS,
    WHOLE_REGION,
    AmbiguousName,
    Gazetteer,
    UnknownName,
    read_aliases,
)
from geoapp.errors import InvalidData, NotFound
from geoapp.model.region import CHINA, Adcode, Level
from tests.data.world import build_world
from tests.data.world_map import (
    BAIYUN,
    BAIYUNQIAN,
    CHENGBEI,
    CHENGZHONG,
    DONGHE,
    JIA,
    JIADONG,
    JIAXI,
    JILIN,
    PREFECTURES,
    PROVINCES,
    REGION_CODES,
    SHIZI,
    XIHE,
    YI,
    aliases,
    regions,
)

WORLD = build_world().gazetteer
codes = st.sampled_from((CHINA, *REGION_CODES))


def line(code: Adcode) -> list[Adcode]:
    """A region and all above it, walked by its parents."""
    found = [code]
    while (parent := WORLD.regions[found[-1]].parent) is not None:
        found.append(parent)
    return found


@given(codes, codes)
def test_within_is_being_below_or_the_same(code: Adcode, region: Adcode) -> None:
    assert WORLD.is_within(code, region) is (region in line(code))
    assert [each.adcode for each in WORLD.parents(code)] == line(code)[1:]
    assert (code in {child.adcode for child in WORLD.children(region)}) is (WORLD.regions[code].parent == region)


@given(codes, st.sampled_from([Level.PROVINCE, Level.PREFECTURE, Level.COUNTY]))
def test_the_divisions_of_a_level_are_all_of_them_in_order(region: Adcode, level: Level) -> None:
    found = [each.adcode for each in WORLD.at_level(region, level)]
    assert found == sorted(code for code in WORLD.regions if level in WORLD[code].levels and region in line(code))


def test_levels_of_the_odd_ones() -> None:
    assert WORLD[SHIZI].levels == (Level.PREFECTURE, Level.COUNTY)
    assert WORLD[YI].levels == (Level.PROVINCE, Level.PREFECTURE)
    assert [each.adcode for each in WORLD.children(JIA)] == [JIADONG, JIAXI, SHIZI]
    assert set(PREFECTURES) == {each.adcode for each in WORLD.at_level(CHINA, Level.PREFECTURE)}
    assert set(PROVINCES) == {each.adcode for each in WORLD.at_level(CHINA, Level.PROVINCE)}


@given(st.sampled_from(REGION_CODES), codes)
def test_an_official_name_resolves_to_its_region_or_is_said_to_be_ambiguous(code: Adcode, within: Adcode) -> None:
    name = WORLD[code].name
    bearers = {each for each in REGION_CODES if WORLD[each].name == name and within in line(each)}
    if code not in bearers:
        return
    if len(bearers) == 1 or within in bearers:
        assert WORLD.resolve(f" {name} ", within).adcode == (within if within in bearers else code)
    else:
        with pytest.raises(AmbiguousName) as caught:
            WORLD.resolve(name, within)
        assert all(each in str(caught.value) for each in bearers)


@given(st.sampled_from(REGION_CODES), codes)
def test_no_name_leads_out_of_the_plans_region(code: Adcode, within: Adcode) -> None:
    for name, found in WORLD.names(within).items():
        assert all(within in line(each) for each in found), name
    if within not in line(code):
        names = {WORLD[each].name for each in REGION_CODES if within in line(each)}
        if WORLD[code].name not in names:
            with pytest.raises(UnknownName):
                WORLD.resolve(WORLD[code].name, within)


@pytest.mark.parametrize("word", sorted(WHOLE_REGION))
def test_a_word_for_the_whole_means_the_plans_region(word: str) -> None:
    for within in (JIA, JIADONG, DONGHE):
        assert WORLD.resolve(word, within).adcode == within


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("东州", JIA, JIADONG),
        ("东州", JIADONG, JIADONG),
        ("东河", JIADONG, DONGHE),
        ("旧河县", JIAXI, XIHE),
        ("甲西地区直", JIA, JIAXI),
        ("𠮷林", JIA, JILIN),
        ("城", JIADONG, CHENGZHONG),
        ("白云前", JIAXI, BAIYUNQIAN),
        ("白云", JIAXI, BAIYUN),
    ],
)
def test_short_old_and_composite_names(name: str, within: Adcode, code: Adcode) -> None:
    assert WORLD.resolve(name, within).adcode == code


def test_an_alias_outranks_what_the_boundaries_say() -> None:
    """甲西 is short for a prefecture and for its county; somebody vouched for the prefecture."""
    assert WORLD.resolve("甲西", JIA).adcode == JIAXI
    without = Gazetteer(regions(), [each for each in aliases() if each.alias != "甲西"])
    with pytest.raises(AmbiguousName, match="'甲西' has 2 meanings in 甲省: 甲西地区 910200、甲西市 910201"):
        without.resolve("甲西", JIA)
    # And over an official name, too: the vouched one is the document's use of the word.
    renamed = replace(aliases()[0], alias="白云旗", adcode=BAIYUNQIAN, within=JIA)
    assert Gazetteer(regions(), [renamed]).resolve("白云旗", JIA).adcode == BAIYUNQIAN


def test_the_plans_own_name_is_the_plans_region() -> None:
    twins = [replace(each, name="甲东市") if each.adcode == DONGHE else each for each in regions()]
    assert Gazetteer(twins).resolve("甲东市", JIADONG).adcode == JIADONG


def test_a_short_name_of_one_character_is_nobodys_and_an_old_code_is_no_name() -> None:
    for name in ("甲", "乙", "910299"):
        with pytest.raises(UnknownName):
            WORLD.resolve(name, JIA)


def test_a_near_name_is_suggested_and_a_far_one_is_not() -> None:
    with pytest.raises(UnknownName) as caught:
        WORLD.resolve("东何县", JIADONG)
    assert caught.value.hint.startswith("did you mean 东河县 910121? or add it")
    with pytest.raises(UnknownName) as caught:
        WORLD.resolve("完全别处", JIADONG)
    assert caught.value.hint == "add it to shapes/aliases.csv if the document really uses it"


@pytest.mark.parametrize(
    ("text", "within", "found"),
    [
        ("白云前旗和白云旗", JIAXI, [("白云前旗", BAIYUNQIAN), ("白云旗", BAIYUN)]),
        ("白云旗、白云前旗、白云旗", JIAXI, [("白云旗", BAIYUN), ("白云前旗", BAIYUNQIAN), ("白云旗", BAIYUN)]),
        ("东河县西河县", JIADONG, [("东河县", DONGHE)]),
        ("东河县西河县", JIA, [("东河县", DONGHE), ("西河县", XIHE)]),
        ("城中区", JIA, []),
        ("城中区", JIADONG, [("城中区", CHENGZHONG)]),
        ("𠮷林县东州", JIA, [("𠮷林县", JILIN), ("东州", JIADONG)]),
        ("", JIA, []),
    ],
)
def test_the_longest_name_wins_in_running_text(text: str, within: Adcode, found: list[tuple[str, str]]) -> None:
    assert WORLD.find(text, within) == found


def test_old_codes_and_unknown_codes() -> None:
    assert WORLD.successor("910299") == XIHE
    assert WORLD.successor(XIHE) is None
    with pytest.raises(NotFound, match=r"910299 is an old code \(旧河县\); use 910221 西河县"):
        WORLD["910299"]
    with pytest.raises(NotFound, match=r"no division has the code '910129'; did you mean 910122 𠮷林县\?"):
        WORLD["910129"]
    with pytest.raises(NotFound, match="a code has six digits such as 150600"):
        WORLD["zzz"]
    assert DONGHE in WORLD
    assert "910299" not in WORLD


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("910120", "910121"),
        ("910123", "910122"),
        ("910109", "910102"),
        ("910188", "910122"),
        ("910999", "910000"),
        ("929999", "920000"),
        ("999999", None),
        ("91012x", None),
        ("９１０１２１", None),
    ],
)
def test_the_nearest_code_is_of_the_same_beginning_or_none(code: str, near: str | None) -> None:
    found = WORLD.nearest(code)
    assert (found and found.adcode) == near


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(("alias,adcode,kind,within,valid_until,note", *rows, "")), encoding="utf-8")
    return path


def test_aliases_are_read_as_written_and_every_fault_is_named(tmp_path: Path) -> None:
    rows = [f"名{kind},910100,{kind},910000,2018-06-30,注" for kind in ALIAS_KINDS]
    found = read_aliases(write(tmp_path / "a.csv", *rows))
    assert [(each.alias, each.adcode, each.kind, each.within, each.valid_until, each.note) for each in found] == [
        (f"名{kind}", "910100", kind, "910000", "2018-06-30", "注") for kind in ALIAS_KINDS
    ]
    with pytest.raises(InvalidData) as caught:
        read_aliases(write(tmp_path / "b.csv", "a,910100,x,910000,,", "b,910100,short,910000,,", "c,910100,y,910000,,"))
    assert [issue.where for issue in caught.value.issues] == ["row 2, column kind", "row 4, column kind"]
    (tmp_path / "c.csv").write_text("alias,code\n", encoding="utf-8")
    with pytest.raises(InvalidData, match="row 1: unexpected columns"):
        read_aliases(tmp_path / "c.csv")


def test_every_alias_of_an_unknown_code_is_named() -> None:
    wrong = [replace(aliases()[0], adcode=Adcode("999999")), replace(aliases()[1], within=Adcode("888888"))]
    with pytest.raises(InvalidData) as caught:
        Gazetteer(regions(), wrong)
    assert [issue.problem[:6] for issue in caught.value.issues] == ["999999", "888888"]


def test_the_smallest_division_around_some() -> None:
    assert WORLD.around([CHENGBEI, DONGHE]) == JIADONG
    assert WORLD.around([CHENGBEI, XIHE]) == JIA
    assert WORLD.around([JIADONG, CHENGBEI]) == JIADONG
    assert WORLD.around([CHENGBEI, CHENGBEI]) == JIADONG
    assert WORLD.around([JIA, YI]) == WORLD.around([]) == CHINA


def test_divisions_of_a_level_are_the_callers_own_list() -> None:
    gazetteer = build_world().gazetteer
    first = gazetteer.at_level(CHINA, Level.COUNTY)
    first.clear()
    assert gazetteer.at_level(CHINA, Level.COUNTY) == [
        each for _, each in sorted(gazetteer.regions.items()) if Level.COUNTY in each.levels
    ]
    assert gazetteer.at_level(Adcode("999999"), Level.COUNTY) == []
