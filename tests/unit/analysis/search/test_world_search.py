"""What a reader types finds what is meant, in the made-up world: order, places, kinds, odd characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.analysis.search.names import english, squeeze
from geoapp.analysis.search.results import Hit
from geoapp.analysis.search.searcher import Searcher
from geoapp.analysis.search.spelling import INITIALS, INITIALS_START, INSIDE, START, WHOLE, spell
from tests.data.world import build_world
from tests.data.world_map import CHENGBEI, DONGHE, JIADONG, JIAXI, REGION_CODES, XIHE
from tests.data.world_rows import HOSTILE, JIADONG25, JIAXI25

WORLD = build_world()
SEARCHER = Searcher(WORLD.dataset, WORLD.gazetteer)


def found(text: str, limit: int = 50, lang: str = "zh") -> list[Hit]:
    return SEARCHER.search(text, limit, lang)


def ids(text: str, kind: str = "") -> list[str]:
    return [hit.id for hit in found(text) if not kind or hit.kind == kind]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("甲东市", JIADONG),
        ("东州", JIADONG),
        ("旧河县", XIHE),
        ("910299", XIHE),
        ("910121", DONGHE),
        ("东河", DONGHE),
        ("donghexian", DONGHE),
        ("白云前旗", "910224"),
        ("白云旗", "910223"),
        ("𠮷林县", "910122"),
        ("甲西", JIAXI),
        ("ei_gdp_cut", "ei_gdp_cut"),
        ("jiadong-2021-2025", JIADONG25),
        ("甲西地区“十四五”方案", JIAXI25),
        ("虚政发〔2022〕17号", JIADONG25),
        ("城北工业园区", f"{JIADONG25}-p01"),
        (HOSTILE, f"{JIADONG25}-p02"),
        ("@SUM(A1)", f"{JIADONG25}-j01"),
    ],
)
def test_the_first_result_is_what_was_meant(text: str, first: str) -> None:
    assert ids(text)[0] == first


@pytest.mark.parametrize("code", REGION_CODES)
def test_a_code_leads_to_its_region_and_its_middle_to_none(code: str) -> None:
    assert ids(code)[0] == code
    for part in (code[1:4], code[1:5], code[2:6], code[1:]):
        assert code not in ids(part, "region"), part
    assert code in ids(code[:4], "region")


def test_one_name_of_three_places_gives_all_three_with_where_they_are() -> None:
    hits = [hit for hit in found("城中区") if hit.kind == "region"]
    assert [(hit.id, hit.where) for hit in hits[:3]] == [
        ("910101", "甲省 · 甲东市"),
        ("910202", "甲省 · 甲西地区"),
        ("920101", "乙市"),
    ]


def test_exact_before_beginning_before_inside_before_related() -> None:
    assert ids("白云", "region") == ["910223", "910224"]
    assert [hit.name for hit in found("东河")][:3] == ["东河县", "东河县“十四五”方案", "东河水电站"]
    ends = [hit.kind for hit in found("工业园区")]
    assert ends[0] == "park"
    kinds = ids("zero_carbon")
    assert kinds == []
    assert ids("零碳园区", "park") == [f"{JIADONG25}-p01", f"{JIADONG25}-p02"]


def test_names_before_kinds_of_work() -> None:
    hits = ids("类型hydropower", "project")
    assert set(hits) == {work.id for work in WORLD.dataset.projects if work.type == "hydropower"}


def test_what_plans_speak_of_comes_before_what_they_do_not() -> None:
    regions = ids("市", "region")
    spoken = {t.adcode for t in WORLD.dataset.targets} | {p.adcode for p in WORLD.dataset.projects}
    ranks = [code in spoken for code in regions]
    assert ranks == sorted(ranks, reverse=True)
    assert regions.index(JIADONG) < regions.index("920000")


def test_several_words_must_all_be_there_and_no_region_answers_to_them() -> None:
    assert ids("东河县 水电站") == [f"{'jia-2021-2025'}-j01"]
    assert ids("甲东市 城北") == ids("城北 甲东市")
    assert set(ids("甲东市 城北")) == {f"{JIADONG25}-p01", *(f"{JIADONG25}-j{n}" for n in ("01", "03", "26"))}
    assert ids("东河县 储能站") == []


def test_a_hit_says_what_it_is_in_both_languages() -> None:
    park = found("城北工业园区")[0]
    assert (park.kind, park.adcode, park.where) == ("park", CHENGBEI, "甲省 · 甲东市 · 城北区 · 零碳园区")
    plan = found(JIADONG25)[0]
    assert (plan.adcode, plan.where, plan.url) == (JIADONG, "甲东市政府 · 2021–2025", f"/plans/{JIADONG25}")
    english_plan = found(JIADONG25, lang="en")[0]
    assert (english_plan.name, english_plan.where) == ("Plan of jiadong-2021-2025", "Government · 2021–2025")
    assert english_plan.url == f"/plans/{JIADONG25}?lang=en"
    indicator = found("ei_gdp_cut", lang="en")[0]
    assert (indicator.adcode, indicator.where, indicator.url) == (
        None,
        "energy · [%]",
        "/indicators/ei_gdp_cut?lang=en",
    )
    work = found("东河水电站")[0]
    assert (work.where, work.url) == ("甲省 · 甲东市 · 东河县 · 类型hydropower", "/projects/jia-2021-2025-j01")
    assert found("旧河县")[0].where == "甲省 · 甲西地区 · 旧名旧河县"
    assert found("910299")[0].where == "甲省 · 甲西地区 · 旧码910299"
    assert found("东州")[0].where == "甲省"
    assert found("甲省")[0].where == ""


def test_english_words_match_from_their_start() -> None:
    assert "ei_gdp_cut" in ids("cut", "indicator")
    assert "ei_gdp_cut" not in ids("ut", "indicator")
    assert {hit.id for hit in found("plan of jia") if hit.kind == "plan"} >= {JIADONG25}


def test_the_limit_holds_and_takes_the_best() -> None:
    for limit in (1, 3, 7):
        assert [hit.id for hit in found("甲", limit)] == ids("甲")[:limit]


@given(st.text(max_size=12))
def test_no_text_breaks_a_search(text: str) -> None:
    hits = found(text, 5)
    assert len(hits) <= 5
    if not squeeze(text):
        assert hits == []


@given(st.sampled_from([region.name for region in WORLD.dataset.regions if region.adcode != "100000"]))
def test_a_region_is_found_by_its_name_however_it_is_spaced_or_wide(name: str) -> None:
    code = {region.adcode for region in WORLD.dataset.regions if region.name == name}
    for text in (name, f" {name} ", "　".join(name), f"“{name}”"):
        assert ids(text)[0] in code


@given(st.text())
def test_what_does_not_count_is_gone_from_a_squeezed_text(text: str) -> None:
    assert not set(squeeze(text)) & set(" \t“”‘’\"'·《》()[]〔〕,、-")
    assert "  " not in english(text)
    assert english(text) == english(text).strip()


@pytest.mark.parametrize(
    ("letters", "fit"),
    [
        ("donghexian", WHOLE),
        ("dong", START),
        ("dongh", START),
        ("d", START),
        ("dhx", INITIALS),
        ("dh", INITIALS_START),
        ("hexian", INSIDE),
        ("xian", INSIDE),
        ("ong", None),
        ("h", None),
        ("hx", None),
        ("x", None),
        ("donghexiann", None),
    ],
)
def test_how_letters_fit_a_name(letters: str, fit: int | None) -> None:
    (spelling,) = spell("东河县", place=True)
    assert spelling.fit(letters) == fit


def test_places_are_read_as_places() -> None:
    assert spell("单县", place=True)[0].full == "shanxian"
    assert spell("库尔勒", place=True)[0].full == "kuerle"
    assert spell("都匀", place=True)[0].full.startswith("du")
    assert spell("Abc 1", place=True) == []
    assert [each.initials for each in spell("长春", place=True)] == ["cc", "zc"]
    assert len(spell("长期储能", place=False)) == 1
    assert spell("2号机组", place=False)[0].full == "2haojizu"
