"""Old and odd links open the nearest view and say what was changed."""

import pytest

from geoapp.analysis.nearest import explain
from geoapp.atlas import Atlas


def wording(atlas: Atlas, pairs: list[tuple[str, str]], lang: str = "zh") -> list[str]:
    view, issues = atlas.view_leniently(pairs)
    phrases = explain(issues, pairs, view)
    _, changed = atlas.settle(view, pairs)
    return [phrase.say(lang) for phrase in (*phrases, *changed)]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("foo", "1")], ["没有“foo”这个参数"]),
        ([("region", "150600"), ("region", "1")], ["参数“region”给了不止一次，只看第一个"]),
        ([("indicator", "zzz")], ["“indicator=zzz”无法使用，改用“ei_gdp_cut”"]),
        ([("bbox", "1,2")], ["“bbox=1,2”无法使用"]),
        ([("region", "150600"), ("year", "2015")], ["这里没有2015年的这项目标，改为显示2025年"]),
        ([("region", "620600"), ("tier", "incentive")], ["这里的这项指标没有激励目标"]),
        ([("region", "654223")], []),
        ([("region", "150600"), ("year", "2025")], []),
    ],
)
def test_what_is_said(atlas: Atlas, pairs: list[tuple[str, str]], expected: list[str]) -> None:
    assert wording(atlas, pairs) == expected


def test_a_selection_opens_around_itself(atlas: Atlas) -> None:
    park = atlas.dataset.parks[0]
    assert atlas.view([("sel", "150625")]).region == "150600"
    assert atlas.view([("sel", "654200")]).region == "654200"
    assert atlas.gazetteer.is_within(park.adcode, atlas.view([("sel", park.id)]).region)
