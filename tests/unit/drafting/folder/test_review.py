"""A draft folder: reviewed in two ways, drafted again without losing decisions, published once without fault."""

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.drafting.folder.make import make_draft
from geoapp.drafting.folder.publish import publish
from geoapp.drafting.folder.state import Saved, effective, read_decisions, read_draft
from geoapp.drafting.folder.take import take
from geoapp.drafting.language.terms import TermBook
from geoapp.errors import InvalidData
from geoapp.ingest.one_plan import check_plan

ROOT = Path(__file__).parents[4]
TEXT = """榆林市“十四五”节能减排方案

榆林市人民政府

2022年9月8日

一、主要目标

到2025年，全市单位地区生产总值能耗比2020年下降15%，秸秆综合利用率达到90%以上。

二、重点任务

支持榆林经济技术开发区发展，推进神木市兰炭尾气综合利用项目建设。到2025年，农膜回收率达到86%。
"""


class Desk:
    """A document, its draft folder and a copy of ``layers/``."""

    def __init__(self, folder: Path, gazetteer: Gazetteer, book: TermBook) -> None:
        self.gazetteer, self.book = gazetteer, book
        self.document, self.folder, self.layers = folder / "plan.txt", folder / "draft", folder / "layers"
        shutil.copytree(ROOT / "layers", self.layers)

    def draft(self, text: str = TEXT) -> tuple[Saved, list[str]]:
        """Draft a text as the document."""
        self.document.write_text(text, encoding="utf-8")
        return make_draft([self.document], self.folder, self.gazetteer, self.book)

    def decide(self, **states: str) -> None:
        """Take a review that gives rows a state by their indicator or name."""
        draft = read_draft(self.folder)
        named = {row.fields.get("indicator") or row.fields["name"]: row.key for row in draft.rows}
        decisions = {named[name]: {"state": state, "fields": {}} for name, state in states.items()}
        review = {"draft": draft.id, "decisions": decisions}
        (self.folder / "review.json").write_text(json.dumps(review), encoding="utf-8")
        take(self.folder, self.book)

    def complete(self) -> None:
        """Write what only people can write into plan.toml."""
        path = self.folder / "plan.toml"
        text = path.read_text(encoding="utf-8").replace('place_en = ""', 'place_en = "Yulin"')
        path.write_text(text.replace('en = ""', 'en = "Made up"'), encoding="utf-8")

    def states(self) -> dict[str, str]:
        """Return what became of each row."""
        rows = effective(read_draft(self.folder), read_decisions(self.folder))
        return {row.fields.get("indicator") or row.fields["name"]: row.state for row in rows}


@pytest.fixture
def desk(tmp_path: Path, gazetteer: Gazetteer, book: TermBook) -> Desk:
    """A desk with a fresh draft on it."""
    made = Desk(tmp_path, gazetteer, book)
    made.draft()
    return made


