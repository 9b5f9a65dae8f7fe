"""Heavy work of a request: pictures, files, briefings, screens. It waits for the turn of its client."""

import re
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from flask import current_app, request

from geoapp.atlas import Atlas
from geoapp.jobs.client import Asker, Jobs

P = ParamSpec("P")
T = TypeVar("T")
EXTENSION = "geoapp-jobs"
TICKET = re.compile("[A-Za-z0-9-]{8,64}")


def jobs() -> Jobs:
    """Return what does the heavy work of this application."""
    found: Jobs = current_app.extensions[EXTENSION]
    return found


def heavy(work: Callable[Concatenate[Atlas, P], T], here: Atlas, *args: P.args, **_: P.kwargs) -> T:
    """Return ``work(here, *args)``, done where it slows no other answer.

    Raises:
        TooBusy: as many as may wait do.
        WorkEnded: it took more than one request may take.
    """
    ticket = request.headers.get("X-Ticket", "")
    asker = Asker(request.remote_addr or "", ticket if TICKET.fullmatch(ticket) else "")
    found: T = jobs().ask(asker, work, here, *args)
    return found
