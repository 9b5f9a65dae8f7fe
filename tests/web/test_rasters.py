"""Rasters over HTTP: tiles that match their legend, values, downloads, the screen, and QGIS's way of reading."""

import csv
import io
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import numpy as np
import pytest
import rasterio
from flask.testing import FlaskClient
from PIL import Image
from rasterio.io import MemoryFile

from geoapp.settings import Settings

ORDOS = "150600"
ELEVATION = "/rasters/elevation-5min"
SCREEN = f"region={ORDOS}&resolution=500&raster1=elevation-5min&max1=1400&near=parks&near_max=80&min_area=2"


def rgba(body: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(body)).convert("RGBA"))


def test_both_built_in_layers_are_listed_with_what_they_are_not(client: FlaskClient):
    rasters = {each["id"]: each for each in client.get("/rasters.json").json["rasters"]}
    assert set(rasters) >= {"elevation-5min", "clear-sky-irradiation"}
    sky = rasters["clear-sky-irradiation"]
    assert (sky["meaning"], sky["meaning_words"]) == ("theoretical_bound", "理论上限，不是资源")
    assert "晴空理论上限" in sky["title"]
    assert sky["unit"] == "kWh/(m²·a)"
    for raster in rasters.values():
        assert raster["attribution"]
        assert raster["licence"]
        assert len(raster["source_sha256"]) == 64
    page = client.get("/rasters").text
    for words in ("理论上限，不是资源", "只作背景", "/tiles/WebMercatorQuad/{z}/{x}/{y}.png"):
        assert words in page
    assert "太阳能资源" not in page.replace("不是太阳能资源", "")


def test_english_speaks_english(client: FlaskClient):
    assert client.get("/rasters.json?lang=en").json["rasters"][1]["title"] == "Elevation (mean of 5′ cells)"


def test_the_colour_of_a_pixel_is_the_legend_class_of_the_value_under_it(client: FlaskClient):
    legend = client.get(f"{ELEVATION}/legend.json").json
    colours = {entry["label"]: entry["colour"] for entry in legend["entries"]}
    z, x, y = 7, 102, 48
    tile = client.get(f"{ELEVATION}/tiles/WebMercatorQuad/{z}/{x}/{y}.png")
    assert (tile.status_code, tile.mimetype) == (200, "image/png")
    pixels = rgba(tile.data)
    assert pixels.shape == (256, 256, 4)
    seen = set()
    for row, column in ((8, 8), (40, 200), (128, 128), (200, 30), (250, 250)):
        lon = (x + (column + 0.5) / 256) / 2**z * 360 - 180
        lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (y + (row + 0.5) / 256) / 2**z))))
        value = client.get(f"{ELEVATION}/point?lon={lon}&lat={lat}").json
        red, green, blue, alpha = pixels[row, column]
        assert (f"#{red:02x}{green:02x}{blue:02x}", alpha) == (colours[value["class"]], 255)
        seen.add(value["class"])
    assert len(seen) >= 2


def test_no_data_is_transparent_and_said_in_words(client: FlaskClient):
    sea = client.get(f"{ELEVATION}/point?lon=130&lat=30").json
    assert (sea["status"], sea["value"], sea["text"]) == ("no_data", None, "无数据")
    outside = client.get(f"{ELEVATION}/point?lon=10&lat=50").json
    assert (outside["status"], outside["value"], outside["text"]) == ("outside", None, "不在栅格范围内")
    europe = client.get(f"{ELEVATION}/tiles/WebMercatorQuad/5/16/10.png")
    assert rgba(europe.data)[..., 3].max() == 0


