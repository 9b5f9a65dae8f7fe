"""The page that says how to connect: every snippet on it runs, and the QGIS file points where it should."""

import html
import re
import subprocess
import sys
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser

SNIPPET = re.compile(r'<pre data-run="(\w+)"><code>(.*?)</code></pre>', re.DOTALL)
ORDOS = "region=150600&indicator=ei_gdp_cut&year=2025"


def snippets(server: str, kind: str) -> list[str]:
    with urllib.request.urlopen(f"{server}/connect", timeout=20) as reply:
        page = reply.read().decode()
    return [html.unescape(text) for found, text in SNIPPET.findall(page) if found == kind]


@pytest.mark.parametrize(("number", "words"), [(0, ["达拉特旗", "−18%", "附件1"]), (1, ["'value': 20.4", "达拉特旗"])])
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
def test_the_page_reads_well(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/connect?lang={lang}")
    assert page.status_code == 200
    assert page.text.count("<svg") >= 2
    assert client.get("/connect?foo=1").status_code == 400


def test_the_qgis_file_draws_the_view_from_the_api(client: FlaskClient) -> None:
    reply = client.get(f"/view.qlr?{ORDOS}")
    assert reply.headers["Content-Disposition"].endswith(".qlr")
    assert reply.data.startswith(b"<!DOCTYPE qgis-layer-definition>")
    root = ET.fromstring(reply.data.split(b"\n", 1)[1])
    layers = {layer.findtext("id"): layer for layer in root.iter("maplayer")}
    assert set(layers) == {"geoapp_regions", "geoapp_parks", "geoapp_projects"}
    assert [node.get("id") for node in root.iter("layer-tree-layer")] == [
        "geoapp_parks",
        "geoapp_projects",
        "geoapp_regions",
    ]
    for layer in layers.values():
        assert layer.findtext("provider") == "OAPIF"
        assert "url='http://localhost/ogc'" in (layer.findtext("datasource") or "")
    regions = layers["geoapp_regions"]
    assert "typename='counties'" in (regions.findtext("datasource") or "")
    classed = {value.get("value") for value in regions.iter("val")}
    view = client.get(f"/view.json?{ORDOS}").json
    assert view is not None
    assert classed == {area["adcode"] for area in view["areas"]}
    assert len(list(regions.iter("category"))) == len(view["legend"]["classes"])
    label = next(regions.iter("text-style")).get("fieldName") or ""
    assert "'150621', '−18%'" in label


def test_hostile_names_stay_text_in_the_qgis_file(client: FlaskClient) -> None:
    reply = client.get("/view.qlr?region=640200&lang=en")
    ET.fromstring(reply.data.split(b"\n", 1)[1])
    assert client.get("/view.qlr?foo=1").status_code == 400
