"""The map in other people's pages: snippets, frames of every size, and what an oEmbed consumer does."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape, unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.conftest import Watched, until


@contextmanager
def host(body: str) -> Iterator[str]:
    """A page of another site, on a host of its own (localhost is not 127.0.0.1 to a browser)."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>report</title>{body}<p style='height:2000px'>".encode())

        def log_message(self, *_: object) -> None:
            """A test prints nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        site.block_on_close = False  # a browser keeps connections open
        try:
            yield f"http://localhost:{site.server_port}/"
        finally:
            site.shutdown()


def drawn(page: Page) -> FrameLocator:
    frame = page.frame_locator("iframe")
    frame.locator("body[data-ready=true]").wait_for(timeout=15_000)
    return frame


@pytest.mark.parametrize(
    ("width", "height"), [(700, 480), (390, 560), (358, 420), (390, 300)], ids=["column", "phone", "low", "strip"]
)
def test_a_frame_has_map_legend_sources_and_the_way_back(
    browser: Browser, server: str, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    errors: list[str] = []
    foreign: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda m: errors.append(m.text) if m.type == "error" and "favicon" not in str(m.location) else None
    )
    page.on(
        "request", lambda r: None if r.url.startswith((server, "http://localhost", "data:")) else foreign.append(r.url)
    )
    with host(
        f'<iframe src="{server}/view.html?region=150600&embed=1" width="{width}" height="{height}"></iframe>'
    ) as url:
        page.goto(url)
        frame = drawn(page)
        assert frame.locator("path.area.own").count() == 9
        for part in ("#title", "#legend", "#sources", "#back", ".leaflet-control-zoom"):
            expect(frame.locator(part)).to_be_visible()
        box = frame.locator("#back").bounding_box()
        outer = page.locator("iframe").bounding_box()
        assert box is not None
        assert outer is not None
        assert box["x"] >= outer["x"]
        assert box["x"] + box["width"] <= outer["x"] + outer["width"]
        assert box["y"] + box["height"] <= outer["y"] + outer["height"]
        assert frame.locator("html").evaluate("(e) => e.scrollWidth <= innerWidth && e.scrollHeight <= innerHeight")
        assert "鄂尔多斯“十四五”节能减排方案（2022-11-29）" in frame.locator("#sources").inner_text()
        areas = frame.locator("path.area.own").evaluate_all(
            "(all) => all.map((e) => e.getBoundingClientRect()).every((b) => b.top > 0 && b.bottom < innerHeight)"
        )
        assert areas
    assert page.context.cookies() == []
    assert (errors, foreign) == ([], [])
    page.close()


def test_nothing_is_stored_on_the_reader_s_machine(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}/view.html?region=150600&embed=1")
    page.wait_for_selector("body[data-ready=true]")
    page.locator("path[data-adcode='150621']").click()
    page.locator("#card h2").wait_for()
    stored = "[localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length]"
    assert page.evaluate(f"async () => {stored}") == [0, 0, "", 0]
    page.close()


def test_the_keyboard_reaches_areas_zoom_and_the_way_back(browser: Browser, server: str) -> None:
    page = browser.new_page(viewport={"width": 700, "height": 480})
    page.goto(f"{server}/view.html?region=150600&embed=1")
    page.wait_for_selector("body[data-ready=true]")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("((e) => e.id || e.dataset.adcode || e.className)(document.activeElement)"))
        if seen[-1] == "back":
            break
    assert [each for each in seen if each in ("150602", "leaflet-control-zoom-in", "back")] == [
        "150602", "leaflet-control-zoom-in", "back",
    ]  # fmt: skip
    before = page.evaluate("window.geoapp.map.getZoom()")
    page.locator(".leaflet-control-zoom-in").focus()
    page.keyboard.press("Enter")
    until(page, lambda: page.evaluate("window.geoapp.map.getZoom()") > before)
    page.locator("path[data-adcode='150602']").focus()
    page.keyboard.press("Enter")
    page.locator("#card h2", has_text="东胜区").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    page.close()


def test_links_leave_the_frame_and_the_way_back_follows_the_view(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}/view.html?region=150600&embed=1&lang=en")
    page.wait_for_selector("body[data-ready=true]")
    assert page.locator("#back").inner_text() == "Open in the atlas"
    page.locator("path[data-adcode='150621']").click()
    page.locator("#card h2").wait_for()
    assert "sel=150621" in (page.locator("#back").get_attribute("href") or "")
    assert page.locator("#card button", has_text="Share").count() == 0
    with page.context.expect_page() as opened:
        page.locator("#back").click()
    opened.value.wait_for_selector("body.explorer[data-ready=true]")
    assert "sel=150621" in opened.value.url
    assert "embed" not in opened.value.url
    opened.value.close()
    page.close()


def test_the_wheel_scrolls_the_page_until_the_map_is_in_use(browser: Browser, server: str) -> None:
    page = browser.new_page(viewport={"width": 900, "height": 700})
    with host(f'<iframe src="{server}/view.html?region=150600&embed=1" width="700" height="480"></iframe>') as url:
        page.goto(url)
        frame = drawn(page)
        zoom = "() => window.geoapp.map.getZoom()"
        before = frame.locator("body").evaluate(zoom)
        page.mouse.move(350, 240)

        def turned(by: int) -> None:
            page.mouse.wheel(0, by)
            page.wait_for_timeout(100)

        until(page, lambda: turned(100) or page.evaluate("scrollY") > 100)
        page.wait_for_timeout(500)  # the page may still be gliding
        assert frame.locator("body").evaluate(zoom) == before
        page.evaluate("scrollTo(0, 0)")
        frame.locator(".leaflet-container").click(position={"x": 560, "y": 110})
        until(page, lambda: turned(-100) or frame.locator("body").evaluate(zoom) > before)
    page.close()


def test_a_consumer_finds_the_frame_and_shows_it(browser: Browser, server: str) -> None:
    """What WordPress does: read the page, find the link, ask, put the frame into a post, sandboxed."""
    page = browser.new_page()
    text = page.request.get(f"{server}/?region=620600&lang=en").text()
    link = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', text)
    assert link is not None
    answer = page.request.get(unescape(link[1]) + "&maxwidth=640&maxheight=480&dnt=1").json()
    assert answer["title"].startswith("Energy intensity of GDP")
    assert page.request.get(answer["thumbnail_url"]).ok
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security" in m.text or "CORS" in m.text else None)
    html = answer["html"].replace("<iframe", '<iframe sandbox="allow-scripts" security="restricted"')
    with host(html) as url:
        page.goto(url)
        frame = drawn(page)
        assert frame.locator("path.area.not_published").count() == 4
        assert frame.locator("html").get_attribute("lang") == "en"
        frame.locator("path[data-adcode='620602']").press("Enter")
        frame.locator("#card h2").wait_for()
        assert page.locator("iframe").get_attribute("width") == "640"
    assert refused == []
    page.close()


def test_the_dialog_hands_out_snippets_that_work(watched: Watched, browser: Browser) -> None:
    page = watched.open("/?region=150600")
    page.locator("#share").click()
    code = page.locator("#share-image-code").input_value()
    alt = re.search(r'alt="([^"]*)"', code)
    assert alt is not None
    assert unescape(alt[1]).startswith("地图：鄂尔多斯市“十四五”单位GDP能耗累计降低率")
    assert "鄂托克旗 26%" in alt[1]
    picture = page.locator("#share-picture").input_value()
    assert escape(picture) in code
    assert re.search(r"&v=[0-9a-f]{12}$", picture)
    with host(page.locator("#share-frame-code").input_value() + code) as url:
        other = browser.new_page()
        other.goto(url)
        assert drawn(other).locator("path.area.own").count() == 9
        until(other, lambda: other.evaluate("document.images[0].naturalWidth") == 1600)
        other.close()


def test_copying_needs_no_permission(browser: Browser, server: str) -> None:
    """On an intranet without https a page has no clipboard; what is selected can still be copied."""
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"{server}/?region=150600")
    page.wait_for_selector("body[data-ready=true]")
    page.locator("#share").click()
    for field in ("share-frame-code", "share-image-code", "share-picture"):
        page.locator(f"[data-copy='{field}']").click()
        expect(page.locator("#sharesay")).to_have_text("已复制")
        page.evaluate("() => document.getElementById('sharebox').append(document.createElement('textarea'))")
        page.locator("#sharebox > textarea").focus()
        page.keyboard.press("Control+V")
        assert page.locator("#sharebox > textarea").input_value() == page.locator(f"#{field}").input_value()
        page.locator("#sharebox > textarea").evaluate("(e) => e.remove()")
    page.close()
