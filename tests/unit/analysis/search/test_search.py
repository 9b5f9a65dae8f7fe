"""What a planner types leads to what is meant."""

import sys
from collections.abc import Callable

import pytest

from geoapp.analysis.search.names import english, squeeze
from geoapp.analysis.search.searcher import Searcher
from geoapp.analysis.search.spelling import INITIALS, INSIDE, START, WHOLE, spell
from geoapp.atlas import Atlas
from geoapp.model.region import Adcode


@pytest.fixture(scope="module")
def searcher(atlas: Atlas) -> Searcher:
    return Searcher(atlas.dataset, atlas.gazetteer)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("达拉特旗", "150621"),
        ("达拉特", "150621"),
        ("达旗", "150621"),
        ("150621", "150621"),
        (" １５０６２１ ", "150621"),
        ("dltq", "150621"),
        ("dalate", "150621"),
        ("Da La Te", "150621"),
        ("eeds", "150600"),
        ("kangbashi", "150603"),
        ("aletai", "654300"),
        ("xinjiang", "650000"),
        ("wuwei", "620600"),
        ("沙湾县", "654203"),
        ("654223", "654203"),
        ("吐鲁番地区", "650400"),
        ("巴州", "652800"),
        ("塔城", "654200"),
        ("伊犁州直", "654000"),
        ("鄂托克旗", "150624"),
        ("鄂托克前旗", "150623"),
        ("changsha", "430100"),
        ("ei_gdp_cut", "ei_gdp_cut"),
        ("单位GDP能耗累计降低率", "ei_gdp_cut"),
        ("石政发〔2022〕57号", "shizuishan-2021-2025"),
        ("石政发[2022]57号", "shizuishan-2021-2025"),
        ("wuwei-2021-2025", "wuwei-2021-2025"),
        ("ordos-2021-2025-p003", "ordos-2021-2025-p003"),
        ("鄂托克经济开发区", "ordos-2021-2025-p003"),
        ("能耗", "ei_gdp_cut"),
    ],
)
def test_the_first_result_is_what_was_meant(searcher: Searcher, text: str, first: str) -> None:
    assert searcher.search(text, 1, "zh")[0].id == first


def test_parks_come_before_indicators_that_speak_of_them(searcher: Searcher) -> None:
    hits = searcher.search("零碳", 3, "zh")
    assert (hits[0].kind, hits[0].where.split(" · ")[-1]) == ("park", "零碳示范园区")
    ends = [hit.name.endswith("工业园区") for hit in searcher.search("工业园区", 5, "zh")]
    assert ends == [True] * 5


def test_a_result_says_what_and_where_it_is(searcher: Searcher) -> None:
    hit = searcher.search("沙湾县", 1, "zh")[0]
    assert (hit.kind, hit.id, hit.adcode, hit.name) == ("region", "654203", "654203", "沙湾市")
    assert hit.where == "新疆维吾尔自治区 · 塔城地区 · 旧名沙湾县"
    assert hit.url == "/regions/654203"


def test_results_keep_the_language(searcher: Searcher) -> None:
    hit = searcher.search("energy intensity", 1, "en")[0]
    assert hit.kind == "indicator"
    assert hit.name.startswith("Energy intensity")
    assert hit.url.endswith("?lang=en")


def test_exact_beats_prefix_beats_inside(searcher: Searcher) -> None:
    names = [hit.name for hit in searcher.search("塔城", 50, "zh")]
    assert names[:2] == ["塔城地区", "塔城市"]
    begun = max(number for number, name in enumerate(names) if name.startswith("塔城"))
    inside = min(number for number, name in enumerate(names) if "塔城" in name and not name.startswith("塔城"))
    assert begun < inside


def test_what_is_written_beats_what_is_spelt(searcher: Searcher) -> None:
    hits = searcher.search("coal", 50, "en")
    assert hits
    assert all("coal" in hit.name.casefold() for hit in hits if hit.kind == "indicator")
    assert hits[0].kind == "indicator"


def test_regions_that_plans_speak_of_come_first(searcher: Searcher) -> None:
    hits = [hit for hit in searcher.search("新", 50, "zh") if hit.name.startswith("新") or hit.adcode == "650000"]
    assert hits[0].adcode == "650000"


def test_english_words_match_from_their_start(searcher: Searcher) -> None:
    assert all(hit.kind != "indicator" for hit in searcher.search("nergy", 50, "en"))


def test_several_words_must_all_be_there(searcher: Searcher) -> None:
    hits = searcher.search("沙湾 水电", 50, "zh")
    assert {hit.kind for hit in hits} == {"project"}
    assert {hit.adcode for hit in hits} == {"654203"}
    assert len(hits) == 5


