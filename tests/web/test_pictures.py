"""Pictures over HTTP: strict parameters, ETags, one drawing however many ask, a queue with an end."""

import io
import multiprocessing
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from PIL import Image

from geoapp.errors import InvalidView, Issue, Outdated, TooBusy
from geoapp.sheets import font_files, fonts, snapshot
from geoapp.sheets.libraries import drawing_library
from geoapp.web.http.picture_cache import PictureCache
from tests.data.busy import occupied

KEY = "ab" * 16


@pytest.mark.parametrize(
    ("path", "mimetype", "start"),
    [
        ("/view.png", "image/png", b"\x89PNG"),
        ("/view.svg", "image/svg+xml", b"<?xml"),
        ("/view.pdf", "application/pdf", b"%PDF"),
    ],
)
def test_each_format(client, path, mimetype, start):
    reply = client.get(f"{path}?region=640200")
    assert (reply.status_code, reply.mimetype) == (200, mimetype)
    assert reply.data.startswith(start)
    assert reply.headers["Content-Disposition"].startswith('inline; filename="geoapp-640200-ei_gdp_cut-2025.')
    assert "filename*=UTF-8''%E7%9F%B3%E5%98%B4%E5%B1%B1%E5%B8%82" in reply.headers["Content-Disposition"]


def test_size_and_paper(client):
    reply = client.get("/view.png?region=640200&width=900&height=700&dpi=144")
    assert Image.open(io.BytesIO(reply.data)).size == (900, 700)
    reply = client.get("/view.png?region=640200&paper=16x9&dpi=72")
    assert Image.open(io.BytesIO(reply.data)).size == (960, 540)


def test_a_picture_is_sent_once(client):
    first = client.get("/view.png?region=640200")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/view.png?region=640200", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/view.png?region=640200").data == first.data


def test_the_etag_follows_view_and_sheet(client):
    tags = [
        client.head(f"/view.png?region=640200{extra}").headers["ETag"]
        for extra in ("", "&layers=parks", "&dpi=72", "&title=x", "&lang=en")
    ]
    assert len(set(tags)) == 5
    spelled = client.head("/view.png?layers=parks,projects&year=2025&region=640200").headers["ETag"]
    assert spelled == tags[0]


def test_svg_is_packed_and_conditional(client):
    packed = client.get("/view.svg?region=640200", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    again = client.get(
        "/view.svg?region=640200",
        headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]},
    )
    assert again.status_code == 304


def test_a_permalink_never_changes(client, atlas):
    reply = client.get(f"/view.png?region=640200&v={atlas.version}")
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reply.data == client.get("/view.png?region=640200").data
    gone = client.get("/view.png?region=640200&v=000000000000")
    assert (gone.status_code, gone.mimetype) == (410, "application/problem+json")
    assert gone.json["detail"] == (
        f"Data version '000000000000' is no longer kept; leave out v= for today's, {atlas.version}"
    )


def test_a_permalink_outlives_its_data_and_the_code_that_drew_it(client, app, atlas, monkeypatch):
    url = f"/view.png?region=640200&title=shelf&v={atlas.version}"
    first = client.get(url)
    serving = app.extensions["geoapp"]

    def gone(version):
        raise Outdated(f"{version} is not kept")

    monkeypatch.setattr(serving, "atlas_of", gone)
    monkeypatch.setattr(snapshot, "drawing_version", lambda: "another release")
    monkeypatch.setattr(app.extensions["geoapp-settings"], "maker", "another office")
    again = client.get(url)
    assert (again.status_code, again.headers["ETag"]) == (200, first.headers["ETag"])
    assert again.data == first.data
    assert client.get(url.replace("shelf", "other")).status_code == 410


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("width=0&height=0", ["width", "height"]),
        ("width=100000&height=100000", ["width", "height"]),
        ("paper=a9", ["paper"]),
        ("dpi=1", ["dpi"]),
        ("dpi=300&dpi=150", ["dpi"]),
        ("title=%F0%9F%8E%89", ["title"]),
        ("title=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7", ["title"]),
        ("title=" + "x" * 5000, ["title"]),
        ("region=999999&paper=a9", ["region", "paper"]),
        ("papr=a4", ["papr"]),
        ("title=%00", ["title"]),
        ("width=200&height=200", ["width"]),
        ("raster=nowhere", ["raster"]),
        ("raster=elevation-5min&opacity=101", ["opacity"]),
        ("opacity=50", ["opacity"]),
        ("v=../../etc", None),
    ],
)
def test_bad_requests_name_every_parameter(client, query, parameters):
    reply = client.get(f"/view.png?{query}")
    assert reply.mimetype == "application/problem+json"
    if parameters is None:
        assert reply.status_code == 410
    else:
        assert reply.status_code == 400
        assert [fault["parameter"] for fault in reply.json["errors"]] == parameters


