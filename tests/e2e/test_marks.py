"""Marks and leaders on the web's map: a mark known to its county lies in that county, no leader crosses another."""

from itertools import combinations

import pytest
import shapely
from playwright.sync_api import Browser, Page

REGIONS = ["region=150600", "region=640200", "region=654200", "region=500114"]
SIZES = [(960, 600), (360, 300), (640, 420)]
FILLED = """(all) => all.map((mark) => {
  const box = mark.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const near = [[0, 0], [3, 0], [-3, 0], [0, 3], [0, -3]];
  const holding = [...document.querySelectorAll("path[data-adcode]")].filter((path) => near.some(([right, down]) => {
    const at = new DOMPoint(x + right, y + down).matrixTransform(path.getScreenCTM().inverse());
    return path.isPointInFill(at);
  }));
  const seen = x > 0 && y > 0 && x < innerWidth && y < innerHeight;
  return seen ? [mark.dataset.id, holding.map((path) => path.dataset.adcode)] : null;
}).filter(Boolean)"""
"""The marks in sight, and the areas they lie in or within the three pixels by which drawn borders are thinned."""
LINES = """(all) => all.map((path) => {
  const [from, to] = [path.getPointAtLength(0), path.getPointAtLength(path.getTotalLength())];
  return [[from.x, from.y], [to.x, to.y]];
})"""


def embedded(browser: Browser, server: str, query: str, size: tuple[int, int]) -> Page:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(f"{server}/view.html?{query}&embed=1")
    page.wait_for_selector("body[data-ready=true]", timeout=20_000)
    return page


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("query", REGIONS)
def test_a_mark_known_to_its_county_never_lies_in_its_neighbour(
    browser: Browser, server: str, query: str, size: tuple[int, int]
) -> None:
    page = embedded(browser, server, query, size)
    points = page.request.get(f"{server}/view.json?{query}").json()["points"]
    homes = {point["id"]: point.get("area") for point in points if point["precision"] not in ("site", "town")}
    marks = page.locator(".leaflet-points-pane .mark").evaluate_all(FILLED)
    for mark, holding in marks:
        home = homes.get(mark) or (mark if mark.isdigit() else None)
        if home is not None:
            assert home in holding, f"the mark of {mark} lies in {holding}"
    page.close()


@pytest.mark.parametrize("size", [*SIZES, (1366, 768)])
@pytest.mark.parametrize("query", [*REGIONS, "region=650000&year=2015", "region=150600&lang=en"])
def test_no_leader_crosses_another(browser: Browser, server: str, query: str, size: tuple[int, int]) -> None:
    page = embedded(browser, server, query, size)
    lines = [shapely.LineString(each) for each in page.locator("path.leader").evaluate_all(LINES)]
    assert not [1 for one, two in combinations(lines, 2) if shapely.crosses(one, two)]
    page.close()
