"""The page that says how to connect: every snippet on it runs, and the QGIS file points where it should."""

import html
import json
import re
import subprocess
import sys
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from PIL import Image
from playwright.sync_api import Browser

SNIPPET = re.compile(r'<pre data-run="(\w+)"><code>(.*?)</code></pre>', re.DOTALL)
ORDOS = "region=150600&indicator=ei_gdp_cut&year=2025"


def snippets(server: str, kind: str) -> list[str]:
    with urllib.request.urlopen(f"{server}/connect", timeout=20) as reply:
        page = reply.read().decode()
    return [html.unescape(text) for found, text in SNIPPET.findall(page) if found == kind]


@pytest.mark.parametrize(("number", "words"), [(0, ["达拉特旗", "18%", "附件1"]), (1, ["'value': 20.4", "达拉特旗"])])
def test_python_snippets_run(server: str, tmp_path: Path, number: int, words: list[str]) -> None:
    code = snippets(server, "python")[number]
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [word for word in words if word not in done.stdout] == []


def test_shell_snippets_run(server: str, tmp_path: Path) -> None:
    (code,) = snippets(server, "shell")
    done = subprocess.run(["sh", "-euc", code], capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ordos.xlsx").read_bytes()[:2] == b"PK"
    assert "Feature Count" in done.stdout


def test_the_browser_snippet_runs_on_another_site(server: str, browser: Browser, tmp_path: Path) -> None:
    (code,) = snippets(server, "browser")
    other = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path)))
    Thread(target=other.serve_forever, daemon=True).start()
    page = browser.new_page()
    try:
        page.goto(f"http://127.0.0.1:{other.server_port}/")
        names = page.evaluate(f"async () => {{ {code} }}")
    finally:
        page.close()
        other.shutdown()
        other.server_close()
    assert "棋盘井环境综合治理区域" in names


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_shows_qgis_itself(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/connect?lang={lang}")
    assert page.status_code == 200
    pictures = re.findall(r'<img class="shot" src="([^"]+)" alt="([^"]+)" width="(\d+)" height="(\d+)"', page.text)
    assert len(pictures) == 3
    for address, alt, width, height in pictures:
        picture = client.get(address)
        assert (picture.status_code, picture.mimetype) == (200, "image/png")
        assert len(picture.data) <= 80_000
        with Image.open(BytesIO(picture.data)) as opened:
            assert opened.size == (int(width), int(height))
        picture.close()
        assert len(alt) > 10


def layers_of(client: FlaskClient, query: str) -> dict[str, ET.Element]:
    """Return the layers of a view's QGIS file by their keys, as its tree lists them."""
    reply = client.get(f"/view.qlr?{query}")
    assert reply.status_code == 200, reply.text
    assert reply.headers["Content-Disposition"].endswith(".qlr")
    assert reply.data.startswith(b"<!DOCTYPE qgis-layer-definition>")
    root = ET.fromstring(reply.data.split(b"\n", 1)[1])
    group = root.find("layer-tree-group/layer-tree-group")
    view = client.get(f"/view.json?{query}").json
    assert group is not None
    assert view is not None
    assert group.get("name") == view["title"]
    layers = {layer.findtext("id") or "": layer for layer in root.iter("maplayer")}
    nodes = [node.get("id") or "" for node in group.iter("layer-tree-layer")]
    assert nodes == list(layers)
    for node in group.iter("layer-tree-layer"):
        assert node.get("source") == layers[node.get("id") or ""].findtext("datasource")
    for layer in layers.values():
        assert layer.findtext("srs/spatialrefsys/authid") == "EPSG:4326"
        assert layer.findtext("attribution") == view["attribution"]
    return {name.removeprefix("geoapp_"): layer for name, layer in layers.items()}


def source_of(layer: ET.Element) -> dict[str, str]:
    """Return the parts of a layer's address, unescaped as QGIS does it."""
    text = layer.findtext("datasource") or ""
    return {name: value.replace("\\'", "'") for name, value in re.findall(r"(\w+)='((?:[^'\\]|\\.)*)'", text)}


def filtered(layer: ET.Element) -> list[str]:
    """Return the codes or ids that QGIS asks for."""
    return re.findall(r"'([^']+)'", source_of(layer).get("filter", ""))


def categories(layer: ET.Element) -> dict[str, list[str]]:
    """Return the values of each category by its label; two of one label are joined."""
    found: dict[str, list[str]] = {}
    for each in layer.iter("category"):
        found.setdefault(each.get("label") or "", []).extend(value.get("value") or "" for value in each)
    return found


@pytest.mark.parametrize(
    "query",
    [
        ORDOS,
        "region=620600&year=2025",
        "region=650000&indicator=ei_gdp_cut&year=2015&lang=en",
        "region=654200&indicator=ei_gdp_cut&year=2015&type=hydropower&layers=projects",
        "region=150600&bbox=109,39.5,111,40.5&layers=none",
        "region=150600&indicator=river_grade&year=2025&level=prefecture",
    ],
)
def test_the_qgis_file_holds_the_view(client: FlaskClient, query: str) -> None:
    layers, view = layers_of(client, query), client.get(f"/view.json?{query}").json
    assert view is not None
    regions = layers["regions"]
    assert regions.findtext("provider") == "OAPIF"
    collection = {"province": "provinces", "prefecture": "prefectures", "county": "counties"}[view["level"]]
    assert source_of(regions)["typename"] == collection
    assert source_of(regions)["url"] == "http://localhost/ogc"
    assert filtered(regions) == [area["adcode"] for area in view["areas"]]
    for kind in ("parks", "projects"):
        ids = [point["id"] for point in view["points"] if point["layer"] == kind]
        assert (filtered(layers[kind]) if kind in layers else []) == ids
    drawn = categories(regions)
    legend = {line["label"]: line["count"] for line in view["legend"]["classes"] if line["count"]}
    assert {label: len(codes) for label, codes in drawn.items()} == legend
    assert list(drawn) == list(legend)
    text = next(regions.iter("text-style")).get("fieldName") or ""
    for area in view["areas"]:
        if area["status"] == "own" and area["label"]:
            assert f"'{area['adcode']}', '{area['label']}'" in text


def test_each_look_has_its_pattern_in_qgis(client: FlaskClient) -> None:
    def symbols(query: str) -> set[str]:
        regions = layers_of(client, query)["regions"]
        return {
            "+".join(each.get("class") or "" for each in symbol.findall("layer")) for symbol in regions.iter("symbol")
        }

    assert "SimpleFill+PointPatternFill" in symbols(ORDOS), "zeros are ringed"
    assert symbols("region=620600&year=2025") >= {"SimpleFill+PointPatternFill"}, "not published is dotted"
    hatched = symbols("region=654200&indicator=ei_gdp_cut&year=2015&layers=none")
    assert hatched == {"SimpleFill+LinePatternFill", "SimpleLine"}


def test_amounts_are_circles_in_qgis_and_never_fills(client: FlaskClient) -> None:
    query = "region=150600&indicator=new_energy_added&year=2025"
    layers = layers_of(client, query)
    assert list(layers) == ["parks", "projects", "whole", "regions"]
    assert filtered(layers["whole"]) == ["150600"]
    assert source_of(layers["whole"])["typename"] == "prefectures"
    assert [each.get("class") for each in layers["whole"].iter("layer")] == ["CentroidFill", "SimpleMarker"]
    assert list(categories(layers["regions"])) == ["文件未设此目标"]
    areas = layers_of(client, "region=150000&indicator=new_energy_added&year=2025&level=prefecture")
    assert categories(areas["amounts"]) == {"5,000": ["150600"]}
    circle = next(areas["amounts"].iter("data_defined_properties"))
    assert any("map_get(map('150600', 18.00)" in (each.get("value") or "") for each in circle.iter("Option"))


def test_the_country_has_its_dash_line_in_qgis(client: FlaskClient) -> None:
    layers = layers_of(client, "region=100000&layers=none&year=2025")
    assert list(layers) == ["lines", "regions"]
    assert "filter" not in source_of(layers["regions"]), "all of the collection"
    wide = layers_of(client, "region=100000&level=county&bbox=73,20,135,54&layers=none")["regions"]
    assert "filter" not in source_of(wide), "longer than the API reads"
    assert 2000 < sum(len(codes) for codes in categories(wide).values()) < 2891
    line = json.loads(layers["lines"].findtext("datasource") or "")
    (feature,) = line["features"]
    assert len(feature["geometry"]["coordinates"]) == 10


def test_hostile_names_stay_text_in_the_qgis_file(client: FlaskClient) -> None:
    assert layers_of(client, "region=640200&lang=en")
    assert client.get("/view.qlr?foo=1").status_code == 400
