"""A row that says something else than its print is refused with file, row, column and a way to mend."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.ingest.conftest import Layers

ORDOS, XINJIANG = "ordos-2021-2025", "xinjiang-2015"
TARGETS = f"{ORDOS}/targets.csv"
OTOG = {"name_in_source": "鄂托克旗", "indicator": "ei_gdp_cut", "tier": "basic"}
GDP = "单位GDP能耗累计降低率"


@pytest.mark.parametrize(
    ("column", "cell", "fault"),
    [
        (
            "value_text",
            "26%左右",
            "column comparator: 'eq' is not what value_text '26%左右' says (左右) (write approx)",
        ),
        (
            "value_text",
            "26%以上",
            "column comparator: 'eq' is not what value_text '26%以上' says (以上) (write ge)",
        ),
        (
            "value_text",
            "不超过26%",
            "column comparator: 'eq' is not what value_text '不超过26%' says (不超过) (write le)",
        ),
        (
            "value",
            "-26",
            f"column value: -26 is negative, and {GDP} is a cut "
            "(write 26 with direction reduce; the printed sign stays in value_text)",
        ),
        ("direction", "increase", f"column direction: 'increase' for {GDP}, which is a cut (write reduce)"),
        ("section", "九(九)", "column section: '九(九)' is under no heading of plan.toml"),
        ("tier", "基本", "column tier: '基本' is not in the list (did you mean 'basic'? allowed: basic, incentive)"),
        ("sector", "能源", "column sector: '能源' is not in the list (did you mean 'energy'? allowed: energy"),
        (
            "value",
            "26%左右",
            "column value: '26%左右' is not a number "
            "(write digits only; keep the printed form in value_text; approx goes into the column comparator)",
        ),
        ("indicator", GDP, f"column indicator: '{GDP}' is not in layers/indicators.csv (did you mean ei_gdp_cut?"),
        (
            "name_in_source",
            "鄂托克旗、万州区",
            "column name_in_source: '鄂托克旗、万州区' is not a division of 鄂尔多斯市",
        ),
    ],
)
def test_print_and_value_must_agree(layers: Layers, column: str, cell: str, fault: str) -> None:
    number, _ = layers.put(TARGETS, column, cell, **OTOG)
    assert any(each.startswith(f"{TARGETS} row {number}, {fault}") for each in layers.faults()), layers.faults()


def test_a_list_of_regions_is_never_answered_with_one_of_them(layers: Layers) -> None:
    layers.put(TARGETS, "name_in_source", "鄂托克旗、万州区", **OTOG)
    (fault,) = layers.faults()
    assert "did you mean" not in fault
    assert fault.endswith("(write one row for each of 鄂托克旗, 万州区; 万州区 is no division of 鄂尔多斯市)")


def test_a_unit_ten_thousand_times_too_large_is_seen(layers: Layers) -> None:
    name = "shizuishan-2021-2025/targets.csv"
    number, _ = layers.put(name, "unit", "万吨", indicator="cut_cod")
    assert layers.faults() == [
        f"{name} row {number}, column unit: '万吨' is not the unit of value_text '2100吨' "
        "(write 吨, or correct value_text)"
    ]


def test_a_unit_of_another_thing_is_refused(layers: Layers) -> None:
    number, _ = layers.put(TARGETS, "unit", "吨", **OTOG)
    assert layers.faults() == [
        f"{TARGETS} row {number}, column unit: '吨' does not measure {GDP} (%) "
        "(correct the unit or the indicator; if it is printed so, add the caveat unit_suspect or unit_clash)"
    ]


def test_a_comma_between_thousands_is_no_fault(layers: Layers) -> None:
    layers.put("shizuishan-2021-2025/targets.csv", "value_text", "2,100吨", indicator="cut_cod")
    assert any(target.value_text == "2,100吨" for target in layers.read().targets)


def test_a_cut_of_more_than_all_is_a_sentence(layers: Layers) -> None:
    number, row = layers.find(TARGETS, **OTOG)
    layers.put(TARGETS, "value", "145", **OTOG)
    layers.put(TARGETS, "value_text", "145%", id=row["id"])
    assert layers.faults() == [
        f"{TARGETS} row {number}, column value: 145 % is more than all there is: a cut ends at 100 (correct it)"
    ]


def change(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (change("end_year = 2025", "end_year = 2015"), "end_year: 2015 lies before start_year 2021 (correct one of"),
        (
            change('region = "150600"', 'region = "150200"'),
            "region: 150200 is 包头市, and region_name says 鄂尔多斯市 (correct the code",
        ),
        (
            change('region_name = "鄂尔多斯市"', 'region_name = "包头市"'),
            "region_name: 150600 is 鄂尔多斯市, not 包头市",
        ),
        (
            lambda text: "\n".join(line for line in text.splitlines() if not line.startswith("source_file")),
            "source_file: the line is missing (add it: the name of the document's text for `--sources`; "
            'source_file = "" where there is none)',
        ),
        (change("start_year =", "start_yaer ="), "start_yaer: is not a line of this file (did you mean start_year?)"),
        (
            change("published = 2022-11-29", 'published = "last winter"'),
            "published: 'last winter' is not a date such as 2022-11-29, without quotes (write it as: published = ",
        ),
        (
            change("published = 2022-11-29", "published = 2022年11月29日"),
            "plan.toml: line 6: '年11月29日' cannot be read",
        ),
        (change("end_year = 2025", "end_year = 2025\nend_year = 2025"), "'end_year = 2025' stands in the file twice"),
        (lambda text: text + '\nnote = ["', "the file ends inside a text, a list or a table"),
    ],
)
def test_the_plans_own_file_has_sentences_too(layers: Layers, edit: Callable[[str], str], fault: str) -> None:
    path = layers.path(f"{ORDOS}/plan.toml")
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    faults = layers.faults()
    assert any(fault in each and each.startswith(f"{ORDOS}/plan.toml") for each in faults), faults
    assert not any("Input should" in each or "Field required" in each or "got {" in each for each in faults)


def test_without_a_name_a_title_must_name_the_region(layers: Layers) -> None:
    path = layers.path(f"{ORDOS}/plan.toml")
    text = path.read_text(encoding="utf-8").replace('region_name = "鄂尔多斯市"\n', "")
    path.write_text(text.replace('region = "150600"', 'region = "150200"'), encoding="utf-8")
    wanted = f"{ORDOS}/plan.toml region: 150200 is 包头市, and no title of this file names it"
    assert any(each.startswith(wanted) for each in layers.faults())


def test_a_header_further_down_is_named_as_such(layers: Layers) -> None:
    layers.write(TARGETS, [["鄂尔多斯市目标"], *layers.rows(TARGETS)])
    assert layers.faults() == [f"{TARGETS} row 2: the header stands here, not in row 1 (delete row 1 above it)"]


def test_a_merged_header_is_named_as_such(layers: Layers) -> None:
    header, *rows = layers.rows(TARGETS)
    layers.write(TARGETS, [[*header[:4], "", "", *header[6:]], *rows])
    assert layers.faults() == [
        f"{TARGETS} row 1: 2 cells of the header are empty, as merged cells leave them "
        "(unmerge them and name every column)"
    ]


def test_a_workbook_in_place_of_the_table_is_named(layers: Layers) -> None:
    layers.path(TARGETS).rename(layers.path(TARGETS).with_suffix(".xlsx"))
    assert layers.faults() == [
        f"{TARGETS}: the file is missing, and targets.xlsx stands beside it (save that as CSV UTF-8)"
    ]


def test_utf_16_is_named(layers: Layers) -> None:
    path: Path = layers.path(TARGETS)
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    (fault,) = layers.faults()
    assert "it looks like UTF-16, which Excel calls Unicode text" in fault
