"""The promise on bad input: every fault with file, row, column and a way to mend; nothing is coerced."""

import pytest

from geoapp.ingest.schemas import IndicatorRow, ParkRow, PlaceRow, ProjectRow, StatisticRow, TargetRow, TermRow
from tests.unit.ingest.conftest import Layers

ORDOS = "ordos-2021-2025"
TARGETS, STATISTICS = f"{ORDOS}/targets.csv", f"{ORDOS}/statistics.csv"
PARKS, PROJECTS = f"{ORDOS}/parks.csv", f"{ORDOS}/projects.csv"
OTOG = {"name_in_source": "鄂托克旗", "indicator": "ei_gdp_cut", "tier": "basic"}
TABLES = {
    "indicators.csv": IndicatorRow,
    "vocabulary.csv": TermRow,
    "places.csv": PlaceRow,
    TARGETS: TargetRow,
    STATISTICS: StatisticRow,
    PARKS: ParkRow,
    PROJECTS: ProjectRow,
}


def test_the_real_folder_has_no_fault(layers: Layers) -> None:
    assert layers.read().version == layers.atlas.version


def test_a_dropped_cell_is_told_by_the_number_of_cells(layers: Layers) -> None:
    number, _ = layers.edit(TARGETS, lambda cells: cells[:6] + cells[7:], **OTOG)
    assert layers.faults() == [
        f"{TARGETS} row {number}: 14 cells where the header has 15 (a cell was dropped or holds an unquoted comma)"
    ]


def test_cells_shifted_to_the_left_are_reported_column_by_column(layers: Layers) -> None:
    number, _ = layers.edit(TARGETS, lambda cells: [*cells[:3], *cells[4:], ""], **OTOG)
    faults = layers.faults()
    where = f"{TARGETS} row {number}, column"
    assert faults[0] == (f"{where} comparator: 'reduce' is not in the list (allowed: eq, ge, le, gt, lt, approx)")
    assert {fault.split("column ")[1].split(":")[0] for fault in faults} >= {"comparator", "direction", "target_year"}
    assert all(fault.startswith(where) for fault in faults)


def test_a_value_in_the_unit_column_is_named_as_such(layers: Layers) -> None:
    number, _ = layers.put(TARGETS, "unit", "26", **OTOG)
    assert layers.faults() == [
        f"{TARGETS} row {number}, column unit: a number, 26, stands in the unit column (did the cells shift?)"
    ]


def test_a_value_in_the_capacity_unit_column_is_named_as_such(layers: Layers) -> None:
    name = "tacheng-2021-2025/projects.csv"
    number, _ = layers.put(name, "capacity_unit", "120", capacity="120")
    assert layers.faults() == [
        f"{name} row {number}, column capacity_unit: a number, 120, stands in the unit column (did the cells shift?)"
    ]


def test_merged_cells_leave_empty_ones_behind(layers: Layers) -> None:
    number, _ = layers.put(TARGETS, "name_in_source", "", **OTOG)
    assert layers.faults() == [
        f"{TARGETS} row {number}, column name_in_source: the cell is empty "
        "(fill it in; merged cells must be filled in every row; did the cells shift?)"
    ]


def test_two_regions_merged_into_one_cell(layers: Layers) -> None:
    number, _ = layers.put(TARGETS, "name_in_source", "东胜区、康巴什区", **OTOG)
    assert layers.faults() == [
        f"{TARGETS} row {number}, column name_in_source: '东胜区、康巴什区' is not a division of 鄂尔多斯市 "
        "(write one row for each of 东胜区, 康巴什区)"
    ]


def test_a_row_twice_is_told_by_its_id_and_by_what_it_says(layers: Layers) -> None:
    number, row = layers.find(TARGETS, **OTOG)
    last = layers.append(TARGETS, **row)
    assert layers.faults() == [
        f"{TARGETS} row {last}, column id: the same goal stands in row {number} (remove one of the two)",
        f"{TARGETS} row {last}, column id: {row['id']} is used twice "
        f"(also {layers.path(TARGETS)} row {number}) (give it a new id)".replace(f"{layers.folder}/", "", 1),
    ]


@pytest.mark.parametrize(
    ("table", "what"),
    [(STATISTICS, "figure"), (PARKS, "park"), (PROJECTS, "project")],
    ids=["figure", "park", "project"],
)
def test_the_same_thing_under_another_id(layers: Layers, table: str, what: str) -> None:
    number, row = 2, layers.find(table)[1]
    last = layers.append(table, **{**row, "id": f"{row['id']}-again"})
    assert layers.faults() == [
        f"{table} row {last}, column id: the same {what} stands in row {number} (remove one of the two)"
    ]


