"""The siting screen as a page, and its result as JSON, GeoJSON, picture and GeoTIFF of the same query."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import Blueprint, Response, render_template, request

from geoapp.analysis.query import BadValue, one_of
from geoapp.errors import InvalidData, InvalidView, Issue, TooBusy
from geoapp.jobs.work import screen
from geoapp.model.localized_issue import localize_issue
from geoapp.model.phrase import Phrase
from geoapp.model.region import Level
from geoapp.web.http.context import atlas, language
from geoapp.web.http.heavy import heavy
from geoapp.web.http.params import Reader, read_params
from geoapp.web.http.problem_pages import HELP
from geoapp.web.http.responses import download_reply, reply
from geoapp.web.raster.siting_criteria import LAYER_ROWS, NUMBERS, OF_TYPE, ROWS, kind_of, names, spec_of
from geoapp.web.raster.siting_form import read_form

bp = Blueprint("screen", __name__)
Json = dict[str, Any]
MIMETYPES = {
    "json": "application/json",
    "geojson": "application/geo+json",
    "png": "image/png",
    "tif": "image/tiff; application=geotiff",
}
EXAMPLE = {"region": "150600", "resolution": "250", "raster1": "elevation-5min", "max1": "1300", "min_area": "50"}
"""A first question for a reader with an empty form, over a built-in layer."""


@bp.get("/screen")
def page() -> Response:
    """The form and, once a region is chosen, what is left after each criterion.

    What the form cannot use is left out and named; what makes no sense is said instead of a result.
    """
    here = atlas()
    form = read_form(request.args, here)
    told, faults, full = None, [], None
    if "region" in form.args:
        try:
            told = orjson.loads(heavy(screen, here, spec_of(form.args), "json", language()))
        except (InvalidData, InvalidView) as error:
            faults = [localize_issue(issue, language()) for issue in error.issues]
        except TooBusy as error:
            full = error
            help_ = HELP[error.slug]
            faults = [help_.meaning.say(language()), help_.mend.say(language())]
    query = urlencode(form.args)
    data = {
        "title": Phrase("选址初筛").say(language()),
        "trail": [],
        "rows": ROWS,
        "layer_rows": LAYER_ROWS,
        "args": form.args,
        "ignored": [phrase.say(language()) for phrase in form.ignored],
        "query": query,
        "example": _example(form.args),
        "rasters": [here.rasters.describe(record, language()) for record in here.rasters.records()],
        "layers": _layers(language()),
        "regions": [
            {"adcode": plan.region, "name": here.faces(language()).gazetteer[plan.region].name}
            for plan in here.dataset.goal_plans
            if here.region(plan.region).level is Level.PREFECTURE
        ],
    }
    body = render_template("screen.html", page=data, result=told, faults=faults)
    response = reply(body.encode(), "text/html")
    if full is not None:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response.headers["Retry-After"] = str(full.retry_after)
    return response


def _layers(lang: str) -> list[Json]:
    """Return the published vector layers as choices: each whole, and by type where it has several."""
    return [
        {
            "id": layer.id,
            "title": layer.title.get(lang),
            "types": [
                {"id": f"{layer.id}{OF_TYPE}{kind.id}", "title": kind.title.get(lang)}
                for kind in layer.kinds
                if len(layer.kinds) > 1
            ],
        }
        for layer in atlas().vectors.layers().values()
    ]


def _example(args: dict[str, str]) -> str:
    """Return the query of an example while the form is empty."""
    fits = not set(args) - {"lang"} and EXAMPLE["raster1"] in atlas().rasters.ids()
    return urlencode(EXAMPLE) if fits else ""


@bp.get("/screen.<suffix>")
def result(suffix: str) -> Response:
    """The result as ``json``, ``geojson`` (patches), ``png`` or ``tif`` (inclusion in percent)."""
    if suffix not in MIMETYPES:
        raise InvalidView([Issue("format", f"{suffix!r} is not offered", "json, geojson, png or tif")])
    try:
        body = heavy(screen, atlas(), spec_of(_strict()), suffix, language())
    except InvalidData as error:
        raise InvalidView(error.issues) from None
    if suffix in ("json", "png"):
        return reply(body, MIMETYPES[suffix])
    return download_reply(body, MIMETYPES[suffix], f"{Phrase('选址初筛').say(language())}.{suffix}", f"screen.{suffix}")


def _strict() -> dict[str, str]:
    """Return the query; unknown, repeated and missing parameters are faults, empty ones are left out."""
    readers: dict[str, Reader] = {name: _number_text if kind_of(name) in NUMBERS else str for name in names()}
    readers["lang"] = lambda text: one_of(text, ["zh", "en"], "language")
    given = {name: text for name, text in read_params(request.args, readers, required=("region",)).items() if text}
    if "region" not in given:
        raise InvalidView([Issue("region", "is empty", "name a region's code, such as 150600")])
    return given


def _number_text(text: str) -> str:
    try:
        float(text or "0")
    except ValueError:
        raise BadValue(f"{text!r} is not a number") from None
    return text
