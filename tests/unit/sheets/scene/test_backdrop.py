"""A raster under a sheet: its cells where they lie, its legend, its caveat, in all three formats."""

import io
import re
from base64 import b64decode
from dataclasses import replace
from urllib.parse import parse_qsl

import numpy as np
import pypdf
import pytest
from PIL import Image

from geoapp.atlas import Atlas
from geoapp.errors import InvalidView
from geoapp.model.plan import Text
from geoapp.sheets.paint import svg
from geoapp.sheets.paint.cells import encode_cells
from geoapp.sheets.paper import Sheet
from geoapp.sheets.scene import backdrop
from geoapp.sheets.scene.base.base_map import BaseMaps
from geoapp.sheets.scene.compose import Composer
from geoapp.sheets.scene.primitives import Box, Group, Path, Scene
from geoapp.sheets.scene.primitives import Image as Cells
from geoapp.store.files import FilesStore

QUERY = "region=150600&raster=elevation-5min"


@pytest.fixture(scope="module")
def grounded(settings, atlas):
    """The atlas of the session's build with the two built-in rasters."""
    return Atlas(FilesStore(settings.build_dir / "atlas"), settings.build_dir / "rasters")


def scene(atlas, query, sheet=None):
    return atlas.snapshots.scene(atlas.show(atlas.view(parse_qsl(query))), sheet or Sheet())


def group(found, name):
    return next(each for each in found.groups if each.id == name)


def test_cells_lie_where_they_belong(grounded):
    """The colour under a county's label point is the legend's for the value that a click there gives."""
    found = scene(grounded, QUERY)
    (cells,) = group(found, "raster").items
    composer = Composer(grounded.dataset, BaseMaps(grounded.store, grounded.gazetteer), grounded.rasters)
    laid = composer.map(grounded.show(grounded.view(parse_qsl(QUERY))), Sheet())
    legend = grounded.rasters.get("elevation-5min").legend
    seen = set()
    for area in laid.canvas.resolved.areas:
        lon, lat = area.region.label
        x, y = laid.canvas.at(lon, lat)
        rows, columns = cells.pixels.shape[:2]
        column = int((x - cells.box.x0) / cells.box.width * columns)
        row = int((y - cells.box.y0) / cells.box.height * rows)
        value = grounded.rasters.point("elevation-5min", lon, lat, "zh")["value"]
        colour = next(line.colour for line in reversed(legend) if value >= line.low)
        assert "#{:02x}{:02x}{:02x}".format(*cells.pixels[row, column, :3]) == colour
        seen.add((row, column))
    assert len(seen) == 9


def test_areas_are_outlined_and_say_their_values(grounded):
    found = scene(grounded, "region=620600&raster=elevation-5min")
    shapes = [item for item in group(found, "areas").items if isinstance(item, Path)]
    assert len(shapes) == 4
    assert {(shape.fill, shape.stroke) for shape in shapes} == {("", "")}
    labels = [text.text for text in group(found, "labels").items if hasattr(text, "text")]
    assert labels.count("未公开") == 4
    order = [each.id for each in found.groups]
    assert order.index("land") < order.index("raster") < order.index("veil") < order.index("neighbours")


@pytest.mark.parametrize(
    ("lang", "wording"),
    [
        (
            "zh",
            [
                "单位：kWh/(m²·a)",
                "理论上限，不是资源",
                "2,400～2,700",
                "空白处无数据",
                "数值注在各地名下，各地只画轮廓",
            ],
        ),
        ("en", ["Unit: kWh/(m²·a)", "2,400 to 2,700", "Blank: no data"]),
    ],
)
def test_legend_and_source_say_what_the_raster_is(grounded, lang, wording):
    found = scene(grounded, f"region=150600&raster=clear-sky-irradiation&lang={lang}")
    words = [item.text for item in group(found, "legend").items if hasattr(item, "text")]
    assert [each for each in wording if each not in words] == []
    below = "".join(item.text for item in group(found, "sources").items)
    record = grounded.rasters.get("clear-sky-irradiation")
    for part in (record.attribution.get(lang), record.note.get(lang)):
        assert re.sub(r"\s", "", part) in re.sub(r"\s", "", below)


def test_legend_colours_are_those_on_paper(grounded):
    record = grounded.rasters.get("elevation-5min")
    colours = [colour for colour, _ in backdrop.legend_lines(record, "zh", 1.0)]
    assert colours == [line.colour for line in reversed(record.legend)]
    assert {colour for colour, _ in backdrop.legend_lines(record, "zh", 0.0)} == {"#f6f4ee"}
    view = "region=150600&raster=elevation-5min&layers=none&opacity=40"
    image = Image.open(io.BytesIO(grounded.snapshot(grounded.view(parse_qsl(view)), Sheet())))
    most = max(image.crop((500, 200, 900, 900)).getcolors(1 << 20))[1]
    faded = [colour for colour, _ in backdrop.legend_lines(record, "zh", 0.4)]
    assert min(max(abs(most[i] - int(each[1 + 2 * i : 3 + 2 * i], 16)) for i in range(3)) for each in faded) <= 1


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_every_format_has_it_and_is_the_same_each_time(grounded, form):
    view, sheet = grounded.view(parse_qsl(QUERY)), replace(Sheet(), format=form)
    first = grounded.snapshot(view, sheet)
    assert grounded.snapshot(view, sheet) == first
    assert first != grounded.snapshot(grounded.view(parse_qsl("region=150600")), sheet)
    if form == "svg":
        assert len(first) < 300_000
        (packed,) = re.findall(rb'<image id="raster-elevation-5min"[^>]*base64,([^"]+)"', first)
        assert Image.open(io.BytesIO(b64decode(packed))).size == (1270, 796)
    if form == "pdf":
        (picture,) = pypdf.PdfReader(io.BytesIO(first)).pages[0].images
        assert picture.image.size == (1764, 1105)


def test_noisy_cells_do_not_make_a_heavy_svg():
    noise = np.zeros((900, 900, 4), dtype=np.uint8)
    noise[..., 0] = np.random.default_rng(1).integers(0, 8, (900, 900)) * 30
    noise[..., 3] = 255
    assert len(encode_cells(noise)) > svg.MOST_BYTES
    picture = Cells(Box(0, 0, 100, 100), noise, 1.0, id="r")
    written = svg.paint(Scene(100, 100, "", "", (Group("raster", [picture]),)))
    assert len(written) < svg.MOST_BYTES * 1.4


def test_packed_cells_are_the_cells():
    pixels = np.random.default_rng(2).integers(0, 3, (40, 30, 4), dtype=np.uint8) * 100
    image = Image.open(io.BytesIO(encode_cells(pixels))).convert("RGBA")
    assert (np.asarray(image) == pixels).all()


def test_the_country_stands_alone_on_its_ground(grounded):
    (veil,) = group(scene(grounded, "region=100000&raster=elevation-5min"), "veil").items
    assert (veil.fill, veil.opacity) == ("#e4eef2", 1.0)


def test_a_raster_that_cannot_be_lettered_is_named(grounded, monkeypatch):
    record = replace(grounded.rasters.get("elevation-5min"), title=Text(zh="海拔🎉", en="x"))
    monkeypatch.setattr(type(grounded.rasters), "get", lambda *_: record)
    with pytest.raises(InvalidView, match=r"^raster: the character '🎉'"):
        scene(grounded, QUERY)
