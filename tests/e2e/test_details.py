"""What a planner stumbles over: lists, choices, title, legend, labels and focus, at both sizes."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Watched

PHONE = 860
FAR_IN = "window.geoapp.map.setView([39.6, 107.6], 9, {animate: false})"


def narrow(page: Page) -> bool:
    size = page.viewport_size
    assert size is not None
    return size["width"] <= PHONE


def raise_drawer(page: Page) -> None:
    if narrow(page):
        page.locator("#grip").click()
        page.locator("#grip").click()


def test_list_icons_stay_with_their_rows(watched: Watched) -> None:
    page = watched.open("/?region=654200&year=2025&type=hydropower,wind_solar_base,storage&layers=projects")
    raise_drawer(page)
    page.locator("#tab-projects").click()
    apart = """(rows) => rows.map((row) => {
      const top = (name) => row.querySelector(name).getBoundingClientRect().top;
      return Math.abs(top(".kind") - top("button"));
    })"""
    rows = page.locator("#table tbody tr[data-id]")
    assert rows.count() > 10
    page.locator("#table tbody tr[data-id]").last.scroll_into_view_if_needed()
    assert max(rows.evaluate_all(apart)) < 8


@pytest.mark.parametrize(
    ("lang", "word", "why"),
    [
        ("", "按类筛选", "所选地区小于这一级，不能按它划分。"),
        ("&lang=en", "Filter by kind", "The region shown is smaller than this level, so it cannot be divided by it."),
    ],
)
def test_the_filter_has_a_name_and_what_cannot_be_chosen_says_why(
    watched: Watched, lang: str, word: str, why: str
) -> None:
    page = watched.open(f"/?region=150600{lang}")
    raise_drawer(page)
    page.locator("#layers summary").click()
    more = page.locator("[data-key=more-projects]")
    assert more.inner_text().strip() == word
    more.click()
    page.locator("[data-key=type-wind_solar_base]").check()
    expect(page.locator("[data-key=more-projects]")).to_have_text(f"{word} 1")
    barred = page.locator("#level label", has=page.locator("input:disabled"))
    assert barred.get_attribute("title") == why
    barred.scroll_into_view_if_needed()
    barred.locator("span").click(force=True)
    expect(page.locator("#why")).to_have_text(why)
    page.locator("#level input:not(:disabled):not(:checked)").first.check(force=True)
    expect(page.locator("#why")).to_have_text("")
    assert watched.clean()


def test_the_title_can_be_read_over_a_dark_fill(watched: Watched) -> None:
    """Contrast of every line of the title against the paper it brings, laid over the darkest fill (WCAG 2: 4.5)."""
    page = watched.open("/?region=150600")
    page.evaluate(FAR_IN)
    worst = page.evaluate("""() => {
      const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
      const linear = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
      const light = (rgb) => rgb.reduce((sum, c, i) => sum + linear(c / 255) * [0.2126, 0.7152, 0.0722][i], 0);
      const [r, g, b, a = 1] = rgb(getComputedStyle(document.querySelector(".maptitle")).backgroundColor);
      const under = [10, 70, 60];
      const paper = [r, g, b].map((c, i) => c * a + under[i] * (1 - a));
      const lines = [...document.querySelectorAll(".maptitle h1, .maptitle small, .maptitle .trail, .maptitle .aside")];
      return Math.min(...lines.map((e) => {
        const [one, other] = [light(paper), light(rgb(getComputedStyle(e).color))].sort((x, y) => y - x);
        return (one + 0.05) / (other + 0.05);
      }));
    }""")
    assert worst >= 4.5


def test_an_area_whose_label_point_is_off_screen_keeps_its_name_and_value(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.evaluate("window.geoapp.map.setView([40.35, 106.95], 10, {animate: false})")  # the north-west of 杭锦旗
    point = page.evaluate("window.geoapp.map.getBounds().contains([39.85, 108.75])")  # its label point, near the middle
    assert not point
    label = page.locator(".label", has_text="杭锦旗")
    expect(label).to_have_count(1)
    expect(label).to_contain_text("24%")
    box, window = label.bounding_box(), page.locator("#mapwrap").bounding_box()
    assert box is not None
    assert window is not None
    assert window["x"] <= box["x"]
    assert box["x"] + box["width"] <= window["x"] + window["width"]
    assert watched.clean()


def test_the_legend_explains_every_mark_and_no_other(watched: Watched) -> None:
    page = watched.open("/?region=150600&year=2025")
    if narrow(page):
        expect(page.locator("#legend .points")).to_be_hidden()  # no room for marks; the list and the cards name them
        return
    drawn = page.locator(".leaflet-points-pane .mark:not(.pile) path").evaluate_all(
        "all => all.map(p => p.getAttribute('d'))"
    )
    told = page.locator("#legend .points path").evaluate_all("all => all.map(p => p.getAttribute('d'))")
    assert sorted(told) == sorted(set(drawn))
    lines = page.locator("#legend .points li").all_inner_texts()
    counts = {words: int(n) for words, n in (line.rsplit("\n", 1) for line in lines)}
    assert counts["风电光伏基地（分布在4个县）"] == 1
    loose = counts["只知所在地市或省区，未落图"]
    sure = counts.get("乡镇级位置", 0) + counts["只知所在县市，非实际位置"]
    data = page.request.get(f"{watched.home}/view.json?region=150600&year=2025").json()
    assert sure + loose == data["layers"]["parks"] + data["layers"]["projects"]
    assert watched.clean()


def test_the_legend_folds_and_begins_folded_on_a_phone(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    legend, fold = page.locator("#legend"), page.locator("#legend .fold")
    if narrow(page):
        expect(fold).to_have_attribute("aria-expanded", "false")
        box = legend.bounding_box()
        assert box is not None
        assert box["height"] < 100
        assert legend.locator(".swatch").first.is_visible()
        fold.click()
    expect(fold).to_have_attribute("aria-expanded", "true")
    opened = legend.bounding_box()
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "false")
    folded = legend.bounding_box()
    assert opened is not None
    assert folded is not None
    assert folded["height"] < opened["height"] / 2
    assert watched.clean()


def test_a_legend_folded_on_the_screen_is_whole_on_paper(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    legend, fold = page.locator("#legend"), page.locator("#legend .fold")
    if fold.get_attribute("aria-expanded") == "true":
        fold.click()
    words = legend.locator(".what").first
    assert words.evaluate("(e) => e.getBoundingClientRect().width") <= 1
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(legend).not_to_have_class("legend folded")
    seen = "(all) => all.every((e) => e.getBoundingClientRect().width > 10 && e.getBoundingClientRect().height > 8)"
    assert legend.locator("li .what").evaluate_all(seen)
    assert legend.locator("ul.points, .method").first.is_visible()
    box, wrap = legend.bounding_box(), page.locator("#mapwrap").bounding_box()
    assert box is not None
    assert wrap is not None
    assert box["height"] < wrap["height"], "the whole legend stands on the map"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(fold).to_have_attribute("aria-expanded", "false")
    assert watched.clean()


def test_the_list_can_leave_out_regions_without_a_value(watched: Watched) -> None:
    page = watched.open("/?region=100000")
    raise_drawer(page)
    rows = page.locator("#table tbody tr[data-adcode]")
    assert rows.count() > 100
    page.locator("#valued input").check()
    count = int(page.locator("#valued .n").inner_text())
    assert 0 < count < 20
    expect(rows).to_have_count(count)
    assert page.locator("#table td.none").count() == 0
    page.locator("#plans a[data-region='150600']").click()
    expect(page.locator("#valued")).to_be_hidden()
    assert watched.clean()


def test_the_keyboard_s_place_on_the_map_is_seen(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.locator("path[data-adcode='150602']").focus()
    page.keyboard.press("ArrowRight")
    rings = page.locator("path.ring")
    expect(rings).to_have_count(2)
    code = page.evaluate("document.activeElement.dataset.adcode")
    ring, area = rings.last.bounding_box(), page.locator(f"path[data-adcode='{code}']").bounding_box()
    assert ring is not None
    assert area is not None
    assert abs(ring["x"] - area["x"]) < 4
    assert abs(ring["width"] - area["width"]) < 8
    page.keyboard.press("ArrowRight")
    expect(rings).to_have_count(2)
    page.locator(".leaflet-control-zoom-in").focus()
    expect(rings).to_have_count(0)
    assert watched.clean()


def test_the_card_has_a_chart_for_each_tier_and_the_neighbours(watched: Watched) -> None:
    page = watched.open("/?region=150600&sel=150621")
    card = page.locator("#card")
    card.locator(".siblings").first.wait_for()
    assert card.locator(".siblings .bars").count() == 3
    charts = card.locator(".siblings .by b").all_inner_texts()
    assert charts == ["基本目标", "激励目标"]
    baotou = card.locator(".neighbours tr", has_text="土默特右旗")
    expect(baotou).to_contain_text("包头市")
    baotou.locator("a").click()
    expect(page.locator("#title")).to_contain_text("土默特右旗")
    assert watched.clean()


def test_no_page_counts_the_documents_in_a_sentence(browser: Browser, server: str) -> None:
    page = browser.new_page()
    for lang, words in (("", "五份"), ("?lang=en", "five documents")):
        page.goto(f"{server}/regions/440305{lang}")
        assert words not in page.locator("main").inner_text()
    page.close()


def test_the_table_beside_the_map_leads_to_its_chart(watched: Watched) -> None:
    page = watched.open("/?region=150600&tier=incentive")
    raise_drawer(page)
    page.locator("#chart").click()
    page.wait_for_url("**/chart?**")
    assert "indicator=ei_gdp_cut" in page.url
    assert "tier=incentive" in page.url
    picture = page.locator(".chartbox img")
    expect(picture).to_be_visible()
    assert picture.evaluate("(e) => e.decode().then(() => e.naturalWidth)") > 100
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_map_without_goals_hatches_nothing_and_counts_works(watched: Watched) -> None:
    page = watched.open("/?region=654200&layers=projects")
    raise_drawer(page)
    page.locator("#indicator").select_option("none")
    expect(page.locator("#title")).to_have_text("塔城地区“十四五”项目")
    areas = page.locator("path.area")
    expect(page.locator("path.area.plain")).to_have_count(areas.count())
    assert not any("url(" in fill for fill in areas.evaluate_all("all => all.map((each) => each.style.fill)"))
    assert page.locator("#legend ul:not(.points) li").count() == 0
    assert "fill=none" in page.url
    expect(page.locator("#table tbody tr").first).to_contain_text("项目 11")
    expect(page.locator("#tier")).to_be_hidden()
    page.locator("#indicator").select_option("ei_gdp_cut")
    expect(page.locator("path.area.plain")).to_have_count(0)
    assert "fill=" not in page.url
    assert watched.clean()