def test_a_missing_font_is_a_clear_problem(client, monkeypatch, tmp_path):
    monkeypatch.setattr(font_files, "FOLDER", tmp_path)
    fonts.face.cache_clear()
    reply = client.get("/view.png?region=640200&title=no-font")
    fonts.face.cache_clear()
    assert (reply.status_code, reply.json["type"]) == (503, "/problems/font-missing")
    assert "run `make assets`" in reply.json["detail"]


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
@pytest.mark.parametrize(
    "query",
    ["region=620200", "region=640200&bbox=0,0,1,1", "region=640200&title=%3Cscript%3E", "region=620200&title=a%0Ab"],
    ids=["one county", "empty", "script", "two lines"],
)
def test_odd_requests_give_a_sensible_sheet(client, form, query):
    reply = client.get(f"/view.{form}?{query}")
    assert reply.status_code == 200
    assert len(reply.data) > 20_000
    assert form != "svg" or b"<script" not in reply.data


@pytest.mark.parametrize(
    ("name", "form", "fault", "packages"),
    [
        ("skia", "png", ImportError("libEGL.so.1: cannot open shared object file"), "libegl1 libgl1"),
        ("skia", "svg", ImportError("libGL.so.1: cannot open shared object file"), "libegl1 libgl1"),
        ("cairocffi", "pdf", OSError('no library called "cairo-2" was found'), "libcairo2"),
    ],
)
def test_a_missing_library_is_a_clear_problem(client, monkeypatch, name, form, fault, packages):
    class Finder:
        def find_spec(self, wanted: str, *_: object) -> None:
            if wanted == name:
                raise fault

    monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    drawing_library.cache_clear()
    fonts.face.cache_clear()
    reply = client.get(f"/view.{form}?region=640200&title=no-{form}")
    drawing_library.cache_clear()
    fonts.face.cache_clear()
    assert (reply.status_code, reply.json["type"]) == (503, "/problems/library-missing")
    assert reply.json["detail"] == (
        f"{name} cannot be loaded ({fault}), so no sheet can be drawn; run: apt-get install {packages}"
    )


@pytest.mark.parametrize("size", ["width=720&height=540", "width=720&height=1600", "width=1600&height=540"])
@pytest.mark.parametrize("query", ["region=150600", "region=650000&level=county&year=2015", "region=100000&lang=en"])
def test_a_sheet_of_an_allowed_size_never_fails_for_its_content(client, query, size):
    reply = client.get(f"/view.svg?{query}&{size}")
    assert reply.status_code == 200, reply.json


def test_a_full_queue_says_when_to_come_back(app, client, monkeypatch):
    cache = PictureCache(Path(app.extensions["geoapp-pictures"].folder), waiting=1)
    monkeypatch.setitem(app.extensions, "geoapp-pictures", cache)
    with occupied(cache):
        reply = client.get("/view.png?region=640200&title=queue")
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "3")
    assert reply.json["type"] == "/problems/too-busy"
    assert client.get("/view.png?region=640200&title=queue").status_code == 200


