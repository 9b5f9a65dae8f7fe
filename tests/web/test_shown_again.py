"""What a page asks of its view several times is resolved once, and never what a later state of the atlas would say."""

from geoapp.atlas import Atlas
from geoapp.raster.library import CATALOGUE
from tests.data.world_folders import WorldFolders


def test_a_view_is_resolved_once_while_nothing_changes(world_atlas: Atlas, world_folders: WorldFolders) -> None:
    view = world_atlas.view([("region", "100000")])
    first = world_atlas.show(view)
    assert world_atlas.show(view) is first
    assert world_atlas.show(world_atlas.view([("region", "100000"), ("lang", "en")])) is not first
    path = world_folders.plan.rasters / CATALOGUE
    before = path.read_bytes()
    try:
        path.write_bytes(before + b"\n")
        assert world_atlas.show(view) is not first, "rasters were published meanwhile"
    finally:
        path.write_bytes(before)