def test_tiles_are_kept_by_version(client: FlaskClient):
    version = client.get(f"{ELEVATION}.json").json["version"]
    url = f"{ELEVATION}/tiles/WebMercatorQuad/5/25/12.png"
    assert client.get(f"{url}?v={version}").headers["Cache-Control"] == "public, max-age=31536000, immutable"
    plain = client.get(url)
    assert plain.headers["Cache-Control"] == "public, max-age=3600"
    assert client.get(url, headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304
    assert plain.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("url", "status", "detail"),
    [
        ("/rasters/x.json", 404, "No raster has the id 'x'; published are "),
        ("/rasters/../etc/legend.json", 404, "Nothing is served"),
        (f"{ELEVATION}/tiles/WebMercatorQuad/3/8/0.png", 404, "WebMercatorQuad has no tile 3/8/0"),
        (f"{ELEVATION}/tiles/WebMercatorQuad/99/0/0.png", 404, "WebMercatorQuad has no tile 99/0/0"),
        (f"{ELEVATION}/point?lon=109", 400, "lat: is missing"),
        (f"{ELEVATION}/point?lon=nan&lat=1", 400, "lon: 'nan' is not a number of degrees"),
        (f"{ELEVATION}/point?lon=1e999&lat=1", 400, "lon: '1e999' is not a number of degrees"),
        (f"{ELEVATION}/point?lon=1&lat=1&x=2", 400, "x: unknown parameter"),
        (f"{ELEVATION}/legend.json?lang=fr", 400, "lang: 'fr' is not a known language"),
        (f"{ELEVATION}/clip.tif?region=999999", 400, "region: '999999' is not the code"),
        (f"{ELEVATION}/clip.tif?bbox=1,1,2,2", 400, "bbox: lies outside raster elevation-5min"),
        (f"{ELEVATION}/clip.tif?bbox=109,39,109,39", 400, "bbox: is empty"),
        ("/rasters.json?foo=1", 400, "foo: unknown parameter"),
        (f"{ELEVATION}.json?foo=1", 400, "foo: unknown parameter"),
        ("/screen.json?region=&raster1=elevation-5min&max1=1300", 400, "region: is empty"),
        (
            f"/screen.json?region={ORDOS}&raster1=elevation-5min&max1=nan",
            400,
            "at_most: Input should be a finite",
        ),
        (f"/screen.json?region={ORDOS}&raster1=elevation-5min&max1=1300&min_area=inf", 400, "finite"),
        (f"{ELEVATION}/regions.pdf", 404, "are not given as 'pdf'"),
        (f"{ELEVATION}/preview.png?width=9999", 400, "width: '9999' is not a whole number"),
        ("/screen.json", 400, "region: is missing"),
        (f"/screen.json?region={ORDOS}", 400, "criterion: none is given"),
        ("/screen.json?region=100000&raster1=elevation-5min&max1=9", 400, "the whole country is too large"),
        (f"/screen.json?region={ORDOS}&raster1=elevation-5min&measure1=slope&max1=3", 400, "slope from elevation-5min"),
        (f"/screen.json?region={ORDOS}&raster1=clear-sky-irradiation&min1=3", 400, "is a theoretical upper bound"),
        (f"/screen.json?region={ORDOS}&raster1=elevation-5min&max1=a", 400, "max1: 'a' is not a number"),
        (f"/screen.json?region={ORDOS}&raster1=elevation-5min&max1=9&resolution=10", 400, "10 m gives"),
        ("/screen.exe?region=1", 400, "'exe' is not offered"),
    ],
)
def test_faults_are_sentences(client: FlaskClient, url: str, status: int, detail: str):
    reply = client.get(url, headers={"Accept": "application/json"})
    assert (reply.status_code, reply.mimetype) == (status, "application/problem+json")
    assert detail in reply.json["detail"]


def test_a_clip_is_a_geotiff_of_the_view_with_its_metadata(client: FlaskClient):
    reply = client.get(f"{ELEVATION}/clip.tif?region={ORDOS}")
    assert f'filename="elevation-5min-{ORDOS}.tif"; filename*=' in reply.headers["Content-Disposition"]
    part = client.get(f"{ELEVATION}/clip.tif?region={ORDOS}", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data) == (206, reply.data[:4])
    with MemoryFile(reply.data) as file, file.open() as clip:
        west, east = 106.7, 111.5
        assert clip.bounds.left <= west + 0.1
        assert clip.bounds.right >= east - 0.1
        assert clip.bounds.right - clip.bounds.left < east - west + 0.5
        tags = clip.tags()
        assert tags["TITLE"] == "海拔（5′网格平均）"
        assert "SRTM" in tags["ATTRIBUTION"]
        assert (tags["UNIT"], clip.units[0], clip.nodata) == ("m", "m", -32768)
        row, column = clip.index(109.98, 39.82)
        at = client.get(f"{ELEVATION}/point?lon=109.98&lat=39.82").json["value"]
        assert clip.read(1)[row, column] == at


