"""The picture in words: what it names, what it counts, and that it stays short."""

import re

from geoapp.atlas import Atlas
from geoapp.portrayal.alt_text import LONGEST, alt_text


def told(atlas: Atlas, **view: str) -> str:
    return alt_text(atlas.show(atlas.view(list(view.items()))))


def test_title_ends_counts_and_source(atlas: Atlas) -> None:
    assert told(atlas, region="150600") == (
        "地图：鄂尔多斯市“十四五”单位GDP能耗累计降低率（2025年比2020年，基本目标，单位：%；鄂尔多斯市目标 16.5%）。"
        "降幅最大：鄂托克旗 26%、杭锦旗 24%、乌审旗 22%；最小：东胜区 0、康巴什区 0、鄂托克前旗 5%等。"
        "县级地区9个，其中有本级目标的9个。园区8个、项目4个。"
        "资料来源：鄂尔多斯“十四五”节能减排方案（2022-11-29）。"
    )


def test_what_is_not_published_is_counted_and_nothing_is_invented(atlas: Atlas) -> None:
    text = told(atlas, region="620600")
    assert "县级地区4个，其中附件未公开的4个" in text
    assert "最大" not in text
    assert "（武政发〔2022〕67号）" in text


def test_a_lent_goal_is_not_the_county_s(atlas: Atlas) -> None:
    text = told(atlas, region="640200")
    assert "沿用上级目标、未分解的3个" in text
    assert "有本级目标" not in text


def test_signs_decide_the_ends_of_a_gap(atlas: Atlas) -> None:
    text = told(atlas, region="150600", indicator="d_gap")
    assert "最高：鄂托克旗 +9.5个百分点" in text
    assert "最低：东胜区 −16.5个百分点" in text


def test_a_count_of_what_is_named_has_neither_tier_nor_target(atlas: Atlas) -> None:
    text = told(atlas, region="150600", indicator="d_project_count")
    assert "（2025年，单位：个；鄂尔多斯市 4个）" in text
    assert "其中有数值的4个、文件没有点名的5个" in text
    assert "项目4个" in text, "as many as the region is said to have"
    assert "目标" not in text


def test_few_regions_are_all_named(atlas: Atlas) -> None:
    text = told(atlas, region="100000", year="2025")
    assert "鄂尔多斯市 16.5%、石嘴山市 15%、塔城地区 13.5%、武威市 12%。" in text


def test_english_has_no_chinese_but_names_and_document_numbers(atlas: Atlas) -> None:
    text = told(atlas, region="620600", lang="en")
    bare = re.sub(r"武威市|\(武政发〔2022〕67号\)", "", text)
    assert not re.search("[一-鿿（）。]", bare)


def test_every_view_with_data_stays_short(atlas: Atlas) -> None:
    for region in ("100000", "650000", "150600", "620600"):
        for indicator, years in atlas.show(atlas.view([("region", region)])).choices.items():
            for lang in ("zh", "en"):
                year = {"year": str(max(years))} if years else {}
                text = told(atlas, region=region, indicator=indicator, lang=lang, **year)
                assert len(text) <= LONGEST
                assert text.endswith(("。", ".")), text
