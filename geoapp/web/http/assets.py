"""Static files and what was bundled of them, under one hash."""

import mimetypes

from flask import Blueprint, Response, current_app, send_file

from geoapp.errors import NotFound
from geoapp.web.http.context import Assets
from geoapp.web.http.responses import reply

bp = Blueprint("assets", __name__)
TEXT = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".map": "application/json"}


@bp.get("/static/<version>/<path:name>")
def static_file(version: str, name: str) -> Response:
    """A static file. Its URL carries the hash of all of them, so it never changes."""
    assets: Assets = current_app.extensions["geoapp-assets"]
    path = assets.files.get(name)
    if path is None:
        raise NotFound(f"no static file {name!r}")
    current = version == assets.version
    if path.suffix in TEXT:
        return reply(path.read_bytes(), TEXT[path.suffix], immutable=current)
    response = send_file(path, mimetype=mimetypes.guess_type(path.name)[0], conditional=True)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    return response


@bp.get("/favicon.ico")
def favicon() -> Response:
    """The mark of the atlas."""
    assets: Assets = current_app.extensions["geoapp-assets"]
    return reply(assets.files["img/mark.svg"].read_bytes(), "image/svg+xml", max_age=86400)
