"""Makes the tables of this folder, as planners make them: ``python -m tests.data.tables.make``.

They are kept in the repository, so that the tests read what a person can open and look at. Names of divisions come
from the built boundaries, numbers from a counter: they mean nothing.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlwt  # writes the old format; installed by hand (`pip install xlwt`), only this program needs it
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from geoapp.boundaries.gazetteer import Gazetteer, read_aliases
from geoapp.boundaries.regions_cache import kept_regions
from geoapp.model.region import Adcode, Level

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[2]
INNER_MONGOLIA, XINJIANG, JIANGSU, ORDOS = map(Adcode, ("150000", "650000", "320000", "150600"))
Rows = Sequence[Sequence[Any]]
BANNERS = ("东胜区", "康巴什区", "达拉特旗", "准格尔旗", "鄂托克前旗", "鄂托克旗", "杭锦旗", "乌审旗", "伊金霍洛旗")


def number(place: int, low: float = 0.5, step: float = 0.37) -> float:
    """Return a number that differs from row to row."""
    return round(low + (place * 7 % 23) * step, 2)


def text(name: str, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> None:
    """Write a text table."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    (FOLDER / name).write_bytes(out.getvalue().encode(encoding))


def book(name: str, **sheets: Rows) -> Workbook:
    """Write a workbook; more may be done to it before it is saved again."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made.save(FOLDER / name)
    return made


def merge(sheet: Worksheet, ranges: Iterable[str]) -> None:
    """Merge cells, as headers and parents are."""
    for each in ranges:
        sheet.merge_cells(each)


def main() -> None:
    """Make all of them."""
    places = Gazetteer(kept_regions(ROOT / "build" / "shapes") or [], read_aliases(ROOT / "shapes" / "aliases.csv"))
    headers()
    names(places)
    numbers()
    workbooks(places)
    refused()


def headers() -> None:
    """Titles, storeys, units, years, notes."""
    rows: list[list[Any]] = [["鄂尔多斯市2024—2025年能耗情况表"], ["填报单位：统计局", None, None, "单位：万吨标准煤"]]
    rows += [
        ["地区", "能耗总量", None, "能耗强度", None],
        [None, "2024年", "2025年", "2025年（吨标准煤/万元）", "同比（%）"],
    ]
    rows += [[name, number(i, 90, 11), number(i, 80, 12), number(i), -number(i)] for i, name in enumerate(BANNERS)]
    rows += [["合计", 1000, 1100, 1.2, -3], ["注：1. 能耗强度按2020年价格计算；2. 本表数据为初步核算数，以年报为准。"]]
    made = book("01-两层表头.xlsx", 能耗=rows)
    merge(made.worksheets[0], ["A1:E1", "A3:A4", "B3:C3", "D3:E3"])
    made.save(FOLDER / "01-两层表头.xlsx")
    rows = [["旗区", "用电量", "清洁能源占比"], ["", "亿千瓦时", "%"], ["甲", 1, 2]]
    rows += [[name, number(i, 10), number(i, 20)] for i, name in enumerate(BANNERS)]
    book("02-单位行与栏次.xlsx", Sheet1=rows)
    rows = [["各旗区规模以上工业用电量（亿千瓦时）"], ["地区", 2021, 2022, 2023, 2024, 2025]]
    rows += [[name, *(number(i + y, 10) for y in range(5))] for i, name in enumerate(BANNERS)]
    book("03-年份作表头.xlsx", 用电=rows)
    text("04-没有单位.csv", [["地区", "得分"], *([name, i + 60] for i, name in enumerate(BANNERS))])


def names(places: Gazetteer) -> None:
    """Names in every spelling, codes, typing errors, several meanings."""
    cities = places.at_level(Adcode("100000"), Level.PREFECTURE)
    rows: list[list[Any]] = [["城市", "地区生产总值（亿元）"]]
    text("05-全国地级.csv", rows + [[each.name, number(i, 300, 90)] for i, each in enumerate(cities)], "gb18030")
    rows = [["盟市", "旗县区", "单位GDP能耗降低率(%)"]]
    last = ""
    for i, each in enumerate(places.at_level(INNER_MONGOLIA, Level.COUNTY)):
        above = next(places.parents(each.adcode)).name
        rows.append([above if above != last else None, each.name, number(i, 10, 0.5)])
        last = above
    book("06-103个旗县.xlsx", 降低率=rows)
    rows = [["地州市", "单位GDP能耗降低率（%）"]]
    spelt = (
        "乌鲁木齐市",
        "克拉玛依市",
        "吐鲁番地区",
        "哈密地区",
        "昌吉州",
        "伊犁州直",
        "塔城地区",
        "阿勒泰地区",
        "博州",
        "巴州",
    )
    rows += [
        [name, number(i, 12)]
        for i, name in enumerate((*spelt, "阿克苏地区", "克州", "喀什地区", "和田地区", "石河子市"))
    ]
    text("07-新疆简称旧名.csv", rows, "utf-8-sig")
    rows = [["行政区划代码", "装机容量（万千瓦）"]]
    rows += [
        [150602.0, 10],
        ["150603", 20],
        [150621, 30],
        ["150622000000", 40],
        ["654223", 50],
        ["'150623", 60],
        [150699, 70],
    ]
    book("08-代码.xlsx", 代码=rows)
    rows = [["所在地", "项目数（个）"]]
    for i, name in enumerate(
        (
            "鄂尔多斯市达拉特旗",
            "内蒙古自治区鄂尔多斯市准格尔旗",
            "内蒙古-鄂尔多斯-杭锦旗",
            "鼓楼区（南京市）",
            "北京市朝阳区",
        )
    ):
        rows.append([name, i + 1])
    text("09-一格写全.csv", [*rows, ["鄂托克旗*", 6], ["达拉特旗(不含园区)", 7]])
    text(
        "10-同名待定.csv", [["地区", "指标值"], ["鼓楼区", 1.5], ["朝阳区", 2.5], ["达拉特旗", 3.5], ["准格尔旗", 4.5]]
    )
    text("11-错字.csv", [["旗县", "强度"], ["达拉物旗", 1.5], ["准噶尔旗", 2.5], ["伊金霍洛其", 3.5], ["东胜区", 4.5]])
    rows = [["省", "市", "县（市、区）", "用能总量（万吨标准煤）"]]
    for i, each in enumerate(
        (*places.at_level(JIANGSU, Level.COUNTY), *places.at_level(Adcode("110000"), Level.COUNTY))
    ):
        city, *above = [up.name for up in places.parents(each.adcode) if up.parent is not None]
        rows.append([above[0] if above else city, city if above else "市辖区", each.name, number(i, 40, 3)])
    book("12-省市县三列.xlsx", 用能=rows)
    rows = [["代码", "县市", "人口（万人）"]]
    rows += [
        [f"{each.adcode}000000", each.name, number(i, 5)]
        for i, each in enumerate(places.at_level(XINJIANG, Level.COUNTY))
    ]
    text("13-新疆县级代码.csv", rows)
    text("14-重复的地区.csv", [["地区", "数"], ["达拉特旗", 1], ["准格尔旗", 2], ["达拉特旗", 3]])
    text(
        "15-代码与名称不符.csv",
        [["代码", "名称", "数"], [150621, "达拉特旗", 1], [150622, "达拉特旗", 2], [150623, "鄂托克前旗", 3]],
    )


def numbers() -> None:
    """Numbers in every spelling, and what is none."""
    rows: list[list[Any]] = [["地区", "产值（万元）", "增速", "备注"]]
    cells = ("１，２３４", "2,345.6", "− 3", "４５．６", "—", "暂无", "1 234", "0", "7")
    rates = ("１２．５％", "3%", "-4.5％", "0%", "/", "", "6%", "7%", "8%")
    rows += [[name, cells[i], rates[i], "" if i else "初步数"] for i, name in enumerate(BANNERS)]
    text("16-全角与千分位.csv", rows, "gb18030")
    rows = [
        ["地区", "强度"],
        ["达拉特旗", "约30"],
        ["准格尔旗", "1.5"],
        ["杭锦旗", "30以上"],
        ["乌审旗", "12,34"],
        ["东胜区", "2"],
    ]
    text("17-约数.csv", [*rows, ["鄂托克旗", "3"], ["康巴什区", "4"]])
    rows = [["地区", "能耗（万吨标准煤）"], ["达拉特旗", "800万吨标准煤"], ["准格尔旗", "5吨"], ["杭锦旗", 300]]
    text("18-单位写在格里.csv", rows)
    rows = [
        ["地区", "较上年增减（个百分点）"],
        *([name, -number(i) if i % 2 else number(i)] for i, name in enumerate(BANNERS)),
    ]
    text("19-增减.csv", rows, "utf-16")
    rows = [["地区", "年份", "能耗强度（吨标准煤/万元）"]]
    rows += [[name, 2014 + y, number(i + y)] for i, name in enumerate(BANNERS) for y in range(12)]
    text("20-分年长表.tsv", rows, delimiter="\t")


def workbooks(places: Gazetteer) -> None:
    """What only workbooks have: sheets, formats, formulas, errors, the old format."""
    rows: list[list[Any]] = [
        ["地区", "占比", "完成率"],
        *([name, (i + 1) / 40, 0.9 + i / 100] for i, name in enumerate(BANNERS)),
    ]
    made = book("21-百分比格式.xlsx", 占比=rows)
    for row in range(2, len(rows) + 1):
        made.worksheets[0].cell(row, 2).number_format = "0.0%"
        made.worksheets[0].cell(row, 3).number_format = "0.00%"
    made.save(FOLDER / "21-百分比格式.xlsx")
    rows = [["地区", "数"], *([name, i + 1] for i, name in enumerate(BANNERS[:5]))]
    made = book("22-几个工作表.xlsx", 封面=[["2025年度报表"], ["鄂尔多斯市发展和改革委员会"]], 数据=rows, 草稿=rows[:3])
    made["草稿"].sheet_state = "hidden"
    made.save(FOLDER / "22-几个工作表.xlsx")
    rows = [
        ["地区", "数", "两倍", "比值"],
        ["达拉特旗", 1, "=B2*2", 0.5],
        ["准格尔旗", 2, 4, "#DIV/0!"],
        ["杭锦旗", 3, 6, 0.7],
    ]
    book("23-公式与错误值.xlsx", 数=rows)
    rows = [
        ["地区", "产能（万吨）"],
        [None, None],
        ["小计", 30],
        ["其中：东胜区", 10],
        ["    康巴什区", 20],
        [None, None],
        ["小计", 70],
    ]
    rows += [["其中：达拉特旗", 30], ["    准格尔旗", 40], [None, None], ["总计", 100], [None, "制表：某某  2026年1月"]]
    book("24-空行小计.xlsx", 产能=rows)
    rows = [["省份", "目标（%）"]]
    rows += [
        [each.short_name, number(i, 10)] for i, each in enumerate(places.at_level(Adcode("100000"), Level.PROVINCE))
    ]
    old = xlwt.Workbook(encoding="utf-8")
    sheet = old.add_sheet("目标")
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(place, column, value)
    old.save(str(FOLDER / "25-老格式.xls"))


def refused() -> None:
    """What is no table of regions; the answer says why."""
    page = "<html><body><table><tr><td>地区</td><td>数</td></tr></table></body></html>"
    (FOLDER / "26-网页冒充.xls").write_text(page, encoding="utf-8")
    text("27-只有坐标.csv", [["站点", "经度", "纬度"], ["甲", 109.9, 39.6], ["乙", 110.1, 39.8]])


if __name__ == "__main__":
    main()
