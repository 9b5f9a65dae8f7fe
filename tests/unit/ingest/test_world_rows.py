"""What a row says of itself must agree: each check at its own limits, on the made-up world's files."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import InvalidData
from geoapp.ingest.layers import read_layers
from geoapp.ingest.rowchecks import (
    capacity_faults,
    figure_faults,
    list_of_regions,
    park_spellings,
    repeated,
    year_faults,
)
from geoapp.ingest.schemas import ParkRow, ProjectRow, StatisticRow, TargetRow
from geoapp.ingest.tables import read_table, read_text
from geoapp.model.dataset import Dataset
from tests.data.world import EDITION, build_world
from tests.data.world_folders import read_cells, write_layers
from tests.data.world_map import polygons
from tests.data.world_rows import JIADONG25

DATA = build_world().dataset
PLAN = next(plan for plan in DATA.plans if plan.id == JIADONG25)
GAZETTEER = Gazetteer(DATA.regions, DATA.aliases)


def target(**differs: Any) -> TargetRow:
    cells = {
        "id": "x",
        "name_in_source": "东河县",
        "indicator": "ei_gdp_cut",
        "value": "18",
        "value_text": "18%",
        "unit": "%",
        "comparator": "eq",
        "direction": "reduce",
        "base_year": "2020",
        "target_year": "2025",
        "nature": "",
        "tier": "",
        "sector": "energy",
        "section": "二",
        "caveats": "",
    }
    return TargetRow.model_validate({**cells, **differs})


def project(**differs: Any) -> ProjectRow:
    cells = {
        "id": "x",
        "name": "站",
        "nature": "work",
        "type": "gas",
        "name_in_source": "东河县",
        "capacity": "",
        "capacity_unit": "",
        "status": "planned",
        "status_text": "",
        "section": "二",
        "caveats": "",
    }
    return ProjectRow.model_validate({**cells, **differs})


def park(name: str, place: str = "东河县") -> ParkRow:
    return ParkRow(id=name, name=name, programmes=(), name_in_source=place, section="二", caveats=())


def columns(faults: Any) -> list[str]:
    return [fault.column for fault in faults]


@pytest.mark.parametrize(
    ("capacity", "unit", "faulty"),
    [
        ("30", "万千瓦", []),
        ("0", "万千瓦", []),
        ("", "", []),
        ("-1", "万千瓦", ["capacity"]),
        ("30", "", ["capacity_unit"]),
        ("0", "", ["capacity_unit"]),
        ("", "万千瓦", ["capacity_unit"]),
        ("-1", "", ["capacity", "capacity_unit"]),
    ],
)
def test_a_size_of_nothing_is_a_size_and_size_and_unit_go_together(capacity: str, unit: str, faulty: list[str]) -> None:
    assert columns(capacity_faults(2, project(capacity=capacity, capacity_unit=unit))) == faulty


@pytest.mark.parametrize(
    ("value", "text", "unit", "faulty"),
    [
        ("18", "18%", "%", []),
        ("18", "-18", "%", []),
        ("-18", "[-18%]", "%", []),
        ("18", "１８％", "%", []),
        ("16.5", "16.5%以上", "%", []),
        ("81", "18%", "%", ["value"]),
        ("1.8", "18%", "%", ["value"]),
        ("", "/", "%", []),
        ("", "Ⅱ类", "类", []),
        ("5", "完成任务", "%", []),
        ("18", "18%", "‰", ["unit"]),
        ("1.5", "1.5个百分点", "%", ["unit"]),
        ("1.5", "1.5个百分点", "个百分点", []),
        ("3", "3‰", "%", ["unit"]),
        ("3", "3‰", "‰", []),
        ("20", "由15%到20%", "%", []),
    ],
)
def test_number_and_unit_are_those_of_the_print(value: str, text: str, unit: str, faulty: list[str]) -> None:
    assert columns(figure_faults(2, target(value=value, value_text=text, unit=unit))) == faulty


@given(st.integers(0, 10_000), st.integers(0, 3))
def test_a_number_printed_anyhow_is_its_value(number: int, places: int) -> None:
    value = number / 10**places
    assert columns(figure_faults(2, target(value=f"{value:.{places}f}", value_text=f"约{value:.{places}f}"))) == []
    assert columns(figure_faults(2, target(value=f"{value + 1:.{places}f}", value_text=f"{value:.{places}f}"))) == [
        "value"
    ]


@pytest.mark.parametrize(
    ("differs", "faulty"),
    [
        ({}, []),
        ({"base_year": "2024"}, []),
        ({"base_year": "2025"}, ["base_year"]),
        ({"base_year": "2026"}, ["base_year"]),
        ({"base_year": ""}, []),
        ({"target_year": "2021", "base_year": "2020"}, []),
        ({"target_year": "2020", "base_year": "2015"}, ["target_year"]),
        ({"target_year": "2020", "base_year": "2015", "caveats": "historic_target"}, []),
        ({"target_year": "2030"}, []),
    ],
)
def test_years_of_a_goal(differs: dict[str, str], faulty: list[str]) -> None:
    assert columns(year_faults(2, target(**differs), PLAN)) == faulty


@pytest.mark.parametrize(("year", "faulty"), [("2020", []), ("2022", []), ("2023", ["year"])])
def test_no_figure_is_measured_after_the_document_came_out(year: str, faulty: list[str]) -> None:
    assert PLAN.published.year == 2022
    row = StatisticRow(
        id="x", name_in_source="东河县", indicator="coal_share", year=int(year), value=1.0, value_text="1%", unit="%",
        section="一", caveats=(),
    )  # fmt: skip
    assert columns(year_faults(2, row, PLAN)) == faulty


def test_every_later_row_of_a_key_is_named_with_the_first() -> None:
    found = list(repeated([(2, "a"), (3, "b"), (4, "a"), (5, "a")], "goal"))
    assert [(fault.number, fault.problem) for fault in found] == [
        (4, "the same goal stands in row 2"),
        (5, "the same goal stands in row 2"),
    ]


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("东河工业园区", "东河工业园", True),
        ("东河工业园区", "东河(工业)园区", True),
        ("东河工业园区", "东河 工业园区", True),
        ("东河工业园区", "东河县工业园区", True),
        ("东河工业园区", "东河国家级工业园区", True),
        ("东河工业园区", "东河农业园区", True),
        ("东河一区", "东河二区", False),
        ("东河1区", "东河2区", False),
        ("东河东区", "东河西区", False),
        ("东河A区", "东河B区", False),
        ("东河工业园区", "西山农场", False),
        ("东河工业园区", "东河工业园区东", False),
        ("东河工业园区", "东河新兴产业园区", False),
    ],
)
def test_two_spellings_of_one_park(one: str, two: str, alike: bool) -> None:
    for first, second in ((one, two), (two, one)):
        found = list(park_spellings([(2, park(first)), (3, park(second))]))
        assert [fault.number for fault in found] == ([3] if alike else [])


def test_parks_of_other_places_may_be_nearly_alike() -> None:
    assert not list(park_spellings([(2, park("东河工业园区")), (3, park("东河农业园区", "西河县"))]))
    assert list(park_spellings([(2, park("东河工业园区")), (3, park("东河 工业园区", "西河县"))]))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("东河县、城北区", ["东河县", "城北区"]),
        ("东河县和城北区", ["东河县", "城北区"]),
        ("东河县及别处", ["东河县", "别处"]),
        ("东河县", []),
        ("东河县，城北区,城中区", ["东河县", "城北区", "城中区"]),
    ],
)
def test_a_cell_that_lists_regions(name: str, parts: list[str]) -> None:
    assert list_of_regions(name, GAZETTEER.names(PLAN.region)) == parts


# Files


@pytest.fixture
def layers(tmp_path: Path) -> Path:
    write_layers(tmp_path / "layers", DATA)
    return tmp_path / "layers"


def contains(code: str, lon: float, lat: float) -> bool:
    shapes = {key: shape for level in polygons().values() for key, shape in level.items()}
    return bool(shapely.contains_xy(shapes[code], lon, lat))


def read(layers: Path) -> Dataset:
    return read_layers(layers, GAZETTEER, EDITION, contains)


def faults(layers: Path) -> list[str]:
    with pytest.raises(InvalidData) as caught:
        read(layers)
    return [str(issue).replace(f"{layers}/", "").replace("plans/", "") for issue in caught.value.issues]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("indicators.csv", "ei_gdp_cut,", "d_gap,", "column id: 'd_gap' is computed by the atlas"),
        ("indicators.csv", ",yes,fill", ",maybe,fill", "column inherit: 'maybe' is not usable here (write yes or no)"),
        ("indicators.csv", "ei_gdp_level,", "ei_gdp_cut,", "'ei_gdp_cut' stands in row 2 already (remove one)"),
        ("vocabulary.csv", "programme,circular", "programme,zero_carbon", "'programme zero_carbon' stands in row 2"),
        ("units.csv", "万千瓦,MW,10,定义\n", "", "unit '万千瓦' of vocabulary.csv row"),
        ("units.csv", "MW,10", "MW,0", "column factor: '0' is not usable here"),
        ("places.csv", "101.25", "102.25", "城北工业园区 at 102.25, 37.25 lies outside 城北区 910102"),
        ("places.csv", "910102", "910199", "910199 is not a division"),
        ("places.csv", "101.25", "136.1", "column lon: 136.1 is above 136"),
        ("jiadong-2021-2025/targets.csv", "城北区,ei", "成北区,ei", "'成北区' is not a division of 甲东市"),
        ("jiadong-2021-2025/targets.csv", "ei_gdp_cut,", "ei_gdp_cuts,", "'ei_gdp_cuts' is not in layers/ind"),
        ("jiadong-2021-2025/targets.csv", "-t02,", "-t01,", "is used twice"),
        ("donghe-2021-2025/targets.csv", "%,approx,", "%,aprox,", "'aprox' is not in the list (did you mean 'approx'?"),
        ("jiadong-2021-2025/targets.csv", "2020,2025", "2020,25", "'25' is not a year"),
        ("jiadong-2021-2025/targets.csv", ",-20,%", ",-20,18", "a number, 18, stands in the unit column"),
        ("jiadong-2021-2025/targets.csv", ",-20,%", ",-20,％％", "'％％' is not a unit of layers/vocabulary.csv"),
        ("jiadong-2021-2025/parks.csv", "zero_carbon;circular", "zero_carbon;circulr", "'circulr' is not a programme"),
        ("jiadong-2021-2025/projects.csv", "heating,城中区", "heating,城北区", "the same project stands in row"),
        ("jiadong-2021-2025/plan.toml", 'region = "910100"', 'region = "910109"', "910109 is not a division"),
        ("jiadong-2021-2025/plan.toml", 'id = "jiadong', 'id = "jidong', "is not the folder's name"),
        ("jiadong-2021-2025/plan.toml", "start_year = 2021\n", "", "start_year: the line is missing"),
    ],
)  # fmt: skip
def test_every_fault_is_found_with_its_file_and_row(layers: Path, file: str, old: str, new: str, fault: str) -> None:
    path = layers / file if "/" not in file else layers / "plans" / file
    edit(path, old, new)
    found = faults(layers)
    assert any(line.startswith(file) and fault in line for line in found), found
    number = re_row(found)
    if path.suffix == ".csv" and new and "vocabulary.csv row" not in fault:
        rows = path.read_text(encoding="utf-8").splitlines()
        assert any(new.strip(",").split(",")[0] in rows[int(each) - 1] for each in number), found


def re_row(found: list[str]) -> list[str]:
    return [each for line in found for each in re.findall(r" row (\d+)", line)]


def test_all_faults_of_all_files_come_at_once(layers: Path) -> None:
    edit(layers / "units.csv", "MW,10", "MW,0")
    edit(layers / "plans" / JIADONG25 / "targets.csv", "%,eq,", "%,eg,")
    edit(layers / "plans" / "jia-2015" / "plan.toml", 'region = "910000"', 'region = "919999"')
    files = {line.partition(" ")[0] for line in faults(layers)}
    assert {"units.csv", f"{JIADONG25}/targets.csv", "jia-2015/plan.toml"} <= files


def test_a_folder_without_plans_says_so(layers: Path) -> None:
    (layers / "plans").rename(layers / "documents")
    assert "plans: holds no plan (add a folder with plan.toml and its tables)" in faults(layers)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("甲,乙\n".encode("gbk"), "row 1: not UTF-8: it looks like GBK/GB18030"),
        (b"a,b\n\xff\xff\xff", "row 2: not UTF-8: the encoding is unknown"),
        ("a\nb\n�".encode(), "row 3: holds the replacement character U+FFFD"),
    ],
)
def test_encodings_are_recognised(tmp_path: Path, body: bytes, problem: str) -> None:
    (tmp_path / "a.csv").write_bytes(body)
    text, issues = read_text(tmp_path / "a.csv")
    assert text == ""
    assert str(issues[0]).startswith(f"{tmp_path}/a.csv {problem}")
    assert read_text(tmp_path / "none.csv")[1][0].problem == "the file is missing"


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("id;name;programmes;name_in_source;section;caveats\n", "the cells are separated by semicolons"),
        ("id\tname\tprogrammes\tname_in_source\tsection\tcaveats\n", "the cells are separated by tabs"),
        ("id,nam,programmes,name_in_source,section,caveats\n", "column 'name' is missing"),
        ("id,name,programmes,name_in_source,section,caveats,more\n", "unknown column 'more'"),
        ("id,name,programmes,name_in_source,section,caveats,id\n", "a column name occurs twice"),
        ("id,name,programmes,name_in_source,section,caveats\na,b\n", "2 cells where the header has 6"),
        ("id,name,programmes,name_in_source,section,caveats\na,b ,,c,d,\n", "'b ' begins or ends with a space"),
        (
            "id,name,programmes,name_in_source,section,caveats\na,b\u200bc,,c,d,\n",
            "holds the invisible character U+200B",
        ),
        ("id,name,programmes,name_in_source,section,caveats\na,,,c,d,\n", "the cell is empty"),
        ('id,name,programmes,name_in_source,section,caveats\na,"b,,c,d,\n', "not readable as CSV"),
    ],
)
def test_tables_as_people_save_them(tmp_path: Path, table: str, problem: str) -> None:
    (tmp_path / "parks.csv").write_text(table, encoding="utf-8")
    rows, issues = read_table(tmp_path / "parks.csv", ParkRow)
    assert rows == []
    assert any(problem in str(issue) for issue in issues), issues


def test_empty_lines_are_no_rows_and_numbers_are_a_spreadsheets(tmp_path: Path) -> None:
    text = "id,name,programmes,name_in_source,section,caveats\n,,,,,\na,b c,x; y;,d,e,\n\nf,g,,h,i,\n"
    (tmp_path / "parks.csv").write_text(text, encoding="utf-8-sig")
    rows, issues = read_table(tmp_path / "parks.csv", ParkRow)
    assert issues == []
    assert [(number, row.id, row.programmes) for number, row in rows] == [(3, "a", ("x", "y")), (5, "f", ())]


@pytest.mark.parametrize("cell", ["nan", "inf", "1e3", "1_000", "1,000", " 1", "１", "+1", ".5", "1."])
def test_a_number_is_written_in_digits(layers: Path, cell: str) -> None:
    path = layers / "plans" / "donghe-2021-2025" / "targets.csv"
    edit(path, "18.5,18.5%左右", f'"{cell}",18.5%左右')
    assert any("column value" in line for line in faults(layers))


def test_rows_come_back_as_written(layers: Path) -> None:
    found = read(layers)
    assert found.targets == DATA.targets
    cells = read_cells(layers / "plans" / JIADONG25 / "parks.csv")
    assert [row["name"] for row in cells] == [park.name for park in DATA.parks if park.plan == JIADONG25]
    assert replace(found, version=DATA.version, report=()) == DATA
    assert found.version != read_other(layers).version


def read_other(layers: Path) -> Dataset:
    edit(layers / "plans" / "donghe-2021-2025" / "targets.csv", "18.5%左右", "18.5%上下")
    return read(layers)