def test_an_unknown_programme_with_the_nearest_known_one(layers: Layers) -> None:
    number, _ = layers.put(PARKS, "programmes", "low_carbon_pilots", name="鄂托克经济开发区")
    assert layers.faults() == [
        f"{PARKS} row {number}, column programmes: 'low_carbon_pilots' is not a programme of layers/vocabulary.csv "
        "(did you mean low_carbon_pilot? add it there if it is right)"
    ]


@pytest.mark.parametrize(
    "spelling", ["鄂托克经济技术开发区", "鄂托克经开发区", "鄂托克 经济开发区", "鄂托克（经济）开发区"]
)
def test_two_spellings_of_one_park(layers: Layers, spelling: str) -> None:
    number, row = layers.find(PARKS, name="鄂托克经济开发区")
    last = layers.append(PARKS, **{**row, "id": f"{ORDOS}-p901", "name": spelling})
    assert layers.faults() == [
        f"{PARKS} row {last}, column name: '{spelling}' looks like another spelling of '鄂托克经济开发区' "
        f"in row {number} (one park is one row with all its programmes)"
    ]


@pytest.mark.parametrize("other", ["鄂托克经济开发区二期", "鄂托克经济开发一区", "棋盘井工业园区"])
def test_parks_that_are_not_the_same_pass(layers: Layers, other: str) -> None:
    _, row = layers.find(PARKS, name="鄂托克经济开发区")
    layers.append(PARKS, **{**row, "id": f"{ORDOS}-p901", "name": other})
    assert other in {park.name for park in layers.read().parks}


@pytest.mark.parametrize("name", TABLES)
def test_a_gbk_file_is_refused_whole(layers: Layers, name: str) -> None:
    path = layers.path(name)
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.encode("gb18030"))
    row = next(number for number, line in enumerate(text.splitlines(), start=1) if not line.isascii())
    assert f"{name} row {row}: not UTF-8: it looks like GBK/GB18030 (save it as CSV UTF-8)" in layers.faults()


def test_a_gbk_plan_toml_is_refused(layers: Layers) -> None:
    path = layers.path(f"{ORDOS}/plan.toml")
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    faults = layers.faults()
    assert len(faults) == 1
    assert faults[0].startswith(f"{ORDOS}/plan.toml row ")
    assert faults[0].endswith(": not UTF-8: it looks like GBK/GB18030 (save it as CSV UTF-8)")


NATURES = "work for a named undertaking, action for a programme or pilot without a named object"


def test_a_project_without_a_nature_is_refused(layers: Layers) -> None:
    number, _ = layers.put(PROJECTS, "nature", "")
    assert layers.faults() == [f"{PROJECTS} row {number}, column nature: the cell is empty (write {NATURES})"]


@pytest.mark.parametrize("name", TABLES)
def test_every_missing_column_of_every_table_is_named(layers: Layers, name: str) -> None:
    rows = layers.rows(name)
    for at, column in enumerate(rows[0]):
        layers.write(name, [[*row[:at], *row[at + 1 :]] for row in rows])
        new = (name.rsplit("/", 1)[-1], column) == ("projects.csv", "nature")
        hint = f"add it after name: {NATURES}" if new else "add it to the header row"
        assert f"{name} row 1: column {column!r} is missing ({hint})" in layers.faults()


def test_a_renamed_column_is_recognised(layers: Layers) -> None:
    rows = layers.rows(TARGETS)
    rows[0][rows[0].index("comparator")] = "comparater"
    layers.write(TARGETS, rows)
    assert layers.faults()[:2] == [
        f"{TARGETS} row 1: column 'comparator' is missing (rename 'comparater'?)",
        f"{TARGETS} row 1: unknown column 'comparater' (did you mean 'comparator'?)",
    ]


