"""What a briefing says of the made-up world: every count and name against a plain count of the areas."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.analysis.resolution.labels import target_label
from geoapp.analysis.resolved_view import ResolvedView
from geoapp.model.phrase import Phrase
from geoapp.model.plan import LESS
from geoapp.office.findings import AGAINST, EMPTY, RANGES, STATES, told
from geoapp.office.named import listed
from tests.data.world import World, build_world, changed, goal
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIADONG, JILIN
from tests.data.world_rows import JIADONG25

WORLD = build_world()
FOUR = (CHENGZHONG, CHENGBEI, DONGHE, JILIN)
ABOVE = {way: phrase.text for way, phrase in AGAINST.items()}


def view(values: list[float | None], whole: float | None = 16, **differs: Any) -> tuple[World, ResolvedView]:
    """甲东市 and its counties with these goals."""
    indicator = differs.pop("indicator", "ei_gdp_cut")
    units = differs.pop("units", ["%"] * 4)
    made = [
        goal(JIADONG25, code, indicator, value, f"{value:g}", unit=unit, **differs)
        for code, value, unit in zip(FOUR, values, units, strict=False)
        if value is not None
    ]
    if whole is not None:
        made.append(goal(JIADONG25, JIADONG, indicator, whole, f"{whole:g}", unit=units[0], **differs))
    world = changed(WORLD.dataset, targets=tuple(made))
    return world, world.show(f"region={JIADONG}&indicator={indicator}&year=2025&level=county&layers=none")


def phrases(values: list[float | None], whole: float | None = 16, **differs: Any) -> list[Phrase]:
    world, resolved = view(values, whole, **differs)
    return told(resolved, world.resolver)


def find(found: list[Phrase], *said: str) -> Phrase | None:
    return next((phrase for phrase in found if phrase.text in said), None)


def texts(found: list[Phrase]) -> list[str]:
    return [phrase.text for phrase in found]


@given(st.lists(st.integers(10, 20), min_size=4, max_size=4))
def test_above_and_below_are_counted_and_equal_is_neither(values: list[int]) -> None:
    said = find(phrases([float(value) for value in values]), *ABOVE.values())
    above, below = [v for v in values if v > 16], [v for v in values if v < 16]
    if above and below:
        assert said is not None
        assert (said.values["above"], said.values["below"]) == (len(above), len(below))
    else:
        assert said is None


@pytest.mark.parametrize(
    ("values", "counts"),
    [([16, 16, 17, 15], (1, 1)), ([16, 16, 16, 15], None), ([16, 16, 16, 16], None), ([17, 18, 15, 16], (2, 1))],
)
def test_equal_to_the_whole_is_not_above_it(values: list[float], counts: tuple[int, int] | None) -> None:
    said = find(phrases(list(values)), *ABOVE.values())
    assert (said and (said.values["above"], said.values["below"])) == counts


def test_sums_and_single_goals_are_not_held_against_the_whole() -> None:
    assert (
        find(
            phrases([1, 2, 3, 4], 2, indicator="wind_capacity", units=["万千瓦"] * 4, direction="reach"),
            *ABOVE.values(),
        )
        is None
    )
    assert find(phrases([15, 17, 18, 19], None), *ABOVE.values()) is None
    assert find(phrases([None, 17, None, None]), *ABOVE.values()) is None


@pytest.mark.parametrize(
    ("indicator", "unit", "direction", "kind"),
    [
        ("ei_gdp_cut", "%", "reduce", "cut"),
        ("reuse_rate", "%", "reach", "level"),
        ("wind_capacity", "万千瓦", "reach", "amount"),
    ],
)
def test_the_range_names_the_first_and_the_last(indicator: str, unit: str, direction: str, kind: str) -> None:
    world, resolved = view([12, 20, 5, 20], indicator=indicator, units=[unit] * 4, direction=direction)
    said = find(told(resolved, world.resolver), RANGES[kind].text)
    assert said is not None
    labels = {a.region.adcode: a.label for a in resolved.areas}
    assert (said.values["count"], said.values["high"], said.values["low"]) == (4, labels[CHENGBEI], labels[DONGHE])
    assert said.say("zh").count("城北区、𠮷林县") == 1
    assert "东河县" in said.say("zh")


def test_the_range_where_there_is_none_to_tell() -> None:
    equal = phrases([18, 18, 18, 18])
    assert "{count}个地区的本级目标相同，都是 {value}。" in texts(equal)
    one = phrases([None, 18, None, None])
    assert "仅{region}有本级目标：{value}。" in texts(one)
    units = phrases([18, 17, 16, 15], units=["%", "‰", "%", "%"])
    assert "{count}个地区有本级目标，单位不同，不作比较。" in texts(units)
    nothing = phrases([None] * 4)
    assert not [text for text in texts(nothing) if "本级目标" in text and "{count}个地区有" in text]


def test_a_zero_at_the_end_is_said_to_be_a_goal() -> None:
    zero = "目标为 0 是文件所定，不是缺数。"
    assert zero in texts(phrases([0, 18, 17, 16]))
    assert zero not in texts(phrases([1, 18, 17, 16]))
    assert zero not in texts(phrases([0, 0, 0, 0]))


def test_the_goal_of_the_whole_is_said_with_its_place() -> None:
    world, resolved = view([1, 2, 3, 4], section="附件9")
    said = find(told(resolved, world.resolver), "{region}目标为 {value}（{section}）。")
    assert said is not None
    assert resolved.own.target is not None
    assert said.values == {"region": "甲东市", "value": target_label(resolved.own.target), "section": "附件9"}
    assert find(phrases([1, 2, 3, 4], None), "{region}目标为 {value}（{section}）。") is None


def test_the_other_tier_is_told_with_its_ends_and_its_slashes(world: World) -> None:
    resolved = world.show(f"region={JIADONG}&year=2025&level=county")
    found = told(resolved, world.resolver)
    said = find(found, "另有激励目标：{count}个地区，从 {low} 到 {high}。")
    assert said is not None
    labels = [
        target_label(answer.target)
        for code in (DONGHE, CHENGBEI)
        if (answer := world.resolve(code, tier="incentive")).target
    ]
    assert (said.values["count"], said.values["low"], said.values["high"]) == (2, *labels)
    refused = find(found, "{names}的激励目标文件印“/”，即不设。")
    assert refused is not None
    assert refused.say("zh").startswith("城中区的")
    higher = told(world.show(f"region={JIADONG}&year=2025&level=county&tier=incentive"), world.resolver)
    assert find(higher, said.text) is None


@pytest.mark.parametrize(
    "query",
    [
        "region=910000&level=county",
        "region=910100",
        "region=910200",
        "region=910000&level=prefecture",
        "region=920000&level=county",
    ],
)
def test_states_are_counted_where_there_are_several(world: World, query: str) -> None:
    resolved = world.show(f"{query}&year=2025")
    said = find(told(resolved, world.resolver), "{count}个地区中：{parts}。")
    counts = {status: sum(a.resolution.status == status for a in resolved.areas) for status in STATES}
    present = {status: count for status, count in counts.items() if count}
    assert (said is not None) is (len(present) > 1)
    if said is not None:
        assert said.values["count"] == len(resolved.areas)
        text = said.say("zh")
        assert all(STATES[status].text.format(count=count) in text for status, count in present.items())
        assert not any(STATES[status].text.partition("{")[0] in text for status in STATES if status not in present)


def test_what_is_missing_is_told_state_by_state(world: World) -> None:
    lent = find(told(world.show(f"region={JIADONG}&year=2025&level=county"), world.resolver),
                "{names}没有公布本级目标：{above}目标 {value} 未分解到本级，图上以斜线表示。")  # fmt: skip
    assert lent is not None
    target = world.resolve(JIADONG).target
    assert target is not None
    assert (lent.values["above"], lent.values["value"]) == ("甲东市", target_label(target))
    assert lent.say("zh").startswith("𠮷林县没有")
    hidden = find(told(world.show("region=910200&year=2025"), world.resolver),
                  "{names}的目标未公布：列于{section}{title}，该附件不公开，不作推算。")  # fmt: skip
    assert hidden is not None
    assert (hidden.values["section"], hidden.values["title"]) == ("附件1", "《各县降幅》")
    one = told(world.show("region=910000&level=prefecture&indicator=forest_rise&year=2025"), world.resolver)
    missing = find(one, "{names}：所收文件未设此目标。")
    assert missing is None or "甲东市" not in missing.say("zh")


def test_two_documents_lend_in_two_sentences(world: World) -> None:
    found = told(world.show("region=910000&level=county&indicator=coal_share&year=2025"), world.resolver)
    lent = [phrase for phrase in found if "{above}目标" in phrase.text]
    assert [phrase.values["above"] for phrase in lent] == ["甲省", "甲西地区"]


def test_an_empty_view_says_so_and_nothing_else(world: World) -> None:
    resolved = world.show(f"region={JIADONG}&year=2025&bbox=0,0,1,1")
    assert told(resolved, world.resolver) == [EMPTY]


def test_what_is_counted_is_no_target(world: World) -> None:
    resolved = world.show(f"region={JIADONG}&indicator=d_project_count&year=2025&level=county")
    found = told(resolved, world.resolver)
    assert all("目标" not in phrase.say("zh") for phrase in found)
    said = find(found, "{count}个地区有数值：最高的是{top}（{high}），最低的是{bottom}（{low}）。")
    assert said is not None
    counts = {a.region.name: a.resolution.target.value for a in resolved.areas if a.resolution.target}
    assert said.values["count"] == len(counts)
    assert max(counts, key=lambda name: counts[name]) in said.say("zh")


@pytest.mark.parametrize(("count", "most"), [(1, 8), (3, 8), (8, 8), (9, 8), (5, 4)])
def test_long_lists_are_cut_and_say_how_many_there_are(count: int, most: int) -> None:
    names = [f"第{number}县" for number in range(count)]
    said = Phrase("{names}", {"names": listed(names, most)}).say("zh")
    shown = [name for name in names if name in said]
    assert shown == names[: len(shown)]
    assert (len(shown) == count) is (count <= most) or str(count) in said


@pytest.mark.parametrize(
    "values", [[18, 17, 15, 14], [14, 17, 15, 18], [18, 18, 15, 15], [16, 16, 16, 16], [17, None, None, None]]
)
@pytest.mark.parametrize("whole", [16, None])
def test_a_goal_for_a_part_is_said_of_the_part_wherever_its_region_is_named(
    values: list[float | None], whole: float | None
) -> None:
    """Never of another region that has the same number, and never in the number that they share."""
    world, _ = view(values, whole)
    targets = tuple(
        replace(each, name_in_source="城中主城区", caveats=(LESS,)) if each.adcode == CHENGZHONG else each
        for each in world.dataset.targets
    )
    world = changed(world.dataset, targets=targets)
    resolved = world.show(f"region={JIADONG}&indicator=ei_gdp_cut&year=2025&level=county&layers=none")
    name = world.gazetteer[CHENGZHONG].name
    said = [phrase.say("zh") for phrase in told(resolved, world.resolver)]
    named = [text for text in said if name in text]
    for text in named:  # a single goal has the part in its label, all others on the name
        rest = text.replace(f"{name}（城中主城区）", "")
        assert name not in rest or (values[1] is None and "（城中主城区）" in rest), text
    for text in said:
        if name not in text:
            assert "城中主城区" not in text, text
    assert named or len(set(values)) == 1