def test_the_pack_has_the_columns_of_a_plan_and_three_more(desk: Desk) -> None:
    with (desk.folder / "targets.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["indicator"] for row in rows[:2]] == ["ei_gdp_cut", "straw_use"]
    assert {"confidence", "evidence", "open"} <= set(rows[0])
    assert float(rows[0]["confidence"]) > float(rows[2]["confidence"])
    assert "农膜回收率" in rows[2]["open"]
    page, _, span = rows[0]["evidence"].partition(" ")
    start, end = map(int, span.split("-"))
    assert page.startswith("第")
    assert read_draft(desk.folder).text[start:end] == rows[0]["value_text"]


def test_decisions_of_the_page_are_taken_and_nothing_of_a_wrong_file(desk: Desk) -> None:
    desk.decide(ei_gdp_cut="accepted", straw_use="rejected")
    assert {name: desk.states()[name] for name in ("ei_gdp_cut", "straw_use", "榆林经济技术开发区")} == {
        "ei_gdp_cut": "accepted", "straw_use": "rejected", "榆林经济技术开发区": "open",
    }  # fmt: skip
    for content in (
        '{"draft": "other", "decisions": {}}',
        "[]",
        '{"draft": "yulin-2021-2025", "decisions": {"x": {"state": "?"}}}',
    ):
        (desk.folder / "review.json").write_text(content, encoding="utf-8")
        with pytest.raises(InvalidData):
            take(desk.folder, desk.book)
    assert desk.states()["ei_gdp_cut"] == "accepted"


def test_the_workbook_carries_changes_splits_and_states_both_ways(desk: Desk) -> None:
    path = desk.folder / "review.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["目标"]
    header = [cell.value for cell in sheet[2]]
    assert any(rule.sqref for rule in sheet.data_validations.dataValidation)
    column = {name: at + 1 for at, name in enumerate(header)}
    assert "秸秆综合利用率达到90%以上" in sheet.cell(4, column["原文"]).value
    sheet.cell(3, column["决定"]).value = "接受"
    sheet.cell(4, column["value_text"]).value = "=90%"
    sheet.cell(4, column["value_text"]).data_type = "s"  # as Excel keeps '=90%
    added = {"决定": "接受", "indicator": "manure_use", "name_in_source": "全市", "value": 80, "value_text": "80%"}
    for name, value in added.items():
        sheet.cell(6, column[name]).value = value
    book.save(path)
    count, lost = take(desk.folder, desk.book, path)
    rows = {row.fields.get("indicator"): row for row in effective(read_draft(desk.folder), read_decisions(desk.folder))}
    assert (count, lost) == (6, [])
    assert rows["ei_gdp_cut"].state == "accepted"
    assert rows["manure_use"].fields["value"] == "80"
    assert rows["straw_use"].changed == ("value_text",)
    cells = [line[column["value_text"] - 1] for line in openpyxl.load_workbook(path)["目标"].iter_rows(min_row=3)]
    assert [cell.data_type for cell in cells if cell.value == "=90%"] == ["s"], "a text, never a formula"


def test_a_word_outside_the_list_is_named_with_its_row(desk: Desk) -> None:
    path = desk.folder / "review.xlsx"
    book = openpyxl.load_workbook(path)
    book["目标"].cell(3, 1).value = "同意"
    book.save(path)
    with pytest.raises(InvalidData, match="工作表“目标”第 3 行: 决定“同意”不在词表里"):
        take(desk.folder, desk.book, path)


def test_a_corrected_document_keeps_the_decisions_that_fit_and_lists_what_changed(desk: Desk) -> None:
    desk.decide(ei_gdp_cut="accepted", straw_use="accepted")
    _, changed = desk.draft("前面加一页。\n\n" + TEXT.replace("90%以上", "92%以上"))
    assert desk.states()["ei_gdp_cut"] == "accepted"
    assert desk.states()["straw_use"] == "open"
    assert any(line.startswith("+") and "92%以上" in line for line in changed)
    assert any(line.startswith("-") and "90%以上" in line and "已接受" in line for line in changed)
    assert (desk.folder / "changes.txt").read_text(encoding="utf-8").splitlines() == changed


def test_publishing_needs_a_plan_without_fault_and_keeps_ids(desk: Desk) -> None:
    with pytest.raises(InvalidData, match="还没有接受任何一行"):
        publish(desk.folder, desk.layers, desk.gazetteer)
    desk.decide(straw_use="accepted")
    with pytest.raises(InvalidData, match="place_en"):
        publish(desk.folder, desk.layers, desk.gazetteer)
    assert not (desk.layers / "plans" / "yulin-2021-2025").exists(), "a plan with a fault changes nothing"
    desk.complete()
    done = publish(desk.folder, desk.layers, desk.gazetteer)
    assert (done.published, done.left) == (1, 4)
    desk.decide(ei_gdp_cut="accepted")
    publish(desk.folder, desk.layers, desk.gazetteer)
    pack = check_plan(desk.layers, "yulin-2021-2025", desk.gazetteer).pack
    assert [(row.id, row.indicator) for _, row in pack.targets] == [
        ("yulin-2021-2025-t001", "straw_use"), ("yulin-2021-2025-t002", "ei_gdp_cut"),
    ]  # fmt: skip


def test_a_new_indicator_is_added_when_people_have_defined_it(desk: Desk) -> None:
    proposed = read_draft(desk.folder).proposals[0]["id"]
    desk.decide(**{proposed: "accepted"})
    desk.complete()
    with pytest.raises(InvalidData, match=r"indicators\.csv"):
        publish(desk.folder, desk.layers, desk.gazetteer)
    path = desk.folder / "indicators.csv"
    text = path.read_text(encoding="utf-8").replace(
        "农膜回收率,,,,", "农膜回收率,Film recovered,农膜回收的比例,Share recovered,"
    )
    path.write_text(text, encoding="utf-8")
    publish(desk.folder, desk.layers, desk.gazetteer)
    assert proposed in (desk.layers / "indicators.csv").read_text(encoding="utf-8")


def test_a_fault_names_the_row_by_what_it_says(desk: Desk) -> None:
    draft = read_draft(desk.folder)
    row = next(each for each in draft.rows if each.fields.get("indicator") == "straw_use")
    decision = {"state": "accepted", "fields": {"unit": "个百分点"}}
    review = {"draft": draft.id, "decisions": {row.key: decision}}
    (desk.folder / "review.json").write_text(json.dumps(review), encoding="utf-8")
    take(desk.folder, desk.book)
    desk.complete()
    with pytest.raises(InvalidData, match=r"targets\.csv row 2 \(straw_use 90%以上\), column unit"):
        publish(desk.folder, desk.layers, desk.gazetteer)


def test_a_plan_of_another_hand_is_not_overwritten(desk: Desk) -> None:
    desk.decide(straw_use="accepted")
    (desk.layers / "plans" / "yulin-2021-2025").mkdir()
    with pytest.raises(InvalidData, match="已有同名规划"):
        publish(desk.folder, desk.layers, desk.gazetteer)
