"""For operators: is it alive, what does it serve."""

from flask import Blueprint, Response

from geoapp import __version__
from geoapp.web.context import atlas
from geoapp.web.responses import json_reply

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
def health() -> Response:
    """Alive and ready: the build that is served and how much it holds."""
    dataset = atlas().dataset
    return json_reply(
        {
            "status": "ok",
            "version": __version__,
            "data_version": dataset.version,
            "boundary_edition": dataset.edition.id,
            "records": {
                "regions": len(dataset.regions),
                "targets": len(dataset.targets),
                "statistics": len(dataset.statistics),
                "parks": len(dataset.parks),
                "projects": len(dataset.projects),
            },
        }
    )
