"""The project folder: what people edit (``layers/``, ``shapes/``, ``geoapp.toml``) and what is built of it.

A checkout of the sources is a project of its own. An installed package carries what a project begins with and
is never written to.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from geoapp.errors import GeoappError, InvalidSettings

PACKAGE = Path(__file__).resolve().parent
FILE = "geoapp.toml"
EDITED = ("layers", "shapes")
"""The folders that people edit."""


def checkout() -> Path | None:
    """Return the folder of the sources when geoapp runs from a checkout; None when it is installed."""
    folder = PACKAGE.parent
    return folder if (folder / "layers" / "catalog.toml").is_file() and (folder / "Makefile").is_file() else None


def find_project(start: Path) -> Path:
    """Return the project that a folder belongs to: the nearest one with ``geoapp.toml``, or the checkout.

    Raises:
        InvalidSettings: there is neither.
    """
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    found = checkout()
    if found is None:
        raise InvalidSettings(
            f"there is no {FILE} in {start} or above it; make a project with `geoapp init FOLDER`, or go into one"
        )
    return found


def create_project(folder: Path, settings: Iterable[tuple[str, str]]) -> None:
    """Make a project folder of what people edit, with every setting and its meaning in ``geoapp.toml``.

    Raises:
        GeoappError: the folder holds something already, or cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise GeoappError(f"{folder} exists and is not empty; name a new folder")
        folder.mkdir(parents=True, exist_ok=True)
        for name in EDITED:
            shutil.copytree(seed(name), folder / name)
        (folder / ".gitignore").write_text("/build/\n", encoding="utf-8")
        (folder / FILE).write_text(_first_file(settings), encoding="utf-8")
    except OSError as error:
        raise GeoappError(
            f"{folder} cannot be written: {error.strerror}; name a folder that you may write to"
        ) from None


def seed(name: str) -> Path:
    """Return where a new project's ``layers`` or ``shapes`` are copied from."""
    return (checkout() or PACKAGE / "seed") / name


def or_seed(path: Path) -> Path:
    """Return a file of ``layers/`` or ``shapes/``; where a project of an older version lacks it, the package's own.

    Only for files that came after 0.1: one that a project began with and lacks now is a fault, and is told.
    """
    own = seed(path.parent.name) / path.name
    return own if own.is_file() and not path.exists() else path


def _first_file(settings: Iterable[tuple[str, str]]) -> str:
    head = (
        "# Settings of this atlas. The environment (GEOAPP_…) and options of a command win over this file;\n"
        "# `geoapp settings` shows every setting with where it came from. Paths are relative to this folder.\n"
    )
    return head + "".join(f"\n# {description}\n# {name} = …\n" for name, description in settings)
