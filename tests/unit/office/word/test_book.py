"""A map book: one page a county, its own goals first, and nothing of its own cut."""

import pytest

from geoapp.office import fit
from geoapp.office.word.book import MAP_HEIGHTS
from geoapp.office.word.dress import REPORT


@pytest.fixture
def pages(assemble):
    """Return the county pages of a prefecture by county."""

    def make(query):
        return {chapter.title: chapter for chapter in assemble(query).chapters if chapter.page}

    return make


def test_every_county_has_its_page(pages, atlas):
    found = pages("region=654200&book=1")
    assert list(found) == [each.name for each in atlas.gazetteer.at_level("654200", "county")]
    assert {chapter.resolved.view.region for chapter in found.values()} == {"654201", "654202", "654203", "654221"} | {
        "654224",
        "654225",
        "654226",
    }


def test_own_goals_and_rank(pages):
    ordos = pages("region=150600&book=1")
    assert ordos["伊金霍洛旗"].findings[:3] == (
        "基本目标 5%（附件1）。",
        "激励目标 5.7%（附件1）。",
        "在鄂尔多斯市有目标的9个地区中，由高到低列第6（并列）。",
    )
    assert ordos["东胜区"].findings[1] == "激励目标：附件1印“/”，即不设。"
    rows = ordos["达拉特旗"].targets.rows
    assert [(row[0], row[1], row[3]) for row in rows[:2]] == [
        ("单位GDP能耗累计降低率", "18%", "本级"),
        ("单位GDP能耗累计降低率（激励目标）", "20.4%", "本级"),
    ]


def test_lent_and_withheld_goals_are_named_as_such(pages):
    wuwei = pages("region=620600&book=1")["民勤县"]
    assert wuwei.findings[0] == "基本目标未公布：列于附件1，该附件不公开，不作推算。"
    assert wuwei.targets.rows[0][1:] == ("—", "2025", "附件不公开", "附件1")
    tacheng = pages("region=654200&book=1")["裕民县"]
    assert tacheng.findings[0] == "没有本级目标：塔城地区基本目标 13.5% 未分解到本级（二(二) 表2）。"
    assert tacheng.targets.rows[0][1:4] == ("13.5%", "2025", "塔城地区，未分解")


def test_what_is_left_out_is_only_what_is_shared_and_is_counted(pages, atlas):
    for name, chapter in pages("region=654200&book=1").items():
        code = chapter.resolved.region.adcode
        card = atlas.cards.region(chapter.resolved.region, chapter.resolved.view)
        total = len(card["targets"]) + len(card["inherited"])
        left = total - len(chapter.targets.rows)
        assert chapter.targets.note == f"另有{left}项为上级目标，未分解到本级，见图集网页 /regions/{code}。", name
        assert sum(row[3] == "本级" for row in chapter.targets.rows) == len(card["targets"])
        named = sum(len(table.rows) for table in chapter.lists)
        assert named == len(chapter.resolved.parks) + len(chapter.resolved.projects), "every park and project is there"


def test_a_page_with_much_to_say_has_a_smaller_map(pages):
    found = pages("region=654200&book=1")
    assert found["裕民县"].page > found["沙湾市"].page == MAP_HEIGHTS[-1]
    for chapter in found.values():
        tables = sum(sum(fit.row_heights(table, latin=fit.USUAL)) for table in chapter.tables)
        assert chapter.page + tables < REPORT.height


def test_a_prefecture_that_is_its_own_county(pages):
    (only,) = pages("region=441900&book=1").values()
    assert (only.title, only.targets, only.lists) == ("东莞市", None, ())
    assert only.findings == ("图集未收录规划文件，有无基本目标不得而知。", "文件没有点名这里的园区或项目。")


def test_numbers_of_the_ground_are_not_called_targets(pages):
    page = pages("region=640200&book=1&indicator=sun_noon")["平罗县"]
    assert page.findings[0].startswith("平罗县：")
    assert not any("有目标的" in finding for finding in page.findings)


def test_only_documents_of_rows_that_are_told_are_sources(assemble):
    briefing = assemble("region=654200&book=1")
    cited = {row[-1][:3] for chapter in briefing.chapters for table in chapter.tables for row in table.rows}
    assert cited == {"[1]"}
    assert [source[:6] for source in briefing.sources] == ["[1] 《塔"]
    above = assemble("region=654200&book=1&year=2015&layers=none")
    assert [source[:9] for source in above.sources] == ["[1] 《自治区2", "[2] 《塔城地区"]


def test_a_book_of_some_regions_in_the_order_given(pages):
    found = pages("region=650000&book=654201,650100,654202")
    assert list(found) == ["塔城市", "乌鲁木齐市", "乌苏市"]
    assert [str(chapter.resolved.view.level) for chapter in found.values()] == ["county"] * 3
    assert found["乌鲁木齐市"].resolved.areas[0].region.parent == "650100", "a prefecture's page shows its counties"


def test_a_page_that_can_say_everything_has_the_largest_map(pages):
    (only,) = pages("region=441900&book=1").values()
    assert only.page == MAP_HEIGHTS[0]
