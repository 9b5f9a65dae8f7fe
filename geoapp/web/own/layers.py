"""``/layers``: a reader's own points and shapes are taken, looked at, forgotten; views show them as ``own:<id>``."""

import datetime
from collections.abc import Mapping
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from geoapp.atlas import Atlas
from geoapp.errors import NoRoom, UnreadableTable
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.region import Adcode, Level
from geoapp.model.vector import OWN, VectorFeature, VectorLayer
from geoapp.model.view import View
from geoapp.owndata.places import CHINA_TIME, Asked
from geoapp.owndata.reading.refused import refusal
from geoapp.owndata.reading.sheet import MOST_BYTES
from geoapp.vector.redraw import Drawing
from geoapp.web.http.addresses import at
from geoapp.web.http.context import atlas, language
from geoapp.web.http.params import read_params
from geoapp.web.http.responses import json_reply, reply
from geoapp.web.own.access import require_on, require_own_site, require_token
from geoapp.web.own.layer_page import counted, own_layer_page
from geoapp.web.own.tables import FORM, FULL, safe_name
from geoapp.web.reading.pages import LANGUAGE, link

bp = Blueprint("own_layers", __name__)
Json = dict[str, Any]
OPTIONS = ("datum", "lon", "lat", "sheet", "layer", "crs", "encoding", "name", "kind", "amount", "unit")
DRAWN = ("name", "kind", "amount", "unit")
NO_DRAWING = Phrase('请求内容不对：应为 JSON，例如 {{"kind": "类别", "amount": "规模"}}；可用 {known}')
NOTHING = Phrase("请求里没有文件：请用 multipart/form-data 的 file 字段")
LONGEST = 80


@bp.before_request
def _may() -> None:
    require_on()
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        require_own_site()
        require_token()
    request.max_content_length = MOST_BYTES + FORM