class Counter:
    """A drawing that takes a moment and leaves a mark each time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self) -> bytes:
        (self.folder / f"{os.getpid()}-{threading.get_ident()}-{time.monotonic_ns()}").touch()
        time.sleep(0.15)
        return b"picture"


def ask(folder: Path, marks: Path) -> bytes:
    """What another process does."""
    return PictureCache(folder).get(KEY, "png", Counter(marks))


def test_threads_that_ask_at_once_draw_once(tmp_path):
    marks = tmp_path / "marks"
    marks.mkdir()
    cache = PictureCache(tmp_path / "cache", waiting=12)
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(lambda _: cache.get(KEY, "png", Counter(marks)), range(12)))
    assert found == [b"picture"] * 12
    assert len(list(marks.iterdir())) == 1


def test_processes_that_ask_at_once_draw_once(tmp_path):
    marks = tmp_path / "marks"
    marks.mkdir()
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        found = pool.starmap(ask, [(tmp_path / "cache", marks)] * 6)
    assert found == [b"picture"] * 6
    assert len(list(marks.iterdir())) == 1


def test_a_failed_drawing_leaves_nothing_behind(tmp_path):
    cache = PictureCache(tmp_path)

    def fail() -> bytes:
        raise RuntimeError("no")

    for _ in range(20):  # more than there are places: each is given back
        with pytest.raises(RuntimeError):
            cache.get(KEY, "png", fail)
    assert cache.find(KEY, "png") is None
    assert cache.get(KEY, "png", lambda: b"x") == b"x"


def test_one_more_than_may_wait_is_refused(tmp_path):
    cache = PictureCache(tmp_path, waiting=2)
    started = threading.Event()
    release = threading.Event()

    def slow() -> bytes:
        started.set()
        release.wait(30)
        return b"x"

    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(cache.get, f"{number:02x}" * 16, "png", slow) for number in (1, 2)]
        assert started.wait(5)
        while len(list((tmp_path / "locks").glob("*"))) < 2:  # whoever holds a picture's lock has taken a place
            time.sleep(0.01)
        with pytest.raises(TooBusy):
            cache.get("ff" * 16, "png", slow)
        release.set()
        assert [each.result() for each in running] == [b"x", b"x"]


def test_old_pictures_make_room(tmp_path):
    cache = PictureCache(tmp_path)
    for number in range(10):
        key = f"{number:02x}" * 16
        cache.get(key, "png", lambda: b"x" * 1000)
        (written,) = tmp_path.rglob(f"{key}.png")
        os.utime(written, (number, number))
    cache.prune(most=3500)
    assert [cache.find(f"{number:02x}" * 16, "png") is not None for number in range(10)] == [False] * 7 + [True] * 3


def test_a_picture_that_is_still_being_written_is_left_alone(tmp_path):
    cache = PictureCache(tmp_path)
    cache.get("aa" * 16, "png", lambda: b"x" * 1000)
    (tmp_path / "aa" / ".part-1").write_bytes(b"x" * 9000)
    (tmp_path / "aa" / "gone.png").symlink_to(tmp_path / "nothing")
    cache.prune(most=3500)
    assert cache.find("aa" * 16, "png") is not None
    assert (tmp_path / "aa" / ".part-1").exists()


COMPARED = {
    "ei_gdp_cut.2025.incentive": ("鄂尔多斯市单位GDP能耗累计降低率：基本目标与激励目标", 1),
    "ei_gdp_cut.2015.basic": ("鄂尔多斯市单位GDP能耗累计降低率：“十四五”与“十二五”", 1),
    "ei_gdp_cut.2025.basic.654200": ("单位GDP能耗累计降低率：鄂尔多斯市与塔城地区", 1),
    "coal_share.2025.basic": ("鄂尔多斯市“十四五”单位GDP能耗累计降低率；鄂尔多斯市“十四五”煤炭占能源消费比重", 2),
}
"""What a comparison is called, and how many legends its sheet has: one for each indicator."""


@pytest.mark.parametrize("compare", COMPARED)
def test_a_comparison_is_one_sheet_with_two_maps_and_a_legend_for_each_indicator(
    client: FlaskClient, compare: str
) -> None:
    title, legends = COMPARED[compare]
    reply = client.get(f"/view.svg?region=150600&layers=none&compare={compare}")
    root = ElementTree.fromstring(reply.data)
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(set(ids)) == len(ids)
    assert root.findtext("{*}title") == title
    assert sum(each.startswith("legend") for each in ids) == legends
    assert {"scale-bar", "scale-bar-2", "caption", "caption-2"} <= set(ids)
    assert client.get(reply.request.url, headers={"If-None-Match": reply.headers["ETag"]}).status_code == 304


def test_a_value_has_one_colour_on_both_maps_of_a_comparison(client: FlaskClient) -> None:
    """乌审旗 24.9 of the incentive tier is of the class of 鄂托克旗 26 of the basic one."""
    root = ElementTree.fromstring(
        client.get("/view.svg?region=150600&layers=none&compare=ei_gdp_cut.2025.incentive").data
    )
    fills = {each.get("id"): each.get("fill") for each in root.iter() if each.get("fill")}
    assert fills["area-150624"] == fills["area-150626-2"]


@pytest.mark.parametrize("suffix", ["png", "pdf"])
def test_a_comparison_comes_in_every_format(client: FlaskClient, suffix: str) -> None:
    reply = client.get(f"/view.{suffix}?region=150600&layers=none&compare=ei_gdp_cut.2025.incentive")
    assert reply.status_code == 200
    assert reply.data.startswith({"png": b"\x89PNG", "pdf": b"%PDF"}[suffix])


@pytest.mark.parametrize(
    ("suffix", "compare"),
    [("png", "nothing"), ("png", "ei_gdp_cut.2025.best"), ("svg", "ei_gdp_cut.2025.basic.999999")],
)
def test_a_comparison_that_cannot_be_drawn_is_refused_by_name(client: FlaskClient, suffix: str, compare: str) -> None:
    reply = client.get(f"/view.{suffix}?region=150600&compare={compare}")
    assert reply.status_code == 400
    assert [fault["parameter"] for fault in reply.json["errors"]] == ["compare"]


def test_why_a_picture_cannot_be_drawn_is_found_out_once(tmp_path: Path) -> None:
    cache, asked = PictureCache(tmp_path), []

    def refused() -> bytes:
        asked.append(1)
        raise InvalidView([Issue("width", "the sheet is too small for its legend", "make it larger")])

    for _ in range(3):
        with pytest.raises(InvalidView, match="too small for its legend"):
            cache.get("ab" * 32, "png", refused)
    assert len(asked) == 1
    for _ in range(2):
        with pytest.raises(InvalidView):
            cache.get("cd" * 32, "png", refused, keep=False)  # a reader's own data: nothing of it is remembered
    assert len(asked) == 3
    assert cache.get("ab" * 32, "svg", lambda: b"another form") == b"another form"
