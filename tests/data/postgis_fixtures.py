"""Fixtures of a real database (:mod:`tests.data.postgis`), and the made-up world as builds to publish into it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from geoapp.analysis.resolution.resolved_rows import resolved_rows
from geoapp.store.files import write_build
from geoapp.store.postgis.publish import publish
from geoapp.store.postgis.rows import Source
from tests.data.postgis import Database, Publish, running
from tests.data.world import build_world
from tests.data.world_map import lines, polygons


@pytest.fixture(scope="session")
def database() -> Iterator[Database]:
    """A PostgreSQL with PostGIS of this session."""
    with running() as found:
        yield found


@pytest.fixture(scope="session")
def names() -> Iterator[str]:
    """Names for databases."""
    return (f"atlas{number}" for number in count())


@pytest.fixture
def address(database: Database, names: Iterator[str]) -> str:
    """An empty database of the test's own."""
    return database.create(next(names))


@pytest.fixture
def published(tmp_path: Path) -> Publish:
    """Publish the world as a build of some version from a host of its own, and return the host's folder."""
    return partial(publish_world, tmp_path / "builder")


def publish_world(
    host: Path, address: str, version: str, during: Callable[[str], None] = lambda _: None, raster: bytes = b"cells"
) -> Path:
    """Build the world in a host's folder, as some version, and publish it; return the folder."""
    world, shapes = build_world(), polygons()
    dataset = replace(world.dataset, version=version)
    flat = {code: shape for level in shapes.values() for code, shape in level.items()}
    (host / "rasters").mkdir(parents=True, exist_ok=True)
    (host / "rasters" / "catalogue.json").write_text("[]")
    (host / "rasters" / "height.tif").write_bytes(raster)

    def send(folder: Path) -> None:
        source = Source(dataset=dataset, polygons=flat, resolved=resolved_rows(dataset, world.resolver))
        publish(address, folder, host / "rasters", source, during)

    write_build(host / "atlas", dataset, {"full": shapes, "lo": shapes}, lines(), send)
    return host
