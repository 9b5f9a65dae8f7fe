"""The documents around the items: landing page, conformance, collections, queryables, schemas."""

from typing import Any

from geoapp.features.collections import Collection, Collections
from geoapp.features.crs import CRS84, SYSTEMS
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.web.ogc.items import GEOJSON, Link, link

Json = dict[str, Any]
JSON, HTML, SCHEMA = "application/json", "text/html", "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
TILE = "application/vnd.mapbox-vector-tile"
TILES_REL = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
QUERYABLES_REL = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
SCHEMA_REL = "http://www.opengis.net/def/rel/ogc/1.0/schema"
_SPEC = "http://www.opengis.net/spec"
CONFORMANCE = [
    *(f"{_SPEC}/ogcapi-common-1/1.0/conf/{each}" for each in ("core", "landing-page", "json", "html", "oas30")),
    f"{_SPEC}/ogcapi-common-2/1.0/conf/collections",
    *(f"{_SPEC}/ogcapi-features-1/1.0/conf/{each}" for each in ("core", "oas30", "html", "geojson")),
    f"{_SPEC}/ogcapi-features-2/1.0/conf/crs",
    *(
        f"{_SPEC}/ogcapi-features-3/1.0/conf/{each}"
        for each in ("queryables", "queryables-query-parameters", "filter", "features-filter")
    ),
    f"{_SPEC}/ogcapi-features-5/1.0/conf/schemas",
    *(
        f"{_SPEC}/cql2/1.0/conf/{each}"
        for each in (
            "cql2-text",
            "cql2-json",
            "basic-cql2",
            "advanced-comparison-operators",
            "case-insensitive-comparison",
            "basic-spatial-functions",
            "basic-spatial-functions-plus",
            "spatial-functions",
            "array-functions",
            "property-property",
            "arithmetic",
        )
    ),
    *(f"{_SPEC}/ogcapi-tiles-1/1.0/conf/{each}" for each in ("core", "tileset", "mvt")),
]
TITLE = Phrase("规划图集 geoapp：开放接口")
WORDS = {
    "conformance": Phrase("遵循的规范"),
    "collections": Phrase("数据集"),
    "api": Phrase("接口定义（OpenAPI 3.0）"),
    "api_page": Phrase("接口说明"),
    "items": Phrase("要素"),
    "queryables": Phrase("可查询的属性"),
    "schema": Phrase("属性定义"),
    "tiles": Phrase("矢量瓦片"),
    "archive": Phrase("全部矢量瓦片（PMTiles）"),
}


def self_links(url: str, query: str, title: str, mimetype: str = JSON) -> list[Link]:
    """Return a document's links to itself and to its HTML twin."""
    return [
        link(url + (f"?{query}" if query else ""), "self", mimetype, title),
        link(f"{url}?f=html", "alternate", HTML, title),
    ]


def landing(dataset: Dataset, base: str, query: str, lang: str) -> Json:
    """Where a client starts."""
    url, title = f"{base}/ogc", TITLE.say(lang)
    return {
        "title": title,
        "description": Phrase("节能规划的目标、园区和项目，按行政区划组织").say(lang),
        "attribution": dataset.edition.attribution_en if lang == "en" else dataset.edition.attribution,
        "links": [
            *self_links(url, query, title),
            link(f"{url}/api", "service-desc", OPENAPI, WORDS["api"].say(lang)),
            link(f"{url}/api?f=html", "service-doc", HTML, WORDS["api_page"].say(lang)),
            link(f"{url}/conformance", "conformance", JSON, WORDS["conformance"].say(lang)),
            link(f"{url}/collections", "data", JSON, WORDS["collections"].say(lang)),
        ],
    }


def conformance(base: str, query: str, lang: str) -> Json:
    """The requirement classes this server keeps."""
    links = self_links(f"{base}/ogc/conformance", query, WORDS["conformance"].say(lang))
    return {"links": links, "conformsTo": CONFORMANCE}


def collections(found: Collections, base: str, query: str, lang: str) -> Json:
    """Every collection."""
    return {
        "links": self_links(f"{base}/ogc/collections", query, WORDS["collections"].say(lang)),
        "crs": list(SYSTEMS),
        "collections": [collection(each, base, "", lang) for each in found],
    }


def collection(found: Collection, base: str, query: str, lang: str) -> Json:
    """One collection: title, extent, links."""
    info = found.info
    title = info.title(lang)
    url = f"{base}/ogc/collections/{info.id}"
    extent: Json = {"spatial": {"bbox": [list(found.extent)], "crs": CRS84}}
    if found.years:
        first, last = found.years
        interval = [f"{first}-01-01T00:00:00Z", f"{last}-12-31T23:59:59Z"]
        extent["temporal"] = {
            "interval": [interval],
            "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
        }
    return {
        "id": info.id,
        "title": title,
        "description": f"{info.title_zh} / {info.title_en}",
        **_rights(found, lang),
        "itemType": "feature",
        "extent": extent,
        "crs": list(SYSTEMS),
        "storageCrs": CRS84,
        "numberOfItems": len(found),
        "links": [
            *self_links(url, query, title),
            link(f"{url}/items", "items", GEOJSON, WORDS["items"].say(lang)),
            link(f"{url}/items?f=html", "items", HTML, WORDS["items"].say(lang)),
            link(f"{url}/queryables", QUERYABLES_REL, SCHEMA, WORDS["queryables"].say(lang)),
            link(f"{url}/schema", SCHEMA_REL, SCHEMA, WORDS["schema"].say(lang)),
            link(f"{url}/tiles", TILES_REL, JSON, WORDS["tiles"].say(lang)),
            link(f"{url}/tiles.pmtiles", "enclosure", "application/vnd.pmtiles", WORDS["archive"].say(lang)),
        ],
    }


def _rights(found: Collection, lang: str) -> Json:
    """Return whose data a published vector layer is; what is ours has no members of its own."""
    layer = found.vector
    if layer is None:
        return {}
    return {"attribution": layer.cited(lang), "license": layer.licence, "note": layer.note.get(lang)}


def queryables(found: Collection, base: str, lang: str) -> Json:
    """What can be asked for by name and in filters (Part 3), as JSON Schema."""
    properties = {name: field.schema(lang) for name, field in found.fields.items()}
    return _schema(found, f"{base}/ogc/collections/{found.info.id}/queryables", properties, lang)


def schema(found: Collection, base: str, lang: str) -> Json:
    """What a feature's properties are (Part 5), as JSON Schema."""
    properties = {}
    for name, field in found.fields.items():
        described = field.schema(lang)
        if field.nullable:
            described["type"] = [described["type"], "null"]
            if "enum" in described:
                described["enum"] = [*described["enum"], None]
        properties[name] = described
    identifier = "id" if "id" in properties else "adcode"
    properties[identifier] = {**properties[identifier], "x-ogc-role": "id"}
    return _schema(found, f"{base}/ogc/collections/{found.info.id}/schema", properties, lang)


def _schema(found: Collection, url: str, properties: Json, lang: str) -> Json:
    geometry = {"point": "point", "line": "any", "polygon": "multipolygon"}[found.info.geometry]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": url,
        "type": "object",
        "title": found.info.title(lang),
        "properties": {
            **properties,
            "geometry": {
                "title": Phrase("几何").say(lang),
                "x-ogc-role": "primary-geometry",
                "format": f"geometry-{geometry}",
            },
        },
        "additionalProperties": False,
    }
