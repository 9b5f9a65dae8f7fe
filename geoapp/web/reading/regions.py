"""A region's page and card, and the question behind both: which target applies, and why."""

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from geoapp.analysis.query import one_of
from geoapp.atlas import Atlas
from geoapp.errors import NotFound
from geoapp.model.phrase import Phrase
from geoapp.model.region import Region
from geoapp.model.view import VIEW_PARAMETERS
from geoapp.web.http.addresses import at
from geoapp.web.http.context import atlas, language
from geoapp.web.http.params import read_params, whole_number
from geoapp.web.http.responses import json_reply, reply

bp = Blueprint("regions", __name__)
MOST = 400
"""Parks and projects that a region's page lists; more are read on the pages of parks and of projects, by province."""


@bp.get("/resolve")
def resolve() -> Response:
    """The target that applies to a region × indicator × year × tier, with the path taken."""
    here = atlas()
    params = read_params(
        request.args,
        {
            "adcode": lambda text: here.region(text).adcode,
            "indicator": lambda text: here.indicator(text).id,
            "year": whole_number(1990, 2100),
            "tier": lambda text: one_of(text, ["basic", "incentive"], "tier"),
            "lang": lambda text: one_of(text, ["zh", "en"], "language"),
        },
        required=("adcode", "indicator"),
    )
    lang, tier = params.get("lang", "zh"), params.get("tier", "basic")
    answer = here.resolve(params["adcode"], params["indicator"], params.get("year"), tier)
    return json_reply(here.faces("zh").cards.answer(answer, lang))


@bp.get("/regions/<adcode>.json")
def region_json(adcode: str) -> Response:
    """Everything the atlas knows of a region."""
    here = atlas()
    view = here.view(request.args.items(multi=True))
    return json_reply(here.card(_known(here, adcode).adcode, view))


@bp.get("/regions/<adcode>")
def region_page(adcode: str) -> BaseResponse:
    """The region's page; an abolished code leads to its successor's."""
    return _region(adcode, "region.html")


@bp.get("/regions/<adcode>/card")
def region_card(adcode: str) -> BaseResponse:
    """The region's card: the fragment that the explorer opens."""
    return _region(adcode, "_card.html")


def _known(here: Atlas, text: str) -> Region:
    """Return the division of a code.

    Raises:
        NotFound: with the page of the nearest code, or of the division that has this name.
    """
    try:
        return here.region(text)
    except NotFound as error:
        near = here.gazetteer.nearest(text)
        named = [hit.id for hit in here.search(text, 1, language()).hits if hit.kind == "region"]
        code = near.adcode if near else named[0] if named else ""
        name = here.faces(language()).gazetteer[here.region(code).adcode].name if code else ""
        wording = Phrase("没有“{code}”这个区划代码；代码是六位数字，如 150600", {"code": text})
        path = f"/regions/{code}" if code else "/regions"
        raise NotFound(str(error), suggestion=path, named=name, wording=wording) from None


def _region(adcode: str, template: str) -> BaseResponse:
    here = atlas()
    region = _known(here, adcode)
    if region.adcode != adcode:
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        return redirect(at(request.path).replace(adcode, region.adcode) + query, code=301)
    args = [(name, text) for name, text in request.args.items(multi=True) if name in VIEW_PARAMETERS]
    view, _ = here.view_leniently(args)
    card = here.card(adcode, view, MOST)
    page = render_template(template, card=card, view=view, lang=language(), knows=VIEW_PARAMETERS)
    return reply(page.encode(), "text/html")
