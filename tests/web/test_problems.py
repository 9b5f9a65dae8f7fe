"""Errors over HTTP: a problem that names the parameter, a page with the same sentence, never a 500."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geoapp import errors
from geoapp.web.http import problems

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize(
    ("url", "status", "slug", "words"),
    [
        ("/view.json?regio=150600", 400, "invalid-parameters", "regio: unknown parameter (did you mean region?)"),
        ("/view.geojson?year=abc", 400, "invalid-parameters", "year: 'abc' is not a year (four digits such as 2025)"),
        ("/resolve?adcode=150621", 400, "invalid-parameters", "indicator: is missing (add it to the query)"),
        ("/resolve?adcode=999999&indicator=ei_gdp_cut", 404, "not-found", "No division has the code '999999'"),
        ("/resolve?adcode=150621&indicator=nope", 404, "not-found", "No indicator has the id 'nope'"),
        ("/ogc/collections/rivers", 404, "not-found", "No collection has the id 'rivers'; known are provinces"),
        ("/ogc/collections/targets/items?limit=0", 400, "invalid-parameters", "limit"),
        ("/ogc/collections/targets/items?colour=red", 400, "invalid-parameters", "colour: unknown parameter"),
        ("/ogc/collections/targets/items/none", 404, "not-found", "has no feature 'none'"),
        ("/geo/county/old-edition.json", 404, "not-found", "Boundary edition 'old-edition' is not served"),
        ("/nowhere", 404, "not-found", "Nothing is served at /nowhere"),
        ("/static/x/secret.py", 404, "not-found", "No static file 'secret.py'"),
        ("/static/x/../../etc/passwd", 404, "not-found", ""),
    ],
)
def test_faults_are_problem_details(client: FlaskClient, url: str, status: int, slug: str, words: str) -> None:
    reply = client.get(url)
    assert (reply.status_code, reply.mimetype) == (status, "application/problem+json")
    assert reply.json is not None
    assert reply.json["type"] == f"/problems/{slug}"
    assert reply.json["status"] == status
    assert words in reply.json["detail"]


def test_each_faulty_parameter_is_listed(client: FlaskClient) -> None:
    body = client.get("/view.json?year=x&tier=gold").json
    assert body is not None
    assert [fault["parameter"] for fault in body["errors"]] == ["year", "tier"]


def test_people_get_a_page(client: FlaskClient) -> None:
    reply = client.get("/regions/999999", headers={"Accept": "text/html"})
    assert (reply.status_code, reply.mimetype) == (404, "text/html")
    assert "999999" in reply.text


def test_a_method_that_is_not_possible_is_405_with_allow(client: FlaskClient) -> None:
    reply = client.post("/ogc/collections/targets/items")
    assert reply.status_code == 405
    assert "GET" in reply.headers["Allow"]


@pytest.mark.parametrize("error", [errors.TooBusy("too many pictures", 3), errors.Busy("others are being written")])
def test_a_full_house_is_one_line_in_the_log(app: Flask, caplog: pytest.LogCaptureFixture, error: Exception) -> None:
    with app.test_request_context("/view.png"):
        assert app.handle_user_exception(error).status_code == 503
    assert [(each.levelname, each.getMessage(), each.exc_info) for each in caplog.records] == [
        ("WARNING", str(error), None)
    ]


def test_what_is_broken_has_a_traceback_in_the_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with app.test_request_context("/view.png"):
        assert app.handle_user_exception(errors.NotBuilt("no atlas")).status_code == 503
    assert [(each.levelname, bool(each.exc_info)) for each in caplog.records] == [("ERROR", True)]


COMMAND_LINE = (
    errors.GeoappError,
    errors.BoundaryError,
    errors.InvalidSettings,
    errors.RasterError,
    errors.NeedsAnswer,
    errors.MissingGlyph,
    errors.StoreFault,
)
"""Met while building or ingesting, or turned into another error before an answer is made."""


def test_every_error_has_a_slug_and_a_status() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.GeoappError)]
    assert len(kinds) > 6
    for kind in kinds:
        assert kind.slug
        if kind not in COMMAND_LINE:
            assert kind in problems.STATUS


PAGES_OF_PROBLEMS = (
    "/regions/999999", "/regions/x", "/plans/nothing", "/indicators/ei_gdp_cat", "/projects/nothing", "/parks/nothing",
    "/nothing/at/all", "/problems/nothing", "/connect?from=message", "/search?q=a&page=x", "/screen?region=nowhere",
    "/quality?x=1", "/rasters/nothing", "/help/nothing",
)  # fmt: skip


@pytest.mark.parametrize("url", PAGES_OF_PROBLEMS)
def test_a_page_of_a_problem_speaks_one_language_to_the_end(client: FlaskClient, url: str) -> None:
    """Beside what the reader typed, a Chinese page has no English words and an English page no Chinese ones."""
    join = "&" if "?" in url else "?"
    for lang, foreign in (("zh", r"(?:[A-Za-z]+ ){2}[A-Za-z]+"), ("en", "[一-鿿]")):
        reply = client.get(f"{url}{join}lang={lang}" if lang == "en" else url, headers={"Accept": "text/html"})
        if reply.status_code == 200:
            continue
        main = re.sub(r"<[^>]+>", "\n", reply.text[reply.text.index("<main") : reply.text.index("</main")])
        assert re.findall(foreign, main) == [], main
        assert "打开 /" not in main


PAGES = (
    *("/connect", "/plans", "/plans/ordos-2021-2025", "/indicators", "/indicators/ei_gdp_cut", "/parks", "/projects"),
    *("/regions", "/regions/150621", "/quality", "/rasters", "/rasters/elevation-5min", "/problems/busy"),
    *("/search?q=x", "/screen", "/", "/view.html"),
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_for_people_open_with_what_others_put_into_links(client: FlaskClient, page: str, lang: str) -> None:
    joined = "&" if "?" in page else "?"
    reply = client.get(f"{page}{joined}from=singlemessage&utm_source=<b>&lang={lang}", headers=HTML)
    assert reply.status_code == 200
    wanted = "没有“{}”这个参数" if lang == "zh" else "There is no parameter &#34;{}&#34;"
    for name in ("from", "utm_source"):
        assert reply.text.count(wanted.format(name)) == 1
    clean = client.get(f"{page}{joined}lang={lang}", headers=HTML).text
    assert wanted.split("{}", maxsplit=1)[0] not in clean


def test_a_language_nobody_speaks_is_named(client: FlaskClient) -> None:
    assert "“lang=fr”无法使用" in client.get("/plans?lang=fr").text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/ogc/collections/rivers", 404, "rivers"),
        ("/ogc/collections/parks/items?colour=red", 400, "colour"),
        ("/ogc/collections/parks/items?colour=red&f=html", 400, "colour"),
        ("/ogc/collections/parks/tiles/WebMercatorQuad/40/0/0", 404, "40/0/0"),
        ("/ogc/nothing", 404, "nothing"),
    ],
)
def test_a_browser_sees_a_page_where_the_open_api_errs(client: FlaskClient, path: str, status: int, words: str) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"}
    reply = client.get(path, headers=browser)
    assert (reply.status_code, reply.mimetype) == (status, "text/html")
    assert words in reply.text
    assert "Accept" in reply.headers["Vary"]
    for accept in ("*/*", "application/geo+json, application/json", ""):
        program = client.get(path.replace("&f=html", ""), headers={"Accept": accept})
        assert (program.status_code, program.mimetype) == (status, "application/problem+json")
