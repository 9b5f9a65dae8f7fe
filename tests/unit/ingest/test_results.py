"""Packs of results (``kind = "results"``): what a bulletin needs, what it may not hold, what it never does to goals."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import InvalidData
from geoapp.ingest.layers import read_layers
from geoapp.ingest.one_plan import check_plan
from geoapp.ingest.wording import say
from geoapp.model.dataset import Dataset
from tests.data.world import EDITION, build_world, open_world
from tests.data.world_folders import plan_toml, write_layers
from tests.data.world_map import YI

DATA = build_world().dataset
GAZETTEER = Gazetteer(DATA.regions, DATA.aliases)
BULLETIN = "jia-bulletin-2023"
HEADER = "id,name_in_source,indicator,year,value,value_text,unit,section,caveats,base_year"
ROWS = (
    f"{BULLETIN}-s001,甲东市,ei_gdp_cut,2023,9.5,下降9.5%,%,一,,2020",
    f"{BULLETIN}-s002,甲东市,coal_share,2023,52,52%,%,一,,",
)


@pytest.fixture
def layers(tmp_path: Path) -> Path:
    """The world's files, and a bulletin that holds two tables: ``plan.toml`` and ``statistics.csv``."""
    write_layers(tmp_path / "layers", DATA)
    likeness = next(plan for plan in DATA.plans if plan.id == "jia-2021-2025")
    bulletin = replace(
        likeness,
        id=BULLETIN,
        kind="results",
        published=date(2024, 8, 1),
        start_year=2023,
        end_year=2023,
        base_year=2022,
    )
    pack = tmp_path / "layers" / "plans" / BULLETIN
    pack.mkdir()
    (pack / "plan.toml").write_text(plan_toml(bulletin), encoding="utf-8")
    put(pack, *ROWS)
    return tmp_path / "layers"


def put(pack: Path, *rows: str) -> None:
    (pack / "statistics.csv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")


def read(layers: Path) -> Dataset:
    return read_layers(layers, GAZETTEER, EDITION, lambda *_: True)


def faults(layers: Path, lang: str = "en") -> list[str]:
    with pytest.raises(InvalidData) as caught:
        read(layers)
    return [say(issue, lang).replace(f"{layers}/plans/", "") for issue in caught.value.issues]


def test_a_bulletin_needs_no_goals_parks_or_projects(layers: Path) -> None:
    data = read(layers)
    plan = next(plan for plan in data.plans if plan.id == BULLETIN)
    assert (plan.kind, plan in data.goal_plans) == ("results", False)
    figures = [figure for figure in data.statistics if figure.plan == BULLETIN]
    assert [(each.value, each.year, each.base_year) for each in figures] == [(9.5, 2023, 2020), (52, 2023, None)]
    assert next(report for report in data.report if report.plan == BULLETIN).rows["targets"] == 0
    assert check_plan(layers, BULLETIN, GAZETTEER).rows["statistics"] == 2


def test_a_plan_still_needs_all_its_tables(layers: Path) -> None:
    (layers / "plans" / "jia-2021-2025" / "projects.csv").unlink()
    assert faults(layers)[0].startswith("jia-2021-2025/projects.csv: the file is missing")


def test_a_bulletin_without_figures_says_that_the_file_is_missing(layers: Path) -> None:
    (layers / "plans" / BULLETIN / "statistics.csv").unlink()
    assert faults(layers)[0].startswith(f"{BULLETIN}/statistics.csv: the file is missing")


@pytest.mark.parametrize(
    ("lang", "fault"),
    [
        ("en", 'targets.csv row 2: a goal in a pack of kind = "results" (move the row into the plan that sets it, or '
               "leave kind out of plan.toml)"),
        ("zh", 'targets.csv 第 2 行：只报结果的文件（kind = "results"）里有目标（移到规定它的规划里，'
               "或在 plan.toml 去掉 kind）"),
    ],
)  # fmt: skip
def test_a_goal_in_a_bulletin_is_refused(layers: Path, lang: str, fault: str) -> None:
    with (layers / "plans" / "jia-2015" / "targets.csv").open(encoding="utf-8", newline="") as file:
        header, row, *_ = csv.reader(file)
    with (layers / "plans" / BULLETIN / "targets.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, [f"{BULLETIN}-t001", *row[1:]]])
    assert f"{BULLETIN}/{fault}" in faults(layers, lang)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("甲东市,ei_gdp_cut,2023,9.5,9.5%,%,一,,2023", "column base_year: 2023 does not lie before the year 2023"),
        (
            "甲东市,ei_gdp_cut,2025,9.5,9.5%,%,一,,2020",
            "column year: 2025 lies after the document was published (2024)",
        ),
        ("甲东市,ei_gdp_cut,2023,9.5,9.5吨标准煤,吨标准煤,一,,2020", "column unit: '吨标准煤' does not measure"),
        ("甲东市,ei_gdp_cut,2023,9.5,9.5%,%,一,,20", "column base_year: '20' is not a year"),
    ],
)
def test_a_result_of_another_unit_base_or_year_is_refused_with_row_and_reason(
    layers: Path, row: str, fault: str
) -> None:
    put(layers / "plans" / BULLETIN, ROWS[1], f"{BULLETIN}-s009,{row}")
    assert any(each.startswith(f"{BULLETIN}/statistics.csv row 3, {fault}") for each in faults(layers))


def test_a_kind_that_is_none_is_refused(layers: Path) -> None:
    path = layers / "plans" / BULLETIN / "plan.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"results"', '"result"'), encoding="utf-8")
    assert any(f"{BULLETIN}/plan.toml kind" in each for each in faults(layers))


def test_tables_without_the_column_base_year_are_read_as_before(layers: Path) -> None:
    path = layers / "plans" / "jiadong-2021-2025" / "statistics.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith(",base_year")
    path.write_text("".join(line.rsplit(",", 1)[0] + "\n" for line in lines), encoding="utf-8")
    assert all(each.base_year is None for each in read(layers).statistics if each.plan == "jiadong-2021-2025")


def test_a_region_with_a_bulletin_only_is_still_not_collected() -> None:
    plan = next(plan for plan in DATA.plans if plan.id == "jia-2015")
    beside = replace(plan, id="yi-bulletin", region=YI, kind="results", start_year=2040, end_year=2040)
    world = open_world(replace(DATA, plans=(*DATA.plans, beside)))
    assert world.resolve(YI).status == "not_collected"
    assert world.resolver.is_collected(world.gazetteer[YI]) is False
    assert world.view(f"region={YI}&indicator=energy_units_total").year == 2030, "no year of a bulletin is a goal's"
