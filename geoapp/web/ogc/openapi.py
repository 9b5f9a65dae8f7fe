"""The OpenAPI 3.0 definition of ``/ogc``: complete in itself, and no looser than the server."""

from typing import Any

from geoapp import __version__
from geoapp.atlas import Atlas
from geoapp.features.collections import Collection
from geoapp.features.crs import CRS84, SYSTEMS
from geoapp.features.fields import Field
from geoapp.model.phrase import Phrase
from geoapp.web.ogc import documents, schemas
from geoapp.web.ogc.items import GEOJSON
from geoapp.web.ogc.query import FARTHEST, FILTER_LANGUAGES, LIMIT, MOST

Json = dict[str, Any]
NUMBER = r"-?[0-9]{1,2}(\.[0-9]{1,6})?"


def definition(here: Atlas, base: str, lang: str) -> Json:
    """Return the definition. Each collection has paths of its own, since each has properties of its own."""
    paths: Json = {
        "/": _get("getLandingPage", documents.TITLE, "LandingPage", lang),
        "/conformance": _get("getConformance", documents.WORDS["conformance"], "Conformance", lang),
        "/api": _get("getApi", documents.WORDS["api"], "Any", lang, documents.OPENAPI),
        "/collections": _get("getCollections", documents.WORDS["collections"], "Collections", lang),
    }
    components = dict(schemas.COMPONENTS)
    for found in here.collections:
        paths |= _collection_paths(found, lang)
        components |= schemas.features_of(found.info.id.capitalize(), found.fields.values(), lang)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": documents.TITLE.say(lang),
            "version": __version__,
            "description": Phrase("节能规划的目标、园区和项目，按行政区划组织").say(lang),
            "license": {"name": here.dataset.edition.usage_notice},
        },
        "servers": [{"url": f"{base}/ogc"}],
        "paths": paths,
        "components": {"schemas": components, "parameters": _common(), "responses": _responses()},
    }


def _collection_paths(found: Collection, lang: str) -> Json:
    name = found.info.id
    title = Phrase("{collection}", {"collection": found.info.title(lang)})
    camel = name.capitalize()
    path = f"/collections/{name}"
    identifiers = found.fields.get("id") or found.fields["adcode"]
    item = _get(f"get{camel}Item", title, f"{camel}Feature", lang, GEOJSON, missing=True)
    item["get"]["parameters"] += [_ref("crs"), _identifier(found, identifiers)]
    items = _get(f"get{camel}Items", title, f"{camel}Page", lang, GEOJSON, paged=True)
    items["get"]["parameters"] += _item_parameters(found, lang)
    return {
        path: _get(f"describe{camel}", title, "Collection", lang),
        f"{path}/queryables": _get(f"get{camel}Queryables", title, "Schema", lang, documents.SCHEMA),
        f"{path}/schema": _get(f"get{camel}Schema", title, "Schema", lang, documents.SCHEMA),
        f"{path}/items": items,
        f"{path}/items/{{featureId}}": item,
        **_tile_paths(found, title, lang),
    }


def _tile_paths(found: Collection, title: Phrase, lang: str) -> Json:
    name, camel = found.info.id, found.info.id.capitalize()
    path = f"/collections/{name}/tiles"
    tile = _get(f"get{camel}Tile", title, "Binary", lang, documents.TILE, missing=True, html=False)
    tile["get"]["parameters"] = [_ref("tileMatrix"), _ref("tileRow"), _ref("tileCol")]
    tile["get"]["responses"]["204"] = {"description": "the tile is empty"}
    tilejson = _get(f"get{camel}TileJson", title, "Any", lang, html=False)
    tilejson["get"]["parameters"] = []
    return {
        path: _get(f"get{camel}Tilesets", title, "Any", lang),
        f"{path}/WebMercatorQuad": _get(f"get{camel}Tileset", title, "Any", lang),
        f"{path}/WebMercatorQuad/tilejson.json": tilejson,
        f"{path}/WebMercatorQuad/{{tileMatrix}}/{{tileRow}}/{{tileCol}}": tile,
    }


