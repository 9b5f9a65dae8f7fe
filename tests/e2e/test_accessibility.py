"""axe finds no serious or critical violation on any page with a map: desktop, phone, dark, both languages."""

from typing import Any

import pytest
from playwright.sync_api import Browser

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"desktop": (1366, 768), "phone": (390, 844)}
STATES = {
    "country": ("/?region=100000", ()),
    "card": ("/?region=150600&sel=150625&lang=en", ("#card h2",)),
    "point": ("/?region=654200", ("#tab-projects", "#table tbody button")),
    "layers": ("/?region=620600", ("#layers > summary", "[data-key=more-projects]")),
    "share": ("/?region=150600", ("#share",)),
    "compare": ("/?region=150600&compare=ei_gdp_cut.2025.incentive", ()),
    "notice": ("/?region=150600&what=1", ()),
    "bare": ("/view.html?region=640200&embed=1", ()),
}


def violations(report: dict[str, Any]) -> list[str]:
    return [
        f"{each['id']} ({each['impact']}): {each['nodes'][0]['html'][:140]}"
        for each in report["violations"]
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("phone", "light"), ("phone", "dark")])
@pytest.mark.parametrize("state", sorted(STATES))
def test_axe_is_content(browser: Browser, server: str, axe: str, state: str, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    path, steps = STATES[state]
    page.goto(server + path)
    page.wait_for_selector("body[data-ready=true]")
    for step in steps:
        page.locator(step).first.wait_for(state="attached")
        page.locator(step).first.evaluate("(e) => e.click()")
    page.wait_for_timeout(250)
    page.evaluate(axe)
    report = page.evaluate(f"axe.run(document, {{runOnly: {{type: 'tag', values: {RULES}}}}})")
    assert violations(report) == []
    assert page.locator("path[data-adcode]").count() > 2
    context.close()


CHARTS = ["/chart?indicator=ei_gdp_cut", "/chart?kind=scatter&indicator=ei_gdp_cut&lang=en", "/chart?kind=line"]


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("phone", "light"), ("phone", "dark")])
@pytest.mark.parametrize("path", CHARTS)
def test_axe_is_content_with_charts(browser: Browser, server: str, axe: str, path: str, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(server + path)
    page.evaluate(axe)
    report = page.evaluate(f"axe.run(document, {{runOnly: {{type: 'tag', values: {RULES}}}}})")
    assert violations(report) == []
    context.close()


def test_every_area_has_a_name_and_a_value(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.goto(server + "/?region=640200")
    page.wait_for_selector("body[data-ready=true]")
    names = page.locator("path[data-adcode]").evaluate_all("(all) => all.map((e) => e.getAttribute('aria-label'))")
    assert "惠农区：石嘴山市目标 15%，未分解到本级" in names
    assert len(set(names)) == 3
    page.close()
