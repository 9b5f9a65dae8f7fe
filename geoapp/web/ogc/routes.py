"""The URLs under ``/ogc``. Each document has two forms, JSON and a page, chosen by ``f`` or Accept."""

import json
from collections.abc import Callable
from typing import Any

import orjson
from flask import Blueprint, Response, current_app, render_template, request

from geoapp.errors import NotAcceptable
from geoapp.web.http.context import EXTENSION, Serving, atlas
from geoapp.web.http.responses import reply
from geoapp.web.ogc import documents, items
from geoapp.web.ogc.answer import Asked, Reply, asked, choose, reply_to
from geoapp.web.ogc.openapi import definition
from geoapp.web.ogc.query import DOCUMENT, read

bp = Blueprint("ogc", __name__, url_prefix="/ogc")
Json = dict[str, Any]
OPENAPI_TYPES = (documents.OPENAPI.split(";")[0], "application/json")
SCHEMA_TYPES = (documents.SCHEMA, "application/json")


@bp.get("")
@bp.get("/")
def landing() -> Response:
    """Where a client starts."""
    return document("landing", lambda want, lang: documents.landing(atlas().dataset, want.base, want.query, lang))


@bp.get("/conformance")
def conformance() -> Response:
    """The requirement classes this server keeps."""
    return document("conformance", lambda want, lang: documents.conformance(want.base, want.query, lang))


@bp.get("/api")
def api() -> Response:
    """The OpenAPI definition, complete in itself."""
    return document("api", lambda want, lang: definition(atlas(), want.base, lang), documents.OPENAPI, OPENAPI_TYPES)


@bp.get("/collections")
def collections() -> Response:
    """Every collection."""
    here = atlas().collections
    return document("collections", lambda want, lang: documents.collections(here, want.base, want.query, lang))


@bp.get("/collections/<name>")
def collection(name: str) -> Response:
    """One collection: title, extent, links."""
    found = atlas().collections[name]
    return document("collection", lambda want, lang: documents.collection(found, want.base, want.query, lang))


@bp.get("/collections/<name>/queryables")
def queryables(name: str) -> Response:
    """What can be asked for by name and in filters."""
    found = atlas().collections[name]
    return document(
        "schema", lambda want, lang: documents.queryables(found, want.base, lang), documents.SCHEMA, SCHEMA_TYPES
    )


@bp.get("/collections/<name>/schema")
def schema(name: str) -> Response:
    """What a feature's properties are."""
    found = atlas().collections[name]
    return document(
        "schema", lambda want, lang: documents.schema(found, want.base, lang), documents.SCHEMA, SCHEMA_TYPES
    )


@bp.get("/collections/<name>/items")
def collection_items(name: str) -> Response:
    """Features that match, a page at a time."""
    serving: Serving = current_app.extensions[EXTENSION]
    want = asked(request.environ)
    answer, asked_for = items.page(serving, name, want)
    if _form(want, asked_for.form, items.GEOJSON_TYPES) == "json":
        return send(reply_to(answer, want))
    found = atlas().collections[name]
    body = json.loads(bytes(answer.plain()))
    lang = asked_for.lang
    about = {"name": name, "title": found.info.title(lang), "fields": found.fields, "shown": asked_for.names}
    return _page("items", body, lang, **about)


@bp.get("/collections/<name>/items/<identifier>")
def collection_item(name: str, identifier: str) -> Response:
    """One feature."""
    serving: Serving = current_app.extensions[EXTENSION]
    want = asked(request.environ)
    answer, values = items.item(serving, name, identifier, want)
    if _form(want, values.get("f"), items.GEOJSON_TYPES) == "json":
        return send(reply_to(answer, want))
    fields = atlas().collections[name].fields
    return _page("item", json.loads(bytes(answer.plain())), values.get("lang", "zh"), name=name, fields=fields)


def document(
    template: str,
    make: Callable[[Asked, str], Json],
    mimetype: str = documents.JSON,
    accepted: tuple[str, ...] = (documents.JSON,),
) -> Response:
    """Return a document as JSON, or as the page of a template."""
    want = asked(request.environ)
    values = read(want.pairs, DOCUMENT)
    lang = values.get("lang", "zh")
    body = make(want, lang)
    if _form(want, values.get("f"), accepted) == "html":
        return _page(template, body, lang)
    response = reply(orjson.dumps(body), mimetype.split(";", maxsplit=1)[0])
    response.headers["Content-Type"] = mimetype
    response.headers["Vary"] = "Accept, Accept-Encoding"
    return response


def _form(want: Asked, given: str | None, accepted: tuple[str, ...]) -> str:
    form = choose(want.accept, given, accepted)
    if form is None:
        known = ", ".join((*accepted, documents.HTML))
        raise NotAcceptable(f"{want.accept!r} is not served at {want.path}; it comes as {known}")
    return form


def _page(template: str, body: Json, lang: str, **more: Any) -> Response:
    page = render_template(f"ogc/{template}.html", doc=body, lang=lang, **more)
    response = reply(page.encode(), documents.HTML)
    response.headers["Vary"] = "Accept, Accept-Encoding"
    return response


def send(ready: Reply) -> Response:
    """Return a ready reply through Flask."""
    serving: Serving = current_app.extensions[EXTENSION]
    response = Response(serving.sending.out(ready.body), status=ready.status)
    response.headers.clear()
    response.headers.extend(ready.headers)
    return response
