"""What is downloaded says how far it is, and how it ended."""

import os
import signal
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from geoapp.atlas import Atlas
from geoapp.settings import Settings
from tests.conftest import Server, Watched
from tests.data.drawing_process import drawing, kill_at_work, ticks

WORDS = {
    "zh": ("正在制作…", "排队中，下一件就是", "排队的人太多，请约", "没有做成"),
    "en": ("Being made…", "Waiting, it is next", "Too many are waiting; try again in about", "it was not made"),
}


@pytest.fixture(scope="module")
def narrow(settings: Settings, atlas: Atlas) -> Iterator[Server]:
    """A server with one drawing process and room for one request that waits."""
    with Server(
        settings.build_dir, GEOAPP_DRAWING="1", GEOAPP_DRAWING_QUEUE="1", GEOAPP_DRAWING_MEMORY="512"
    ) as running:
        yield running


@pytest.fixture(params=["zh", "en"])
def dialog(request: pytest.FixtureRequest, browser: Browser, narrow: Server) -> Iterator[Page]:
    """The dialog that shares a view, open."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    Watched(page, narrow.url).open(f"/?region=150600&lang={request.param}")
    page.click("#share")
    expect(page.locator("#share-files a[data-face=fgb] i.n")).not_to_be_empty(
        timeout=60_000
    )  # sizes are asked for first
    yield page
    page.close()


def words(page: Page) -> tuple[str, ...]:
    return WORDS[(page.get_attribute("html", "lang") == "en" and "en") or "zh"]


def link(page: Page, face: str) -> Locator:
    return page.locator(f"#sharebox a[data-face={face}]")


def test_a_download_is_kept_under_its_own_name(dialog: Page) -> None:
    with dialog.expect_download() as taken:
        link(dialog, "docx").click()
    told = dialog.request.head(link(dialog, "docx").evaluate("link => link.href")).headers["content-disposition"]
    assert quote(taken.value.suggested_filename, safe="") == told.rpartition("''")[2]
    expect(link(dialog, "docx")).not_to_have_attribute("aria-busy", "true")


def test_it_says_that_it_is_made_that_it_waits_and_that_there_is_no_place(dialog: Page, narrow: Server) -> None:
    making, waiting, full, _ = words(dialog)
    held = drawing(narrow)
    os.kill(held, signal.SIGSTOP)
    try:
        link(dialog, "png").click()
        expect(link(dialog, "png").locator("span")).to_have_text(making, timeout=20_000)
        link(dialog, "pdf").click()
        expect(link(dialog, "pdf").locator("span")).to_have_text(waiting, timeout=20_000)
        link(dialog, "pptx").click()
        expect(dialog.locator("#sharesay")).to_contain_text(full, timeout=20_000)
        with dialog.expect_download():
            os.kill(held, signal.SIGCONT)
    finally:
        os.kill(held, signal.SIGCONT)
    expect(link(dialog, "pdf")).not_to_have_attribute("aria-busy", "true", timeout=60_000)
    expect(link(dialog, "png").locator("span")).not_to_have_text(making)


def test_it_says_that_it_ended(dialog: Page, narrow: Server) -> None:
    with dialog.expect_download():  # the process has started and opened the atlas
        link(dialog, "svg").click()
    dialog.click("#share-settings summary")
    dialog.select_option("#set-paper", "a3 landscape")
    dialog.select_option("#set-dpi", "600")
    process = drawing(narrow)
    before = ticks(process)
    link(dialog, "png").click()
    kill_at_work(process, before)
    expect(dialog.locator("#sharesay")).to_contain_text(words(dialog)[3], timeout=60_000)
