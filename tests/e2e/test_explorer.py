"""The explorer: choosing, reading, comparing, sharing; keyboard, paper, failure."""

import io
import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pypdf import PdfReader

from tests.conftest import Watched


def test_only_indicators_with_data_here_can_be_chosen(watched: Watched) -> None:
    page = watched.open("/?region=620600")
    free = page.locator("#indicator option:not([disabled])").count()
    shut = page.locator("#indicator option[disabled]").count()
    assert 0 < free < 60
    assert shut > 40
    page.evaluate("document.querySelector('#plans a[data-region=\"150600\"]').click()")
    page.locator("#plans a[aria-current][data-region='150600']").wait_for(state="attached")
    assert page.locator("#indicator option:not([disabled])").count() != free
    assert watched.clean()


def test_an_indicator_without_the_tier_falls_back(watched: Watched) -> None:
    page = watched.open("/?region=150600&tier=incentive")
    others = "[...document.querySelectorAll('#indicator optgroup option:not([disabled])')].map((o) => o.value)"
    other = next(each for each in page.evaluate(others) if each not in ("ei_gdp_cut",) and not each.startswith("d_"))
    page.select_option("#indicator", other)
    page.wait_for_url(re.compile(f"indicator={other}"))
    expect(page.locator("#state")).to_be_empty()
    assert "tier=basic" in page.url
    assert watched.clean()


