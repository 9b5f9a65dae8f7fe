"""A published layer in a real browser: rings that count everything, dots near by, a card, the tree, an upload."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Watched, until

LAYER = "power-plants-2021"
HOSTILE = "名称,经度,纬度\n<img src=x onerror=window.__x=1>,109.9,39.6\n"


def counted(page: Page) -> int:
    """Return how many features the rings and dots in sight stand for."""
    rings = page.locator(".leaflet-vectors-pane .cluster").all_inner_texts()
    return sum(map(int, rings)) + page.locator(".leaflet-vectors-pane .feature").count()


def test_the_layer_is_off_at_first_and_on_from_the_tree(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    assert page.locator(".leaflet-vectors-pane button").count() == 0
    if page.locator("#layers > summary").is_visible():
        page.locator("#layers > summary").click()
    page.locator(f"[data-key={LAYER}]").evaluate("each => each.click()")
    expect(page.locator(".leaflet-vectors-pane .feature")).to_have_count(29)
    assert f"layers=parks,projects,{LAYER}" in page.url
    page.locator(f"[data-key={LAYER}]").evaluate("each => each.click()")
    expect(page.locator(".leaflet-vectors-pane button")).to_have_count(0)
    assert LAYER not in page.url
    assert watched.clean()


def test_rings_over_the_country_count_every_station_in_sight_and_open_when_clicked(watched: Watched) -> None:
    page = watched.open(f"/?layers={LAYER}&fill=none")
    expect(page.locator(".leaflet-vectors-pane .cluster").first).to_be_visible()
    assert 2_500 < counted(page) <= 3_096
    most = page.locator(".leaflet-vectors-pane button").count()
    assert most < 400, "the page stays light"
    before = page.evaluate("window.geoapp.map.getZoom()")
    page.locator(".leaflet-vectors-pane .cluster").first.evaluate("each => each.click()")
    until(page, lambda: page.evaluate("window.geoapp.map.getZoom()") > before)
    assert watched.clean()


def test_a_dot_opens_a_card_that_names_its_source(watched: Watched) -> None:
    page = watched.open(f"/?region=150600&layers={LAYER}&fill=none")
    page.locator(".leaflet-vectors-pane .feature").first.evaluate("each => each.click()")
    card = page.locator("#card")
    expect(card).to_contain_text("世界资源研究所（WRI）全球电站数据库，2021，CC BY 4.0")
    expect(card).to_contain_text("MW")
    assert re.search(rf"sel={LAYER}(:|%3A)", page.url)
    expect(page.locator(".leaflet-vectors-pane .feature.selected")).to_have_count(1)
    assert watched.clean()


def test_an_upload_is_on_the_map_as_text(watched: Watched) -> None:
    page = watched.page
    page.goto(watched.home + "/table")
    file = {"name": "站.csv", "mimeType": "text/csv", "buffer": HOSTILE.encode()}
    page.locator(".own-form input[name=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator(".own-form select[name=datum]").select_option("wgs84")
    page.locator(".own-form button").click()
    page.wait_for_url(re.compile(r"layers=own(:|%3A)"))
    mark = page.locator(".leaflet-vectors-pane .feature")
    expect(mark).to_have_count(1)
    mark.evaluate("each => each.click()")
    expect(page.locator("#card h2")).to_have_text("<img src=x onerror=window.__x=1>")
    expect(page.locator("#card")).to_contain_text("使用者提供：站.csv")
    assert page.evaluate("window.__x") is None
    assert watched.clean()


SITES = "名称,类别,规模,经度,纬度\n甲,光伏,500,110.03,40.1\n乙,风电,300,107.9,39.8\n丙,煤电,1200,111.2,39.75\n"


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_an_own_layer_is_coloured_sized_filtered_and_its_page_is_reached(
    watched: Watched, size: tuple[int, int]
) -> None:
    page = watched.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(watched.home + "/table")
    file = {"name": "站.csv", "mimeType": "text/csv", "buffer": SITES.encode()}
    page.locator(".own-form input[name=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator(".own-form select[name=datum]").select_option("wgs84")
    page.locator(".own-form button").click()
    page.wait_for_selector("body[data-ready=true]")
    if "folded" in (page.locator(".legend").get_attribute("class") or ""):
        page.locator(".legend .fold").click()
    page.locator(".legend .vectortitle a").click()
    page.wait_for_url(re.compile(r"/layers/[0-9a-f]{32}$"))
    expect(page.locator("table tfoot")).to_contain_text("3")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.locator("select[name=kind]").select_option("类别")
    page.locator("select[name=amount]").select_option("规模")
    page.locator("input[name=unit]").fill("MW")
    page.get_by_role("button", name="照此画").click()
    expect(page.locator("table tfoot")).to_contain_text("2,000")
    page.locator(".own-actions a").first.click()
    page.wait_for_selector("body[data-ready=true]")
    marks = page.locator(".leaflet-vectors-pane .feature")
    expect(marks).to_have_count(3)
    widths = page.locator(".leaflet-vectors-pane .feature .dot").evaluate_all(
        "all => all.map((each) => each.offsetWidth)"
    )
    assert len(set(widths)) == 3, "the number sizes the dot"
    page.locator("[data-key^='more-own:']").evaluate("each => each.click()")
    page.locator("[data-key^='kind-own:']").first.evaluate("each => each.click()")
    expect(marks).to_have_count(1)
    assert re.search(r"kind=own(:|%3A)", page.url)
    marks.first.evaluate("each => each.click()")
    expect(page.locator("#card")).to_contain_text("500 MW")
    page.locator("#card a.cite").evaluate("each => each.click()")
    page.wait_for_url(re.compile(r"/layers/[0-9a-f]{32}$"))
    assert watched.clean()
