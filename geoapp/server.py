"""The production server: granian, because a slow client costs it a socket and not a worker."""

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def run(host: str, port: int, workers: int) -> None:
    """Serve until stopped. Each worker opens the current build for itself.

    Half-open and slow clients are held by granian's Rust loop; Python sees whole requests only
    (``benchmarks/slow_clients.py`` measures it).
    """
    print(f"geoapp serves http://{host}:{port} with {workers} worker(s); stop with Ctrl+C", flush=True)
    Granian(
        "geoapp.app:create_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        backlog=2048,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()
