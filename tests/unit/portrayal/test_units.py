"""One indicator printed in two units: everything that compares does so in the indicator's unit."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from geoapp.analysis.resolution.resolve import Resolver
from geoapp.analysis.resolved_view import ResolvedView, ViewResolver
from geoapp.atlas import Atlas
from geoapp.model.plan import Target
from geoapp.office.findings import findings
from geoapp.office.tables import ranked
from geoapp.pages.siblings import siblings
from geoapp.portrayal import legend
from geoapp.portrayal.alt_text import alt_text
from geoapp.portrayal.cards import Cards
from geoapp.portrayal.view_content import view_json


def with_goals(atlas: Atlas, changed: Callable[[Target], Target]) -> tuple[Resolver, ViewResolver, Cards]:
    """Return an atlas's readers with some goals changed, as another transcription would have them."""
    dataset = replace(atlas.dataset, targets=tuple(changed(each) for each in atlas.dataset.targets))
    resolver = Resolver(dataset, atlas.gazetteer, atlas.resolver.zonal, atlas.resolver.unlisted)
    return resolver, ViewResolver(dataset, atlas.gazetteer, resolver), Cards(dataset, atlas.gazetteer, resolver)


def in_ten_thousands(target: Target) -> Target:
    """Let 武威 print 5万吨 where 石嘴山 prints 2100吨."""
    if target.indicator != "cut_cod" or target.adcode != "620600":
        return target
    return replace(target, value=5.0, value_text="5万吨", unit="万吨")


@pytest.fixture(scope="module")
def mixed(atlas: Atlas) -> tuple[ResolvedView, Cards, Resolver]:
    resolver, views, cards = with_goals(atlas, in_ten_thousands)
    return views.show(atlas.view([("indicator", "cut_cod"), ("layers", "none")])), cards, resolver


def test_sizes_and_legend_are_in_the_legends_unit(mixed: tuple[ResolvedView, Cards, Resolver]) -> None:
    resolved, _, _ = mixed
    lines = [(line.label.say("zh"), line.count) for line in legend.entries(resolved) if line.look == "symbol"]
    assert (resolved.unit, resolved.scale.largest) == ("吨", 50_000)
    assert lines == [("50,000", 1), ("10,000", 0), ("2,000", 1)]


def test_order_label_and_words_follow(mixed: tuple[ResolvedView, Cards, Resolver], atlas: Atlas) -> None:
    resolved, cards, _ = mixed
    first, second = ranked(resolved.areas)[:2]
    assert [(first.region.name, first.label), (second.region.name, second.label)] == [
        ("武威市", "5 万吨"),
        ("石嘴山市", "2,100 吨"),
    ]
    values = {area["adcode"]: area["value"] for area in view_json(resolved, atlas.dataset)["areas"] if "value" in area}
    assert values == {"620600": 50_000, "640200": 2_100}
    assert "2个地区有本级目标：削减最多的是武威市（5 万吨），最少的是石嘴山市（2,100 吨）。" in findings(
        resolved, cards
    )
    assert "武威市 5 万吨、石嘴山市 2,100 吨" in alt_text(resolved)


def test_a_unit_of_another_thing_is_shown_and_not_compared(atlas: Atlas) -> None:
    """20% of a cut in percentage points is what Ordos prints; it enters no class."""
    resolved = atlas.show(atlas.view([("indicator", "solvent_ink_cut"), ("level", "prefecture")]))
    labels = {area.region.name: (area.label, area.rank) for area in resolved.areas if area.label}
    assert labels["鄂尔多斯市"] == ("10%", None)
    assert labels["武威市"] == ("10个百分点", 0)
    assert {line.key: line.label.say("zh") for line in legend.entries(resolved)} == {
        "class-0": "10",
        "none": "文件未设此目标",
        "not_collected": "未收录规划文件",
        "worded": "文字、等级或单位不同的目标，不分级",
    }


def test_one_wrong_sign_does_not_spoil_the_legend(atlas: Atlas) -> None:
    def slip(target: Target) -> Target:
        wrong = target.indicator == "ei_gdp_cut" and target.adcode == "150624"
        return replace(target, value=-abs(target.value or 0)) if wrong else target

    _, views, _ = with_goals(atlas, slip)
    query = [("region", "150600"), ("level", "county")]
    right, wrong = atlas.show(atlas.view(query)), views.show(atlas.view(query))
    assert legend.entries(wrong) == legend.entries(right)
    assert [area.label for area in wrong.areas] == [area.label for area in right.areas]


def test_bars_of_sisters_follow(atlas: Atlas) -> None:
    def in_per_mille(target: Target) -> Target:
        if target.indicator != "ei_gdp_cut" or target.adcode != "150624" or target.tier != "basic":
            return target
        return replace(target, value=260.0, value_text="260‰", unit="‰")

    resolver, _, _ = with_goals(atlas, in_per_mille)
    view = atlas.view([("region", "150600")])
    found = siblings(atlas.region("150624"), view, atlas.gazetteer, resolver)
    assert found is not None
    assert [(row["label"], row["value"]) for row in found["rows"][:2]] == [("24%", 24.0), ("22%", 22.0)]
    assert found["rank"] is None, "‰ has no factor in layers/units.csv: shown, not compared"
