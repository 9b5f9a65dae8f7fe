"""Shared by all tests: one real build of the documents held whole, the app on it, a live server, a browser."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import Phase
from hypothesis import settings as property_settings
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from geoapp import builder
from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.cli.main import plan_of
from geoapp.settings import Settings
from geoapp.store.files import FilesStore
from tests.data.documents import whole_documents
from tests.data.world_fixtures import (  # noqa: F401 - pytest finds fixtures by their names here
    shared_folders_stay,
    world,
    world_app,
    world_atlas,
    world_client,
    world_folders,
)
from tests.data.world_layers import (  # noqa: F401 - as above
    listed_app,
    listed_atlas,
    listed_client,
    listed_folders,
)

property_settings.register_profile("any machine", deadline=None)  # another process may take the time of an example
property_settings.register_profile(
    "mutants", deadline=None, max_examples=40, derandomize=True, phases=(Phase.explicit, Phase.generate)
)  # that an example fails is enough for scripts/mutants, it need not be the shortest
property_settings.load_profile("any machine")
ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def pytest_configure(config: pytest.Config) -> None:
    """Bundle the scripts and styles of the map pages as they are now: once, before any worker starts."""
    if not hasattr(config, "workerinput"):
        subprocess.run(["make", "--silent", "web"], cwd=ROOT, check=True)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings for a build of its own, on the boundaries that ``make build`` made.

    Of the plans it has those that are held whole: what tests say of a document stands in it, whatever parts of
    other papers are added to ``layers/plans``. Those are built in ``tests/contract/test_country.py``.
    """
    folder = tmp_path_factory.mktemp("build")
    _link_shapes(folder, ROOT / "build")
    return Settings(build_dir=folder, layers_dir=whole_documents(tmp_path_factory.mktemp("data") / "layers"))


@pytest.fixture(scope="session")
def atlas(settings: Settings, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Atlas:
    """The atlas of the documents held whole, built from the files of this checkout.

    Of several workers one builds and the others copy: what a test does to its build, no other worker sees.
    """
    if hasattr(request.config, "workerinput"):
        common = tmp_path_factory.getbasetemp().parent / "build"
        _build_once(settings, common)
        _link_shapes(settings.build_dir, common)
        for name in ("atlas", "rasters"):
            shutil.copytree(common / name, settings.build_dir / name, symlinks=True)
    else:
        builder.build(plan_of(settings), lambda _: None)
    return Atlas(FilesStore(settings.build_dir / "atlas"))


def _link_shapes(folder: Path, source: Path) -> None:
    if (source / "shapes").is_dir() and not (folder / "shapes").exists():
        (folder / "shapes").symlink_to((source / "shapes").resolve())


def _build_once(settings: Settings, common: Path) -> None:
    """Build in a folder that all workers know, unless another worker has done so."""
    common.mkdir(exist_ok=True)
    with (common / ".building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (common / "atlas" / "current").exists():
            _link_shapes(common, ROOT / "build")
            builder.build(plan_of(settings.model_copy(update={"build_dir": common})), lambda _: None)


@pytest.fixture(scope="session")
def app(settings: Settings, atlas: Atlas) -> Flask:
    """The application on that build."""
    app = create_app(settings)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client without a network."""
    return app.test_client()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A geoapp server of its own, as ``make run`` starts it, or as another ``program`` does in another folder."""

    program = (sys.executable, "-m", "geoapp")
    folder = ROOT

    def __init__(self, build_dir: Path, workers: int = 1, **environ: str) -> None:
        self.url = ""
        self._build_dir, self._workers, self._environ = build_dir, workers, environ
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [*self.program, "serve", "--port", str(port), "--workers", str(self._workers)],
            cwd=self.folder,
            env={**os.environ, "GEOAPP_BUILD_DIR": str(self._build_dir), "GEOAPP_DRAWING": "1", **self._environ},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for _ in range(1200):  # a minute: machines of tests are busy
            try:
                with urllib.request.urlopen(self.url + "/healthz", timeout=2):
                    return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError(f"the server did not start: {self.stop()}")

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> str:
        """End the server and return what it wrote to stderr."""
        assert self.process is not None
        self.process.terminate()
        try:
            _, log = self.process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            _, log = self.process.communicate()
        return log.decode()


@pytest.fixture(scope="session")
def server(settings: Settings, atlas: Atlas) -> Iterator[str]:
    """The URL of a live server on that build."""
    with Server(settings.build_dir) as running:
        yield running.url


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers: one for a process, a second would not start beside it."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing; `make browser` installs it")
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield chromium
    chromium.close()


def until(page: Page, happened: Callable[[], bool]) -> None:
    """Wait at most 10 s. (The pages allow no eval, which Playwright's own waiting needs.)"""
    for _ in range(100):
        if happened():
            return
        page.wait_for_timeout(100)
    pytest.fail("it did not happen within 10 s")


class Watched:
    """A page, and everything that went wrong on it."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.errors: list[str] = []
        self.foreign: list[str] = []
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith((home, "data:")) else self.foreign.append(r.url))

    def open(self, path: str) -> Page:
        """Open a page of the atlas and wait until its map is drawn."""
        self.page.goto(self.home + path)
        self.page.wait_for_selector("body[data-ready=true]", timeout=15_000)
        return self.page

    def clean(self) -> bool:
        """Say whether nothing went wrong and nothing left the machine."""
        assert self.errors == []
        assert self.foreign == []
        return True


@pytest.fixture(params=[(1366, 768), (390, 844)], ids=["desktop", "phone"])
def watched(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Watched]:
    """A fresh page on the live server, in both sizes."""
    width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height})
    yield Watched(page, server)
    page.close()
