"""Tables as planners make them: each maps wholly, or the very cell or row that stops it is named.

The files lie in ``tests/data/tables``; ``make.py`` there makes them and says what each is for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient

from geoapp.atlas import Atlas

FOLDER = Path(__file__).resolve().parents[1] / "data" / "tables"
Column = tuple[str, str, int | None, str]
"""Title, unit, year, how it is drawn."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What becomes of a table: rows that are matched, left out and open, columns of numbers, cells that stop rows."""

    matched: int
    ignored: int = 0
    open: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict)


RATE = ("单位GDP能耗降低率", "%", None, "fill")
SCORE = ("强度", "", None, "fill")
NUMBER = ("数", "", None, "fill")
TABLES = {
    "01-两层表头.xlsx": Expected(
        matched=9,
        ignored=1,
        columns=(
            ("能耗总量", "万吨标准煤", 2024, "symbol"),
            ("能耗总量", "万吨标准煤", 2025, "symbol"),
            ("能耗强度", "吨标准煤/万元", 2025, "fill"),
            ("能耗强度 同比", "%", None, "fill"),
        ),
    ),
    "02-单位行与栏次.xlsx": Expected(
        matched=9, columns=(("用电量", "亿千瓦时", None, "symbol"), ("清洁能源占比", "%", None, "fill"))
    ),
    "03-年份作表头.xlsx": Expected(
        matched=9,
        columns=tuple(("各旗区规模以上工业用电量", "亿千瓦时", year, "symbol") for year in range(2021, 2026)),
    ),
    "04-没有单位.csv": Expected(matched=9, columns=(("得分", "", None, "fill"),)),
    "05-全国地级.csv": Expected(matched=375, columns=(("地区生产总值", "亿元", None, "symbol"),)),
    "06-103个旗县.xlsx": Expected(matched=103, columns=(RATE,)),
    "07-新疆简称旧名.csv": Expected(matched=15, columns=(RATE,)),
    "08-代码.xlsx": Expected(
        matched=6, open={8: ("unmatched", "unknown")}, columns=(("装机容量", "万千瓦", None, "symbol"),)
    ),
    "09-一格写全.csv": Expected(
        matched=6, open={8: ("unmatched", "unknown")}, columns=(("项目数", "个", None, "symbol"),)
    ),
    "10-同名待定.csv": Expected(
        matched=2,
        open={2: ("ambiguous", "several"), 3: ("ambiguous", "several")},
        columns=(("指标值", "", None, "fill"),),
    ),
    "11-错字.csv": Expected(matched=1, open=dict.fromkeys((2, 3, 4), ("unmatched", "unknown")), columns=(SCORE,)),
    "12-省市县三列.xlsx": Expected(matched=111, columns=(("用能总量", "万吨标准煤", None, "symbol"),)),
    "13-新疆县级代码.csv": Expected(matched=108, columns=(("人口", "万人", None, "symbol"),)),
    "14-重复的地区.csv": Expected(matched=1, open=dict.fromkeys((2, 4), ("ambiguous", "repeated")), columns=(NUMBER,)),
    "15-代码与名称不符.csv": Expected(matched=2, open={3: ("ambiguous", "code_and_name")}, columns=(NUMBER,)),
    "16-全角与千分位.csv": Expected(matched=9, columns=(("产值", "万元", None, "fill"), ("增速", "%", None, "fill"))),
    "17-约数.csv": Expected(matched=7, columns=(SCORE,), faults={"B2": "不是数", "B4": "不是数", "B5": "逗号的位置"}),
    "18-单位写在格里.csv": Expected(
        matched=3, columns=(("能耗", "万吨标准煤", None, "symbol"),), faults={"B3": "单位与这一列的单位不同"}
    ),
    "19-增减.csv": Expected(matched=9, columns=(("较上年增减", "个百分点", None, "fill"),)),
    "20-分年长表.tsv": Expected(
        matched=108, columns=tuple(("能耗强度", "吨标准煤/万元", year, "fill") for year in range(2014, 2026))
    ),
    "21-百分比格式.xlsx": Expected(matched=9, columns=(("占比", "%", None, "fill"), ("完成率", "%", None, "fill"))),
    "22-几个工作表.xlsx": Expected(matched=5, columns=(NUMBER,)),
    "23-公式与错误值.xlsx": Expected(
        matched=3,
        columns=(NUMBER, ("两倍", "", None, "fill"), ("比值", "", None, "fill")),
        faults={"C2": "公式没有保存过结果", "D3": "错误值"},
    ),
    "24-空行小计.xlsx": Expected(matched=4, ignored=3, columns=(("产能", "万吨", None, "symbol"),)),
    "25-老格式.xls": Expected(matched=34, columns=(("目标", "%", None, "fill"),)),
}
REFUSED = {"26-网页冒充.xls": "其实是网页", "27-只有坐标.csv": "第一个有内容的单元格 A1 是“站点”"}


