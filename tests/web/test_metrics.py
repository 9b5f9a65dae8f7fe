"""Every answer is counted, whichever way and worker it took."""

import threading
import urllib.request

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from geoapp.settings import Settings
from geoapp.web.metrics import Meter
from tests.conftest import Server

ITEMS = "/ogc/collections/counties/items"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "explorer"),
        ("/view.png", "view"),
        ("/view.files.json", "view"),
        ("/regions/150621.json", "regions"),
        ("/ogc", "ogc"),
        ("/ogc/collections", "ogc"),
        ("/ogc/collections/counties", "ogc"),
        (ITEMS, "items"),
        (f"{ITEMS}/150621", "items"),
        ("/ogc/collections/counties/tiles/WebMercatorQuad/5/12/25", "tiles"),
        ("/ogc/collections/counties/tiles.pmtiles", "ogc"),
        ("/wp-login.php", "other"),
        ("//x", "other"),
        ("", "other"),
    ],
)
def test_paths_are_of_few_kinds(app: Flask, path: str, kind: str) -> None:
    meter = Meter(app.wsgi_app, (rule.rule for rule in app.url_map.iter_rules()))
    assert meter.kind(path) == kind


def test_the_short_way_and_flask_are_counted_alike(app: Flask) -> None:
    client = app.test_client()
    before = _counts(client.get("/metrics").text)
    for path in (f"{ITEMS}?limit=1", f"{ITEMS}?limit=0", "/regions/150621", "/regions/999999"):
        client.get(path)
    client.open("/", method="HACK")
    after = _counts(client.get("/metrics").text)
    gained = {key: after[key] - before.get(key, 0) for key in after if after[key] != before.get(key, 0)}
    assert gained == {
        ("items", "GET", "200"): 1,
        ("items", "GET", "400"): 1,
        ("regions", "GET", "200"): 1,
        ("regions", "GET", "404"): 1,
        ("explorer", "other", "405"): 1,
        ("metrics", "GET", "200"): 1,
    }


def test_what_is_served_is_told(app: Flask) -> None:
    client = app.test_client()
    client.get("/metrics")
    reply = client.get("/metrics")
    assert reply.content_type.startswith("text/plain; version=")
    families = {family.name: family for family in text_string_to_metric_families(reply.text)}
    version = app.extensions["geoapp"].atlas().version
    assert families["geoapp_build_info"].samples[0].labels["data_version"] == version
    buckets = {
        sample.labels["le"]: sample.value
        for sample in families["geoapp_request_seconds"].samples
        if sample.labels["kind"] == "metrics" and "le" in sample.labels
    }
    assert list(buckets) == ["0.001", "0.005", "0.025", "0.1", "0.5", "2.5", "10.0", "+Inf"]
    assert buckets["+Inf"] >= 1


def test_two_workers_give_one_sum(settings: Settings, app: Flask) -> None:
    with Server(settings.build_dir, workers=2) as running:
        threads = [threading.Thread(target=_ask, args=(running.url, 50)) for _ in range(8)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        found = {_counts(_get(f"{running.url}/metrics"))["items", "GET", "200"] for _ in range(10)}
    assert found == {400}


def _ask(url: str, times: int) -> None:
    for _ in range(times):
        _get(f"{url}{ITEMS}?limit=1")


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def _counts(text: str) -> dict[tuple[str, str, str], float]:
    return {
        (sample.labels["kind"], sample.labels["method"], sample.labels["status"]): sample.value
        for family in text_string_to_metric_families(text)
        if family.name == "geoapp_requests"
        for sample in family.samples
        if sample.name.endswith("_total")
    }