def test_back_and_forward(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.evaluate("document.querySelector('#plans a[data-region=\"640200\"]').click()")
    page.wait_for_selector('path[data-adcode="640202"]')
    page.locator('path[data-adcode="640202"]').click()
    page.locator("#card h2").wait_for()
    page.go_back()
    expect(page.locator("#card")).to_be_hidden()
    page.go_back()
    page.wait_for_selector('path[data-adcode="150621"]')
    assert page.locator("#title").inner_text().startswith("鄂尔多斯市")
    page.go_forward()
    page.wait_for_selector('path[data-adcode="640202"]')
    assert watched.clean()


def test_the_address_is_the_view(watched: Watched) -> None:
    page = watched.open("/?region=654200&type=hydropower&sel=654203&fade=targets:60")
    again = page.url
    page.goto(again)
    page.wait_for_selector("body[data-ready=true]")
    assert page.url == again
    assert page.evaluate("window.geoapp.map.getPane('regions').style.opacity") == "0.6"
    assert watched.clean()


def test_an_old_link_says_what_was_ignored_in_both_languages(watched: Watched) -> None:
    page = watched.open("/?region=150600&year=2015&what=1")
    notice = page.locator(".notice[role=status]").inner_text()
    assert "没有“what”这个参数" in notice
    assert "2025年" in notice
    page = watched.open("/?region=150600&year=2015&what=1&lang=en")
    assert not re.search("[一-鿿]", page.locator(".notice[role=status]").inner_text())
    assert watched.clean()


def test_the_legend_shows_one_class_alone(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    line = page.locator("#legend button[data-key='class-0']")
    line.click()
    assert page.locator("path.area:not(.dim)").count() == 2
    assert page.locator("#legend button[data-key='class-0']").get_attribute("aria-pressed") == "true"
    line.click()
    assert page.locator("path.dim").count() == 0
    assert watched.clean()


def test_the_table_sorts_and_follows_the_map(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.locator("#table th[data-name=name] button").evaluate("(b) => b.click()")
    assert page.locator("#table th[data-name=name]").get_attribute("aria-sort") == "ascending"
    page.locator("#table th[data-name=value] button").evaluate("(b) => b.click()")
    assert page.locator("#table tbody th button").first.inner_text() == "鄂托克旗"
    page.locator('path[data-adcode="150626"]').dispatch_event("mouseover")
    assert page.locator("#table tr.hover").get_attribute("data-adcode") == "150626"
    page.locator('#table tr[data-adcode="150624"]').dispatch_event("mouseenter")
    assert page.locator("path.hover").get_attribute("data-adcode") == "150624"
    assert watched.clean()


def test_a_park_and_a_project_open_their_own_card_by_keyboard(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    marks = page.locator(".leaflet-points-pane button")
    assert page.locator(".leaflet-points-pane button[tabindex='0']").count() == 1
    page.locator(".leaflet-points-pane button[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    name = page.evaluate("document.activeElement.title.split('（')[0]")
    page.keyboard.press("Enter")
    page.locator("#card h2", has_text=name).wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert marks.count() > 5
    assert watched.clean()


def test_two_maps_move_as_one_with_their_own_legends(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.locator("#compare").click()
    page.wait_for_selector("body[data-compared=ready]")
    assert "compare=ei_gdp_cut.2025.incentive" in page.url
    frame = page.frame_locator("#second-map")
    frame.locator("#legend li").first.wait_for()
    assert frame.locator("#legend").inner_text() != page.locator("#legend").inner_text()
    assert "激励目标" in frame.locator("#subtitle").inner_text()
    page.evaluate("() => { window.geoapp.map.setView([39.5, 109], 7.5, {animate: false}); }")
    where = "(m) => [m.getCenter().lat.toFixed(3), m.getCenter().lng.toFixed(3), m.getZoom()].join()"
    there = "document.getElementById('second-map').contentWindow.geoapp.map"
    assert page.evaluate(f"({where})(window.geoapp.map)") == page.evaluate(f"({where})({there})")
    page.evaluate(f"() => {{ {there}.setView([39, 108.5], 8, {{animate: false}}); }}")
    assert page.evaluate(f"({where})(window.geoapp.map)") == page.evaluate(f"({where})({there})")
    page.locator("#second-close").click()
    assert page.locator("#second").is_hidden()
    assert "compare" not in page.url
    assert watched.clean()


def test_a_place_found_by_search_is_in_sight(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.locator("#q").fill("654223")
    page.locator("#found li", has_text="沙湾市").click()
    page.locator("#card h2", has_text="沙湾市").wait_for()
    page.wait_for_timeout(800)
    area, card = page.locator("path[data-adcode='654203']").bounding_box(), page.locator("#card").bounding_box()
    assert area is not None
    assert card is not None
    middle = (area["x"] + area["width"] / 2, area["y"] + area["height"] / 2)
    beside, above = middle[0] < card["x"], middle[1] < card["y"]
    assert beside or above
    assert 0 < middle[0] < page.viewport_size["width"]
    assert middle[1] > 46
    assert watched.clean()


def test_a_card_beside_two_maps_covers_neither(browser: Browser, server: str) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(server + "/?region=150600&compare=ei_gdp_cut.2025.incentive&sel=150621")
    page.wait_for_selector("body[data-compared=ready]")
    page.locator("#card h2").wait_for()
    card, maps = page.locator("#card").bounding_box(), [page.locator(each) for each in ("#mapwrap", "#second")]
    assert card is not None
    for box in (each.bounding_box() for each in maps):
        assert box is not None
        assert card["x"] + card["width"] <= box["x"]
    area = page.locator("path[data-adcode='150621']").bounding_box()
    whole = page.locator("#mapwrap").bounding_box()
    assert area is not None
    assert whole is not None
    assert whole["x"] < area["x"] < area["x"] + area["width"] < whole["x"] + whole["width"]
    page.close()


def test_share_hands_out_one_state(watched: Watched) -> None:
    page = watched.open("/?region=150600&sel=150625")
    page.locator("#share").click()
    assert page.locator("#share-link").input_value() == page.url
    query = page.url.split("?")[1]
    for face in ("csv", "xlsx", "geojson"):
        assert page.locator(f"a[data-face='{face}']").first.get_attribute("href") == f"/view.{face}?{query}"
    dated = f"&date={page.evaluate('new Date().toLocaleDateString(`sv`)')}"
    for face in ("png", "pdf", "docx", "pptx"):
        assert page.locator(f"a[data-face='{face}']").first.get_attribute("href") == f"/view.{face}?{query}{dated}"
    assert page.locator("#share-book a").first.get_attribute("href") == f"/view.docx?{query}{dated}&book=county"
    assert "embed=1" in page.locator("#share-frame-code").input_value()
    expect(page.locator("#share-rows")).to_have_text(
        "24 行"
    )  # nine counties, eight parks, a row for each region of each work
    page.locator("#share-frame").check()
    assert "bbox=" in page.locator("#share-link").input_value()
    page.keyboard.press("Escape")
    assert page.locator("#sharebox").is_hidden()
    expect(page.locator("#card")).to_be_visible()


def test_the_dialog_offers_what_the_address_can(watched: Watched) -> None:
    page = watched.open("/?region=150600&layers=none")
    page.locator("#share").click()
    page.locator("#share-settings summary").click()
    page.fill("#set-title", "能耗强度")
    page.fill("#set-maker", "某设计院")
    page.fill("#set-date", "2026-03-31")
    page.select_option("#set-paper", "a3 portrait")
    page.select_option("#set-dpi", "220")
    page.select_option("#set-style", "official")
    page.locator("#set-qr").check()
    page.locator("input[value='projects'][name='set-tables']").uncheck()

    def asked(selector: str) -> dict[str, str]:
        found = page.locator(selector).get_attribute("href") or ""
        return dict(parse_qsl(found.partition("?")[2]))

    common = {"title": "能耗强度", "maker": "某设计院", "date": "2026-03-31"}
    png, word, slides = (asked(f"a[data-face='{face}']") for face in ("png", "docx", "pptx"))
    assert png.items() >= {**common, "paper": "a3", "orientation": "portrait", "dpi": "220"}.items()
    assert word.items() >= {**common, "style": "official", "qr": "1", "tables": "targets,parks,actions"}.items()
    assert not {"style", "paper", "dpi"} & set(slides)
    assert not {"title", "date"} & set(asked("a[data-face='csv']")), "data files have no title"
    page.fill("#book-codes", "150602，150621")
    assert asked("a[data-book='pdf']").items() >= {**common, "book": "150602,150621"}.items()
    for each in ("a[data-face='docx']", "a[data-face='pptx']", "a[data-face='png']"):
        answer = page.request.get(watched.home + (page.locator(each).get_attribute("href") or ""))
        assert answer.status == 200, answer.text()
    assert watched.clean()


def test_views_are_collected_in_order_and_kept(watched: Watched) -> None:
    page = watched.open("/?region=150600&layers=none")
    page.locator("#share").click()
    page.locator("#basket-add").click()
    page.select_option("#basket-beside", index=1)
    expect(page.locator("#basket li")).to_have_count(2)
    page.locator("#basket li").nth(1).get_by_role("button", name="上移").click()
    first = page.locator("#basket li a").first.get_attribute("href") or ""
    assert "tier=incentive" in first
    page.reload()
    page.locator("#share").click()
    expect(page.locator("#basket li")).to_have_count(2)
    href = page.locator("a[data-basket='pdf']").get_attribute("href") or ""
    views = [value for name, value in parse_qsl(href.partition("?")[2]) if name == "views"]
    assert views[0] == first.removeprefix("/?")
    answer = page.request.get(watched.home + href)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    page.locator("#basket li").first.get_by_role("button", name="取出").click()
    expect(page.locator("#basket li")).to_have_count(1)
    assert watched.clean()


def test_the_opacity_of_a_layer_is_in_the_address(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.locator("#layers > summary").evaluate("(s) => s.click()")
    page.locator("[data-key=more-targets]").evaluate("(b) => b.click()")
    page.locator("[data-key=fade-targets]").evaluate("(r) => { r.value = 40; r.dispatchEvent(new Event('input')); }")
    assert "fade=targets:40" in page.url
    assert page.evaluate("window.geoapp.map.getPane('regions').style.opacity") == "0.4"
    assert watched.clean()


def test_a_failed_request_says_so_and_tries_again(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.route("**/view.json?*", lambda route: route.abort())
    page.select_option("#indicator", index=3)
    page.locator("#state button", has_text="再试一次").wait_for()
    assert page.locator("path[data-adcode]").count() == 9
    page.unroute("**/view.json?*")
    page.locator("#state button").click()
    expect(page.locator("#state")).to_be_empty()
    assert watched.foreign == []


def test_a_map_that_cannot_be_read_says_so(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.route("**/geo/**", lambda route: route.abort())
    page.goto(server + "/?region=150600")
    page.locator("#state button", has_text="再试一次").wait_for()
    page.close()


def test_a_background_that_fails_leaves_the_map_usable(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.route("**/basemap/**", lambda route: route.fulfill(status=502))
    page.goto(server + "/?region=150600&basemap=tianditu")
    page.locator("#state", has_text="底图不可用").wait_for()
    assert page.locator("path[data-adcode]").count() == 9
    assert page.locator(".leaflet-tile").count() == 0
    page.close()


def test_the_background_is_drawn_under_the_map(browser: Browser, server: str) -> None:
    page = browser.new_page()
    pixel = Path(__file__).parent.parent / "data" / "tile.png"
    page.route(
        "**/basemap/**", lambda route: route.fulfill(status=200, body=pixel.read_bytes(), content_type="image/png")
    )
    page.goto(server + "/?region=150600&basemap=tianditu")
    page.wait_for_selector(".leaflet-tile-loaded")
    assert page.locator("path[data-adcode]").count() == 9
    page.close()


def test_the_keyboard_goes_all_the_way(browser: Browser, server: str) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(server + "/?region=150600")
    page.wait_for_selector("body[data-ready=true]")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "((e) => e.id || e.dataset.adcode || e.className.baseVal || e.className)(document.activeElement)"
            )
        )
        if seen[-1] == "150602":
            break
    assert seen[0] == "skip"
    for stop in ("q", "share", "indicator", "tab-areas", "150602"):
        assert stop in seen
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.adcode") == "150603"
    page.keyboard.press("Enter")
    page.locator("#card h2").wait_for()
    assert page.evaluate("document.activeElement.id") == "card"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.adcode") == "150603"
    page.close()


def test_paper_has_title_map_legend_table_and_sources(browser: Browser, server: str) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(server + "/?region=150600")
    page.wait_for_selector("body[data-ready=true]")
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = "".join(leaf.extract_text() for leaf in paper.pages)
    for word in ("鄂尔多斯市", "图例", "杭锦旗", "24%", "审图号"):
        assert word in text
    assert "分享与下载" not in text
    width, height = (round(float(each) / 72 * 25.4) for each in paper.pages[0].mediabox[2:])
    assert (width, height) == (210, 297)
    assert len(paper.pages) <= 2
    page.close()


def test_motion_is_calm_when_asked_for(browser: Browser, server: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(server + "/?region=150600")
    page.wait_for_selector("body[data-ready=true]")
    page.evaluate("() => { window.anim = 0; window.geoapp.map.on('zoomanim', () => { window.anim += 1; }); }")
    page.locator("#plans a", has_text="石嘴山").click()
    page.wait_for_selector('path[data-adcode="640202"]')
    assert page.evaluate("window.anim") == 0
    page.close()


RECORDS = (
    "#plans a, #table, #card, .label, .mark, #found, #trail, script, style, noscript, #lang, #share-link, "
    ".copyline, #sharewhat, #title, #subtitle, .chip, #sources, iframe, .mapwrap > path"
)
"""Places where names and documents stand, which are Chinese in both languages."""
COLLECT = """(skip) => {
  const out = [];
  for (const e of document.querySelectorAll("body *")) {
    if (e.closest(skip) || e.matches("path")) continue;
    for (const a of ["aria-label", "title", "placeholder", "alt"]) if (e.getAttribute(a)) out.push(e.getAttribute(a));
    for (const n of e.childNodes) if (n.nodeType === 3 && n.textContent.trim()) out.push(n.textContent.trim());
  }
  return out;
}"""


def words_shown(page: Page) -> list[str]:
    """Every text, label and title a reader meets, apart from names and records of the documents."""
    found: list[str] = page.evaluate(COLLECT, RECORDS)
    return found


UNITS = re.compile(r"（?[（(]?(万|亿|千|吨|克|家|个|星级|类|平方米|标准煤|百分点|人|瓦|时|/)+[)）]?")


def test_english_is_complete(watched: Watched) -> None:
    page = watched.open("/?region=150600&lang=en")
    page.locator("#layers > summary").evaluate("(s) => s.click()")
    chinese = [text for text in words_shown(page) if re.search("[一-鿿]", UNITS.sub("", text))]
    assert chinese == []
    assert page.evaluate("document.documentElement.lang") == "en"
    assert watched.clean()


KEPT = (
    "GDP COD PUE CHP VOCs A t h km GS Fisher Jenks XLSX CSV GeoJSON GeoPackage Shapefile KML GeoParquet FlatGeobuf "
    "QGIS ArcGIS GIS PNG SVG PDF Word PPT Excel WPS oEmbed GB T dpi"
)
"""What is written in Latin letters in Chinese too."""


def test_chinese_is_complete(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.locator("#layers > summary").evaluate("(s) => s.click()")
    kept = set(KEPT.split())
    english = {word for text in words_shown(page) for word in re.findall("[A-Za-z]+", text)} - kept
    assert english == set()


@pytest.mark.parametrize("width", [320, 640])
def test_narrow_pages_do_not_scroll_sideways(browser: Browser, server: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(server + "/?region=150600&lang=en")
    page.wait_for_selector("body[data-ready=true]")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_cable_is_cut(browser: Browser, server: str) -> None:
    """Nothing outside our own host is ever asked for: with everything else refused the map is whole."""
    page = browser.new_page()
    refused: list[str] = []

    def guard(route: Route) -> None:
        if route.request.url.startswith(server):
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    page.route("**/*", guard)
    for path in ("/?region=100000", "/?region=650000&compare=ei_gdp_cut.2015.basic", "/view.html?region=620600"):
        page.goto(server + path)
        page.wait_for_selector("body[data-ready=true]")
    assert refused == []
    page.close()
