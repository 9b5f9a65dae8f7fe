"""Every rule, on the five documents as they are and on one figure changed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from geoapp.analysis.checks import changes, pairs, places, rates, sums
from geoapp.analysis.checks.finding import Finding
from geoapp.analysis.checks.rates import annual_from_cumulative, cumulative_from_annual
from geoapp.analysis.consistency import Consistency
from geoapp.atlas import Atlas
from geoapp.model.dataset import Dataset
from geoapp.model.plan import Statistic, Target
from geoapp.model.region import Adcode

WUWEI, TACHENG, ORDOS = "wuwei-2021-2025", "tacheng-2021-2025", "ordos-2021-2025"


@pytest.fixture(scope="module")
def consistency(atlas: Atlas) -> Consistency:
    return Consistency(atlas.dataset, atlas.gazetteer)


def wording(findings: list[Finding] | tuple[Finding, ...], rule: str) -> list[tuple[str, str]]:
    """Return severity and sentence of what a rule found."""
    return [(each.severity, each.sentence.say("zh")) for each in findings if each.rule == rule]


def with_target(data: Dataset, change: Callable[[Target], Target], **having: object) -> Dataset:
    """Return a dataset with one target changed."""
    found = [t for t in data.targets if all(getattr(t, name) == value for name, value in having.items())]
    assert found, having
    return replace(data, targets=tuple(change(t) if t is found[0] else t for t in data.targets))


def with_statistic(data: Dataset, change: Callable[[Statistic], Statistic], **having: object) -> Dataset:
    """Return a dataset with one statistic changed."""
    found = [s for s in data.statistics if all(getattr(s, name) == value for name, value in having.items())]
    assert found, having
    return replace(data, statistics=tuple(change(s) if s is found[0] else s for s in data.statistics))


def test_rates_compound() -> None:
    assert round(annual_from_cumulative(12, 5), 2) == 2.52
    assert round(cumulative_from_annual(2.52, 5), 3) == 11.981
    assert annual_from_cumulative(0, 5) == 0


def test_wuwei_12_per_cent_and_2_52_a_year_agree(consistency: Consistency) -> None:
    assert wording(list(consistency.findings), "cumulative_annual") == [
        ("note", "累计12%与年均2.52%相符：5年按复利折算，年均2.52%合累计11.96%～12.00%。")
    ]


@pytest.mark.parametrize(
    ("annual", "agrees"), [(2.50, False), (2.51, True), (2.52, True), (2.53, True), (2.54, True), (2.55, False)]
)
def test_the_rounding_of_the_print_decides(atlas: Atlas, annual: float, agrees: bool) -> None:
    data = with_target(
        atlas.dataset,
        lambda t: replace(t, value=annual, value_text=f"{annual:.2f}%"),
        plan=WUWEI,
        indicator="ei_gdp_cut_annual",
    )
    (finding,) = rates.cumulative_annual(data).findings
    assert (finding.severity == "note") is agrees


def test_five_times_the_yearly_rate_is_a_contradiction(atlas: Atlas) -> None:
    data = with_target(atlas.dataset, lambda t: replace(t, value=12.6), plan=WUWEI, indicator="ei_gdp_cut")
    assert wording(rates.cumulative_annual(data).findings, "cumulative_annual") == [
        ("contradiction", "累计12.6%与年均2.52%不符：5年按复利折算，累计12.6%合年均2.66%。")
    ]


def test_tachengs_three_statements_disagree(consistency: Consistency) -> None:
    (finding,) = [each for each in consistency.findings if each.rule == "levels_and_rates"]
    assert finding.severity == "contradiction"
    assert finding.sentence.say("zh") == (
        "2015年1.22、2020年1.002合累计下降17.87%、年均3.86%，"
        "与文件另印的5.01%（一(一)）、2.76%以上（一(一)）不一致；均照录，不取其一。"
    )
    assert len(finding.records) == 4


def test_levels_that_make_the_reported_cut_say_nothing(atlas: Atlas) -> None:
    data = with_statistic(
        atlas.dataset, lambda s: replace(s, value=17.87, value_text="17.87%"), plan=TACHENG, indicator="ei_gdp_cut"
    )
    data = with_statistic(
        data, lambda s: replace(s, value=3.86, value_text="3.86%"), plan=TACHENG, indicator="ei_gdp_cut_annual"
    )
    rule_result = rates.levels_and_rates(data)
    assert (rule_result.compared, rule_result.findings) == (1, ())


def test_the_two_values_of_clean_heating_in_the_main_city(consistency: Consistency) -> None:
    assert wording(list(consistency.findings), "table_and_prose") == [
        ("contradiction", "主城区清洁取暖覆盖率：正文与表格数值不同，文件印100%（三(八)）、80（附件3 #31）。")
    ]


def test_two_values_in_the_prose_are_told_from_table_and_prose(atlas: Atlas) -> None:
    data = with_target(
        atlas.dataset, lambda t: replace(t, section="三(九)"), value_text="80", indicator="clean_heat_main_city"
    )
    (finding,) = pairs.two_values(data).findings
    assert finding.rule == "two_values"
    assert finding.sentence.say("zh") == "主城区清洁取暖覆盖率：同一文件印有不同数值，100%（三(八)）、80（三(九)）。"


def test_annex_2_recomputes_and_the_negative_base_is_noted(atlas: Atlas) -> None:
    rule_result = changes.base_to_target(atlas.dataset)
    assert rule_result.compared == 12
    assert wording(rule_result.findings, "base_to_target") == [
        ("note", "由-20到-21：基年为负，按其绝对值计算与所印[-5%]相符；直接相除则为+5%。")
    ]


@pytest.mark.parametrize(
    ("indicator", "value", "sentence"),
    [
        ("uec_coke_change", -11.0, "由147到131算得-10.88%，文件印[-10.88%]。"),
        ("thermal_coal_rate_change", -25.0, "由331到305算得-26.00，文件印-26。"),
    ],
)
def test_a_change_that_its_ends_do_not_make(atlas: Atlas, indicator: str, value: float, sentence: str) -> None:
    data = with_target(atlas.dataset, lambda t: replace(t, value=value), indicator=indicator)
    assert ("contradiction", sentence) in wording(changes.base_to_target(data).findings, "base_to_target")


def test_the_growth_of_electricity_use(atlas: Atlas) -> None:
    rule_result = changes.growth(atlas.dataset)
    assert (rule_result.compared, rule_result.findings) == (1, ())
    data = with_statistic(
        atlas.dataset, lambda s: replace(s, value=54.0, value_text="54%"), indicator="elec_use_growth"
    )
    assert wording(changes.growth(data).findings, "growth") == [
        ("contradiction", "2015年到2019年算得增长44.0%，文件印54%。")
    ]


def test_the_energy_mix_of_2020_makes_a_hundred_and_the_sectors_are_of_two_years(atlas: Atlas) -> None:
    rule_result = sums.shares(atlas.dataset)
    assert rule_result.compared == 2
    (finding,) = rule_result.findings
    assert finding.severity == "note"
    assert finding.sentence.say("zh") == (
        "三次产业占比42.99＋35.4＋21.6＝99.99，合为100%，但所印年份不一（2019、2020），其中可能有误。"
    )


@pytest.mark.parametrize(("coal", "right"), [(73.0, True), (73.5, True), (72.5, True), (73.6, False), (72.4, False)])
def test_a_mix_may_miss_a_hundred_by_half_a_point(atlas: Atlas, coal: float, right: bool) -> None:
    data = with_statistic(atlas.dataset, lambda s: replace(s, value=coal), indicator="coal_share", year=2020)
    found = [each for each in sums.shares(data).findings if each.severity == "contradiction"]
    assert (found == []) is right


def test_the_branches_make_the_total(atlas: Atlas) -> None:
    rule_result = sums.counts(atlas.dataset)
    assert (rule_result.compared, rule_result.findings) == (1, ())
    data = with_statistic(atlas.dataset, lambda s: replace(s, value=11.0), indicator="energy_units_power_heat")
    assert wording(sums.counts(data).findings, "counts") == [("contradiction", "各分项相加为27，文件印总数26家。")]


def test_what_coal_and_non_fossil_goals_leave(atlas: Atlas) -> None:
    assert wording(sums.remainder(atlas.dataset).findings, "remainder") == [
        (
            "note",
            "煤炭35%左右与非化石21%以上同时达到，油气等还要占44%左右，而基年只占20.3%：两个目标难以同时成立。",
        )
    ]


def test_every_incentive_is_17_fifteenths_of_the_basic_goal(atlas: Atlas) -> None:
    rule_result = pairs.stretch_ratio(atlas.dataset)
    assert rule_result.compared == 9
    assert wording(rule_result.findings, "stretch_ratio") == [
        ("note", "8组激励目标都是基本目标的17/15（约1.133倍，按所印位数）。")
    ]


def test_a_slip_in_one_incentive_shows_itself(atlas: Atlas) -> None:
    data = with_target(atlas.dataset, lambda t: replace(t, value=25.9, value_text="-25.9"), value_text="-29.5")
    assert wording(pairs.stretch_ratio(data).findings, "stretch_ratio") == [
        ("note", "7组激励目标都是基本目标的17/15（约1.133倍，按所印位数）。"),
        ("note", "鄂托克旗：-26（附件1）、-25.9（附件1）不合其余各组的比例17/15，请核对原文。"),
    ]
    assert wording(pairs.stretch(data).findings, "stretch") == [
        ("contradiction", "鄂托克旗：激励目标-25.9（附件1）低于基本目标-26（附件1）。")
    ]


def test_a_slash_is_not_compared_as_zero(atlas: Atlas) -> None:
    assert pairs.stretch(atlas.dataset).findings == ()
    assert pairs.stretch(atlas.dataset).compared == 9


def test_per_cent_against_percentage_points(consistency: Consistency) -> None:
    found = wording(list(consistency.findings), "units")
    words = "：文件一处用“个百分点”，一处用“%”，两者含义不同"
    assert [text for severity, text in found if severity == "contradiction"] == [
        f"溶剂型工业涂料使用比例降低{words}（20个百分点（三(九)）、20（附件3 #34））。",
        f"溶剂型油墨使用比例降低{words}（10个百分点（三(九)）、10（附件3 #35））。",
    ]


def test_a_record_outside_its_plan(atlas: Atlas) -> None:
    assert places.outside_plan(atlas.dataset, atlas.gazetteer).findings == ()
    data = with_target(
        atlas.dataset, lambda t: replace(t, adcode=Adcode("620621"), region_name="民勤县"), plan=ORDOS, adcode="150624"
    )
    found = places.outside_plan(data, atlas.gazetteer).findings
    assert wording(found, "outside_plan") == [("contradiction", "民勤县不在文件所管的鄂尔多斯市之内。")]


def test_a_whole_lies_between_its_parts(atlas: Atlas) -> None:
    rule_result = places.child_range(atlas.dataset, atlas.gazetteer)
    assert rule_result.compared == 1
    ((severity, text),) = wording(rule_result.findings, "child_range")
    assert severity == "note"
    assert text.startswith("9个下级目标的简单平均为12.2%，低于鄂尔多斯市的16.5（")
    goals = tuple(
        replace(t, value=27.0) if (t.adcode, t.indicator, t.tier) == ("150600", "ei_gdp_cut", "basic") else t
        for t in atlas.dataset.targets
    )
    found = places.child_range(replace(atlas.dataset, targets=goals), atlas.gazetteer).findings
    ((severity, text),) = wording(found, "child_range")
    assert severity == "contradiction"
    assert text.endswith("不在其9个下级的目标0～26%之间，加权平均得不出。")


def test_contradictions_come_first_and_a_card_gets_its_own(atlas: Atlas, consistency: Consistency) -> None:
    severities = [each.severity for each in consistency.findings]
    assert severities == sorted(severities)
    heating = next(t for t in atlas.dataset.targets if t.indicator == "clean_heat_main_city")
    assert [each.rule for each in atlas.findings_of(heating.id)] == ["table_and_prose"]
    otog = next(t for t in atlas.dataset.targets if t.adcode == "150624" and t.value == 26)
    assert atlas.findings_of(otog.id) == []


def test_what_transcribers_marked_is_shown_once(atlas: Atlas, consistency: Consistency) -> None:
    computed = {r for each in consistency.findings if each.severity == "contradiction" for r in each.records}
    marked = {r for each in consistency.findings if each.rule == "marked" for r in each.records}
    figures = (*atlas.dataset.targets, *atlas.dataset.statistics)
    assert marked == {each.id for each in figures if "contradicts_other" in each.caveats} - computed


def test_nothing_is_changed(atlas: Atlas) -> None:
    heating = [t for t in atlas.dataset.targets if t.indicator == "clean_heat_main_city"]
    assert sorted(t.value or 0 for t in heating) == [80, 100]


def test_a_sentence_names_indicators_in_the_reader_s_language(atlas: Atlas, consistency: Consistency) -> None:
    heating = next(each for each in consistency.findings if each.rule == "table_and_prose")
    title = atlas.indicator("clean_heat_main_city").title
    assert title.zh in heating.sentence.say("zh")
    assert title.en in heating.sentence.say("en")
    assert title.zh not in heating.sentence.say("en")
