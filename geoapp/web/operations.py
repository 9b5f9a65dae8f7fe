"""For operators: is it alive, what does it serve."""

from flask import Blueprint, Response, current_app, request

from geoapp import __version__
from geoapp.web.http.context import atlas
from geoapp.web.http.heavy import jobs
from geoapp.web.http.params import read_params
from geoapp.web.http.responses import json_reply
from geoapp.web.metrics import Meter

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


@bp.get("/queue.json")
def queue() -> Response:
    """How far heavy work is: what comes before that of a ``ticket``, which a page sends along as ``X-Ticket``.

    ``before`` is -1 while it is worked on and null where nobody knows the ticket.
    """
    ticket = read_params(request.args, {"ticket": str}).get("ticket", "")
    response = json_reply(jobs().state(ticket))
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/metrics")
def metrics() -> Response:
    """Requests, statuses and times of all workers, and what is served, for Prometheus."""
    from prometheus_client import CONTENT_TYPE_LATEST  # in a worker only, see geoapp.web.metrics

    meter: Meter = current_app.extensions["geoapp-meter"]
    return Response(
        meter.text(atlas().dataset), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
    )
