"""Fixtures of the made-up world (:mod:`tests.data.world`); ``tests/conftest.py`` offers them to every test."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geoapp import builder
from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.settings import Settings
from geoapp.store.files import FilesStore
from tests.data.world import World, build_world
from tests.data.world_folders import WorldFolders, write_world

SHARED: dict[Path, dict[str, tuple[int, int]]] = {}
"""Folders that all tests of a process share, and how their files were."""


@pytest.fixture(scope="session")
def world() -> World:
    """The world in memory."""
    return build_world()


@pytest.fixture(scope="session")
def world_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorldFolders]:
    """The world as folders, built once by ``geoapp build``."""
    folder = tmp_path_factory.mktemp("world")
    sys.path.insert(0, str(folder / "package"))
    folders = write_world(folder)
    builder.build(folders.plan, lambda _: None)
    SHARED[folders.layers] = _stamps(folders.layers)
    yield folders
    del SHARED[folders.layers]
    sys.path.remove(str(folder / "package"))


@pytest.fixture(autouse=True)
def shared_folders_stay() -> Iterator[None]:
    """Fail the test that changes what all others build on, not those that come after it."""
    yield
    for folder, before in SHARED.items():
        assert _stamps(folder) == before, "this test changed the world all tests share: write it one of its own"


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for path in folder.rglob("*"):
        stat = path.stat()
        found[str(path)] = (stat.st_size, stat.st_mtime_ns)
    return found


@pytest.fixture(scope="session")
def world_atlas(world_folders: WorldFolders) -> Atlas:
    """The atlas of the world."""
    return Atlas(FilesStore(world_folders.plan.atlas), world_folders.plan.rasters)


@pytest.fixture(scope="session")
def world_app(world_folders: WorldFolders) -> Flask:
    """The application on the world."""
    app = create_app(Settings(build_dir=world_folders.build_dir, layers_dir=world_folders.layers))
    app.testing = True
    return app


@pytest.fixture
def world_client(world_app: Flask) -> FlaskClient:
    """A client of the world's application, without a network."""
    return world_app.test_client()
