"""The application factory: the only module that knows all. Nothing is read at import time."""

import logging
import os
from pathlib import Path

from flask import Flask, Response, g, request
from flask_babel import Babel

from geoapp.jobs.beside import SOCKET
from geoapp.jobs.client import ByBroker, InThisProcess
from geoapp.jobs.work import open_atlas
from geoapp.model.phrase import LOCALES, translator
from geoapp.owndata.tables import Tables
from geoapp.owndata.uploads import Uploads
from geoapp.settings import Settings, load_settings
from geoapp.store.files import CURRENT
from geoapp.web import (
    basemap,
    charts,
    explorer,
    front,
    geometry,
    ogc,
    operations,
    search,
    vectors,
)
from geoapp.web.exports import briefings, files, oembed, pictures
from geoapp.web.http import assets, heavy, problem_pages, problems
from geoapp.web.http.addresses import absolute, at, root
from geoapp.web.http.context import EXTENSION, Assets, Serving, language, marked_chinese, said_heading
from geoapp.web.http.fast_path import FastPath
from geoapp.web.http.page_memory import PageMemory
from geoapp.web.http.public_address import PublicAddress
from geoapp.web.metrics import Meter
from geoapp.web.ogc.answer import asked
from geoapp.web.own import access, tables
from geoapp.web.own import layers as own_layers
from geoapp.web.own import page as table_page
from geoapp.web.raster import layers, siting
from geoapp.web.reading import documents, pages, plan_changes, quality, regions, view_pairs, works

BUNDLED = tuple(
    f"{kind}/{page}.{kind}{end}" for page in ("explorer", "embed") for kind in ("js", "css") for end in ("", ".map")
)
"""What ``scripts/bundle-web`` makes: one script and one style sheet for each page with a map, and their source maps."""
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
FRAMED_PATHS = ("/static/", "/geo/", "/regions/", "/points/", "/basemap/")
"""What a framed map loads: a page that sandboxes its frames (WordPress does) makes them another site's."""
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Crs, Content-Disposition, Content-Range, ETag, Link",
}
OPEN_PATHS = ("/ogc", "/view.", "/rasters/", "/screen.", "/oembed", *FRAMED_PATHS)
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Range, Range",
    "Access-Control-Max-Age": "86400",
}
"""Browsers on other sites may read the API and the files; there is nothing private and no cookie."""


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application for one set of settings.

    Raises:
        NotBuilt: there is no build to serve.
    """
    settings = settings or load_settings()
    folder = settings.build_dir / "atlas"
    package = Path(__file__).resolve().parent
    app = Flask("geoapp", static_folder=None, template_folder=str(_templates(settings, package)))
    app.logger.setLevel(logging.INFO)
    own = access.OwnData(open_tables(settings), settings.tables == "on", settings.tables_token)
    tables_days = settings.tables_days if own.on else None
    app.extensions[EXTENSION] = Serving(
        lambda build: open_atlas(settings.build_dir, build, settings.full_geometry, tables_days), folder / CURRENT
    )
    socket = os.environ.get(SOCKET)
    app.extensions[heavy.EXTENSION] = ByBroker(socket, settings.drawing_queue) if socket else InThisProcess()
    app.extensions[access.EXTENSION] = own
    app.extensions["geoapp-settings"] = settings
    static = Assets(package / "static", bundled(settings.web_dir))
    app.extensions["geoapp-assets"] = static
    Babel(app, default_locale="zh", locale_selector=language, default_translation_directories=str(LOCALES))
    for module in (
        assets,
        basemap,
        briefings,
        charts,
        documents,
        explorer,
        files,
        front,
        geometry,
        layers,
        problem_pages,
        oembed,
        ogc,
        operations,
        pages,
        plan_changes,
        view_pairs,
        pictures,
        quality,
        regions,
        siting,
        search,
        tables,
        table_page,
        own_layers,
        vectors,
        works,
    ):
        app.register_blueprint(module.bp)
    app.extensions[documents.EXTENSION] = documents.Documents(settings.layers_dir, settings.documents_dir)
    app.jinja_env.globals["passage"] = documents.passage_of
    if settings.drafts == "on":
        _offer_drafts(app, settings)
    problems.init_app(app)
    app.jinja_env.globals.update(
        static=lambda name: at(static.url(name)), at=at, root=root, absolute=absolute, say=_say
    )
    app.jinja_env.filters["zh"] = marked_chinese
    app.jinja_env.filters["heading"] = said_heading
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.before_request(_refuse_foreign)
    app.after_request(_headers)
    fast = FastPath(app.wsgi_app, app.extensions[EXTENSION], {**SECURITY, **OPEN})
    meter = Meter(PageMemory(fast, app.extensions[EXTENSION]), (rule.rule for rule in app.url_map.iter_rules()))
    app.extensions["geoapp-meter"] = meter
    # Flask documents wrapping wsgi_app so; mypy sees a method assigned to.
    app.wsgi_app = PublicAddress(  # type: ignore[method-assign]
        meter, settings.public_url, settings.trusted_proxies, settings.trusted_hosts
    )
    return app


def bundled(folder: Path) -> dict[str, Path]:
    """Return the bundled files by the name they are served under.

    Raises:
        FileNotFoundError: they have not been bundled yet.
    """
    found = {name: folder / name for name in BUNDLED}
    missing = [name for name, path in found.items() if not path.is_file()]
    if missing:
        raise FileNotFoundError(f"{', '.join(missing)} not in {folder}; run `make assets` (it needs Node's npm)")
    return found


def open_tables(settings: Settings) -> Tables:
    """Return the tables that readers uploaded; they lie beside the builds, so that a rebuild touches none."""
    return Tables(Uploads(settings.build_dir / "tables", settings.tables_days))


def _offer_drafts(app: Flask, settings: Settings) -> None:
    """Offer ``/draft``; readers of documents are imported only where it is on."""
    from geoapp.web import drafts

    folder = settings.build_dir / "drafts"
    folder.mkdir(parents=True, exist_ok=True)
    app.extensions[drafts.EXTENSION] = drafts.Drafts(
        folder=folder,
        layers=settings.layers_dir,
        shapes=settings.build_dir / "shapes",
        aliases=settings.shapes_dir / "aliases.csv",
        token=settings.drafts_token,
    )
    app.register_blueprint(drafts.bp)


def _templates(settings: Settings, package: Path) -> Path:
    return settings.templates_dir if settings.templates_dir.is_dir() else package / "templates"


def _say(text: str) -> str:
    return translator(language())(text)


def _refuse_foreign() -> None:
    asked(request.environ)


def _headers(response: Response) -> Response:
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        frames = "*" if request.path == "/view.html" else "'self'"
        own = f" 'sha256-{g.script_hash}'" if "script_hash" in g else ""
        response.headers.setdefault(
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
            f"script-src 'self'{own}; frame-ancestors {frames}; base-uri 'none'",
        )
    if request.path.startswith(OPEN_PATHS):
        response.headers.update(OPEN)
        if request.method == "OPTIONS":
            response.headers.update(PREFLIGHT)
    return response
