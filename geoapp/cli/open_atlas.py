"""The atlas of a project as commands open it."""

from geoapp.atlas import Atlas
from geoapp.owndata.tables import Tables
from geoapp.owndata.uploads import Uploads
from geoapp.settings import Settings
from geoapp.store.files import FilesStore


def open_atlas(settings: Settings) -> Atlas:
    """Return the current build, its rasters and the tables that readers uploaded."""
    folder = settings.build_dir
    own = Tables(Uploads(folder / "tables", settings.tables_days)) if settings.tables == "on" else None
    return Atlas(FilesStore(folder / "atlas"), folder / "rasters", tables=own)
