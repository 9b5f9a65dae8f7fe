"""The server itself: heads that are too long, and what a killed server leaves behind."""

import http.client
import os
import signal
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from geoapp.atlas import Atlas
from geoapp.settings import Settings
from tests.conftest import Server


def status(url: str, path: str, head: int) -> int:
    """Return the status of a request with so many bytes in one header."""
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)) as line:
        line.request("GET", path, headers={"X-Long": "a" * head})
        return line.getresponse().status


def kill_all(server: Server) -> None:
    """Kill a server with its workers, as a machine that runs out of memory does: nobody can tidy up."""
    assert server.process is not None
    main = server.process.pid
    workers = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    for pid in (main, *map(int, workers)):
        os.kill(pid, signal.SIGKILL)
    server.process.wait(10)


def test_a_long_head_is_refused(server: str) -> None:
    assert status(server, "/healthz", 31_000) == 200
    assert status(server, "/healthz", 33_000) == 431
    assert status(server, "/search.json?q=" + "a" * 33_000, 0) == 431


def test_counts_of_killed_servers_are_removed_and_those_of_others_kept(
    settings: Settings, atlas: Atlas, tmp_path: Path
) -> None:
    def folders() -> set[Path]:
        return set(tmp_path.glob("geoapp-metrics-*"))

    with Server(settings.build_dir, TMPDIR=str(tmp_path)) as living:
        (of_living,) = folders()
        killed = Server(settings.build_dir, TMPDIR=str(tmp_path))
        with killed:
            kill_all(killed)
        assert len(folders()) == 2
        with Server(settings.build_dir, TMPDIR=str(tmp_path)):
            assert of_living in folders()
            assert len(folders()) == 2
        assert folders() == {of_living}
        assert status(living.url, "/metrics", 0) == 200
    assert folders() == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GEOAPP_PUBLIC_URL", "atlas.example.cn"),
        ("GEOAPP_PUBLIC_URL", "https://atlas.example.cn/?x=1"),
        ("GEOAPP_TRUSTED_PROXIES", "10.0.0.300"),
        ("GEOAPP_TRUSTED_PROXIES", "proxy.example"),
    ],
)
def test_addresses_that_are_none_stop_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    from geoapp.errors import InvalidSettings
    from geoapp.settings import load_settings

    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSettings, match=f"{name}: Value error, .*{value[:12]}"):
        load_settings()
