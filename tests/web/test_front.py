"""The front door, the bar of all pages and the help page: counted from the data, and nothing of it is dead."""

import gzip
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from geoapp.atlas import Atlas

PAGES = ("/", "/help", "/plans", "/indicators", "/parks", "/regions", "/quality", "/?region=150600", "/regions/150621")


def bar(text: str) -> list[tuple[str, str]]:
    nav = text.partition('<nav class="sections"')[2].partition("</nav>")[0]
    return re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', nav)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_same_bar_and_each_entry_opens(client: FlaskClient, path: str) -> None:
    entries = bar(client.get(path, headers={"Accept": "text/html"}).text)
    assert entries == bar(client.get("/").text)
    assert [words for _, words in entries][:2] == ["地图", "规划文件"]
    assert entries[-1] == ("/help", "帮助")
    for url, _ in entries:
        assert client.get(url, headers={"Accept": "text/html"}).status_code == 200, url


def test_the_bar_says_where_the_reader_is(client: FlaskClient) -> None:
    assert 'href="/plans" aria-current="page"' in client.get("/plans").text
    assert 'href="/plans" aria-current="true"' in client.get("/plans/ordos-2021-2025").text
    assert next(href for href, _ in bar(client.get("/help?lang=en").text)) == "/?lang=en"


def test_the_front_door_counts_what_is_inside(client: FlaskClient, atlas: Atlas) -> None:
    text = unescape(client.get("/").text)
    data = atlas.dataset
    assert f"收录 {len(data.plans)} 份文件：{len(data.targets):,} 条目标" in text
    assert f"最远到 {max(plan.end_year for plan in data.plans)} 年" in text
    for plan in data.plans:
        assert f'href="/plans/{plan.id}"' in text
    assert text.count('class="bound" d="M') == len({plan.region for plan in data.goal_plans} - {"100000"})


def test_a_view_in_the_query_is_the_explorer(client: FlaskClient) -> None:
    for query in ("?region=100000", "?indicator=ei_gdp_cut", "?layers=projects&type=storage", "?at=108,39,8"):
        assert 'id="stage"' in client.get(f"/{query}").text
    for query in ("", "?lang=en", "?utm_source=chat"):
        assert 'id="stage"' not in client.get(f"/{query}").text
    assert "utm_source" in client.get("/?utm_source=chat").text


def test_the_questions_lead_to_their_answers(client: FlaskClient) -> None:
    text = client.get("/").text
    asked = re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', text.split('class="questions"')[1].split("</ul>")[0])
    assert len(asked) == 3
    for url, words in asked:
        answer = client.get(unescape(url), headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert 'class="notice" role="status"' not in answer.text, words


def test_the_front_door_is_light(client: FlaskClient) -> None:
    """Sixty kilobytes on the wire with its style sheets; the map is part of the page and asks for nothing."""
    page = client.get("/")
    sheets = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    assert sum(len(gzip.compress(client.get(url).data)) for url in set(sheets)) + len(gzip.compress(page.data)) < 60_000
    assert len(set(sheets)) < 14


@pytest.mark.parametrize(("lang", "words"), [("zh", "未收录规划文件"), ("en", "No plan in the atlas")])
def test_help_tells_the_states_apart(client: FlaskClient, lang: str, words: str) -> None:
    page = client.get(f"/help.json?lang={lang}").get_json()
    assert [each["status"] for each in page["states"]] == ["own", "parent", "not_published", "none", "not_collected"]
    assert words in client.get(f"/help?lang={lang}").text
