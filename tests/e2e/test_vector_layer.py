"""A published layer in a real browser: rings that count everything, dots near by, a card, the tree, an upload."""

import re

from playwright.sync_api import Page, expect

from tests.conftest import Watched

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
    page.wait_for_function(f"window.geoapp.map.getZoom() > {before}")
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
