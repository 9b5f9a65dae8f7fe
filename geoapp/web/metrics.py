"""What was asked, how it ended and how long it took, for Prometheus. Every worker's counts are in every answer.

The workers of one server share a folder of small mapped files (``PROMETHEUS_MULTIPROC_DIR``, made by
:mod:`geoapp.server`); whichever worker is asked adds up all of them, also those of workers that ended.
Without the folder, as in tests, a process counts for itself.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from geoapp import __version__
from geoapp.model.dataset import Dataset

if TYPE_CHECKING:  # where it runs it is imported in a worker only: it looks for the folder when it is imported
    from prometheus_client import Counter, Histogram
    from prometheus_client.metrics_core import Metric

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0)
METHODS = frozenset(("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"))
OTHER = "other"


class Meter:
    """WSGI middleware around everything, so that answers past Flask are counted like all others.

    The time is that until an answer is ready to be sent; how fast a client takes it is not ours to judge.
    """

    def __init__(self, app: Wsgi, rules: Iterable[str]) -> None:
        """Count what an application answers whose paths are those of ``rules``, such as ``/regions/<adcode>``."""
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self.app = app
        self._kinds = frozenset(map(_first, rules))
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "geoapp_requests", "Requests answered", ("kind", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "geoapp_request_seconds",
            "Seconds until an answer was ready",
            ("kind",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._counts: dict[tuple[str, str, str], Callable[[float], None]] = {}

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer as the application does, and count."""
        start = time.perf_counter()
        status = "500"

        def started(line: str, *rest: Any) -> Any:
            nonlocal status
            status = line[:3]
            return start_response(line, *rest)

        try:
            return self.app(environ, started)
        finally:
            key = self.kind(environ["PATH_INFO"]), environ["REQUEST_METHOD"], status
            (self._counts.get(key) or self._counter(*key))(time.perf_counter() - start)

    def kind(self, path: str) -> str:
        """Return what a path asks for, one of few words: a label of its own for every path would never end."""
        if path.startswith("/ogc/collections/"):
            part = path.split("/", 5)[4:5]
            return part[0] if part and part[0] in ("items", "tiles") else "ogc"
        if path == "/":
            return "explorer"
        first = _first(path)
        return first if first in self._kinds else OTHER

    def text(self, dataset: Dataset) -> bytes:
        """Return all counts of all workers, and what is served, in Prometheus' text format."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        counted, served = self._registry, CollectorRegistry()
        if FOLDER in os.environ:
            counted = CollectorRegistry()
            MultiProcessCollector(counted)
        served.register(_Served(dataset))
        return generate_latest(counted) + generate_latest(served)

    def _counter(self, kind: str, method: str, status: str) -> Callable[[float], None]:
        """Return what counts requests of a kind, looked up once: the lookup costs more than counting."""
        known = method if method in METHODS else OTHER
        count = partial(_count, self._requests.labels(kind, known, status), self._seconds.labels(kind))
        if known == method:
            self._counts[kind, method, status] = count
        return count


def _first(path: str) -> str:
    """Return the first word of a path, without its suffix."""
    return path[1:].partition("/")[0].partition(".")[0] or OTHER


def _count(requests: "Counter", seconds: "Histogram", took: float) -> None:
    requests.inc()
    seconds.observe(took)


class _Served:
    """What is served: versions and numbers of records."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset

    def collect(self) -> "Iterator[Metric]":
        """Return the families."""
        from prometheus_client.metrics_core import GaugeMetricFamily

        dataset = self._dataset
        labels = {"version": __version__, "data_version": dataset.version, "boundary_edition": dataset.edition.id}
        build = GaugeMetricFamily("geoapp_build_info", "What is served; always 1", labels=list(labels))
        build.add_metric(list(labels.values()), 1)
        yield build
        records = GaugeMetricFamily("geoapp_records", "Records served", labels=["kind"])
        for kind in ("regions", "targets", "statistics", "parks", "projects"):
            records.add_metric([kind], len(getattr(dataset, kind)))
        yield records