@bp.post("/layers")
def take() -> BaseResponse:
    """Take a file: 201 with its layer and how many lie in which county; a browser's form is led to its map."""
    read_params(request.args, LANGUAGE)
    if (size := request.content_length or 0) > MOST_BYTES + FORM:  # before any of it is read
        raise refusal("bytes", "POST /layers", count=f"{size / 2**20:.1f}", most=MOST_BYTES // 2**20)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise UnreadableTable(NOTHING)
    here = atlas()
    asked = Asked(**{name: request.form.get(name, "").strip()[:LONGEST] for name in OPTIONS})
    with closing(file):  # a large one lies on disk till then
        data = file.read()
    try:
        layer = here.places.take(data, safe_name(Path(file.filename).name), asked, here.counties)
    except OSError:
        raise NoRoom(FULL) from None
    if _wants_page():
        return redirect(at("/") + f"?{_view(here, layer).query()}", HTTPStatus.SEE_OTHER)
    response = json_reply(_json(here, layer), status=201)
    response.headers["Location"] = at(f"/layers/{layer.id.removeprefix(OWN)}")
    return response


@bp.get("/layers/<identifier>")
def show(identifier: str) -> Response:
    """A layer: what it holds, and how many of it lie in which county; to a browser as a page."""
    if _wants_page():
        here = atlas()
        here.places.expires(f"{OWN}{identifier}")
        return reply(render_template("own_layer.html", page=_page(here, identifier)).encode(), "text/html")
    return show_json(identifier)


@bp.get("/layers/<identifier>.json")
def show_json(identifier: str) -> Response:
    """The same for programs."""
    read_params(request.args, LANGUAGE)
    here = atlas()
    here.places.expires(f"{OWN}{identifier}")  # says where to upload again, when it is gone
    return json_reply(_json(here, here.places.get(f"{OWN}{identifier}")))


@bp.patch("/layers/<identifier>")
def draw(identifier: str) -> Response:
    """Let other columns name, tell apart and size the symbols: JSON with ``name``, ``kind``, ``amount``, ``unit``."""
    read_params(request.args, LANGUAGE)
    given = request.get_json(force=True, silent=True)
    if not isinstance(given, dict) or set(given) - set(DRAWN) or not all(isinstance(v, str) for v in given.values()):
        raise UnreadableTable(Phrase(NO_DRAWING.text, {"known": ", ".join(DRAWN)}))
    here = atlas()
    known = here.places.drawing(f"{OWN}{identifier}")
    kept = {name: getattr(known, name) for name in DRAWN}
    _redraw(here, identifier, kept | given)
    return json_reply(_json(here, here.places.get(f"{OWN}{identifier}")))


@bp.post("/layers/<identifier>")
def draw_from_page(identifier: str) -> BaseResponse:
    """The same from the page's form."""
    _redraw(atlas(), identifier, {name: request.form.get(name, "") for name in DRAWN})
    return redirect(link(f"/layers/{identifier}"), HTTPStatus.SEE_OTHER)


@bp.post("/layers/<identifier>/forget")
def forget_from_page(identifier: str) -> BaseResponse:
    """Forget a layer at once, from the page's form."""
    atlas().places.forget(f"{OWN}{identifier}")
    return redirect(link("/table"), HTTPStatus.SEE_OTHER)


@bp.delete("/layers/<identifier>")
def forget(identifier: str) -> Response:
    """Forget a layer at once."""
    read_params(request.args, LANGUAGE)
    atlas().places.forget(f"{OWN}{identifier}")
    return Response(status=204)


def _wants_page() -> bool:
    """Say whether a browser asks; a program that accepts anything gets JSON."""
    return request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"


def _redraw(here: Atlas, identifier: str, drawn: Mapping[str, str]) -> None:
    name, kind, amount, unit = (drawn[each].strip()[:LONGEST] for each in DRAWN)
    drawing = Drawing(name=name, kind=kind, amount=amount, unit=unit)
    try:
        here.places.redraw(f"{OWN}{identifier}", drawing)
    except OSError:
        raise NoRoom(FULL) from None


def _json(here: Atlas, layer: VectorLayer) -> Json:
    features, lang = here.places.features(layer.id), language()
    drawing = here.places.drawing(layer.id)
    return {
        "id": layer.id.removeprefix(OWN),
        "layer": layer.id,
        "expires": _expires(here, layer).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": layer.title.get(lang),
        "shape": layer.shape,
        "rows": layer.rows,
        "outside": list(layer.outside),
        "columns": [{"name": each.name, "title": each.title.get(lang), "type": each.type} for each in layer.columns],
        "drawn": {name: getattr(drawing, name) for name in DRAWN},
        "cited": layer.cited(lang),
        "regions": counted(layer, features, here.faces(lang).gazetteer),
        "view": Address(f"/?{_view(here, layer).query()}"),
        "page": Address(f"/layers/{layer.id.removeprefix(OWN)}"),
    }


def _page(here: Atlas, identifier: str) -> Json:
    layer = here.places.get(f"{OWN}{identifier}")
    features, names = here.places.features(layer.id), here.faces(language()).gazetteer
    expires = _expires(here, layer).astimezone(CHINA_TIME).strftime("%Y-%m-%d %H:%M")
    return own_layer_page(layer, features, here.places.drawing(layer.id), _view(here, layer), names, expires)


def _expires(here: Atlas, layer: VectorLayer) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(here.places.expires(layer.id), datetime.UTC)


def _view(here: Atlas, layer: VectorLayer) -> View:
    """Return the view that shows a layer alone: the smallest division that holds all of it."""
    features: list[VectorFeature] = list(here.places.features(layer.id))
    lines = [
        [*reversed([each.adcode for each in here.gazetteer.parents(code)]), code]
        for code in {feature.adcode for feature in features if feature.adcode}
    ]
    common = [steps[0] for steps in zip(*lines, strict=False) if len(set(steps)) == 1] if lines else []
    region = here.region(common[-1]) if common and not layer.outside else here.region("100000")
    if region.level is Level.COUNTY and region.parent:
        region = here.region(region.parent)
    pairs = [("region", Adcode(region.adcode)), ("layers", layer.id), ("fill", "none"), ("lang", language())]
    return here.view(pairs)