@pytest.mark.parametrize(("sign", "called"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator_is_one_fault(layers: Layers, sign: str, called: str) -> None:
    path = layers.path(STATISTICS)
    rows = layers.rows(STATISTICS)
    path.write_text("\n".join(sign.join(row) for row in rows), encoding="utf-8")
    assert layers.faults() == [f"{STATISTICS} row 1: the cells are separated by {called} (save it as CSV with commas)"]


def test_a_misspelt_region_with_the_nearest_one(layers: Layers) -> None:
    number, _ = layers.put(TARGETS, "name_in_source", "鄂拖克旗", **OTOG)
    assert layers.faults() == [
        f"{TARGETS} row {number}, column name_in_source: '鄂拖克旗' is not a division of 鄂尔多斯市 "
        "(did you mean 鄂托克旗 150624? or add it to shapes/aliases.csv if the document really uses it)"
    ]


def test_a_region_of_another_plan_is_not_found(layers: Layers) -> None:
    number, _ = layers.put(TARGETS, "name_in_source", "民勤县", **OTOG)
    assert layers.faults() == [
        f"{TARGETS} row {number}, column name_in_source: '民勤县' is not a division of 鄂尔多斯市 "
        "(add it to shapes/aliases.csv if the document really uses it)"
    ]


@pytest.mark.parametrize("cell", ["NaN", "nan", "inf", "1e2", "1_000", "26%", "２６", "二十六", "-", "26.0.0"])
def test_what_is_not_a_plain_number_is_not_read_as_one(layers: Layers, cell: str) -> None:
    number, _ = layers.put(TARGETS, "value", cell, **OTOG)
    assert layers.faults() == [
        f"{TARGETS} row {number}, column value: {cell!r} is not a number "
        "(write digits only; keep the printed form in value_text)"
    ]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("20225", "'20225' is not a year (four digits such as 2025)"),
        ("2025.0", "'2025.0' is not a year (four digits such as 2025)"),
        ("二〇二五", "'二〇二五' is not a year (four digits such as 2025)"),
        ("", "'' is not a year (four digits such as 2025)"),
        ("2205", "2205 is above 2100 (correct the number; is it in the right column?)"),
        ("1025", "1025 is below 1990 (correct the number; is it in the right column?)"),
        ("2015", "2015 lies before the plan starts (2021) (correct it, or add the caveat historic_target)"),
    ],
)
def test_a_wrong_target_year(layers: Layers, cell: str, message: str) -> None:
    number, _ = layers.put(TARGETS, "target_year", cell, base_year="", **{"indicator": "coal_share"})
    assert layers.faults() == [f"{TARGETS} row {number}, column target_year: {message}"]


def test_a_base_year_after_its_target(layers: Layers) -> None:
    number, _ = layers.put(TARGETS, "base_year", "2025", **OTOG)
    assert layers.faults() == [
        f"{TARGETS} row {number}, column base_year: 2025 does not lie before the target year 2025 "
        "(correct one of the two)"
    ]


def test_a_statistic_of_the_future(layers: Layers) -> None:
    number, _ = layers.put(STATISTICS, "year", "2025", indicator="uec_coke")
    assert layers.faults() == [
        f"{STATISTICS} row {number}, column year: 2025 lies after the document was published (2022) "
        "(a figure of the future is a target)"
    ]


def test_a_value_that_is_not_the_printed_one(layers: Layers) -> None:
    number, _ = layers.put(TARGETS, "value", "62", **OTOG)
    assert layers.faults() == [
        f"{TARGETS} row {number}, column value: 62 is not the number of value_text '-26' "
        "(correct one of the two; did the cells shift?)"
    ]


def test_per_cent_is_not_percentage_points(layers: Layers) -> None:
    number, _ = layers.put(TARGETS, "unit", "%", value_text="20个百分点")
    assert layers.faults() == [
        f"{TARGETS} row {number}, column unit: '%' is not the unit of value_text '20个百分点' "
        "(write 个百分点; %, ‰ and 个百分点 are never mixed)"
    ]


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("鄂托克旗 ", "begins or ends with a space"),
        ("\u3000鄂托克旗", "begins or ends with a space"),
        ("鄂托克\u200b旗", "holds the invisible character U+200B"),
        ("鄂托克\u00a0旗", "holds the invisible character U+00A0"),
        ("鄂托克\n旗", "holds the invisible character U+000A"),
    ],
)
def test_what_cannot_be_seen_is_named(layers: Layers, cell: str, problem: str) -> None:
    _, row = layers.put(TARGETS, "name_in_source", cell, **OTOG)
    (fault,) = layers.faults()
    assert fault.startswith(f"{TARGETS} row ")
    assert fault.endswith(f", column name_in_source: {cell!r} {problem} (remove it)")
    assert row["name_in_source"] == "鄂托克旗"


