"""Findings in words: each is computed from the data, and says what is missing and why."""

from collections import Counter
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from geoapp.office.findings import findings
from geoapp.office.named import listed, named
from geoapp.office.points import distinct

ORDOS = [
    "鄂尔多斯市目标为 16.5%（附件1）。",
    "9个地区有本级目标：降幅最大的是鄂托克旗（26%），最小的是东胜区、康巴什区（0）。",
    "目标为 0 是文件所定，不是缺数。",
    "降幅比鄂尔多斯市目标大的有4个（鄂托克旗、杭锦旗、乌审旗、达拉特旗），比它小的有5个。",
    "另有激励目标：7个地区，从 5.7% 到 29.5%。",
    "东胜区、康巴什区的激励目标文件印“/”，即不设。",
]


def told(atlas, query):
    return findings(atlas.show(atlas.view(parse_qsl(query))), atlas.cards)


def test_range_steepest_and_zero(atlas):
    assert list(told(atlas, "region=150600&layers=none")) == ORDOS


def test_the_steepest_named_is_the_steepest_shown(atlas):
    resolved = atlas.show(atlas.view(parse_qsl("region=650000&year=2015&layers=none")))
    values = {a.region.name: a.resolution.target.value for a in resolved.areas if a.resolution.status == "own"}
    top = [name for name, value in values.items() if value == max(values.values())]
    sentence = findings(resolved, atlas.cards)[0]
    assert sentence.startswith(f"{len(values)}个地区有本级目标：降幅最大的是{'、'.join(top)}（13%）")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            "region=620600",
            "凉州区、民勤县、古浪县、天祝藏族自治县的目标未公布：列于附件1《“十四五”各县区能耗强度降低目标》，该附件不公开，不作推算。",
        ),
        (
            "region=640200",
            "大武口区、惠农区、平罗县没有公布本级目标：石嘴山市目标 15% 未分解到本级，图上以斜线表示。",
        ),
        ("region=650000&year=2015", "26个地区中：有本级目标的15个、未设目标的11个。"),
        ("region=410000&layers=none", "图集未收录这18个地区的规划文件，有无目标不得而知。"),
        ("region=150600&bbox=0,0,1,1", "本视图没有可显示的地区。"),
    ],
)
def test_what_is_missing_is_said_with_its_reason(atlas, query, sentence):
    assert sentence in told(atlas, query)


def test_nothing_is_hatched_over_a_raster(atlas):
    resolved = atlas.show(atlas.view([("region", "640200")]))
    resolved = replace(resolved, view=replace(resolved.view, raster="elevation-5min"))
    wording = findings(resolved, atlas.cards)
    assert "大武口区、惠农区、平罗县没有公布本级目标：石嘴山市目标 15% 未分解到本级。" in wording


def test_amounts_are_told_as_amounts_and_never_compared_with_a_whole(atlas):
    query = "region=100000&indicator=cut_nox&layers=none"
    assert told(atlas, query)[0] == "2个地区有本级目标：削减最多的是石嘴山市（2,800 吨），最少的是武威市（851 吨）。"
    query = "region=150000&indicator=coal_unit_retrofit&layers=none"
    assert told(atlas, query)[0] == "仅鄂尔多斯市有本级目标：1,136.5 万千瓦。"


def test_parks_and_projects_are_counted_once_each(atlas):
    resolved = atlas.show(atlas.view([("region", "150600")]))
    assert "文件点名的有园区8个、项目4个。" in findings(resolved, atlas.cards)
    assert len(resolved.projects) > len(distinct(resolved.projects)) == 4
    assert "项目其中1个分布在4个县，只计一次。" in findings(resolved, atlas.cards)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("region=654200&layers=projects&type=hydropower", "本视图所选的图层与类型中，文件点名的有项目6个。"),
        ("region=150600&layers=parks", "本视图所选的图层与类型中，文件点名的有园区8个。"),
        ("region=150602&layers=parks", "本视图所选的图层与类型中，文件没有点名这里的园区或项目。"),
        ("region=441900", "文件没有点名这里的园区或项目。"),
    ],
)
def test_a_narrowed_view_says_that_it_is(atlas, query, sentence):
    assert sentence in told(atlas, query)


