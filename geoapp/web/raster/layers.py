"""Rasters: the list, tiles for any client, legend, point value, a piece to download, values of regions."""

import csv
import io
import math
from typing import Any

import shapely
from flask import Blueprint, Response, render_template, request

from geoapp.analysis.query import BadValue, one_of
from geoapp.atlas import Atlas
from geoapp.errors import InvalidView, Issue, NotFound
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.region import CHINA, Level
from geoapp.model.view import BBox, View
from geoapp.raster.service import COLUMNS
from geoapp.raster.zonal.indicators import SUN, SUN_ORIGIN
from geoapp.web.http.context import atlas, language
from geoapp.web.http.params import Reader, read_params, whole_number
from geoapp.web.http.responses import download_reply, json_reply, reply

bp = Blueprint("rasters", __name__)
Json = dict[str, Any]
HOUR = 3600
TITLE = Phrase("栅格图层")
LANGUAGE: dict[str, Reader] = {"lang": lambda text: one_of(text, ["zh", "en"], "language")}


@bp.get("/rasters")
def page() -> Response:
    """The list of rasters: what each is and is not, its legend, how to use it."""
    data = _list(atlas())
    return reply(render_template("rasters.html", page=data).encode(), "text/html")


@bp.get("/rasters.json")
def as_json() -> Response:
    """The list of rasters for programs."""
    read_params(request.args, LANGUAGE)
    return json_reply(_list(atlas()))


def _list(here: Atlas) -> Json:
    lang = language()
    return {
        "title": TITLE.say(lang),
        "trail": [],
        "rasters": [here.rasters.describe(record, lang) for record in here.rasters.records()],
        "sun": {
            "title": SUN_ORIGIN.title.get(lang),
            "cited": SUN_ORIGIN.cited.get(lang),
            "indicators": [{"id": each.id, "title": each.title.get(lang)} for each in SUN.values()],
        },
    }


@bp.get("/rasters/<identifier>")
def raster_page(identifier: str) -> Response:
    """One raster: what it is and is not, its legend, its source, the values of the provinces."""
    here, lang = atlas(), language()
    described = here.rasters.describe(here.rasters.get(identifier), lang)
    provinces = here.faces(language()).gazetteer.at_level(CHINA, Level.PROVINCE)
    page = render_template(
        "raster.html",
        raster=described,
        rows=here.rasters.texts(identifier, provinces, lang),
        trail_steps=[{"name": TITLE.say(lang), "url": Address("/rasters")}],
    )
    return reply(page.encode(), "text/html")


@bp.get("/rasters/<identifier>.json")
def one(identifier: str) -> Response:
    """Everything about one raster but its cells."""
    read_params(request.args, LANGUAGE)
    here = atlas()
    return json_reply(here.rasters.describe(here.rasters.get(identifier), language()))


@bp.get("/rasters/<identifier>/tiles/WebMercatorQuad/<int:z>/<int:x>/<int:y>.png")
def tile(identifier: str, z: int, x: int, y: int) -> Response:
    """A tile of 256 × 256 pixels; with ``v`` (the raster's version) it may be kept for ever."""
    here = atlas()
    params = read_params(request.args, {"v": str})
    body = here.rasters.tile(identifier, z, x, y)
    kept = params.get("v") == here.rasters.get(identifier).version
    return reply(body, "image/png", immutable=kept, max_age=HOUR)


@bp.get("/rasters/<identifier>/legend.json")
def legend(identifier: str) -> Response:
    """The colours of the tiles and what they mean."""
    read_params(request.args, LANGUAGE)
    return json_reply(atlas().rasters.legend(identifier, language()))


@bp.get("/rasters/<identifier>/point")
def point(identifier: str) -> Response:
    """The value of the cell at a point; no data is said in words and is never 0."""
    readers = {"lon": _degrees(180), "lat": _degrees(90), **LANGUAGE}
    params = read_params(request.args, readers, required=("lon", "lat"))
    return json_reply(atlas().rasters.point(identifier, params["lon"], params["lat"], language()))


@bp.get("/rasters/<identifier>/preview.png")
def preview(identifier: str) -> Response:
    """A picture of the raster in Web Mercator, fitted to a region or box."""
    here = atlas()
    side = whole_number(16, 2000)
    sizes = read_params(request.args, {"width": side, "height": side, "v": str, "region": str, "bbox": str})
    view = here.view([(name, text) for name, text in request.args.items() if name in ("region", "bbox")])
    box = _box(here, view)
    lines = _outlines(here, view)
    body = here.rasters.preview_png(identifier, box, sizes.get("width", 640), sizes.get("height", 480), lines)
    return reply(body, "image/png", max_age=HOUR)


@bp.get("/rasters/<identifier>/clip.tif")
def clip(identifier: str) -> Response:
    """The cells of a view (its ``bbox``, else its region's) as GeoTIFF with metadata."""
    here = atlas()
    view = here.view(request.args.items(multi=True))
    body = here.rasters.clip(identifier, _box(here, view))
    name = f"{here.region(view.region).name}-{identifier}.tif"
    return download_reply(body, "image/tiff; application=geotiff", name, f"{identifier}-{view.region}.tif")


def _outlines(here: Atlas, view: View) -> list[shapely.Geometry]:
    """Return borders for orientation: provinces, or a region's counties; never the country without its dash line."""
    level = Level.PROVINCE if view.region == CHINA else Level.COUNTY
    shapes = here.store.geometry(level, "lo")
    borders = [shapely.boundary(shapes[each.adcode]) for each in here.gazetteer.at_level(view.region, level)]
    return [*borders, shapely.from_geojson(here.store.lines())]


def _box(here: Atlas, view: View) -> BBox:
    box = view.bbox or here.region(view.region).bbox
    if box[0] >= box[2] or box[1] >= box[3]:
        raise InvalidView([Issue("bbox", "is empty or crosses the antimeridian", "west < east and south < north")])
    return box


@bp.get("/rasters/<identifier>/regions.<suffix>")
def regions(identifier: str, suffix: str) -> Response:
    """The values of the regions at a ``level`` ``within`` a region, as ``json`` or ``csv``."""
    here = atlas()
    if suffix not in ("json", "csv"):
        raise NotFound(f"the values of regions are not given as {suffix!r}; use .json or .csv")
    params = read_params(
        request.args,
        {
            "within": lambda text: here.region(text).adcode,
            "level": lambda text: Level(one_of(text, ["province", "prefecture", "county"], "level")),
            **LANGUAGE,
        },
    )
    asked = here.gazetteer.at_level(params.get("within", CHINA), params.get("level", Level.COUNTY))
    rows = here.rasters.table(identifier, asked)
    record = here.rasters.get(identifier)
    if suffix == "json":
        return json_reply({"raster": record.id, "unit": record.unit, "meaning": record.meaning, "regions": rows})
    file = io.StringIO()
    writer = csv.DictWriter(file, ["adcode", "name", "level", "raster", "unit", *COLUMNS], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({**row, "raster": record.id, "unit": record.unit} for row in rows)
    name = f"{record.id}-regions.csv"
    return download_reply(("\ufeff" + file.getvalue()).encode(), "text/csv; charset=utf-8", name, name)


def _degrees(most: float) -> Reader:
    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not abs(number) <= most:
            raise BadValue(f"{text!r} is not a number of degrees", f"from -{most:g} to {most:g}")
        return number

    return read