def test_every_table_is_held_to_something() -> None:
    kept = {path.name for path in FOLDER.iterdir() if path.name[0].isdigit()}
    assert kept == {*TABLES, *REFUSED}
    assert sum(expected.matched >= 100 for expected in TABLES.values()) >= 5


@pytest.mark.parametrize("name", TABLES)
def test_a_table_maps_wholly_or_names_what_stops_it(client: FlaskClient, atlas: Atlas, name: str) -> None:
    expected = TABLES[name]
    with (FOLDER / name).open("rb") as file:
        answer = client.post("/tables", data={"file": (file, name)})
    found = answer.json
    assert answer.status_code == 201, answer.text
    numbers = [column for column in found["columns"] if column["kind"] == "number"]
    assert tuple((c["title"], c["unit"], c["year"], c["draw"]) for c in numbers) == expected.columns
    assert {fault["cell"]: fault["problem"] for fault in found["faults"]}.keys() == expected.faults.keys()
    assert all(expected.faults[fault["cell"]] in fault["problem"] for fault in found["faults"])
    left = {
        row["row"]: (row["status"], row["how"]) for row in found["rows"] if row["status"] in ("ambiguous", "unmatched")
    }
    assert left == expected.open
    assert (found["counts"]["matched"], found["counts"]["ignored"]) == (expected.matched, expected.ignored)
    shown = client.get(f"/view.json?{found['view']}").json
    drawn = {area["adcode"] for area in shown["areas"] if area["status"] == "own"}
    level = dict(parse_qsl(found["view"]))["level"]
    codes = {row["adcode"] for row in found["rows"] if row["adcode"] and level in atlas.gazetteer[row["adcode"]].levels}
    stopped = {row["adcode"] for row in found["rows"] if row["row"] in {f["row"] for f in found["faults"]}}
    assert drawn <= codes
    assert codes - drawn <= stopped | blank_rows(name)


def blank_rows(name: str) -> set[str]:
    """Return the regions whose first number is a blank: they have no data, and that is no fault."""
    return {"150623", "150624"} if name.startswith("16-") else set()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_of_regions_says_why(client: FlaskClient, name: str) -> None:
    with (FOLDER / name).open("rb") as file:
        answer = client.post("/tables", data={"file": (file, name)})
    assert answer.status_code == 422
    assert answer.json["detail"].startswith(f"{name}：")
    assert REFUSED[name] in answer.json["detail"]


def test_percent_formats_are_read_as_they_are_printed(client: FlaskClient) -> None:
    with (FOLDER / "21-百分比格式.xlsx").open("rb") as file:
        found = client.post("/tables", data={"file": (file, "a.xlsx")}).json
    areas = {area["name"]: area for area in client.get(f"/view.json?{found['view']}").json["areas"]}
    assert (areas["东胜区"]["value"], areas["东胜区"]["label"]) == (2.5, "2.5%")


def test_the_reader_chooses_the_sheet(client: FlaskClient) -> None:
    with (FOLDER / "22-几个工作表.xlsx").open("rb") as file:
        found = client.post("/tables", data={"file": (file, "a.xlsx")}).json
    assert (found["sheet"], found["sheets"]) == ("数据", ["封面", "数据"])
    hidden = client.patch(f"/tables/{found['id']}", json={"sheet": "草稿"})
    assert (hidden.status_code, hidden.json["counts"]["matched"]) == (200, 2)
    cover = client.patch(f"/tables/{found['id']}", json={"sheet": "封面"})
    assert (cover.status_code, "工作表“封面”" in cover.json["detail"]) == (422, True)


def test_each_year_of_a_long_table_has_its_own_numbers(client: FlaskClient) -> None:
    with (FOLDER / "20-分年长表.tsv").open("rb") as file:
        found = client.post("/tables", data={"file": (file, "a.tsv")}).json
    values = set()
    for column in found["columns"][2:4]:
        view = found["view"].replace(":c3-2014", f":{column['id']}")
        values.add(tuple(area["value"] for area in client.get(f"/view.json?{view}").json["areas"]))
    assert len(values) == 2
