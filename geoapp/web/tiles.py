"""Vector tiles (OGC API - Tiles): slices of what the build drew, TileJSON, and the archives themselves."""

import gzip
import re
from typing import Any

import orjson
from flask import Response, current_app, request

from geoapp.errors import NotFound
from geoapp.features.collections import Collection
from geoapp.features.tiles.pyramid import CODE
from geoapp.web.http.context import EXTENSION, Serving, atlas
from geoapp.web.http.responses import reply
from geoapp.web.ogc import documents
from geoapp.web.ogc.answer import Answer, Asked, asked, reply_to
from geoapp.web.ogc.items import Link, link
from geoapp.web.ogc.query import read
from geoapp.web.ogc.routes import bp, document, send

Json = dict[str, Any]
MATRIX = "WebMercatorQuad"
XYZ = "xyz"
MATRIX_URI = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
PMTILES = "application/vnd.pmtiles"
DAY = "public, max-age=86400"
NOTHING = b""


@bp.get("/collections/<name>/tiles")
def tilesets(name: str) -> Response:
    """The tile sets of a collection: one, in Web Mercator."""
    found = atlas().collections[name]
    return document(
        "tiles", lambda want, lang: {"links": _links(found, want, lang), "tilesets": [_tileset(found, want, lang)]}
    )


@bp.get(f"/collections/<name>/tiles/{MATRIX}")
def tileset(name: str) -> Response:
    """One tile set: where its tiles are, to which level."""
    found = atlas().collections[name]
    return document("tiles", lambda want, lang: _tileset(found, want, lang))


@bp.get(f"/collections/<name>/tiles/{MATRIX}/tilejson.json")
def tilejson(name: str) -> Response:
    """TileJSON 3.0, as MapLibre and QGIS read it."""
    here = atlas()
    found = here.collections[name]
    want = asked(request.environ)
    read(want.pairs, {})
    west, south, east, north = found.extent
    body = {
        "tilejson": "3.0.0",
        "name": found.info.title_zh,
        "attribution": found.vector.cited("zh") if found.vector else here.dataset.edition.attribution,
        "version": "1.0.0",
        "scheme": "xyz",
        "tiles": [_tile_url(found, want.base, "{z}/{y}/{x}")],
        "minzoom": found.tiles.min_zoom,
        "maxzoom": found.tiles.max_zoom,
        "bounds": [west, south, east, north],
        "vector_layers": [{"id": name, "fields": {each: field.words("zh") for each, field in found.fields.items()}}],
    }
    return reply(orjson.dumps(body), "application/json")


@bp.get(f"/collections/<name>/tiles/{MATRIX}/<zoom>/<row>/<col>")
@bp.get(f"/collections/<name>/tiles/{MATRIX}/<zoom>/<row>/<col>.<any(mvt,pbf):ending>")
def tile(name: str, zoom: str, row: str, col: str, ending: str = "") -> Response:
    """One tile, MVT, by row and column. An empty place is 204; a place that is none is 404."""
    serving: Serving = current_app.extensions[EXTENSION]
    want = asked(request.environ)
    return send(reply_to(tile_answer(serving, want, name, zoom, row, col), want))


@bp.get(f"/collections/<name>/tiles/{XYZ}/<zoom>/<x>/<y>")
@bp.get(f"/collections/<name>/tiles/{XYZ}/<zoom>/<x>/<y>.<any(mvt,pbf):ending>")
def xyz_tile(name: str, zoom: str, x: str, y: str, ending: str = "") -> Response:
    """The same tile in the order of web maps, column before row: GDAL and Leaflet ask so."""
    return tile(name, zoom, y, x)


@bp.get("/collections/<name>/tiles.pmtiles")
def archive(name: str) -> Response:
    """The whole archive, with ranges: a browser or QGIS reads it in place."""
    here = atlas()
    found = here.collections[name].tiles
    want = asked(request.environ)
    read(want.pairs, {})
    headers = (("Content-Disposition", f'attachment; filename="{name}.pmtiles"'),)
    return send(reply_to(Answer(PMTILES, f'"{here.version}-{CODE}-{name}"', lambda: found.body, None, headers), want))


def tile_answer(serving: Serving, want: Asked, name: str, zoom: str, row: str, col: str) -> Answer:
    """Return a tile.

    Raises:
        InvalidView: a parameter was given.
        NotFound: no such collection, or the place lies outside the levels that were drawn.
    """
    read(want.pairs, {})
    here = serving.atlas()
    found = here.collections[name].tiles
    place = tuple(_whole(text) for text in (zoom, row, col))
    level, y, x = place
    if not (found.min_zoom <= level <= found.max_zoom and y < 1 << level and x < 1 << level):
        raise NotFound(
            f"{name} has no tile {zoom}/{row}/{col}; levels are {found.min_zoom} to {found.max_zoom}, "
            "rows and columns from 0 to 2^level-1"
        )
    packed = found.tile(level, y, x)
    etag = f'"{here.version}-{CODE}-{name}-{level}-{y}-{x}"'
    if packed is None:
        return Answer(documents.TILE, etag, lambda: NOTHING, None, cache=DAY, status=204)
    return Answer(documents.TILE, etag, lambda: gzip.decompress(packed), lambda: packed, cache=DAY)


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,8}", text, re.ASCII):
        raise NotFound(f"{text!r} is not the number of a level, row or column")
    return int(text)


def _tile_url(found: Collection, base: str, place: str) -> str:
    return f"{base}/ogc/collections/{found.info.id}/tiles/{MATRIX}/{place}"


def _links(found: Collection, want: Asked, lang: str) -> list[Link]:
    url = f"{want.base}/ogc/collections/{found.info.id}"
    return [
        link(f"{url}/tiles", "self", documents.JSON, documents.WORDS["tiles"].say(lang)),
        link(f"{url}/tiles?f=html", "alternate", documents.HTML, documents.WORDS["tiles"].say(lang)),
        link(url, "collection", documents.JSON, found.info.title(lang)),
    ]


def _tileset(found: Collection, want: Asked, lang: str) -> Json:
    url, title = _tile_url(found, want.base, ""), documents.WORDS["tiles"].say(lang)
    pattern = _tile_url(found, want.base, "{tileMatrix}/{tileRow}/{tileCol}")
    return {
        "title": found.info.title(lang),
        "dataType": "vector",
        "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
        "tileMatrixSetURI": MATRIX_URI,
        "tileMatrixSetLimits": [
            {
                "tileMatrix": str(level),
                "minTileRow": 0,
                "maxTileRow": 2**level - 1,
                "minTileCol": 0,
                "maxTileCol": 2**level - 1,
            }
            for level in range(found.tiles.min_zoom, found.tiles.max_zoom + 1)
        ],
        "links": [
            link(url.rstrip("/"), "self", documents.JSON, title),
            link(f"{url.rstrip('/')}?f=html", "alternate", documents.HTML, title),
            {**link(pattern, "item", documents.TILE, title), "templated": True},
            link(f"{url}tilejson.json", "describedby", documents.JSON, "TileJSON"),
            link(f"{url.rsplit('/', 2)[0]}.pmtiles", "enclosure", PMTILES, documents.WORDS["archive"].say(lang)),
        ],
    }
