"""The transcribed plans: the hard cases, that no row is lost, and the closed word lists they use.

Reads the files as they stand in ``layers/``; no boundaries and no build are needed.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from geoapp.analysis.resolution.statement import Scale
from geoapp.ingest.packs import Pack, read_pack
from geoapp.ingest.schemas import IndicatorRow, ParkRow, PlaceRow, ProjectRow, StatisticRow, TargetRow, TermRow, UnitRow
from geoapp.ingest.tables import read_table
from geoapp.model.plan import Unit
from geoapp.raster.zonal.indicators import CAVEAT_TERMS

LAYERS = Path(__file__).parents[3] / "layers"
ORDOS, SHIZUISHAN, TACHENG, WUWEI, XINJIANG = (
    "ordos-2021-2025",
    "shizuishan-2021-2025",
    "tacheng-2021-2025",
    "wuwei-2021-2025",
    "xinjiang-2015",
)
AnyRow = TargetRow | StatisticRow | ParkRow | ProjectRow


def _load(plan: str) -> Pack:
    pack, issues = read_pack(LAYERS / "plans" / plan)
    assert [str(issue) for issue in issues] == []
    assert pack is not None
    return pack


@pytest.fixture(scope="module")
def packs() -> Mapping[str, Pack]:
    """All plan folders by id, read without a fault."""
    return {folder.name: _load(folder.name) for folder in sorted((LAYERS / "plans").iterdir())}


@pytest.fixture(scope="module")
def words() -> Mapping[str, set[str]]:
    """The ids of each kind in ``vocabulary.csv``."""
    rows, issues = read_table(LAYERS / "vocabulary.csv", TermRow)
    assert issues == []
    found: dict[str, set[str]] = {}
    for _, row in rows:
        found.setdefault(row.kind, set()).add(row.id)
    return found


def _targets(pack: Pack, **wanted: object) -> list[TargetRow]:
    return [row for _, row in pack.targets if all(getattr(row, name) == value for name, value in wanted.items())]


def _rows(pack: Pack) -> Iterable[AnyRow]:
    for table in (pack.targets, pack.statistics, pack.parks, pack.projects):
        for _, row in table:
            yield row


def test_no_row_of_a_file_is_lost_in_reading(packs: Mapping[str, Pack]) -> None:
    """Every plan of the folder, without a list of plans that would have to be kept."""
    for name, pack in packs.items():
        tables = {
            "targets": pack.targets,
            "statistics": pack.statistics,
            "parks": pack.parks,
            "projects": pack.projects,
        }
        for table, rows in tables.items():
            path = LAYERS / "plans" / name / f"{table}.csv"
            lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else ["only results have no goals"]
            assert (name, table, len(rows)) == (name, table, len(lines) - 1)
        assert any(tables.values()), name


def test_ids_are_unique_over_all_packs_and_begin_with_their_plan(packs: Mapping[str, Pack]) -> None:
    ids = [(name, row.id) for name, pack in packs.items() for row in _rows(pack)]
    assert len({each for _, each in ids}) == len(ids)
    assert [each for name, each in ids if not each.startswith(f"{name}-")] == []


def test_every_word_used_is_listed_and_every_listed_word_is_used(
    packs: Mapping[str, Pack], words: Mapping[str, set[str]]
) -> None:
    rows = [row for pack in packs.values() for row in _rows(pack)]
    parks = [row for row in rows if isinstance(row, ParkRow)]
    projects = [row for row in rows if isinstance(row, ProjectRow)]
    measured = [row for row in rows if isinstance(row, TargetRow | StatisticRow)]
    units = {row.unit for row in measured} | {row.capacity_unit for row in projects}
    of_no_plan = {*CAVEAT_TERMS.values(), "ground_partial", "ground_exact", "own_data"}
    assert {word for row in rows for word in row.caveats} | of_no_plan == words["caveat"]
    assert {word for row in parks for word in row.programmes} == words["programme"]
    assert units - {""} == words["unit"]


def test_indicators_are_exactly_those_in_use(packs: Mapping[str, Pack]) -> None:
    rows, issues = read_table(LAYERS / "indicators.csv", IndicatorRow)
    assert issues == []
    used = {
        row.indicator for pack in packs.values() for row in _rows(pack) if isinstance(row, TargetRow | StatisticRow)
    }
    assert {row.id for _, row in rows} == used
    never = {"amount", "capacity", "count", "grade", "qualitative", "change"}
    assert [row.id for _, row in rows if row.kind in never and row.inherit == "yes"] == []


def test_a_value_measures_something_else_than_its_indicator_only_with_a_caveat(packs: Mapping[str, Pack]) -> None:
    rows, _ = read_table(LAYERS / "indicators.csv", IndicatorRow)
    units = {row.id: row.unit for _, row in rows}
    known, _ = read_table(LAYERS / "units.csv", UnitRow)
    scale = Scale([Unit(unit=row.unit, si_unit=row.si_unit, factor=row.factor, source=row.source) for _, row in known])
    unexplained = [
        row.id
        for pack in packs.values()
        for row in _rows(pack)
        if isinstance(row, TargetRow | StatisticRow)
        and row.unit
        and scale.factor(row.unit, units[row.indicator]) is None
        and not {"unit_clash", "unit_suspect"} & set(row.caveats)
    ]
    assert unexplained == []


def test_every_section_has_a_printed_heading(packs: Mapping[str, Pack]) -> None:
    missing = {
        (name, part)
        for name, pack in packs.items()
        for row in _rows(pack)
        for section in row.section.split(";")
        for part in section.split(" ")
        if not part.startswith("#") and part not in pack.plan.headings
    }
    assert missing == set()


def test_places_name_things_of_the_packs_and_claim_no_more_than_a_town(packs: Mapping[str, Pack]) -> None:
    rows, issues = read_table(LAYERS / "places.csv", PlaceRow)
    assert issues == []
    named = {row.name for pack in packs.values() for row in _rows(pack) if isinstance(row, ParkRow | ProjectRow)}
    assert {row.name for _, row in rows} <= named
    assert {row.precision for _, row in rows} <= {"town", "county", "prefecture"}, "never a site"
    assert all(row.source.endswith("人工核定前不得用于选址") for _, row in rows)


@pytest.mark.parametrize(
    ("region", "tier", "value", "text"),
    [
        ("鄂托克旗", "basic", 26, "-26"),
        ("鄂托克旗", "incentive", 29.5, "-29.5"),
        ("鄂托克前旗", "basic", 5, "-5"),
        ("鄂托克前旗", "incentive", 5.7, "-5.7"),
        ("东胜区", "basic", 0, "0"),
        ("东胜区", "incentive", None, "/"),
        ("康巴什区", "basic", 0, "0"),
        ("康巴什区", "incentive", None, "/"),
        ("全市", "basic", 16.5, "-16.5"),
        ("全市", "incentive", 18.7, "-18.7"),
    ],
)
def test_ordos_annex_1(packs: Mapping[str, Pack], region: str, tier: str, value: float | None, text: str) -> None:
    (row,) = _targets(packs[ORDOS], name_in_source=region, tier=tier, section="附件1")
    assert (row.indicator, row.value, row.value_text, row.direction) == ("ei_gdp_cut", value, text, "reduce")
    assert ("none_set" in row.caveats) == (text == "/")


def test_ordos_annex_1_has_ten_regions_with_two_tiers(packs: Mapping[str, Pack]) -> None:
    assert len(_targets(packs[ORDOS], section="附件1")) == 20


def test_ordos_converter_keeps_its_printed_signs(packs: Mapping[str, Pack]) -> None:
    pack = packs[ORDOS]
    (before,) = [row for _, row in pack.statistics if row.indicator == "uec_steel_converter"]
    (goal,) = _targets(pack, indicator="uec_steel_converter")
    (change,) = _targets(pack, indicator="uec_steel_converter_change")
    assert (before.year, before.value, before.value_text) == (2020, -20, "-20")
    assert (goal.target_year, goal.value, goal.value_text) == (2025, -21, "-21")
    assert (change.value, change.value_text, change.unit) == (-5, "[-5%]", "%")
    assert all("sign_as_printed" in row.caveats for row in (before, goal, change))


def test_ordos_annex_2_has_values_changes_and_lone_cells(packs: Mapping[str, Pack]) -> None:
    rows = _targets(packs[ORDOS], section="附件2")
    changes = [row for row in rows if row.indicator.endswith("_change")]
    assert (len(rows), len(changes)) == (26, 12)
    (vehicles,) = [row for row in rows if row.indicator == "vehicle_turnover_ei_cut"]
    assert (vehicles.value, vehicles.value_text, vehicles.direction) == (4, "[-4%]", "reduce")
    assert not [row for _, row in packs[ORDOS].statistics if row.indicator == "green_building_new"]


def test_ordos_annex_3_has_its_38_numbers_in_order(packs: Mapping[str, Pack]) -> None:
    rows = [row for _, row in packs[ORDOS].targets if row.section.startswith("附件3")]
    assert [row.section for row in rows] == [f"附件3 #{number}" for number in range(1, 39)]
    binding = [row.section.removeprefix("附件3 #") for row in rows if row.nature == "binding"]
    assert binding == ["1", "4", "5", "6", "7", "27", "28"]
    assert {row.nature for row in rows} == {"binding", "expected"}


def test_ordos_main_city_heating_keeps_both_values_and_flags_both(packs: Mapping[str, Pack]) -> None:
    rows = _targets(packs[ORDOS], indicator="clean_heat_main_city")
    assert [(row.value, row.section) for row in rows] == [(100, "三(八)"), (80, "附件3 #31")]
    assert all("contradicts_other" in row.caveats for row in rows)


def test_percentage_points_and_percent_stay_apart(packs: Mapping[str, Pack]) -> None:
    for indicator in ("solvent_paint_cut", "solvent_ink_cut"):
        rows = _targets(packs[ORDOS], indicator=indicator)
        assert [row.unit for row in rows] == ["个百分点", "%"]
        assert all("unit_clash" in row.caveats for row in rows)
    assert {row.unit for row in _targets(packs[ORDOS], indicator="solvent_glue_cut")} == {"%"}


@pytest.mark.parametrize(
    ("plan", "indicator", "text"),
    [
        (ORDOS, "river_grade", "Ⅱ类"),
        (SHIZUISHAN, "river_grade", "Ⅱ类"),
        (WUWEI, "river_grade_zhuanglang", "II类"),
        (WUWEI, "river_grade_datong", "II类"),
    ],
)
def test_a_grade_has_no_number(packs: Mapping[str, Pack], plan: str, indicator: str, text: str) -> None:
    rows = _targets(packs[plan], indicator=indicator)
    assert {(row.value, row.value_text, row.unit) for row in rows} == {(None, text, "类")}


def test_xinjiang_lists_fifteen_regions_in_five_groups(packs: Mapping[str, Pack]) -> None:
    rows = _targets(packs[XINJIANG], indicator="ei_gdp_cut")
    groups: dict[float | None, list[str]] = {}
    for row in rows:
        groups.setdefault(row.value, []).append(row.name_in_source)
    assert groups == {
        13: ["乌鲁木齐市", "克拉玛依市", "石河子市"],
        11: ["昌吉州", "巴州", "伊犁州直"],
        10: ["吐鲁番地区", "哈密地区", "阿克苏地区", "阿勒泰地区"],
        8: ["博州", "塔城地区"],
        6: ["和田地区", "克州", "喀什地区"],
    }
    assert {(row.base_year, row.target_year) for row in rows} == {(2010, 2015)}
    assert [row.name_in_source for row in rows if "old_region_name" in row.caveats] == ["吐鲁番地区", "哈密地区"]


def test_tacheng_hydropower_works_and_their_counties(packs: Mapping[str, Pack]) -> None:
    works = {row.name: row.name_in_source for _, row in packs[TACHENG].projects if row.type == "hydropower"}
    assert works == {
        "乌苏市四棵树河吉尔格勒德水利枢纽工程水电站": "乌苏市",
        "沙湾市金沟河七级水电站": "沙湾市",
        "沙湾市金沟河十级水电站": "沙湾市",
        "沙湾市宁家河二级水电站": "沙湾市",
        "沙湾市金沟河红山水库坝后电站": "沙湾市",
        "沙湾市巴音沟河水电站": "沙湾市",
    }


def test_two_storage_stations_that_share_a_head_noun(packs: Mapping[str, Pack]) -> None:
    stations = {row.name: row.name_in_source for _, row in packs[TACHENG].projects if row.name.endswith("县储能电站")}
    assert stations == {"托里县储能电站": "托里县", "和布克赛尔县储能电站": "和布克赛尔县"}


def test_a_park_whose_name_holds_an_enumeration_comma(packs: Mapping[str, Pack]) -> None:
    (park,) = [row for _, row in packs[TACHENG].parks if row.name.startswith("额敏")]
    assert park.name == "额敏（兵地、辽阳）工业园区"
    assert park.name_in_source == "额敏县"
    assert park.programmes == ("circular_retrofit_pilot", "waste_sorting_pilot")


def test_units_1_and_2_of_a_plant_are_one_project(packs: Mapping[str, Pack]) -> None:
    names = [row.name for _, row in packs[TACHENG].projects if row.type == "coal_retrofit"]
    assert names == [
        "华电新疆乌苏能源有限公司多能互补1号、2号机组运行灵活性提升改造项目",
        "国网能源和丰煤电有限公司1号、2号机组灵活性改造项目",
    ]


def test_tacheng_tables_are_whole(packs: Mapping[str, Pack]) -> None:
    pack = packs[TACHENG]
    assert [row.value for row in _targets(pack, section="二(二) 表2")] == [13.5, 16, 100, 100, 5, 60, 80, 5, 6]
    table = [row for _, row in pack.statistics if row.section == "一(一)2 表1"]
    assert len(table) == 30
    assert {row.year for row in table} == {2015, 2016, 2017, 2018, 2019}
    both = [(row.indicator, row.value, row.value_text) for row in table if row.value_text == "33.2/9.07"]
    assert both == [("elec_in", 33.2, "33.2/9.07"), ("elec_out", 9.07, "33.2/9.07")]


def test_tacheng_three_statements_on_intensity_are_all_flagged(packs: Mapping[str, Pack]) -> None:
    rows = [row for _, row in packs[TACHENG].statistics if row.indicator.startswith("ei_gdp")]
    assert [row.value for row in rows] == [1.22, 1.002, 5.01, 2.76]
    assert all("contradicts_other" in row.caveats for row in rows)


def test_wuwei_names_three_annexes_and_sets_nothing_for_its_counties(packs: Mapping[str, Pack]) -> None:
    pack = packs[WUWEI]
    assert [(each.section, each.level, each.indicators) for each in pack.plan.unpublished] == [
        ("附件1", "county", ("ei_gdp_cut",)),
        ("附件2", "prefecture", ()),
        ("附件3", "county", ("cut_cod", "cut_nh3n", "cut_nox", "cut_voc")),
    ]
    assert {row.name_in_source for _, row in pack.targets} == {"全市"}


def test_a_range_keeps_its_lower_end_and_its_text(packs: Mapping[str, Pack]) -> None:
    (row,) = _targets(packs[WUWEI], indicator="demo_parks")
    assert (row.value, row.value_text, row.comparator) == (2, "2—3个", "ge")
    assert row.caveats == ("range_lower_bound",)


def test_shizuishan_qualifier_stays_with_the_last_of_its_list(packs: Mapping[str, Pack]) -> None:
    rows = [row for _, row in packs[SHIZUISHAN].targets if row.indicator.startswith("cut_")]
    assert [(row.value_text, row.comparator, "ambiguous" in row.caveats) for row in rows] == [
        ("2100吨", "eq", True),
        ("125.83吨", "eq", True),
        ("2800吨", "eq", True),
        ("790吨以上", "ge", False),
    ]


def test_shizuishan_basic_and_stretch_goal(packs: Mapping[str, Pack]) -> None:
    rows = _targets(packs[SHIZUISHAN], indicator="ei_gdp_cut")
    assert [(row.value, row.tier) for row in rows] == [(15, "basic"), (17, "incentive")]


def test_an_undivided_capacity_is_multiplied_and_says_so(packs: Mapping[str, Pack]) -> None:
    (row,) = [row for _, row in packs[SHIZUISHAN].projects if row.capacity is not None]
    assert (row.name, row.capacity, row.capacity_unit) == ("国能大唐平罗电厂2×66万千瓦煤电机组", 132, "万千瓦")
    assert row.status == "applying"
    assert "capacity_multiplied" in row.caveats


@pytest.mark.parametrize("plan", [ORDOS, SHIZUISHAN, WUWEI])
def test_one_number_for_fertiliser_and_pesticide_is_two_goals(packs: Mapping[str, Pack], plan: str) -> None:
    rows = [row for _, row in packs[plan].targets if row.section == "三(五)" and row.indicator.endswith("_efficiency")]
    assert [(row.indicator, row.value, row.value_text, row.comparator) for row in rows] == [
        ("fert_efficiency", 43, "43%以上", "ge"),
        ("pesticide_efficiency", 43, "43%以上", "ge"),
    ]


def test_a_table_row_for_fertiliser_and_pesticide_stays_one_row(packs: Mapping[str, Pack]) -> None:
    (row,) = _targets(packs[ORDOS], section="附件3 #19")
    assert (row.indicator, row.value) == ("fert_efficiency", 43)
    assert {"several_in_one", "applies_to_each_object"} <= set(row.caveats)


def test_no_county_is_read_from_a_name_that_names_none(packs: Mapping[str, Pack]) -> None:
    things = {row.name: row.name_in_source for pack in packs.values() for row in _rows(pack) if hasattr(row, "name")}
    assert things["武威铁路国际集装箱场站项目"] == "全市"
    assert things["新疆天泰纤维有限公司中水回用项目"] == "全地区"
    # Counties known from the list of places with its basis, not from the document: marked region_from_places.
    assert things["国能石嘴山发电"] == "惠农区"
    assert things["武威热电余热利用节能改造项目"] == "凉州区"
    assert things["庄浪河综合治理"] == "天祝县"
    assert things["蒙苏经济开发区"] == "伊金霍洛旗"
    assert things["头屯河客运站枢纽"] == "头屯河区"
    assert things["武威黄羊工业园区"] == "凉州区"
    assert things["巴克图口岸经济带"] == "塔城市"
    assert things["和丰工业园区"] == "和布克赛尔县"
    assert things["废旧电池回收再利用项目（边合区）"] == "塔城市"


def test_the_only_duties_tacheng_sets_for_single_counties(packs: Mapping[str, Pack]) -> None:
    rows = [row for _, row in packs[TACHENG].targets if row.name_in_source != "全地区"]
    assert [(row.name_in_source, row.section) for row in rows] == [
        ("乌苏", "三(一)"),
        ("沙湾市", "三(一)"),
        ("乌苏", "四(七)"),
        ("沙湾市", "四(七)"),
    ]
    assert {row.indicator for row in rows} == {"new_coal_project_substitution"}


def test_words_without_a_number_have_no_value_and_zero_is_a_value(packs: Mapping[str, Pack]) -> None:
    rows = [row for pack in packs.values() for _, row in pack.targets]
    assert [row.id for row in rows if "verbal" in row.caveats and row.value is not None] == []
    assert [row.id for row in rows if "worded_as_all" in row.caveats and row.value != 100] == []
    assert [row.name_in_source for row in rows if row.value == 0] == ["东胜区", "康巴什区"]
