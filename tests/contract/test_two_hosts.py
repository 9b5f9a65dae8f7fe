"""Two hosts on one database: a build for both, a database that restarts, and not one request lost."""

import json
import shutil
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from geoapp import builder
from tests.conftest import Server
from tests.data.postgis import running
from tests.data.world_folders import WorldFolders

PATHS = ("/healthz", "/view.json?region=100000", "/", "/ogc/collections", "/metrics")


class Readers:
    """Readers of both hosts who ask one thing after another until they are told to stop."""

    def __init__(self, *urls: str) -> None:
        self.answers: list[tuple[str, int]] = []
        self.lost: list[str] = []
        self.bodies: list[bytes] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=(url,)) for url in urls]

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self, url: str) -> None:
        while not self._stop.is_set():
            for path in PATHS:
                try:
                    with urllib.request.urlopen(url + path, timeout=30) as reply:
                        self.bodies.append(reply.read())
                        self.answers.append((url, reply.status))
                except OSError as error:
                    self.lost.append(f"{url}{path}: {error}")
            self._stop.wait(0.05)


def version_of(url: str) -> str:
    with urllib.request.urlopen(url + "/healthz", timeout=30) as reply:
        found: str = json.load(reply)["data_version"]
    return found


def until(true: Callable[[], bool]) -> None:
    for _ in range(1200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it never happened")


def test_a_rolling_build_and_a_restart_of_the_database_lose_no_request(
    world_folders: WorldFolders, tmp_path: Path
) -> None:
    shutil.copytree(world_folders.layers, tmp_path / "layers")
    plan = replace(world_folders.plan, layers=tmp_path / "layers", build_dir=tmp_path / "builder")
    with running() as database:
        plan = replace(plan, store=database.address)
        first = builder.build(plan, lambda _: None).version
        hosts = [
            Server(tmp_path / name, GEOAPP_STORE=database.address, GEOAPP_LAYERS_DIR=str(plan.layers))
            for name in ("one", "two")
        ]
        with hosts[0] as one, hosts[1] as two:
            urls = (one.url, two.url)
            assert [version_of(url) for url in urls] == [first, first]
            with Readers(*urls, *urls) as readers:
                changed = next((plan.layers / "plans").glob("*/plan.toml"))
                changed.write_text(changed.read_text().replace('document_no = "', 'document_no = "新'))
                second = builder.build(plan, lambda _: None).version
                assert second != first
                until(lambda: {version_of(url) for url in urls} == {second})
                database.stop()
                until(lambda: len(readers.answers) > 200)
                database.start()
                shutil.copytree(world_folders.layers, plan.layers, dirs_exist_ok=True)
                assert builder.build(plan, lambda _: None).version == first
                until(lambda: {version_of(url) for url in urls} == {first})
            assert readers.lost == []
            assert {status for _, status in readers.answers} == {200}
            assert {url for url, _ in readers.answers} == set(urls)
            secret = (b"p@ss", b"p%40ss", b"postgresql://")
            assert not [body for body in readers.bodies if any(each in body for each in secret)]
            logs = hosts[0].stop(), hosts[1].stop()
    for log in logs:
        assert "serves on" in log, "an operator reads that the database was away"
        assert "p@ss" not in log
        assert "p%40ss" not in log