def test_a_kind_of_work_finds_its_works(searcher: Searcher, atlas: Atlas) -> None:
    ids = {hit.id for hit in searcher.search("hydropower", 50, "en")}
    assert ids == {work.id for work in atlas.dataset.projects if work.type == "hydropower"}


@pytest.mark.parametrize("text", ["", "   ", "“”", "\t\n", "火星上的地方", "zzzzqqq", "\x00", "<script>"])
def test_nothing_found_is_nothing(searcher: Searcher, text: str) -> None:
    assert searcher.search(text, 10, "zh") == []


def test_the_limit_holds(searcher: Searcher) -> None:
    assert len(searcher.search("市", 7, "zh")) == 7


MOST_CALLS = 60_000
"""For 3,254 divisions and 300 records; spelling a name out again for each question would take some millions."""


def test_a_warm_search_spells_nothing_again(searcher: Searcher) -> None:
    for question in ["区", "a", "s", "dltq", "沙湾 水电", "6", "energy intensity", "shi"]:
        searcher.search(question, 10, "zh")
        assert _calls(lambda text=question: searcher.search(text, 10, "zh")) < MOST_CALLS, question


def _calls(work: Callable[[], object]) -> int:
    """Return how many functions a piece of work calls, Python's and C's."""
    count = 0

    def tell(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tell)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    ("letters", "fit"),
    [("kuerleshi", WHOLE), ("kuer", START), ("kels", INITIALS), ("leshi", INSIDE), ("uerle", None), ("z", None)],
)
def test_spelling_fits(letters: str, fit: int | None) -> None:
    assert spell("库尔勒市", place=True)[0].fit(letters) == fit


def test_a_character_with_two_readings_is_found_by_both() -> None:
    assert {each.full for each in spell("长兴县", place=True)} == {"changxingxian", "zhangxingxian"}


def test_names_are_compared_in_one_form() -> None:
    assert squeeze("“十四五” 节能－减排〔２０２２〕") == squeeze("十四五节能-减排[2022]")
    assert english("Energy–intensity  of GDP") == "energy–intensity of gdp"


@pytest.mark.parametrize(
    ("text", "code"),
    [("Dalad", "150621"), ("ordos", "150600"), ("Urumqi", "650100"), ("ürümqi", "650100"), ("Ejin Horo", "150627")],
)
def test_english_names_find_divisions(atlas: Atlas, text: str, code: str) -> None:
    first = next(hit for hit in atlas.search(text, 10, "en").hits if hit.kind == "region")
    assert first.id == code
    assert first.name == atlas.gazetteer[Adcode(code)].name_en


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("鄂尔多思", "150600"),
        ("准葛尔旗", "150622"),
        ("大拉特旗", "150621"),
        ("ordoss", "150600"),
        ("eerdousi", "150600"),
        ("新疆维吾尔自冶区", "650000"),
        ("非化石能原消费比例", "nonfossil_share"),
    ],
)
def test_one_wrong_character_finds_what_is_nearest_and_says_so(searcher: Searcher, text: str, first: str) -> None:
    found = searcher.ask(text, 5, "zh")
    assert found.near
    assert first in [hit.id for hit in found.hits]
    assert found.said is not None
    assert found.said.say("zh") == f"没有叫“{text}”的；下面是只差一个字符的名称"


@pytest.mark.parametrize("text", ["火星", "qqq", "达其", "150629", "石政发〔2022〕58号"])
def test_what_is_too_short_or_a_number_has_no_neighbours(searcher: Searcher, text: str) -> None:
    found = searcher.ask(text, 5, "zh")
    assert not found.near
    assert not found.hits
    assert found.said is not None


@pytest.mark.parametrize(
    ("text", "first"), [("達拉特旗", "150621"), ("烏魯木齊", "650100"), ("單位GDP能耗", "ei_gdp_cut")]
)
def test_traditional_characters_are_read_as_simplified_ones(searcher: Searcher, text: str, first: str) -> None:
    found = searcher.ask(text, 3, "zh")
    assert not found.near
    assert first in [hit.id for hit in found.hits]
    assert found.said is not None


def test_what_is_written_is_never_second_guessed(searcher: Searcher) -> None:
    for text in ("达拉特旗", "Ordos", "能耗强度", "150621"):
        found = searcher.ask(text, 3, "zh")
        assert (found.said, found.near) == (None, False), text
        assert list(found.hits) == searcher.search(text, 3, "zh")
