"""Neighbours across the border of the division above."""

import pytest

from geoapp.atlas import Atlas


def names(atlas: Atlas, adcode: str, **more: str) -> set[str]:
    view = atlas.view([("region", "150600"), ("indicator", "ei_gdp_cut"), *more.items()])
    return {row["name"] for row in atlas.neighbours(adcode, view)}


def test_a_banner_on_the_border_of_its_prefecture(atlas: Atlas) -> None:
    """达拉特旗 looks over the Yellow River to Baotou and Bayannur; its own siblings are not listed again."""
    found = names(atlas, "150621")
    assert {"土默特右旗", "九原区", "乌拉特前旗"} <= found
    assert not found & {"东胜区", "杭锦旗", "准格尔旗", "达拉特旗"}


def test_a_county_inside_has_none_and_a_prefecture_has_those_of_other_provinces(atlas: Atlas) -> None:
    assert names(atlas, "150603") == set()
    assert {"榆林市", "石嘴山市", "忻州市"} <= names(atlas, "150600")
    assert "包头市" not in names(atlas, "150600")
    assert names(atlas, "150000") == names(atlas, "100000") == set()


@pytest.mark.parametrize(("code", "other"), [("150621", "150221"), ("640221", "150304"), ("659001", "652300")])
def test_neighbours_are_mutual(atlas: Atlas, code: str, other: str) -> None:
    view = atlas.view([("region", "100000")])
    assert (other in {row["adcode"] for row in atlas.neighbours(code, view)}) == (
        code in {row["adcode"] for row in atlas.neighbours(other, view)}
    )


def test_a_neighbour_says_its_value_or_why_it_has_none(atlas: Atlas) -> None:
    rows = {
        row["name"]: row
        for row in atlas.neighbours("150600", atlas.view([("region", "150600"), ("indicator", "ei_gdp_cut")]))
    }
    assert (rows["石嘴山市"]["own"], rows["石嘴山市"]["within"]) == (True, "宁夏回族自治区")
    assert "15%" in rows["石嘴山市"]["words"]
    assert (rows["榆林市"]["own"], rows["榆林市"]["words"]) == (False, "未收录规划文件")
