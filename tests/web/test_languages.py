"""Every page in one language: English without Chinese but for names, Chinese without English sentences."""

import re

import pytest
from flask.testing import FlaskClient

from geoapp.atlas import Atlas
from tests.data.languages import CHINESE_MARKS, HAN, Spoken, as_printed
from tests.data.pages import HTML, INDEXES, one_of_each

PAGES = [
    "/",
    "/?region=100000",
    "/?region=150600&year=2015&tier=none&what=1",
    "/view.html?region=640200",
    "/regions/150621",
    "/regions/150600",
    "/regions/620602",
    "/regions/654203",
    "/indicators/d_gap",
    "/search?q=dltq",
    "/search?q=沙湾县",
    "/search?q=xyzzy",
    "/search",
    "/quality",
    "/connect",
    "/rasters",
    "/rasters/elevation-5min",
    "/indicators/ground_clear_sky_irradiation",
    "/indicators/sun_noon",
    "/?region=150600&indicator=ground_elevation_5min&raster=clear-sky-irradiation&year=2025",
    "/regions/150621?indicator=sun_row_spacing",
    "/screen?region=150600&raster1=clear-sky-irradiation&min1=1500&foo=1&near=parks",
    "/screen",
    "/table",
    "/chart?kind=bars",
    "/chart?kind=scatter",
    "/chart?kind=line",
    "/screen?region=150600&raster1=elevation-5min&max1=1500&near=parks&near_max=30&nodata1=keep&min_area=2&resolution=2000",
    "/problems/not-found",
    "/ogc?f=html",
    "/ogc/collections?f=html",
    "/ogc/collections/targets?f=html",
    "/ogc/collections/targets/queryables?f=html",
]
MISSING = ["/regions/999999", "/nowhere", "/plans/ordos", "/problems/nothing"]
ENGLISH_SENTENCE = re.compile(r"(?:\b[a-z]+ ){3,}[a-z]+\b", re.IGNORECASE)
"""Four plain English words in a row; names such as OGC API - Features or GeoTIFF have no such run."""


@pytest.fixture(scope="module")
def printed(atlas: Atlas) -> re.Pattern[str]:
    return as_printed(atlas)


@pytest.fixture(scope="module")
def places(atlas: Atlas) -> list[str]:
    return [*PAGES, *INDEXES, *one_of_each(atlas), *MISSING]


def read(client: FlaskClient, url: str, lang: str) -> Spoken:
    reply = client.get(f"{url}{'&' if '?' in url else '?'}lang={lang}", headers=HTML)
    assert reply.mimetype == "text/html", url
    assert reply.status_code == (404 if url in MISSING else 200), (url, reply.status_code)
    return Spoken(reply.get_data(as_text=True), "en" if lang == "en" else "zh-CN")


def test_english_pages_have_chinese_only_in_names(
    client: FlaskClient, places: list[str], printed: re.Pattern[str]
) -> None:
    left = []
    for url in places:
        page = read(client, url, "en")
        assert len(page.found) > 5, url
        left += [(url, *each) for each in page.found if HAN.search(printed.sub("", each[2]))]
    assert left == []


def test_english_pages_have_english_punctuation(
    client: FlaskClient, places: list[str], printed: re.Pattern[str]
) -> None:
    left = []
    for url in places:
        found = read(client, url, "en").found
        left += [(url, *each) for each in found if CHINESE_MARKS.search(printed.sub("", each[2]))]
    assert left == []


def test_chinese_pages_have_no_english_sentence(client: FlaskClient, places: list[str]) -> None:
    found = [(url, *each) for url in places for each in read(client, url, "zh").found]
    assert [each for each in found if ENGLISH_SENTENCE.search(each[3])] == []


def test_a_chinese_name_on_an_english_page_is_marked(client: FlaskClient) -> None:
    """So that a screen reader reads it in Chinese, while the sentence about it is read in English."""
    page = client.get("/parks/ordos-2021-2025-p001?lang=en", headers=HTML).get_data(as_text=True)
    heading = page.split("<h1>")[1].split("</h1>")[0]
    assert heading.startswith('<span lang="zh-CN">')
    plain = client.get("/parks/ordos-2021-2025-p001", headers=HTML).get_data(as_text=True)
    assert "lang=" not in plain.split("<h1>")[1].split("</h1>")[0]


def test_divisions_are_called_by_their_english_names(client: FlaskClient) -> None:
    page = client.get("/regions/150621?lang=en", headers=HTML).get_data(as_text=True)
    assert "<h1>Dalad Banner</h1>" in page
    view = client.get("/view.json?region=150600&lang=en").get_json()
    assert "Otog Front Banner" in [area["name"] for area in view["areas"]]
    assert view["title"].endswith("Ordos, 14th Five-Year Plan")


def test_files_carry_both_names_in_either_language(client: FlaskClient) -> None:
    for lang in ("zh", "en"):
        features = client.get(f"/view.geojson?region=150600&layers=parks&lang={lang}").get_json()["features"]
        found = {(each["properties"]["region_name"], each["properties"]["region_name_en"]) for each in features}
        assert ("达拉特旗", "Dalad Banner") in found
        assert all(chinese != english for chinese, english in found)


def test_a_hostile_name_stays_text_when_it_is_marked(client: FlaskClient) -> None:
    page = client.get("/search?q=%E6%97%97%3Cscript%3Ealert(1)%3C/script%3E&lang=en", headers=HTML).get_data(
        as_text=True
    )
    assert "<script>alert" not in page
