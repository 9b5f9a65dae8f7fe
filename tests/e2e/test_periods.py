"""Periods and published figures in the explorer, as a reader meets them."""

from playwright.sync_api import Page, expect

from tests.conftest import Watched


def open_sheet(page: Page) -> None:
    """On a phone the panel is a sheet: press its grip until it shows all."""
    grip = page.locator("#grip")
    while grip.is_visible() and page.locator("#panel").get_attribute("data-stop") != "full":
        grip.click()


def test_a_period_is_chosen_by_its_name_and_stands_in_the_address(watched: Watched) -> None:
    page = watched.open("/?region=100000&indicator=ei_gdp_cut")
    open_sheet(page)
    expect(page.locator("#period input:checked")).to_have_value("2021-2025")
    page.locator("#period label", has_text="十二五").click()
    page.wait_for_url("**period=2011-2015**")
    expect(page.locator("#title")).to_contain_text("十二五")
    expect(page.locator("#year .past")).to_have_text("目标年已过")
    years = page.locator("#year input").evaluate_all("list => list.map(each => each.value)")
    assert all(2011 <= int(year) <= 2015 for year in years)
    page.go_back()
    expect(page.locator("#period input:checked")).to_have_value("2021-2025")
    assert watched.clean()


def test_a_time_line_steps_through_the_years_of_figures(watched: Watched) -> None:
    page = watched.open("/?region=650000&indicator=coal_use&year=2016&level=prefecture")
    open_sheet(page)
    expect(page.locator("#figures output")).to_have_text("2016")
    expect(page.locator("#tier")).to_be_hidden()
    colours = page.locator("#legend .swatch").count()
    page.locator("#figures [data-step=after]").click()
    page.wait_for_url("**year=2017**")
    expect(page.locator("#figures output")).to_have_text("2017")
    expect(page.locator("#title")).to_contain_text("2017年")
    assert page.locator("#legend .swatch").count() == colours, "one legend for all years"
    expect(page.locator("#figures [data-step=after]")).to_be_focused()
    assert watched.clean()


def test_search_for_an_indicator_without_goals_opens_its_figures(watched: Watched) -> None:
    page = watched.open("/?region=100000")
    page.keyboard.press("/")
    page.keyboard.type("煤炭消费量")
    page.locator("#found [role=option]", has_text="煤炭消费量").first.click()
    expect(page.locator("#title")).to_contain_text("煤炭消费量")
    open_sheet(page)
    expect(page.locator("#table td.n", has_text="万吨标准煤").first).to_be_visible()
    assert watched.clean()
