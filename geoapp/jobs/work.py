"""The heavy work itself, where it is more than one question to the atlas; and the atlas it is asked of."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import orjson

from geoapp.atlas import Atlas
from geoapp.files.options import FileOptions
from geoapp.files.registry import write_file
from geoapp.model.view import View
from geoapp.owndata.tables import Tables
from geoapp.owndata.uploads import Uploads
from geoapp.raster.siting.result import face, report
from geoapp.raster.siting.spec import ScreenSpec
from geoapp.sheets.paper import Sheet
from geoapp.store.files import FilesStore


def open_atlas(build_dir: Path, build: str, full_geometry: bool, tables_days: float | None) -> Atlas:
    """Return the atlas of a build, with its rasters and what readers uploaded, as this server offers it."""
    tables = Tables(Uploads(build_dir / "tables", tables_days)) if tables_days is not None else None
    store = FilesStore(build_dir / "atlas", build)
    return Atlas(store, build_dir / "rasters", "full" if full_geometry else "lo", tables)


def warm(atlas: Atlas) -> None:
    """Draw a small sheet, so that the first reader does not wait for libraries, typefaces and borders."""
    atlas.snapshot(atlas.view([]), Sheet())


def data_file(atlas: Atlas, view: View, options: FileOptions, texts: Mapping[str, str], suffix: str) -> bytes:
    """Return a view in one of the formats of files."""
    return write_file(replace(atlas.content(view, options), texts=texts), suffix)


def screen(atlas: Atlas, spec: ScreenSpec, form: str, lang: str) -> bytes:
    """Return the result of a siting screen as ``json``, its counties named in a language, or another :func:`face`."""
    found = atlas.screen(spec)
    if form != "json":
        return face(found, form)
    told, names = report(found, lang), atlas.faces(lang).gazetteer
    return orjson.dumps(
        {**told, "counties": [{**each, "name": names[each["adcode"]].name} for each in told["counties"]]}
    )
