"""OGC API - Features, Part 1: landing, conformance, collections, items."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from geoapp.analysis.query import parse_bbox
from geoapp.model.phrase import Phrase
from geoapp.render.collections import Collection, Query
from geoapp.render.features import encode_collection
from geoapp.web.context import atlas, language
from geoapp.web.params import read_params, whole_number
from geoapp.web.responses import json_reply, reply

bp = Blueprint("ogc", __name__, url_prefix="/ogc")

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CONFORMANCE = [
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
]
LIMIT, MOST = 10, 10_000
GEOJSON = "application/geo+json"


def _link(path: str, rel: str, mimetype: str, title: str) -> dict[str, str]:
    return {"href": f"{request.host_url.rstrip('/')}/ogc{path}", "rel": rel, "type": mimetype, "title": title}


@bp.get("/", strict_slashes=False)
def landing() -> Response:
    """Where a client starts."""
    read_params(request.args, {})
    title = Phrase("规划图集 geoapp：开放接口").say(language())
    return json_reply(
        {
            "title": title,
            "description": Phrase("节能规划的目标、园区和项目，按行政区划组织").say(language()),
            "attribution": atlas().dataset.edition.attribution,
            "links": [
                _link("", "self", "application/json", title),
                _link("/conformance", "conformance", "application/json", "conformance classes"),
                _link("/collections", "data", "application/json", "collections"),
            ],
        }
    )


@bp.get("/conformance")
def conformance() -> Response:
    """The requirement classes this server keeps."""
    read_params(request.args, {})
    return json_reply({"conformsTo": CONFORMANCE})


@bp.get("/collections")
def collections() -> Response:
    """Every collection."""
    read_params(request.args, {})
    return json_reply(
        {
            "links": [_link("/collections", "self", "application/json", "collections")],
            "collections": [_describe(collection) for collection in atlas().collections],
        }
    )


@bp.get("/collections/<name>")
def collection(name: str) -> Response:
    """One collection: title, extent, links."""
    read_params(request.args, {})
    return json_reply(_describe(atlas().collections[name]))


@bp.get("/collections/<name>/items")
def items(name: str) -> Response:
    """Features that match, a page at a time. An unknown parameter is 400, never ignored."""
    here = atlas()
    found = here.collections[name]
    readers: dict[str, Any] = {
        "limit": whole_number(1, MOST),
        "offset": whole_number(0, 10_000_000),
        "bbox": parse_bbox,
        **dict.fromkeys(found.names, str),
    }
    params = read_params(request.args, readers)
    limit, offset = params.pop("limit", LIMIT), params.pop("offset", 0)
    bbox = params.pop("bbox", None)
    page = found.page(Query(limit=limit, offset=offset, bbox=bbox, filters=tuple(params.items())))
    members = {
        "timeStamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "numberMatched": page.matched,
        "numberReturned": len(page.features),
        "links": _page_links(name, found.info.title_zh, limit, offset, page.matched),
        "attribution": here.dataset.edition.attribution,
        "usage_notice": here.dataset.edition.usage_notice,
        "data_version": here.version,
    }
    tag = f"{here.version}-{request.query_string.hex()[-40:]}-{name}"
    return reply(encode_collection(page.features, members), GEOJSON, etag=tag)


@bp.get("/collections/<name>/items/<identifier>")
def item(name: str, identifier: str) -> Response:
    """One feature."""
    read_params(request.args, {})
    here = atlas()
    body = here.collections[name].item(identifier)
    path = f"/collections/{name}"
    links = [
        _link(f"{path}/items/{identifier}", "self", GEOJSON, identifier),
        _link(path, "collection", "application/json", name),
    ]
    linked = body[:-1] + b',"links":' + json_reply(links).get_data() + b"}"
    return reply(linked, GEOJSON)


def _page_links(name: str, title: str, limit: int, offset: int, matched: int) -> list[dict[str, str]]:
    kept = [(key, text) for key, text in request.args.items() if key not in ("limit", "offset")]

    def to(start: int, rel: str) -> dict[str, str]:
        query = urlencode([*kept, ("limit", limit), ("offset", start)])
        return _link(f"/collections/{name}/items?{query}", rel, GEOJSON, title)

    links = [to(offset, "self"), _link(f"/collections/{name}", "collection", "application/json", title)]
    if offset + limit < matched:
        links.append(to(offset + limit, "next"))
    if offset > 0:
        links.append(to(max(0, offset - limit), "prev"))
    return links


def _describe(collection: Collection) -> dict[str, Any]:
    info = collection.info
    title = info.title_en if language() == "en" else info.title_zh
    path = f"/collections/{info.id}"
    return {
        "id": info.id,
        "title": title,
        "description": f"{info.title_zh} / {info.title_en}",
        "itemType": "feature",
        "extent": {"spatial": {"bbox": [list(collection.extent)], "crs": CRS84}},
        "crs": [CRS84],
        "storageCrs": CRS84,
        "links": [
            _link(path, "self", "application/json", title),
            _link(f"{path}/items", "items", GEOJSON, title),
        ],
    }
