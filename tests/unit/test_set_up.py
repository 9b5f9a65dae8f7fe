"""What the set-up leans on: lock files that every package manager of the README can install."""

import json
import re

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
