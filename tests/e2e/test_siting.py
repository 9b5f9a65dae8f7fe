"""The siting form in a real browser: a published layer chosen by type, a distance, and what is left."""

import re

from playwright.sync_api import expect

from tests.conftest import Watched

LAYER = "power-plants-2021"


def test_a_type_of_a_published_layer_is_a_criterion(watched: Watched) -> None:
    page = watched.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{watched.home}/screen?region=150600&resolution=1000")
    page.get_by_label("专题图层 1").select_option(f"{LAYER}:coal")
    page.locator("select[name=where1]").select_option("farther")
    page.locator("input[name=km1]").fill("20")
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url(re.compile(rf"layer1={LAYER}%3Acoal"))
    steps = page.locator(".funnel.slim tbody tr")
    expect(steps).to_have_count(2)
    expect(steps.nth(1)).to_contain_text("距已建电站（煤电） ≥ 20 km")
    expect(page.get_by_label("专题图层 1")).to_have_value(f"{LAYER}:coal")
    expect(page.get_by_role("link", name="已建电站")).to_have_attribute("href", f"/vectors/{LAYER}")
    assert page.locator(".twocol img").evaluate("each => each.naturalWidth") > 0
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, "the form fits a phone"
    page.locator("select[name=where1]").select_option("inside")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("[role=alert]")).to_contain_text("没有之内之外；请改用距离")
    assert watched.clean()
