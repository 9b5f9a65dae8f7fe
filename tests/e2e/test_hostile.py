"""Hostile names as region, park, project and plan names run nothing and break nothing, on every page."""

import pytest
from playwright.sync_api import Browser

from tests.conftest import Watched

PROBE = (
    "[window.__x, document.querySelectorAll('img[src=x]').length, document.querySelectorAll('b b, [onerror]').length]"
)


@pytest.fixture
def spoiled(browser: Browser, hostile_server: str):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    yield Watched(page, hostile_server)
    page.close()


def test_the_explorer_shows_names_as_text(spoiled: Watched) -> None:
    page = spoiled.open("/?region=150600")
    assert page.locator("path[data-adcode]").count() == 9
    for tab in ("areas", "parks", "projects"):
        page.locator(f"#tab-{tab}").click()
        page.locator("#table tbody button").first.click()
        page.locator("#card h2").wait_for()
    assert page.evaluate(PROBE) == [None, 0, 0]
    page.locator("#tab-areas").click()
    page.locator("#table tbody tr[data-adcode='150625'] button").click()
    page.locator("#card h2", has_text="杭锦旗").wait_for()
    page.locator("#share").click()
    page.keyboard.press("Escape")
    page.locator("#layers > summary").click()
    page.locator("[data-key=more-projects]").click()
    page.locator("#q").fill("杭锦旗")
    page.locator("#found [role=option]").first.wait_for()
    assert page.evaluate(PROBE) == [None, 0, 0]
    assert spoiled.clean()


@pytest.mark.parametrize(
    "path",
    [
        "/?region=650000&year=2015&lang=en",
        "/?sel=150625&compare=ei_gdp_cut.2025.incentive",
        "/view.html?region=150600&embed=1",
        "/?region=%3Cimg%20src=x%20onerror=window.__x=1%3E&${window.__x=1}=1",
    ],
)
def test_maps_run_nothing(spoiled: Watched, path: str) -> None:
    page = spoiled.open(path)
    page.wait_for_timeout(300)
    assert page.locator("path[data-adcode]").count() > 5
    assert page.evaluate(PROBE) == [None, 0, 0]
    assert spoiled.clean()


@pytest.mark.parametrize(
    "path",
    [
        "/regions/150625",
        "/plans/ordos-2021-2025",
        "/indicators/ei_gdp_cut",
        "/search?q=%3Cimg%20src%3Dx%20onerror%3D1%3E",
        "/quality",
    ],
)
def test_pages_to_read_run_nothing(spoiled: Watched, path: str) -> None:
    answer = spoiled.page.goto(spoiled.home + path)
    assert answer is not None
    assert answer.ok
    assert spoiled.page.evaluate(PROBE) == [None, 0, 0]
    assert spoiled.clean()