def test_an_unknown_indicator_unit_caveat_and_type(layers: Layers) -> None:
    first, _ = layers.put(TARGETS, "indicator", "ei_gdp_cuts", **OTOG)
    second, _ = layers.put(TARGETS, "unit", "万千瓦时时", indicator="coal_unit_flex")
    third, _ = layers.put(TARGETS, "caveats", "verbale", indicator="pollutant_task")
    fourth, _ = layers.put(PROJECTS, "type", "hydro_power")
    assert sorted(layers.faults()) == sorted(
        [
            f"{PROJECTS} row {fourth}, column type: 'hydro_power' is not in the list (did you mean 'hydropower'? "
            "allowed: hydropower, wind_solar_base, hydrogen, storage, waste_to_energy, gas, heating, circular_economy, "
            "coal_power, coal_retrofit, rooftop_pv_pilot, agri_pv, smart_energy, building, energy_efficiency, water, "
            "waste_treatment, pollution_control, transport, logistics, other)",
            f"{TARGETS} row {first}, column indicator: 'ei_gdp_cuts' is not in layers/indicators.csv "
            "(did you mean ei_gdp_cut? add it there if new)",
            f"{TARGETS} row {second}, column unit: '万千瓦时时' is not a unit of layers/vocabulary.csv "
            "(did you mean 万千瓦? add it there if it is right)",
            f"{TARGETS} row {third}, column caveats: 'verbale' is not a caveat of layers/vocabulary.csv "
            "(did you mean verbal? add it there if it is right)",
        ]
    )


def test_the_faults_of_all_files_come_at_once(layers: Layers) -> None:
    layers.put("indicators.csv", "inherit", "maybe", id="ei_gdp_cut_annual")
    layers.put("places.csv", "precision", "exactly")
    layers.put("vocabulary.csv", "kind", "programmes", id="named_only")
    layers.path("catalog.toml").write_text("[[layer]\n", encoding="utf-8")
    layers.path("wuwei-2021-2025/parks.csv").unlink()
    layers.put(STATISTICS, "value", "x", indicator="uec_coke")
    files = {fault.split(" row ")[0].split(":")[0] for fault in layers.faults()}
    assert files >= {
        "indicators.csv",
        "places.csv",
        "vocabulary.csv",
        "catalog.toml",
        "wuwei-2021-2025/parks.csv",
        STATISTICS,
    }


def test_hints_of_the_common_files(layers: Layers) -> None:
    indicator, _ = layers.put("indicators.csv", "inherit", "maybe", id="ei_gdp_cut_annual")
    term, _ = layers.put("vocabulary.csv", "kind", "programmes", id="named_only")
    place, row = layers.put("places.csv", "lon", "39.3")
    faults = layers.faults()
    assert f"indicators.csv row {indicator}, column inherit: 'maybe' is not usable here (write yes or no)" in faults
    assert (
        f"vocabulary.csv row {term}, column kind: 'programmes' is not usable here "
        "(programme, caveat, project_nature, project_type, project_status, sector or unit)" in faults
    )
    assert (
        f"places.csv row {place}, column lon: 39.3 is below 73 (correct the number; is it in the right column?)"
        in faults
    )
    assert row["lon"] != "39.3"


def test_a_place_outside_its_county(layers: Layers) -> None:
    number, row = layers.put("places.csv", "lon", "87.6")
    name = layers.atlas.region(row["adcode"]).name
    assert layers.faults() == [
        f"places.csv row {number}, column lon: {row['name']} at 87.6, {float(row['lat'])} lies outside {name} "
        f"{row['adcode']} (check for swapped coordinates or a GCJ-02 shift)"
    ]


def test_an_indicator_that_the_atlas_computes_cannot_be_redefined(layers: Layers) -> None:
    _, row = layers.find("indicators.csv", id="ei_gdp_cut")
    number = layers.append("indicators.csv", **{**row, "id": "d_gap"})
    assert layers.faults() == [
        f"indicators.csv row {number}, column id: 'd_gap' is computed by the atlas (give it another id)"
    ]


def test_a_review_of_nothing_in_tracing(layers: Layers) -> None:
    layers.path(f"{ORDOS}/tracing.csv").write_text(f"id,printed\n{ORDOS}-p0001,某园区\n", encoding="utf-8")
    assert layers.faults() == [
        f"{ORDOS}/tracing.csv row 2, column id: '{ORDOS}-p0001' is not a park or project of this plan "
        f"(did you mean {ORDOS}-p001?)"
    ]
