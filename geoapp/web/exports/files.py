"""A view's other faces: JSON for the map, files for colleagues."""

from urllib.parse import urlencode

import shapely
from flask import Blueprint, Response, current_app, render_template, request

from geoapp.atlas import Atlas
from geoapp.errors import NotFound
from geoapp.files.options import FileOptions
from geoapp.files.qlr import write_qlr
from geoapp.files.registry import FORMATS, estimate_size
from geoapp.files.text import write_sidecar
from geoapp.jobs.client import Jobs
from geoapp.jobs.work import data_file
from geoapp.model.address import Address
from geoapp.model.view import View
from geoapp.web.http.addresses import at
from geoapp.web.http.answer_cache import AnswerCache
from geoapp.web.http.context import atlas, language
from geoapp.web.http.heavy import EXTENSION as JOBS
from geoapp.web.http.heavy import heavy
from geoapp.web.http.responses import download_reply, json_reply, reply
from geoapp.web.ogc.answer import asked
from geoapp.web.reading.documents import shown_documents

bp = Blueprint("views", __name__)
SIDECAR = "csv-metadata.json"
OTHERS = ("html", "json", "png", "svg", "pdf", "docx", "pptx", "qlr")
EXTENSION = "geoapp-files"


@bp.record
def _open_cache(state) -> None:  # type: ignore[no-untyped-def]  # flask's setup state has no public type
    asked: Jobs = state.app.extensions[JOBS]
    state.app.extensions[EXTENSION] = AnswerCache(at_once=asked.at_once)


@bp.get("/view.json")
def as_json() -> Response:
    """What the view resolved to: title, legend, values by code, points, sources, data version."""
    here = atlas()
    return json_reply(here.view_json(here.view(request.args.items(multi=True))))


@bp.get("/view.files.json")
def file_list() -> Response:
    """What the download dialog says before the click: formats in plain words, rows, size, URL."""
    here = atlas()
    view = here.view(request.args.items(multi=True))
    resolved = here.show(view)
    points = {"parks": len(resolved.parks), "projects": len(resolved.projects), "actions": len(resolved.actions)}
    points |= {each.layer.id: len(each.features) for each in resolved.vectors}
    areas = resolved.areas if view.fill == "targets" else ()
    rows = {**({"targets": len(areas)} if view.fill == "targets" else {}), **points}
    shapes = here.store.geometry(view.level, "lo")
    vertices = sum(int(shapely.get_num_coordinates(shapes[area.region.adcode])) for area in areas)
    files = [
        {
            "format": suffix,
            "title": each.title.say(view.lang),
            "words": each.words.say(view.lang),
            "rows": rows,
            "bytes_about": estimate_size(suffix, resolved, vertices),
            "url": Address(f"/view.{suffix}?{view.query()}"),
        }
        for suffix, each in FORMATS.items()
    ]
    return json_reply({"rows": rows, "full_geometry": full_allowed(), "files": files})


@bp.get(f"/view.<any({','.join(repr(suffix) for suffix in FORMATS)}):suffix>")
def as_file(suffix: str) -> Response:
    """Exactly the features in the view, in one of the formats."""
    here = atlas()
    view, options = _read(here, suffix)
    texts = shown_documents() if suffix == "xlsx" else {}
    key = (here.state(view), here.rasters.library.state, suffix, view, options, *texts.items())
    cache: AnswerCache = current_app.extensions[EXTENSION]
    kept = cache.get(key, lambda: heavy(data_file, here, view, options, texts, suffix))
    charset = f"; charset={options.encoding}" if suffix == "csv" else ""
    name, plain = here.file_name(view, options), f"geoapp-{view.stem}"
    response = download_reply(kept, FORMATS[suffix].mimetype + charset, f"{name}.{suffix}", f"{plain}.{suffix}")
    if suffix == "csv":
        target = at("/view.") + f"{SIDECAR}?{urlencode(list(request.args.items(multi=True)))}"
        response.headers["Link"] = f'<{target}>; rel="describedby"; type="application/csvm+json"'
    return response


@bp.get(f"/view.{SIDECAR}")
def sidecar() -> Response:
    """What must be said about the CSV and its columns (W3C CSV on the Web)."""
    here = atlas()
    view, options = _read(here, "csv")
    body = write_sidecar(here.content(view, options))
    name = here.file_name(view, options)
    return download_reply(body, "application/csvm+json", f"{name}.{SIDECAR}", f"geoapp-{view.region}.{SIDECAR}")


@bp.get("/view.qlr")
def as_qlr() -> Response:
    """A QGIS layer definition that draws the view live from ``/ogc``."""
    here = atlas()
    view = here.view(request.args.items(multi=True))
    base = asked(request.environ).base
    body = write_qlr(here.show(view), here.dataset, here.store.lines(), base)
    name = f"{here.file_name(view, FileOptions())}.qlr"
    return download_reply(body, "application/x-qgis-layer-definition", name, f"geoapp-{view.region}.qlr")


@bp.get("/connect")
def connect() -> Response:
    """How to connect from QGIS, ArcGIS, Python and the browser; its snippets are run by the tests."""
    here = atlas()
    page = render_template(
        "connect.html",
        base=asked(request.environ).base,
        lang=language(),
        collections=[each.info for each in here.collections],
        formats=list(FORMATS.values()),
    )
    return reply(page.encode(), "text/html")


@bp.get("/view.<suffix>")
def unknown(suffix: str) -> Response:
    """A format that does not exist: 404 with those that do."""
    known = ", ".join((*FORMATS, *OTHERS))
    raise NotFound(f"a view has no format {suffix!r}; known are {known}")


def full_allowed() -> bool:
    """Whether the operator gives out full boundary detail."""
    return bool(current_app.extensions["geoapp-settings"].full_geometry)


def _read(here: Atlas, suffix: str) -> tuple[View, FileOptions]:
    return here.file_request(list(request.args.items(multi=True)), suffix, full_allowed=full_allowed())
