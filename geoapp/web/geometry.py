"""Polygons for our own map: immutable, under the hash of their boundary edition."""

from flask import Blueprint, Response, request

from geoapp.analysis.query import one_of
from geoapp.errors import NotFound
from geoapp.model.region import CHINA, Level
from geoapp.web.http.context import atlas
from geoapp.web.http.params import read_params
from geoapp.web.http.responses import reply

bp = Blueprint("geometry", __name__)


@bp.get("/geo/<level>/<edition>.json")
def polygons(level: str, edition: str) -> Response:
    """The polygons of a level as TopoJSON, of the whole country or ``within`` a region."""
    here = atlas()
    if edition != here.dataset.edition.id:
        raise NotFound(f"boundary edition {edition!r} is not served; today's is {here.dataset.edition.id!r}")
    params = read_params(
        request.args,
        {
            "within": lambda text: here.region(text).adcode,
            "detail": lambda text: one_of(text, ["full", "lo"], "detail"),
        },
    )
    if level == "lines":
        return reply(here.store.lines(), "application/geo+json", immutable=True)
    if level not in ("province", "prefecture", "county"):
        raise NotFound(f"no level {level!r}; known are province, prefecture, county, lines")
    plain, packed = here.topology(Level(level), params.get("within", CHINA), params.get("detail", "lo"))
    return reply(plain, "application/json", immutable=True, packed=packed)
