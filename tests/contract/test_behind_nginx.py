"""Behind a proxy as people run it: the example nginx with TLS, prefix, cache and gzip in front of a live server."""

import gzip
import http.client
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote, unquote, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Playwright
from werkzeug.exceptions import HTTPException

from geoapp.atlas import Atlas
from geoapp.files.registry import FORMATS
from geoapp.owndata.tables import Tables
from geoapp.owndata.uploads import Uploads
from geoapp.settings import Settings
from tests.conftest import CHROMIUM, QUIET, Server, free_port
from tests.data.addresses import addresses, is_address
from tests.data.nginx import HOST, PUBLIC, Nginx

OF_EACH = 2
"""Addresses asked for of each kind: the same code makes the others."""
VIEW = "region=150600&year=2025"
SEEDS = (
    "/",
    "/?lang=en&region=150600",
    "/connect",
    "/plans/ordos-2021-2025/document",
    "/quality",
    "/healthz",
    "/metrics",
    "/favicon.ico",
    "/ogc?f=html",
    "/ogc/",
    "/ogc/collections/targets/items?limit=2",
    "/ogc/collections/parks/items?f=html&limit=2",
    *(
        f"/ogc/collections/counties/tiles/{place}"
        for place in ("WebMercatorQuad/5/12/25", "WebMercatorQuad/5/12/25.mvt")
    ),
    *(f"/ogc/collections/counties/tiles/xyz/5/25/12{ending}" for ending in ("", ".pbf")),
    "/regions/nowhere",
    *(f"/compare/plans{twin}?a=wuwei-2021-2025&b=shizuishan-2021-2025" for twin in ("", ".json", ".xlsx", ".docx")),
    "/layers/nowhere",
    "/layers/nowhere.json",
    "/vectors/power-plants-2021/none.json",
    "/regions/654223",
    "/nothing/here",
    "/search?q=ordos",
    "/search.json?q=ordos",
    "/resolve?adcode=150621&indicator=ei_gdp_cut",
    "/regions/150621/card",
    "/regions/150621/kin",
    "/rasters/elevation-5min/tiles/WebMercatorQuad/4/12/6.png",
    "/rasters/elevation-5min/legend.json",
    "/rasters/elevation-5min/point?lon=109&lat=39",
    "/screen?region=150600&resolution=1000&raster1=elevation-5min&max1=1300",
    "/screen.json?region=150600&resolution=1000&raster1=elevation-5min&max1=1300",
    "/view.files.json?" + VIEW,
    "/view.csv-metadata.json?" + VIEW,
    "/view.nonsense",
    *(f"/view.{suffix}?{VIEW}" for suffix in (*FORMATS, "html", "json", "png", "svg", "pdf", "docx", "pptx", "qlr")),
    *(f"/oembed?format={form}&url=" + quote(f"{PUBLIC}/?{VIEW}", safe="") for form in ("json", "xml")),
)
OWN_TABLE = "地区,数\n达拉特旗,1\n鼓楼区,2\n".encode()
UNSEEN = ("/basemap/tianditu/<int:z>/<int:x>/<int:y>",)
"""Rules that have nothing to give here: the background needs an operator's key."""


