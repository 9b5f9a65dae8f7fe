"""The six questions of a planner who has never seen the atlas, as a person would answer them."""

from playwright.sync_api import Page, expect

from tests.conftest import Watched


def search(page: Page, text: str, pick: str) -> None:
    """Type into the one search box, read the results, press the one meant."""
    page.locator("#q").click()
    page.keyboard.type(text)
    page.locator("#found [role=option]", has_text=pick).first.click()


def press_grip(page: Page, stop: str) -> None:
    """On a phone the panel is a sheet: press its grip until it shows as much as wanted."""
    grip = page.locator("#grip")
    while grip.is_visible() and page.locator("#panel").get_attribute("data-stop") != stop:
        grip.click()


def open_sheet(page: Page) -> None:
    press_grip(page, "full")


def read_card(page: Page, name: str) -> str:
    page.locator("#card h2", has_text=name).wait_for()
    return page.locator("#card").inner_text()


def test_what_must_hangjin_reach_by_2025_and_who_says_so(watched: Watched) -> None:
    page = watched.open("/?region=100000")
    page.keyboard.press("/")
    page.keyboard.type("hjq")
    page.locator("#found [role=option]", has_text="杭锦旗").wait_for()
    page.keyboard.press("Enter")
    text = read_card(page, "杭锦旗")
    for word in ("单位GDP能耗累计降低率", "24%", "27.2%", "2025年", "鄂尔多斯市", "附件1"):
        assert word in text
    assert "region=150600" in page.url
    assert watched.clean()


def test_which_banners_are_steeper_than_the_city(watched: Watched) -> None:
    page = watched.open("/?region=100000")
    open_sheet(page)
    page.locator("#plans a", has_text="鄂尔多斯").click()
    page.locator("#table tr.whole").wait_for()
    names = page.locator("#table tbody th button").all_inner_texts()
    assert set(names[: names.index("鄂尔多斯市")]) == {"鄂托克旗", "杭锦旗", "乌审旗", "达拉特旗"}
    assert "16.5%" in page.locator("#table tr.whole").inner_text()
    assert watched.clean()


def test_where_are_the_zero_carbon_pilot_parks(watched: Watched) -> None:
    page = watched.open("/?region=100000")
    open_sheet(page)
    page.locator("#layers > summary").click()
    page.locator("[data-key=more-parks]").click()
    page.get_by_label("零碳示范园区").check()
    page.locator("#tab-parks").click()
    rows = page.locator("#table tbody tr")
    expect(page.locator("#tab-parks .n")).to_have_text("1")
    assert rows.count() == 1
    assert "蒙苏经济开发区" in rows.inner_text()
    rows.locator("button").click()
    text = read_card(page, "蒙苏经济开发区")
    assert "零碳示范园区" in text
    assert watched.clean()


def test_which_hydropower_works_are_planned_in_shawan(watched: Watched) -> None:
    page = watched.open("/?region=100000")
    search(page, "沙湾县", "沙湾市")
    read_card(page, "沙湾市")
    page.keyboard.press("Escape")
    open_sheet(page)
    page.locator("#layers > summary").click()
    page.locator("[data-key=more-projects]").click()
    page.get_by_label("水电", exact=False).first.check()
    expect(page.locator("#tab-projects .n")).to_have_text("6")
    page.locator("#tab-projects").click()
    here = page.locator("#table tbody tr", has_text="沙湾市")
    assert here.count() == 5
    here.first.locator("button").click()
    text = read_card(page, "水电站")
    assert "只知所在县" in text
    assert "三(一) 专栏1" in text
    assert watched.clean()


def test_what_did_2015_ask_of_tacheng(watched: Watched) -> None:
    page = watched.open("/?region=100000")
    open_sheet(page)
    page.locator("#plans a", has_text="新疆").click()
    page.locator("#year input[value='2015']:checked").wait_for(state="attached")
    row = page.locator("#table tr", has_text="塔城地区").first
    assert "8%" in row.inner_text()
    row.locator("button").click()
    text = read_card(page, "塔城地区")
    assert "8%" in text
    assert "2015" in text
    assert watched.clean()


def test_which_counties_have_no_published_target(watched: Watched) -> None:
    page = watched.open("/?region=100000")
    open_sheet(page)
    page.locator("#level label", has_text="县级").click()
    expect(page.locator("#tab-areas .n")).to_have_text("2891")
    press_grip(page, "low")
    page.locator("#legend button", has_text="附件不公开").click()
    open_sheet(page)
    page.locator("#only").wait_for()
    names = page.locator("#table tbody th button").all_inner_texts()
    assert set(names) == {"凉州区", "民勤县", "古浪县", "天祝藏族自治县"}
    assert watched.clean()
