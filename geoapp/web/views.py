"""A view's other faces: JSON for the map, files for colleagues."""

from flask import Blueprint, Response, request

from geoapp.web.context import atlas
from geoapp.web.responses import json_reply, reply

bp = Blueprint("views", __name__)


@bp.get("/view.json")
def as_json() -> Response:
    """What the view resolved to: title, legend, values by code, points, sources, data version."""
    here = atlas()
    return json_reply(here.view_json(here.view(request.args.items(multi=True))))


@bp.get("/view.geojson")
def as_geojson() -> Response:
    """Exactly the features in the view."""
    here = atlas()
    view = here.view(request.args.items(multi=True))
    response = reply(here.view_geojson(view), "application/geo+json")
    response.headers["Content-Disposition"] = f'attachment; filename="geoapp-{view.region}-{view.year}.geojson"'
    return response
