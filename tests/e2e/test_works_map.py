"""The way of whoever looks for projects: the country's counts, closer, a filter, the list, its file."""

import csv
import io
import re

from playwright.sync_api import Page, expect

from tests.conftest import Watched, until

HEAPS = ".leaflet-points-pane .mark.heap"


def raise_drawer(page: Page) -> None:
    """On a phone the panel is raised as a whole."""
    if page.locator("#grip").is_visible():
        for _ in range(2):
            page.locator("#grip").click()


def gone_closer(page: Page, before: float) -> None:
    """Wait until the map has come nearer, and its way there is over."""
    until(page, lambda: page.evaluate("window.geoapp.map.getZoom()") > before + 1)
    until(page, lambda: page.locator(".leaflet-zoom-anim").count() == 0)


def test_over_the_country_every_project_is_counted_and_a_count_pressed_goes_closer(watched: Watched) -> None:
    page = watched.open("/?region=100000&fill=none&layers=projects")
    data = page.request.get(f"{watched.home}/view.json?region=100000&fill=none&layers=projects").json()
    placed = {point["undertaking"] for point in data["points"] if "area" in point}
    heaps = page.locator(HEAPS)
    alone = page.locator(".leaflet-points-pane .mark:not(.heap)").count()
    assert sum(map(int, heaps.all_inner_texts())) + alone == len(placed) > 50
    assert heaps.count() < 40
    before = page.evaluate("window.geoapp.map.getZoom()")
    heaps.first.evaluate("each => each.click()")
    gone_closer(page, before)
    assert "sel=" not in page.url
    page.evaluate("window.geoapp.map.setView([44.4, 85.6], 8.5, {animate: false})")
    expect(page.locator(".leaflet-points-pane .mark.projects").first).to_be_attached()
    expect(page.locator(HEAPS)).to_have_count(0)
    assert watched.clean()


def test_the_keyboard_opens_a_count(watched: Watched) -> None:
    page = watched.open("/?region=100000&fill=none&layers=projects")
    before = page.evaluate("window.geoapp.map.getZoom()")
    page.locator(f"{HEAPS}[tabindex='0']").focus()
    page.keyboard.press("Enter")
    gone_closer(page, before)
    assert watched.clean()


def test_the_legend_of_the_country_tells_counts_and_outlines_and_no_other_mark(watched: Watched) -> None:
    page = watched.open("/?region=100000")
    told = page.locator("#legend .points li").evaluate_all("all => all.map((each) => each.className + each.innerText)")
    assert len([line for line in told if "放大后逐个显示" in line]) == 1
    singles = page.locator(".leaflet-points-pane .mark:not(.heap) path").evaluate_all(
        "all => all.map(p => p.getAttribute('d'))"
    )
    shapes = page.locator("#legend .points path").evaluate_all("all => all.map(p => p.getAttribute('d'))")
    assert sorted(shapes) == sorted(set(singles))
    assert page.locator("#legend i.bound").count() == 1
    page.goto(f"{watched.home}/?region=100000&fill=none&layers=projects")
    page.locator("body[data-ready=true]").wait_for()
    assert page.locator("#legend i.bound").count() == 0, "without goals no outline is drawn"
    assert page.locator("path.outline").count() == 0
    assert watched.clean()


def test_filters_and_the_search_narrow_list_map_and_file_alike(watched: Watched) -> None:
    page = watched.open("/?region=654200&layers=projects&fill=none")
    raise_drawer(page)
    page.locator("#tab-projects").click()
    rows = page.locator("#table tbody tr[data-id]")
    everything = rows.count()
    page.locator("[data-key=facet-type]").click()
    page.locator("[data-key=list-type-hydropower]").check()
    expect(rows).to_have_count(6)
    page.locator("[data-key=facet-status]").click()
    page.locator("[data-key=list-status-starting]").check()
    expect(page.locator("[data-key=facet-status]")).to_have_text(re.compile("1$"))
    assert "type=hydropower" in page.url
    assert "status=starting" in page.url
    listed = rows.count()
    assert 0 < listed <= 6
    page.locator("#listq").fill("沙湾 金沟河")
    found = rows.count()
    assert 0 < found < listed
    assert all("金沟河" in text for text in rows.all_inner_texts())
    page.locator("#listq").fill("没有")
    expect(page.locator("#table tbody")).to_contain_text("名单中没有这些字。")
    page.locator("#listq").fill("")
    query = page.url.split("?")[1]
    answer = page.request.get(f"{watched.home}/view.csv?{query}")
    ids = [row["id"] for row in csv.DictReader(io.StringIO(answer.text().lstrip("\ufeff")))]
    assert sorted(ids) == sorted(rows.evaluate_all("all => all.map((row) => row.dataset.id)"))
    page.locator("[data-key=facet-clear]").click()
    expect(rows).to_have_count(everything)
    assert watched.clean()


def test_a_large_power_has_a_large_mark_and_the_legend_says_so(watched: Watched) -> None:
    page = watched.open("/?region=654200&fill=none&layers=projects&type=hydrogen,storage")
    wide = "all => all.map((each) => Math.round(each.getBoundingClientRect().width))"
    marks = page.locator(".leaflet-points-pane .mark.projects").evaluate_all(wide)
    assert sorted(set(marks)) == [24, 46]
    words = page.locator("#legend .points li").all_text_contents()
    assert [line for line in words if "万千瓦" in line] == ["100万千瓦及以上1", "10万～100万千瓦0", "不足10万千瓦0"]
    assert "没有写明装机，一律最小2" in words
    assert watched.clean()


def test_the_page_of_projects_narrows_and_downloads_without_scripts(watched: Watched) -> None:
    assert watched.page.context.browser is not None
    context = watched.page.context.browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{watched.home}/projects")
    page.locator("details.menu summary").first.click()
    page.locator("input[name=type][value=hydropower]").check()
    page.locator("input[name=q]").nth(1).fill("沙湾")
    page.locator(".narrowing button").click()
    rows = page.locator("tbody tr")
    names = rows.locator("th").all_inner_texts()
    assert names
    assert all("沙湾" in name for name in names)
    page.locator("thead a").first.click()
    page.locator("thead a").first.click()
    turned = rows.locator("th").all_inner_texts()
    assert sorted(turned) == sorted(names)
    assert "type=hydropower" in page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    path = download.value.path()
    listed = [row["name"] for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))]
    assert listed == turned
    context.close()
