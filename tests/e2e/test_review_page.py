"""The review page in a real browser, from a file and without a network: the keyboard is enough."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from geoapp.boundaries.gazetteer import Gazetteer, read_aliases
from geoapp.builder import read_regions
from geoapp.drafting.folder.make import make_draft
from geoapp.drafting.folder.state import effective, read_decisions, read_draft
from geoapp.drafting.folder.take import take
from geoapp.drafting.vocabulary import read_terms
from tests.unit.drafting.folder.test_review import TEXT

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A draft folder."""
    document = tmp_path / "plan.txt"
    document.write_text(TEXT + "\n坏<script>window.hurt=1</script>字。\n", encoding="utf-8")
    gazetteer = Gazetteer(read_regions(ROOT / "build" / "shapes"), read_aliases(ROOT / "shapes" / "aliases.csv"))
    make_draft([document], tmp_path / "draft", gazetteer, read_terms(ROOT / "layers"))
    return tmp_path / "draft"


@pytest.fixture
def review(browser: Browser, folder: Path) -> Iterator[Page]:
    """The page, in a browser that is offline."""
    context = browser.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((folder / "review.html").as_uri())
    yield page
    context.close()
    assert faults == []


def test_the_keyboard_is_enough(review: Page, folder: Path, tmp_path: Path) -> None:
    assert review.locator("#rows li").count() == 3
    review.keyboard.press("a")
    assert review.locator("mark.accepted").inner_text() == "15%"
    assert "秸秆" in review.locator("#rows li.current h2").inner_text(), "deciding leads to the next row"
    review.keyboard.press("e")
    for _ in range(3):
        review.keyboard.press("Tab")
    review.keyboard.press("Control+A")
    review.keyboard.type("九成")
    review.keyboard.press("Escape")
    review.keyboard.press("s")
    review.keyboard.press("Escape")
    review.keyboard.press("r")
    assert "农膜回收率" in review.locator("#rows li.current h2").inner_text()
    review.keyboard.press("n")
    assert "兰炭尾气" in review.locator("#rows li.current h2").inner_text(), "the next doubtful row, of another table"
    with review.expect_download() as download:
        review.keyboard.press("x")
    download.value.save_as(tmp_path / "review.json")
    take(folder, read_terms(ROOT / "layers"), tmp_path / "review.json")
    rows = [row for row in effective(read_draft(folder), read_decisions(folder)) if row.table == "targets"]
    assert [(row.fields["indicator"][:9], row.state) for row in rows] == [
        ("ei_gdp_cu", "accepted"), ("straw_use", "open"), ("straw_use", "rejected"), ("new_nong_", "open"),
    ]  # fmt: skip
    assert rows[1].changed == ("value_text",)


def test_a_click_leads_across_and_work_is_taken_up_again(review: Page) -> None:
    review.locator("mark", has_text="90%以上").click()
    assert "秸秆" in review.locator("#rows li.current h2").inner_text()
    review.keyboard.press("a")
    review.reload()
    assert review.locator("mark.accepted").inner_text() == "90%以上"
    review.locator("#rows li", has_text="能耗").click()
    assert review.locator("mark.current").inner_text() == "15%"


def test_unused_numbers_are_shown_and_become_rows(review: Page) -> None:
    review.keyboard.press("5")
    assert "日期" in review.locator("#rows").inner_text()
    review.keyboard.press("4")
    assert "神木市兰炭尾气综合利用项目" in review.locator("#rows").inner_text()


def test_the_words_of_a_document_stay_words(review: Page) -> None:
    assert review.evaluate("window.hurt") is None
    assert "<script>window.hurt=1</script>" in review.locator("#document").inner_text()


def test_the_page_speaks_english(review: Page) -> None:
    review.locator("#language").click()
    assert review.locator("#rows li").first.inner_text().count("Confidence") == 1
    assert json.loads(review.locator("#data").text_content() or "")["id"] == "yulin-2021-2025"