@pytest.fixture(scope="module")
def behind(settings: Settings, atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """Nginx before a server that knows its public address, as the systemd unit sets it."""
    with (
        Server(settings.build_dir, GEOAPP_PUBLIC_URL=PUBLIC + "/") as server,
        Nginx(tmp_path_factory.mktemp("nginx"), server.url, free_port(), free_port()) as proxy,
    ):
        yield proxy


def test_every_address_of_every_answer_leads_back_through_the_proxy(
    behind: Nginx, app: Flask, atlas: Atlas, settings: Settings
) -> None:
    data = atlas.dataset
    found = (f"/geo/lines/{data.edition.id}.json", f"/points/{data.parks[0].id}/card")
    crawl = _Crawl(behind, app)
    own = Tables(Uploads(settings.build_dir / "tables", days=1)).take(OWN_TABLE, "own.csv", atlas.gazetteer).id
    theirs = (f"/tables/{own}", f"/tables/{own}.csv", f"/tables/{own}.xlsx", f"/?{VIEW[:13]}&indicator=table:{own}:c2")
    crawl.run([f"/atlas{path}" for path in (*SEEDS, *found, *theirs)])
    assert crawl.astray == set()
    known = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert known - crawl.rules - set(UNSEEN) == set(), "add an address of these to SEEDS"


class _Crawl:
    """Follows addresses from answer to answer, a few of each kind, and keeps those that lead past the proxy."""

    def __init__(self, behind: Nginx, app: Flask) -> None:
        self._behind, self._map = behind, app.url_map.bind(HOST)
        self._seen: Counter[str] = Counter()
        self.rules: set[str] = set()
        self.astray: set[tuple[str, str]] = set()

    def run(self, waiting: list[str]) -> None:
        asked = set(waiting)
        while waiting:
            path = waiting.pop()
            self.rules.add(self._rule(path))
            answer = self._behind.get(path)
            assert answer.status < 500, path
            for found in filter(is_address, addresses(answer)):
                if re.match(rf"({PUBLIC}|/atlas)([/?#]|$)", found) is None:
                    self.astray.add((path, found))
                elif (target := self._next(found)) and target not in asked:
                    asked.add(target)
                    waiting.append(target)

    def _next(self, found: str) -> str:
        """Return what to ask for an address; nothing where enough of its kind were asked for."""
        parts = urlsplit(re.sub("{[a-zA-Z]+}", "3", found))
        rule = self._rule(parts.path)
        self._seen[rule] += 1
        if not rule or self._seen[rule] > OF_EACH:
            return ""
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def _rule(self, path: str) -> str:
        try:
            return str(self._map.match(unquote(urlsplit(path).path).removeprefix("/atlas") or "/", return_rule=True)[0])
        except HTTPException:
            return ""


def test_pages_are_found_without_knowing_scheme_or_slash(behind: Nginx) -> None:
    line = http.client.HTTPConnection("127.0.0.1", behind.plain_port)
    line.request("GET", "/atlas/plans?lang=en", headers={"Host": HOST})
    with closing(line), line.getresponse() as reply:
        assert (reply.status, reply.headers["Location"]) == (301, f"{PUBLIC}/plans?lang=en")
    moved = behind.get("/atlas")
    assert (moved.status, moved.header("location")) == (301, f"{PUBLIC}/")


def test_what_never_changes_is_kept_by_the_proxy_and_nothing_else(behind: Nginx, atlas: Atlas) -> None:
    shapes = f"/atlas/geo/county/{atlas.dataset.edition.id}.json?within=150600&detail=lo"
    assert [behind.get(shapes).header("x-cache-status") for _ in range(2)] == ["MISS", "HIT"]
    assert behind.get(shapes, Accept_Encoding="gzip").header("content-encoding") == "gzip"
    assert behind.get(shapes).header("content-encoding") == ""
    page = [behind.get("/atlas/plans").header("x-cache-status") for _ in range(2)]
    assert "HIT" not in page


def test_files_are_packed_on_the_way_and_stay_what_they_were(behind: Nginx) -> None:
    url = f"/atlas/view.geojson?{VIEW}"
    plain, packed = behind.get(url), behind.get(url, Accept_Encoding="gzip")
    assert packed.header("content-encoding") == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2
    part = behind.get("/atlas/ogc/collections/parks/tiles.pmtiles", Range="bytes=0-6")
    assert (part.status, part.body) == (206, b"PMTiles")


def test_a_reader_sees_the_map_and_its_card_behind_the_proxy(behind: Nginx, playwright: Playwright) -> None:
    lost: list[str] = []
    asked: list[str] = []
    rules = f"--host-resolver-rules=MAP {HOST}:443 127.0.0.1:{behind.port}"
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, rules])
    page = chromium.new_page(ignore_https_errors=True)
    page.on("response", lambda reply: lost.append(reply.url) if reply.status >= 400 else None)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{PUBLIC}/?{VIEW}&sel=150621")
    page.wait_for_selector("body[data-ready=true]", timeout=30_000)
    page.wait_for_selector("#card:not([hidden]) a")
    page.click("#share")
    link = page.input_value("#share-link")
    frame = page.input_value("#share-frame-code")
    page.goto(f"{PUBLIC}/view.html?{VIEW}&embed=1&raster=elevation-5min")
    page.wait_for_selector("body[data-ready=true]", timeout=30_000)
    back = page.get_attribute("#back", "href")
    page.goto(f"{PUBLIC}/?{VIEW}&compare=ei_gdp_cut.2025.incentive")
    page.wait_for_selector("body[data-ready=true]", timeout=30_000)
    page.goto(f"{PUBLIC}/?region=150600&layers=power-plants-2021&fill=none")
    page.wait_for_selector(".leaflet-vectors-pane .feature", timeout=30_000)
    described = page.get_attribute(".legend .vectortitle a", "href")
    page.fill("#q", "dalate")
    page.wait_for_selector("#found:not([hidden]) li")
    chromium.close()
    assert lost == []
    assert [url for url in asked if not url.startswith((f"{PUBLIC}/", "data:", "blob:"))] == []
    assert link.startswith(f"{PUBLIC}/?")
    assert f'src="{PUBLIC}/view.html?' in frame
    assert str(back).startswith("/atlas/?")
    assert described == "/atlas/vectors/power-plants-2021"
