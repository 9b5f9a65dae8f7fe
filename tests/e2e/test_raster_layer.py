"""A raster under the plan in a real browser: tiles arrive, the legend matches, a click gives the value."""

from playwright.sync_api import expect

from tests.conftest import Watched

FADED = "getComputedStyle(document.querySelector('.leaflet-raster-pane')).opacity"


def test_a_raster_shows_under_the_outlines_with_its_legend_and_value(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.locator("#raster summary").click()
    expect(page.locator("#raster-layer option")).to_have_count(3)
    page.select_option("#raster-layer", "elevation-5min")
    expect(page.locator(".leaflet-raster-pane img.leaflet-tile-loaded").first).to_be_visible()
    expect(page.locator("#legend .rasterkey")).to_contain_text("1,000～1,500")
    expect(page.locator("#legend > ul").first).to_be_hidden()
    expect(page.locator("#raster-note")).to_contain_text("只作地形背景")
    area = page.locator("path[data-adcode='150621']")
    assert area.evaluate("each => getComputedStyle(each).fillOpacity") == "0"
    area.dispatch_event("click", {"clientX": 600, "clientY": 300, "bubbles": True})
    expect(page.locator("#raster-value")).to_contain_text(" m（")
    page.select_option("#raster-layer", "")
    expect(page.locator(".leaflet-raster-pane img")).to_have_count(0)
    expect(page.locator("#legend > ul").first).to_be_visible()
    assert area.evaluate("each => getComputedStyle(each).fillOpacity") != "0"
    assert watched.clean()


def test_raster_and_opacity_are_in_the_address_and_the_history(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.locator("#raster summary").click()
    page.select_option("#raster-layer", "elevation-5min")
    expect(page.locator("#legend .rasterkey")).to_have_count(1)
    page.locator("#raster-opacity").fill("40")
    page.locator("#raster-opacity").dispatch_event("change")
    assert page.url.endswith("&raster=elevation-5min&opacity=40")
    assert page.evaluate(FADED) == "0.4"
    page.go_back()
    expect(page.locator("#legend .rasterkey")).to_have_count(0)
    page.go_forward()
    expect(page.locator("#raster-layer")).to_have_value("elevation-5min")
    assert page.evaluate(FADED) == "0.4"
    page.reload()
    expect(page.locator("#raster-opacity")).to_have_value("40")
    page.locator("#share").click()
    for face in ("png", "xlsx"):
        href = page.locator(f"a[data-face='{face}']").get_attribute("href") or ""
        assert "&raster=elevation-5min&opacity=40" in href
    assert watched.clean()


def test_the_bare_map_shows_the_raster_of_its_address(watched: Watched) -> None:
    page = watched.open("/view.html?region=150600&raster=elevation-5min&opacity=100&embed=1")
    expect(page.locator(".leaflet-raster-pane img.leaflet-tile-loaded").first).to_be_visible()
    expect(page.locator("#legend .rasterkey")).to_contain_text("只作背景")
    assert page.evaluate(FADED) == "1"
    assert watched.clean()


def test_a_raster_that_does_not_exist_is_named_and_left_out(watched: Watched) -> None:
    page = watched.open("/?region=150600&raster=moon&opacity=20")
    expect(page.locator(".notice")).to_contain_text("“raster=moon”无法使用")
    expect(page.locator(".leaflet-raster-pane img")).to_have_count(0)
    assert "raster" not in page.url
    assert watched.clean()


def test_a_theoretical_bound_is_never_shown_without_its_label(watched: Watched) -> None:
    page = watched.open("/?region=150600&raster=clear-sky-irradiation")
    expect(page.locator("#raster-note")).to_contain_text("不是太阳能资源")
    expect(page.locator("#legend .rasterkey")).to_contain_text("理论上限，不是资源")
    assert watched.clean()


def test_the_ground_as_an_indicator_has_no_year_and_comes_back_to_one(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.select_option("#indicator", "ground_elevation_5min")
    expect(page.locator("#title")).to_have_text("鄂尔多斯市：海拔（5′网格平均），各地平均")
    expect(page.locator("#subtitle")).to_contain_text("不是规划内容，只作背景")
    for name in ("#year", "#tier"):
        expect(page.locator(name)).to_be_hidden()
    assert "year=" not in page.url
    assert "tier=" not in page.url
    expect(page.locator("#table tr[data-adcode='150602'] td")).to_have_text("1,426 m")
    expect(page.locator("#sources")).to_contain_text("海拔（5′网格平均）")
    page.locator("#table tr[data-adcode='150602'] button").click()
    expect(page.locator("#card .headline")).to_contain_text("按面积平均；全境有数据")
    page.select_option("#indicator", "ei_gdp_cut")
    expect(page.locator("#year")).to_be_visible()
    expect(page.locator("#title")).to_have_text("鄂尔多斯市“十四五”单位GDP能耗累计降低率")
    page.go_back()
    expect(page.locator("#title")).to_have_text("鄂尔多斯市：海拔（5′网格平均），各地平均")
    assert watched.clean()


def test_a_target_beside_the_ground_it_stands_on(watched: Watched) -> None:
    page = watched.open("/?region=150600&compare=ground_clear_sky_irradiation")
    expect(page.locator("body[data-compared='ready']")).to_be_visible()
    second = page.frame_locator("#second-map")
    expect(second.locator("#title")).to_have_text("鄂尔多斯市：晴空水平面总辐照量（晴空理论上限），各地平均")
    expect(page.locator("#second-year")).to_be_hidden()
    page.select_option("#second-indicator", "ei_gdp_cut")
    expect(page.locator("#second-year")).to_be_visible()
    assert watched.clean()
