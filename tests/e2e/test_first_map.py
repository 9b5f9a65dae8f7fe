"""The first promise, in a real browser: the map is there, the card is right, nothing leaves the machine."""

import pytest

from tests.conftest import Watched

MOST_REQUESTS = 12


def areas(watched: Watched) -> int:
    return watched.page.locator("path[data-adcode]:visible").count()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?region=100000", 375),
        ("?region=150600", 9),
        ("?region=640200", 3),
        ("?region=620600", 4),
        ("?region=650000", 26),
    ],
)
def test_the_map_is_visible_and_complete(watched: Watched, query: str, count: int) -> None:
    page = watched.open("/" + query)
    box = page.locator(".leaflet-container").bounding_box()
    assert box is not None
    assert box["height"] > 300
    assert box["width"] > 300
    assert page.locator("path[data-adcode]").count() == count
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watched.clean()


@pytest.mark.parametrize(
    ("region", "code", "words"),
    [
        ("150600", "150621", ["达拉特旗", "18%", "20.4%", "附件1", "2025", "2020"]),
        ("150600", "150602", ["东胜区", "0"]),
        ("620600", "620622", ["古浪县", "未公开"]),
        ("640200", "640202", ["大武口区", "石嘴山市", "15%"]),
    ],
)
def test_the_card_of_a_county(watched: Watched, region: str, code: str, words: list[str]) -> None:
    page = watched.open(f"/?region={region}")
    page.locator(f'path[data-adcode="{code}"]').focus()
    page.keyboard.press("Enter")
    card = page.locator("#card")
    card.locator("h2").wait_for()
    text = card.inner_text()
    for word in words:
        assert word in text
    if code == "150602":
        assert "未设目标" not in card.locator(".answer").first.inner_text()
    page.keyboard.press("Escape")
    assert card.is_hidden()
    assert watched.clean()


def test_a_click_on_the_map_opens_the_card(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    page.locator('path[data-adcode="150626"]').click()
    page.locator("#card h2").wait_for()
    assert page.locator("#card h2").inner_text() == "乌审旗"
    assert "sel=150626" in page.url
    assert watched.clean()


def test_the_states_look_different(watched: Watched) -> None:
    fills = {}
    for query, code in (("150600", "150602"), ("150600", "150621"), ("640200", "640202"), ("620600", "620622")):
        page = watched.open(f"/?region={query}")
        style = f"getComputedStyle(document.querySelector('path[data-adcode=\"{code}\"]')).fill"
        fills[code] = page.evaluate(style)
    assert len(set(fills.values())) == 4
    assert "pattern-hatch" in fills["640202"]
    assert "pattern-dots" in fills["620622"]


def test_the_scale_is_metric_and_no_flag_is_shown(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    scale = page.locator(".leaflet-control-scale-line")
    assert [text.split()[-1] for text in scale.all_inner_texts()] == ["km"]
    assert page.locator(".leaflet-attribution-flag").count() == 0
    assert page.locator(".leaflet-control-zoom-in").get_attribute("title") == "放大"
    assert "GS（2024）0650号" in page.locator("#sources").inner_text()
    assert watched.clean()


def test_the_bare_map_stands_alone(watched: Watched) -> None:
    page = watched.open("/view.html?region=150600&embed=1")
    assert page.locator("path[data-adcode]").count() == 9
    assert page.locator("#legend li").count() >= 6
    assert page.context.cookies() == []
    assert watched.clean()


def test_the_country_shows_taiwan_and_the_whole_dash_line(watched: Watched) -> None:
    page = watched.open("/?region=100000")
    assert page.locator('path[data-adcode="710000"]').count() == 1
    path = page.locator("path.line.dash").get_attribute("d")
    assert path is not None
    assert path.count("M") == 10
    assert watched.clean()


@pytest.mark.parametrize(
    "path", ["/?region=150600", "/?region=100000", "/?region=650000&lang=en", "/view.html?region=150600&embed=1"]
)
def test_the_first_map_needs_few_requests_and_none_twice(watched: Watched, path: str) -> None:
    """One script, one style sheet, and geometry that is fetched beside them: what is preloaded is what is used."""
    requests: list[str] = []
    watched.page.on("request", lambda r: None if r.url.startswith("data:") else requests.append(r.url))
    unused: list[str] = []
    watched.page.on("console", lambda m: unused.append(m.text) if "preload" in m.text else None)
    page = watched.open(path)
    page.wait_for_load_state("networkidle")
    assert len(requests) <= MOST_REQUESTS
    assert len([url for url in requests if url.endswith(".js")]) == 1
    assert len([url for url in requests if url.endswith(".css")]) == 1
    geometry = [url for url in requests if "/geo/" in url]
    assert len(geometry) == len(set(geometry))
    assert set(page.locator("link[rel=preload]").evaluate_all("(all) => all.map((e) => e.href)")) <= set(geometry)
    assert unused == []
    assert watched.clean()


def test_the_readable_sources_come_with_the_bundle(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    script = page.locator("script[src]").evaluate("(e) => e.src")
    found = page.request.get(f"{script}.map").json()
    sources = dict(zip(found["sources"], found["sourcesContent"], strict=True))
    (entry,) = (text for name, text in sources.items() if name.endswith("static/js/explorer.js"))
    assert entry.startswith("// The explorer")
