"""Snapshots of a view: ``/view.png``, ``/view.svg`` and, of one sheet, ``/view.pdf``, on paper or in pixels."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request

from geoapp.atlas import Atlas
from geoapp.errors import Gone, InvalidView, Issue, Outdated
from geoapp.jobs.client import Jobs
from geoapp.model.view import View
from geoapp.office.address import short_query
from geoapp.sheets.paint import MIMETYPES
from geoapp.sheets.paper import SHEET_PARAMETERS, Format, Sheet, read_sheet
from geoapp.sheets.snapshot import permalink_key, picture_key
from geoapp.web.explorer import compared_view, is_comparison
from geoapp.web.http.addresses import absolute
from geoapp.web.http.context import EXTENSION as SERVING
from geoapp.web.http.context import Serving, atlas
from geoapp.web.http.heavy import EXTENSION as JOBS
from geoapp.web.http.heavy import heavy
from geoapp.web.http.picture_cache import PictureCache
from geoapp.web.http.responses import YEAR, reply

bp = Blueprint("pictures", __name__)
EXTENSION = "geoapp-pictures"
COMPARE = "compare"
"""A second map beside the first, as in the explorer's address."""
VERSION = "v"
"""The data version a permalink names; with it a picture never changes."""
SHELF = "geoapp-permalinks"
MOST_ON_SHELF = 2**30
"""Bytes of pictures behind permalinks, kept when their data and the code that drew them are gone."""


@bp.record
def _open_cache(state) -> None:  # type: ignore[no-untyped-def]  # flask's setup state has no public type
    settings = state.app.extensions["geoapp-settings"]
    folder = Path(settings.build_dir) / "cache"
    asked: Jobs = state.app.extensions[JOBS]
    bounds = {"waiting": asked.waiting, "at_once": asked.at_once}
    state.app.extensions[EXTENSION] = PictureCache(folder / "pictures", **bounds)
    state.app.extensions[SHELF] = PictureCache(folder / "permalinks", most=MOST_ON_SHELF, **bounds)


@bp.get("/view.png")
def as_png() -> Response:
    """The view as a PNG that carries its resolution."""
    return picture("png")


@bp.get("/view.svg")
def as_svg() -> Response:
    """The view as SVG: text as text, areas by id."""
    return picture("svg")


def picture(form: Format) -> Response:
    """Answer with the view as a picture of some format."""
    view, sheet, version = _read(form)
    if compare := request.args.get(COMPARE, ""):
        return _comparison(view, compare, sheet, version)
    here = atlas()
    # A permalink names the data, not the rasters: where they are in the picture it may change.
    permanent = bool(version) and here.state(view) == here.version
    shelf: PictureCache = current_app.extensions[SHELF]
    key = permalink_key(view.query(), sheet, version) if permanent else _key(view, sheet, version)
    if form != "svg" and request.if_none_match.contains(key):
        picture = b""
    elif permanent:
        picture = shelf.get(key, form, lambda: _drawn(view, sheet, form, version))
    else:
        picture = _drawn(view, sheet, form, version)
    response = _reply(picture, form, key, permanent=permanent)
    name = f"{here.region(view.region).name}{view.stem.removeprefix(view.region)}.{form}"
    plain = f"geoapp-{view.stem}.{form}"
    response.headers["Content-Disposition"] = f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return response


def _comparison(view: View, compare: str, sheet: Sheet, version: str) -> Response:
    """Answer with both maps of a comparison on one sheet, with one legend where they show one indicator."""
    views, here = (view, compared_view(view, compare)), _atlas_of(version)
    key = picture_key("\x1f".join(each.query() for each in views), sheet, "-".join(map(here.state, views)))
    cache: PictureCache = current_app.extensions[EXTENSION]
    picture = cache.get(key, sheet.format, lambda: heavy(Atlas.comparison, here, views, sheet))
    response = _reply(picture, sheet.format, key, permanent=False)
    response.headers["Content-Disposition"] = f'inline; filename="geoapp-{view.stem}-{compare}.{sheet.format}"'
    return response


def _key(view: View, sheet: Sheet, version: str) -> str:
    return picture_key(view.query(), sheet, _atlas_of(version).state(view))


def _drawn(view: View, sheet: Sheet, form: Format, version: str) -> bytes:
    here = _atlas_of(version)
    cache: PictureCache = current_app.extensions[EXTENSION]
    return cache.get(
        _key(view, sheet, version), form, lambda: heavy(Atlas.snapshot, here, view, sheet), keep=not view.own_data
    )


def _atlas_of(version: str) -> Atlas:
    """Return the atlas of the data version that a permalink names; today's without one."""
    if not version:
        return atlas()
    serving: Serving = current_app.extensions[SERVING]
    try:
        return serving.atlas_of(version)
    except Outdated:
        raise Gone(f"data version {version!r} is no longer kept; leave out v= for today's, {atlas().version}") from None


def _read(form: Format) -> tuple[View, Sheet, str]:
    """Read view and sheet strictly; the faults of both are told together."""
    settings = current_app.extensions["geoapp-settings"]
    issues: list[Issue] = []
    given: dict[str, str] = {}
    for name in (*SHEET_PARAMETERS, VERSION):
        texts = request.args.getlist(name)
        if len(texts) > 1:
            issues.append(Issue(name, "given more than once", "give it once"))
        given[name] = texts[0] if texts else ""
    view, sheet = View(), Sheet()
    try:
        view = atlas().view(request.args.items(multi=True), extra=(*SHEET_PARAMETERS, VERSION, COMPARE))
    except InvalidView as error:
        issues += error.issues
    try:
        sheet = read_sheet(given, form, maker=settings.maker, review_no=settings.review_no)
    except InvalidView as error:
        issues += error.issues
    issues += _comparable(view)
    if issues:
        raise InvalidView(issues)
    if form == "pdf" or sheet.qr:
        beside = f"&compare={compare}" if (compare := request.args.get(COMPARE, "")) else ""
        sheet = replace(sheet, address=absolute(f"/?{short_query(view, atlas().region(view.region))}{beside}"))
    return view, sheet, given[VERSION]


def _comparable(view: View) -> list[Issue]:
    given = request.args.getlist(COMPARE)
    if given and (len(given) > 1 or not is_comparison(given[0], view)):
        hint = "indicator.year.tier, as ei_gdp_cut.2025.incentive, and .150600 after it for another region"
        return [Issue(COMPARE, f"{given[0]!r} names no second map", hint)]
    return []


def _reply(picture: bytes, form: Format, key: str, *, permanent: bool) -> Response:
    """Answer with the picture, or 304; only SVG gains from gzip."""
    if form == "svg":
        return reply(picture, MIMETYPES[form], etag=key, immutable=permanent)
    response = Response(mimetype=MIMETYPES[form])
    response.set_etag(key)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if permanent else "no-cache"
    response.set_data(picture)
    response.make_conditional(request)
    return response