def _get(
    operation: str,
    title: Phrase,
    schema: str,
    lang: str,
    mimetype: str = documents.JSON,
    *,
    missing: bool = False,
    paged: bool = False,
    html: bool = True,
) -> Json:
    content: Json = {mimetype: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    if html:
        content["text/html"] = {"schema": {"type": "string"}}
    responses: Json = {
        "200": {"description": "OK", "content": content},
        "400": {"$ref": "#/components/responses/BadRequest"},
        "406": {"$ref": "#/components/responses/NotAcceptable"},
        "405": {"$ref": "#/components/responses/NotAllowed"},
    }
    if missing:
        responses["404"] = {"$ref": "#/components/responses/NotFound"}
    if paged:
        responses["409"] = {"$ref": "#/components/responses/Outdated"}
    return {
        "get": {
            "operationId": operation,
            "summary": title.say(lang),
            "parameters": [_ref("f"), _ref("lang")],
            "responses": responses,
        }
    }


def _item_parameters(found: Collection, lang: str) -> list[Json]:
    names = list(found.fields)
    sortable = [name for name, field in found.fields.items() if field.type != "array"]
    one = "|".join(sortable)
    own = [
        _query("filter", {"type": "string", "pattern": filter_pattern(found), "minLength": 1}, schemas.FILTER_WORDS),
        _query("sortby", {"type": "string", "pattern": f"^[+-]?({one})$"}, schemas.SORT_WORDS),
        _query("properties", {"type": "string", "pattern": f"^({'|'.join(names)})$"}, schemas.PROPERTIES_WORDS),
    ]
    shared = ["limit", "offset", "bbox", "bbox-crs", "crs", "datetime", "filter-lang", "filter-crs", "data_version"]
    return [*(_ref(name) for name in shared), *own, *(_property(field, lang) for field in found.fields.values())]


def filter_pattern(found: Collection) -> str:
    """Return a pattern of comparisons joined by AND and OR; the server reads all of CQL2 besides."""
    texts = "|".join(name for name, field in found.fields.items() if field.type == "string")
    numbers = "|".join(name for name, field in found.fields.items() if field.type in ("number", "integer"))
    text = rf"({texts}) (=|<>|<|>|LIKE) '[a-z0-9%-]{{0,12}}'"
    number = rf"({numbers}) (=|<>|<|<=|>|>=) -?[0-9]{{1,4}}(\.[0-9]{{1,3}})?"
    comparison = f"({text}|{number})" if numbers else text
    return f"^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|{comparison}( (AND|OR) {comparison}){{0,3}})$"


def _property(field: Field, lang: str) -> Json:
    described = {key: value for key, value in field.schema(lang).items() if key != "title"}
    if field.type == "array":
        described = {"type": "string"}
    if field.type == "integer":
        described |= {"minimum": -999_999_999, "maximum": 999_999_999}
    return _query(field.name, described, field.words(lang))


def _identifier(found: Collection, field: Field) -> Json:
    described: Json = {"type": "string", "minLength": 1}
    if field.pattern:
        described["pattern"] = field.pattern
    return {
        "name": "featureId",
        "in": "path",
        "required": True,
        "schema": described,
        "example": found.records[0].id if found.records else "",
    }


def _query(name: str, schema: Json, description: str) -> Json:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/parameters/{name}"}


def _common() -> Json:
    systems = list(SYSTEMS)
    whole = {"type": "integer", "minimum": 0, "maximum": 33_554_431}
    found = {
        "f": _query("f", {"type": "string", "enum": ["json", "html"]}, "form of the answer"),
        "lang": _query("lang", {"type": "string", "enum": ["zh", "en"], "default": "zh"}, "language of titles"),
        "limit": _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}, "page size"),
        "offset": _query("offset", {"type": "integer", "minimum": 0, "maximum": FARTHEST, "default": 0}, "start"),
        "bbox": _query("bbox", schemas.BBOX, schemas.BBOX_WORDS) | {"style": "form", "explode": False},
        "bbox-crs": _query("bbox-crs", {"type": "string", "enum": systems, "default": CRS84}, "system of bbox"),
        "crs": _query("crs", {"type": "string", "enum": systems, "default": CRS84}, "system of coordinates"),
        "datetime": _query("datetime", {"type": "string", "pattern": schemas.DATETIME}, schemas.DATETIME_WORDS),
        "filter-lang": _query(
            "filter-lang",
            {"type": "string", "enum": list(FILTER_LANGUAGES), "default": "cql2-text"},
            "form of filter",
        ),
        "filter-crs": _query(
            "filter-crs", {"type": "string", "enum": systems, "default": CRS84}, "system of shapes in filter"
        ),
        "data_version": _query(
            "data_version", {"type": "string", "pattern": "^[0-9a-f]{12}$"}, "build in which paging began"
        ),
    }
    for name in ("tileMatrix", "tileRow", "tileCol"):
        found[name] = {"name": name, "in": "path", "required": True, "schema": whole}
    found["tileMatrix"]["schema"] = {"type": "integer", "minimum": 0, "maximum": 24}
    return found


def _responses() -> Json:
    problem = {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
        "text/html": {"schema": {"type": "string"}},  # a browser that meets an error sees a page
    }
    words = {
        "BadRequest": "a parameter is unknown or unusable; errors names it",
        "NotFound": "there is no such feature; detail says what exists",
        "NotAllowed": "only GET, HEAD and OPTIONS are possible",
        "NotAcceptable": "none of the accepted forms exists",
        "Outdated": "the build in which paging began is no longer kept",
    }
    return {name: {"description": text, "content": problem} for name, text in words.items()}
