"""``/layers``: a reader's own points and shapes are taken, looked at, forgotten; views show them as ``own:<id>``."""

import datetime
from collections import Counter
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from geoapp.atlas import Atlas
from geoapp.errors import NoRoom, UnreadableTable
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.region import Adcode, Level
from geoapp.model.vector import OWN, VectorFeature, VectorLayer
from geoapp.model.view import View
from geoapp.owndata.places import Asked
from geoapp.owndata.reading.sheet import MOST_BYTES
from geoapp.web.http.addresses import at
from geoapp.web.http.context import atlas, language
from geoapp.web.http.params import read_params
from geoapp.web.http.responses import json_reply
from geoapp.web.own.access import require_on, require_own_site
from geoapp.web.own.tables import FORM, FULL, safe_name
from geoapp.web.reading.pages import LANGUAGE

bp = Blueprint("own_layers", __name__)
Json = dict[str, Any]
OPTIONS = ("datum", "lon", "lat", "sheet", "layer", "crs", "encoding", "name", "kind", "amount", "unit")
NOTHING = Phrase("请求里没有文件：请用 multipart/form-data 的 file 字段")
LONGEST = 80


@bp.before_request
def _may() -> None:
    require_on()
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        require_own_site()
    request.max_content_length = MOST_BYTES + FORM


@bp.post("/layers")
def take() -> BaseResponse:
    """Take a file: 201 with its layer and how many lie in which county; a browser's form is led to its map."""
    read_params(request.args, LANGUAGE)
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
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html":
        return redirect(at("/") + f"?{_view(here, layer).query()}", HTTPStatus.SEE_OTHER)
    response = json_reply(_json(here, layer), status=201)
    response.headers["Location"] = at(f"/layers/{layer.id.removeprefix(OWN)}")
    return response


@bp.get("/layers/<identifier>")
def show(identifier: str) -> Response:
    """A layer: what it holds, and how many of it lie in which county."""
    read_params(request.args, LANGUAGE)
    here = atlas()
    here.places.expires(f"{OWN}{identifier}")  # says where to upload again, when it is gone
    return json_reply(_json(here, here.places.get(f"{OWN}{identifier}")))


@bp.delete("/layers/<identifier>")
def forget(identifier: str) -> Response:
    """Forget a layer at once."""
    read_params(request.args, LANGUAGE)
    atlas().places.forget(f"{OWN}{identifier}")
    return Response(status=204)


def _json(here: Atlas, layer: VectorLayer) -> Json:
    features, lang = here.places.features(layer.id), language()
    expires = datetime.datetime.fromtimestamp(here.places.expires(layer.id), datetime.UTC)
    return {
        "id": layer.id.removeprefix(OWN),
        "layer": layer.id,
        "expires": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": layer.title.get(lang),
        "shape": layer.shape,
        "rows": layer.rows,
        "outside": list(layer.outside),
        "columns": [{"name": each.name, "title": each.title.get(lang), "type": each.type} for each in layer.columns],
        "cited": layer.cited(lang),
        "regions": _regions(here, layer, features),
        "view": Address(f"/?{_view(here, layer).query()}"),
    }


def _regions(here: Atlas, layer: VectorLayer, features: Any) -> list[Json]:
    """Return, for each county with features, how many there are and what their amounts add up to, most first."""
    counts: Counter[str] = Counter()
    amounts: dict[str, float] = {}
    for feature in features:
        counts[feature.adcode] += 1
        amounts[feature.adcode] = amounts.get(feature.adcode, 0.0) + (feature.amount(layer) or 0.0)
    names = here.faces(language()).gazetteer
    return [
        {
            "adcode": code,
            "name": names[code].name,
            "count": count,
            **({"amount": round(amounts[code], 6)} if layer.amount else {}),
        }
        for code, count in counts.most_common()
        if code
    ]


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
