"""Published vector layers: their pages, and the features that our own map draws, in one request a layer."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from geoapp.atlas import Atlas
from geoapp.errors import NotFound
from geoapp.model.region import CHINA
from geoapp.model.vector import OWN
from geoapp.pages.vectors import vector_page, vectors_page
from geoapp.web.http.context import atlas, language
from geoapp.web.http.params import read_params
from geoapp.web.http.responses import json_reply, reply
from geoapp.web.reading.pages import LANGUAGE

bp = Blueprint("vectors", __name__)
Json = dict[str, Any]


@bp.get("/vectors")
def layers() -> Response:
    """The published vector layers."""
    return _page("vectors.html", _all(atlas(), language()))


@bp.get("/vectors.json")
def layers_json() -> Response:
    """The same for programs."""
    read_params(request.args, LANGUAGE)
    return json_reply(_all(atlas(), language()))


@bp.get("/vectors/<identifier>")
def layer(identifier: str) -> Response:
    """One layer: whose data it is, what it says, what lies in no county."""
    return _page("vector.html", _one(atlas(), identifier, language()))


@bp.get("/vectors/<identifier>.json")
def layer_json(identifier: str) -> Response:
    """The same for programs."""
    read_params(request.args, LANGUAGE)
    return json_reply(_one(atlas(), identifier, language()))


@bp.get("/vectors/<identifier>/<version>.json")
def features(identifier: str, version: str) -> Response:
    """What our own map draws of a layer, of the whole country or ``within`` a region."""
    here = atlas()
    if version != here.version:
        raise NotFound(f"data version {version!r} is not served; today's is {here.version!r}")
    params = read_params(request.args, {"within": lambda text: here.region(text).adcode})
    if identifier.startswith(OWN):
        return reply(here.own_features(identifier, params.get("within", CHINA)), "application/json")
    plain, packed = here.vector_features(identifier, params.get("within", CHINA))
    return reply(plain, "application/json", immutable=True, packed=packed)


def _all(here: Atlas, lang: str) -> Json:
    return vectors_page(list(here.vectors.layers().values()), lang)


def _one(here: Atlas, identifier: str, lang: str) -> Json:
    found = here.vectors.get(identifier)
    return vector_page(found, here.vectors.features(identifier), lang)


def _page(template: str, page: Json) -> Response:
    return reply(render_template(template, page=page).encode(), "text/html")
