"""A whole build of the made-up world, as each of the two stores gives it to a host."""

from pathlib import Path

import pytest

from geoapp.store.files import write_build
from geoapp.store.postgis.fetch import fetch
from tests.data.postgis_fixtures import (  # noqa: F401 - pytest finds fixtures by their names here
    address,
    database,
    names,
    publish_world,
    published,
)
from tests.data.world import build_world
from tests.data.world_map import lines, polygons


@pytest.fixture(scope="module", params=["folder", "database"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole build of the world as a host has it: written there, or copied from the database."""
    made = tmp_path_factory.mktemp("store")
    if request.param == "folder":
        data, shapes = build_world().dataset, polygons()
        write_build(made, data, {"full": shapes, "lo": shapes}, lines())
        return made
    where = request.getfixturevalue("database").create(next(request.getfixturevalue("names")))
    publish_world(made / "builder", where, build_world().dataset.version)
    fetch(where, made / "host")
    return made / "host" / "atlas"
