"""The two native libraries that draw sheets, opened on first use: 60 MB, only for workers that draw.

Their wheels are whole but for what Debian installs by itself: a server without a screen lacks it,
and a planner should read what to install instead of a loader's complaint.
"""

from functools import lru_cache
from importlib import import_module
from typing import Any

from geoapp.errors import LibraryMissing

APT = {"skia": "libegl1 libgl1", "cairocffi": "libcairo2"}
"""Debian's packages that the Python packages load at their import."""
PACKAGES = {"skia": "skia-python", "cairocffi": "CairoSVG"}
"""The Python package that brings each module."""


@lru_cache(maxsize=2)
def drawing_library(name: str) -> Any:
    """Return the module ``skia`` (places and paints) or ``cairocffi`` (writes PDF).

    Raises:
        LibraryMissing: it cannot be loaded; with what to install.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise LibraryMissing(f"the Python package {PACKAGES[name]} is not installed", "make setup") from error
    except (ImportError, OSError) as error:  # a shared library that it links to, or opens by name
        raise LibraryMissing(f"{name} cannot be loaded ({error})", f"apt-get install {APT[name]}") from error
