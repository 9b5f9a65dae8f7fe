"""A raster under the plan in a real browser: tiles arrive, the legend matches, a click gives the value."""

from playwright.sync_api import expect

from tests.conftest import Watched


def test_a_raster_shows_under_the_outlines_with_its_legend_and_value(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.locator("#ground summary").click()
    expect(page.locator("#ground-layer option")).to_have_count(3)
    page.select_option("#ground-layer", "elevation-5min")
    expect(page.locator(".leaflet-ground-pane img.leaflet-tile-loaded").first).to_be_visible()
    expect(page.locator("#ground-key")).to_contain_text("1,000 … 1,500")
    expect(page.locator("#ground-note")).to_contain_text("只作地形背景")
    area = page.locator("path[data-adcode='150621']")
    assert area.evaluate("each => getComputedStyle(each).fillOpacity") == "0"
    area.dispatch_event("click", {"clientX": 200, "clientY": 300, "bubbles": True})
    expect(page.locator("#ground-value")).to_contain_text(" m（")
    page.locator("#ground-opacity").fill("0.4")
    assert page.locator(".leaflet-ground-pane").evaluate("each => each.style.opacity") == "0.4"
    page.select_option("#ground-layer", "")
    expect(page.locator(".leaflet-ground-pane img")).to_have_count(0)
    assert area.evaluate("each => getComputedStyle(each).fillOpacity") != "0"
    assert watched.clean()


def test_a_theoretical_bound_is_never_shown_without_its_label(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.locator("#ground summary").click()
    expect(page.locator("#ground-layer option")).to_have_count(3)
    page.select_option("#ground-layer", "clear-sky-irradiation")
    expect(page.locator("#ground-note")).to_contain_text("不是太阳能资源")
    assert watched.clean()
