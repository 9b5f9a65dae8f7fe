"""Two maps: one scale where they show one indicator, and both of them in whatever is taken away."""

import io
import re
from urllib.parse import parse_qs, urlsplit

from docx import Document
from PIL import Image
from playwright.sync_api import FrameLocator, Page, expect

from tests.conftest import Watched

COMPARED = "/?region=150600&compare=ei_gdp_cut.2025.incentive"
FILLS = """(all) => Object.fromEntries(all.map((e) => [e.dataset.adcode, e.style.fill]))"""
LINES = """(all) => all.map((e) => [
  e.querySelector("svg rect:last-child").style.fill, e.querySelector(".what").textContent,
])"""


def opened(watched: Watched, path: str = COMPARED) -> tuple[Page, FrameLocator]:
    page = watched.open(path)
    page.wait_for_selector("body[data-compared=ready]", timeout=20_000)
    return page, page.frame_locator("#second-map")


def classes(legend: list[list[str]]) -> list[list[str]]:
    return [line for line in legend if line[0].startswith("rgb")]


def test_maps_of_one_indicator_share_scale_and_legend(watched: Watched) -> None:
    """杭锦旗 is to cut 24 % at least and 27.2 % at best: the stronger cut is never the lighter colour."""
    page, second = opened(watched)
    one = page.locator("#legend ul:not(.points) li").evaluate_all(LINES)
    other = second.locator("#legend ul:not(.points) li").evaluate_all(LINES)
    shades = [line for line in classes(one) if "none" not in line[1]]
    assert len(shades) >= 4
    assert [line for line in classes(other) if line in shades] == shades
    left, right = (where.locator("path[data-adcode]:visible").evaluate_all(FILLS) for where in (page, second))
    order = [line[0] for line in shades]
    for code in ("150621", "150622", "150624", "150625", "150626", "150627"):
        assert order.index(right[code]) >= order.index(left[code])
    assert order.index(right["150625"]) > order.index(left["150625"])
    assert watched.clean()


def test_the_scale_follows_the_choice_and_ends_with_the_comparison(watched: Watched) -> None:
    page, _ = opened(watched)
    assert "scale=2025.incentive" in page.url
    page.select_option("#second-indicator", "new_energy_added")
    expect(page).to_have_url(re.compile(r"^(?!.*scale=).*compare=new_energy_added"))
    page.select_option("#second-indicator", "ei_gdp_cut")
    page.locator("#second-close").click()
    expect(page).to_have_url(re.compile(r"^(?!.*(scale|compare)=)"))
    assert watched.clean()


def test_the_dialog_hands_out_both_maps_or_one(watched: Watched) -> None:
    page, _ = opened(watched)
    page.locator("#share").click()
    link = page.locator("#share-link").input_value()
    assert parse_qs(urlsplit(link).query)["compare"] == ["ei_gdp_cut.2025.incentive"]
    picture = page.request.get(page.locator("a[data-face=png]").evaluate("(e) => e.href"))
    assert Image.open(io.BytesIO(picture.body())).size == (1600, 1100)
    sheet = page.request.get(page.locator("a[data-face=svg]").evaluate("(e) => e.href")).text()
    assert "基本目标与激励目标" in sheet
    briefing = page.request.get(page.locator("a[data-face=docx]").first.evaluate("(e) => e.href"))
    text = "\n".join(each.text for each in Document(io.BytesIO(briefing.body())).paragraphs)
    assert "基本目标" in text
    assert "激励目标" in text
    expect(page.locator("#share-files")).to_be_hidden()
    page.locator("#share-which input[value=second]").check(force=True)
    expect(page.locator("#share-files")).to_be_visible()
    for face in ("xlsx", "csv", "geojson", "png", "svg", "pdf"):
        query = parse_qs(urlsplit(page.locator(f"a[data-face={face}]").evaluate("(e) => e.href")).query)
        assert (query["tier"], query["scale"], "compare" in query) == (["incentive"], ["2025.basic"], False)
    page.locator("#share-which input[value=first]").check(force=True)
    csv = page.locator("a[data-face=csv]")
    assert "tier=basic" in csv.evaluate("(e) => e.href")
    answer = page.request.get(csv.evaluate("(e) => e.href"))
    assert answer.ok
    assert watched.clean()


def test_a_link_keeps_where_the_reader_looks(watched: Watched) -> None:
    """``at`` moves the map and filters nothing; ``bbox`` filters and is only there when asked for."""
    page = watched.open("/?region=150600")
    assert "at=" not in page.url
    page.locator(".leaflet-control-zoom-in").click()
    page.locator(".leaflet-control-zoom-in").click()
    expect(page).to_have_url(re.compile(r"at=[\d.]+,[\d.]+,[\d.]+"))
    page.wait_for_timeout(600)
    looked = page.evaluate("[window.geoapp.map.getZoom(), window.geoapp.map.getCenter().lng.toFixed(2)]")
    page.locator("#share").click()
    link = page.locator("#share-link").input_value()
    assert "bbox" not in link
    frame = page.locator("#share-frame-code").input_value()
    assert "&amp;at=" in frame
    assert "at=" not in page.locator("a[data-face=png]").evaluate("(e) => e.href")
    again = watched.open(link.removeprefix(watched.home))
    assert again.evaluate("[window.geoapp.map.getZoom(), window.geoapp.map.getCenter().lng.toFixed(2)]") == looked
    assert again.locator("#table tbody tr[data-adcode]").count() == 10
    again.evaluate("document.querySelector('#plans a[data-region=\"640200\"]').click()")
    expect(again).to_have_url(re.compile(r"^(?!.*at=).*region=640200"))
    assert watched.clean()


def test_the_second_map_shows_the_difference_and_one_table_has_both(watched: Watched) -> None:
    page, second = opened(watched)
    page.locator("#second-minus input").check()
    expect(page).to_have_url(re.compile(r"compare=ei_gdp_cut\.2025\.incentive\.minus"))
    expect(second.locator("#title")).to_contain_text("激励目标减基本目标")
    expect(second.locator("#legend")).to_contain_text("两者不都有本级数值")
    assert "scale=" not in page.url, "a difference has no scale in common with its values"
    page.reload()
    page.wait_for_selector("body[data-compared=ready]", timeout=20_000)
    expect(page.locator("#second-minus input")).to_be_checked()
    page.locator("#second-minus input").uncheck()
    expect(page).to_have_url(re.compile(r"compare=ei_gdp_cut\.2025\.incentive(&|$)"))
    page.locator("#second-table").click()
    expect(page.locator("h1")).to_have_text("对照表")
    assert "+3.2个百分点" in page.locator("tr", has_text="杭锦旗").inner_text()
    assert watched.clean()


def test_the_dialog_hands_out_the_table_of_both_maps(watched: Watched) -> None:
    page, _ = opened(watched)
    page.locator("#share").click()
    address = page.locator("#share-pair a[data-pair='.csv']").get_attribute("href") or ""
    answer = page.request.get(watched.home + address)
    assert answer.status == 200
    assert "杭锦旗" in answer.text()
    assert watched.clean()
