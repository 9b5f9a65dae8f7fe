"""The rows of the made-up world: what its documents print. :mod:`tests.data.world` says what each is there for."""

from collections.abc import Mapping
from typing import Any, get_args

from geoapp.model.vocabulary import PROJECT_TYPES, SECTORS, ProjectStatus
from tests.data.world_map import (
    BAIYUN,
    CHENGBEI,
    CHENGZHONG,
    DONGHE,
    JIA,
    JIADONG,
    JIAXI,
    JILIN,
    SHIZI,
    XIHE,
)

HOSTILE = "=1+1&<b>“零碳”</b>\"园'区"
"""A name that spreadsheets, HTML, XML and CSV each read in a way of their own."""
JIA15, JIA25, JIADONG25 = "jia-2015", "jia-2021-2025", "jiadong-2021-2025"
JIAXI25, DONGHE25, JIA30 = "jiaxi-2021-2025", "donghe-2021-2025", "jia-2026-2030"
RESULTS, CITY_RESULTS = "jia-results", "jiadong-results"
# id, title, unit, sector, kind, better, aggregate, inherit, draw
INDICATOR_ROWS = """
ei_gdp_cut          单位GDP能耗累计降低率  %             energy    rate         up    weighted  yes  fill
ei_gdp_cut_annual   单位GDP能耗年均降低率  %             energy    annual_rate  up    none      yes  fill
ei_gdp_level        单位GDP能耗            吨标准煤/万元  energy    level        down  weighted  no   fill
coal_share          煤炭占比               %             energy    share        down  weighted  yes  fill
oil_share           石油占比               %             energy    share        none  weighted  no   fill
gas_share           天然气占比             %             energy    share        none  weighted  no   fill
new_energy_share    新能源占比             %             energy    share        up    weighted  no   fill
nonfossil_share     非化石占比             %             energy    share        up    weighted  yes  fill
forest_rise         森林覆盖率提高         个百分点       energy    pp           up    none      yes  fill
net_import_change   净调入变化             %             energy    change       none  none      no   fill
energy_saving       节能量                 万吨标准煤     energy    amount       up    sum       no   symbol
wind_capacity       风电装机               万千瓦         power     capacity     up    sum       no   symbol
green_factories     绿色工厂<&>            家            industry  count        up    sum       no   symbol
water_grade         水质类别               类            water     grade        none  none      no   fill
reuse_rate          再生水利用率           %             water     rate         up    weighted  yes  fill
coal_words          煤炭消费控制           -             coal      qualitative  none  none      no   none
energy_units_total  重点用能单位           家            energy    count        none  none      no   none
energy_units_power  其中：电力             家            energy    count        none  none      no   none
energy_units_steel  其中：钢铁             家            energy    count        none  none      no   none
elec_use            用电量                 亿千瓦时       power     amount       none  sum       no   symbol
elec_use_growth     用电量增长             %             power     rate         none  none      no   fill
uec_steel           吨钢能耗               千克标准煤/吨  industry  level        down  weighted  yes  fill
uec_steel_change    吨钢能耗变化           %             industry  change       down  none      no   none
"""
UNIT_ROWS = """
%             1                 0.01
个百分点       percentage_point  1
吨标准煤       TJ                0.0293076
万吨标准煤     TJ                293.076
亿吨标准煤     TJ                2930760
吨标准煤/万元  TJ/CNY            0.00000293076
万千瓦        MW                10
家            1                 1
类            1                 1
亿千瓦时       TJ                360
千克标准煤/吨  MJ/t              29.3076
"""
# plan, region, indicator, value, printed, and what differs from the usual: unit, comparator, direction, year, base …
GOALS: tuple[tuple[Any, ...], ...] = (
    (JIA15, JIA, "ei_gdp_cut", 10, "10%", {"target_year": 2015, "base_year": 2010}),
    (JIA15, JIADONG, "ei_gdp_cut", 8, "8%", {"target_year": 2015, "base_year": 2010, "section": "附件1"}),
    (JIA25, JIA, "ei_gdp_cut", 14, "14%以上", {"comparator": "ge", "tier": "basic"}),
    (JIA25, JIA, "ei_gdp_cut", 15, "力争15%", {"tier": "incentive", "caveats": ("aspirational",)}),
    (JIA25, SHIZI, "ei_gdp_cut", 12, "12%", {"tier": "basic", "section": "附件1"}),
    (JIADONG25, JIADONG, "ei_gdp_cut", 16, "16.0%", {"tier": "basic", "section": "二"}),
    (JIADONG25, JIADONG, "ei_gdp_cut", 16, "-16", {"tier": "basic", "section": "附件1"}),
    (JIADONG25, JIADONG, "ei_gdp_cut", 18, "-18", {"tier": "incentive", "section": "附件1"}),
    (JIADONG25, CHENGZHONG, "ei_gdp_cut", 0, "0", {"tier": "basic", "section": "附件1"}),
    (JIADONG25, CHENGZHONG, "ei_gdp_cut", None, "/", {"tier": "incentive", "section": "附件1"}),
    (JIADONG25, CHENGBEI, "ei_gdp_cut", 20, "-20", {"tier": "basic", "section": "附件1"}),
    (JIADONG25, CHENGBEI, "ei_gdp_cut", 22.6, "-22.6", {"tier": "incentive", "section": "附件1"}),
    (JIADONG25, DONGHE, "ei_gdp_cut", 18, "-18", {"tier": "basic", "section": "附件1"}),
    (JIADONG25, DONGHE, "ei_gdp_cut", 18, "-18", {"tier": "incentive", "section": "附件1"}),
    (DONGHE25, DONGHE, "ei_gdp_cut", 18.5, "18.5%左右", {"comparator": "approx", "section": "二"}),
    (JIAXI25, JIAXI, "ei_gdp_cut", 13, "13%", {"nature": "binding"}),
    (JIA30, JIA, "ei_gdp_cut", 11, "11%", {"target_year": 2030, "base_year": 2025}),
    (JIADONG25, JIADONG, "ei_gdp_cut_annual", 3.43, "3.43%", {"section": "二"}),
    (JIAXI25, JIAXI, "ei_gdp_cut_annual", 2.75, "2.75%", {}),
    (JIA25, JIA, "coal_share", 55, "55%左右", {"comparator": "approx", "direction": "at_most"}),
    (JIADONG25, JIADONG, "coal_share", None, "/", {"direction": "at_most", "section": "附件1"}),
    (JIADONG25, CHENGZHONG, "coal_share", 41, "41", {"comparator": "le", "direction": "at_most", "section": "附件1"}),
    (JIADONG25, CHENGBEI, "coal_share", 42, "42", {"comparator": "lt", "direction": "at_most", "section": "附件1"}),
    (JIADONG25, DONGHE, "coal_share", 43, "43", {"direction": "at_most", "section": "附件1"}),
    (JIA25, SHIZI, "coal_share", 44, "44%", {"direction": "at_most"}),
    (JIAXI25, JIAXI, "coal_share", 50, "50%以内", {"comparator": "le", "direction": "at_most"}),
    (JIA25, JIA, "nonfossil_share", 25, "25%以上", {"comparator": "ge", "direction": "at_least"}),
    (JIADONG25, JIADONG, "nonfossil_share", 20, "20%", {"direction": "reach", "section": "附件1"}),
    (JIADONG25, CHENGZHONG, "nonfossil_share", 20, "20%", {"direction": "reach", "section": "附件1"}),
    (JIADONG25, CHENGBEI, "nonfossil_share", 20, "20%", {"direction": "reach", "section": "附件1"}),
    (JIADONG25, DONGHE, "nonfossil_share", 20, "20%", {"direction": "reach", "section": "附件1"}),
    (JIADONG25, JILIN, "nonfossil_share", 20, "20%", {"direction": "reach", "section": "附件1"}),
    (JIADONG25, JIADONG, "forest_rise", 1.5, "1.5个百分点", {"unit": "个百分点", "direction": "increase"}),
    (JIADONG25, CHENGZHONG, "net_import_change", -3, "-3%", {"direction": "reach", "section": "附件2"}),
    (JIADONG25, CHENGBEI, "net_import_change", -1, "-1%", {"direction": "reach", "section": "附件2"}),
    (JIADONG25, DONGHE, "net_import_change", 0, "0%", {"direction": "reach", "section": "附件2"}),
    (JIADONG25, JILIN, "net_import_change", 2, "2%", {"direction": "reach", "section": "附件2"}),
    (JIA25, JIA, "energy_saving", 1, "1亿吨标准煤", {"unit": "亿吨标准煤", "direction": "increase"}),
    (JIADONG25, JIADONG, "energy_saving", 300, "300万吨标准煤", {"unit": "万吨标准煤", "direction": "increase"}),
    (JIADONG25, CHENGBEI, "energy_saving", 1.5, "1.5万吨标准煤", {"unit": "万吨标准煤", "direction": "increase"}),
    (JIADONG25, DONGHE, "energy_saving", 5000, "5000吨标准煤", {"unit": "吨标准煤", "direction": "increase"}),
    (JIADONG25, JIADONG, "wind_capacity", 100, "100万千瓦", {"unit": "万千瓦", "direction": "reach"}),
    (JIADONG25, CHENGZHONG, "wind_capacity", 0, "0", {"unit": "万千瓦", "direction": "reach", "section": "附件2"}),
    (JIADONG25, CHENGBEI, "wind_capacity", 50, "50", {"unit": "万千瓦", "direction": "reach", "section": "附件2"}),
    (JIADONG25, DONGHE, "wind_capacity", 20, "20", {"unit": "万千瓦", "direction": "reach", "section": "附件2"}),
    (JIADONG25, JILIN, "wind_capacity", 5, "5", {"unit": "万千瓦", "direction": "reach", "section": "附件2"}),
    (JIADONG25, CHENGBEI, "green_factories", 7, "7家", {"unit": "家", "comparator": "gt", "direction": "increase"}),
    (JIADONG25, DONGHE, "green_factories", 2, "2家", {"unit": "家", "direction": "increase"}),
    (JIADONG25, CHENGZHONG, "water_grade", None, "Ⅱ类", {"unit": "类", "direction": "reach"}),
    (JIADONG25, CHENGBEI, "water_grade", None, "Ⅲ类", {"unit": "类", "direction": "reach"}),
    (JIADONG25, JIADONG, "reuse_rate", 30, "30%", {"direction": "reach", "nature": "expected"}),
    (JIADONG25, DONGHE, "reuse_rate", 35, "35%", {"direction": "reach"}),
    (JIA25, JIA, "coal_words", None, "得到合理控制", {"unit": "", "direction": "reach", "caveats": ("verbal",)}),
    (JIADONG25, JIADONG, "uec_steel", 540, "540", {"unit": "千克标准煤/吨", "direction": "reach", "section": "附件2"}),
    (JIADONG25, JIADONG, "uec_steel_change", -10, "[-10%]", {"direction": "reach", "section": "附件2"}),
)  # fmt: skip
# plan, region, indicator, year, value, printed, unit, and the year it counts from where it counts
FIGURES: tuple[tuple[Any, ...], ...] = (
    (JIADONG25, JIADONG, "ei_gdp_level", 2015, 1.25, "1.25", "吨标准煤/万元"),
    (JIADONG25, JIADONG, "ei_gdp_level", 2020, 1.0, "1.0", "吨标准煤/万元"),
    (JIADONG25, JIADONG, "ei_gdp_cut", 2020, 20, "20%", "%"),
    (JIADONG25, JIADONG, "coal_share", 2020, 60, "60%", "%"),
    (JIADONG25, JIADONG, "oil_share", 2020, 15, "15%", "%"),
    (JIADONG25, JIADONG, "gas_share", 2020, 10, "10%", "%"),
    (JIADONG25, JIADONG, "new_energy_share", 2020, 15, "15%", "%"),
    (JIADONG25, JIADONG, "energy_units_total", 2020, 12, "12家", "家"),
    (JIADONG25, JIADONG, "energy_units_power", 2020, 5, "5家", "家"),
    (JIADONG25, JIADONG, "energy_units_steel", 2020, 7, "7家", "家"),
    (JIADONG25, JIADONG, "elec_use", 2015, 50, "50", "亿千瓦时"),
    (JIADONG25, JIADONG, "elec_use", 2020, 60, "60", "亿千瓦时"),
    (JIADONG25, JIADONG, "elec_use_growth", 2020, 20, "20%", "%"),
    (JIADONG25, JIADONG, "uec_steel", 2020, 600, "600", "千克标准煤/吨"),
    (DONGHE25, DONGHE, "ei_gdp_level", 2020, 0.8, "0.8", "吨标准煤/万元"),
    (RESULTS, JIADONG, "ei_gdp_cut", 2025, 16.5, "16.5%", "%", 2020),
    (CITY_RESULTS, CHENGZHONG, "ei_gdp_cut", 2025, 1.2, "1.2%", "%", 2020),
    (RESULTS, CHENGBEI, "ei_gdp_cut", 2024, 17.0, "17.0%", "%", 2020),
    (RESULTS, CHENGBEI, "ei_gdp_cut", 2025, 19.9, "19.9%", "%", 2020),
    (RESULTS, DONGHE, "ei_gdp_cut", 2023, 12.5, "12.5%", "%", 2020),
    (RESULTS, JILIN, "ei_gdp_cut", 2025, 17.0, "17.0%", "%", 2020),
    (RESULTS, SHIZI, "ei_gdp_cut", 2024, 5, "5%", "%", 2020),
    (RESULTS, JIA, "ei_gdp_cut", 2024, 30, "30%", "%", 2015),
    (RESULTS, JIAXI, "ei_gdp_level", 2020, 2.0, "2.0", "吨标准煤/万元"),
    (RESULTS, JIAXI, "ei_gdp_level", 2024, 1.8, "1.8", "吨标准煤/万元"),
    (CITY_RESULTS, CHENGZHONG, "coal_share", 2025, 40.5, "40.5%", "%"),
    (RESULTS, CHENGBEI, "wind_capacity", 2023, 30, "30", "万千瓦"),
    *((RESULTS, JIADONG, "elec_use", 2021 + n, 62 + 3 * n, f"{62 + 3 * n}", "亿千瓦时") for n in range(4)),
    (RESULTS, CHENGBEI, "elec_use", 2023, 9.5, "9.5", "亿千瓦时"),
    (RESULTS, JIADONG, "gas_share", 2024, 12, "12%", "%"),
    (RESULTS, CHENGBEI, "gas_share", 2024, 9, "9%", "%"),
)
# plan, region, name, programmes
PARKS: tuple[tuple[Any, ...], ...] = (
    (JIADONG25, CHENGBEI, "城北工业园区", ("zero_carbon", "circular")),
    (JIADONG25, DONGHE, HOSTILE, ("zero_carbon",)),
    (JIAXI25, XIHE, "西河高新区", ("circular",)),
    (JIA25, JIA, "全省循环经济园", ()),
)
# plan, region, name, type, size, unit, status
WORKS: tuple[tuple[Any, ...], ...] = (
    (JIA25, DONGHE, "东河水电站", "hydropower", 30, "万千瓦", "building", ()),
    (JIADONG25, CHENGBEI, "@SUM(A1)", "wind_solar_base", 0, "万千瓦", "planned", ()),
    (JIADONG25, CHENGZHONG, "甲东供热联网", "heating", None, "", "starting", ("shared_across_regions",)),
    (JIADONG25, CHENGBEI, "甲东供热联网", "heating", None, "", "starting", ("shared_across_regions",)),
    (JIAXI25, JIAXI, "甲西天然气", "gas", None, "", "existing", ()),
    (JIAXI25, BAIYUN, "白云储能", "storage", 10, "万千瓦", "completing", ()),
    *((JIADONG25, JILIN, f"𠮷林{kind}", kind, None, "", "applying", ()) for kind in PROJECT_TYPES),
    (JIADONG25, CHENGZHONG, "甲东走航监测", "pollution_control", None, "", "planned", ("shared_across_regions",)),
    (JIADONG25, CHENGBEI, "甲东走航监测", "pollution_control", None, "", "planned", ("shared_across_regions",)),
    *((JIA25, SHIZI, f"石子{status}", "other", None, "", status, ()) for status in get_args(ProjectStatus)),
)
ACTIONS = ("石子pilot", "石子applying", "甲东走航监测")
"""Of the above, what names no object."""
# name, county, lon, lat, precision
PLACES = (
    ("城北工业园区", CHENGBEI, 101.25, 37.25, "site"),
    ("东河水电站", DONGHE, 102.75, 37.75, "town"),
)
TERMS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "programme": {"zero_carbon": ("零碳园区", "Zero-carbon park"), "circular": ("循环化改造", "Circular retrofit")},
    "caveat": {
        "verbal": ("文件以文字表述", "Stated in words"),
        "aspirational": ("文件表述为力争", "An ambition"),
        "shared_across_regions": ("跨地区项目", "Shared across regions"),
        "historic_target": ("往期目标", "A goal of an earlier period"),
    },
    "project_nature": {"work": ("具名项目", "Named project"), "action": ("举措", "Action")},
    "project_type": {word: (f"类型{word}", word) for word in PROJECT_TYPES},
    "project_status": {word: (f"状态{word}", word) for word in get_args(ProjectStatus)},
    "sector": {word: (f"领域{word}", word) for word in SECTORS},
}
