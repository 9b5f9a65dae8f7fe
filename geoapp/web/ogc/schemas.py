"""Schemas of the OpenAPI definition: what the answers look like, and what parameters may be."""

from collections.abc import Iterable
from typing import Any

from geoapp.features.fields import Field

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
_REF = "#/components/schemas/"


def _object(required: list[str], **properties: Any) -> Json:
    return {"type": "object", "required": required, "properties": properties}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


LINK = {"$ref": f"{_REF}Link"}
LINKS = _list(LINK)
BBOX: Json = {
    "type": "array",
    "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
    "items": {"type": "number"},
}
BBOX_WORDS = "west,south,east,north in degrees; west greater than east crosses the antimeridian"
_DAY = r"[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
_MOMENT = rf"{_DAY}(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z)?"
DATETIME = rf"^({_MOMENT}|{_MOMENT}/\.\.|\.\./{_MOMENT}|{_MOMENT}/9999-12-31)$"
DATETIME_WORDS = "an instant or an interval (RFC 3339), .. for an open end; features know their year only"
FILTER_WORDS = (
    "a CQL2 filter, in the language that filter-lang names, else JSON where it begins with a brace. "
    "The pattern shows simple comparisons; "
    "all of CQL2's comparisons, LIKE, IN, BETWEEN, CASEI, arithmetic, array and spatial functions are read"
)
SORT_WORDS = "property to sort by, descending after a minus; several with commas; missing values come last"
PROPERTIES_WORDS = "property to give; several with commas"

COMPONENTS: Json = {
    "Any": {"type": "object"},
    "Binary": {"type": "string", "format": "binary"},
    "Link": _object(["href", "rel"], href=TEXT, rel=TEXT, type=TEXT, title=TEXT),
    "LandingPage": _object(["links"], title=TEXT, description=TEXT, attribution=TEXT, links=LINKS),
    "Conformance": _object(["conformsTo"], conformsTo=_list(TEXT), links=LINKS),
    "Collections": _object(
        ["links", "collections"], links=LINKS, crs=_list(TEXT), collections=_list({"$ref": f"{_REF}Collection"})
    ),
    "Collection": _object(
        ["id", "links"],
        id=TEXT,
        title=TEXT,
        description=TEXT,
        itemType={"type": "string", "enum": ["feature"]},
        extent={"type": "object"},
        crs=_list(TEXT),
        storageCrs=TEXT,
        numberOfItems={"type": "integer"},
        links=LINKS,
    ),
    "Schema": _object(["$id", "type", "properties"], **{"$id": TEXT, "type": TEXT, "properties": {"type": "object"}}),
    "Geometry": _object(
        ["type", "coordinates"],
        type={"type": "string", "enum": ["Point", "Polygon", "MultiPolygon"]},
        coordinates={"type": "array", "items": {}},
    ),
    "Feature": _object(
        ["type", "id", "geometry", "properties"],
        type={"type": "string", "enum": ["Feature"]},
        id=TEXT,
        geometry={"$ref": f"{_REF}Geometry"},
        properties={"type": "object"},
        links=LINKS,
    ),
    "FeatureCollection": _object(
        ["type", "features", "numberMatched", "numberReturned", "timeStamp", "links"],
        type={"type": "string", "enum": ["FeatureCollection"]},
        features=_list({"$ref": f"{_REF}Feature"}),
        numberMatched={"type": "integer", "minimum": 0},
        numberReturned={"type": "integer", "minimum": 0},
        timeStamp={"type": "string", "format": "date-time"},
        links=LINKS,
        attribution=TEXT,
        usage_notice=TEXT,
        data_version=TEXT,
    ),
    "Problem": _object(
        ["type", "title", "status", "detail", "code"],
        type=TEXT,
        code=TEXT,
        title=TEXT,
        status={"type": "integer"},
        detail=TEXT,
        instance=TEXT,
        errors=_list(_object(["parameter", "problem"], parameter=TEXT, problem=TEXT, hint=TEXT)),
    ),
}


def features_of(name: str, fields: Iterable[Field], lang: str) -> Json:
    """Return the schemas of a collection's own feature and page: the common ones with its properties."""
    properties = {field.name: _nullable(field, lang) for field in fields}
    own = {"type": "object", "additionalProperties": False, "properties": properties}
    feature = {"$ref": f"{_REF}{name}Feature"}
    return {
        f"{name}Properties": own,
        f"{name}Feature": _and("Feature", properties={"$ref": f"{_REF}{name}Properties"}),
        f"{name}Page": _and("FeatureCollection", features=_list(feature)),
    }


def _and(common: str, **own: Json) -> Json:
    return {"allOf": [{"$ref": f"{_REF}{common}"}, {"type": "object", "properties": own}]}


def _nullable(field: Field, lang: str) -> Json:
    """Return a property's schema as OpenAPI 3.0 writes it: ``nullable``, and null among the words of a list."""
    found = field.schema(lang)
    if field.nullable:
        found["nullable"] = True
        if "enum" in found:
            found["enum"] = [*found["enum"], None]
    return found
