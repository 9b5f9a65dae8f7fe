"""Scenes of the real build, drawn once for all tests that look at them."""

from collections.abc import Callable
from functools import cache
from urllib.parse import parse_qsl

import pytest

from geoapp.atlas import Atlas
from geoapp.sheets.paper import read_sheet
from geoapp.sheets.scene.base.base_map import BaseMaps
from geoapp.sheets.scene.compose import Composer, Map
from geoapp.sheets.scene.primitives import Scene


@pytest.fixture(scope="session")
def composer(atlas: Atlas) -> Composer:
    """The composer of the build."""
    return Composer(atlas.dataset, BaseMaps(atlas.store, atlas.gazetteer), atlas.rasters)


@pytest.fixture(scope="session")
def scene_of(atlas: Atlas, composer: Composer) -> Callable[..., Scene]:
    """Compose a view (a query string) on a sheet."""

    @cache
    def compose(query: str, **sheet: str) -> Scene:
        return composer.compose(atlas.show(atlas.view(parse_qsl(query))), read_sheet(dict(sheet), "png"))

    return compose


@pytest.fixture(scope="session")
def map_of(atlas: Atlas, composer: Composer) -> Callable[..., Map]:
    """Lay out the map of a view: canvas, labels, legend."""

    @cache
    def lay_out(query: str, **sheet: str) -> Map:
        return composer.map(atlas.show(atlas.view(parse_qsl(query))), read_sheet(dict(sheet), "png"))

    return lay_out