def test_every_county_has_a_row_and_no_data_stays_empty(client: FlaskClient):
    text = client.get(f"{ELEVATION}/regions.csv").get_data(as_text=True)
    rows = {row["adcode"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}
    assert len(rows) == 2891
    assert float(rows["150602"]["mean"]) == pytest.approx(1426, abs=5)
    # 南沙区 lies where the height data know no land.
    assert (rows["460302"]["mean"], rows["460302"]["share"], rows["460302"]["cells"]) == ("", "0.0", "0.0")
    inside = client.get(f"{ELEVATION}/regions.json?within={ORDOS}").json
    assert [row["adcode"] for row in inside["regions"]][:2] == ["150602", "150603"]
    assert len(inside["regions"]) == 9


def test_cards_carry_the_ground_and_the_sun(client: FlaskClient):
    card = client.get("/regions/150624.json").json
    zonal = {each["id"]: each for each in card["rasters"]}
    assert zonal["elevation-5min"]["label"] == "1,381 m"
    assert zonal["elevation-5min"]["share_words"] == "全境有数据"
    assert zonal["clear-sky-irradiation"]["meaning_words"] == "理论上限，不是资源"
    assert card["sun"]["noon_range"] == ["12:44", "12:53"]
    assert 2.4 <= card["sun"]["pitch"] <= 2.6
    spratly = {each["id"]: each for each in client.get("/regions/460302.json").json["rasters"]}
    assert (spratly["elevation-5min"]["label"], spratly["elevation-5min"]["mean"]) == ("无数据", None)
    assert spratly["elevation-5min"]["share_words"] == "境内无数据"


def test_a_preview_is_the_raster_with_the_lines_of_the_country(client: FlaskClient):
    pixels = rgba(client.get(f"{ELEVATION}/preview.png?width=400&height=300").data)
    assert pixels.shape == (300, 400, 4)
    lines = (pixels == (92, 102, 96, 255)).all(axis=2)
    assert lines.sum() > 500
    # The dash line in the South China Sea, far from any cell with data.
    assert lines[int(300 * 0.75) :].sum() > 5


def test_every_raster_has_a_page_with_the_values_of_the_provinces(client: FlaskClient):
    page = client.get(ELEVATION).text
    for words in (
        "只作背景",
        "/rasters/elevation-5min/tiles/WebMercatorQuad/",
        "西藏自治区",
        "各省级地区",
        "/?raster=elevation-5min",
    ):
        assert words in page
    twin = f'href="{ELEVATION}.json"'
    assert twin in page
    tibet = next(
        r for r in client.get(f"{ELEVATION}/regions.json?level=province").json["regions"] if r["adcode"] == "540000"
    )
    assert f"{tibet['mean']:,.0f}" in page
    assert client.get("/rasters/moon", headers={"Accept": "text/html"}).status_code == 404
    english = client.get(f"{ELEVATION}?lang=en").text
    assert "Elevation (mean of 5′ cells)" in english
    sun = client.get("/rasters").text
    assert 'id="sun"' in sun
    assert "/indicators/sun_noon" in sun


def test_the_screen_page_says_what_is_left_and_what_was_wrong(client: FlaskClient):
    page = client.get(f"/screen?{SCREEN}").text
    for words in ("海拔（5′网格平均） ≤ 1400 m", "距园区 ≤ 80 km", "鄂托克前旗", "只作背景，误差大"):
        assert words in page
    refused = client.get(f"/screen?region={ORDOS}&raster1=elevation-5min&measure1=slope&max1=3")
    assert refused.status_code == 200
    assert "“海拔（5′网格平均）”的格网是9,277米，算出的坡度没有意义；请加入100米或更细的高程" in refused.text
    english = client.get(f"/screen?region={ORDOS}&raster1=elevation-5min&measure1=slope&max1=3&lang=en").text
    assert "Slope means nothing from &#34;Elevation (mean of 5′ cells)&#34;: its cells are 9,277 m" in english
    evil = client.get("/screen?region=<script>&raster1=elevation-5min&max1=1").text
    assert "<script>&" not in evil
    assert "&lt;script&gt;" in evil


@pytest.mark.parametrize(
    ("query", "wording"),
    [
        ("raster1=elevation-5min&max1=1400&foo=1", "没有“foo”这个参数"),
        ("raster1=elevation-5min&max1=1400&max1=3", "参数“max1”给了不止一次，只看第一个"),
        ("raster1=elevation-5min&max1=1400&raster2=moon&max2=1", "“raster2=moon”无法使用"),
        ("raster1=elevation-5min&max1=1400&resolution=1", "“resolution=1”无法使用"),
        ("raster1=elevation-5min&max1=1400&min2=nan", "“min2=nan”无法使用"),
        ("raster1=elevation-5min&max1=1400&raster2=elevation-5min", "图层 2 没有给出上限或下限，没有用上"),
        ("raster1=elevation-5min&max1=1400&raster2=elevation-5min&min2=9&max2=1", "图层 2 的下限大于上限"),
        ("raster1=elevation-5min&max1=1400&near=parks", "距离没有给出千米数，没有用上"),
    ],
)
def test_the_screen_page_names_what_it_could_not_use_and_screens_by_the_rest(
    client: FlaskClient, query: str, wording: str
):
    page = client.get(f"/screen?region={ORDOS}&{query}").text
    assert wording in page
    assert "海拔（5′网格平均） ≤ 1400 m" in page


def test_an_empty_screen_page_offers_an_example_that_works(client: FlaskClient):
    path = unescape(re.findall(r'<a href="(/screen\?region=[^"]+)"', client.get("/screen").text)[0])
    page = client.get(path).text
    assert "还剩多少" in page
    assert "链接里有用不上的内容" not in page
    assert "看一个例子" not in page, "only an empty form needs it"


def test_the_screen_page_refuses_in_the_readers_language(client: FlaskClient):
    nothing = client.get(f"/screen?region={ORDOS}").text
    assert "没有可用的条件：请选一个图层并给出上限或下限" in nothing
    bound = f"/screen?region={ORDOS}&raster1=clear-sky-irradiation&min1=1500"
    assert "是晴空理论上限，会把多云的地方排到前面，不能当资源筛选" in client.get(bound).text
    assert "ranks cloudy places too high" in client.get(f"{bound}&lang=en").text
    huge = f"/screen?region={ORDOS}&raster1=elevation-5min&max1=1400&resolution=20"
    assert "20米的格网有" in client.get(huge).text
    country = client.get("/screen?region=100000&raster1=elevation-5min&max1=1400").text
    assert "“region=100000”无法使用" in country


def test_the_faces_of_a_screen_agree(client: FlaskClient):
    told = client.get(f"/screen.json?{SCREEN}").json
    patches = client.get(f"/screen.geojson?{SCREEN}").json
    left = told["funnel"][-1]["km2"]
    assert 0 < left < told["funnel"][0]["km2"]
    assert sum(each["properties"]["area_km2"] for each in patches["features"]) == pytest.approx(left, rel=1e-4)
    assert sum(county["km2"][-1] for county in told["counties"]) == pytest.approx(left, rel=1e-4)
    with MemoryFile(client.get(f"/screen.tif?{SCREEN}").data) as file, file.open() as raster:
        assert (raster.read(1) == 100).sum() * 0.25 == pytest.approx(left, rel=1e-6)
    assert rgba(client.get(f"/screen.png?{SCREEN}").data).shape[2] == 4


def test_gdal_reads_the_tiles_as_qgis_does(server: str, client: FlaskClient, tmp_path: Path):
    """The XYZ address of the page, in GDAL's own tile client against a live server."""
    template = client.get(f"{ELEVATION}.json").json["tiles"]
    address = server + template.replace("{z}", "${z}").replace("{x}", "${x}").replace("{y}", "${y}")
    description = tmp_path / "elevation.xml"
    description.write_text(
        f"""<GDAL_WMS><Service name="TMS"><ServerUrl>{address}</ServerUrl></Service>
        <DataWindow><UpperLeftX>-20037508.34</UpperLeftX><UpperLeftY>20037508.34</UpperLeftY>
        <LowerRightX>20037508.34</LowerRightX><LowerRightY>-20037508.34</LowerRightY>
        <TileLevel>8</TileLevel><TileCountX>1</TileCountX><TileCountY>1</TileCountY><YOrigin>top</YOrigin></DataWindow>
        <Projection>EPSG:3857</Projection><BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY>
        <BandsCount>4</BandsCount></GDAL_WMS>"""
    )
    with rasterio.open(description) as tiles:
        assert tiles.shape == (65536, 65536)
        row, column = tiles.index(12_242_872.0, 4_839_000.0)  # 109.98° E, 39.8° N
        window = rasterio.windows.Window(column - 32, row - 32, 64, 64)
        pixels = tiles.read(window=window)
    legend = {entry["colour"] for entry in client.get(f"{ELEVATION}/legend.json").json["entries"]}
    seen = {f"#{r:02x}{g:02x}{b:02x}" for r, g, b in pixels[:3].reshape(3, -1).T}
    assert seen
    assert seen <= legend
    assert pixels[3].min() == 255


COLD = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from geoapp.app import create_app
from geoapp.settings import Settings
app, gate = create_app(Settings(build_dir=sys.argv[1])), Barrier(8)
def ask(number):
    gate.wait()
    face = "point?lon=109&lat=39" if number % 2 else f"tiles/WebMercatorQuad/6/5{number % 4}/24.png"
    return app.test_client().get("/rasters/elevation-5min/" + face).status_code
with ThreadPoolExecutor(8) as pool:
    print(set(pool.map(ask, range(8))))
"""


def test_the_first_tiles_may_all_be_asked_for_at_once(settings: Settings, client: FlaskClient):
    """rio-tiler imports itself in a circle: without a lock the second thread meets half a module."""
    assert client is not None
    done = subprocess.run(
        [sys.executable, "-c", COLD, str(settings.build_dir)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "{200}", done.stderr


def test_the_app_starts_without_gdal():
    """A worker loads GDAL with the first raster asked for, not before."""
    code = (
        "import sys\nfrom geoapp.app import create_app\ncreate_app()\n"
        "print([name for name in ('rasterio', 'rio_tiler', 'exactextract', 'scipy', 'h5py') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
