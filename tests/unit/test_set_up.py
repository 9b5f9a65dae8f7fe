"""What the set-up leans on: lock files that every package manager of the README can install."""

import json
import re
import tomllib

from geoapp import __version__
from tests.conftest import ROOT

RANGE = re.compile(r"[\d^~<>=*xX. |-]+|npm:.*")


def test_no_web_library_asks_for_a_tag() -> None:
    """Debian 12's npm 9.2 refuses a whole lock file for one dependency on ``latest``."""
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    asked = {
        f"{name} → {wanted}@{version}"
        for name, package in packages.items()
        for kind in ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")
        for wanted, version in package.get(kind, {}).items()
        if not RANGE.fullmatch(version)
    }
    assert asked == set()


def test_every_web_library_is_pinned_by_a_hash_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    del packages[""]
    assert [name for name, package in packages.items() if "integrity" not in package or "resolved" in package] == []


def test_the_standard_installation_has_what_every_format_needs() -> None:
    """The share box offers every format of the registry: none may wait for an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    standard = {re.split(r"[<>=\[]", each)[0] for each in project["dependencies"]}
    assert {"pyarrow", "pyogrio", "openpyxl", "python-docx", "python-pptx"} <= standard
    assert "parquet" not in project["optional-dependencies"]


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == __version__
    assert f"\n## {__version__}\n" in (ROOT / "CHANGELOG.md").read_text()
    assert f"geoapp-{__version__}-py3-none-any.whl" in (ROOT / "docs" / "operations.md").read_text()