def test_power_is_added_where_type_and_unit_agree_and_nothing_is_counted_twice(atlas):
    resolved = atlas.show(atlas.view(parse_qsl("region=654200&type=hydropower,circular_economy&layers=projects")))
    assert not any("合计" in phrase.say("zh") for phrase in named(resolved, atlas.cards)), (
        "bricks and oil are not added"
    )
    water = [each for each in resolved.projects if each.type == "hydropower"]
    sized = [replace(each, capacity=10.0, capacity_unit="兆瓦") for each in water]
    sized[0] = replace(sized[0], capacity=7.5)
    sized[1] = replace(sized[1], caveats=("several_in_one",))
    sized[2] = replace(sized[2], capacity=None)
    sized[3] = replace(sized[3], capacity_unit="万千瓦")
    told = [phrase.say("zh") for phrase in named(replace(resolved, projects=tuple(sized)), atlas.cards)]
    assert "水电项目6个，其中3个印有规模，合计 27.5 兆瓦。" in told


def test_numbers_of_the_ground_are_no_targets(atlas):
    sentences = told(atlas, "region=150600&indicator=sun_noon&layers=none")
    assert any(sentence.startswith("9个地区有数值：最高的是") for sentence in sentences)
    assert not any("本级目标" in sentence for sentence in sentences)


def test_what_the_atlas_computes_is_no_target(atlas):
    assert told(atlas, "region=150600&indicator=d_project_count&layers=none") == (
        "由图集按公式计算，不是文件所印。",
        "鄂尔多斯市：4个。",
        "4个地区有数值：准格尔旗、鄂托克旗、杭锦旗、伊金霍洛旗都是1个。",
        "东胜区、康巴什区、达拉特旗、鄂托克前旗、乌审旗：文件没有可供计算的数值。",
    )


def test_contradictions_of_a_document_are_told(atlas):
    sentences = told(atlas, "region=150600&indicator=clean_heat_main_city&layers=none")
    assert sentences[-1].startswith("文件自身不一致：主城区清洁取暖覆盖率：正文与表格数值不同，文件印100%")


def test_in_english(atlas):
    sentences = told(atlas, "region=150600&layers=none&lang=en")
    assert sentences[:2] == (
        "The target of Ordos is 16.5% (Annex 1).",
        "9 regions have targets of their own: the deepest cut is 26% (Otog Banner), "
        "the smallest 0 (Dongsheng District, Kangbashi District).",
    )


def test_long_lists_are_counted():
    assert listed(list("甲乙丙丁戊己")).say("zh") == "甲、乙、丙、丁、戊、己"
    assert listed(list("甲乙丙丁戊己庚")).say("zh") == "甲、乙、丙、丁、戊、己等7个"
    assert listed(list("甲乙丙"), 2).say("en") == "甲, 乙 and others, 3 in all"


@pytest.mark.parametrize(
    ("region", "year"), [("150600", "2025"), ("640200", "2025"), ("650000", "2015"), ("654200", "2025")]
)
def test_no_type_of_project_as_large_as_those_told_is_left_out(atlas, region, year):
    """The largest type is told, whatever it is, and of equally large ones all or none."""
    view = atlas.view([("region", region), ("year", year)])
    resolved = atlas.show(view)
    counts = Counter(str(group[0].type) for group in distinct(resolved.projects))
    words = {term.id: term.title.zh for term in atlas.dataset.terms if term.kind == "project_type"}
    said = next(text for text in (phrase.say("zh") for phrase in named(resolved, atlas.cards)) if "类型：" in text)
    told = {kind for kind, count in counts.items() if f"{words[kind]} {count}" in said}
    assert counts.most_common(1)[0][0] in told
    assert min(counts[kind] for kind in told) > max((counts[kind] for kind in set(counts) - told), default=0)
    left = sum(counts.values()) - sum(counts[kind] for kind in told)
    assert (f"共{left}个" in said) == (left > 0)
