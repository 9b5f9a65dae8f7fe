"""Maps that begin without room: hidden, folded away, tiny; they draw when they get room, and blame nobody."""

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.e2e.test_embed import host, until

VIEWS = ["region=150600", "region=100000", "region=150600&raster=elevation-5min", "region=150600&bbox=107,38,111,41"]
HIDDEN = {
    "tab": ('<div id="box" style="display:none">{frame}</div>', "document.getElementById('box').style.display = ''"),
    "details": ("<details>{frame}</details>", "document.querySelector('details').open = true"),
    "no height": (
        '<div id="box" style="height:0;overflow:hidden">{frame}</div>',
        "document.getElementById('box').style.height = ''",
    ),
}


def framed(server: str, view: str, width: str = "700", height: str = "480") -> str:
    return f'<iframe src="{server}/view.html?{view}&embed=1" style="width:{width}px;height:{height}px"></iframe>'


def watch(page: Page) -> list[str]:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def map_is_whole(frame: FrameLocator) -> None:
    frame.locator("body[data-ready=true]").wait_for(timeout=20_000)
    expect(frame.locator("#state")).not_to_be_visible()
    boxes = "all.map((e) => e.getBoundingClientRect())"
    inside = f"(all) => {boxes}.every((b) => b.width > 0 && b.right > 0 && b.left < innerWidth)"
    assert frame.locator("path[data-adcode]:visible").evaluate_all(inside)
    assert "10000" not in frame.locator(".leaflet-control-scale-line").inner_text()


@pytest.mark.parametrize("way", HIDDEN)
@pytest.mark.parametrize("view", VIEWS)
def test_a_hidden_map_draws_when_it_is_shown(browser: Browser, server: str, view: str, way: str) -> None:
    before, show = HIDDEN[way]
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    errors = watch(page)
    with host(before.format(frame=framed(server, view))) as url:
        page.goto(url)
        page.wait_for_timeout(600)
        page.evaluate(show)
        map_is_whole(page.frame_locator("iframe"))
    assert errors == []
    page.close()


@pytest.mark.parametrize("again", [(700, 480), (1000, 640)])
def test_a_thumbnail_is_a_map_and_grows(browser: Browser, server: str, again: tuple[int, int]) -> None:
    page = browser.new_page(viewport={"width": 1100, "height": 700})
    errors = watch(page)
    with host(framed(server, VIEWS[0], "240", "160")) as url:
        page.goto(url)
        frame = page.frame_locator("iframe")
        map_is_whole(frame)
        width = frame.locator("path[data-adcode='150624']").evaluate("(e) => e.getBoundingClientRect().width")
        page.locator("iframe").evaluate(
            "(e, [w, h]) => Object.assign(e.style, {width: w + 'px', height: h + 'px'})", again
        )
        grown = frame.locator("path[data-adcode='150624']")
        until(page, lambda: bool(grown.evaluate(f"(e) => e.getBoundingClientRect().width > {2 * width}")))
    assert errors == []
    page.close()


@pytest.mark.parametrize(
    ("lang", "words"), [("", "这个框太小，放不下地图。"), ("&lang=en", "This box is too small for a map.")]
)
def test_a_box_too_small_says_so_and_leads_to_the_atlas(browser: Browser, server: str, lang: str, words: str) -> None:
    page = browser.new_page(viewport={"width": 900, "height": 700})
    errors = watch(page)
    with host(framed(server, VIEWS[0] + lang, "110", "60")) as url:
        page.goto(url)
        frame = page.frame_locator("iframe")
        expect(frame.locator(".toosmall")).to_contain_text(words)
        assert frame.locator(".toosmall a").get_attribute("href", timeout=5000) is not None
        page.locator("iframe").evaluate("(e) => Object.assign(e.style, {width: '600px', height: '400px'})")
        map_is_whole(frame)
        expect(frame.locator(".toosmall")).to_have_count(0)
        page.locator("iframe").evaluate("(e) => Object.assign(e.style, {width: '90px', height: '60px'})")
        expect(frame.locator(".toosmall")).to_be_visible()
        page.locator("iframe").evaluate("(e) => Object.assign(e.style, {width: '700px', height: '480px'})")
        expect(frame.locator(".toosmall")).to_have_count(0)
        map_is_whole(frame)
    assert errors == []
    page.close()


def test_an_explorer_opened_tiny_draws_when_it_is_enlarged(browser: Browser, server: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 150})
    errors = watch(page)
    page.goto(f"{server}/?region=150600")
    expect(page.locator(".toosmall")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.locator("body[data-ready=true]").wait_for(timeout=20_000)
    expect(page.locator(".toosmall")).to_have_count(0)
    assert page.locator("path.area.own").count() == 9
    assert page.locator("path[data-adcode='150624']").evaluate("(e) => e.getBoundingClientRect().width > 100")
    assert errors == []
    page.close()
